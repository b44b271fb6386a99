/** The stack of a page whose frames of the same origin run its code, in real DevTools. */
import { afterEach, beforeAll, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ folder: 'test/browser/pages', url: 'values.html' });
const { stack } = tab;
beforeAll(() => stack.follow());
afterEach(() => stack.resumeAll());

const script = `const mine = { of: 'frame' };
  function inner(arg) { const both = [arg, mine]; debugger; return both; }
  function back(call) { const here = {}; return call(here); }`;

/** A page with frames that have the script. */
async function pageWith(frames: string): Promise<void> {
  await tab.page.goto(tab.home);
  await tab.page.setContent(`<!doctype html><title>frames</title>${frames}`);
  await tab.page.waitForFunction('frames.length > 0 && typeof frames[0].back === "function"');
}

const srcdoc = `<iframe srcdoc="<script>${script.replaceAll('"', '&quot;').replaceAll('<', '&lt;')}</script>"></iframe>`;
const nested = `<iframe srcdoc="${srcdoc.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}<script>${script.replaceAll('"', '&quot;').replaceAll('<', '&lt;')}</script>"></iframe>`;

const pauseBy = (code: string) => stack.pauseBy(() => tab.page.evaluate(`void setTimeout(${JSON.stringify(code)})`));

test('a function of a frame that the page calls', async () => {
  await pageWith(srcdoc);
  await pauseBy('(function caller() { const given = { t: 1 }; frames[0].inner(given); })()');
  const caller = await stack.frame(await stack.frameOf('caller'));
  const inner = await stack.frame(await stack.frameOf('inner'));
  expect(inner.arg).toMatch(/^#/);
  expect(inner.arg).toBe(caller.given);
  expect(inner.mine).toMatch(/^#/);
  const both = (await stack.objects()).get(Number(inner.both?.slice(1)));
  expect(both?.parts[0]).toMatchObject({ value: { type: 'reference', id: Number(caller.given?.slice(1)) } });
});

test('the page’s function that a frame calls back, also after a pause in the page alone', async () => {
  await pageWith(srcdoc);
  await pauseBy('(function alone() { const own = 1; debugger; })()');
  expect(await stack.frame(await stack.frameOf('alone'))).toMatchObject({ own: '1' });
  await stack.resumeAll();
  await pauseBy('frames[0].back(function called(given) { const local = { given }; debugger; })');
  const back = await stack.frame(await stack.frameOf('back'));
  const called = await stack.frame(await stack.frameOf('called'));
  expect(back.here).toMatch(/^#/);
  expect(called.given).toBe(back.here);
});

test('a frame in a frame', async () => {
  await pageWith(nested);
  await tab.page.waitForFunction('typeof frames[0].frames[0]?.inner === "function"');
  await pauseBy('(function caller() { const given = {}; frames[0].frames[0].inner(given); })()');
  const caller = await stack.frame(await stack.frameOf('caller'));
  expect((await stack.frame(await stack.frameOf('inner'))).arg).toBe(caller.given);
});

test('code that a frame runs by itself', async () => {
  await pageWith(srcdoc);
  await pauseBy('frames[0].setTimeout("inner(7)")');
  expect(await stack.frame(await stack.frameOf('inner'))).toMatchObject({ arg: '7' });
});

test('what the scripts of a frame declared with var', async () => {
  await pageWith(
    `<iframe srcdoc="<script>var counted = 5, unused = 6; function back() { counted; debugger; }</script>"></iframe>`,
  );
  await pauseBy('(function caller() { frames[0].back(); })()');
  const back = await stack.frame(await stack.frameOf('back'));
  expect(back).toMatchObject({ counted: '5' });
  expect(back).not.toHaveProperty('unused');
});

test('a getter of the window that is a bound function does not run at a pause', async () => {
  await tab.page.goto(tab.home);
  await tab.page.evaluate(`var declared = 3; globalThis.runs = 0;
    Object.defineProperty(globalThis, 'bound', { get: (() => { runs += 1; }).bind(null), enumerable: true });`);
  await pauseBy('(function pausing() { declared; debugger; })()');
  await stack.press('F10');
  expect(await stack.frame(0)).toMatchObject({ declared: '3' });
  expect(
    await tab.frontEnd.run(
      'return (await debuggerModel.selectedCallFrame().evaluate({ expression: "runs" })).object.value;',
    ),
  ).toBe(0);
});

test.each([
  ['a bound function', '(() => { runs += 1; }).bind(null)'],
  ['a proxy around a function', 'new Proxy(function () { runs += 1; }, {})'],
])('a getter of an instance that is %s does not run at a pause', async (_name, getter) => {
  // DevTools itself runs it as soon as it shows what the frame holds.
  await tab.frontEnd.set('auto-focus-on-debugger-paused-enabled', false);
  try {
    await tab.page.goto(tab.home);
    await pauseBy(`(function pausing() {
      globalThis.runs = 0;
      class Held { #secret = {}; method() { const own = this, later = Promise.resolve(this); debugger; return [own, later, this.#secret]; } }
      class Derived extends Held { #more = {}; }
      const held = new Derived();
      for (const each of [held, Derived, Promise.prototype, Promise.resolve(1)])
        Object.defineProperty(each, 'read', { get: ${getter}, enumerable: true, configurable: true });
      held.method();
    })()`);
    await stack.stepOver();
    const { this: receiver, own } = await stack.frame(await stack.frameOf('Derived.method'));
    expect(receiver).toBe(own);
    const cdp = await tab.page.createCDPSession();
    const { result } = await cdp.send('Runtime.evaluate', { expression: 'runs' });
    await cdp.detach();
    expect(result.value).toBe(0);
  } finally {
    await tab.frontEnd.set('auto-focus-on-debugger-paused-enabled', true);
  }
});
