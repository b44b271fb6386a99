/**
 * What the protocol's answers about objects say, and how an object is handed back. An answer must be read without asking
 * for more than it holds: the page's code may run where V8 describes an object.
 */
import type { Protocol } from 'devtools-protocol';
import type { Asker } from './asker.ts';
import type { Failure } from './connection.ts';

export type RemoteObject = Protocol.Runtime.RemoteObject;
export type CallArgument = Protocol.Runtime.CallArgument;

export function argumentOf(value: RemoteObject): CallArgument {
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

/** The elements of an array that is ours. */
export async function elementsOf(ask: Asker, objectId: string): Promise<readonly RemoteObject[]> {
  const { result } = await ask.send('Runtime.getProperties', { objectId, ownProperties: true });
  const elements: RemoteObject[] = [];
  for (const { name, value } of result) if (value && /^\d+$/.test(name)) elements[Number(name)] = value;
  return elements;
}

/** A step of the agent (`Step` in src/page/agent.ts): its code, and the types or values of what comes after it. */
interface Step {
  readonly code: unknown;
  readonly types: readonly string[];
  readonly fields: readonly unknown[];
}

/** A list whose first element is a number, as it was serialised or asked for. */
export async function readStep(ask: Asker, step: RemoteObject): Promise<Step> {
  const deep: unknown = step.deepSerializedValue?.value;
  if (Array.isArray(deep)) {
    const [code, ...rest]: readonly Protocol.Runtime.DeepSerializedValue[] = deep;
    return { code: code?.value, types: rest.map(({ type }) => type), fields: rest.map(({ value }) => value) };
  }
  // Before Chrome 114 and in Node 20 there is no deep serialisation.
  const [code, ...rest] = await elementsOf(ask, step.objectId ?? '');
  return {
    code: code?.value,
    types: rest.map(({ subtype, className }) => (className === 'Arguments' ? 'object' : (subtype ?? 'object'))),
    fields: rest.map(({ value }) => value),
  };
}

/** Where a function or generator stands, from the value of its internal property. */
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
