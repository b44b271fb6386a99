/** With bundles made here and now, by the bundler and minifier that a user may use. */
import { type OutputChunk, rolldown } from 'rolldown';
import { describe, expect, test } from 'vitest';
import { mappedScript, type Place } from './originals.ts';

const files: Readonly<Record<string, string>> = {
  '/src/main.js': `
import { BinTree } from './tree.js';
import { double } from '/node_modules/lib/double.js';
export function add_one(amount, items, copies) {
  const doubled = items.map((item) => double(item) /* in the arrow */);
  let total = amount;
  for (const entry of doubled) {
    total += entry;
    console.log(total, entry, 'in the loop');
  }
  copies.push(total);
  console.log('in add_one', amount, doubled, copies);
  return total;
}
const tree = new BinTree();
tree.insert(49);
globalThis.result = add_one(10, [4, 3, 2], []);
`,
  '/src/tree.js': `
export class BinTree {
  root = null;
  insert(newValue) {
    const wrapped = { newValue };
    console.log('in insert', wrapped);
    this.root = wrapped;
  }
}
`,
  '/node_modules/lib/double.js': `
export const double = (given) => {
  console.log('in double', given);
  return given * 2;
};
`,
};

async function bundle(minify: boolean): Promise<OutputChunk> {
  const build = await rolldown({
    input: '/src/main.js',
    treeshake: false,
    plugins: [
      {
        name: 'files',
        resolveId: (id, from) => (id.startsWith('.') && from ? new URL(id, `file://${from}`).pathname : id),
        load: (id) => files[id] ?? null,
      },
    ],
  });
  const { output } = await build.generate({
    format: 'iife',
    name: 'app',
    sourcemap: true,
    minify: minify ? { compress: false, mangle: { toplevel: true }, codegen: true } : false,
    sourcemapIgnoreList: (source) => source.includes('node_modules'),
  });
  return output[0];
}

function placeOf(code: string, text: string): Place {
  const offset = code.search(text);
  const before = code.slice(0, offset).split('\n');
  return { line: before.length - 1, column: before.at(-1)?.length ?? 0 };
}

describe.each([
  ['minified', true],
  ['as written', false],
])('a bundle, %s', async (_how, minify) => {
  const { code, map } = await bundle(minify);
  const script = mappedScript(code, JSON.stringify(map), 'http://example.test/assets/app.js.map');
  const told = (text: string) => {
    const place = placeOf(code, text);
    const original = script.original(place);
    if (!original) return null;
    const inPage = minify ? [...original.variables.values()].sort() : [...original.variables.keys()];
    return { ...original, variables: inPage, url: original.url.replace(/^.*(?=\/(?:src|node_modules)\/)/, '') };
  };

  test('a function, its parameters and variables, and those of the module', () => {
    const original = told(`console\\.log\\([\`'"]in add_one`);
    expect(original).toMatchObject({ url: '/src/main.js', functionName: 'add_one', ignored: false, line: 11 });
    expect(original?.text?.trim()).toBe("console.log('in add_one', amount, doubled, copies);");
    if (minify)
      expect(original?.variables).toEqual(expect.arrayContaining(['amount', 'copies', 'doubled', 'items', 'total']));
    else expect(original?.variables).toEqual([]);
    expect(original?.variables).not.toContain('entry');
    expect(original?.variables).not.toContain('item');
  });

  test('a method with its class', () => {
    const original = told(`console\\.log\\([\`'"]in insert`);
    expect(original).toMatchObject({ url: '/src/tree.js', functionName: 'BinTree.insert' });
    if (minify) expect(original?.variables).toEqual(expect.arrayContaining(['newValue', 'wrapped']));
  });

  test('a function without a name is told by the call that it is an argument of', () => {
    const place = placeOf(code, minify ? '\\w+\\(\\w\\)(?=[^=]{0,3}[\\s,;)])' : 'double\\(item\\)');
    expect(script.original(place)).toMatchObject({ functionName: 'items.map', isArgument: true, functionLine: 4 });
  });

  test('a library that the map ignores', () => {
    expect(told(`console\\.log\\([\`'"]in double`)).toMatchObject({ functionName: 'double', ignored: true });
  });
});

test('names are of the scope that they are in, though an inner one has the same letter', () => {
  // `t` is `total` outside and `item` inside, and the inner one comes first in the text.
  const code = 'function f(e){e.map(t=>t+1);let t=e;return t}';
  const source = 'function sum(items) {\n  items.map((item) => item + 1);\n  let total = items;\n  return total;\n}';
  const map = {
    version: 3,
    sources: ['sum.js'],
    sourcesContent: [source],
    names: ['sum', 'items', 'item', 'total'],
    // Made by hand: each declaration with its name.
    mappings: segments([
      [9, 0, 9, 0],
      [11, 0, 13, 1],
      [20, 1, 13, 2],
      [32, 2, 6, 3],
      [36, 3, 2, null],
    ]),
  };
  const { original } = mappedScript(code, JSON.stringify(map), 'http://example.test/app.js.map');
  expect(Object.fromEntries(original({ line: 0, column: 36 })?.variables ?? [])).toEqual({
    f: 'sum',
    e: 'items',
    t: 'total',
  });
  expect(Object.fromEntries(original({ line: 0, column: 23 })?.variables ?? [])).toMatchObject({ t: 'item' });
});

test.each(['', '{}', 'no map', '{"version":3,"sources":[],"names":[],"mappings":"!!"}'])(
  '%j is told nothing by',
  (map) => {
    const told = () => mappedScript('f()', map, 'http://example.test/').original({ line: 0, column: 0 });
    try {
      expect(told()).toBeNull();
    } catch (error) {
      expect(error).toBeInstanceOf(Error);
    }
  },
);

test('a script that does not parse has its places all the same', () => {
  const map = { version: 3, sources: ['a.ts'], names: [], mappings: 'AAAA' };
  expect(
    mappedScript('function (', JSON.stringify(map), 'http://example.test/a.js').original({ line: 0, column: 3 }),
  ).toMatchObject({
    url: 'http://example.test/a.ts',
    functionName: null,
  });
});

/** `[column, original line, original column, name]` of one line, as VLQ. */
function segments(list: readonly (readonly [number, number, number, number | null])[]): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const encode = (value: number): string => {
    let rest = value < 0 ? (-value << 1) | 1 : value << 1;
    let text = '';
    do {
      const digit = rest & 31;
      rest >>= 5;
      text += digits[rest > 0 ? digit | 32 : digit];
    } while (rest > 0);
    return text;
  };
  let before = { column: 0, line: 0, at: 0, name: 0 };
  return list
    .map(([column, line, at, name]) => {
      const fields = [column - before.column, 0, line - before.line, at - before.at];
      if (name !== null) fields.push(name - before.name);
      before = { column, line, at, name: name ?? before.name };
      return fields.map(encode).join('');
    })
    .join(',');
}
