/**
 * The scripts of the console watch. They are evaluated with DevTools' command line API in scope, which page code never
 * sees: its `dirxml` logs without the page's `console`, and its presence tells the console from the page.
 */
import graphSource from 'virtual:graph';
import { TOOL_LINES } from '../capture/command-line.ts';
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
 * the first call, null when it is not installed, false when it cannot be found; whether the page has what calls the panel
 * (src/capture/page-calls.ts). Asking renews the lease.
 */
export function pollScript(token: string): string {
  return `(() => {
  ${TOOL_LINES}
  let stored = 0;
  while ('temp' + (stored + 1) in scope) stored += 1;
  const keeper = held(${JSON.stringify(token)});
  return [stored, keeper ? keeper.renew() : keeper === null ? null : false, callsPanel('${PAGE_CALL}')];
})()`;
}

/**
 * Answers the last of `temp<first>` … `temp<last>` that a person has stored, null for none. DevTools makes a plain property of the window and
 * then evaluates it in the console, so it is the console's last result, too; a page's own `temp1`, or an element of that
 * id, is not. Looks at own descriptors only, so no accessor of the page runs.
 */
export function storedScript(first: number, last: number): string {
  return `(() => {
  ${TOOL_LINES}
  const holder = valueOf(scope, 'Reflect');
  const descriptorOf = typeof holder === 'object' && holder !== null ? valueOf(holder, 'getOwnPropertyDescriptor') : null;
  if (!isBuiltin(descriptorOf, 'getOwnPropertyDescriptor')) return null;
  // Copies of own properties alone: what a descriptor lacks, Object.prototype may answer for.
  const ownOf = (key) => ({ __proto__: null, ...descriptorOf(scope, key) });
  const result = ownOf('$_');
  // DevTools' own is not enumerable; where the page has one, the last result is not to be had.
  const known = !result.enumerable && 'value' in result;
  let stored = null;
  for (let number = ${first}; number <= ${last}; number++) {
    const own = ownOf('temp' + number);
    if (!own.writable || !own.configurable || !own.enumerable) continue;
    if (!known || own.value === result.value) stored = number;
  }
  return stored;
})()`;
}

/** Makes `graph`. Answers false when that cannot be: see src/page/graph.ts. */
export function installScript(token: string): string {
  const options = { token, lease: LEASE_PERIOD, kept: KEPT, link: SAID };
  return `(${graphSource})(this, ${JSON.stringify(options)})`;
}

export function releaseScript(token: string): string {
  return `(() => {
  ${TOOL_LINES}
  const keeper = held(${JSON.stringify(token)});
  if (keeper) keeper.release();
})()`;
}

/** Logs the link to a stored global, without the page's own `console`. */
export function linkScript(name: string): string {
  return `(() => {
  ${TOOL_LINES}
  const log = tool('dirxml');
  if (log) log('${SAID}${name}');
})()`;
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
