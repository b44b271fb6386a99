/**
 * `npm run graph` as a person runs it: real scripts through the real command. Counts are nodes / edges / shared nodes;
 * those of the original's examples must come out exactly.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleScripts } from './example-scripts.ts';

const command = fileURLToPath(new URL('../scripts/graph.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'memory-graph-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
  /** As `nodes / edges / shared`, a picture each. */
  readonly counts: readonly string[];
}

function run(script: string, ...options: readonly string[]): Promise<Ran> {
  writeFileSync(join(folder, 'script.js'), script);
  return start('script.js', ...options);
}

function start(...parameters: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...parameters], { cwd: folder });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      const lines = output.split('\n').filter((line) => line.startsWith('{'));
      const counts = lines.map((line) => {
        const { nodes, edges, shared } = JSON.parse(line);
        return `${nodes} / ${edges} / ${shared}`;
      });
      resolve({ code, output, errors, counts });
    });
  });
}

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

// The first start builds the command.
beforeAll(async () => void (await start('--help')), 120_000);

describe('the examples of the original', () => {
  test.each(exampleScripts)('$name', async ({ script, options, counts }) => {
    const { errors, ...ran } = await run(script, ...options, '--stats');
    expect({ counts: ran.counts, code: ran.code, errors }).toEqual({ counts, code: 0, errors: '' });
  });
});

