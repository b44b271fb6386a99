/**
 * Finds the scopes of modules and bundles: every function knows its own. To find functions stops the page for a moment and
 * collects garbage, so it is done on request only.
 */
import type { ClosureScope } from '../capture/capture.ts';
import { callAgent, handleFrom } from '../capture/debugger/agent-handles.ts';
import type { HeapAccess } from '../capture/debugger/protocol-capture.ts';
import { elementsOf, locationOf, readList } from '../capture/debugger/remote-objects.ts';
import type { TimedSession } from '../capture/debugger/timed-session.ts';
import { agentCall, Handed, HandedList } from '../capture/scripts/agent-call.ts';
import type { ScopeKind } from '../snapshot/snapshot.ts';
import { queryHeap } from './heap-query.ts';

export interface FoundScope {
  readonly scriptId: string;
  readonly kind: ScopeKind;
  /** The function is a handle of the caller's group. */
  readonly closure: ClosureScope;
  /** Where that function begins. */
  readonly line: number;
  readonly column: number;
}

/** A function of a script. */
interface Maker {
  readonly objectId: string;
  readonly scriptId: string;
  readonly line: number;
  readonly column: number;
  readonly scopes: string;
}

/** Functions whose scopes are looked at: V8 makes objects for all variables of each. */
const MOST_OF_SCRIPT = 40;
const MOST = 1000;
/** Functions of a script among which these are chosen, and of all scripts before the choice is large enough. */
const CANDIDATES_OF_SCRIPT = 300;
const CANDIDATES = 600;

/**
 * The different scopes around functions of these scripts, those of modules first.
 * @param group Of the handles of functions.
 */
export async function findScopes(
  heap: HeapAccess,
  scriptIds: ReadonlySet<string>,
  group: string,
): Promise<readonly FoundScope[]> {
  const { timed, agent } = heap;
  const makers = await functionsOf(heap, scriptIds);
  if (makers.length === 0) return [];
  const lists = new HandedList(makers.map(({ scopes }) => ({ objectId: scopes })));
  const { fields } = await readList(timed, await callAgent(timed, agent, agentCall('differentScopes', lists)));
  const found: FoundScope[] = [];
  const kept = new Map<Maker, Promise<string>>();
  for (let at = 1; at + 2 < fields.length; at += 3) {
    const maker = makers[Number(fields[at])];
    if (!maker) continue;
    const keeping = kept.get(maker) ?? keep(timed, maker.objectId, group);
    kept.set(maker, keeping);
    const { scriptId, line, column } = maker;
    const closure = { function: await keeping, level: Number(fields[at + 1]) };
    found.push({
      scriptId,
      kind: String(fields[at + 2]).startsWith('Module') ? 'module' : 'closure',
      closure,
      line,
      column,
    });
  }
  return found.sort((a, b) => Number(b.kind === 'module') - Number(a.kind === 'module'));
}

/** Some functions of each script. */
async function functionsOf(heap: HeapAccess, scriptIds: ReadonlySet<string>): Promise<readonly Maker[]> {
  const { timed, agent } = heap;
  const list = new Handed({ objectId: await queryHeap(heap, '(function(){})') });
  const found = new Map<string, Maker[]>();
  let looked = 0;
  let wanted = 0;
  let from = 0;
  do {
    const picked = await handleFrom(timed, agent, agentCall('pickFunctions', list, from));
    const [next, ...functions] = picked === undefined ? [] : await elementsOf(timed, picked);
    const makers = await Promise.all(functions.map(({ objectId }) => makerOf(timed, objectId ?? '')));
    for (const maker of makers) {
      if (maker === null || !scriptIds.has(maker.scriptId)) continue;
      looked += 1;
      const ofScript = found.get(maker.scriptId) ?? [];
      found.set(maker.scriptId, ofScript);
      if (ofScript.length === CANDIDATES_OF_SCRIPT) continue;
      if (ofScript.length < MOST_OF_SCRIPT) wanted += 1;
      ofScript.push(maker);
    }
    from = typeof next?.value === 'number' ? next.value : 0;
    const isEnough =
      looked >= CANDIDATES && [...scriptIds].every((id) => (found.get(id)?.length ?? 0) >= MOST_OF_SCRIPT);
    if (isEnough) break;
  } while (from > 0 && wanted < MOST && !timed.late());
  return [...found.values()].flatMap(chosen);
}

/** The last ones of a script, since a bundle ends with the program's own code, and some of each other part of it. */
function chosen(makers: readonly Maker[]): readonly Maker[] {
  if (makers.length <= MOST_OF_SCRIPT) return makers;
  const inOrder = makers.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const last = inOrder.slice(-MOST_OF_SCRIPT / 2);
  const others = inOrder.slice(0, -MOST_OF_SCRIPT / 2);
  const step = others.length / (MOST_OF_SCRIPT / 2);
  const spread = Array.from({ length: MOST_OF_SCRIPT / 2 }, (_, index) => others[Math.floor(index * step)]);
  return [...last, ...spread.filter((maker) => maker !== undefined)];
}

async function makerOf(timed: TimedSession, objectId: string): Promise<Maker | null> {
  const { internalProperties = [] } = await timed.send('Runtime.getProperties', { objectId, ownProperties: true });
  const internal = (wanted: string) => internalProperties.find(({ name }) => name === wanted)?.value;
  const scopes = internal('[[Scopes]]')?.objectId;
  const location = locationOf(internal('[[FunctionLocation]]'));
  if (scopes === undefined || location === null) return null;
  const { scriptId, lineNumber, columnNumber = 0 } = location;
  return { objectId, scriptId, line: lineNumber, column: columnNumber, scopes };
}

async function keep(timed: TimedSession, objectId: string, group: string): Promise<string> {
  const { result } = await timed.send('Runtime.callFunctionOn', {
    objectId,
    functionDeclaration: 'function() { return this; }',
    objectGroup: group,
    silent: true,
  });
  return result.objectId ?? '';
}
