/** What a recording leaves in a page, in real DevTools: nothing, however it ends; and what of DevTools goes on meanwhile. */
import { afterEach, describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';
import { recordView } from './record-view.ts';

const tab = memoryGraphPage({ url: 'record.html', folder: 'test/browser/pages', width: 1100, height: 700 });
const view = recordView(tab);
const { frontEnd } = tab;

const untilClean = () => expect.poll(view.traces, { timeout: 40_000 }).toEqual([]);
/** How the recording ended, in words. */
const status = () => tab.text('.status');
const untilStatus = (part: string) =>
  tab.until(`document.querySelector('.status')?.textContent.includes(${JSON.stringify(part)})`);

describe('the name of the recorder', () => {
  test('is the only trace while it runs, is not enumerable, and is gone when it was stopped', async () => {
    // The panel offers `graph` to the Console a moment after it opened.
    await tab.untilGraphIsOffered();
    await tab.page.evaluate('globalThis.before = null; before = Object.getOwnPropertyNames(globalThis)');
    const added = () =>
      tab.page.evaluate('Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name))');
    await view.begin('sort');
    expect(await added()).toEqual([expect.stringMatching(/^__memoryGraph\w+$/)]);
    expect(await tab.page.evaluate("Object.keys(globalThis).filter((name) => name.includes('emoryGraph'))")).toEqual(
      [],
    );
    await tab.page.evaluate('sort([2, 1])');
    await view.end();
    expect(await added()).toEqual([]);
    // No condition is left: it would be slow.
    expect((await view.recording()).steps).toHaveLength(13);
  });

  test('is gone when the budget is used up', async () => {
    await view.form();
    await view.setSteps(15);
    await view.begin('sort');
    await tab.page.evaluate('sort([3, 1, 2])');
    await untilStatus('the steps of the budget are used up');
    expect(await tab.text('.player-count')).toBe('1 of 15');
    expect(await view.traces()).toEqual([]);
    await view.form();
    await view.setSteps(10_000);
  });

  test('is not kept longer than any limit says, also where several are set at once', async () => {
    await view.form();
    const set = (values: Readonly<Record<string, string>>) =>
      tab.panel.evaluate((values) => {
        for (const [label, value] of Object.entries(values)) {
          const field = document.querySelector(`[aria-label="${label}"]`);
          if (!(field instanceof HTMLInputElement)) throw new Error(label);
          field.value = value;
          field.dispatchEvent(new Event('change', { bubbles: true }));
        }
        return [...document.querySelectorAll<HTMLInputElement>('.record-budget input')].map(({ value }) => value);
      }, values);
    await set({ 'Steps at most': '7', 'Seconds at most': '20', 'Megabytes at most': '30' });
    await view.begin('sort');
    expect(await tab.text('.record-progress')).toContain('of 7; 0.0 of 20 s; 0.0 of 30 MB');
    await tab.page.evaluate('sort([3, 1, 2])');
    await untilStatus('the steps of the budget are used up');
    expect(await view.traces()).toEqual([]);
    await view.form();
    await set({ 'Steps at most': '10000', 'Seconds at most': '10', 'Megabytes at most': '40' });
  });

  test('is gone from an endless loop that nobody can ask, and what was recorded is kept', async () => {
    await view.form();
    await view.setSteps(200);
    await view.begin('forever');
    const session = await tab.page.createCDPSession();
    const ran = session.send('Runtime.evaluate', { expression: 'forever()' }).catch(String);
    try {
      await untilStatus('the steps of the budget are used up');
      expect((await view.recording()).steps).toHaveLength(200);
    } finally {
      await session.send('Runtime.terminateExecution');
    }
    expect(await ran).toContain('terminated');
    await session.detach();
    expect(await view.traces()).toEqual([]);
    await view.form();
    await view.setSteps(10_000);
  });

  test('is gone when the debugger is detached', async () => {
    await view.begin('sort');
    await tab.page.evaluate('sort([2, 1])');
    await tab.until("parseInt(document.querySelector('.record-progress [role=status]').textContent) > 0");
    await tab.show('page');
    await tab.setDebugger(false);
    await tab.show('record');
    await untilStatus('the debugger was detached');
    await untilClean();
    expect((await view.recording()).steps).toHaveLength(13);
    await tab.show('page');
    await tab.setDebugger(true);
  });

  test('is gone when the page goes elsewhere, and what was recorded is kept', async () => {
    await view.begin('sort');
    await tab.page.evaluate('sort([2, 1])');
    await tab.until("parseInt(document.querySelector('.record-progress [role=status]').textContent) > 0");
    await tab.page.goto(tab.home);
    await untilStatus('the page went elsewhere');
    expect((await view.recording()).steps).toHaveLength(13);
    expect(await view.traces()).toEqual([]);
    // Nothing slows the next document.
    await tab.page.evaluate('sort([3, 2, 1])');
    expect((await view.recording()).steps).toHaveLength(13);
  });

  test('is gone when the page crashes, what was recorded is kept, and another recording works', async () => {
    await view.begin('sort');
    await tab.page.evaluate('sort([2, 1])');
    await tab.until("parseInt(document.querySelector('.record-progress [role=status]').textContent) === 13");
    await tab.crashPage();
    await untilStatus('the page crashed');
    expect((await view.recording()).steps).toHaveLength(13);
    await tab.page.goto(tab.home);
    expect(await view.traces()).toEqual([]);
    await view.record('sort', 'sort([3, 1, 2])');
    expect((await view.recording()).steps).toHaveLength(22);
  });

  test.each(['in good order', 'without a word'] as const)('is gone when DevTools close %s', async (order) => {
    await view.begin('sort');
    await tab.page.evaluate('sort([2, 1])');
    await tab.closeDevTools(order);
    await untilClean();
    expect(await tab.page.evaluate('sort([2, 1]).join()')).toBe('1,2');
    await tab.reopen();
    await tab.setDebugger(true);
  });
});

describe('meanwhile', () => {
  afterEach(async () => {
    await frontEnd.run('await target.debuggerAgent().invoke_setBreakpointsActive({ active: true });');
    await frontEnd.run("await target.debuggerAgent().invoke_setPauseOnExceptions({ state: 'none' });");
    if (await frontEnd.isPaused()) await frontEnd.resume();
  });

  test('a debugger statement in the recorded function pauses', async () => {
    await view.begin('withDebugger');
    const ran = tab.page.evaluate('withDebugger(1)');
    await expect.poll(frontEnd.isPaused, { timeout: 10_000 }).toBe(true);
    await frontEnd.resume();
    expect(await ran).toBe(2);
    await tab.showTab();
    await view.end();
    expect((await view.recording()).steps.length).toBeGreaterThan(2);
  });

  test('a breakpoint of the user at a recorded place pauses', async () => {
    const line = await tab.page.evaluate(
      "document.documentElement.outerHTML.split('\\n').findIndex((text) => text.includes('const t = a[j]'))",
    );
    expect(line).toBeGreaterThan(0);
    const set = await frontEnd.run(`const { breakpointId } = await target.debuggerAgent().invoke_setBreakpointByUrl(
      { url: ${JSON.stringify(tab.home)}, lineNumber: (await debuggerModel.target().debuggerAgent().invoke_getScriptSource({
        scriptId: debuggerModel.scripts().find((script) => script.sourceURL === ${JSON.stringify(tab.home)}).scriptId })).scriptSource
        .split('\\n').findIndex((text) => text.includes('const t = a[j]')) +
        debuggerModel.scripts().find((script) => script.sourceURL === ${JSON.stringify(tab.home)}).lineOffset });
      return breakpointId;`);
    await view.begin('sort');
    const ran = tab.page.evaluate('sort([2, 1]).join()');
    await expect.poll(frontEnd.isPaused, { timeout: 10_000 }).toBe(true);
    await frontEnd.run(
      `await target.debuggerAgent().invoke_removeBreakpoint({ breakpointId: ${JSON.stringify(set)} });`,
    );
    await frontEnd.resume();
    expect(await ran).toBe('1,2');
    await tab.showTab();
    await view.end();
    expect((await view.recording()).steps).toHaveLength(13);
  });

  test('where the user deactivated breakpoints, it asks before it lets them act', async () => {
    await frontEnd.run('await target.debuggerAgent().invoke_setBreakpointsActive({ active: false });');
    await view.begin('sort');
    expect(await tab.text('.record-ask')).toContain('deactivated');
    await tab.clickButton('Do not record');
    await tab.until("document.querySelector('.record-ask') === null");
    await view.start();
    await tab.clickButton('Record, and let breakpoints pause');
    await tab.until("document.querySelector('.record-stop') !== null");
    await tab.page.evaluate('sort([2, 1])');
    await view.end();
    expect((await view.recording()).steps).toHaveLength(13);
    // They are as inactive as before.
    await view.begin('sort');
    expect(await tab.text('.record-ask')).toContain('deactivated');
    await tab.clickButton('Do not record');
  });

  test('exceptions in the recorded code do not pause, as the form says, and pause again afterwards', async () => {
    await frontEnd.run("await target.debuggerAgent().invoke_setPauseOnExceptions({ state: 'all' });");
    await view.form();
    expect(await tab.text('.record-form')).toContain('in the recorded code, exceptions do not');
    await view.begin('risky');
    await tab.page.evaluate('try { risky() } catch {} 0');
    await view.end();
    expect((await view.recording()).calls.map((call) => call.function)).toEqual(['risky']);
    const ran = tab.page.evaluate('try { risky() } catch {} 1');
    await expect.poll(frontEnd.isPaused, { timeout: 10_000 }).toBe(true);
    await frontEnd.resume();
    expect(await ran).toBe(1);
    await tab.showTab();
  });

  test('no value of the page is kept alive', async () => {
    await tab.page.evaluate(`globalThis.kept = () => {
      const node = { v: 1, next: null };
      globalThis.ref = new WeakRef(node);
      reverse(node);
    }; 0`);
    await view.begin('reverse');
    await tab.page.evaluate('kept()');
    await tab.until("parseInt(document.querySelector('.record-progress [role=status]').textContent) > 5");
    const session = await tab.page.createCDPSession();
    await session.send('HeapProfiler.collectGarbage');
    await expect.poll(() => tab.page.evaluate('ref.deref() === undefined'), { timeout: 15_000 }).toBe(true);
    await session.detach();
    await view.end();
  });
});

/** What a page does to whoever reads it. Each makes `hostile`, whose objects the recorded function gets, and notes what runs. */
const programs: readonly (readonly [name: string, script: string])[] = [
  [
    'getters, setters and exceptions of theirs',
    `class Base { get inherited() { note('inherited'); throw this; } set inherited(to) { note('set'); } }
     globalThis.hostile = Object.assign(new Base(), { next: null, plain: 1 });
     for (const key of ['x', 'constructor', 'name', 'length', Symbol.toStringTag, Symbol.species])
       Object.defineProperty(hostile, key, { get() { note(String(key)); throw new Error('mine'); } });`,
  ],
  [
    'proxies',
    `const traps = () => new Proxy({}, { get: (_, trap) => { note(trap); throw trap; } });
     const { proxy, revoke } = Proxy.revocable([], {});
     revoke();
     globalThis.hostile = { next: null, a: new Proxy({}, traps()), b: new Proxy(() => {}, traps()), c: proxy,
       d: Object.create(new Proxy({}, traps())), e: new Map([[new Proxy([], traps()), 1]]) };`,
  ],
  [
    'conversions',
    `const odd = { next: null };
     for (const key of ['toString', 'valueOf', 'toJSON', 'then', Symbol.toPrimitive, Symbol.iterator, Symbol.hasInstance])
       odd[key] = () => { note(String(key)); return 'odd'; };
     globalThis.hostile = { next: null, odd, list: [odd], map: new Map([[odd, odd]]), date: Object.assign(new Date(0), { toString: odd.toString }) };`,
  ],
  [
    'overwritten builtins',
    `globalThis.hostile = { next: null, list: [1, 2], map: new Map([[1, 2]]), set: new Set([3]), text: 'x'.repeat(900), bytes: new Uint8Array(4) };
     const all = [[Array.prototype, ['push', 'map', 'slice', 'join', Symbol.iterator]], [Object, ['keys', 'entries', 'getOwnPropertyNames']],
       [Map.prototype, ['forEach', 'entries']], [Set.prototype, ['has', 'forEach', 'values']], [WeakMap.prototype, ['get', 'set']], [String.prototype, ['slice', 'includes', 'charCodeAt']],
       [Function.prototype, ['call', 'apply', 'bind']], [JSON, ['stringify']], [Performance.prototype, ['now']], [Date, ['now']], [WeakRef.prototype, ['deref']]];
     for (let at = 0; at < all.length; at++) for (let n = 0; n < all[at][1].length; n++) {
       const key = all[at][1][n];
       all[at][0][key] = function () { note(String(key)); return this; };
     }`,
  ],
  [
    'the stacks of errors',
    `Error.prepareStackTrace = () => { note('prepareStackTrace'); return ''; };
     Object.defineProperty(Error.prototype, 'name', { get: () => { note('name'); return 'mine'; }, configurable: true });
     const error = new RangeError('mine');
     Object.defineProperty(error, 'message', { get() { note('message'); return 'mine'; } });
     globalThis.hostile = { next: null, error, errors: [error] };`,
  ],
  [
    'Object.prototype with accessors of the names of descriptors, then frozen',
    `for (const key of ['get', 'set', 'value', 'writable', 'type', 'name', 'at', '0'])
       Object.defineProperty(Object.prototype, key, { __proto__: null, get() { note('inherited ' + key); }, set(to) { note('set ' + key); } });
     globalThis.hostile = { __proto__: null, next: null, inner: Object.defineProperty({}, 'own', { __proto__: null, value: 1 }) };
     Object.freeze(Object.prototype); Object.freeze(Array.prototype); Object.freeze(Function.prototype);`,
  ],
  [
    'a stack that is nearly used up',
    `globalThis.hostile = { next: null, list: [[1], [2]] };
     let left = 120;
     globalThis.afterwards = function nest() {
       let ${Array.from({ length: 200 }, (_, n) => `v${n} = left`).join()};
       try { nest(); } catch {}
       if (left-- > 0) try { reverse({ v: left, next: null }); } catch {}
     };`,
  ],
];

describe('programs that fight back', () => {
  test.each(programs)('%s', async (_, script) => {
    await tab.goTo(tab.home);
    await tab.page.evaluate(`globalThis.touched = [];
      { const note = (what) => { touched[touched.length] = what; };
        ${script}
      } 0`);
    await view.begin('reverse');
    expect(await tab.message()).toBeNull();
    await tab.page.evaluate('reverse(hostile); globalThis.afterwards?.(); 0');
    await view.end();
    const { steps, end } = await view.recording();
    expect(steps.length).toBeGreaterThan(6);
    expect(end).toBe('stopped');
    expect(await tab.page.evaluate('touched')).toEqual([]);
  });
});

test('where the page replaced Map, nothing is recorded, and a sentence says so', async () => {
  await tab.goTo(tab.home);
  await tab.page.evaluate(
    'globalThis.touched = []; Map.prototype.get = Map.prototype.set = () => { touched.push(1); }; 0',
  );
  await view.begin('reverse');
  expect(await tab.message()).toContain('Map');
  expect(await tab.page.evaluate('reverse({ v: 1, next: null }).v')).toBe(1);
  expect(await tab.page.evaluate('touched')).toEqual([]);
  expect(await view.traces()).toEqual([]);
  await tab.goTo(tab.home);
});

test('what a click runs is recorded, and nothing before it', async () => {
  await view.form();
  await view.choose('What I click next');
  await view.start();
  expect(await tab.text('.welcome')).toContain('Click, type, or do something else');
  await tab.page.evaluate('sort([5, 4, 3])');
  await tab.page.click('#sort');
  await untilStatus('Recorded');
  const { steps, calls } = await view.recording();
  expect(calls.map((call) => `${call.function} ${call.arguments.join()}`)).toEqual([
    expect.stringMatching(/onclick/),
    expect.stringMatching(/^sort \[3\] #\d+$/),
  ]);
  expect(steps).toHaveLength(24);
  expect(await view.traces()).toEqual([]);
});

test('from load: the first line of the page is recorded', async () => {
  await view.form();
  await view.choose('From load');
  await view.start();
  await view.end();
  const { steps, calls } = await view.recording();
  expect(calls[0]).toMatchObject({ function: '(top level)', parent: null });
  expect(steps.length).toBeGreaterThan(3);
  expect(await view.traces()).toEqual([]);
  expect(await status()).toContain('Recorded');
});
