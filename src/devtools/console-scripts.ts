/**
 * The scripts of the console watch. They are evaluated with DevTools' command line API in scope, which page code never
 * sees: its `dirxml` logs without the page's `console`, and its presence tells the console from the page.
 */
import graphSource from 'virtual:graph';
import { PAGE_CALL } from '../capture/page-calls.ts';

/** What a link in the console begins with; the rest names what to draw. */
const LINK = 'memory-graph://graph/';
const SAID = `Graph in Memory view: ${LINK}`;
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

/** Makes `graph`. Answers false when that cannot be: see src/page/graph.ts. */
export function installScript(token: string): string {
  const options = { token, lease: LEASE_PERIOD, kept: KEPT, link: SAID };
  return `(${graphSource})(${JSON.stringify(options)})`;
}

export function releaseScript(token: string): string {
  return `(() => {
  const held = getEventListeners(globalThis)[${JSON.stringify(token)}];
  if (held) held[0].listener.release();
})()`;
}

/** Logs the link to a stored global, without the page's own `console`. */
export function linkScript(name: string): string {
  return `dirxml('${SAID}${name}')`;
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
