/**
 * Decides which variables a frame shows, and in which order: its own ones, then those of outer scopes that it uses, then the others.
 * Variables that an outer frame has shown are not shown again. Reads only own data of V8's scope objects.
 */
import type { List } from '../realm/lists.ts';
import { failed, type SafeReader } from '../realm/safe-read.ts';
import { mostVariables } from '../visit/ranges.ts';
import { type FrameScope, type FramesState, likeliest, type NameSet, type ScopeInput } from '../visit/roots.ts';
import type { WalkContext } from '../visit/walk-context.ts';
import type { Names } from './own-names.ts';

/**
 * Variables by position, which a click on `…` refers to. From `shown` on, they are those that the frame does not use, scope by
 * scope.
 */
export interface FrameVariables {
  readonly holders: List<object>;
  readonly names: List<string>;
  readonly kinds: List<number>;
  /** Whether the value is in an object of V8's. */
  readonly wrapped: List<boolean>;
  /** The level of the scope in its frame, counted from the outermost, 0. */
  readonly levels: List<number>;
  count: number;
  shown: number;
}

export interface NameList {
  readonly length: number;
  readonly [index: number]: string | symbol;
}

/** The number of variables that are compared to find out whether two scopes of one piece of source are the same. */
const mostCompared = 100;

export function createFrameVariables(context: WalkContext, names: Names): (input: ScopeInput) => FrameVariables {
  const { safe } = context;

  /** Null when the variables cannot be read. */
  function listOf({ variables, declared }: FrameScope): NameList | null {
    const list = context.isProxy(variables) ? null : names.of(variables);
    return list !== null && declared ? declaredOf(variables, list) : list;
  }

  /** `var` and `function` outside of functions make properties that cannot be deleted; nothing else does on a window. */
  function declaredOf(variables: object, list: NameList): NameList {
    const found: { __proto__: null; length: number; [index: number]: string } = { __proto__: null, length: 0 };
    for (let at = 0; at < list.length; at += 1) {
      const name = list[at];
      if (typeof name !== 'string') continue;
      const property = safe.at(variables, name);
      if (property === undefined || property === failed || !safe.isData(property)) continue;
      if (property.configurable || property.writable !== true || typeof property.value === 'function') continue;
      found[found.length] = name;
      found.length += 1;
    }
    return found;
  }

  /** @param first Variables that come before the others, so that they are shown when not all are. */
  function addAll(
    found: FrameVariables,
    scope: FrameScope,
    level: number,
    list: NameList,
    first: NameSet | null,
  ): void {
    for (let turn = first === null ? 1 : 0; turn < 2; turn += 1) {
      for (let at = 0; at < list.length; at += 1) {
        const name = list[at];
        if (typeof name !== 'string') continue;
        const isFirst = first !== null && isShown(first, scope, name);
        if (isFirst === (turn === 0)) add(found, scope, level, name);
      }
    }
  }

  /** Whether a name is used and not a function or class, which would take more space than they are worth. */
  function isShown(used: NameSet, { variables }: FrameScope, name: string): boolean {
    return used[name] === true && typeof safe.data(variables, name) !== 'function';
  }

  /**
   * Whether both objects belong to one scope. V8 gives scopes no identity, so scopes of one piece of source whose variables are all
   * equal count as one.
   */
  const areSame = (one: object, other: object, list: NameList): boolean => haveSameValues(safe, one, other, list);

  /** The names of a scope that other frames have shown or will; null for all of them, undefined for a new scope. */
  function shownBefore(
    { drawn, count }: FramesState,
    { sources, variables }: FrameScope,
    list: NameList,
  ): NameSet | null | undefined {
    for (let index = 0; index < count; index += 1) {
      const before = drawn[index];
      if (before === undefined || !includes(sources, before.source)) continue;
      if (before.size !== null && before.size !== list.length) continue;
      if (areSame(variables, before.variables, list)) return before.names;
    }
    return undefined;
  }

  function note(frames: FramesState, scope: FrameScope, list: NameList, shown: NameSet | null): void {
    const { sources, variables } = scope;
    frames.drawn[frames.count] = { source: likeliest(sources), variables, names: shown, size: list.length };
    frames.count += 1;
  }

  /** The variables of a piece of source that any frame uses. */
  const usedAnywhere = ({ used }: FramesState, { sources }: FrameScope): NameSet | undefined =>
    used[likeliest(sources)];

  return ({ scopes, scopeCount, frames }) => {
    const found = nothingFound();
    /** Scopes whose remaining variables are counted in this frame. */
    const counted: List<boolean> = { __proto__: null };
    for (let index = 0; index < scopeCount; index += 1) {
      const scope = scopes[index];
      const list = scope === undefined ? null : listOf(scope);
      if (scope === undefined || list === null) continue;
      const level = scopeCount - 1 - index;
      if (frames === null || scope.own || list.length <= scope.whole) {
        const first = frames === null || list.length <= mostVariables ? null : usedAnywhere(frames, scope);
        addAll(found, scope, level, list, first ?? null);
        if (frames !== null && !scope.own) note(frames, scope, list, null);
        continue;
      }
      const before = shownBefore(frames, scope, list);
      if (before === null) continue;
      const shown: NameSet = before ?? { __proto__: null };
      for (let at = 0; at < list.length; at += 1) {
        const name = list[at];
        if (typeof name !== 'string' || shown[name] === true || !isShown(scope.used, scope, name)) continue;
        shown[name] = true;
        add(found, scope, level, name);
      }
      if (before !== undefined) continue;
      note(frames, scope, list, shown);
      counted[index] = true;
    }
    found.shown = found.count;
    for (let index = 0; index < scopeCount && frames !== null; index += 1) {
      const scope = scopes[index];
      if (scope === undefined || counted[index] !== true) continue;
      const anywhere = usedAnywhere(frames, scope) ?? scope.used;
      const list = listOf(scope);
      for (let at = 0; list !== null && at < list.length; at += 1) {
        const name = list[at];
        if (typeof name !== 'string') continue;
        if (!isShown(anywhere, scope, name)) add(found, scope, scopeCount - 1 - index, name);
      }
    }
    return found;
  };
}

