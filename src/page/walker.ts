/** Runs the agent's walks, one at a time, because code that runs in one, such as a user's accessor, may ask for another. */
import { type CaptureRequest, noObject } from '../wire/requests.ts';
import type { Identities } from './encode/identities.ts';
import type { Builtins } from './realm/builtins.ts';
import type { List } from './realm/lists.ts';
import type { Exact } from './visit/debugger-facts.ts';
import type { RetainerPaths } from './visit/ranges.ts';
import type { Accessor, RootInput } from './visit/roots.ts';
import type { WalkTools } from './visit/walk-context.ts';
import { createWalk, type Walk } from './walk.ts';

export interface Walker {
  /** Starts a walk: through what the roots reach, in search of `request.sought`, or along the `paths` that a search found. */
  begin(
    request: CaptureRequest,
    exact: Exact | null,
    roots: List<RootInput>,
    rootCount: number,
    paths: RetainerPaths | null,
  ): Walk;
  /** Continues. Returns whether everything is written. */
  run(walk: Walk): boolean;
  /** Forgets all that the latest walk knew of the page. */
  forget(): void;
  isWalking(): boolean;
  /** From now on these accessors read the objects that they are for. */
  useAccessors(list: ArrayLike<Accessor>): void;
}

export function createWalker(builtins: Builtins, identities: Identities, tools: WalkTools): Walker {
  let walk: Walk | null = null;
  let walking = false;
  let accessors: ArrayLike<Accessor> = [];

  return {
    begin(request, exact, roots, rootCount, paths) {
      identities.begin(request.next);
      const sought = paths === null && isSearch(request) ? request.sought : null;
      const options = { view: request.view, exact, sought, paths, accessors };
      walk ??= createWalk(builtins, identities, options, null, tools);
      walk.begin(roots, rootCount, options);
      return walk;
    },
    run(walk) {
      walking = true;
      try {
        return walk.run();
      } finally {
        walking = false;
      }
    },
    forget() {
      try {
        walk?.forget();
      } catch {
        // The stack is used up. The next capture starts anew, whatever is left of this one.
      }
    },
    isWalking: () => walking,
    useAccessors(list) {
      accessors = list;
    },
  };
}

/** Whether retainers of an object are searched. */
export function isSearch({ sought }: CaptureRequest): boolean {
  return typeof sought === 'number' && sought !== noObject;
}
