/**
 * Opens the namespaces of modules. `import()` of a module that has run gives its namespace again and runs nothing. One that has
 * not run would run, one that failed would tell the page of an unhandled rejection, and an export `then` would be called. So a
 * module is imported only when its text and its variables show that none of that can happen.
 */
import { callAgent } from '../capture/debugger/agent-handles.ts';
import type { HeapAccess } from '../capture/debugger/protocol-capture.ts';
import { inContext, readList } from '../capture/debugger/remote-objects.ts';
import { agentCall, Handed } from '../capture/scripts/agent-call.ts';
import { readModule } from './module-text.ts';
import type { FoundScope } from './scopes.ts';
import type { FoundScript } from './scripts.ts';

/** Questions about a promise, which takes some 10 ms. */
const MOST_QUESTIONS = 100;

/** The handle of the namespace, in `group`; null where the module exports nothing, or must not be imported. Throws Failed. */
export async function openNamespace(
  heap: HeapAccess,
  { scriptId, url, isModule }: FoundScript,
  scopes: readonly FoundScope[],
  group: string,
): Promise<string | null> {
  const { timed, domain, context } = heap;
  if (!isModule) return null;
  const source = await timed.inTime((options) => domain.sourceOf(scriptId, options));
  const { exports = null, last = null } = (source === null ? null : readModule(source)) ?? {};
  if (exports === null || exports.length === 0 || exports.includes('then') || last === null) return null;
  const scope = scopes.find(({ kind }) => kind === 'module');
  if (!scope || !(await hasValue(heap, scope, last))) return null;
  const { result, exceptionDetails } = await timed.send('Runtime.evaluate', {
    expression: `import(${JSON.stringify(url)})`,
    silent: true,
    objectGroup: group,
    ...inContext(context),
  });
  const promise = exceptionDetails ? undefined : result.objectId;
  // To await it would read what the page made of Promise.prototype.
  for (let turn = 0; promise !== undefined && turn < MOST_QUESTIONS && !timed.late(); turn += 1) {
    const internals = await internalsOf(heap, promise);
    const state: unknown = internals.get('[[PromiseState]]')?.value;
    if (state === 'fulfilled') return internals.get('[[PromiseResult]]')?.objectId ?? null;
    if (state !== 'pending') return null;
  }
  return null;
}

async function internalsOf({ timed }: HeapAccess, objectId: string) {
  const { internalProperties = [] } = await timed.send('Runtime.getProperties', { objectId, ownProperties: true });
  return new Map(internalProperties.map(({ name, value }) => [name, value]));
}

/** Whether a variable of a module was initialized, to something other than undefined. */
async function hasValue(heap: HeapAccess, { closure }: FoundScope, name: string): Promise<boolean> {
  const { timed, agent } = heap;
  const list = (await internalsOf(heap, closure.function)).get('[[Scopes]]')?.objectId;
  if (list === undefined) return false;
  const call = agentCall('variableAt', new Handed({ objectId: list }), closure.level, name);
  const { remote } = await callAgent(timed, agent, call);
  if (remote.type === 'undefined') return false;
  // V8 describes no value to answer this.
  const { types } = await readList(timed, { remote });
  return types[1] !== undefined && types[1] !== 'undefined';
}
