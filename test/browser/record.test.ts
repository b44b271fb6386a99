/** The view Record, in real DevTools: what is recorded of programs, beside what stepping through them shows. */
import type { CDPSession } from 'puppeteer-core';
import { afterAll, expect, test } from 'vitest';
import type { HeapObject, Value } from '../../src/snapshot/snapshot.ts';
import { violationsIn } from './axe.ts';
import { memoryGraphPage } from './memory-graph-page.ts';
import { recordView } from './record-view.ts';

const tab = memoryGraphPage({ url: 'record.html', folder: 'test/browser/pages', width: 1280, height: 800 });
const view = recordView(tab);
let session: CDPSession | null = null;
afterAll(() => session?.detach());

/** The calls as a tree, each with the number of its steps. */
async function tree(): Promise<string> {
  const { calls } = await view.recording();
  const of = (parent: number | null): string =>
    calls
      .flatMap((call, index) => {
        if (call.parent !== parent) return [];
        const inner = of(index);
        const end = call.end === 'returned' ? '' : ` ${call.end}`;
        return [`${call.function} ${call.steps}${end}${inner === '' ? '' : ` (${inner})`}`];
      })
      .join(', ');
  return of(null);
}

/** The JSON of a variable of the innermost frame at each step, with the line; what comes again is there once. */
async function statesOf(variable: string): Promise<readonly string[]> {
  const moments = await view.moments();
  return once(
    moments.map(({ line, objects }) => {
      const frames = objects.filter(({ kind }) => kind === 'scope');
      const part = frames
        .at(-1)
        ?.parts.find((one) => one.type === 'property' && one.key.type === 'name' && one.key.name.head === variable);
      const value = part?.type === 'property' ? part.value : undefined;
      return `${line}: ${value === undefined || value.type === 'uninitialised' ? '-' : JSON.stringify(plain(value, objects))}`;
    }),
  );
}

function plain(value: Value, objects: readonly HeapObject[]): unknown {
  if (value.type === 'number' || value.type === 'boolean') return value.value;
  if (value.type === 'string') return value.text.head;
  if (value.type !== 'reference') return null;
  const object = objects.find(({ id }) => id === value.id);
  if (object?.kind === 'array')
    return object.parts.flatMap((part) => (part.type === 'element' ? [plain(part.value, objects)] : []));
  return Object.fromEntries(
    (object?.parts ?? []).flatMap((part) =>
      part.type === 'property' && part.key.type === 'name' && part.value.type !== 'undefined'
        ? [[part.key.name.head, plain(part.value, objects)]]
        : [],
    ),
  );
}

const once = (texts: readonly string[]): readonly string[] => texts.filter((text, index) => text !== texts[index - 1]);

/** The same by stepping: from the first line of a function on, into everything of the page, until the function returned. */
async function stepped(name: string, run: string, variable: string): Promise<readonly string[]> {
  session ??= await tab.page.createCDPSession();
  const own = session;
  await own.send('Debugger.enable');
  const { result } = await own.send('Runtime.evaluate', { expression: name });
  const { breakpointId } = await own.send(
    'Debugger.setBreakpointOnFunctionCall' as 'Debugger.setBreakpoint',
    {
      objectId: result.objectId ?? '',
    } as never,
  );
  const states: string[] = [];
  const ended = new Promise<void>((resolve) => {
    own.on('Debugger.paused', async ({ callFrames }) => {
      const [top] = callFrames;
      const isInside = callFrames.some(({ functionName }) => functionName === name);
      if (!top || !isInside) {
        own.off('Debugger.paused');
        await own.send('Debugger.resume');
        return resolve();
      }
      const { result: text } = await own.send('Debugger.evaluateOnCallFrame', {
        callFrameId: top.callFrameId,
        expression: `(() => { try { return JSON.stringify(${variable}) ?? 'null' } catch { return '-' } })()`,
      });
      states.push(`${top.location.lineNumber + 1}: ${text.value}`);
      await own.send('Debugger.stepInto');
    });
  });
  void tab.page.evaluate(run);
  await ended;
  await own.send('Debugger.removeBreakpoint', { breakpointId });
  await own.send('Debugger.disable');
  return once(states);
}

