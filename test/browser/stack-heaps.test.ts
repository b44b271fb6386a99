/** Pauses in workers and in frames of other processes, in real DevTools: followed, drawn and stepped each for itself. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { type DevTools, openDevToolsOnPage } from './harness.ts';
import { stackTools } from './stack-harness.ts';

const { stack, until, follow, pausedAfter, resumeAll, objects, frame, frameLabels } = stackTools(() => tools);
let tools: DevTools;
let pages: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  pages = await serve(`${projectRoot}/test/browser/pages`);
  tools = await openDevToolsOnPage({ url: `${pages.url}worker.html` });
  await follow();
});
afterAll(async () => {
  await tools.close();
  await pages.close();
});
afterEach(() => resumeAll());

/** Runs a script of the page that pauses something, and waits for the picture. */
async function pauseBy(script: string): Promise<void> {
  const before = (await stack()).pauses.length;
  await tools.page.evaluate(script);
  await pausedAfter(before);
}

async function workerPage(): Promise<void> {
  await tools.page.goto(`${pages.url}worker.html`);
}

const shownText = (selector: string) =>
  tools.panel.evaluate((selector) => document.querySelector(selector)?.textContent ?? null, selector);

const titleIs = (title: string) =>
  tools.page.waitForFunction((title) => document.title === title, { polling: 50 }, title);

describe('a pause in a dedicated worker', () => {
  test('is drawn with the worker’s own objects, and stepped there', async () => {
    await workerPage();
    await pauseBy('ask(21)');
    expect((await stack()).following).toMatchObject({ heap: { kind: 'worker', name: 'worker.js' } });
    expect((await stack()).pauses.at(-1)).toMatchObject({ heap: 'worker.js', source: 'debugger;' });
    expect(await shownText('.heap-name')).toBe('in worker.js');
    expect(await shownText('.following')).toBe('Paused here, in worker.js');
    const labels = await frameLabels();
    expect(labels.at(-1)).toMatch(/: work$/);
    expect(await frame(labels.length - 1)).toMatchObject({ step: '21', doubled: '42' });
    const state = Number((await frame(0)).state?.slice(1));
    expect((await objects()).get(state)?.kind).toBe('object');

    const before = (await stack()).pauses.length;
    await tools.click('[aria-label^="Step over"]');
    await pausedAfter(before);
    await tools.click('[aria-label^="Step over"]');
    await pausedAfter(before + 1);
    const { marks, pauses } = await stack();
    expect(pauses.at(-1)?.source).toBe('state.rounds += 1;');
    expect(marks?.counts).toEqual({ new: 0, changed: 1, gone: 0 });
    await resumeAll();
    await titleIs('worker said 42');
  });

  test('while the page stands still, too: the latest is shown, and the other can be chosen', async () => {
    await workerPage();
    await pauseBy('ask(4)');
    await pauseBy('setTimeout(stop)');
    const ofPage = (await stack()).following;
    expect(ofPage).toMatchObject({ heap: { kind: 'page' } });
    expect(ofPage.type === 'paused' && ofPage.heaps.map(({ name }) => name)).toEqual(['worker.js', '']);
    expect((await frameLabels()).at(-1)).toMatch(/: stop$/);

    const choose = (id: string) =>
      tools.panel.evaluate((id) => {
        const select = document.querySelector('.heap-choice');
        if (!(select instanceof HTMLSelectElement)) throw new Error('There is nothing to choose from.');
        select.value = id;
        select.dispatchEvent(new Event('change', { bubbles: true }));
      }, id);
    await choose(ofPage.type === 'paused' ? (ofPage.heaps[0]?.id ?? '') : '');
    await until("stack.following.heap.name === 'worker.js' && stack.pauses[stack.place].heap === 'worker.js'");
    const before = (await stack()).pauses.length;
    await tools.click('[aria-label^="Step over"]');
    await pausedAfter(before);
    const stepped = await stack();
    expect(stepped.pauses.at(-1)).toMatchObject({ heap: 'worker.js', source: 'state.items.push(doubled);' });
    // Compared with the worker's pause, which is not the one before.
    expect(stepped.marks?.counts).toEqual({ new: 0, changed: 0, gone: 0 });

    await tools.click('[aria-label^="Resume"]');
    await until("stack.following.heap.kind === 'page'");
    expect((await stack()).pauses[(await stack()).place]?.heap).toBe('');
    await resumeAll();
  });

  test('and the worker ends', async () => {
    await workerPage();
    await pauseBy('ask(1)');
    await tools.page.evaluate('worker.terminate()');
    await until("stack.following.type === 'running'");
  });

  test('and the page goes to another document', async () => {
    await workerPage();
    await pauseBy('ask(1)');
    await workerPage();
    await until("stack.following.type === 'running'");
    await pauseBy('ask(2)');
    await resumeAll();
    await titleIs('worker said 4');
  });

  test('and nobody looks any more: DevTools can go on', async () => {
    await workerPage();
    await pauseBy('ask(8)');
    await tools.panel.evaluate(() => memoryGraph.show('expression'));
    await until("stack.following.type === 'off'");
    await tools.devtools.evaluate(`(async () => {
      const { TargetManager, DebuggerModel } = await import('devtools://devtools/bundled/core/sdk/sdk.js');
      const models = TargetManager.TargetManager.instance().models(DebuggerModel.DebuggerModel);
      for (const model of models) if (model.isPaused()) model.resume();
    })()`);
    await titleIs('worker said 16');
    await tools.panel.evaluate(() => memoryGraph.show('stack'));
    await until("stack.following.type === 'running'");
  });

  test('and the page crashes', async () => {
    const shared = tools;
    tools = await openDevToolsOnPage({ url: `${pages.url}worker.html`, apart: true });
    try {
      await follow();
      await pauseBy('ask(1)');
      tools.page.goto('chrome://crash').catch(() => {});
      await until("stack.following.type === 'running'");
    } finally {
      await tools.close();
      tools = shared;
    }
  });

  test('and DevTools is closed: the worker goes on', async () => {
    const shared = tools;
    tools = await openDevToolsOnPage({ url: `${pages.url}worker.html`, apart: true });
    try {
      await follow();
      await pauseBy('ask(16)');
      await tools.devtools.close();
      await titleIs('worker said 32');
    } finally {
      await tools.close();
      tools = shared;
    }
  });
});

