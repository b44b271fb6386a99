/** The package as somebody else installs and imports it: packed by npm, unpacked into a folder of its own. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'memory-graph-package-'));
const installed = join(folder, 'node_modules', 'memory-graph');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = promisify(execFile);

beforeAll(async () => {
  // npm packs what `prepare` has built; its other scripts are not for here.
  await run(process.execPath, [join(project, 'scripts', 'prepare.mjs')], { cwd: project });
  const npm = process.env.npm_execpath;
  const pack = ['pack', '--ignore-scripts', '--silent', `--pack-destination=${folder}`];
  if (npm && /\.[cm]?js$/.test(npm)) await run(process.execPath, [npm, ...pack], { cwd: project });
  else await run('npm', pack, { cwd: project });
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  await run('tar', ['-xzf', archive], { cwd: folder });
  mkdirSync(join(folder, 'node_modules'));
  renameSync(join(folder, 'package'), installed);
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
}, 120_000);

/** What a module prints when a fresh Node runs it in the folder, as JSON. */
async function evaluate(module: string): Promise<unknown> {
  writeFileSync(join(folder, 'consumer.js'), module);
  const { stdout, stderr } = await run(process.execPath, ['consumer.js'], { cwd: folder });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

test('nothing but what runs in Node is packed, and nothing else is needed', () => {
  expect(readdirSync(installed).toSorted()).toEqual(['LICENSE', 'README.md', 'dist-node', 'package.json', 'src']);
  expect(Object.keys(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')))).not.toContain('dependencies');
});

describe('render', () => {
  test('draws a value into a file, and says how much', async () => {
    const counts = await evaluate(`
      import { render } from 'memory-graph';
      const data = [[1, 2], [3, 4], new Set([5, 6]), new Map([[7, 'seven'], [8, 'eight']])];
      console.log(JSON.stringify(await render(data, 'my_graph.svg')));
    `);
    expect(counts).toEqual({ nodes: 5, edges: 4, shared: 0 });
    expect(read('my_graph.svg')).toMatch(/^<\?xml.*<\/svg>\n$/s);
    expect(read('my_graph.svg').match(/data-reference="/g)).toHaveLength(4);
  });
  test('in every format, and as many at once as one likes', async () => {
    const counts = await evaluate(`
      import { render } from 'memory-graph';
      const shared = {};
      const drawn = [['a.dot', [shared, shared]], ['b.json', { shared }], ['c.gv', 1n], ['d.svg', Symbol('s')], ['e.svg', undefined]];
      console.log(JSON.stringify(await Promise.all(drawn.map(([file, value]) => render(value, file, { theme: 'dark' })))));
    `);
    expect(counts).toEqual([
      { nodes: 2, edges: 2, shared: 1 },
      { nodes: 2, edges: 1, shared: 0 },
      ...Array(3).fill({ nodes: 1, edges: 0, shared: 0 }),
    ]);
    expect(read('a.dot')).toMatch(/^digraph \{.*bgcolor="#1d1d1d"/s);
    expect(JSON.parse(read('b.json'))).toHaveProperty('snapshot');
    expect(read('c.gv')).toContain('1n');
  });
  test('sees what only V8 knows, runs no code of the value, and leaves nothing behind', async () => {
    const found = await evaluate(`
      import { render } from 'memory-graph';
      let ran = 0;
      class Safe { #secret = { inside: true }; get getter() { ran += 1; } }
      const traps = new Proxy({}, { get: () => { ran += 1; return () => { ran += 1; }; } });
      const data = { safe: new Safe(), proxy: new Proxy({ target: true }, traps), get g() { ran += 1; } };
      const before = Reflect.ownKeys(globalThis).length;
      const counts = await render(data, 'exact.dot');
      console.log(JSON.stringify({ counts, ran, left: Reflect.ownKeys(globalThis).length - before }));
    `);
    // The value, the instance, its secret, the proxy, its target, its handler, and that one's target and handler.
    expect(found).toEqual({ counts: { nodes: 8, edges: 7, shared: 0 }, ran: 0, left: 0 });
    expect(read('exact.dot')).toContain('#secret');
  });
  test('says where a function stands', async () => {
    await evaluate(`
      import { render } from 'memory-graph';
      console.log(JSON.stringify(await render(function add() {}, 'place.dot')));
    `);
    expect(read('place.dot')).toContain('consumer.js:3:59');
  });
  test('slices, and everything when asked', async () => {
    const counts = await evaluate(`
      import { render } from 'memory-graph';
      const many = Array.from({ length: 3000 }, () => []);
      console.log(JSON.stringify([await render(many, 'few.dot'), await render(many, 'all.dot', { full: true })]));
    `);
    expect(counts).toEqual([
      { nodes: 26, edges: 25, shared: 0 },
      { nodes: 3001, edges: 3000, shared: 0 },
    ]);
  });
  test('as the settings say', async () => {
    const counts = await evaluate(`
      import { render } from 'memory-graph';
      const settings = { drawing: { primitives: { asBoxes: true } } };
      console.log(JSON.stringify(await render({ a: 10, b: 10 }, 'settings.dot', { settings })));
    `);
    expect(counts).toEqual({ nodes: 2, edges: 2, shared: 1 });
  });
  test('fails in one sentence', async () => {
    const messages = await evaluate(`
      import { render } from 'memory-graph';
      const why = (file) => render({}, file).then(() => null, ({ message }) => message);
      const wrong = (options) => render({}, 'a.svg', options).catch(({ message }) => message);
      console.log(JSON.stringify([
        await why('picture.bmp'),
        await why('no/such/folder.svg'),
        await why(),
        await wrong({ settings: { drawing: { direction: 'up' } } }),
        await wrong({ settings: 5 }),
        await wrong({ theme: 'blue' }),
        await render({}, 'a.svg', Object.freeze(globalThis) && {}).catch(({ message }) => message),
      ]));
    `);
    expect(messages).toEqual([
      'picture.bmp does not say what to draw: let its name end in .svg, .dot or .json.',
      'no/such/folder.svg could not be written: name a file in a folder that exists.',
      "Say where to draw it: render(value, 'my_graph.svg').",
      'drawing.direction: Must be one of "down", "right"',
      'settings: Must be an object of settings',
      'The theme is light or dark.',
      'The value cannot be handed over, because the global object is frozen: draw before it is.',
    ]);
  });
  test('in a worker thread, beside other debuggers, and into a file that a URL names', async () => {
    const counts = await evaluate(`
      import { Session } from 'node:inspector';
      import { isMainThread, parentPort, Worker } from 'node:worker_threads';
      import { render } from 'memory-graph';
      const debugging = new Session();
      debugging.connect();
      for (const domain of ['Runtime', 'Debugger']) debugging.post(domain + '.enable');
      const draw = (name) => render([[1], [2]], new URL(name, import.meta.url));
      if (isMainThread) {
        const worker = new Worker(new URL(import.meta.url));
        worker.once('message', async (there) => console.log(JSON.stringify([there, await draw('here.svg')])));
      } else parentPort.postMessage(await draw('there.svg'));
    `);
    expect(counts).toEqual(Array(2).fill({ nodes: 3, edges: 2, shared: 0 }));
    expect([read('here.svg'), read('there.svg')]).toEqual([expect.stringMatching(/<\/svg>\n$/), read('here.svg')]);
  });
  test('required by CommonJS', async () => {
    writeFileSync(
      join(folder, 'consumer.cjs'),
      "require('memory-graph').render([{}], 'c.svg').then(({ nodes }) => console.log(nodes))",
    );
    const { stdout } = await run(process.execPath, ['--no-warnings', 'consumer.cjs'], { cwd: folder });
    expect(stdout).toBe('2\n');
  });
});

test.each([
  ['nodenext', []],
  ['node16', []],
  ['esnext', ['--moduleResolution', 'bundler']],
])('its types hold in strict TypeScript, module %s', async (module, more) => {
  const consumer = (line: string): string => `import { type Counts, render } from 'memory-graph';\n${line}\n`;
  writeFileSync(
    join(folder, 'right.ts'),
    consumer(
      "const counts: Counts = await render([1], 'a.svg', { theme: 'dark', full: true });\nexport const n: number = counts.nodes;",
    ),
  );
  writeFileSync(join(folder, 'wrong.ts'), consumer('export const counts: Counts = await render([1]);'));
  const tsc = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--noEmit', '--strict', '--module', module, ...more, '--target', 'es2022', '--types', ''];
  const check = (file: string) =>
    run(process.execPath, [tsc, ...options, file], { cwd: folder }).then(
      () => '',
      ({ stdout }: { stdout: string }) => stdout,
    );
  expect(await check('right.ts')).toBe('');
  expect(await check('wrong.ts')).toContain('error TS2554');
});

test('the command comes with it', async () => {
  writeFileSync(join(folder, 'script.cjs'), 'let a = [[1], [2]];');
  const { stdout } = await run(process.execPath, [join(installed, 'dist-node', 'graph.js'), 'script.cjs', '--stats'], {
    cwd: folder,
  });
  expect(stdout).toBe('{"nodes":4,"edges":3,"shared":0}\n');
});

describe('sharing', () => {
  test('answers what two values have in common, and draws the paths to it', async () => {
    const found = await evaluate(`
      import { sharing } from 'memory-graph';
      const shared = { deep: {} };
      const other = new Map([['key', shared]]);
      console.log(JSON.stringify(await sharing([1, shared], other, { file: 'sharing.svg' })));
    `);
    expect(found).toEqual({ count: 2, objects: [{ type: 'Object', paths: ['a[1]', 'b.get("key")'] }] });
    expect(read('sharing.svg')).toContain('deep');
  });
  test('is judged by a test of node:test', async () => {
    writeFileSync(
      join(folder, 'copies.test.mjs'),
      `import { test } from 'node:test';
      import { toShareNothingWith, toShareOnly } from 'memory-graph/matchers';
      const data = { list: [1] };
      test('deep', () => toShareNothingWith(structuredClone(data), data));
      test('allowed', () => toShareOnly({ ...data }, data, [data.list]));
      test('shallow', () => toShareNothingWith({ ...data }, data));
      `,
    );
    const ran = await run(process.execPath, ['--test', '--test-reporter=tap', 'copies.test.mjs'], {
      cwd: folder,
    }).catch(({ stdout }) => ({ stdout }));
    expect(ran.stdout).toMatch(
      /ok 1 - deep.*ok 2 - allowed.*not ok 3 - shallow.*received\.list is other\.list: Array/s,
    );
    expect(read('memory-graph-results/sharing.svg')).toContain('list');
  });
});