function includes(sources: readonly number[], source: number): boolean {
  for (let at = 0; at < sources.length; at += 1) if (sources[at] === source) return true;
  return false;
}

/** Whether both objects have these names, with the same values. */
export function haveSameValues(safe: SafeReader, one: object, other: object, list: NameList): boolean {
  const most = list.length < mostCompared ? list.length : mostCompared;
  for (let at = 0; at < most; at += 1) {
    const name = list[at] ?? '';
    // V8 makes a new object for each request.
    if (name === 'arguments') continue;
    const mine = safe.at(one, name);
    const theirs = safe.at(other, name);
    if (mine === undefined || theirs === undefined) return false;
    // A variable that is not initialized cannot be read.
    if (mine === failed || theirs === failed ? mine !== theirs : !isSame(mine.value, theirs.value)) return false;
  }
  return true;
}

const isSame = (one: unknown, other: unknown): boolean => one === other || (isNotANumber(one) && isNotANumber(other));

const isNotANumber = (value: unknown): boolean => typeof value === 'number' && !(value <= 0) && !(value > 0);

const nothingFound = (): FrameVariables => ({
  holders: { __proto__: null },
  names: { __proto__: null },
  kinds: { __proto__: null },
  levels: { __proto__: null },
  wrapped: { __proto__: null },
  count: 0,
  shown: 0,
});

function add(found: FrameVariables, scope: FrameScope, level: number, name: string): void {
  const { count } = found;
  found.holders[count] = scope.variables;
  found.names[count] = name;
  found.kinds[count] = scope.kind;
  found.levels[count] = level;
  found.wrapped[count] = scope.wrapped;
  found.count = count + 1;
}
