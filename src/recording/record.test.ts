/** Recordings of real programs in V8: their stops, calls, states and changes. */
import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { debuggerDomain } from '../transport/debugger-domain.ts';
import { connectInspector } from '../transport/node-inspector.ts';
import { changesOf, originOf, writesOf } from './changes.ts';
import { load, momentText, record } from './programs.test-helper.ts';
import { defaultBudget, recordedView, startRecording } from './record.ts';
import { createMoments, type Recording } from './recording.ts';

/** The calls as a tree, each with the number of its stops. */
const tree = ({ calls, functions }: Recording, parent: number | null = null): string =>
  calls
    .map((call, index) => {
      if (call.parent !== parent) return '';
      const inner = tree({ calls, functions } as Recording, index);
      const end = call.end === 'returned' ? '' : ` ${call.end}`;
      return `${functions[call.function]?.name} ${call.stops.length}${end}${inner === '' ? '' : ` (${inner})`}`;
    })
    .filter((text) => text !== '')
    .join(', ');

const sort = `function sort(a) {
  for (let i = 1; i < a.length; i++) {
    for (let j = i; j > 0 && a[j - 1] > a[j]; j--) {
      const t = a[j];
      a[j] = a[j - 1];
      a[j - 1] = t;
    }
  }
  return a;
}
sort([3, 1, 2]);`;

const later = () => new Promise((resolve) => setTimeout(resolve, 30));

test.each<[name: string, source: string, calls: string]>([
  ['insertion sort', sort, '(top level) 2 (sort 22)'],
  [
    'a list that is reversed',
    `function reverse(node) { let before = null; while (node) { const next = node.next; node.next = before; before = node; node = next; } return before; }
reverse({ v: 1, next: { v: 2, next: null } });`,
    '(top level) 2 (reverse 14)',
  ],
  [
    'quicksort',
    `function quick(a, lo = 0, hi = a.length - 1) { if (lo >= hi) return; const p = part(a, lo, hi); quick(a, lo, p - 1); quick(a, p + 1, hi); }
function part(a, lo, hi) { const x = a[hi]; let i = lo; for (let j = lo; j < hi; j++) if (a[j] < x) { [a[i], a[j]] = [a[j], a[i]]; i++; } [a[i], a[hi]] = [a[hi], a[i]]; return i; }
quick([3, 1, 2]);`,
    '(top level) 2 (quick 5 (part 15, quick 3, quick 3))',
  ],
  [
    'returns out of blocks and of a body of its own',
    `function block(n) { { const z = n; if (z > 1) { const w = z; return w; } } return 0; }
function own(n, m = n) { const p = m; return p; }
block(1); block(2); own(3);`,
    '(top level) 4 (block 4, block 5, own 2)',
  ],
  [
    'recursion out of a loop at the entry',
    'function rec(n) { while (n > 0) { n--; rec(n); } } rec(2);',
    '(top level) 2 (rec 8 (rec 5 (rec 2), rec 2))',
  ],
  [
    'a generator and who asks it',
    `function* gen(n) { for (let i = 0; i < n; i++) { const got = yield { i }; } return 'done'; }
const g = gen(2); g.next(); g.next('a'); g.next('b'); for (const x of gen(1)) x.i;`,
    '(top level) 12 (gen 10, gen 7)',
  ],
  [
    'async functions that take turns',
    `const queue = []; const log = [];
async function worker(id) { while (queue.length > 0) { const job = queue.shift(); const got = await run(job); log.push({ id, got }); } return id; }
async function run(job) { await null; return job * 2; }
queue.push(1, 2, 3);
Promise.all([worker('a'), worker('b')]);`,
    '(top level) 9 (worker 17 (run 3, run 3), worker 10 (run 3))',
  ],
  [
    'classes and exceptions',
    `class A { constructor(x) { this.x = x; } check() { if (this.x > 1) throw new RangeError('big'); return this; } }
class B extends A { constructor(x) { super(x); this.own = [x]; } check() { try { return super.check(); } catch (e) { this.failed = e.message; } finally { this.done = true; } } static make(x) { return new B(x); } }
[1, 2].map((x) => B.make(x).check());
function deep(n) { if (n === 0) throw new Error('end'); deep(n - 1); }
try { deep(2); } catch {}
deep(0);`,
    '(top level) 4 threw ((anonymous) 3 (B.make 3 (new B 3 (new A 2)), B.check 3 (A.check 3)), (anonymous) 3 (B.make 3 (new B 3 (new A 2)), B.check 5 (A.check 3 threw)), deep 2 threw (deep 2 threw (deep 3 threw)), deep 3 threw)',
  ],
])('the calls of %s', async (_, source, calls) => {
  const recording = await record(source, {}, later);
  expect(tree(recording)).toBe(calls);
});

