/** One agent walks again and again: a capture knows nothing of the one before it, and keeps nothing of the page. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { defaultReadOptions } from '../snapshot/read-options.ts';
import { textForm } from '../snapshot/text-form.test-helper.ts';
import { readReply } from '../wire/reader.ts';
import { openPage } from './page.test-helper.ts';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

const request = JSON.stringify({ view: defaultReadOptions });

test('what was read can be collected', async () => {
  const page = openPage('globalThis.refs = []; globalThis.tree = () => {};');
  // In a function of its own, so that no register holds an object.
  page.ask(`(() => {
    class Plant { constructor(next) { this.next = next; } }
    const symbol = Symbol('root');
    const tree = { plant: new Plant([new Map([[{}, 1]])]), [symbol]: symbol, cut: [[[[]]]] };
    const prototype = { __proto__: null, get: 1 };
    refs = [tree, tree.plant, Plant.prototype, tree.cut, prototype].map((object) => new WeakRef(object));
    for (const view of [${JSON.stringify(defaultReadOptions)}, ${JSON.stringify({ ...defaultReadOptions, depth: 1, prototypes: true })}])
      agent.capture({ view }, [() => tree, () => ({ __proto__: prototype })]);
  })()`);
  const alive = async (): Promise<unknown> => {
    // What a turn has dereferenced lives until its end.
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (typeof collect === 'function') collect();
    return page.run('refs.map((ref) => ref.deref() !== undefined).join()');
  };
  await expect.poll(alive).toBe('false,false,false,false,false');
});

test('a search and its limits leave nothing for the next capture', () => {
  const page = openPage('globalThis.shared = { name: "shared" }; globalThis.all = [{ shared }, [shared], {}];');
  const expected = page.text('all');
  const id = page.capture(['shared']).roots[0]?.result;
  const sought = id?.ok && id.value.type === 'reference' ? id.value.id : 0;
  const narrow = {
    ...defaultReadOptions,
    depth: 0,
    objects: 1,
    slices: { begin: 1, middle: 0, end: 0 },
    expanded: [sought],
  };
  page.ask(`agent.capture({ view: ${JSON.stringify(narrow)}, sought: ${sought} }, [() => all])`);
  page.ask(
    `agent.capture({ view: ${JSON.stringify({ ...defaultReadOptions, time: 0 })} }, [() => all, () => missing])`,
  );
  expect(page.text('all')).toBe(expected);
});

test('a capture asked for in the middle of another is refused with a sentence, and the other goes on', () => {
  const page = openPage(`globalThis.inner = null; globalThis.Special = class Special {};
    globalThis.all = [new Special(), { after: {} }];`);
  const outer: unknown = page.ask(`(agent.useAccessors([{ __proto__: null, className: 'Special', accepts: null,
    read: () => { inner = agent.capture(${request}, [() => all]); return [['from', 'accessor']]; } }]),
    agent.capture(${request}, [() => all]))`);
  const read = (reply: unknown): string => {
    const result = readReply(JSON.parse(JSON.stringify(reply)), ['all']);
    return result.ok ? textForm(result.value) : result.failure.message;
  };
  expect(read(outer)).toContain("from: 'accessor'");
  expect(read(outer)).toContain('after: #');
  expect(read(page.run('inner'))).toContain('The objects could not be read: they are being read already.');
});

test('what the page replaces later, or puts on prototypes, is not met', () => {
  const page = openPage(`globalThis.touched = [];
    globalThis.all = { list: ['a', 'a', Symbol.iterator, { deep: new Map([[{}, 'b']]) }], more: Array(3000).fill('c') };`);
  const before = page.text('all', { nonEnumerable: true });
  page.run(`{
    const wire = (name) => function () { touched.push(name); };
    for (const holder of [Map.prototype, WeakMap.prototype])
      for (const key of ['get', 'set']) holder[key] = wire(key);
    for (const key of [0, 1, 2047, 2048, 3000])
      Object.defineProperty(Array.prototype, key, { __proto__: null, get: wire('get ' + key), set: wire('set ' + key) });
    for (const key of ['get', 'set', 'begin', 'room'])
      Object.defineProperty(Object.prototype, key, { __proto__: null, get: wire('get ' + key), set: wire('set ' + key) });
    for (const key of ['getOwnPropertyDescriptor', 'defineProperty', 'apply']) Reflect[key] = wire(key);
    String.fromCharCode = wire('fromCharCode');
    String.prototype.slice = wire('slice');
  }`);
  expect(page.text('all', { nonEnumerable: true })).toBe(before);
  expect(page.run('touched.length')).toBe(0);
});

test('numbers that another agent of the heap has given are not given again', () => {
  const page = openPage('globalThis.all = [{}];');
  const numbers = (next: number) => {
    const reply = page.ask(
      `agent.capture({ view: ${JSON.stringify(defaultReadOptions)}, next: ${next} }, [() => all])`,
    );
    const read = readReply(reply, ['all']);
    return read.ok ? [...read.value.objects.keys()] : read.failure.message;
  };
  expect(numbers(1)).toEqual([1, 2]);
  page.run('all.push({})');
  expect(numbers(100)).toEqual([1, 2, 100]);
  page.run('all.push({})');
  expect(numbers(3)).toEqual([1, 2, 100, 101]);
});
