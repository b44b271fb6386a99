/**
 * `graph(…)` for DevTools' Console, log points and conditions, in a page. Keeps its arguments for the panel to draw, and what they were
 * at each call. Exists only for code that DevTools evaluates, unless the user wants it for the page's own code, too. Must run none of the
 * page's code, and leave nothing behind when nobody asks any more.
 */

import type { ReadOptions } from '../../snapshot/read-options.ts';
import type { CallsHandout, RecorderBudget } from '../../wire/recorder-exchange.ts';
import { createLease } from '../lease.ts';
import { type Builtins, captureBuiltins } from '../realm/builtins.ts';
import { isMethod, type Method } from '../realm/judge.ts';
import { createCallers } from '../recorder/callers.ts';
import { createGraphCalls } from '../recorder/graph-calls.ts';

export interface GraphOptions {
  /** The event to which the function's keeper listens. */
  readonly token: string;
  /** Milliseconds. After two such periods without a question, `graph` is removed. */
  readonly lease: number;
  /** The number of values that are kept, so that links to them still work. Older ones are released. */
  readonly kept: number;
  /** The start of the link that is logged; the numbers of a call's values follow. */
  readonly link: string;
  /** What is read at each call, and how much of all calls. */
  readonly view: ReadOptions;
  readonly budget: RecorderBudget;
}

/** This window, or that of a frame. */
type Realm = Window & typeof globalThis;

interface Offer {
  readonly realm: Realm;
  readonly get: () => unknown;
  readonly next: Offer | null;
}

/**
 * Installs `graph` in this window and its frames of the same origin, as an accessor that returns it only while DevTools evaluates
 * something there. The page's own code sees `undefined`, and what it assigns or declares replaces it. Answers false when the page
 * has a `graph`, or replaced what this needs.
 * @param scope The global object.
 */
export function offerGraph(
  scope: typeof globalThis,
  { token, lease, kept, link, view, budget }: GraphOptions,
): boolean {
  const builtins = captureBuiltins(scope);
  const { defineProperty, descriptorOf } = builtins;
  // The page cannot replace it.
  const here = builtins.globalObject.window;
  if (!builtins.usable || !builtins.defines) return false;
  // Otherwise it could be neither found nor removed.
  if (!builtins.browser.holdsListeners) return false;
  // Where the page hardened its prototypes, finding `graph` again would run accessors each second.
  if ('graph' in here || isHardened(builtins)) return false;
  let calls = 0;
  let asked: readonly [number, number] = [0, 0];
  let offers: Offer | null = null;
  let asking: Realm = here;
  let open = false;
  // A script's literals are made as the page's own objects are, and these stay.
  const film = createGraphCalls(builtins, { ...view, slices: { ...view.slices } }, { ...budget });
  const callers = createCallers(builtins);

  /** For code that is not entered in the Console: keeps no value. */
  const told = (...values: readonly unknown[]): unknown => {
    film.keep(values, callers.place());
    return values.length > 0 ? values[0] : undefined;
  };

  const graph = (...values: readonly unknown[]): unknown => {
    film.keep(values, callers.place());
    const first = calls + 1;
    for (let index = 0; index < values.length || index === 0; index += 1) {
      calls += 1;
      // Reading beyond the end of an array would read its prototypes, which the page may have changed.
      const value = index < values.length ? values[index] : undefined;
      defineProperty(graph, calls, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
      if (hasSlots(graph)) delete graph[calls - kept];
    }
    asked = [first, calls];
    // Code that kept `graph` for use outside of the Console cannot print.
    consoleFunction(builtins, asking, 'dirxml')?.(`${link}${first === calls ? first : `${first}-${calls}`}`);
    return values.length > 0 ? values[0] : undefined;
  };

  function offer(realm: Realm): void {
    if ('graph' in realm) return;
    const get = (): unknown => {
      if (consoleFunction(builtins, realm, 'dirxml') && isConsole(builtins, realm)) {
        asking = realm;
        return graph;
      }
      return open || callers.isLogPoint() ? told : undefined;
    };
    const set = (value: unknown): void => {
      defineProperty(realm, 'graph', {
        __proto__: null,
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    };
    defineProperty(realm, 'graph', { __proto__: null, get, set, enumerable: false, configurable: true });
    offers = { realm, get, next: offers };
  }

  function offerInFrames(realm: Realm): void {
    // A frame's descriptor inherits from the Object.prototype of the page.
    for (let index = 0; builtins.has(realm, index); index += 1) {
      try {
        const frame: unknown = realm[index];
        if (!isRealm(frame)) continue;
        offer(frame);
        offerInFrames(frame);
      } catch {
        // A frame of another origin.
      }
    }
  }

  function withdraw(): void {
    for (let offered = offers; offered !== null; offered = offered.next) {
      try {
        const own = descriptorOf(offered.realm, 'graph');
        if (own !== undefined && builtins.has(own, 'get') && own.get === offered.get)
          delete (offered.realm as { graph?: unknown }).graph;
      } catch {
        // The frame navigated to another origin.
      }
    }
    offers = null;
  }

  const leased = createLease(builtins, () => {
    withdraw();
    film.end();
  });
  const keeper = {
    __proto__: null,
    handleEvent: leased.answer,
    renew(): readonly [number, number, number, number] {
      leased.renew();
      offerInFrames(here);
      return [asked[0], asked[1], film.film, film.calls];
    },
    takeCalls: (): CallsHandout => film.take(),
    beginCalls(next: RecorderBudget, inPage: boolean): number {
      open = inPage;
      film.begin({ ...next });
      return film.film;
    },
    release: leased.release,
  };
  leased.attach(keeper, token, lease);
  offer(here);
  return true;
}

function isHardened({ descriptorOf, objectPrototype, has }: Builtins): boolean {
  const found = descriptorOf(objectPrototype, '__lookupGetter__');
  return found !== undefined && !has(found, 'value');
}

function hasSlots(value: unknown): value is { [number: number]: unknown } {
  return typeof value === 'function';
}

function isRealm(value: unknown): value is Realm {
  return typeof value === 'object' && value !== null;
}

/** A function of DevTools' Console while DevTools evaluates in this window; undefined when the page has its own. */
function consoleFunction(builtins: Builtins, realm: Realm, name: string): Method | undefined {
  const value = builtins.data(realm, name);
  return isMethod(value) && builtins.looksNative(value, name) ? value : undefined;
}

/** Whether DevTools evaluates in this window. Goes by functions that a page cannot have, unless it put its own there. */
function isConsole(builtins: Builtins, realm: Realm): boolean {
  return (
    consoleFunction(builtins, realm, 'getEventListeners') !== undefined ||
    consoleFunction(builtins, realm, 'monitorEvents') !== undefined
  );
}
