/** Reads the entries of the browser's collections, by builtins that native-classes.ts judged. */
import type { Method } from '../../realm/judge.ts';
import type { List } from '../../realm/lists.ts';
import { isObject } from '../../realm/safe-read.ts';
import type { WalkContext } from '../../visit/walk-context.ts';
import type { NativeClass, NativeClasses } from './native-classes.ts';

/** Entries, or elements when `keyed` is false. */
export interface Entries {
  readonly keys: List<unknown>;
  readonly values: List<unknown>;
  readonly count: number;
  readonly keyed: boolean;
}

export interface NativeEntries {
  /** Null for an object without entries, and for one of another class. */
  of(target: object, native: NativeClass): Entries | null;
}

const mostEntries = 10_000;

/** How each class is read: pairs of `entries`, what `values` lists, or in a way of its own. */
const readers: { readonly __proto__: null; readonly [tag: string]: string | null } = {
  __proto__: null,
  URLSearchParams: 'entries',
  Headers: 'entries',
  FormData: 'entries',
  AudioParamMap: 'entries',
  KeyboardLayoutMap: 'entries',
  EventCounts: 'entries',
  RTCStatsReport: 'entries',
  HighlightRegistry: 'entries',
  MIDIInputMap: 'entries',
  MIDIOutputMap: 'entries',
  CustomStateSet: 'values',
  Highlight: 'values',
  ViewTransitionTypeSet: 'values',
  GPUSupportedFeatures: 'values',
  WGSLLanguageFeatures: 'values',
  CSSStyleDeclaration: 'style',
  'WebAssembly.Table': 'table',
};

export function createNativeEntries(context: WalkContext, natives: NativeClasses): NativeEntries {
  const { builtins, budget, safe } = context;
  const { call } = natives;

  function gathered(keyed: boolean, next: (index: number) => readonly [unknown, unknown] | null): Entries {
    const keys: List<unknown> = { __proto__: null };
    const values: List<unknown> = { __proto__: null };
    let count = 0;
    for (; count < mostEntries && !budget.isOver(); count += 1) {
      const pair = next(count);
      if (pair === null) break;
      keys[count] = pair[0];
      values[count] = pair[1];
    }
    return { keys, values, count, keyed };
  }

  function iterate(target: object, method: Method | undefined, keyed: boolean): Entries | null {
    const iterator = call(method, target);
    const prototype = isObject(iterator) ? builtins.getPrototypeOf(iterator) : null;
    const next = natives.method(prototype ?? undefined, 'next');
    if (!isObject(iterator) || next === undefined) return null;
    return gathered(keyed, () => {
      const step = call(next, iterator);
      if (!isObject(step) || safe.data(step, 'done') !== false) return null;
      const value = safe.data(step, 'value');
      return keyed && isObject(value) ? [safe.data(value, 0), safe.data(value, 1)] : [undefined, value];
    });
  }

  /** What is set. The text of what `getComputedStyle` returns is empty; reading its values would compute styles. */
  function styles(target: object, hop: object): Entries | null {
    const text = call(natives.getter(hop, 'cssText'), target);
    const item = natives.method(hop, 'item');
    const valueAt = natives.method(hop, 'getPropertyValue');
    if (typeof text !== 'string' || text === '' || item === undefined) return null;
    return gathered(true, (index) => {
      const name = call(item, target, index);
      return typeof name === 'string' && name !== '' ? [name, call(valueAt, target, name)] : null;
    });
  }

  function elements(target: object, hop: object): Entries | null {
    const get = natives.method(hop, 'get');
    const length = call(natives.getter(hop, 'length'), target);
    if (get === undefined || typeof length !== 'number') return null;
    return gathered(false, (index) => (index < length ? [undefined, call(get, target, index)] : null));
  }

  return {
    of(target, native) {
      for (let index = 0; index < native.tagCount; index += 1) {
        const hop = native.hops[index];
        if (hop === undefined) continue;
        switch (builtins.data(readers, native.tags[index] ?? '')) {
          case 'entries':
            return iterate(target, natives.method(hop, 'entries'), true);
          case 'values':
            return iterate(target, natives.method(hop, 'values'), false);
          case 'style':
            return styles(target, hop);
          case 'table':
            return elements(target, hop);
        }
      }
      return null;
    },
  };
}
