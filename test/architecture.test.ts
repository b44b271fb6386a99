/**
 * Holds the rooms: docs/architecture.md says what each may import, biome.rooms.json makes Biome check it, and no room grows beyond
 * what a person can survey.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { afterAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const text = (path: string): string => readFileSync(`${root}${path}`, 'utf8');

/** Modules of a folder; and of the folder of `panel/` itself, which only puts the rooms together. */
const MOST_MODULES = 15;
const MOST_LOOSE_MODULES = 6;

interface Room {
  /** A folder, as `src/page/realm`. */
  readonly path: string;
  /** Folders that it may import, itself left out. */
  readonly allowed: readonly string[];
}

/** Every folder of src/ and panel/, from the outside in. */
const folders = ['src', 'panel'].flatMap(function foldersOf(folder: string): readonly string[] {
  const inner = readdirSync(`${root}${folder}`, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...inner.flatMap(({ name }) => foldersOf(`${folder}/${name}`))];
});

const biome: object = JSON.parse(text('biome.json'));
/** The part of Biome's report that says which file breaks which rule. */
const report = v.object({
  diagnostics: v.array(v.object({ category: v.string(), location: v.object({ path: v.string() }) })),
});
const rooms = roomsOf(text('docs/architecture.md'));

test('every room has a row in docs/architecture.md', () => {
  const withRows = rooms.map(({ path }) => path);
  const wanted = ['panel', ...outerRooms('src'), ...outerRooms('panel')];
  // A folder within a room needs no row of its own.
  expect(withRows.filter((path) => !folders.includes(path))).toEqual([]);
  expect(wanted.filter((path) => !withRows.includes(path))).toEqual([]);
});

test('biome.rooms.json makes Biome check what docs/architecture.md says', async () => {
  const overrides = rooms.flatMap(overridesOf).map((override) => `    ${JSON.stringify(override)}`);
  // After a change of the tables, `npm test -- unit test/architecture -u` writes the file anew.
  await expect(`{\n  "overrides": [\n${overrides.join(',\n')}\n  ]\n}\n`).toMatchFileSnapshot('../biome.rooms.json');
});

describe('Biome', () => {
  /** Modules that do not exist, and the rules that they break. */
  const modules: readonly (readonly [path: string, source: string, broken: readonly string[]])[] = [
    ['src/snapshot/a.ts', "import '../layout/dot.ts';", ['noRestrictedImports']],
    ['src/layout/a.ts', "import '../diagram/diagram.ts';", []],
    ['src/layout/words.ts', "import '../words/say.ts';", []],
    ['src/page/words.ts', "import '../words/say.ts';", ['noRestrictedImports']],
    ['src/layout/a.test.ts', "import '../page/agent.ts';", []],
    ['src/page/realm/a.ts', "import '../agent.ts';", ['noRestrictedImports']],
    ['src/page/realm/b.ts', "import '../visit/roots.ts';", ['noRestrictedImports']],
    ['src/page/visit/a.ts', "import '../realm/budget.ts';", []],
    ['src/capture/debugger/a.ts', "export type { Host } from '../../../panel/host.ts';", ['noRestrictedImports']],
    ['src/extension/a.ts', "import '../../panel/host.ts';\nchrome.tabs.create({});", []],
    ['panel/settings/a.ts', "import '../picture/hover.ts';", ['noRestrictedImports']],
    ['panel/settings/b.ts', "import '../../src/settings/settings.ts';", []],
    ['panel/picture/menu/a.tsx', "import '../../host.ts';", ['noRestrictedImports']],
    ['panel/picture/menu/b.ts', "import '../hover.ts';", []],
    ['panel/a.tsx', "import '../src/extension/find-host.ts';", ['noRestrictedImports']],
    ['panel/reading/a.ts', 'chrome.tabs.create({});', ['noRestrictedGlobals']],
    ['src/diagram/a.ts', `export function f() {\n${'  f();\n'.repeat(121)}}`, ['noExcessiveLinesPerFunction']],
    ['src/diagram/b.ts', `export function f() {\n${'  f();\n'.repeat(100)}}`, []],
    ['src/wire/a.ts', "import type { B } from './b.ts';\nexport type A = B | 0;", ['noImportCycles']],
    ['src/wire/b.ts', "import type { A } from './a.ts';\nexport type B = A | 1;", ['noImportCycles']],
  ];
  const scratch = mkdtempSync(join(tmpdir(), 'memory-graph-rooms-'));
  afterAll(() => rmSync(scratch, { recursive: true }));

  test('refuses what a room may not import, and nothing else', () => {
    writeFileSync(join(scratch, 'biome.json'), JSON.stringify({ ...biome, vcs: { enabled: false } }));
    writeFileSync(join(scratch, 'biome.rooms.json'), text('biome.rooms.json'));
    for (const [path, source] of modules) {
      mkdirSync(dirname(join(scratch, path)), { recursive: true });
      writeFileSync(join(scratch, path), `${source}\n`);
    }
    const { stdout } = spawnSync(
      process.execPath,
      [`${root}node_modules/@biomejs/biome/bin/biome`, 'lint', '--reporter=json', '--max-diagnostics=none'],
      { cwd: scratch, encoding: 'utf8' },
    );
    const { diagnostics } = v.parse(report, JSON.parse(stdout));
    const brokenBy = (path: string): readonly string[] =>
      diagnostics
        .filter(({ location }) => location.path === path)
        .map(({ category }) => category.slice(category.lastIndexOf('/') + 1));
    expect(modules.map(([path, source]) => [path, source, brokenBy(path)])).toEqual(modules);
  });
});

