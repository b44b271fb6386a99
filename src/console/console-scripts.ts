/**
 * The scripts of the console watch. They are evaluated with DevTools' command line API in scope, which page code never
 * sees. Its `dirxml` logs without the page's `console`, and its presence distinguishes the Console from the page.
 */

import graphSource from 'virtual:graph';
import { commandLineScript, type RecorderBudget } from '../capture/command-line.ts';
import { PAGE_CALL } from '../capture/eval/page-calls.ts';
import { say } from '../words/say.ts';

/** The start of a link in the Console; the rest names what to draw. */
const LINK = 'memory-graph://graph/';
const SAID = say('console_link', { link: LINK });
/** The number of values that `graph(…)` keeps, so that links to them still work. Older ones are released. */
const KEPT = 20;
/** Milliseconds. After two such periods without a question, `graph` is removed. */
const LEASE_PERIOD = 5000;

/** Answers a `Poll`. Asking renews the lease. */
export function pollScript(token: string, offered: boolean, listens: boolean): string {
  return commandLineScript('poll', token, PAGE_CALL, offered, listens);
}

/** Answers the number of the last of `temp<first>` … `temp<last>` that the user stored, null for none. */
export function storedScript(first: number, last: number): string {
  return commandLineScript('lastStored', first, last);
}

/** What of each call of `graph` is kept, and how much of all calls. */
export interface Filming {
  /** A `ReadOptions`. */
  readonly view: object;
  readonly budget: RecorderBudget;
}

/** Installs `graph`. Answers false when that is impossible: see src/page/devtools/console-graph.ts. */
export function installScript(token: string, filming: Filming): string {
  const options = { ...filming, token, lease: LEASE_PERIOD, kept: KEPT, link: SAID };
  return `(${graphSource})(this, ${JSON.stringify(options)})`;
}

/** Answers what was kept of the calls of `graph` since the last question: a `CallsHandout`, or null. */
export function takeCallsScript(token: string): string {
  return commandLineScript('takeCalls', token);
}

/** Forgets the calls so far. Answers the number of the next film, or null where `graph` is not there. */
export function beginCallsScript(token: string, budget: RecorderBudget, inPage: boolean): string {
  return commandLineScript('beginCalls', token, budget, inPage);
}

export function releaseScript(token: string): string {
  return commandLineScript('release', token);
}

/** Logs the link to a stored global. */
export function linkScript(name: string): string {
  return commandLineScript('log', SAID + name);
}

/**
 * The expressions that a link names; null for any other link. Pages can log such links too, so a link can name a stored global
 * or values that `graph` keeps, and nothing else.
 */
export function expressionsOfLink(url: string): readonly string[] | null {
  if (!url.startsWith(LINK)) return null;
  const name = url.slice(LINK.length);
  if (/^temp[1-9]\d{0,5}$/.test(name)) return [name];
  const [, first, last = first] = /^([1-9]\d{0,5})(?:-([1-9]\d{0,5}))?$/.exec(name) ?? [];
  return first === undefined ? null : expressionsOfCall(Number(first), Number(last));
}

/** The expressions of a call's values, as far as `graph` still keeps them. */
export function expressionsOfCall(first: number, last: number): readonly string[] {
  const from = Math.max(first, last - KEPT + 1);
  return Array.from({ length: Math.max(0, last - from + 1) }, (_, index) => `graph[${from + index}]`);
}
