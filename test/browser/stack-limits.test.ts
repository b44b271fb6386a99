/** Many pauses at once, and in a row, in real DevTools: the view always shows the pause that the page is at. */
import type { Dialog } from 'puppeteer-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ folder: 'test/browser/pages', url: 'values.html' });
const { stack } = tab;
beforeAll(() => stack.follow());
afterEach(() => stack.resumeAll());

const pauseIn = (script: string) =>
  stack.pauseBy(() => tab.page.evaluate(`void setTimeout(${JSON.stringify(`(() => {${script}\n})()`)})`));

// The first of all: where the page has no agent yet, V8 fails in another way.
describe('what is nearly too much', () => {
  // Calls with many variables fill the stack with few frames. Where too little of it is left, `debugger` does nothing.
  const many = Array.from({ length: 300 }, (_, index) => `a${index} = n`).join();
  const stop = 'const before = performance.now(); debugger; if (performance.now() - before > 20) stops += 1;';

  test('a page with hardly any stack left: its frames, and the next pauses work', async () => {
    const script = `var stops = 0; (function deep(n) { let ${many};
      try { deep(n + 1); } catch (error) { if (stops < 4) { ${stop} } if (n > 0) throw error; } })(0)`;
    await stack.pauseBy(() => tab.page.evaluate(`void setTimeout(${JSON.stringify(script)})`));
    const littleStack =
      'The page has too little stack left to read variables, so only its frames are shown. Step out or resume to read more.';
    for (let pauses = 0; pauses < 3; pauses += 1) {
      const labels = await stack.frameLabels();
      expect(labels.at(-1)).toMatch(/: deep$/);
      expect(labels.find((label) => label.startsWith('… '))).toMatch(/more deep$/);
      if (pauses === 0) expect((await stack.state()).trouble).toBe(littleStack);
      await stack.pauseBy(() => tab.click('[aria-label^="Resume"]'));
    }
    await stack.resumeAll();
    await pauseIn('(function again() { const own = 3; debugger; })()');
    expect(await innermost()).toMatchObject({ own: '3' });
  });

  const stopOnce = `if (stops < 1) { ${stop} }`;
  test.each([
    [
      'two functions that call each other',
      `var stops = 0; (function even(n) { let ${many}; try { (function odd(n) { let ${many}; even(n + 1); })(n); }
        catch (error) { ${stopOnce} if (n > 0) throw error; } })(0)`,
      /: even$/,
    ],
    [
      'a function that a builtin calls',
      `var stops = 0; (function each(n) { let ${many}; try { [n].forEach((n) => each(n + 1)); }
        catch (error) { ${stopOnce} if (n > 0) throw error; } })(0)`,
      /: each$/,
    ],
    [
      'a getter that reads itself',
      `var stops = 0, n = 0; const own = { get self() { let ${many}; try { n += 1; return own.self; }
        catch (error) { ${stopOnce} if (stops < 1) throw error; } } }; own.self`,
      /: get self$/,
    ],
  ])('the same by %s', async (_, script, innermostLabel) => {
    await stack.pauseBy(() => tab.page.evaluate(`void setTimeout(${JSON.stringify(script)})`));
    expect((await stack.frameLabels()).at(-1)).toMatch(innermostLabel);
    await stack.resumeAll();
    await pauseIn('(function again() { const own = 3; debugger; })()');
    expect(await innermost()).toMatchObject({ own: '3' });
    await stack.resumeAll();
  });
});

test('eight workers that pause at once: each can be chosen, and is read', async () => {
  const workers = 8;
  await stack.pauseBy(() =>
    tab.page.evaluate((count) => {
      const source =
        'function pausing(me) { const own = { me }; debugger; return own; } onmessage = ({ data }) => pausing(data);';
      const url = URL.createObjectURL(new Blob([source]));
      const list = Array.from({ length: count }, (_, me) => new Worker(url, { name: `w${me}` }));
      for (const [me, worker] of list.entries()) worker.postMessage(me);
    }, workers),
  );
  await stack.until(`stack.following.type === 'paused' && stack.following.heaps.length === ${workers}`);
  const { following } = await stack.state();
  if (following.type !== 'paused') throw new Error('They are paused.');
  for (const { id, name } of following.heaps) {
    await tab.select('.heap-choice', id);
    await stack.until(
      `stack.following.heap?.name === ${JSON.stringify(name)} && stack.following.entry !== null && stack.pauses[stack.place]?.heap === ${JSON.stringify(name)}`,
    );
    expect(
      (
        await stack.frame(
          (
            await stack.state()
          ).pauses[(await stack.state()).place]?.frames.findIndex((label) => label.endsWith('pausing')) ?? -1,
        )
      ).me,
    ).toBe(name.slice(1));
  }
});

