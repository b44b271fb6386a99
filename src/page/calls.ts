/**
 * Takes what the page's own code gives to be drawn (demo/memory-graph.js), as it is at the moment of the call. Listens only
 * when asked to. Must run none of the page's code, nor read anything of what it gives but own data.
 */
import type { Reply } from '../snapshot/format.ts';
import type { CaptureRequest } from './agent.ts';
import type { Builtins } from './builtins.ts';
import type { List } from './lists.ts';
import { isObject } from './look.ts';

/** One call: its names, and the reply for their values. */
interface Call {
  readonly names: readonly string[];
  readonly reply: Reply;
}

export interface Calls {
  /** Answers the latest call since the last question, or null. From now on listens to `event`, and reads as `request` says. */
  fetch(event: string, request: CaptureRequest): Call | null;
  /** Listens no more. */
  end(): void;
}

/** Of one call. */
const mostValues = 1000;

export function createCalls(
  builtins: Builtins,
  capture: (request: CaptureRequest, thunks: ArrayLike<() => unknown>) => Reply,
): Calls {
  const { addEventListener, apply, arrayOf, data, defineProperty, eventDetail, globalObject, removeEventListener } =
    builtins;
  let listensTo: string | null = null;
  let asked: CaptureRequest | null = null;
  let latest: Call | null = null;

  function nameOf(name: unknown): string {
    return typeof name === 'string' || typeof name === 'number' ? `${name}` : '';
  }

  const listener = {
    __proto__: null,
    handleEvent(event: object): void {
      try {
        const detail = eventDetail === undefined ? undefined : apply(eventDetail, event, []);
        if (asked === null || !isObject(detail) || defineProperty === undefined) return;
        const names = data(detail, 'names');
        const values = data(detail, 'values');
        if (!isObject(names) || !isObject(values)) return;
        const length = data(names, 'length');
        const count = typeof length === 'number' && length < mostValues ? length : mostValues;
        const thunks: List<() => unknown> & { length: number } = { __proto__: null, length: count };
        for (let index = 0; index < count; index += 1) thunks[index] = () => data(values, index);
        latest = { names: arrayOf(count, (index) => nameOf(data(names, index))), reply: capture(asked, thunks) };
        const taken = { __proto__: null, value: true, writable: true, enumerable: true, configurable: true };
        defineProperty(detail, 'taken', taken);
      } catch {
        // Whatever was dispatched, it is no call.
      }
    },
  };

  return {
    fetch(event, request) {
      asked = request;
      if (listensTo === null && addEventListener !== undefined && removeEventListener !== undefined) {
        apply(addEventListener, globalObject, [event, listener]);
        listensTo = event;
      }
      const fetched = latest;
      latest = null;
      return fetched;
    },
    end() {
      if (listensTo !== null && removeEventListener !== undefined)
        apply(removeEventListener, globalObject, [listensTo, listener]);
      listensTo = null;
      asked = null;
      latest = null;
    },
  };
}
