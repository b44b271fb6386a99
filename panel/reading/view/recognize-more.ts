/**
 * Recognizes objects of libraries that look plain as they were read: what tells them apart is not enumerable. Asks the page once more, for
 * what was asked for alone. Runs nothing of the page, and evaluates no expression again.
 */
import type { Capture, RootRequest } from '../../../src/capture/capture.ts';
import type { Lens } from '../../../src/lenses/lens.ts';
import { lensesFor } from '../../../src/lenses/recognize.ts';
import type { ReadOptions } from '../../../src/snapshot/read-options.ts';
import type { HeapObject, ObjectId, Snapshot } from '../../../src/snapshot/snapshot.ts';
import { captureDeadline } from '../deadline.ts';

/** The lenses that fit only when all of the root is read; empty when others fit, or nothing suggests it. */
export async function recognizeMore(
  capture: Capture,
  snapshot: Snapshot,
  options: ReadOptions,
  lenses: readonly Lens[],
  signal: AbortSignal,
): Promise<readonly Lens[]> {
  const root = onlyRoot(snapshot);
  if (root === null || options.nonEnumerable || lensesFor(snapshot, lenses).length > 0) return [];
  const roots: readonly RootRequest[] = [{ type: 'expression', expression: 'undefined', again: root, label: '' }];
  const all = {
    ...options,
    nonEnumerable: true,
    depth: 1,
    objects: 8,
    opened: [],
    expanded: [],
    ranges: [],
    getters: [],
  };
  const read = await capture.capture(roots, all, { signal, deadline: captureDeadline(all, roots) });
  return read.ok ? lensesFor(read.value, lenses) : [];
}

/** An object with accessors of its own, as libraries define them for fields that they watch. */
function onlyRoot({ roots, objects }: Snapshot): ObjectId | null {
  const [only] = roots;
  if (roots.length !== 1 || !only?.result.ok || only.result.value.type !== 'reference') return null;
  const object = objects.get(only.result.value.id);
  return object && object.id > 0 && hasAccessors(object) ? object.id : null;
}

const hasAccessors = ({ kind, parts }: HeapObject): boolean =>
  (kind === 'object' || kind === 'instance') &&
  parts.some((part) => part.type === 'property' && part.value.type === 'accessor');