test('a pause in a frame of another process has a stack of its own', async () => {
  await tools.page.goto(`${pages.url}worker.html`);
  const other = pages.url.replace('127.0.0.1', 'localhost');
  await tools.page.evaluate(`new Promise((loaded) => {
    const frame = document.createElement('iframe');
    frame.onload = loaded;
    frame.src = '${other}inner.html';
    document.body.append(frame);
  })`);
  await pauseBy("frames[0].postMessage('', '*')");
  expect((await stack()).following).toMatchObject({ heap: { kind: 'frame', name: `${other}inner.html` } });
  const labels = await frameLabels();
  expect(labels.at(-1)).toMatch(/: stopInside$/);
  const { inside } = await frame(0);
  expect(await frame(labels.length - 1)).toMatchObject({ own: inside });
  await resumeAll();
  const inner = tools.page.frames().find((frame) => frame.url().startsWith(other));
  await inner?.waitForFunction("document.title === 'inner went on'", { polling: 50 });
});

test('pauses of two documents are never compared', async () => {
  await workerPage();
  await pauseBy('setTimeout(stop)');
  await resumeAll();
  await pauseBy('setTimeout(stop)');
  expect((await stack()).marks).not.toBeNull();
  await resumeAll();
  await workerPage();
  await pauseBy('setTimeout(stop)');
  expect((await stack()).marks).toBeNull();
  expect(await tools.panel.evaluate(() => document.querySelector('.history select'))).toBeNull();
});
