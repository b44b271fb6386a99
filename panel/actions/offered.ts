/** All actions that the panel offers at this moment, for the list of commands. Whoever offers actions tells it while it is shown. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Action } from './action.ts';

const offers = new Set<{ readonly current: readonly Action[] }>();

/** Offers these actions while the component is mounted. */
export function useOffered(actions: readonly Action[]): void {
  const offer = useRef(actions);
  offer.current = actions;
  useLayoutEffect(() => {
    offers.add(offer);
    return () => {
      offers.delete(offer);
    };
  }, []);
}

/** Each action once; where several offer it, one that can run. */
export function offeredActions(): readonly Action[] {
  const found = new Map<Action['id'], Action>();
  for (const { current } of offers)
    for (const action of current) if (!found.get(action.id)?.enabled) found.set(action.id, action);
  return [...found.values()];
}