describe('what a picture holds', () => {
  /** Titles and keys of the boxes, as the DOT has them. */
  const texts = (dot: string): readonly string[] => [...dot.matchAll(/>([^<>]+)</g)].map(([, text]) => text ?? '');

  test('variables in the order of their declaration, the top level first', async () => {
    const script = 'let b = 1, a = 2; class K { m(x) { let y = [x]; debugger; } } new K().m({});';
    const { code } = await run(script, '--stack', '--out', 'stack.dot');
    const found = texts(read('stack.dot'));
    expect(code).toBe(0);
    expect(found).toEqual(expect.arrayContaining(['Call stack', '0: (top level)', '1: K.m', 'this', 'x', 'y']));
    expect(found.indexOf('b')).toBeLessThan(found.indexOf('a'));
    expect(found.filter((text) => /node:|scriptEnded|runScript/.test(text))).toEqual([]);
  });
  test('a variable that several frames see once, and of outer ones those that are used', async () => {
    const script = `function outer(given) {
        let count = 1; const unused = 'never';
        const bump = () => { count += 1; debugger; return given; };
        bump();
      }
      outer({});
      const late = (kept, left) => [() => { kept; debugger; }, () => left];
      late(['kept'], ['left'])[0]();`;
    await run(script, '--stack', '--out', 'once.dot');
    const [first, second] = [texts(read('once-1.dot')), texts(read('once-2.dot'))];
    for (const name of ['count', 'given', 'unused', 'bump'])
      expect(first.filter((text) => text === name)).toEqual([name]);
    expect(second).toEqual(expect.arrayContaining(['kept', 'closure (1)']));
    expect(second).not.toContain('left');
  });
  test('what only V8 knows', async () => {
    const script = `class Safe { #secret = [1]; }
      const safe = new Safe();
      const seen = [];
      const proxy = new Proxy({ target: true }, { get: () => seen.push('code ran'), ownKeys: () => seen.push('code ran') });
      const promise = Promise.resolve('kept');
      const watched = { get trap() { seen.push('code ran'); } };`;
    await run(script, '--scope', '--out', 'exact.dot');
    const found = texts(read('exact.dot'));
    expect(found).toEqual(expect.arrayContaining(['#secret', '[[Target]]', '[[Handler]]', '&quot;kept&quot;']));
    await run(script, '--root', 'safe', '--root', 'proxy', '--root', 'watched', '--root', 'seen', '--out', 'seen.json');
    expect(read('seen.json')).not.toContain('code ran');
  });
  test('where a function stands', async () => {
    await run('const list = [];\n  function add() {}', '--root', 'add', '--out', 'place.dot');
    expect(texts(read('place.dot'))).toContain('&quot;script.js:2:15&quot;');
  });
  test('runs no code of errors', async () => {
    const script = `let ran = 0;
      class Wrong extends Error { #own = []; get name() { ran += 1; return ''; } get message() { ran += 1; return ''; } }
      class Holder { #error = new Wrong(); }
      const rejected = Promise.reject(new Wrong());
      rejected.catch(() => {});
      const held = [new Holder(), rejected, new Wrong(), { error: new Wrong() }];
      process.on('exit', () => console.log(ran));`;
    expect(await run(script, '--scope', '--stats')).toMatchObject({ code: 0, errors: '0\n' });
  });
  test('nor what the script has set to write the stacks of errors', async () => {
    const script = `let ran = 0;
      Error.prepareStackTrace = () => { ran += 1; };
      const held = [Promise.reject(new Error()), new Proxy(new Error(), {}), new (class extends Error { #own = []; })()];
      held[0].catch(() => {});
      const late = (globalThis.Error = { prepareStackTrace: () => { ran += 1; } });
      process.on('exit', () => console.log(ran));`;
    expect(await run(script, '--stats')).toMatchObject({ code: 0, errors: '0\n' });
  });
  test('what collections are, whatever their prototypes and however many objects look like them', async () => {
    const script = `process.getBuiltinModule('util').types.isProxy = () => false;
      class Plain {}
      let held = Array.from({ length: 300 }, () => new Plain());
      const trap = new Proxy({}, { getPrototypeOf() { held = []; return null; } });
      for (const made of [new Map([[{}, 1]]), new Set([{}]), new WeakMap([[held, {}]])]) held.push(Object.setPrototypeOf(made, Plain.prototype));
      held.push(trap);`;
    const { counts } = await run(script, '--root', 'held', '--full', '--stats');
    // The list and its objects, one in each collection, the proxy's target and handler.
    expect(counts).toEqual(['310 / 310 / 0']);
  });
  test('accuses nobody of having replaced what Node brings', async () => {
    await run('let a = [];', '--out', 'innocent.json');
    expect(JSON.parse(read('innocent.json'))).toMatchObject({ snapshot: { replacedBuiltins: [] } });
  });
  test('what stood before a thrown error is described', async () => {
    const script = `let ran = {};
      throw new (class extends Error { get message() { ran = { ran: {} }; return 'described'; } })();`;
    expect(await run(script, '--stats')).toMatchObject({
      code: 1,
      counts: ['2 / 1 / 0'],
      errors: 'script.js:2 threw Error: described; what stands then is drawn.\n',
    });
  });
  test('the same, whatever the script replaces', async () => {
    const { counts, errors } = await run(
      `Reflect.ownKeys = Object.keys = Array.prototype.map = Map.prototype.get = () => { throw 1 };
       JSON.stringify = () => 'x'; Function.prototype.call = null; let a = [1, [2]];`,
      '--stats',
    );
    expect({ counts, errors }).toEqual({ counts: ['3 / 2 / 0'], errors: '' });
  });
  test('the same, whatever of Node the script takes away', async () => {
    const script =
      'for (const name of ["process", "console", "Reflect", "Error"]) delete globalThis[name]; let a = {};';
    const { counts, errors, code } = await run(script, '--stats');
    expect({ counts, errors, code }).toEqual({ counts: ['2 / 1 / 0'], errors: '', code: 0 });
  });
  test('variables by the name of a builtin', async () => {
    const script = 'var JSON = [], fetch; let Object = {}; function Array() {} class Map {}';
    await run(script, '--scope', '--out', 'names.dot');
    const found = texts(read('names.dot'));
    expect(found).toEqual(expect.arrayContaining(['JSON', 'Object', 'Array', 'Map']));
    expect(found).not.toContain('console');
  });
  test('roots see what the script declared, and none of our names', async () => {
    const script = 'let a = {}; var b = {};';
    const ours = '[typeof scriptEnded, typeof leaving, typeof help, typeof settingsOf].map((type) => ({ [type]: {} }))';
    expect((await run(script, '--root', 'this.b', '--root', 'a', '--root', 'b', '--stats')).counts).toEqual([
      '3 / 3 / 1',
    ]);
    await run(script, '--root', ours, '--out', 'ours.dot');
    expect(texts(read('ours.dot')).filter((text) => text === 'undefined')).toHaveLength(4);
  });
  test('slices, and everything with --full', async () => {
    const script = 'const big = Array.from({ length: 2000 }, (_, i) => ({ i })); let list = null;';
    const chain = 'for (let i = 0; i < 1500; i++) list = { list };';
    expect((await run(script, '--stats')).counts).toEqual(['27 / 26 / 0']);
    expect((await run(script + chain, '--full', '--stats')).counts).toEqual(['3502 / 3501 / 0']);
  });
  test('calls up to a limit, and all with --full', async () => {
    const script = '(function f(n) { if (n === 0) debugger; else f(n - 1); })(200);';
    expect((await run(script, '--stack', '--stats')).counts).toEqual(['102 / 101 / 0']);
    expect((await run(script.replace('200', '3000'), '--stack', '--full', '--stats')).counts).toEqual([
      '3003 / 3002 / 0',
    ]);
  });
  test('the class as this of its static block', async () => {
    const script = 'class A { static s = {}; static { debugger; } }';
    expect(await run(script, '--stack', '--stats')).toMatchObject({ counts: ['5 / 4 / 0'], errors: '' });
  });
  test('stops in timers and after await, with the top level beside them', async () => {
    const script = `let shared = {};
      setTimeout(() => { const timer = [shared]; debugger; }, 1);
      (async () => { await null; const waited = [shared]; debugger; })();`;
    const { counts, code } = await run(script, '--stack', '--stats');
    expect({ counts, code }).toEqual({ counts: ['5 / 5 / 1', '5 / 5 / 1'], code: 0 });
  });
});

