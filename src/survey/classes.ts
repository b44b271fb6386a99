/** Counts the objects of a heap by class. Stops the page and collects garbage, so it is done on request only. */
import { handleFrom } from '../capture/debugger/agent-handles.ts';
import type { HeapAccess } from '../capture/debugger/protocol-capture.ts';
import { elementsOf, locationOf } from '../capture/debugger/remote-objects.ts';
import { type AgentCall, agentCall, Handed } from '../capture/scripts/agent-call.ts';
import { queryHeap } from './heap-query.ts';

/** Objects of a class, plain objects with the same keys, or functions of one place. */
export interface FoundClass {
  readonly of: 'class' | 'keys' | 'function';
  /** The handle of a list that holds the prototype of the class, or one of the functions; null for plain objects. */
  readonly holder: string | null;
  /** The name of a class or function, or the keys of plain objects. */
  readonly name: string;
  /** Where the functions are written; empty for other groups. */
  readonly place: string;
  readonly count: number;
  /** How many have come since the mark. */
  readonly fresh: number;
}

export function nameOfClass({ of, name }: FoundClass): string {
  switch (of) {
    case 'class':
      return name;
    case 'keys':
      return `{${name}}`;
    case 'function':
      return `ƒ ${name}()`;
  }
}

/** @param group Of the handles of prototypes and functions. Those of an earlier count are released. */
export async function countClasses(heap: HeapAccess, group: string): Promise<readonly FoundClass[]> {
  await heap.timed.send('Runtime.releaseObjectGroup', { objectGroup: group });
  const objects = await counted(heap, group, 'countClasses', await queryHeap(heap, '({})'));
  const functions = await counted(heap, group, 'countFunctions', await queryHeap(heap, '(function(){})'));
  const placed = await Promise.all(functions.map((found) => withPlace(heap, found)));
  return [...objects, ...placed.filter((found) => found !== null)];
}

async function counted(
  { timed, agent }: HeapAccess,
  group: string,
  call: 'countClasses' | 'countFunctions',
  list: string,
): Promise<readonly FoundClass[]> {
  const asked = agentCall(call, new Handed({ objectId: list }));
  const answer = await handleFrom({ ...timed, group }, agent, asked);
  const elements = answer === undefined ? [] : (await elementsOf({ ...timed, group }, answer)).slice(1);
  const found: FoundClass[] = [];
  for (let at = 0; at + 3 < elements.length; at += 4) {
    const [holder, name, count, fresh] = elements.slice(at, at + 4);
    const isHeld = holder?.description === 'Array(1)';
    found.push({
      of: call === 'countFunctions' ? 'function' : isHeld ? 'class' : 'keys',
      holder: isHeld ? (holder.objectId ?? null) : null,
      name: String(name?.value ?? ''),
      place: '',
      count: Number(count?.value ?? 0),
      fresh: Number(fresh?.value ?? 0),
    });
  }
  return found;
}

const FIRST: AgentCall<Handed> = { functionDeclaration: 'function() { return this[0]; }', arguments: [] };

/** Null for functions of no script that users write. */
async function withPlace({ timed, domain }: HeapAccess, found: FoundClass): Promise<FoundClass | null> {
  // V8 also answers with copies of the function's scopes, which live as long as the group of this handle.
  const sample = await handleFrom(timed, found.holder ?? '', FIRST);
  const { internalProperties = [] } = await timed.send('Runtime.getProperties', {
    objectId: sample ?? '',
    ownProperties: true,
  });
  const location = locationOf(internalProperties.find(({ name }) => name === '[[FunctionLocation]]')?.value);
  const facts = location && domain.scripts.get(location.scriptId);
  if (!location || !facts || facts.isolated || facts.url.startsWith('chrome-extension:')) return null;
  // DevTools calls a script without an address the same.
  return { ...found, place: `${facts.url || `VM${location.scriptId}`}:${location.lineNumber + 1}` };
}

/** Marks all objects that there are. Nothing is kept alive by it. */
export async function markObjects(heap: HeapAccess): Promise<void> {
  const { timed, agent } = heap;
  const call = agentCall('markAll', new Handed({ objectId: await queryHeap(heap, '({})') }));
  await timed.send('Runtime.callFunctionOn', {
    objectId: agent,
    functionDeclaration: call.functionDeclaration,
    arguments: call.arguments,
    silent: true,
    returnByValue: true,
  });
}

/** A list of the objects of a class, as a handle of `group`. @param fresh Only those that came since the mark. */
export async function objectsOf(
  heap: HeapAccess,
  { of, holder, name }: FoundClass,
  fresh: boolean,
  group: string,
): Promise<string | null> {
  const { timed, agent } = heap;
  const [held] = holder === null ? [] : await elementsOf(timed, holder);
  const pick = (list: string, keys: string) => agentCall('pickObjects', new Handed({ objectId: list }), keys, fresh);
  let call: Parameters<typeof handleFrom>[2];
  switch (of) {
    case 'keys':
      call = pick(await queryHeap(heap, '({})'), name);
      break;
    case 'class': {
      const { objects } = await timed.send('Runtime.queryObjects', {
        prototypeObjectId: held?.objectId ?? '',
        objectGroup: timed.group,
      });
      call = pick(objects.objectId ?? '', '');
      break;
    }
    case 'function': {
      const list = new Handed({ objectId: await queryHeap(heap, '(function(){})') });
      call = agentCall('pickFunctionsLike', list, new Handed({ objectId: held?.objectId ?? '' }), fresh);
    }
  }
  return (await handleFrom({ ...timed, group }, agent, call)) ?? null;
}
