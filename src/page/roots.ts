/** What a walk starts from, and how it is put together of what the debugger handed in. */
import type { FrameSpec, RootSpec } from '../snapshot/exchange.ts';
import type { Builtins } from './builtins.ts';
import type { List } from './lists.ts';

/** What was asked for, as far as the page has to do with it. */
export type RootInput =
  | { readonly type: 'value'; readonly value: unknown }
  | { readonly type: 'thrown'; readonly error: unknown }
  /** `reason` is a sentence. */
  | { readonly type: 'failed'; readonly reason: string }
  | Synthetic;

/** What is drawn like an object, but is none of the heap; `id` is negative (see ObjectId). */
export type Synthetic =
  | { readonly type: 'stack'; readonly id: number; readonly frames: List<ScopeInput>; readonly count: number }
  | ScopeInput
  | { readonly type: 'instances'; readonly prototype: object; readonly list: object; readonly name: string };

export interface ScopeInput {
  readonly type: 'scope';
  readonly id: number;
  readonly label: string;
  /** From the innermost to the outermost. */
  readonly scopes: List<{ readonly kind: number; readonly variables: object }>;
  readonly scopeCount: number;
  readonly extras: List<{ readonly name: string; readonly value: unknown }>;
  readonly extraCount: number;
}

/** Frames beyond this would have numbers of other things. */
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
      if (!isObject(box)) return { type: 'failed', reason: 'The page gave no answer.' };
      const content = builtins.data(box, 1);
      return builtins.data(box, 0) === 0 ? { type: 'value', value: content } : { type: 'thrown', error: content };
    }
    case 'scope':
      return readFrame(spec.frame, spec.depth, values);
    case 'stack': {
      const frames: List<ScopeInput> = { __proto__: null };
      const count = spec.frames.length < mostFrames ? spec.frames.length : mostFrames;
      for (let index = 0; index < count; index += 1) {
        const frame = spec.frames[index];
        if (frame !== undefined) frames[index] = readFrame(frame, index, values);
      }
      return { type: 'stack', id: -1, frames, count };
    }
    case 'instances': {
      const prototype = values[spec.prototype];
      const list = values[spec.list];
      if (!isObject(prototype) || !isObject(list)) return { type: 'failed', reason: 'This is no class.' };
      return { type: 'instances', prototype, list, name: spec.name };
    }
  }
}

function readFrame(frame: FrameSpec, depth: number, values: List<unknown>): ScopeInput {
  const scopes: ScopeInput['scopes'] = { __proto__: null };
  let scopeCount = 0;
  for (let index = 0; index < frame.scopes.length; index += 1) {
    const scope = frame.scopes[index];
    const variables = scope === undefined ? undefined : values[scope.at];
    if (scope === undefined || !isObject(variables)) continue;
    scopes[scopeCount] = { kind: scope.kind, variables };
    scopeCount += 1;
  }
  const extras: ScopeInput['extras'] = { __proto__: null };
  for (let index = 0; index < frame.extras.length; index += 1) {
    const extra = frame.extras[index];
    if (extra !== undefined) extras[index] = { name: extra.name, value: values[extra.at] };
  }
  return {
    type: 'scope',
    id: -2 - depth,
    label: frame.label,
    scopes,
    scopeCount,
    extras,
    extraCount: frame.extras.length,
  };
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
