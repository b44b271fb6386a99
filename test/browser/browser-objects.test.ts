/** The browser's own objects have content: one of each class, in real DevTools, with and without the debugger. */

import source from 'virtual:agent';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultReadOptions } from '../../src/snapshot/read-options.ts';
import type { HeapObject, Part, Value } from '../../src/snapshot/snapshot.ts';
import { harvest, makeNodes, makeRare } from './browser-harvest.ts';
import { makeInstances } from './browser-instances.ts';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
let failed: readonly string[] = [];
beforeAll(async () => {
  await tab.readOptions({ depth: 1, objects: 20_000, slices: { begin: 2000, middle: 0, end: 0 } });
});

/** What has no content of its own, and shows all that there is: a collection without elements, for example. */
function isWhole({ kind, size, primitive, cut, parts }: HeapObject): boolean {
  const told = size !== null || primitive !== null || cut !== null || parts.length > 0;
  return told || kind === 'function' || kind === 'class';
}

/** Without the debugger, the status line says that these are not seen. */
const internal = new Set(['promise', 'weakmap', 'weakset', 'generator', 'iterator']);

/** The objects by class. A part at a time: each drawing has to be done in five seconds, also on a slow machine. */
async function drawn(): Promise<{ readonly byName: ReadonlyMap<string, HeapObject> }> {
  const count = Number(await tab.page.evaluate('Object.keys(made).length'));
  const byName = new Map<string, HeapObject>();
  for (let from = 0; from < count; from += PART) {
    await tab.draw(`Object.fromEntries(Object.entries(made).slice(${from}, ${from + PART}))`);
    const { roots, objects } = await tab.snapshot();
    const byId = new Map(objects.map((object) => [object.id, object]));
    const result = roots[0]?.result;
    const made = result?.ok && result.value.type === 'reference' ? byId.get(result.value.id) : null;
    for (const part of made?.parts ?? []) {
      if (part.type !== 'property' || part.key.type !== 'name' || part.value.type !== 'reference') continue;
      const object = byId.get(part.value.id);
      if (object) byName.set(part.key.name.head, object);
    }
  }
  return { byName };
}

/** Objects that are drawn at once. */
const PART = 120;

const getters = ({ parts }: HeapObject): readonly (Part & { readonly type: 'property' })[] =>
  parts.flatMap((part) => (part.type === 'property' && part.key.type === 'getter' ? [part] : []));

const word = (value: Value): string => {
  switch (value.type) {
    case 'string':
      return `string ${value.text.length} ${value.text.head.slice(0, 40)}`;
    case 'number':
    case 'boolean':
      return `${value.type} ${value.value}`;
    case 'bigint':
      return `bigint ${value.digits.head}`;
    case 'reference':
      return 'object';
    default:
      return value.type;
  }
};

