/**
 * Reads values of this process through V8's inspector. Must leave nothing on the global object and run no code of the values.
 */
import type { RootRequest } from '../capture/capture.ts';
import { createProtocolCapture } from '../capture/debugger/protocol-capture.ts';
import type { ReadOptions } from '../snapshot/read-options.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { sentence } from '../transport/failure.ts';
import { connectInspector } from '../transport/node-inspector.ts';
import type { ProtocolSession, Result } from '../transport/protocol.ts';
import { say } from '../words/say.ts';
import { patience } from './views.ts';

export interface NamedValue {
  /** The name of the value in the picture, if it is an object. */
  readonly label: string;
  readonly value: unknown;
}

/**
 * The values as the roots of one snapshot, in their order.
 * @throws {Error} with one sentence, when they cannot be read
 */
export async function readValues(values: readonly NamedValue[], options: ReadOptions): Promise<Snapshot> {
  const session = connectInspector('same');
  const capture = createProtocolCapture(session);
  try {
    // All values are handed over before anything else can run.
    const handed = values.map(async ({ label, value }) => rootOf(label, await hand(session, value)));
    const captured = await capture.capture(await Promise.all(handed), options, { deadline: patience });
    if (!captured.ok) throw new Error(sentence(captured.failure));
    return captured.value;
  } finally {
    await capture.close();
    await session.close();
  }
}

type Remote = Result<'Runtime.evaluate'>['result'];

/**
 * Hands a value of this thread to the inspector, which can read only the global object. The value is there for a moment: the
 * inspector of the same thread answers before anything else runs.
 */
async function hand(session: ProtocolSession, data: unknown): Promise<Remote> {
  const name = `memory-graph-${crypto.randomUUID()}`;
  const property = { value: data, configurable: true, enumerable: false, writable: false };
  if (!Reflect.defineProperty(globalThis, name, property)) {
    throw new Error(say('node_frozen'));
  }
  const parameters = { expression: `globalThis[${JSON.stringify(name)}]`, silent: true };
  const asked = session.send('Runtime.evaluate', parameters, { deadline: patience });
  Reflect.deleteProperty(globalThis, name);
  const answer = await asked;
  if (!answer.ok) throw new Error(sentence(answer.failure));
  return answer.value.result;
}

function rootOf(label: string, { type, objectId, unserializableValue, value }: Remote): RootRequest {
  if (objectId !== undefined) return { type: 'object', label, objectId };
  const text = unserializableValue ?? (type === 'undefined' ? 'undefined' : JSON.stringify(value));
  return { type: 'expression', expression: text };
}
