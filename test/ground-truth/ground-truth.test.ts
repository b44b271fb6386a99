/**
 * V8's heap snapshot against the capture: every reference that V8 records between two objects which JavaScript can see
 * is in our graph, and no other.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProtocolCapture } from '../../src/capture/debugger/protocol-capture.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { connectInspector } from '../../src/transport/node-inspector.ts';
import type { Method, Parameters, Result } from '../../src/transport/protocol.ts';
import { compare } from './compare.ts';
import { type HeapSnapshot, takeHeapSnapshot } from './heap-snapshot.ts';
import { captureOnce, patience, readWhole } from './read-whole.ts';
import { samples } from './samples.ts';

const session = connectInspector('same');
const capture = createProtocolCapture(session);
afterAll(async () => {
  await capture.close();
  await session.close();
});

async function ask<M extends Method>(method: M, parameters: Parameters<M>): Promise<Result<M>> {
  const outcome = await session.send(method, parameters, patience);
  if (!outcome.ok) throw new Error(`${method}: ${JSON.stringify(outcome.failure)}`);
  return outcome.value;
}

/** The sample under test, where an expression finds it. */
const globalName = 'groundTruthSample';

const captured = new Map<string, Snapshot>();
const heapIds = new Map<string, number>();
let heap: HeapSnapshot;
beforeAll(async () => {
  for (const [name, { make, asked }] of samples) {
    Reflect.set(globalThis, globalName, { ...Reflect.get(globalThis, globalName), [name]: await make() });
    const expression = `${globalName}[${JSON.stringify(name)}]`;
    captured.set(name, await readWhole((view) => captureOnce(capture, expression, view), asked));
  }
  heap = await takeHeapSnapshot(session);
  for (const name of samples.keys()) {
    const { result } = await ask('Runtime.evaluate', { expression: `${globalName}[${JSON.stringify(name)}]` });
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
  const { compared, differences } = compare(heap, snapshot, root, { asked });
  expect(differences).toEqual([]);
  expect(compared).toBeGreaterThan(9);
  total += compared;
});
