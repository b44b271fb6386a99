/** `with` at a pause, in real DevTools: V8 tells nothing of a proxy, which the frame says. */
import { beforeAll, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
const { stack } = tab;
beforeAll(() => stack.follow());

test.each([
  ['a with around a proxy', 'new Proxy({ name: {} }, handler)', true],
  ['a with around a proxy of a function', 'new Proxy(Object.assign(() => {}, { title: {} }), handler)', true],
  ['a with around an object', '{ name: { is: "told" } }', false],
])('%s is shown, and no trap runs', async (_, object, untold) => {
  await tab.page.evaluate(`globalThis.ran = 0; globalThis.handler = {};
      for (const trap of Object.getOwnPropertyNames(Reflect)) handler[trap] = (...list) => { ran += 1; return Reflect[trap](...list); };
      globalThis.scope = ${object};
      globalThis.go = Function('o', 'with (o) { (function inner(own) { globalThis.atPause = ran; debugger; return name; })(1); }'); 0`);
  await stack.pauseBy(() => tab.page.evaluate('ran = 0; setTimeout(() => go(scope)); 0'));
  const text = JSON.stringify([...(await stack.objects()).values()]);
  expect(text.includes('with (…)')).toBe(untold);
  if (!untold) expect(text).toContain('told');
  // What the page itself does runs traps, before the pause and after it.
  const cdp = await tab.page.createCDPSession();
  const { result } = await cdp.send('Runtime.evaluate', { expression: 'ran - atPause' });
  await cdp.detach();
  expect(result.value).toBe(0);
  await stack.resumeAll();
});