test('pauses that are over before they can be drawn are counted', async () => {
  await pauseIn('(function many() { for (let i = 0; i < 30; i++) debugger; })()');
  await tab.frontEnd.run(`for (let left = 29; left > 0; left--) {
    if (!debuggerModel.isPaused()) await new Promise((resolve) => debuggerModel.addEventListener(SDK.DebuggerModel.Events.DebuggerPaused, resolve));
    debuggerModel.resume();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }`);
  await stack.until(`stack.following.type === 'paused' && stack.following.entry !== null`);
  const { pauses } = await stack.state();
  const missed = Number(/\d+/.exec((await tab.text('.pause-missed')) ?? '0')?.[0]);
  expect(missed).toBeGreaterThan(0);
  expect(pauses.length).toBeGreaterThan(1);
});

/** The innermost frame's variables, as text. */
const innermost = async () => stack.frame((await stack.frameLabels()).length - 1);

/** Runs code of the page by another client of the debugger, and keeps the page from answering at its first pause. */
async function pauseAndKeepBusy(expression: string, milliseconds: number): Promise<() => Promise<unknown>> {
  const cdp = await tab.page.createCDPSession();
  const paused = cdp.send('Runtime.evaluate', { expression });
  // It stands in line before anything that is asked because of the pause.
  const busy = cdp.send('Runtime.evaluate', {
    expression: `{ const end = Date.now() + ${milliseconds}; while (Date.now() < end); }`,
  });
  void paused.catch(() => {});
  return () => busy;
}

describe('what cannot be read', () => {
  test('a page that does not answer in time: its frames, and its variables as soon as it answers', async () => {
    await pauseIn('(function before() { const old = 1; debugger; })()');
    await stack.resumeAll();
    await tab.settings({ reading: { time: 100 } });
    const untilAnswered = await pauseAndKeepBusy('(function busy() { const own = 7; debugger; })()', 9000);
    // No old stack beside the new pause, but the names of its frames.
    await stack.until("stack.following.type === 'paused' && stack.following.entry === null");
    expect(await tab.text('.following')).toBe('Paused, reading…');
    expect(await tab.text('.frames-being-read li')).toMatch(/^\d+: busy$/);
    expect(await tab.panel.$('.history')).toBeNull();
    expect(await tab.panel.$('.under[inert]')).not.toBeNull();
    await stack.until("stack.following.entry !== null && stack.trouble?.startsWith('Only frames are shown.')");
    expect((await stack.frameLabels()).at(-1)).toMatch(/: busy$/);
    await untilAnswered();
    await stack.until('stack.trouble === null');
    expect(await innermost()).toMatchObject({ own: '7' });
    await tab.settings();
  });
});

test('a worker that pauses while a dialog of the page waits, and a pause of the page after it', async () => {
  await tab.page.evaluate(`{
    const url = URL.createObjectURL(new Blob(['onmessage = function told() { const own = 5; debugger; }']));
    globalThis.worker = new Worker(url, { name: 'beside' });
    worker.postMessage(0);
  }`);
  await stack.until("stack.following.type === 'paused' && stack.following.entry !== null");
  await stack.resumeAll();
  const opening = new Promise<Dialog>((resolve) => tab.page.once('dialog', resolve));
  await stack.pauseBy(() =>
    tab.page.evaluate(
      `void setTimeout('worker.postMessage(1); alert("wait"); (function after() { const own = 6; debugger; })()')`,
    ),
  );
  const dialog = await opening;
  expect((await stack.state()).following).toMatchObject({ heap: { kind: 'worker', name: 'beside' } });
  expect(await innermost()).toMatchObject({ own: '5' });
  await stack.pauseBy(() => dialog.accept());
  expect((await stack.state()).following).toMatchObject({ heap: { kind: 'page' } });
  expect(await innermost()).toMatchObject({ own: '6' });
});

test('a worker that waits for another one is followed when it goes on', async () => {
  const wait = 'const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });';
  const source = `${wait} Atomics.wait(new Int32Array(memory.buffer), 0, 0, 7000); (function awake() { const own = 8; debugger; })();`;
  await tab.page.evaluate((source) => {
    new Worker(URL.createObjectURL(new Blob([source])), { name: 'waiting' });
  }, source);
  // Meanwhile the page is read as ever.
  await pauseIn('(function meanwhile() { const own = 4; debugger; })()');
  expect(await innermost()).toMatchObject({ own: '4' });
  expect((await stack.state()).trouble).toBeNull();
  await stack.resumeAll();
  await stack.until(
    "stack.following.type === 'paused' && stack.following.heap.name === 'waiting' && stack.following.entry !== null",
  );
  expect(await innermost()).toMatchObject({ own: '8' });
});
