/**
 * `graph(…)` for DevTools' console, in a page: keeps what it is given for the panel to draw, and is there for who evaluates
 * in DevTools alone. Must run none of the page's code and leave nothing behind when nobody asks any more.
 */
import { type Builtins, captureBuiltins, type Method } from './builtins.ts';
import { createHold } from './hold.ts';

export interface GraphOptions {
  /** The event on which the function's keeper hangs. */
  readonly token: string;
  /** Milliseconds. Who asks no more for two such periods is gone, and `graph` with it. */
  readonly lease: number;
  /** Values that are kept, so that the links to them go on working; older ones are let go. */
  readonly kept: number;
  /** What is logged before the numbers of a call's values. */
  readonly link: string;
}

/** A window, this one or a frame's. */
type Realm = Window & typeof globalThis;

interface Place {
  readonly realm: Realm;
  readonly get: () => unknown;
  readonly next: Place | null;
}

/**
 * Makes `graph`, in this window and its frames of the same origin, as an accessor that gives it only while DevTools
 * evaluates something there: the page's own code sees `undefined`, and whatever it assigns or declares takes its place.
 * Answers false when the page has a `graph`, or has replaced what this takes.
 * @param scope The global object.
 */
export function offerGraph(scope: typeof globalThis, { token, lease, kept, link }: GraphOptions): boolean {
  const builtins = captureBuiltins(scope);
  const { defineProperty, descriptorOf, addEventListener, removeEventListener, setTimeout } = builtins;
  // Unforgeable: a page cannot replace it.
  const here = builtins.globalObject.window;
  if (!builtins.usable || defineProperty === undefined) return false;
  // Without them it could neither be found nor go again.
  if (addEventListener === undefined || removeEventListener === undefined || setTimeout === undefined) return false;
  if ('graph' in here) return false;
  let calls = 0;
  let asked: readonly [number, number] = [0, 0];
  let places: Place | null = null;
  let asking: Realm = here;

  const graph = (...values: readonly unknown[]): unknown => {
    const first = calls + 1;
    for (let index = 0; index < values.length || index === 0; index += 1) {
      calls += 1;
      // Beyond its end an array shows what the page has put on its prototypes.
      const value = index < values.length ? values[index] : undefined;
      defineProperty(graph, calls, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
      if (hasSlots(graph)) delete graph[calls - kept];
    }
    asked = [first, calls];
    // Who got hold of it outside of the console has nothing to print with.
    consoleFunction(builtins, asking, 'dirxml')?.(`${link}${first === calls ? first : `${first}-${calls}`}`);
    return values.length > 0 ? values[0] : undefined;
  };

  function offer(realm: Realm): void {
    if ('graph' in realm) return;
    const get = (): unknown => {
      if (!consoleFunction(builtins, realm, 'dirxml') || !isConsole(builtins, realm)) return undefined;
      asking = realm;
      return graph;
    };
    const set = (value: unknown): void => {
      defineProperty?.(realm, 'graph', {
        __proto__: null,
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    };
    defineProperty?.(realm, 'graph', { __proto__: null, get, set, enumerable: false, configurable: true });
    places = { realm, get, next: places };
  }

  function offerInFrames(realm: Realm): void {
    // A frame's descriptor is made of an object that inherits from the page's Object.prototype.
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
    for (let place = places; place !== null; place = place.next) {
      try {
        const own = descriptorOf(place.realm, 'graph');
        if (own !== undefined && builtins.has(own, 'get') && own.get === place.get)
          delete (place.realm as { graph?: unknown }).graph;
      } catch {
        // The frame went to another origin.
      }
    }
    places = null;
  }

  const holder = createHold(builtins, withdraw);
  const keeper = {
    __proto__: null,
    handleEvent: holder.answer,
    renew(): readonly [number, number] {
      holder.renew();
      offerInFrames(here);
      return asked;
    },
    release: holder.release,
  };
  holder.hold(keeper, token, lease);
  offer(here);
  return true;
}

function hasSlots(value: unknown): value is { [number: number]: unknown } {
  return typeof value === 'function';
}

function isRealm(value: unknown): value is Realm {
  return typeof value === 'object' && value !== null;
}

/** A function of DevTools' console while DevTools evaluates in this window; undefined where the page has its own. */
function consoleFunction(builtins: Builtins, realm: Realm, name: string): Method | undefined {
  const value = builtins.data(realm, name);
  return isMethod(value) && builtins.looksNative(value, name) ? value : undefined;
}

/** Whether DevTools evaluates in this window: by functions that no page can have, unless the page has put others there. */
function isConsole(builtins: Builtins, realm: Realm): boolean {
  return (
    consoleFunction(builtins, realm, 'getEventListeners') !== undefined ||
    consoleFunction(builtins, realm, 'monitorEvents') !== undefined
  );
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}
