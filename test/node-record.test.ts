/** `memory-graph record` as a person runs it: a real script through the real command, as a page and as an animation. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';

const command = fileURLToPath(new URL('../scripts/graph.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'memory-graph-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function record(...options: readonly string[]) {
  const { status, stderr } = spawnSync(process.execPath, [command, 'record', ...options], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, says: stderr.trim() };
}
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

beforeAll(() => {
  writeFileSync(
    join(folder, 'sort.js'),
    `function insert(sorted, value) {
  let at = sorted.length;
  while (at > 0 && sorted[at - 1] > value) at--;
  sorted.splice(at, 0, value);
  return sorted;
}
const secret = 'the secret ]]> \\0 <b>';
[3, 1, 2].reduce(insert, []);
setTimeout(() => insert([8], 7), 20);
`,
  );
  // The first start builds the command.
  execFileSync(process.execPath, [command, 'record', '--help'], { cwd: folder });
}, 120_000);

test('a page has every step, the code, and nothing from elsewhere', () => {
  const { code, says } = record('sort.js', '--function', 'insert', '--out', 'insert.html');
  expect(says).toMatch(/^insert\.html has \d+ steps\. It has the code and the values of its variables in it/);
  expect(code).toBe(0);
  const page = read('insert.html');
  const film = JSON.parse(/<script type="application\/json" id="film">(.*?)<\/script>/s.exec(page)?.[1] ?? '');
  expect(film.steps.length).toBe(26);
  expect(film.steps[0]).toMatchObject({ line: 1, calls: ['insert'] });
  expect(film.drawings.length).toBeLessThan(film.pictures.length * 3);
  const changed = Object.values(film.history).map((list) => (Array.isArray(list) ? list.map(([, what]) => what) : []));
  expect(changed[0]?.slice(0, 3)).toEqual(['sorted', '[0]', '[0]']);
  expect(film.scripts[0].source).toContain('function insert');
  expect(page.match(/\b(?:src|href)="(?!#)/g)).toBeNull();
  expect(JSON.stringify(film.pictures)).toContain('mg-at');
});

test('an animation is XML, whatever its values are', async () => {
  expect(record('sort.js', '--out', 'all.svg').code).toBe(0);
  expect(read('all.svg')).toContain('the secret ]]&gt;');
  expect((await validateXML({ xml: read('all.svg'), normalization: 'c14n' })).errors).toEqual([]);
});

test('an animation plays by itself, with each box in it once', () => {
  expect(record('sort.js', '--function', 'insert', '--out', 'insert.svg').code).toBe(0);
  const svg = read('insert.svg');
  expect(svg.length).toBeLessThan(200_000);
  expect(svg.match(/<g class="s"/g)?.length).toBeGreaterThan(10);
  expect(svg).not.toContain('<script');
  expect(svg).toContain('prefers-color-scheme:dark');
});

test('without values neither texts nor numbers are in it', () => {
  expect(record('sort.js', '--no-values', '--out', 'all.html').code).toBe(0);
  const film = JSON.parse(/id="film">(.*?)<\/script>/s.exec(read('all.html'))?.[1] ?? '');
  expect(JSON.stringify(film.drawings)).not.toContain('the secret');
});

test.each([
  [['sort.js', '--function', 'nobody'], 1, 'There is no function nobody in the script; those with a name are insert.'],
  [['none.js'], 2, 'none.js could not be read: name a script that exists.'],
  [['sort.js', '--out', 'x.png'], 2, '--out needs a file whose name ends in .html or .svg.'],
  [['sort.js', '--stps', '3'], 2, 'There is no option --stps; record --help lists those that there are.'],
])('%j', (options, code, says) => {
  expect(record(...options)).toEqual({ code, says });
});
