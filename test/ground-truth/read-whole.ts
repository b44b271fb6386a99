/** Reads a value and everything that it leads to, functions included. */
import type { Capture } from '../../src/capture/capture.ts';
import { defaultReadOptions, type ReadOptions } from '../../src/snapshot/read-options.ts';
import type { ObjectId, Snapshot } from '../../src/snapshot/snapshot.ts';

/** Milliseconds. */
export const patience = { deadline: 100_000 };
const everything = 2 ** 31;
const wholeView: ReadOptions = {
  ...defaultReadOptions,
  slices: { begin: everything, middle: 0, end: 0 },
  depth: everything,
  objects: everything,
  time: 100_000,
  text: 10_000,
  nonEnumerable: true,
};

/** Functions are read only where they are asked for: asks until all are. `read` answers one capture. */
export async function readWhole(
  read: (view: ReadOptions) => Promise<Snapshot>,
  asked?: 'scopes' | 'prototypes',
): Promise<Snapshot> {
  let expanded: readonly ObjectId[] = [];
  for (;;) {
    const switches = { scopes: asked === 'scopes', prototypes: asked === 'prototypes' };
    const snapshot = await read({ ...wholeView, ...switches, expanded });
    const functions = [...snapshot.objects.values()].filter(({ kind }) => kind === 'function').map(({ id }) => id);
    if (functions.length === expanded.length) return snapshot;
    expanded = functions;
  }
}

/** @throws what failed */
export async function captureOnce(capture: Capture, expression: string, view: ReadOptions): Promise<Snapshot> {
  const outcome = await capture.capture([{ type: 'expression', expression }], view, patience);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
}
