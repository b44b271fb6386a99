/**
 * What scripts in DevTools' own session ask of its command line, whose functions DevTools puts into the global scope: the types
 * that both ends import, src/page/devtools/command-line.ts and src/capture/command-line.ts. Types only.
 */

import type { CallsHandout, RecorderBudget } from './recorder-exchange.ts';

export interface CommandLine {
  /**
   * The agent or other object that the page holds for us under `token` (src/page/lease.ts), also while the page is paused.
   * Null for none, undefined where the page replaced everything that could find it.
   */
  find(token: string): object | null | undefined;
  /** Whether the page made accessors of what every object inherits. Each function of the command line that looks something up runs one. */
  isHardened(): boolean;
  /** Renews the lease of what the page holds under `token`. Answers whether there is such a thing, and whether the page is hardened. */
  renew(token: string): readonly [held: boolean, hardened: boolean];
  /**
   * The object that the global object or the topmost window of its origin holds under `token`, without the command line's
   * functions. Null for none, undefined where it cannot be found.
   */
  findByEvent(token: string): object | null | undefined;
  /** Whether this is a frame below the topmost window, of the same origin. */
  reachesTopmost(): boolean;
  /** Whether the page has a script that calls the panel by events of this type (demo/memory-graph.js). */
  callsPanel(type: string): boolean;
  /**
   * Answers what the console watch needs to know; renews the lease of `graph`, or removes it where the page is hardened. Reads nothing
   * of the page when there is no `graph` and no `memoryGraph`, or neither is wanted.
   * @param offered Whether `graph` is wanted.
   * @param listens Whether calls of the page's own code are.
   */
  poll(token: string, type: string, offered: boolean, listens: boolean): Poll;
  /**
   * The number of the last of `temp<first>` … `temp<last>` that the user stored, null for none. DevTools makes a plain property
   * of the window and then evaluates it in the Console, so it is the Console's last result too. A page's own `temp1`, or an
   * element with that id, is not.
   */
  lastStored(first: number, last: number): number | null;
  /** What was kept of the calls of `graph` since the last question; null where there is no `graph`. */
  takeCalls(token: string): CallsHandout | null;
  /**
   * Begins a film of the calls of `graph` anew, and answers its number; null where there is no `graph`.
   * @param inPage The page's own code can call it from now on.
   */
  beginCalls(token: string, budget: RecorderBudget, inPage: boolean): number | null;
  /** Stores the object as DevTools does: answers the name, null where that is impossible. */
  store(target: object): string | null;
  /** Logs a text without the page's own `console`. */
  log(text: string): void;
  /** Lets the page release at once what it holds under `token`. */
  release(token: string): void;
  /** The listeners of an element by their types, with their options in the name. */
  listenersOf(element: object): object;
  /** Whether accessors can be recognized before they are read. */
  seesAccessors(): boolean;
}

export type Poll = readonly [
  /** How many of `temp1`, `temp2`, … exist without a gap, counted as DevTools does to find a free name. */
  stored: number,
  /**
   * The numbers of the values of the latest call of `graph` in the Console (0 before the first one), the number of the film of
   * its calls, and of the calls in it. Null when `graph` is not installed, false when it cannot be found.
   */
  graph: readonly [first: number, last: number, film: number, calls: number] | null | false,
  /** Whether the page has a script that calls the panel. */
  calls: boolean,
  /** Whether it was seen that the page is hardened. */
  hardened: boolean,
];
