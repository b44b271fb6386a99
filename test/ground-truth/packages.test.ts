/**
 * The judge on data structures of packages that people use, read by the debugger and by a script of the page: every
 * reference of V8's heap snapshot and no other, and no function of the package runs meanwhile.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import source from 'virtual:agent';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProtocolCapture } from '../../src/capture/debugger/protocol-capture.ts';
import type { ReadOptions } from '../../src/snapshot/read-options.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { connectInspector } from '../../src/transport/node-inspector.ts';
import type { Method, Parameters, Result } from '../../src/transport/protocol.ts';
import { readReply } from '../../src/wire/reader.ts';
import { sample } from '../sample.ts';
import { compare } from './compare.ts';
import { type HeapSnapshot, takeHeapSnapshot } from './heap-snapshot.ts';
import { samples } from './packages/samples.mjs';
import { captureOnce, patience, readWhole } from './read-whole.ts';

/** `npm test` installs them, and fails where they are missing. Who runs Vitest alone may do without. */
const installed = existsSync(fileURLToPath(new URL('packages/node_modules', import.meta.url)));
const wanted = installed || process.env.MEMORY_GRAPH_TESTS !== undefined;
const chosen = sample(samples, 8);

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

/** Where expressions find the samples. */
const made: Record<string, object> = {};
Object.assign(globalThis, { packageSamples: made });
const expressionOf = (name: string) => `packageSamples[${JSON.stringify(name)}]`;

interface Agent {
  capture(request: { readonly view: ReadOptions }, roots: readonly (() => unknown)[]): unknown;
}
const isMaker = (value: unknown): value is (scope: object, firstId: number) => Agent => typeof value === 'function';

/** Reads by the agent's script, as a page without the debugger does. */
function scriptReader(): (expression: string, value: object, view: ReadOptions) => Promise<Snapshot> {
  // biome-ignore lint/security/noGlobalEval: by another name it evaluates globally, as in a page
  const evaluate = eval;
  const make: unknown = evaluate(source);
  if (!isMaker(make)) throw new Error('The agent is no function.');
  const agent = make(globalThis, 1);
  return async (expression, value, view) => {
    const reply: unknown = JSON.parse(JSON.stringify(agent.capture({ view }, [() => value])));
    const result = readReply(reply, [expression]);
    if (!result.ok) throw new Error(result.failure.message);
    return result.value;
  };
}

/** Calls of functions of the packages while `work` is done, by their names; V8 counts them. */
async function callsWhile<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly calls: readonly string[] }> {
  await ask('Profiler.takePreciseCoverage', undefined);
  const value = await work();
  const { result } = await ask('Profiler.takePreciseCoverage', undefined);
  const calls = result
    .filter(({ url }) => url.includes('/ground-truth/packages/'))
    .flatMap(({ functions }) =>
      functions.filter(({ ranges }) => ranges.some(({ count }) => count > 0)).map(({ functionName }) => functionName),
    );
  return { value, calls };
}

interface Read {
  readonly snapshot: Snapshot;
  readonly calls: readonly string[];
}

describe.runIf(wanted)('packages', () => {
  const byDebugger = new Map<string, Read>();
  const byScript = new Map<string, Read>();
  const heapIds = new Map<string, number>();
  let heap: HeapSnapshot;

  beforeAll(async () => {
    await ask('Profiler.enable', undefined);
    await ask('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    const readByScript = scriptReader();
    for (const { name, make, proxies } of chosen) {
      const value = await make();
      made[name] = value;
      const exact = await callsWhile(() => readWhole((view) => captureOnce(capture, expressionOf(name), view)));
      byDebugger.set(name, { snapshot: exact.value, calls: exact.calls });
      if (proxies) continue;
      const plain = await callsWhile(() => readWhole((view) => readByScript(expressionOf(name), value, view)));
      byScript.set(name, { snapshot: plain.value, calls: plain.calls });
    }
    heap = await takeHeapSnapshot(session);
    for (const { name } of chosen) {
      const { result } = await ask('Runtime.evaluate', { expression: expressionOf(name) });
      const answer = await ask('HeapProfiler.getHeapObjectId', { objectId: result.objectId ?? '' });
      heapIds.set(name, Number(answer.heapSnapshotObjectId));
    }
  }, 300_000);

  let total = 0;
  afterAll(() => console.log(`${total} references of packages were compared with V8's heap snapshot.`));

  function judge(
    name: string,
    read: Read | undefined,
    transport: 'debugger' | 'eval',
    calledByV8?: readonly string[],
  ): void {
    const root = heap.node(heapIds.get(name) ?? 0);
    if (!read || !root) throw new Error('It was not captured.');
    const { compared, differences } = compare(heap, read.snapshot, root, { transport });
    expect(differences).toEqual([]);
    expect(read.calls.filter((call) => !calledByV8?.includes(call))).toEqual([]);
    expect(compared).toBeGreaterThan(9);
    total += compared;
  }

  test.each(chosen)('every reference of $name, and no other, by the debugger', ({ name, calledByV8 }) => {
    judge(name, byDebugger.get(name), 'debugger', calledByV8);
  });

  test.each(chosen.filter(({ proxies }) => !proxies))('by a script: $name', ({ name }) => {
    judge(name, byScript.get(name), 'eval');
  });

  test('a call of a package is seen', async () => {
    const [first] = chosen;
    if (!first) throw new Error('There is no sample.');
    const { calls } = await callsWhile(async () => first.make());
    expect(calls).not.toEqual([]);
  });
});