describe('insertion sort', () => {
  test('every state, and the first write of a value', async () => {
    const recording = await record(sort);
    const arrays = recording.stops.map((_, stop) => /Array\(3\) (\[.*\])/.exec(momentText(recording, stop))?.[1] ?? '');
    expect(arrays.filter((text, index) => text !== arrays[index - 1])).toEqual([
      '',
      '[3, 1, 2]',
      '[3, 3, 2]',
      '[1, 3, 2]',
      '[1, 3, 3]',
      '[1, 2, 3]',
      '',
    ]);
    const text = ({ stop, name, before, after }: ReturnType<typeof changesOf>[number]) => {
      const line = recording.places[recording.stops[stop]?.place ?? 0]?.line ?? 0;
      const of = (value: typeof before) => (value?.type === 'number' ? value.value : value?.type);
      return `line ${line + 1}: ${name} ${of(before)} → ${of(after)}`;
    };
    expect(changesOf(recording, 1).map(text)).toEqual([
      'line 6: [1] 1 → 3',
      'line 3: [0] 3 → 1',
      'line 6: [2] 2 → 3',
      'line 3: [1] 3 → 2',
    ]);
    expect(writesOf(recording, 1, 'i').map(text)).toEqual([
      'line 2: i undefined → 1',
      'line 2: i 1 → 2',
      'line 2: i 2 → 3',
    ]);
    expect(originOf(recording, 1)).toEqual({ stop: 1, at: -2, name: 'a' });
    expect(recording.functions[0]?.pairs).toEqual([{ array: 'a', index: 'j' }]);
  });

  test('any moment is what all changes up to it make', async () => {
    const many = `for (let n = 0; n < 20; n++) { const a = [5, 4, 3, 2, 1]; for (let i = 0; i < 5; i++) a[i] += n; }`;
    const recording = await record(many);
    expect(recording.stops.length).toBeGreaterThan(250);
    const moments = createMoments(recording);
    const state = new Map();
    for (const [stop, { changed }] of recording.stops.entries()) {
      for (const object of changed) state.set(object.id, object);
      if (stop % 37 === 0) expect(moments.at(stop)).toEqual(state);
    }
  });
});

test('what is not initialized yet, an outer variable and this are read as they are', async () => {
  const recording = await record(`let outer = { n: 1 };
class P { add(k) { const sum = outer.n + k; return this.total = sum; } }
new P().add(2);`);
  const at = recording.stops.findIndex(
    ({ place }) => recording.functions[recording.places[place]?.function ?? 0]?.name === 'P.add',
  );
  expect(momentText(recording, at)).toContain(
    'scope P.add {local this: #2, local k: 2, local sum: uninitialised, closure outer: #1}',
  );
});

test('no getter, trap, iterator or toString runs', async () => {
  const recording = await record(`var touched = [];
const note = (what) => () => { touched.push(what); };
const traps = new Proxy({}, new Proxy({}, { get: (_, trap) => note(trap) }));
const hostile = { get x() { note('get')(); }, toString: note('toString'), toJSON: note('toJSON'), [Symbol.toPrimitive]: note('primitive'), [Symbol.iterator]: note('iterator') };
function use(one, two) { const three = [one, two]; return three.length; }
use(hostile, traps);`);
  expect(recording.exact).toBe(true);
  const last = momentText(recording, recording.stops.length - 1);
  expect(last).toContain('touched: #');
  expect(last).toMatch(/Array\(0\) \[\]/);
  expect(last).toContain('proxy');
});

test('a budget ends it, keeps what was, and takes the name away', async () => {
  const loop =
    'var names = []; for (let n = 0; n < 1000; n++) { names.length = 0; names.push(n); } names = Object.getOwnPropertyNames(globalThis).filter((name) => name.startsWith("__memoryGraph"));';
  const recording = await record(loop, { budget: { ...defaultBudget, stops: 100 } });
  expect(recording.end).toBe('stops');
  expect(recording.stops.length).toBe(100);
  expect(Reflect.get(globalThis, 'names')).toEqual([]);
});