describe.each([true, false])('with the debugger: %s', (exact) => {
  beforeAll(async () => {
    await tab.page.reload();
    // A search for errors crashes a page of Chromium 156 in which WebAssembly has had objects (docs/chromium-facts.md).
    const missing = await tab.page.evaluate(makeInstances, !exact);
    await tab.page.evaluate(makeNodes);
    await tab.page.evaluate(makeRare);
    failed = await tab.page.evaluate(harvest, missing);
    await tab.setDebugger(exact);
  });

  test('none is drawn without content and without a reason', async () => {
    const { byName } = await drawn();
    expect(byName.size).toBeGreaterThan(580);
    const empty = [...byName].filter(([, object]) => !isWhole(object) && (exact || !internal.has(object.kind)));
    // An error without a message, and a data set or an element without attributes, are empty.
    const expected =
      /^(?:(?:WebAssembly\.)?[A-Za-z]*(?<!DOM)Error|Promise|DOMStringMap|HTMLDocument|Option|Image|Audio|Sanitizer)$/;
    expect(empty.filter(([name]) => !expected.test(name)).map(([name]) => name)).toEqual([]);
    // The others are bases of classes, or need hardware, a permission, or what only the user does.
    expect(failed.length, failed.join(', ')).toBeLessThan(340);
  });

  test("what is read agrees with the browser's own getters", async () => {
    const { byName } = await drawn();
    const asked = [...byName].map(([name, object]): [string, string[]] => [
      name,
      getters(object).flatMap(({ key, value }) =>
        key.type === 'getter' && value.type !== 'unreadable' && !/ /.test(key.name) ? [key.name] : [],
      ),
    ]);
    const own = await tab.page.evaluate((list) => {
      const wordOf = (value: unknown): string => {
        if (value === null || value === undefined) return String(value);
        if (typeof value === 'string') return `string ${value.length} ${value.slice(0, 40)}`;
        // What is not finite does not cross from the panel as it is.
        if (typeof value === 'number' && !Number.isFinite(value)) return 'number null';
        return typeof value === 'object' || typeof value === 'function' ? 'object' : `${typeof value} ${String(value)}`;
      };
      const made = Reflect.get(globalThis, 'made');
      return list.map(([name, fields]) => {
        const object = made[name];
        const options = typeof object.resolvedOptions === 'function' ? object.resolvedOptions() : object;
        return fields.map((field) => `${name}.${field}: ${wordOf(options[field])}`);
      });
    }, asked);
    const changing =
      /\.(?:timeStamp|isActive|hasBeenActive|currentTime|outputLatency|baseLatency)|^IDBTransaction|^IDBRequest/;
    const ours = [...byName].flatMap(([name, object]) =>
      getters(object).flatMap(({ key, value }) =>
        key.type === 'getter' && value.type !== 'unreadable' && !/ /.test(key.name)
          ? [`${name}.${key.name}: ${word(value)}`]
          : [],
      ),
    );
    const stable = (line: string) => !changing.test(line);
    expect(ours.length).toBeGreaterThan(1000);
    expect(ours.filter(stable)).toEqual(own.flat().filter(stable));
  });

  test('what is shared through them is seen to be shared', async () => {
    await tab.draw(
      'shared',
      'made.CustomEvent',
      'made.AbortSignal',
      'made.MessageEvent',
      'made.FormDataEvent',
      'made.FormData',
    );
    const { objects, roots } = await tab.snapshot();
    const idOf = (index: number): number => {
      const result = roots[index]?.result;
      return result?.ok && result.value.type === 'reference' ? result.value.id : 0;
    };
    const field = (index: number, name: string): unknown => {
      const object = objects.find(({ id }) => id === idOf(index));
      const part = object?.parts.find(
        (part) => part.type === 'property' && part.key.type === 'getter' && part.key.name === name,
      );
      return part?.type === 'property' && part.value.type === 'reference' ? part.value.id : null;
    };
    expect([field(1, 'detail'), field(2, 'reason'), field(3, 'data')]).toEqual([idOf(0), idOf(0), idOf(0)]);
    expect(field(4, 'formData')).toBe(idOf(5));
  });
});

