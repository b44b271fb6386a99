/**
 * Reads the protocol's answers about objects, and hands objects back. An answer must be read without asking for more, because the
 * page's code may run when V8 describes an object.
 */
import type { Protocol } from 'devtools-protocol';
import type { Failure } from '../../transport/outcome.ts';
import { type Step, stepDigits } from '../../wire/requests.ts';
import type { AgentCall, Handed } from '../scripts/agent-call.ts';
import { Failed, type TimedSession } from './timed-session.ts';

export type RemoteObject = Protocol.Runtime.RemoteObject;
export type CallArgument = Protocol.Runtime.CallArgument;

/** Turns a value of the protocol into an argument. */
export function argumentOf(value: RemoteObject): CallArgument {
  // chrome.debugger drops members that are null. V8 reads this as the literal (docs/chromium-facts.md).
  if (value.subtype === 'null') return { unserializableValue: 'null' };
  if (value.objectId !== undefined) return { objectId: value.objectId };
  if (value.unserializableValue !== undefined) return { unserializableValue: value.unserializableValue };
  return value.type === 'undefined' ? {} : { value: value.value };
}

/** The execution context that a remote object's handle belongs to: V8 writes isolate, context and number. */
export function contextOf({ objectId }: CallArgument): number | null {
  const match = /^-?\d+\.(\d+)\.\d+$/.exec(objectId ?? '');
  return match ? Number(match[1]) : null;
}

/** The parameter that names an execution context; null is the session's default. */
export function inContext(context: number | null): { contextId?: number } {
  return context === null ? {} : { contextId: context };
}

/** The elements of an array of ours. */
export async function elementsOf(timed: TimedSession, objectId: string): Promise<readonly RemoteObject[]> {
  const { result } = await timed.send('Runtime.getProperties', { objectId, ownProperties: true });
  const elements: RemoteObject[] = [];
  for (const { name, value } of result) if (value && /^\d+$/.test(name)) elements[Number(name)] = value;
  return elements;
}

/** The agent's answer, before it is read. `answer` is only a type. */
export interface Answer<A> {
  readonly remote: RemoteObject;
  readonly answer?: A;
}

/** Calls a function on a remote object. `deep`: the answer includes the type of each element of a list. */
export async function callOn(
  timed: TimedSession,
  objectId: string,
  { functionDeclaration, arguments: given }: AgentCall<unknown>,
  deep: boolean,
): Promise<RemoteObject> {
  const { result, exceptionDetails } = await timed.send('Runtime.callFunctionOn', {
    objectId,
    functionDeclaration,
    arguments: given,
    silent: true,
    objectGroup: timed.group,
    ...(deep ? { serializationOptions: { serialization: 'deep' as const, maxDepth: 1 } } : {}),
  });
  if (exceptionDetails) throw new Failed(thrown(exceptionDetails));
  return result;
}

/** The elements of a list: their types, and the values of primitives. */
export interface ReadList {
  readonly types: readonly string[];
  readonly fields: readonly unknown[];
}

/** Reads a list that was serialized, or asks for its elements. */
export async function readList(timed: TimedSession, { remote }: Answer<readonly unknown[]>): Promise<ReadList> {
  const deep: unknown = remote.deepSerializedValue?.value;
  if (Array.isArray(deep)) {
    const items: readonly Protocol.Runtime.DeepSerializedValue[] = deep;
    return { types: items.map(({ type }) => type), fields: items.map(({ value }) => value) };
  }
  // Before Chrome 114 and in Node 20 there is no deep serialization.
  const elements = await elementsOf(timed, remote.objectId ?? '');
  return {
    types: elements.map(({ subtype, className }) => (className === 'Arguments' ? 'object' : (subtype ?? 'object'))),
    fields: elements.map(({ value }) => value),
  };
}

/** A step of the agent (`Step` of src/wire/requests.ts) by its name. */
export type ReadStep =
  /** `types` says what the objects are. */
  | { readonly name: 'kinds'; readonly types: readonly string[] }
  /** `list` is the handle of a list whose first element is the step's digit. */
  | { readonly name: 'details'; readonly list: string }
  | { readonly name: 'errors' }
  | { readonly name: 'classes'; readonly texts: readonly string[] }
  /** The names of the fields in each of the agent's boxes. */
  | { readonly name: 'fields'; readonly boxes: readonly string[] }
  | { readonly name: 'reply'; readonly reply: readonly unknown[] };

/** Throws Failed. */
export async function readStep(timed: TimedSession, answer: Answer<Step<Handed>>): Promise<ReadStep> {
  const { types, fields } = await readList(timed, answer);
  switch (fields[0]) {
    case stepDigits.kinds:
      return { name: 'kinds', types: types.slice(1) };
    case stepDigits.details:
      return { name: 'details', list: answer.remote.objectId ?? '' };
    case stepDigits.classes:
      return { name: 'classes', texts: fields.slice(1).map(String) };
    case stepDigits.fields:
      return { name: 'fields', boxes: fields.slice(1).map(String) };
    case stepDigits.errors:
      return { name: 'errors' };
    case stepDigits.reply:
      return { name: 'reply', reply: fields.slice(1) };
    default:
      throw new Failed({ kind: 'corrupt', message: 'a step of the agent is none' });
  }
}

/** The location of a function or generator, from the value of its internal property. */
export function locationOf(value: RemoteObject | undefined): Protocol.Debugger.Location | null {
  const location: unknown = value?.value;
  return isLocation(location) ? location : null;
}

function isLocation(value: unknown): value is Protocol.Debugger.Location {
  return typeof value === 'object' && value !== null && 'scriptId' in value && 'lineNumber' in value;
}

export function thrown({ text, exception }: Protocol.Runtime.ExceptionDetails): Failure {
  const [message = text] = (exception?.description ?? text).split('\n', 1);
  if (message.startsWith('SyntaxError: ')) return { kind: 'syntax', message: message.slice('SyntaxError: '.length) };
  return { kind: 'thrown', message };
}
