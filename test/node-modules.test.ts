/** Programs as people have them, through the real command: ES modules, packages, `require`, TypeScript, running processes. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const command = fileURLToPath(new URL('../scripts/graph.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'memory-graph-modules-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const run = promisify(execFile);

/** What the command prints, and its exit code. */
const graph = (...parameters: readonly string[]): Promise<{ stdout: string; stderr: string; code: number }> =>
  run(process.execPath, [command, ...parameters], { cwd: folder }).then(
    (printed) => ({ ...printed, code: 0 }),
    ({ stdout, stderr, code }) => ({ stdout, stderr, code }),
  );

/** The names of the variables that are drawn, from a JSON of them. */
function variables(file: string): readonly string[] {
  const { snapshot } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  return snapshot.objects[0].parts.map(({ key }: { key: { name: { head: string } } }) => key.name.head);
}

const module = `
  import { shared } from './lib/shared.js';
  const list = [shared, shared];
  export let count = 1;
  function add() { count += 1; }
  add();
`;

beforeAll(async () => {
  // The first start builds the command.
  await graph('--help');
  write('app/package.json', '{"type": "module"}');
  write('app/lib/shared.js', 'export const shared = { name: "shared" };');
  write('app/app.js', module);
  write('plain/lib/shared.js', 'export const shared = { name: "shared" };');
  write('plain/app.mjs', module);
  write('plain/detected.js', module);
}, 120_000);

describe('an ES module', () => {
  test.each(['app/app.js', 'plain/app.mjs', 'plain/detected.js'])(
    '%s: its variables, those that it exports or not',
    async (file) => {
      const { code, stderr } = await graph(file, '--out', 'scope.json');
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('throw') });
      expect(variables('scope.json')).toEqual(['shared', 'list', 'count', 'add']);
    },
  );
  test('expressions see them', async () => {
    const { stdout } = await graph('app/app.js', '--root', 'list', '--root', 'count', '--stats');
    expect(JSON.parse(stdout)).toEqual({ nodes: 3, edges: 3, shared: 1 });
  });
  test('waits at its top level', async () => {
    write('waits.mjs', 'const a = await new Promise((resolve) => setTimeout(resolve, 50, [[1]]));');
    expect((await graph('waits.mjs', '--stats')).stdout).toBe('{"nodes":3,"edges":2,"shared":0}\n');
  });
  test('that throws says where', async () => {
    write('throws.mjs', 'const a = [];\nnull.x;\nconst b = 1;');
    const { stderr, code } = await graph('throws.mjs', '--stats');
    expect(code).toBe(1);
    expect(stderr).toContain("throws.mjs:2 threw TypeError: Cannot read properties of null (reading 'x')");
  });
  test('the stack at its debugger statements', async () => {
    write('stack.mjs', 'const a = [];\nfunction f(x) { debugger; return x; }\nf({ a });');
    expect((await graph('stack.mjs', '--stack', '--stats')).stdout).toBe('{"nodes":5,"edges":5,"shared":1}\n');
  });
});

test('a script finds require, packages and its arguments', async () => {
  write('node_modules/pair/index.js', 'module.exports = (a, b) => ({ a, b });');
  write('script.js', 'const pair = require("pair"); const made = pair([process.argv[2]], __dirname);');
  const { code } = await graph('script.js', '--root', 'made', '--out', 'made.json', '--', 'first', '--stack');
  expect(code).toBe(0);
  expect(readFileSync(join(folder, 'made.json'), 'utf8')).toMatch(/memory-graph-modules.*"first"/s);
  await graph('script.js', '--out', 'scope.json');
  expect(variables('scope.json')).toEqual(['pair', 'made']);
});