test.each(folders)('%s can be surveyed', (folder) => {
  expect(modulesIn(folder, false)).toBeLessThanOrEqual(folder === 'panel' ? MOST_LOOSE_MODULES : MOST_MODULES);
});

/** The folders right in `src` or `panel` that hold modules. */
function outerRooms(house: string): readonly string[] {
  return folders.filter(
    (folder) => folder.split('/').length === 2 && folder.startsWith(`${house}/`) && modulesIn(folder, true) > 0,
  );
}

/** Modules of a folder, tests and what they share left out. `deep` counts those of inner folders, too. */
function modulesIn(folder: string, deep: boolean): number {
  const names = readdirSync(`${root}${folder}`, { recursive: deep, encoding: 'utf8' });
  return names.filter((name) => /\.tsx?$/.test(name) && !/\.(test|test-helper|d)\.tsx?$/.test(name)).length;
}

/** The rooms of all tables whose last columns say what may be imported. */
function roomsOf(document: string): readonly Room[] {
  const rows = document.split('\n').filter((line) => line.startsWith('|'));
  const found: Room[] = [];
  let houses: readonly string[] = [];
  for (const row of rows) {
    const cells = row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
    const [first = ''] = cells;
    if (first.startsWith('room')) {
      const heads = cells.filter((cell) => cell.startsWith('may import'));
      houses = heads.map((head) => /`(\w+)\/`/.exec(head)?.[1] ?? 'src');
      continue;
    }
    const path = /^`((?:src|panel)(?:\/[\w-]+)*)\/`/.exec(first)?.[1];
    if (path === undefined || houses.length === 0) {
      if (!/^-+$/.test(first)) houses = [];
      continue;
    }
    const named = cells.slice(-houses.length).flatMap((cell, index) => allowedBy(cell, houses[index] ?? 'src'));
    // The agent is small, and says its few words in codes.
    const allowed = path.startsWith('src/page') ? named : [...named, 'src/words'];
    // Whatever src/extension/ may import: it is the only room that knows the panel.
    found.push({ path, allowed: path === 'src/extension' ? [...allowed, ...outerRooms('panel'), 'panel'] : allowed });
  }
  return found;
}

/** The folders that a cell names: `–`, `all`, `all but x, y`, or `x, y`. */
function allowedBy(cell: string, house: string): readonly string[] {
  if (cell === '–') return [];
  const names = cell.replace(/^all( but )?/, '').split(', ');
  const named = names.filter((name) => name !== '').map((name) => `${house}/${name}`);
  for (const name of named) expect(folders).toContain(name);
  if (!cell.startsWith('all')) return named;
  return outerRooms(house).filter((room) => !named.includes(room));
}

/** What Biome has to be told of a room. A module is named by a relative path, so patterns depend on where the room is. */
function overridesOf({ path, allowed }: Room): readonly unknown[] {
  const [house = '', outer, inner] = path.split('/');
  const deniedOf = (of: string): readonly string[] =>
    outerRooms(of)
      .filter((room) => room !== `${house}/${outer}` && !allowed.includes(room))
      .map((room) => room.slice(of.length + 1));
  if (house === 'src') {
    const denied = deniedOf('src').map((room) => `**/${room}/**`);
    if (!allowed.includes('panel')) denied.push('**/panel/**');
    if (inner !== undefined) {
      const floors = folders.filter((folder) => folder.startsWith(`src/${outer}/`) && folder !== path);
      denied.push('../*.ts');
      for (const floor of floors) if (!allowed.includes(floor)) denied.push(`../${floor.split('/')[2]}/**`);
    }
    return denied.length === 0 ? [] : [override([`${path}/**`], denied)];
  }
  const denied = deniedOf('src').map((room) => `**/src/${room}/**`);
  if (outer === undefined) return [override(['panel/*.ts', 'panel/*.tsx'], denied)];
  const others = ['../*.ts', '../*.tsx', ...deniedOf('panel').map((room) => `../${room}/**`)];
  const overrides = [override([`${path}/*.ts`, `${path}/*.tsx`], [...denied, ...others])];
  if (folders.some((folder) => folder.startsWith(`${path}/`)))
    overrides.push(override([`${path}/*/**`], [...denied, ...others.map((pattern) => `../${pattern}`)]));
  return overrides;
}

function override(includes: readonly string[], group: readonly string[]): unknown {
  const message = 'The tables of docs/architecture.md say what this room may import.';
  return {
    includes: [...includes, '!**/*.test.ts', '!**/*.test.tsx', '!**/*.test-helper.ts'],
    linter: {
      rules: { style: { noRestrictedImports: { level: 'error', options: { patterns: [{ group, message }] } } } },
    },
  };
}
