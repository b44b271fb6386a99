/**
 * The scripts of the console watch. They are evaluated with DevTools' command line API in scope, which page code never
 * sees: its `dirxml` logs without the page's `console`, and its presence tells the console from the page.
 */
import { PAGE_CALL } from '../capture/page-calls.ts';

/** What a link in the console begins with; the rest names what to draw. */
const LINK = 'memory-graph://graph/';
/** Values that `graph(…)` keeps, so that the links to them go on working; older ones are let go. */
const KEPT = 20;
/** Milliseconds. Who asks no more for two such periods is gone, and `graph` with it. */
const LEASE_PERIOD = 5000;

/**
 * Answers `[stored, asked, calls]`: how many of `temp1`, `temp2`, … there are without a gap, counted as DevTools counts when it
 * looks for a free one; and `[first, last]`, the numbers of the values that `graph` was called with last, `[0, 0]` before
 * the first call, null when it is not installed; whether the page has what calls the panel (src/capture/page-calls.ts).
 * Asking renews the lease.
 */
export function pollScript(token: string): string {
  return `(() => {
  let stored = 0;
  while ('temp' + (stored + 1) in globalThis) stored += 1;
  // A copy of own properties alone: the page may have put a name on Object.prototype.
  const listeners = { __proto__: null, ...getEventListeners(globalThis) };
  const held = listeners[${JSON.stringify(token)}];
  return [stored, held ? held[0].listener.renew() : null, '${PAGE_CALL}' in listeners];
})()`;
}

/**
 * Answers which of `temp<first>` … `temp<last>` a person has stored. DevTools makes a plain property of the window and
 * then evaluates it in the console, so it is the console's last result, too; a page's own `temp1`, or an element of that
 * id, is not. Looks at own descriptors only, so no accessor of the page runs.
 */
export function storedScript(first: number, last: number): string {
  return `(() => {
  const { getOwnPropertyDescriptor } = Reflect;
  // V8 quotes a function's text: any other is the page's.
  const complaint = (key) => { try { return key in 1; } catch (error) { return error.message; } };
  if (complaint(getOwnPropertyDescriptor) !== complaint('function getOwnPropertyDescriptor() { [native code] }')) return [];
  // Copies of own properties alone: what a descriptor lacks, Object.prototype may answer for.
  const ownOf = (key) => ({ __proto__: null, ...getOwnPropertyDescriptor(globalThis, key) });
  const result = ownOf('$_');
  // DevTools' own is not enumerable; where the page has one, the last result is not to be had.
  const known = !result.enumerable && 'value' in result;
  const stored = [];
  for (let number = ${first}; number <= ${last}; number++) {
    const own = ownOf('temp' + number);
    if (!own.writable || !own.configurable || !own.enumerable) continue;
    if (!known || own.value === result.value) stored[stored.length] = number;
  }
  return stored;
})()`;
}

/**
 * Makes `graph`, in this window and its frames of the same origin, as an accessor that gives it only while DevTools
 * evaluates something there: the page's own code sees `undefined`, and whatever it assigns or declares takes its place.
 * Answers false when the page has a `graph`.
 */
export function installScript(token: string): string {
  return `(() => {
  if ('graph' in globalThis) return false;
  const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor } = Reflect;
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const { setInterval, clearInterval } = globalThis;
  let calls = 0;
  let asked = [0, 0];
  let renewals = 0;
  let seen = -1;
  let places = [];
  let asking = globalThis;
  const graph = (...values) => {
    const first = calls + 1;
    for (let index = 0; index < values.length || index === 0; index++) {
      calls += 1;
      defineProperty(graph, calls, { __proto__: null, value: values[index], writable: true, enumerable: true, configurable: true });
      delete graph[calls - ${KEPT}];
    }
    asked = [first, calls];
    // Who got hold of it outside of the console has nothing to print with.
    if ('dirxml' in asking) asking.dirxml('Graph in Memory view: ${LINK}' + (first === calls ? first : first + '-' + calls));
    return values[0];
  };
  const offer = (realm) => {
    if ('graph' in realm) return;
    const get = () => {
      if (!('dirxml' in realm && 'getEventListeners' in realm)) return undefined;
      asking = realm;
      return graph;
    };
    const set = (value) => {
      defineProperty(realm, 'graph', { __proto__: null, value, writable: true, enumerable: true, configurable: true });
    };
    defineProperty(realm, 'graph', { __proto__: null, get, set, enumerable: false, configurable: true });
    places[places.length] = { __proto__: null, realm, get };
  };
  const withdraw = ({ realm, get }) => {
    try {
      const own = getOwnPropertyDescriptor(realm, 'graph');
      if (own && own.get === get) deleteProperty(realm, 'graph');
    } catch {
      // The frame went to another origin.
    }
  };
  const offerInFrames = (realm) => {
    for (let index = 0; ; index++) {
      const frame = getOwnPropertyDescriptor(realm, index);
      if (!frame) return;
      try {
        offer(frame.value);
        offerInFrames(frame.value);
      } catch {
        // A frame of another origin.
      }
    }
  };
  const holder = {
    __proto__: null,
    handleEvent() {},
    renew() {
      renewals += 1;
      offerInFrames(globalThis);
      return asked;
    },
    release() {
      apply(clearInterval, globalThis, [timer]);
      apply(removeEventListener, globalThis, [${JSON.stringify(token)}, holder]);
      for (let index = 0; index < places.length; index++) withdraw(places[index]);
    },
  };
  const timer = apply(setInterval, globalThis, [() => {
    if (seen === renewals) holder.release();
    seen = renewals;
  }, ${LEASE_PERIOD}]);
  apply(addEventListener, globalThis, [${JSON.stringify(token)}, holder]);
  offer(globalThis);
  return true;
})()`;
}

export function releaseScript(token: string): string {
  return `(() => {
  const held = getEventListeners(globalThis)[${JSON.stringify(token)}];
  if (held) held[0].listener.release();
})()`;
}

/** Logs the link to a stored global, without the page's own `console`. */
export function linkScript(name: string): string {
  return `dirxml('Graph in Memory view: ${LINK}${name}')`;
}

/**
 * The expressions that a link stands for, null for anything else. Pages can log such links too: they can name a stored
 * global or values that `graph` keeps, and nothing more.
 */
export function expressionsOfLink(url: string): readonly string[] | null {
  if (!url.startsWith(LINK)) return null;
  const name = url.slice(LINK.length);
  if (/^temp[1-9]\d{0,5}$/.test(name)) return [name];
  const [, first, last = first] = /^([1-9]\d{0,5})(?:-([1-9]\d{0,5}))?$/.exec(name) ?? [];
  return first === undefined ? null : expressionsOfCall(Number(first), Number(last));
}

/** Those of a call's values that `graph` still keeps. */
export function expressionsOfCall(first: number, last: number): readonly string[] {
  const from = Math.max(first, last - KEPT + 1);
  return Array.from({ length: Math.max(0, last - from + 1) }, (_, index) => `graph[${from + index}]`);
}
