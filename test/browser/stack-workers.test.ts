/** Pauses in workers and in frames of other processes, in real DevTools: followed, drawn and stepped each for itself. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { inOwnDevTools, memoryGraphPage, whilePaused } from './memory-graph-page.ts';

const inWorkerPage = { folder: 'test/browser/pages', url: 'worker.html' };
const tab = memoryGraphPage(inWorkerPage);
const { stack } = tab;
beforeAll(() => stack.follow());
afterEach(() => stack.resumeAll());

/** Runs a script of the page that pauses something, and waits for the picture. */
const pauseBy = (script: string) => stack.pauseBy(() => tab.page.evaluate(script));

const workerPage = () => tab.page.goto(tab.home);

const untilTitle = (title: string, { page } = tab) =>
  page.waitForFunction((title) => document.title === title, { polling: 20 }, title);

describe('a pause in a dedicated worker', () => {
  test('is drawn with the worker’s own objects, and stepped there', async () => {
    await workerPage();
    await pauseBy('ask(21)');
    expect((await stack.state()).following).toMatchObject({ heap: { kind: 'worker', name: 'worker.js' } });
    expect((await stack.state()).pauses.at(-1)).toMatchObject({ heap: 'worker.js', source: 'debugger;' });
    expect(await tab.text('.heap-name')).toBe('in worker.js');
    expect(await tab.text('.following')).toBe('Paused in worker.js');
    const labels = await stack.frameLabels();
    expect(labels.at(-1)).toMatch(/: work$/);
    expect(await stack.frame(labels.length - 1)).toMatchObject({ step: '21', doubled: '42' });
    const state = Number((await stack.frame(0)).state?.slice(1));
    expect((await stack.objects()).get(state)?.kind).toBe('object');

    await stack.stepOver();
    await stack.stepOver();
    const { marks, pauses } = await stack.state();
    expect(pauses.at(-1)?.source).toBe('state.rounds += 1;');
    expect(marks?.counts).toEqual({ new: 0, changed: 1, gone: 0 });
    await stack.resumeAll();
    await untilTitle('worker said 42');
  });

  test('while the page is paused, too: the latest is shown, and the other can be chosen', async () => {
    await workerPage();
    await pauseBy('ask(4)');
    await pauseBy('setTimeout(stop)');
    const ofPage = (await stack.state()).following;
    expect(ofPage).toMatchObject({ heap: { kind: 'page' } });
    expect(ofPage.type === 'paused' && ofPage.heaps.map(({ name }) => name)).toEqual(['worker.js', '']);
    expect((await stack.frameLabels()).at(-1)).toMatch(/: stop$/);

    await tab.select('.heap-choice', ofPage.type === 'paused' ? (ofPage.heaps[0]?.id ?? '') : '');
    await stack.until("stack.following.heap.name === 'worker.js' && stack.pauses[stack.place].heap === 'worker.js'");
    await stack.stepOver();
    const stepped = await stack.state();
    expect(stepped.pauses.at(-1)).toMatchObject({ heap: 'worker.js', source: 'state.items.push(doubled);' });
    // Compared with the worker's pause, which is not the one before.
    expect(stepped.marks?.counts).toEqual({ new: 0, changed: 0, gone: 0 });

    await tab.click('[aria-label^="Resume"]');
    await stack.until("stack.following.heap.kind === 'page'");
    expect((await stack.state()).pauses[(await stack.state()).place]?.heap).toBe('');
    await stack.resumeAll();
  });

  test('and the worker ends', async () => {
    await workerPage();
    await pauseBy('ask(1)');
    await tab.page.evaluate('worker.terminate()');
    await stack.until("stack.following.type === 'running'");
  });

  test('and the page goes to another document', async () => {
    await workerPage();
    await pauseBy('ask(1)');
    await workerPage();
    await stack.until("stack.following.type === 'running'");
    await pauseBy('ask(2)');
    await stack.resumeAll();
    await untilTitle('worker said 4');
  });

  test('and the view is left: DevTools can go on', async () => {
    await workerPage();
    await pauseBy('ask(8)');
    await tab.show('expression');
    await stack.until("stack.following.type === 'off'");
    await tab.frontEnd.resumeAll();
    await untilTitle('worker said 16');
    await tab.show('stack');
    await stack.until("stack.following.type === 'running'");
  });

  test('and the page crashes', () =>
    whilePaused(inWorkerPage, 'ask(1)', async (own) => {
      await own.crashPage();
      await own.stack.until("stack.following.type === 'running'");
    }));

  test('and DevTools is closed: the worker goes on', () =>
    whilePaused(inWorkerPage, 'ask(16)', async (own) => {
      await own.devtools.close();
      await untilTitle('worker said 32', own);
    }));
});

test('a pause in a frame of another process has a stack of its own', async () => {
  await workerPage();
  const other = tab.addressOf('').replace('127.0.0.1', 'localhost');
  await tab.page.evaluate(`new Promise((loaded) => {
    const frame = document.createElement('iframe');
    frame.onload = loaded;
    frame.src = '${other}inner.html';
    document.body.append(frame);
  })`);
  await pauseBy("frames[0].postMessage('', '*')");
  expect((await stack.state()).following).toMatchObject({ heap: { kind: 'frame', name: `${other}inner.html` } });
  const labels = await stack.frameLabels();
  expect(labels.at(-1)).toMatch(/: stopInside$/);
  const { inside } = await stack.frame(0);
  expect(await stack.frame(labels.length - 1)).toMatchObject({ own: inside });
  await stack.resumeAll();
  const inner = tab.page.frames().find((frame) => frame.url().startsWith(other));
  await inner?.waitForFunction("document.title === 'inner went on'", { polling: 50 });
});

test('a worker of a frame of the page’s origin', async () => {
  await workerPage();
  const source = '(function framed(given) { const own = given; debugger; return own; })(null)';
  await pauseBy(`{
    const frame = document.createElement('iframe');
    frame.srcdoc = \`<script>new Worker(URL.createObjectURL(new Blob([${JSON.stringify(source)}])), { name: 'of a frame' })</\` + 'script>';
    document.body.append(frame);
  }`);
  expect((await stack.state()).following).toMatchObject({ heap: { kind: 'worker', name: 'of a frame' } });
  expect(await stack.frame(await stack.frameOf('framed'))).toMatchObject({ given: 'null', own: 'null' });
});

test('pauses of two documents are never compared', async () => {
  await workerPage();
  await pauseBy('setTimeout(stop)');
  await stack.resumeAll();
  await pauseBy('setTimeout(stop)');
  expect((await stack.state()).marks).not.toBeNull();
  await stack.resumeAll();
  await workerPage();
  await pauseBy('setTimeout(stop)');
  expect((await stack.state()).marks).toBeNull();
  expect(await tab.panel.$('.history select')).toBeNull();
});

test('a service worker that stands still is not followed, which the view says, and the page’s pauses are drawn', async () => {
  await inOwnDevTools({ ...inWorkerPage, apart: true }, async (own) => {
    await own.stack.follow();
    await own.page.evaluate(`(async () => {
      await navigator.serviceWorker.register('service-worker.js');
      const { active } = await navigator.serviceWorker.ready;
      active.postMessage('');
    })()`);
    expect(await own.text('.stack-welcome')).toContain('Service workers and shared workers are not followed');
    await own.stack.pauseBy(() => own.page.evaluate('setTimeout(stop)'));
    expect((await own.stack.state()).following).toMatchObject({ heap: { kind: 'page' }, heaps: [{ kind: 'page' }] });
    await own.stack.resumeAll();
    await untilTitle('page went on', own);
  });
});
