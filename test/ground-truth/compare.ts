/**
 * The judge of a capture: V8's heap snapshot and our graph are walked in lock step. Must not know what was captured.
 */
import type { HeapObject, ObjectId, Snapshot } from '../../src/snapshot/snapshot.ts';
import type { HeapNode, HeapSnapshot } from './heap-snapshot.ts';
import { type OurReference, references } from './our-references.ts';
import { type VisibleReference, visibleReferences, visibleToScripts } from './visible-references.ts';

/** The number of the only root's object. */
export function rootOf({ roots }: Snapshot): ObjectId {
  const result = roots[0]?.result;
  if (!result?.ok || result.value.type !== 'reference') throw new Error(`no object: ${JSON.stringify(roots)}`);
  return result.value.id;
}

/** A reference as a person reads it in a failed test. */
export interface Difference {
  readonly from: string;
  readonly label: string;
  readonly trouble: 'not in the graph' | 'not in the heap snapshot' | 'leads to another object';
}

export interface Comparison {
  readonly compared: number;
  readonly differences: readonly Difference[];
}

export interface Question {
  /** What was asked for in addition to the objects' own content. */
  readonly asked?: 'scopes' | 'prototypes' | undefined;
  /** What read the values: a script of the page sees less than the debugger. */
  readonly transport?: 'debugger' | 'eval';
}

/**
 * Walks both graphs in lock step, from one root along the same labels: each pair of paths that leads to one object of
 * V8's must lead to one of ours, and the reverse.
 */
export function compare(
  heap: HeapSnapshot,
  snapshot: Snapshot,
  root: HeapNode,
  { asked, transport = 'debugger' }: Question = {},
): Comparison {
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
    const all = leaf ? [] : visibleReferences(heap, node, asked ?? null);
    const theirs = transport === 'eval' ? all.filter((reference) => visibleToScripts(node, reference)) : all;
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
      // An iterator's table has the entries before its position, too.
      const passed = label === 'entry' && hasAdvanced(snapshot.objects.get(id)) ? targets.length - list.length : 0;
      for (const [index, { target }] of targets.slice(Math.max(0, passed)).entries()) {
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

/** Whether it is an iterator of a map or a set that has given values already. */
function hasAdvanced(object: HeapObject | undefined): boolean {
  return (object?.parts ?? []).some(
    (part) =>
      part.type === 'property' &&
      part.key.type === 'internal' &&
      part.key.name === '[[IteratorIndex]]' &&
      part.value.type === 'number' &&
      Number(part.value.value) > 0,
  );
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
