/** Whatever a heap holds: the exact way reads it, in the same words and under the same numbers as the plain way. */
import { runInThisContext } from 'node:vm';
import source from 'virtual:agent';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { defaultReadOptions, type ReadOptions } from '../snapshot/read-options.ts';
import type { ObjectId, Snapshot } from '../snapshot/snapshot.ts';
import { textForm } from '../snapshot/text-form.test-helper.ts';
import { sentence } from '../transport/failure.ts';
import { connectInspector } from '../transport/node-inspector.ts';
import type { Failure } from '../transport/outcome.ts';
import type { ProtocolSession } from '../transport/protocol.ts';
import { readReply } from '../wire/reader.ts';
import { createProtocolCapture } from './debugger/protocol-capture.ts';

const session = connectInspector('same');
afterAll(() => session.close());

const everything: ReadOptions = {
  ...defaultReadOptions,
  slices: { begin: 1e9, middle: 0, end: 0 },
  depth: 1e9,
  objects: 1e9,
  time: 1e9,
  text: 1e9,
};

interface Agent {
  capture(request: { readonly view: ReadOptions }, thunks: readonly (() => unknown)[]): unknown;
}
const isMaker = (value: unknown): value is (scope: object, firstId: number) => Agent => typeof value === 'function';
function newAgent(): Agent {
  const make: unknown = runInThisContext(source);
  if (!isMaker(make)) throw new Error('The agent is no function.');
  return make(globalThis, 1);
}

/** What is drawn, where the inspector finds it. */
const drawn: { value: unknown } = { value: undefined };
Object.assign(globalThis, { drawn });

async function exactly(way = createProtocolCapture(session)): Promise<Snapshot> {
  const root = { type: 'expression', expression: 'drawn.value' } as const;
  const outcome = await way.capture([root], everything, { deadline: 20_000 });
  if (!outcome.ok) throw new Error(sentence(outcome.failure));
  return outcome.value;
}

function plainly(value: unknown): Snapshot {
  const reply: unknown = JSON.parse(JSON.stringify(newAgent().capture({ view: everything }, [() => value])));
  const result = readReply(reply, ['drawn.value']);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

/** Objects of `sorts`, joined by `links` from one to another under a name: cycles and all. */
function graphOf(sorts: readonly number[], links: readonly (readonly [number, number, string])[]): readonly object[] {
  const nodes = sorts.map((sort): object => makers[sort]?.() ?? {});
  for (const [from, to, key] of links) {
    const node = nodes[from];
    const value = nodes[to];
    if (Array.isArray(node)) node.push(value);
    else if (node instanceof Map) node.set(key, value);
    else if (node instanceof Set) node.add(value);
    else if (node && value) Object.defineProperty(node, key, { value, enumerable: true, configurable: true });
  }
  return nodes;
}
const makers: readonly (() => object)[] = [
  () => [],
  () => ({}),
  () => new Map(),
  () => new Set(),
  () => Object.create(null),
  () => new Date(0),
  () => () => {},
  () => new Error('e'),
];
const throwing = new Proxy(
  {},
  {
    get: () => () => {
      throw new Error('A trap ran.');
    },
  },
);

const sorts = fc.array(fc.nat(makers.length - 1), { minLength: 12, maxLength: 12 });
const links = fc.array(fc.tuple(fc.nat(11), fc.nat(11), fc.string({ unit: 'binary' })), { maxLength: 50 });

test('what holds no proxy is read as the plain way reads it', async () => {
  await fc.assert(
    fc.asyncProperty(sorts, links, async (sorts, links) => {
      drawn.value = graphOf(sorts, links);
      // The plain way cannot tell where a function is.
      const bare = (snapshot: Snapshot) => textForm(snapshot).replaceAll(/(, )?\[\[FunctionLocation\]\]: '[^']*'/g, '');
      expect(bare(await exactly())).toBe(bare(plainly(drawn.value)));
    }),
    { numRuns: 60 },
  );
});

test('proxies anywhere: no trap runs, and each object has one number for ever', async () => {
  const wrapped = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });
  const way = createProtocolCapture(session);
  await fc.assert(
    fc.asyncProperty(sorts, links, wrapped, async (sorts, links, wrapped) => {
      const nodes = graphOf(sorts, links);
      const seen = nodes.map((node, index) => (wrapped[index] ? new Proxy(node, throwing) : node));
      drawn.value = [seen, nodes];
      const first = numbersOf(await exactly(way));
      expect(new Set([...first.seen, ...first.nodes]).size).toBe(new Set([...seen, ...nodes]).size);
      for (const [index, proxied] of wrapped.entries()) {
        expect(first.kinds.get(first.seen[index] ?? 0) === 'proxy').toBe(proxied);
        if (!proxied) expect(first.seen[index]).toBe(first.nodes[index]);
      }
      drawn.value = [seen, nodes];
      const again = numbersOf(await exactly(way));
      expect([again.seen, again.nodes]).toEqual([first.seen, first.nodes]);
    }),
    { numRuns: 60 },
  );
  await way.close();
});

function numbersOf(snapshot: Snapshot) {
  const elements = (id: ObjectId): readonly ObjectId[] =>
    (snapshot.objects.get(id)?.parts ?? []).flatMap((part) =>
      part.type === 'element' && part.value.type === 'reference' ? [part.value.id] : [],
    );
  const root = snapshot.roots[0]?.result;
  if (!root?.ok || root.value.type !== 'reference') throw new Error('The root was not read.');
  const [seen = 0, nodes = 0] = elements(root.value.id);
  const kinds = new Map([...snapshot.objects].map(([id, { kind }]) => [id, kind]));
  return { seen: elements(seen), nodes: elements(nodes), kinds };
}

test('an answer that was damaged on its way is refused with a sentence, or is a snapshot', async () => {
  drawn.value = graphOf(
    [0, 1, 2, 3, 1, 1, 1, 1, 1, 1, 1, 1],
    [
      [0, 1, 'a'],
      [1, 2, 'b'],
      [2, 0, 'c'],
    ],
  );
  const refused = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.nat(40), fc.nat(), fc.anything(), async (at, where, what) => {
      let command = 0;
      const damaged: ProtocolSession = {
        ...session,
        async send(method, parameters, options) {
          const answer = await session.send(method, parameters, options);
          command += 1;
          if (command !== at || !answer.ok) return answer;
          return { ok: true, value: damage(structuredClone(answer.value), where, what) };
        },
      };
      const way = createProtocolCapture(damaged);
      const root = { type: 'expression', expression: 'drawn.value' } as const;
      const outcome = await way.capture([root], everything, { deadline: 2000 });
      if (!outcome.ok) refused.add(told(outcome.failure));
      await way.close();
    }),
    { numRuns: 150 },
  );
  expect(refused.size).toBeGreaterThan(0);
});

function told(failure: Failure): string {
  const text = sentence(failure);
  expect(text).toMatch(/^[A-Z].*\.$/s);
  return text;
}

/** The same value with one of the places in it, counted through, holding something else. */
function damage<T>(value: T, where: number, what: unknown): T {
  const places: (readonly [holder: object, key: string])[] = [];
  const collect = (holder: unknown): void => {
    if (typeof holder !== 'object' || holder === null) return;
    for (const [key, held] of Object.entries(holder)) {
      places.push([holder, key]);
      collect(held);
    }
  };
  collect(value);
  const place = places[where % Math.max(1, places.length)];
  if (place) Reflect.set(place[0], place[1], what);
  return value;
}