describe('settings', () => {
  test('from a file, and changed one by one', async () => {
    writeFileSync(join(folder, 'settings.json'), '{"reading": {"slices": {"begin": 1, "middle": 0, "end": 0}}}');
    const script = 'const list = Array.from({ length: 100 }, () => []);';
    const ran = await run(
      script,
      '--settings',
      'settings.json',
      '--set',
      'drawing.direction=right',
      '--out',
      'set.dot',
      '--stats',
    );
    expect(ran).toMatchObject({ code: 0, counts: ['3 / 2 / 0'], errors: '' });
    expect(read('set.dot')).toMatch(/rankdir="?LR/);
  });
  test.each([
    ['drawing.direction=up', 'drawing.direction: Must be one of "down", "right"'],
    ['drawing.nothing=1', 'drawing.nothing: Unknown setting'],
    ['drawing', '--set needs a path and a value, such as --set drawing.primitives.asBoxes=true.'],
  ])('--set %s is refused in one sentence', async (change, sentence) => {
    expect(await run('let a;', '--set', change)).toMatchObject({ code: 2, errors: `${sentence}\n`, counts: [] });
  });
  test('a file that holds none is refused in one sentence', async () => {
    writeFileSync(join(folder, 'wrong.json'), '{"drawing": {"direction": "up"}}');
    const refused = await run('let a;', '--settings', 'wrong.json');
    expect(refused).toMatchObject({
      code: 2,
      errors: 'wrong.json: drawing.direction: Must be one of "down", "right"\n',
    });
    const missing = await run('let a;', '--settings', 'missing.json');
    expect(missing.errors).toBe('missing.json could not be read: name a file of settings that exists.\n');
  });
});

describe('files', () => {
  test('one picture gets the name, several get numbers', async () => {
    await run('let a = [1];', '--out', 'one.svg', '--theme', 'dark');
    expect(read('one.svg')).toMatch(/^<\?xml.*<svg.*<\/svg>\n$/s);
    expect(read('one.svg')).toContain('#1d1d1d');
    await run('let a = [1]; debugger; debugger;', '--stack', '--scope', '--out', 'several.dot');
    expect(
      ['several.dot', 'several-1.dot', 'several-2.dot', 'several-3.dot'].map((name) => existsSync(join(folder, name))),
    ).toEqual([false, true, true, true]);
  });
  test('the script’s name when nothing else is said', async () => {
    const { errors } = await run('let a = [1];');
    expect(existsSync(join(folder, 'script.svg'))).toBe(true);
    expect(errors).toBe('The graph is in script.svg.\n');
  });
  test('standard output holds the counts alone', async () => {
    const script = "console.log('said'); process.stdout.write('written\\n'); let a = 1;";
    const { output, errors } = await run(script, '--stats');
    expect({ output, errors }).toEqual({ output: '{"nodes":1,"edges":0,"shared":0}\n', errors: 'said\nwritten\n' });
  });
});

describe('what goes wrong is one sentence and an exit code', () => {
  const cases: readonly {
    readonly name: string;
    readonly script: string;
    readonly options: readonly string[];
    readonly code: number;
    readonly errors: string;
    readonly counts: readonly string[];
  }[] = [
    {
      name: 'a script that throws: what stands is drawn',
      script: 'let a = [[]];\nnull.x;',
      options: [],
      code: 1,
      errors: "script.js:2 threw TypeError: Cannot read properties of null (reading 'x'); what stands then is drawn.",
      counts: ['3 / 2 / 0'],
    },
    {
      name: 'a script that does not parse',
      script: 'let a = 1;\nlet b = [;',
      options: [],
      code: 1,
      errors: "script.js:2 does not parse as a classic script: Unexpected token ';'.",
      counts: [],
    },
    {
      name: 'a root that fails, beside one that does not',
      script: 'let a = [];',
      options: ['--root', 'missing', '--root', 'a'],
      code: 1,
      errors: '--root missing: Thrown: ReferenceError: missing is not defined',
      counts: ['2 / 1 / 0'],
    },
    {
      name: 'no root that can be drawn',
      script: 'let a = [];',
      options: ['--root', 'a.b.c'],
      code: 1,
      errors: "--root a.b.c: Thrown: TypeError: Cannot read properties of undefined (reading 'c')",
      counts: [],
    },
    {
      name: 'a root that does not parse',
      script: 'let a = [];',
      options: ['--root', 'a +'],
      code: 1,
      errors: '--root a + does not parse: Unexpected end of input.',
      counts: [],
    },
    {
      name: 'a root that is a statement',
      script: '',
      options: ['--root', 'let a = 1'],
      code: 1,
      errors: '--root let a = 1 is no expression.',
      counts: [],
    },
    {
      name: 'a root that never ends, beside one that does',
      script: 'let a = [];',
      options: ['--root', '(() => { for (;;); })()', '--root', 'a', '--timeout', '2'],
      code: 1,
      errors: '--root (() => { for (;;); })(): Evaluation timed out after 2,000 ms',
      counts: ['2 / 1 / 0'],
    },
    {
      name: 'a script that throws no error',
      script: 'let a = [[]]; throw { toString() { throw 1; } };',
      options: [],
      code: 1,
      errors: 'script.js threw an object; what stands then is drawn.',
      counts: ['3 / 2 / 0'],
    },
    {
      name: 'an endless chain of callbacks: what stood is drawn',
      script: 'let a = [[]]; debugger; (function next() { process.nextTick(next); })();',
      options: ['--stack', '--timeout', '2'],
      code: 1,
      errors: 'script.js ran for more than 2 s; what stands then is drawn.',
      counts: ['4 / 3 / 0'],
    },
    {
      name: 'a rejection with no error',
      script: 'let a = []; debugger; Promise.reject(5);',
      options: ['--stack'],
      code: 1,
      errors: 'script.js threw 5.',
      counts: ['3 / 2 / 0'],
    },
    {
      name: 'an endless loop: what stands is drawn',
      script: 'let a = [[]]; for (;;);',
      options: ['--timeout', '2'],
      code: 1,
      errors: 'script.js ran for more than 2 s; what stands then is drawn.',
      counts: ['3 / 2 / 0'],
    },
    {
      name: 'a script that waits for ever',
      script: 'let a = [[]]; setInterval(() => {}, 10); debugger;',
      options: ['--stack', '--timeout', '2'],
      code: 1,
      errors: 'script.js ran for more than 2 s; what stands then is drawn.',
      counts: ['4 / 3 / 0'],
    },
    {
      name: 'a rejection that nobody handles',
      script: "let a = []; debugger; Promise.reject(new Error('lost'));",
      options: ['--stack'],
      code: 1,
      errors: 'script.js:1 threw Error: lost.',
      counts: ['3 / 2 / 0'],
    },
    {
      name: 'no stop to draw',
      script: 'let a = [];',
      options: ['--stack'],
      code: 1,
      errors: 'script.js met no debugger statement: there is no stack to draw.',
      counts: [],
    },
    {
      name: 'a script that ends the process: its code, and what stands',
      script: 'let a = [[]]; process.exit(7);',
      options: [],
      code: 7,
      errors: '',
      counts: ['3 / 2 / 0'],
    },
    {
      name: 'a file that cannot be written',
      script: 'let a = [];',
      options: ['--out', 'no/such/folder.svg'],
      code: 1,
      errors: 'no/such/folder.svg could not be written: name a file in a folder that exists.',
      counts: ['2 / 1 / 0'],
    },
  ];
  test.each(cases)('$name', async ({ script, options, code, errors, counts }) => {
    const ran = await run(script, ...options, '--stats');
    expect({ code: ran.code, errors: ran.errors.trim(), counts: ran.counts }).toEqual({ code, errors, counts });
  });
  test.each([
    [['script.js', '--root', '--stats'], '--root needs an expression, such as --root "data.items".'],
    [['script.js', '--out', '--full'], '--out needs a file whose name ends in .svg, .dot or .json.'],
    [['script.js', '--full=false'], '--full takes no value: give it or leave it out.'],
    [['script.js', '--timeout', '90000'], '--timeout is a number of seconds, above 0 and up to 86400.'],
    [['script.js', '-x'], 'There is no option -x; --help lists those that there are.'],
    [['--', '-x.js'], '-x.js could not be read: name a script that exists.'],
    [[], 'Name the script to run: npm run graph -- FILE.js; --help says more.'],
  ])('a command that is not understood: %s', async (parameters, sentence) => {
    expect(await start(...parameters)).toMatchObject({ code: 2, errors: `${sentence}\n`, output: '' });
  });
  test('when the command is ended, so is the script', async () => {
    writeFileSync(join(folder, 'endless.js'), 'process.stderr.write(String(process.pid)); for (;;);');
    const child = spawn(process.execPath, [command, 'endless.js', '--timeout', '60'], { cwd: folder });
    const pid = await new Promise<number>((resolve) => child.stderr.once('data', (text) => resolve(Number(text))));
    const closed = new Promise((resolve) => child.once('close', (_, signal) => resolve(signal)));
    child.kill();
    expect(await closed).toBe('SIGTERM');
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
  test('a script that is not there', async () => {
    const { code, errors } = await start('missing.js');
    expect({ code, errors }).toEqual({ code: 2, errors: 'missing.js could not be read: name a script that exists.\n' });
  });
});