test.each<[name: string, run: string, calls: string]>([
  ['insertion sort', 'sort([3, 1, 2])', 'sort 22'],
  ['a list that is reversed', 'reverse({ v: 1, next: { v: 2, next: null } })', 'reverse 14'],
  ['quicksort', 'quick([3, 1, 2])', 'quick 6 (part 15, quick 3, quick 3)'],
  ['a reducer', 'dispatchAll()', 'dispatchAll 16 (reducer 3, reducer 3, reducer 4 (todos 2, todos 2), reducer 3)'],
  ['an async queue', 'void work()', 'work 7 (worker 17 (run 3, run 3), worker 10 (run 3))'],
  ['a generator', 'generate()', 'generate 6 (count 12)'],
  [
    'classes and exceptions',
    'shapes()',
    'shapes 3 ((anonymous) 3 (new Square 3 (new Shape 2), Square.check 3 (Shape.check 3)), ' +
      '(anonymous) 3 (new Square 3 (new Shape 2), Square.check 5 (Shape.check 3 threw)))',
  ],
])('the calls of %s', async (_, run, calls) => {
  await view.recordFile(run);
  expect(await tree()).toBe(calls);
});

test.each([
  ['sort', 'sort([3, 1, 2])', 'a'],
  ['reverse', 'reverse({ v: 1, next: { v: 2, next: null } })', 'before'],
  ['quick', 'quick([3, 1, 2])', 'a'],
])('stepping shows what is recorded of %s', async (name, run, variable) => {
  await view.recordFile(run);
  const own = await statesOf(variable);
  expect(own).toEqual(await stepped(name, run, variable));
});

// V8 steps over some places at which a call goes on, and stops at others again when it returned.
test.each([
  ['dispatchAll', 'dispatchAll()', 'state'],
  ['generate', 'generate()', 'i'],
  ['shapes', 'shapes()', 'size'],
])('every state that stepping shows of %s is recorded', async (name, run, variable) => {
  await view.recordFile(run);
  const own = new Set(await statesOf(variable));
  const missed = (await stepped(name, run, variable)).filter((state) => !own.has(state));
  expect(missed).toEqual([]);
});

test('everything of mine: all of the page, and nothing of what the ignore list names', async () => {
  await tab.page.evaluate((home) => {
    const script = document.createElement('script');
    script.text = `function library(list) { return list.map((one) => reducer(one, { type: 'none' })); }
//# sourceURL=${new URL('node_modules/library/index.js', home).href}`;
    document.body.append(script);
  }, tab.home);
  await view.form();
  await view.choose('Everything of mine');
  await view.start();
  await tab.page.evaluate('library([{ a: 1 }]); sort([2, 1]); 0');
  await view.end();
  expect(await tree()).toBe('reducer 3, sort 13');
  const { steps } = await view.recording();
  expect(new Set(steps.map(({ script }) => script))).toEqual(new Set([tab.home]));
});

