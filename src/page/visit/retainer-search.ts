/** The retainers of an object: what a search has met, and the paths to it for a walk that shows them. */
import { retainersShown } from '../../wire/debugger-exchange.ts';
import type { Builtins } from '../realm/builtins.ts';
import { createTable } from '../realm/tables.ts';
import { createExtras, type RetainerPaths } from './ranges.ts';
import type { Origin, Visit, VisitQueue } from './visit-queue.ts';

/**
 * @param sought Number of the object that was searched.
 */
export function pathsTo(builtins: Builtins, sought: number, queue: VisitQueue, partial: boolean): RetainerPaths {
  const { retainers, retainerCount, origins } = queue;
  const extras = createExtras(builtins);
  const members = createTable<object, boolean>(builtins);
  const add = (visit: Visit): void => {
    members.set(visit.target, true);
    if (visit.synthetic?.type !== 'scope') return;
    const scope = visit.synthetic.scopes[0];
    if (scope !== undefined) members.set(scope.variables, true);
  };
  for (let index = 0; index < retainerCount; index += 1) {
    const retainer = retainers[index];
    if (retainer === undefined) continue;
    let { slot, position } = retainer;
    let visit: Visit | null = retainer.visit;
    while (visit !== null) {
      add(visit);
      extras.add(visit.id, slot, position, position + 1);
      const origin: Origin | undefined = origins[visit.index];
      if (origin === undefined) break;
      ({ from: visit, slot, position } = origin);
    }
  }
  for (let visit = queue.at(0); visit !== null; visit = queue.at(visit.index + 1)) if (visit.id === sought) add(visit);
  return {
    extras,
    has: (target) => members.get(target) === true,
    // A search also ends when it has found enough.
    partial: partial && retainerCount < retainersShown,
  };
}
