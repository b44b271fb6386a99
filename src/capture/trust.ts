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
/** Milliseconds that reading one may take. */
const LONGEST = 500;

/** The name of what stands where no code of the page's may; null where there is nothing. Throws Failed. */
export async function riggedRoot(ask: Asker, session: ProtocolSession, context: number | null): Promise<string | null> {
  // Node runs what the person has given it.
  if (session.inNode) return null;
  const common = { ...inContext(context), silent: true, objectGroup: ask.group };
  // By this the agent sees all other accessors, so it must be none itself.
  const [accessor, ...proxies] = await Promise.all([
    isAccessor(ask, common),
    ...ROOTS.map(([, expression]) => isProxy(ask, common, expression)),
  ]);
  if (accessor) return '__lookupGetter__';
  return ROOTS.find((_, index) => proxies[index])?.[0] ?? null;
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

/** False for an accessor that V8 stopped. */
async function isProxy(ask: Asker, common: Common, expression: string): Promise<boolean> {
  const { result } = await ask.send('Runtime.evaluate', {
    ...common,
    // In a list, because V8 runs page code to describe an error.
    expression: `(() => { try { return [${expression}]; } catch { return []; } })()`,
    throwOnSideEffect: true,
    timeout: LONGEST,
    serializationOptions: { serialization: 'deep', maxDepth: 1 },
  });
  const deep: unknown = result.deepSerializedValue?.value;
  const [first]: readonly { readonly type?: string }[] = Array.isArray(deep) ? deep : [];
  return first?.type === 'proxy';
}
