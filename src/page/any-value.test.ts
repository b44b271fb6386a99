/** Whatever a page holds: the walk ends, and what crosses is what is there. */

import { runInThisContext } from 'node:vm';
import source from 'virtual:agent';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultReadOptions, type ReadOptions } from '../snapshot/read-options.ts';
import type { Excerpt, ObjectId, PropertyKey, Snapshot, Value } from '../snapshot/snapshot.ts';
import { readReply } from '../wire/reader.ts';

interface Agent {
  capture(request: { readonly view: ReadOptions }, thunks: readonly (() => unknown)[]): unknown;
}

const isMaker = (value: unknown): value is (scope: object, firstId: number) => Agent => typeof value === 'function';
const make: unknown = runInThisContext(source);
if (!isMaker(make)) throw new Error('The agent is no function.');
const agent = make(globalThis, 1);

const everything: ReadOptions = {
  ...defaultReadOptions,
  slices: { begin: 1e9, middle: 0, end: 0 },
  depth: 1e9,
  objects: 1e9,
  time: 1e9,
  text: 1e9,
};

function capture(...roots: readonly unknown[]): Snapshot {
  const reply: unknown = JSON.parse(
    JSON.stringify(
      agent.capture(
        { view: everything },
        roots.map((root) => () => root),
      ),
    ),
  );
  const result = readReply(
    reply,
    roots.map(() => 'root'),
  );
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

function rootOf(snapshot: Snapshot): Value {
  const result = snapshot.roots[0]?.result;
  if (!result?.ok) throw new Error('The root was not read.');
  return result.value;
}

const whole = ({ head, tail }: Excerpt): string => head + tail;

/** Walks the live value and the snapshot side by side; `numbers` collects which object or symbol got which number. */
function compare(live: unknown, value: Value, snapshot: Snapshot, numbers: Map<WeakKey, ObjectId>): void {
  if (typeof live === 'symbol') {
    compareSymbols(live, value, numbers);
    return;
  }
  if (typeof live !== 'object' || live === null) {
    expect(primitive(value)).toEqual(live);
    return;
  }
  if (value.type !== 'reference') throw new Error(`${value.type} stands for an object.`);
  const known = numbers.get(live);
  if (known !== undefined) {
    expect(value.id).toBe(known);
    return;
  }
  numbers.set(live, value.id);
  const object = snapshot.objects.get(value.id);
  if (!object) throw new Error('An object is missing.');
  const elements = new Map<number, Value>();
  const properties = new Map<string, Value>();
  const bySymbol: (readonly [PropertyKey, Value])[] = [];
  const entries: (readonly [Value, Value])[] = [];
  for (const part of object.parts) {
    if (part.type === 'element') elements.set(part.index, part.value);
    else if (part.type === 'property' && part.key.type === 'name') properties.set(whole(part.key.name), part.value);
    else if (part.type === 'property') bySymbol.push([part.key, part.value]);
    else if (part.type === 'entry') entries.push([part.key, part.value]);
    else expect(part.type).toBe('holes');
  }
  const symbols = Object.getOwnPropertySymbols(live);
  expect(bySymbol).toHaveLength(symbols.length);
  for (const [index, symbol] of symbols.entries()) {
    const [key, held] = bySymbol[index] ?? [];
    if (key?.type !== 'symbol' || !held) throw new Error('A symbol is missing.');
    compareSymbols(symbol, key, numbers);
    compare(Reflect.get(live, symbol), held, snapshot, numbers);
  }
  if (live instanceof Map) {
    expect(entries).toHaveLength(live.size);
    for (const [index, [key, held]] of [...live].entries()) {
      const entry = entries[index];
      if (!entry) throw new Error('An entry is missing.');
      compare(key, entry[0], snapshot, numbers);
      compare(held, entry[1], snapshot, numbers);
    }
    return;
  }
  const members = live instanceof Set ? Object.fromEntries([...live].entries()) : live;
  const keys = Object.keys(members);
  expect(elements.size + properties.size).toBe(keys.length);
  for (const [key, held] of Object.entries(members)) {
    const read = elements.get(Number(key)) ?? properties.get(key);
    if (!read) throw new Error(`The property ${key} is missing.`);
    compare(held, read, snapshot, numbers);
  }
}

function compareSymbols(live: symbol, read: Value | PropertyKey, numbers: Map<WeakKey, ObjectId>): void {
  if (read.type !== 'symbol') throw new Error(`${read.type} stands for a symbol.`);
  const { symbol } = read;
  switch (symbol.sort) {
    case 'own':
      expect(Symbol.keyFor(live)).toBeUndefined();
      expect(symbol.description && whole(symbol.description)).toBe(live.description ?? null);
      expect(numbers.get(live) ?? symbol.id).toBe(symbol.id);
      numbers.set(live, symbol.id);
      break;
    case 'registered':
      expect(live).toBe(Symbol.for(whole(symbol.key)));
      break;
    case 'wellKnown':
      expect(live).toBe(Reflect.get(Symbol, symbol.name));
  }
}

function primitive(value: Value): unknown {
  switch (value.type) {
    case 'undefined':
      return undefined;
    case 'null':
      return null;
    case 'boolean':
    case 'number':
      return value.value;
    case 'string':
      return whole(value.text);
    case 'bigint':
      return BigInt(whole(value.digits));
    default:
      throw new Error(`${value.type} stands for a primitive.`);
  }
}

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\ud800', '\udfff', '\ufffd', 'x', '😀', '"', '\u0000') }),
  fc.constantFrom('', '__proto__', 'constructor', 'toString', '0', '01', 'length', '\ud83d'),
);
const scalar = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.constantFrom(undefined, null, true, false, -0, 0, 2 ** 53, 1e21, 5e-324),
  fc.bigInt(),
  text,
);
const symbols = [Symbol('a'), Symbol('a'), Symbol(), Symbol(), Symbol(''), Symbol('Symbol.iterator')];
const symbol = fc.oneof(
  fc.constantFrom(...symbols, Symbol.iterator, Symbol.for('a'), Symbol.for('Symbol.iterator')),
  text.map((key) => Symbol.for(key)),
  text.map((description) => Symbol(description)),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    symbol,
    fc.array(fc.tuple(symbol, tie('tree'))).map((entries) => Object.fromEntries(entries)),
    fc.array(tie('tree')),
    fc.sparseArray(tie('tree')),
    fc.dictionary(text, tie('tree')),
    fc.array(fc.tuple(tie('tree'), tie('tree'))).map((entries) => new Map(entries)),
    fc.array(tie('tree')).map((members) => new Set(members)),
  ),
}));

