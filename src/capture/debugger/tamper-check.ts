/**
 * Whether the agent can be trusted in a realm. The debugger can detect what no script can: that a builtin is a Proxy, or an accessor
 * is in its place. Must not run the page's code to find out: V8 stops what would have side effects.
 */

import type { ProtocolSession } from '../../transport/protocol.ts';
import { commandLineScript } from '../command-line.ts';
import { inContext } from './remote-objects.ts';
import type { TimedSession } from './timed-session.ts';

/** What the agent reads before it can judge anything (src/page/realm/judge.ts), by name. */
const ROOTS: readonly (readonly [name: string, expression: string])[] = [
  ['Object.prototype.__lookupGetter__', '({}).__lookupGetter__'],
  ['Object.prototype.constructor', '({}).constructor'],
  ['Function.prototype.toString', '(() => {}).toString'],
  ['Reflect', 'this.Reflect'],
  ['Object', 'this.Object'],
];
/** Properties of Object.prototype that are no accessors, unless a page hardened it. */
const HARDENED = ['__lookupGetter__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty'];
/** Null where the agent cannot detect accessors. */
const SEES_ACCESSORS = `${commandLineScript('seesAccessors')} || null`;
/** Milliseconds for reading one of them. */
const LONGEST = 500;

export interface Tampering {
  /** The name of a builtin that the page replaced by code that would run; null when there is none. */
  readonly rigged: string | null;
  /** The page made accessors of the properties of its prototypes. `Reflect` was checked, and is the builtin. */
  readonly hardened: boolean;
}

/** Throws Failed. */
export async function tamperingIn(
  timed: TimedSession,
  session: ProtocolSession,
  context: number | null,
): Promise<Tampering> {
  const found = (rigged: string | null, hardened = false): Tampering => ({ rigged, hardened });
  // Node runs what the user gave it.
  if (session.inNode) return found(null);
  const common = { ...inContext(context), silent: true, objectGroup: timed.group };
  // With this the agent detects all other accessors, so it must not be one. Where the page replaced it, the agent detects none.
  const [accessors, seen, ...types] = await Promise.all([
    accessorsOf(timed, common),
    typeOf(timed, common, SEES_ACCESSORS),
    ...ROOTS.map(([, expression]) => typeOf(timed, common, expression)),
  ]);
  const isProxy = (type: string | undefined): boolean => type === 'proxy';
  const nameOf = (index: number): string | null => ROOTS[index]?.[0] ?? null;
  if (HARDENED.some((name) => accessors.includes(name))) {
    if (types.some(isProxy)) return found(nameOf(types.findIndex(isProxy)));
    // These two are read, the others are found through Reflect.
    const stopped = ROOTS.findIndex(
      ([, expression], index) => expression.startsWith('this.') && types[index] === STOPPED,
    );
    if (stopped >= 0) return found(nameOf(stopped));
    if (await isReflectIntact(timed, common)) return found(null, true);
    if (accessors.includes('__lookupGetter__')) return found('__lookupGetter__');
  }
  const rigged = types.findIndex((type) => isProxy(type) || (type === STOPPED && seen === 'null'));
  return found(rigged < 0 ? null : nameOf(rigged));
}

/** Whether the two functions with which all others are found are builtins, in their places. */
async function isReflectIntact(timed: TimedSession, common: Common): Promise<boolean> {
  const { result } = await timed.send('Runtime.evaluate', {
    ...common,
    expression: 'this.Reflect',
    throwOnSideEffect: true,
  });
  if (result.objectId === undefined) return false;
  const { result: own } = await timed.send('Runtime.getProperties', { objectId: result.objectId, ownProperties: true });
  return ['getOwnPropertyDescriptor', 'getPrototypeOf'].every((name) => {
    const value = own.find((property) => property.name === name)?.value;
    return value?.type === 'function' && value.subtype === undefined && value.description === nativeText(name);
  });
}

const nativeText = (name: string): string => `function ${name}() { [native code] }`;

interface Common {
  readonly contextId?: number;
  readonly silent: boolean;
  readonly objectGroup: string;
}

/** The names of the accessors that an object inherits. */
async function accessorsOf(timed: TimedSession, common: Common): Promise<readonly string[]> {
  const { result } = await timed.send('Runtime.evaluate', { ...common, expression: '({})' });
  const { result: accessors } = await timed.send('Runtime.getProperties', {
    objectId: result.objectId ?? '',
    accessorPropertiesOnly: true,
  });
  return accessors.map(({ name }) => name);
}

/** The type of an accessor, which V8 stopped. */
const STOPPED = 'stopped';

async function typeOf(timed: TimedSession, common: Common, expression: string): Promise<string | undefined> {
  const { result, exceptionDetails } = await timed.send('Runtime.evaluate', {
    ...common,
    // In a list, because V8 runs code of the page to describe an error.
    expression: `(() => { try { return [${expression}]; } catch { return []; } })()`,
    throwOnSideEffect: true,
    timeout: LONGEST,
    serializationOptions: { serialization: 'deep', maxDepth: 1 },
  });
  if (exceptionDetails) return STOPPED;
  const deep: unknown = result.deepSerializedValue?.value;
  const [first]: readonly { readonly type?: string }[] = Array.isArray(deep) ? deep : [];
  return first?.type;
}
