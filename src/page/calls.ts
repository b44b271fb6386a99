/**
 * Captures what the page's own code asks to draw (demo/memory-graph.js), at the moment of the call. Listens only when asked to. Must
 * run none of the page's code, and read only own data of the call.
 */
import type { Reply } from '../wire/format.ts';
import type { CaptureRequest, PageCall } from '../wire/requests.ts';
import type { Builtins } from './realm/builtins.ts';
import type { List } from './realm/lists.ts';
import { isObject } from './realm/safe-read.ts';

export interface Calls {
  /** Answers the latest call since the last question, or null. From now on listens to `event`, and reads as `request` says. */
  fetch(event: string, request: CaptureRequest): PageCall<Reply> | null;
  /** Stops listening. */
  end(): void;
}

/** Of one call. */
const mostValues = 1000;

export function createCalls(
  builtins: Builtins,
  capture: (request: CaptureRequest, thunks: ArrayLike<() => unknown>) => Reply,
): Calls {
  const { addEventListener } = builtins.browser;
  const { apply, arrayOf, data, defineProperty, defines } = builtins;
  const { eventDetail, removeEventListener } = builtins.browser;
  const { globalObject } = builtins;
  let listensTo: string | null = null;
  let asked: CaptureRequest | null = null;
  let latest: PageCall<Reply> | null = null;

  function nameOf(name: unknown): string {
    return typeof name === 'string' || typeof name === 'number' ? `${name}` : '';
  }

  const listener = {
    __proto__: null,
    handleEvent(event: object): void {
      try {
        const detail = apply(eventDetail, event, []);
        if (asked === null || !isObject(detail) || !defines) return;
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
        // Something else was dispatched, not a call.
      }
    },
  };

  return {
    fetch(event, request) {
      asked = request;
      try {
        if (listensTo === null) apply(addEventListener, globalObject, [event, listener]);
        listensTo = event;
      } catch {
        // The page replaced the function that adds listeners.
      }
      const fetched = latest;
      latest = null;
      return fetched;
    },
    end() {
      if (listensTo !== null) apply(removeEventListener, globalObject, [listensTo, listener]);
      listensTo = null;
      asked = null;
      latest = null;
    },
  };
}
