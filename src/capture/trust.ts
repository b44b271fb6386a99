/**
 * Whether the agent may come into a realm: the debugger tells what no script can, that a builtin is a Proxy or its place an
 * accessor. Must not run the page's code to find out: V8 stops what would change anything.
 */
import type { Asker } from './asker.ts';
import type { ProtocolSession } from './protocol.ts';
import { inContext } from './remote-objects.ts';

/** What the agent reads before it can judge anything (src/page/builtins.ts), by name. */
const ROOTS: readonly (readonly [name: string, expression: string])[] = [
  ['Object.prototype.__lookupGetter__', '({}).__lookupGetter__'],
  ['Object.prototype.constructor', '({}).constructor'],
  ['Function.prototype.toString', '(() => {}).toString'],
  ['Reflect', 'this.Reflect'],
  ['Object', 'this.Object'],
];
/** Null where the agent cannot tell accessors: by the text that V8 quotes, as the agent judges it. */
const SEES_ACCESSORS = `((complaint, lookup) => typeof lookup === 'function' &&
  complaint(lookup) === complaint('function __lookupGetter__() { [native code] }') ? true : null)(
  (key) => { try { return key in 1; } catch (error) { return error.message; } }, ({}).__lookupGetter__)`;
/** Milliseconds that reading one may take. */
const LONGEST = 500;

/** The name of what stands where no code of the page's may; null where there is nothing. Throws Failed. */
export async function riggedRoot(ask: Asker, session: ProtocolSession, context: number | null): Promise<string | null> {
  // Node runs what the person has given it.
  if (session.inNode) return null;
  const common = { ...inContext(context), silent: true, objectGroup: ask.group };
  // By this the agent sees all other accessors, so it must be none itself; where the page has its own, it sees none.
  const [accessor, seen, ...types] = await Promise.all([
    isAccessor(ask, common),
    typeOf(ask, common, SEES_ACCESSORS),
    ...ROOTS.map(([, expression]) => typeOf(ask, common, expression)),
  ]);
  if (accessor) return '__lookupGetter__';
  const isRigged = (type: string | undefined): boolean => type === 'proxy' || (type === STOPPED && seen === 'null');
  return ROOTS.find((_, index) => isRigged(types[index]))?.[0] ?? null;
}

interface Common {
  readonly contextId?: number;
  readonly silent: boolean;
  readonly objectGroup: string;
}

async function isAccessor(ask: Asker, common: Common): Promise<boolean> {
  const { result } = await ask.send('Runtime.evaluate', { ...common, expression: '({})' });
  const { result: accessors } = await ask.send('Runtime.getProperties', {
    objectId: result.objectId ?? '',
    accessorPropertiesOnly: true,
  });
  return accessors.some(({ name }) => name === '__lookupGetter__');
}

/** What is said of an accessor, which V8 stopped. */
const STOPPED = 'stopped';

async function typeOf(ask: Asker, common: Common, expression: string): Promise<string | undefined> {
  const { result, exceptionDetails } = await ask.send('Runtime.evaluate', {
    ...common,
    // In a list, because V8 runs page code to describe an error.
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