test('calls that are repeated are one row, which opens', async () => {
  await view.recordFile('for (let n = 0; n < 40; n++) part([n, 1], 0, 1); sort([1]); 0');
  const rows = () =>
    tab.panel.evaluate(() => [...document.querySelectorAll('.record-calls li')].map(({ textContent }) => textContent));
  await tab.until("document.querySelector('.record-calls h2')?.textContent === 'Calls: 41'");
  expect(await rows()).toEqual([
    expect.stringMatching(/^part\(\[2\] #1, 0, 1\) → \d× 40$/),
    expect.stringMatching(/^sort\(\[1\] #41\) → \[1\] #41$/),
  ]);
  await tab.click('.record-times');
  await tab.until("document.querySelectorAll('.record-calls li').length === 41");
  expect((await rows())[4]).toMatch(/^part\(\[2\] #5, 0, 1\)/);
  // A click goes to where the call began.
  await tab.click('.record-calls li:nth-child(5) .record-call');
  await tab.until("document.querySelector('.record-calls li:nth-child(5) [aria-current]') !== null");
  await tab.click('.record-times');
  await tab.until("document.querySelectorAll('.record-calls li').length === 2");
});

test('a recording is shared as a page, an animation and a file, which opens again', async () => {
  await view.record('sort', 'sort([3, 1, 2])');
  const page = await view.saved('Save as page (HTML)');
  const film = JSON.parse(/id="film">(.*?)<\/script>/s.exec(page)?.[1] ?? '');
  expect(film.steps).toHaveLength(22);
  expect(film.pictures.length).toBeGreaterThan(8);
  expect(JSON.stringify(film.pictures)).toContain('mg-at');
  const animation = await view.saved('Save animation (SVG)');
  expect(animation.length).toBeLessThan(200_000);
  expect(animation.match(/<g class="s"/g)?.length).toBeGreaterThan(8);
  const file = await view.saved('Save recording (JSON)');
  const before = await view.recording();
  await view.reopened(file);
  expect(await view.recording()).toEqual(before);
});

test('when an object changed, where it came from, and the code beside', async () => {
  await view.record('sort', 'sort([3, 1, 2])');
  await tab.until("document.querySelector('.record-code .here')?.textContent.includes('let i = 1') === true");
  await tab.clickInPicture('.mg-array .mg-frame', { offset: { x: 2, y: 2 } });
  await tab.until("document.querySelectorAll('.record-changes li').length === 4");
  const rows = await tab.panel.evaluate(() =>
    [...document.querySelectorAll('.record-changes li')].map(({ textContent }) => textContent),
  );
  expect(rows[0]).toMatch(/^Step 7\[1\] 1 → 3by line \d+$/);
  expect(await tab.text('.record-changes > p')).toMatch(/^Step 1: it first stood in a/);
  await tab.click('.record-changes li .record-step');
  await tab.until("document.querySelector('.player-count').textContent === '7 of 22'");
  // What this step changed is marked, and the index stands at its cell.
  await tab.until("document.querySelector('[data-marked-box] .mg-badge-text')?.textContent === '~'");
  expect(await tab.text('.mg-at')).toMatch(/j/);
  await tab.panel.evaluate(() => document.body.focus());
  await tab.clickButton('Next change');
  await tab.until("document.querySelector('.player-count').textContent === '8 of 22'");
});

test('the page pauses when the selected object changes', async () => {
  await view.begin('sort');
  await tab.page.evaluate('globalThis.list = [1, 2]; sort(list)');
  await tab.until("document.querySelector('.player') !== null");
  await tab.clickInPicture('.mg-array .mg-frame', { offset: { x: 2, y: 2 } });
  await tab.clickButton('Pause when it changes');
  await tab.until("document.querySelector('.record-progress').textContent.includes('pauses when')");
  await tab.page.evaluate('sort(list)');
  expect(await tab.frontEnd.isPaused()).toBe(false);
  const ran = tab.page.evaluate('list.reverse(); sort(list).join()');
  await expect.poll(tab.frontEnd.isPaused, { timeout: 10_000 }).toBe(true);
  expect(await tab.frontEnd.pausedIn()).toBe('sort');
  await tab.frontEnd.resume();
  expect(await ran).toBe('1,2');
  await tab.showTab();
  await view.end();
});

test.each(['light', 'dark'] as const)('axe finds nothing in the states of the view: %s', async (theme) => {
  await tab.setTheme(theme);
  await view.form();
  expect(await violationsIn(tab.panel)).toEqual([]);
  await view.begin('reverse');
  expect(await violationsIn(tab.panel)).toEqual([]);
  await tab.page.evaluate('reverse({ n: 1, next: { n: 2, next: { n: 3, next: null } } })');
  await view.end();
  expect(await violationsIn(tab.panel)).toEqual([]);
  // With an object of which the changes are listed, and the menu.
  await tab.panel.focus('.canvas');
  await tab.press('Home');
  await tab.until("document.querySelector('.canvas').hasAttribute('data-selected')");
  expect(await violationsIn(tab.panel)).toEqual([]);
  await tab.clickButton('Share');
  await tab.panel.waitForSelector('[role="dialog"]');
  expect(await violationsIn(tab.panel)).toEqual([]);
  await tab.press('Escape');
  await tab.resize(320, 700);
  expect(await violationsIn(tab.panel)).toEqual([]);
  await tab.resize(1280, 800);
  await tab.setTheme('light');
});