describe('--at', () => {
  test('draws the stack whenever the line is reached, in any module', async () => {
    write(
      'app/lib/shared.js',
      'export const shared = { name: "shared" };\nexport function twice(x) {\n  return [x, x];\n}\n',
    );
    write('app/uses.js', 'import { twice } from "./lib/shared.js";\nfor (let i = 0; i < 3; i++) twice({ i });\n');
    const { stdout, code } = await graph('app/uses.js', '--at', 'app/lib/shared.js:3', '--stats');
    expect(code).toBe(0);
    expect(stdout.split('\n').filter(Boolean)).toHaveLength(3);
  });
  test('says what was not reached', async () => {
    write('short.js', 'let a = 1;\nif (a > 1) {\n  a = 2;\n}\n');
    const { stderr, code } = await graph('short.js', '--at', 'short.js:3');
    expect({ stderr, code }).toEqual({ stderr: 'short.js:3 was not reached: there is nothing to draw.\n', code: 1 });
  });
});

test('TypeScript, or the sentence that says what it needs', async () => {
  write(
    'typed.ts',
    'interface Box { readonly of: number[] }\nconst box: Box = { of: [1] };\nexport const held: Box[] = [box, box];\n',
  );
  const { stdout, stderr, code } = await graph('typed.ts', '--root', 'held', '--stats');
  if ('typescript' in process.features && process.features.typescript)
    expect(stdout).toBe('{"nodes":3,"edges":3,"shared":1}\n');
  else {
    expect(code).toBe(1);
    expect(stderr).toContain('typed.ts is TypeScript, which needs Node 22.18 or newer, and this is v');
  }
});

describe('--inspect', () => {
  let server: ChildProcess;
  let port = '';
  beforeAll(async () => {
    write(
      'server.mjs',
      'const user = { name: "Ada" }; globalThis.sessions = new Map([["a", user], ["b", user]]); setInterval(() => {}, 1000);',
    );
    server = spawn(process.execPath, ['--inspect=0', 'server.mjs'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    port = await new Promise((resolve) => {
      let text = '';
      server.stderr?.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
        const [, found] = /ws:\/\/127\.0\.0\.1:(\d+)\//.exec(text) ?? [];
        if (found) resolve(found);
      });
    });
  });
  afterAll(() => server.kill());

  test('draws what a running process holds, and says how long it stood still', async () => {
    const { stdout, stderr, code } = await graph('--inspect', port, 'sessions', '--stats');
    expect({ stdout, code }).toEqual({ stdout: '{"nodes":2,"edges":2,"shared":1}\n', code: 0 });
    expect(stderr).toMatch(/^The process stood still for at most \d+ ms\.\n$/);
    // A second time: nothing was left, and the process goes on.
    expect((await graph('--inspect', `localhost:${port}`, 'sessions.get("a")', '--out', 'user.json')).code).toBe(0);
    expect(server.exitCode).toBeNull();
  });
  test.each(['await Promise.resolve(sessions)', 'const { size } = sessions; sessions'])(
    'takes what the Console takes: %s',
    async (text) => {
      const { stdout, stderr } = await graph('--inspect', port, text, '--stats');
      expect({ stdout, stderr }).toMatchObject({ stdout: '{"nodes":2,"edges":2,"shared":1}\n' });
    },
  );
  test.each(['sessions.forEach(() => { for (;;); })', 'for (;;);'])(
    'an endless one is stopped, and the process goes on: %s',
    async (text) => {
      const { stderr, code } = await graph('--inspect', port, text);
      expect({ stderr, code }).toEqual({ stderr: expect.stringContaining('Evaluation timed out after'), code: 1 });
      expect((await graph('--inspect', port, 'sessions.size', '--stats')).code).toBe(0);
    },
    60_000,
  );
  test('says what failed', async () => {
    expect(await graph('--inspect', port, 'missing.x', '--stats')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('missing'),
    });
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const free = typeof address === 'object' && address ? address.port : 0;
    taken.close();
    const nobody = await graph('--inspect', `127.0.0.1:${free}`, 'a');
    expect(nobody.code).toBe(1);
    expect(nobody.stderr).toMatch(
      /^No process answers at 127\.0\.0\.1:\d+: .*ECONNREFUSED.*\. Start it with node --inspect=\d+\.\n$/,
    );
  });
});
