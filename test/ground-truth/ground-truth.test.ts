/**
 * V8's heap snapshot against the capture: every reference that V8 records between two objects which JavaScript can see
 * is in our graph, and no other.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectInspector } from '../../src/capture/node-inspector.ts';
import type { Method, Parameters, Result } from '../../src/capture/protocol.ts';
import { createProtocolCapture } from '../../src/capture/protocol-capture.ts';
import { defaultView, type ObjectId, type Snapshot, type View } from '../../src/snapshot/snapshot.ts';
import { type HeapNode, type HeapSnapshot, takeHeapSnapshot } from './heap-snapshot.ts';
import { type OurReference, references } from './our-references.ts';
import { type Sample, samples } from './samples.ts';
import { type VisibleReference, visibleReferences } from './visible-references.ts';

const session = connectInspector('same');
const capture = createProtocolCapture(session);
afterAll(async () => {
  await capture.close();
  await session.close();
});

const patience = { deadline: 100_000 };
const everything = 2 ** 31;
const wholeView: View = {
  ...defaultView,
  slices: { begin: everything, middle: 0, end: 0 },
  depth: everything,
  objects: everything,
  time: 100_000,
  text: 10_000,
  nonEnumerable: true,
};

async function ask<M extends Method>(method: M, parameters: Parameters<M>): Promise<Result<M>> {
  const outcome = await session.send(method, parameters, patience);
  if (!outcome.ok) throw new Error(`${method}: ${JSON.stringify(outcome.failure)}`);
  return outcome.value;
}

/** The sample under test, where an expression finds it. */
const place = 'groundTruthSample';

/** Functions are read only where they are asked for: asks for all. */
async function read(expression: string, asked: Sample['asked']): Promise<Snapshot> {
  let expanded: readonly ObjectId[] = [];
  for (;;) {
    const switches = { scopes: asked === 'scopes', prototypes: asked === 'prototypes' };
    const view = { ...wholeView, ...switches, expanded };
    const outcome = await capture.capture([{ type: 'expression', expression }], view, patience);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
    const functions = [...outcome.value.objects.values()].filter(({ kind }) => kind === 'function').map(({ id }) => id);
    if (functions.length === expanded.length) return outcome.value;
    expanded = functions;
  }
}

function rootOf({ roots }: Snapshot): ObjectId {
  const result = roots[0]?.result;
  if (!result?.ok || result.value.type !== 'reference') throw new Error(`no object: ${JSON.stringify(roots)}`);
  return result.value.id;
}

/** A reference as a person reads it in a failed test. */
interface Difference {
  readonly from: string;
  readonly label: string;
  readonly trouble: 'not in the graph' | 'not in the heap snapshot' | 'leads to another object';
}

interface Comparison {
  readonly compared: number;
  readonly differences: readonly Difference[];
}

/**
 * Walks both graphs in lock step, from one root along the same labels: each pair of ways that leads to one object of
 * V8's must lead to one of ours, and the other way round.
 */
function compare(snapshot: Snapshot, root: HeapNode, asked: Sample['asked']): Comparison {
  const ours = byLabel(references(snapshot), ({ from }) => from);
  const numbers = new Map<number, ObjectId>([[root.id, rootOf(snapshot)]]);
  const nodes = new Map<ObjectId, number>([[rootOf(snapshot), root.id]]);
  const differences: Difference[] = [];
  let compared = 0;
  const waiting = [root];
  const variables: {
    readonly from: string;
    readonly ours: readonly OurReference[];
    readonly theirs: readonly VisibleReference[];
  }[] = [];
  for (const node of waiting) {
    const id = numbers.get(node.id) ?? 0;
    const from = `${node.name} #${id}`;
    // The global object, and with prototypes the builtin ones.
    const leaf = snapshot.objects.get(id)?.cut === 'leaf';
    const theirs = leaf ? [] : visibleReferences(heap, node, asked ?? null);
    const left = new Map(ours.get(id));
    const named = new Set(theirs.map(({ label }) => label));
    const unnamed = [...left.keys()].filter(
      (label) => label === 'variable' || (label.startsWith('variable ') && !named.has(label)),
    );
    variables.push({
      from,
      ours: unnamed.flatMap((label) => left.get(label) ?? []),
      theirs: theirs.filter(({ label }) => label === 'variable'),
    });
    for (const label of unnamed) left.delete(label);
    for (const [label, targets] of byLabel(
      theirs.filter(({ label }) => label !== 'variable'),
      () => 0,
    ).get(0) ?? []) {
      const list = left.get(label) ?? [];
      left.delete(label);
      for (const [index, { target }] of targets.entries()) {
        const to = list[index]?.to;
        if (to === undefined) {
          differences.push({ from, label, trouble: 'not in the graph' });
          continue;
        }
        compared += 1;
        const known = numbers.get(target.id);
        if (known !== to && (known !== undefined || nodes.has(to))) {
          differences.push({ from, label, trouble: 'leads to another object' });
        } else if (known === undefined) {
          numbers.set(target.id, to);
          nodes.set(to, target.id);
          waiting.push(target);
        }
      }
      if (list.length > targets.length) differences.push({ from, label, trouble: 'not in the heap snapshot' });
    }
    for (const label of left.keys()) differences.push({ from, label, trouble: 'not in the heap snapshot' });
  }
  // V8 has no names for the variables of blocks, and keeps those of a suspended call among temporaries: ours have to be
  // some of them.
  for (const { from, ours, theirs } of variables) {
    const known = new Set(theirs.map(({ target }) => numbers.get(target.id)));
    for (const { label, to } of ours) {
      compared += 1;
      if (!known.has(to)) differences.push({ from, label, trouble: 'not in the heap snapshot' });
    }
  }
  return { compared, differences };
}

/** By what `group` says, then by label; the order within a label is kept. */
function byLabel<T extends { readonly label: string }>(
  list: readonly T[],
  group: (item: T) => number,
): ReadonlyMap<number, ReadonlyMap<string, readonly T[]>> {
  const groups = new Map<number, Map<string, T[]>>();
  for (const item of list) {
    const labels = groups.get(group(item)) ?? new Map<string, T[]>();
    groups.set(group(item), labels);
    labels.set(item.label, [...(labels.get(item.label) ?? []), item]);
  }
  return groups;
}

const captured = new Map<string, Snapshot>();
const heapIds = new Map<string, number>();
let heap: HeapSnapshot;
beforeAll(async () => {
  for (const [name, { make, asked }] of samples) {
    Reflect.set(globalThis, place, { ...Reflect.get(globalThis, place), [name]: await make() });
    captured.set(name, await read(`${place}[${JSON.stringify(name)}]`, asked));
  }
  heap = await takeHeapSnapshot(session);
  for (const name of samples.keys()) {
    const { result } = await ask('Runtime.evaluate', { expression: `${place}[${JSON.stringify(name)}]` });
    const answer = await ask('HeapProfiler.getHeapObjectId', { objectId: result.objectId ?? '' });
    heapIds.set(name, Number(answer.heapSnapshotObjectId));
  }
}, 120_000);

let total = 0;
afterAll(() => console.log(`${total} references of V8's heap snapshot were compared with the graph.`));

test.each([...samples])('every reference of %s, and no other', (name, { asked }) => {
  const snapshot = captured.get(name);
  const root = heap.node(heapIds.get(name) ?? 0);
  if (!snapshot || !root) throw new Error('It was not captured.');
  const { compared, differences } = compare(snapshot, root, asked);
  expect(differences).toEqual([]);
  expect(compared).toBeGreaterThan(9);
  total += compared;
});