test('any tree crosses as it is', () => {
  fc.assert(
    fc.property(tree, (live) => {
      const snapshot = capture(live);
      const numbers = new Map<WeakKey, ObjectId>();
      compare(live, rootOf(snapshot), snapshot, numbers);
      expect(new Set(numbers.values()).size).toBe(numbers.size);
      expect(snapshot.objects.size).toBe([...numbers.keys()].filter((known) => typeof known === 'object').length);
    }),
    { numRuns: 150 },
  );
});

test('any graph, cycles and all, keeps its numbers', () => {
  const edges = fc.array(fc.tuple(fc.nat(19), fc.nat(19), text), { maxLength: 80 });
  fc.assert(
    fc.property(fc.array(fc.nat(3), { minLength: 20, maxLength: 20 }), edges, (sorts, links) => {
      const nodes = sorts.map((sort): object => [[], {}, new Map(), new Set()][sort] ?? {});
      for (const [from, to, key] of links) {
        const node = nodes[from];
        if (Array.isArray(node)) node.push(nodes[to]);
        else if (node instanceof Map) node.set(key, nodes[to]);
        else if (node instanceof Set) node.add(nodes[to]);
        else if (node) Object.defineProperty(node, key, { value: nodes[to], enumerable: true, configurable: true });
      }
      const numbers = new Map<object, ObjectId>();
      const first = capture(nodes);
      compare(nodes, rootOf(first), first, numbers);
      const again = capture(nodes[7], nodes);
      compare(nodes[7], rootOf(again), again, numbers);
      expect(new Set(numbers.values()).size).toBe(21);
    }),
    { numRuns: 100 },
  );
});

test('two captures share only what they have in common', () => {
  const shared = {};
  const one = capture({ shared });
  const two = capture([shared, {}]);
  const ids = [...one.objects.keys(), ...two.objects.keys()];
  expect(new Set(ids).size).toBe(ids.length - 1);
});
