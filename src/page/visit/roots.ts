/** The roots of a walk, and how they are made from what the debugger handed in. */
import { Extra, type FrameSpec, type RootSpec } from '../../wire/debugger-exchange.ts';
import type { Builtins } from '../realm/builtins.ts';
import type { List } from '../realm/lists.ts';
import { isObject } from '../realm/safe-read.ts';

/** The index in `scopeKinds` of what a WebAssembly frame computes with. */
const expressionStack = 9;

/** A root, as the walk gets it. */
export type RootInput =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'thrown'; readonly error: unknown }
  /** `reason` is a `ReasonCode`, or a sentence that the extension gave. */
  | { readonly type: 'failed'; readonly reason: string }
  | Synthetic;

/** What is drawn like an object but is not in the heap. `id` is negative (see ObjectId). */
export type Synthetic =
  | { readonly type: 'stack'; readonly id: number; readonly frames: List<ScopeInput>; readonly count: number }
  | ScopeInput
  | { readonly type: 'instances'; readonly prototype: object; readonly list: object; readonly name: string };

export interface ScopeInput {
  readonly type: 'scope';
  readonly id: number;
  readonly label: string;
  /** The scopes, innermost first. */
  readonly scopes: List<FrameScope>;
  readonly scopeCount: number;
  readonly extras: List<{ readonly name: string; readonly value: unknown; readonly form: number }>;
  readonly extraCount: number;
  /** What the frames of one stack have in common; null for the scopes of a function. */
  readonly frames: FramesState | null;
  /** The scope of another function that may be the same one. */
  readonly twin?: ScopeInput;
}

export interface FrameScope {
  readonly kind: number;
  readonly variables: object;
  /** Each variable is an object whose `value` is the value. */
  readonly wrapped: boolean;
  /** It is a global object, and its variables are those that scripts declared with `var`. */
  readonly declared: boolean;
  /** The pieces of source to which it may belong, the likeliest first; none when that is unknown. */
  readonly sources: readonly number[];
  /** It belongs to the call itself, and is shown whole. */
  readonly own: boolean;
  /** Any other scope with at most this many variables is shown whole. */
  readonly whole: number;
  /** The variables that are shown of a larger scope. */
  readonly used: NameSet;
}

/** The scopes that belong to calls, and what was drawn so far of others, outermost first. */
export interface FramesState {
  readonly drawn: List<DrawnScope>;
  count: number;
  /** The variables that any frame uses, by source. */
  readonly used: List<NameSet>;
}

export interface DrawnScope {
  /** -1 when unknown. */
  readonly source: number;
  readonly variables: object;
  /** Null means all of them. */
  readonly names: NameSet | null;
  /** How many variables it has; null for a scope of a call, of which a function may see some only. */
  readonly size: number | null;
}

export interface NameSet {
  __proto__: null;
  [name: string]: boolean | null;
}

/** `ReadOptions.accessors` as functions: code that the user wrote. */
export interface Accessor {
  readonly className: string | null;
  readonly accepts: ((target: object) => unknown) | null;
  readonly read: (target: object) => unknown;
}

/** The number of frames. Further frames would have numbers of other things. */
const mostFrames = 131_070;

export function readRoots(builtins: Builtins, specs: readonly RootSpec[], values: List<unknown>): List<RootInput> {
  const roots: List<RootInput> = { __proto__: null };
  for (let index = 0; index < specs.length; index += 1) {
    const spec = specs[index];
    if (spec !== undefined) roots[index] = readRoot(builtins, spec, values);
  }
  return roots;
}

function readRoot(builtins: Builtins, spec: RootSpec, values: List<unknown>): RootInput {
  switch (spec.type) {
    case 'failed':
      return spec;
    case 'object':
      return { type: 'value', value: values[spec.at] };
    case 'boxed': {
      const box = values[spec.at];
      if (!isObject(box)) return { type: 'failed', reason: 'noAnswer' };
      const content = builtins.data(box, 1);
      return builtins.data(box, 0) === 0 ? { type: 'value', value: content } : { type: 'thrown', error: content };
    }
    case 'scope':
      return readFrame(builtins, spec.frame, spec.depth, values, framesState());
    case 'stack': {
      const frames: List<ScopeInput> = { __proto__: null };
      const state = framesState();
      const count = spec.frames.length < mostFrames ? spec.frames.length : mostFrames;
      for (let index = 0; index < count; index += 1) {
        const frame = spec.frames[index];
        if (frame !== undefined) frames[index] = readFrame(builtins, frame, index, values, state);
      }
      return { type: 'stack', id: -1, frames, count };
    }
    case 'instances': {
      const prototype = values[spec.prototype];
      const list = values[spec.list];
      if (!isObject(prototype) || !isObject(list)) return { type: 'failed', reason: 'noClass' };
      return { type: 'instances', prototype, list, name: spec.name };
    }
  }
}

/** The first of these pieces of source; -1 for none, when a page's `Array.prototype` must not be asked. */
export const likeliest = (sources: readonly number[]): number => (sources.length > 0 ? (sources[0] ?? -1) : -1);

const framesState = (): FramesState => ({ drawn: { __proto__: null }, count: 0, used: { __proto__: null } });

function readFrame(
  builtins: Builtins,
  frame: FrameSpec,
  depth: number,
  values: List<unknown>,
  state: FramesState,
): ScopeInput {
  const scopes: ScopeInput['scopes'] = { __proto__: null };
  let scopeCount = 0;
  for (let index = 0; index < frame.scopes.length; index += 1) {
    const scope = frame.scopes[index];
    const given = scope === undefined ? undefined : values[scope.at];
    const variables = isObject(given) && scope?.kind === expressionStack ? builtins.data(given, 'stack') : given;
    if (scope === undefined || !isObject(variables)) continue;
    const { kind, sources, own, whole, wrapped, declared } = scope;
    const used: NameSet = { __proto__: null };
    for (let at = 0; at < scope.used.length; at += 1) used[scope.used[at] ?? ''] = true;
    for (let turn = 0; turn < sources.length; turn += 1) {
      const source = sources[turn] ?? -1;
      const all = state.used[source] ?? { __proto__: null };
      state.used[source] = all;
      for (let at = 0; at < scope.used.length; at += 1) all[scope.used[at] ?? ''] = true;
    }
    scopes[scopeCount] = { kind, variables, wrapped, declared, sources, own, whole, used };
    scopeCount += 1;
    // Before any frame is shown, because a function may be called by one that it contains: a generator is.
    if (own) {
      state.drawn[state.count] = { source: likeliest(sources), variables, names: null, size: null };
      state.count += 1;
    }
  }
  const extras: ScopeInput['extras'] = { __proto__: null };
  for (let index = 0; index < frame.extras.length; index += 1) {
    const extra = frame.extras[index];
    if (extra === undefined) continue;
    const value = values[extra.at];
    extras[index] = {
      name: extra.name,
      value: extra.form === Extra.Boxed && isObject(value) ? builtins.data(value, 0) : value,
      form: extra.form,
    };
  }
  return {
    type: 'scope',
    id: -2 - depth,
    label: frame.label,
    scopes,
    scopeCount,
    extras,
    extraCount: frame.extras.length,
    frames: state,
  };
}
