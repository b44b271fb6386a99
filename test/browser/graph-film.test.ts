/** Calls of `graph(…)` as a film, in real DevTools: each is as it was then, whatever happens to its objects later. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';
import { recordView } from './record-view.ts';

const tab = memoryGraphPage({ url: 'record.html', folder: 'test/browser/pages', width: 1100, height: 700 });
const view = recordView(tab);
const { frontEnd } = tab;

beforeEach(async () => {
  await tab.goTo(tab.home);
  // Of the test before.
  await tab.show('record');
  await tab.until("document.querySelector('.record-form, .player') !== null");
  if ((await tab.evaluate("document.querySelector('.player') !== null")) === true)
    await tab.clickButton('New recording');
  await tab.show('expression');
  await tab.untilGraphIsOffered();
});
afterEach(() =>
  frontEnd.run(`const { BreakpointManager } = await import('devtools://devtools/bundled/models/breakpoints/breakpoints.js');
    for (const { breakpoint } of BreakpointManager.BreakpointManager.instance().allBreakpointLocations())
      await breakpoint.remove(false);`),
);

/** Sets a log point as a person does, at the line that has this text. */
const setLogPoint = (line: string, expression: string) =>
  frontEnd.run(`const { BreakpointManager } = await import('devtools://devtools/bundled/models/breakpoints/breakpoints.js');
    const { Workspace } = await import('devtools://devtools/bundled/models/workspace/workspace.js');
    const code = Workspace.WorkspaceImpl.instance().uiSourceCodeForURL(${JSON.stringify(tab.home)});
    await code.requestContentData();
    const at = code.content().split('\\n').findIndex((text) => text.includes(${JSON.stringify(line)}));
    const set = await BreakpointManager.BreakpointManager.instance().setBreakpoint(
      code, at, undefined, ${JSON.stringify(expression)}, true, true, 'USER_ACTION');
    await set.refreshInDebugger();
    return [at, set.isLogpoint()];`);

/** The numbers of the array that each step shows. */
const states = () =>
  tab.panel.evaluate(() =>
    (memoryGraph.recording()?.steps ?? []).map((_, step) => {
      const { objects } = memoryGraph.moment(step);
      const parts = objects.find(({ kind }) => kind === 'array')?.parts ?? [];
      return parts
        .flatMap((part) => (part.type === 'element' && 'value' in part.value ? [part.value.value] : []))
        .join();
    }),
  );

async function showFilm(calls: number): Promise<void> {
  await tab.until(
    `[...document.querySelectorAll('.notice .text')].some(({ textContent }) => textContent.startsWith('${calls.toLocaleString('en')} calls'))`,
  );
  await tab.clickButton('Show as film');
  await view.untilShown();
}

test('calls in the Console', async () => {
  await frontEnd.enter('const list = []; for (const n of [1, 2, 3]) { list.push(n); graph(list); } list.length = 0;');
  await showFilm(3);
  expect(await states()).toEqual(['1', '1,2', '1,2,3']);
});

test('a log point, whose calls are told from those at other places', async () => {
  await setLogPoint('a[j - 1] = t', 'graph(a)');
  await setLogPoint('node.next = before', 'graph([node.v, 1], node)');
  await tab.page.evaluate(`globalThis.list = [3, 1, 2]; sort(list); list.length = 0;
    reverse({ v: 7, next: null }); sort([2, 1]); 0`);
  await showFilm(4);
  expect(await states()).toEqual(['3,3,2', '1,3,3', '7,1', '2,2']);
  const { steps, calls } = await view.recording();
  expect(steps.map(({ line, call }) => `${call} ${line}`)).toEqual(['0 13', '0 13', '1 23', '0 13']);
  expect(calls.map((call) => call.steps)).toEqual([3, 1]);
  expect(await tab.page.evaluate('typeof graph')).toBe('undefined');
  // It is lit in the code, and objects are marked.
  await tab.showTab();
  await tab.clickButton('Next change');
  await tab.until("document.querySelector('.record-code .here')?.textContent.includes('a[j - 1] = t') === true");
  await tab.until("document.querySelector('[data-marked-box] .mg-badge-text')?.textContent === '~'");
});

test("the page's own code, while that is recorded; the film is saved, and opens again", async () => {
  await view.form();
  await view.choose('Each graph(x)');
  await view.start();
  await tab.page.evaluate('globalThis.list = [3, 1, 2]; sortAndGraph(list); list.length = 0; 0');
  await view.end();
  expect(await states()).toEqual(['1,3,2', '1,2,3']);
  expect(await tab.page.evaluate('typeof graph')).toBe('undefined');
  const film = await view.recording();
  expect(film.calls).toMatchObject([{ function: 'graph', arguments: ['[3] #1', '1'], steps: 2 }]);
  await tab.showTab();
  // The index stands at its cell, and what the values are called is in the frame.
  await tab.until("document.querySelector('.mg-at')?.textContent.includes('j') === true");
  expect(await tab.text('.mg-scope')).toMatch(/graph.*a.*j/s);
  const page = await view.saved('Save as page (HTML)');
  expect(JSON.parse(/id="film">(.*?)<\/script>/s.exec(page)?.[1] ?? '').steps).toHaveLength(2);
  await view.reopened(await view.saved('Save recording (JSON)'));
  expect(await view.recording()).toEqual(film);
  expect(await states()).toEqual(['1,3,2', '1,2,3']);
});

test('thousands of calls in one task use up the budget, and no value is kept alive', async () => {
  // What is logged, DevTools keep.
  await setLogPoint('const next = node.next', 'graph(node) && 0');
  await tab.page.evaluate(`globalThis.refs = [];
    (() => {
      for (let n = 0; n < 5000; n++) {
        const node = { v: n, next: null };
        reverse(node);
        if (n % 1000 === 0) refs.push(new WeakRef(node));
      }
    })(); 0`);
  await showFilm(5000);
  const { steps } = await view.recording();
  expect(steps.length).toBeGreaterThan(100);
  expect(steps.length).toBeLessThanOrEqual(1000);
  expect(await tab.text('.notice .text')).toContain(`The first ${steps.length.toLocaleString('en')} of 5,000 calls`);
  const session = await tab.page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  await expect
    .poll(() => tab.page.evaluate('refs.every((ref) => ref.deref() === undefined)'), { timeout: 15_000 })
    .toBe(true);
  await session.detach();
});

test('no code of the page runs for it', async () => {
  await setLogPoint('const next = node.next', "typeof graph === 'function' && graph(node, node.v)");
  await tab.page.evaluate(`globalThis.touched = [];
    globalThis.hostile = () => {
      const note = (what) => () => { touched.push(what); };
      const traps = new Proxy({}, new Proxy({}, { get: (_, trap) => note(trap) }));
      Error.prepareStackTrace = note('prepareStackTrace');
      Object.defineProperty(Error.prototype, 'name', { configurable: true, get: note('name') });
      Map.prototype.get = WeakMap.prototype.get = String.prototype.includes = note('replaced');
      Array.prototype[Symbol.iterator] = note('iterator');
      Object.prototype.toString = note('toString');
      reverse({ v: { get x() { note('get')(); }, toJSON: note('toJSON'), traps }, traps, next: null });
      delete Error.prepareStackTrace;
      Object.defineProperty(Error.prototype, 'name', { value: 'Error', configurable: true, writable: true });
      for (let v = 0; v < 3; v++) reverse({ v, next: null });
    };
    hostile(); 0`);
  await showFilm(3);
  expect(await tab.page.evaluate('touched')).toEqual([]);
});