test.each([true, false])('fields of forms show what is in them, with the debugger: %s', async (exact) => {
  await tab.page.goto(tab.home);
  await tab.page.evaluate(() => {
    const form = document.createElement('form');
    form.innerHTML =
      '<input name="text" value="before"><input name="box" type="checkbox"><input name="file" type="file"><textarea></textarea><select><option>a<option>b</select>';
    const [text, box, file, area, select] = form.elements as never as readonly HTMLInputElement[];
    const transfer = new DataTransfer();
    const added = new File(['abc'], 'a.txt');
    transfer.items.add(added);
    if (text) text.value = 'after';
    if (box) box.checked = true;
    if (file) file.files = transfer.files;
    if (area) area.value = 'typed';
    if (select) select.value = 'b';
    Object.assign(globalThis, { fields: [text, box, file, area, select], chosen: file?.files?.[0] });
  });
  await tab.setDebugger(exact);
  await tab.readOptions({ depth: 3 });
  await tab.draw('fields', 'chosen');
  const { objects, roots } = await tab.snapshot();
  const told = objects
    .filter(({ kind }) => kind === 'node')
    .map((object) =>
      getters(object).map(({ key, value }) => `${key.type === 'getter' ? key.name : ''}: ${word(value)}`),
    );
  expect(told).toEqual(
    expect.arrayContaining([
      ['value: string 5 after'],
      ['value: string 2 on', 'checked: boolean true'],
      ['value: string 17 C:\\fakepath\\a.txt', 'files: object'],
      ['value: string 5 typed'],
      ['value: string 1 b', 'selectedIndex: number 1'],
    ]),
  );
  // The file is the same one.
  const list = objects.find(({ className }) => className?.head === 'FileList');
  const held = list?.parts.flatMap((part) =>
    'value' in part && part.value.type === 'reference' ? [part.value.id] : [],
  );
  const chosen = roots[1]?.result;
  expect(held).toEqual([chosen?.ok && chosen.value.type === 'reference' ? chosen.value.id : 0]);
});

test('no style and no layout is computed, and no code of the page runs', async () => {
  const request = JSON.stringify({ view: { ...defaultReadOptions, time: 60_000, objects: 20_000 }, next: 1 });
  const cdp = await tab.page.createCDPSession();
  await cdp.send('Performance.enable');
  const metrics = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0;
    return [of('LayoutCount'), of('RecalcStyleCount')] as const;
  };
  await tab.page.evaluate(
    `globalThis.read = (agent => () => agent.capture(${request}, [() => made]).length)((${source})(globalThis, 1))`,
  );
  const before = await metrics();
  const rounds = 20;
  expect(
    await tab.page.evaluate((rounds) => {
      const read: () => number = Reflect.get(globalThis, 'read');
      let pieces = 0;
      for (let round = 0; round < rounds; round += 1) {
        document.body.style.paddingLeft = `${round}px`;
        document.body.classList.toggle('made');
        pieces += read();
      }
      return pieces;
    }, rounds),
  ).toBeGreaterThan(0);
  const after = await metrics();
  // The page paints meanwhile, but not in the middle of a script.
  expect(after[0] - before[0]).toBeLessThan(rounds / 2);
  expect(after[1] - before[1]).toBeLessThan(rounds / 2);
  await cdp.detach();

  // Every accessor and iterator of the browser's classes becomes one of the page.
  await tab.page.evaluate(() => {
    Object.assign(globalThis, { ran: [] });
    const ran: string[] = Reflect.get(globalThis, 'ran');
    for (const name of Object.getOwnPropertyNames(globalThis)) {
      const maker: unknown = Object.getOwnPropertyDescriptor(globalThis, name)?.value;
      if (typeof maker !== 'function' || !maker.prototype || !/^[A-Z]/.test(name)) continue;
      for (const key of Reflect.ownKeys(maker.prototype)) {
        const found = Object.getOwnPropertyDescriptor(maker.prototype, key);
        if (!found?.configurable || !found.get || /^(?:Node|Element|EventTarget|Document)$/.test(name)) continue;
        const { get } = found;
        Object.defineProperty(maker.prototype, key, {
          ...found,
          get() {
            ran.push(`${name}.${String(key)}`);
            return get.call(this);
          },
        });
      }
    }
    for (const maker of [URLSearchParams, Headers, FormData]) {
      Object.defineProperty(maker.prototype, 'entries', { value: () => ran.push('entries') });
      const next = Object.getPrototypeOf(new maker()[Symbol.iterator]());
      Object.defineProperty(next, 'next', { value: () => ran.push('next') });
    }
    ran.length = 0;
    Reflect.get(globalThis, 'read')();
  });
  expect(await tab.page.evaluate('ran')).toEqual([]);
});
