/**
 * The scripts of the console watch. They are evaluated with DevTools' command line API in scope, which page code never
 * sees: its `dirxml` logs without the page's `console`, and its presence tells the console from the page.
 */

/** What a link in the console begins with; the rest names what to draw. */
const LINK = 'memory-graph://graph/';
/** Values that `graph(…)` keeps, so that the links to them go on working; older ones are let go. */
const KEPT = 20;
/** Milliseconds. Who asks no more for two such periods is gone, and `graph` with it. */
const LEASE_PERIOD = 5000;

/**
 * Answers `[stored, asked]`: how many of `temp1`, `temp2`, … there are without a gap, and the number of the value that
 * `graph` was called with last, null when it is not installed. Asking renews the lease.
 */
export function pollScript(token: string): string {
  return `(() => {
  let stored = 0;
  while ('temp' + (stored + 1) in globalThis) stored += 1;
  const held = getEventListeners(globalThis)[${JSON.stringify(token)}];
  return [stored, held ? held[0].listener.renew() : null];
})()`;
}

/**
 * Makes `graph`, as an accessor that gives it only while DevTools evaluates something: the page's own code sees
 * `undefined` there, and whatever it assigns or declares takes its place. Answers false when the page has a `graph`.
 */
export function installScript(token: string): string {
  return `(() => {
  if ('graph' in globalThis) return false;
  const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor } = Reflect;
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const { setInterval, clearInterval } = globalThis;
  let calls = 0;
  let asked = 0;
  let renewals = 0;
  let seen = -1;
  const keep = (value) => {
    calls += 1;
    graph[calls] = value;
    delete graph[calls - ${KEPT}];
    return calls;
  };
  const graph = (value) => {
    dirxml('Graph in Memory view: ${LINK}' + (calls + 1));
    asked = keep(value);
    return value;
  };
  const get = () => ('dirxml' in globalThis && 'getEventListeners' in globalThis ? graph : undefined);
  const set = (value) => {
    defineProperty(globalThis, 'graph', { __proto__: null, value, writable: true, enumerable: true, configurable: true });
  };
  const holder = {
    __proto__: null,
    handleEvent() {},
    renew() {
      renewals += 1;
      return asked;
    },
    keep,
    release() {
      apply(clearInterval, globalThis, [timer]);
      apply(removeEventListener, globalThis, [${JSON.stringify(token)}, holder]);
      const own = getOwnPropertyDescriptor(globalThis, 'graph');
      if (own && own.get === get) deleteProperty(globalThis, 'graph');
    },
  };
  const timer = apply(setInterval, globalThis, [() => {
    if (seen === renewals) holder.release();
    seen = renewals;
  }, ${LEASE_PERIOD}]);
  apply(addEventListener, globalThis, [${JSON.stringify(token)}, holder]);
  defineProperty(globalThis, 'graph', { __proto__: null, get, set, enumerable: false, configurable: true });
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
 * The expression that a link stands for, null for anything else. Pages can log such links too: they can name a stored
 * global or a call of `graph`, and nothing more.
 */
export function expressionOfLink(url: string): string | null {
  if (!url.startsWith(LINK)) return null;
  const name = url.slice(LINK.length);
  if (/^temp[1-9]\d{0,5}$/.test(name)) return name;
  return /^[1-9]\d{0,5}$/.test(name) ? `graph[${name}]` : null;
}