test('a text or name that comes again is known, whatever its length and letters', async () => {
  const recording = await record(`const one = { ab: 'xy', ['k'.repeat(80)]: 's'.repeat(900) };
const two = { cd: 'zz', ['l'.repeat(80)]: 't'.repeat(900) };
const three = { ab: 'zz', big: 12345678901234567890n, half: 0.5 };
one.ab = two.cd;`);
  const text = momentText(recording, recording.stops.length - 1);
  expect(text).toContain("{ab: 'zz', big: 12345678901234567890n, half: 0.5}");
  expect(text).toContain(`{ab: 'zz', ${'k'.repeat(80)}: 's`);
  expect(text).toContain(`{cd: 'zz', ${'l'.repeat(80)}: 't`);
});

test('stops at which the stack is used up are left out, and the others can be read', async () => {
  const large = Array.from({ length: 200 }, (_, n) => `v${n} = left`).join();
  const source = `function plain(node) { const list = [node, [1]]; return list; }
let left = 200;
(function nest() { let ${large}; try { nest(); } catch {} if (left-- > 0) try { plain({ left }); } catch {} })();
plain({ left: 'last' });`;
  const session = connectInspector('same');
  onTestFinished(() => session.close());
  await debuggerDomain(session).followPauses({ deadline: 60_000 });
  await session.send('Runtime.enable', undefined, { deadline: 60_000 });
  const program = await load(session, source);
  const range = { start: 0, end: source.indexOf('\n') };
  const started = await startRecording(session, {
    title: 'test',
    targets: [{ ...program, startLine: 0, startColumn: 0, sourceMapUrl: null, range }],
    context: null,
    budget: defaultBudget,
    view: recordedView,
  });
  if (!started.ok) throw new Error(JSON.stringify(started.failure));
  await program.run();
  const recording = await started.value.stop();
  expect(recording.end).toBe('stopped');
  expect(recording.stops.length).toBeGreaterThan(100);
  expect(momentText(recording, recording.stops.length - 1)).toContain("left: 'last'");
}, 60_000);

/** What V8 says of a function after it was asked to make fast code of it. */
const FAST = 1 << 4;

describe('V8 makes fast code again', () => {
  const asking = `globalThis.fast = (...functions) => {
    for (const one of functions) { %PrepareFunctionForOptimization(one); one(2); one(2); %OptimizeFunctionOnNextCall(one); one(2); }
    return functions.map((one) => (%GetOptimizationStatus(one) & ${FAST}) !== 0).join(' ');
  };`;
  const source = `globalThis.recordedHere = (n, m = n) => { let sum = 0; for (let i = 0; i < n; i++) sum += i * m; return () => sum; };
  globalThis.otherHere = (n) => { let sum = 0; for (let i = 0; i < n; i++) sum += i; return () => sum; };
  globalThis.innerHere = otherHere(3);
  globalThis.makeHere = (() => {
    class Here { field = 1; static { this.count = 0; } constructor() { this.own = 2; } }
    return () => new Here();
  })();`;

  const start = source.indexOf('(n, m');
  const ranges = { 'one function': { start, end: source.indexOf(';\n', start) }, 'all of the script': null };

  test.each(['one function', 'all of the script'] as const)('after a recording of %s', async (what) => {
    setFlagsFromString('--allow-natives-syntax');
    runInThisContext(asking);
    const session = connectInspector('same');
    onTestFinished(() => session.close());
    await debuggerDomain(session).followPauses({ deadline: 60_000 });
    await session.send('Runtime.enable', undefined, { deadline: 60_000 });
    const program = await load(session, source);
    await program.run();
    const isFast = (functions: string): unknown => runInThisContext(`fast(${functions})`);
    const others = 'otherHere, innerHere, makeHere';
    const recorded = 'recordedHere, recordedHere(1)';
    expect(isFast(`${others}, ${recorded}`)).toBe('true true true true true');
    const target = { ...program, startLine: 0, startColumn: 0, sourceMapUrl: null, range: ranges[what] };
    const started = await startRecording(session, {
      title: 'test',
      targets: [target],
      context: null,
      budget: defaultBudget,
      view: recordedView,
    });
    if (!started.ok) throw new Error(JSON.stringify(started.failure));
    const whole = ranges[what] === null;
    expect(isFast(`${others}, ${recorded}`)).toBe(`${whole ? 'false false false' : 'true true true'} false false`);
    await started.value.stop();
    expect(isFast(`${others}, ${recorded}`)).toBe('true true true true true');
  });
});
