/**
 * Watches for objects that a user wants to draw: those that DevTools' *Store as global variable* stores, and the arguments of
 * `graph(…)`. DevTools reports neither to extensions, but it reports every script of the page, and what a user enters or stores
 * is evaluated as one. So this asks the page when a script arrived, and rarely otherwise. Must never run the page's code.
 */

import type { CallsHandout, Poll, RecorderBudget } from '../capture/command-line.ts';
import type { NumberSource } from '../capture/object-numbers.ts';
import type { Connection } from '../transport/devtools-session.ts';
import {
  beginCallsScript,
  expressionsOfCall,
  type Filming,
  installScript,
  linkScript,
  pollScript,
  releaseScript,
  storedScript,
  takeCallsScript,
} from './console-scripts.ts';

/** Milliseconds between two questions while scripts arrive, so that an object is drawn within half a second. */
const INTERVAL = 300;
/** Milliseconds from a script to the question, because DevTools evaluates a stored object a moment later. */
const MOMENT = 30;
/** Milliseconds between two questions while nothing happens, in case a script was not reported. */
const IDLE = 1000;
/** Milliseconds in which a question itself is reported as a script. What a user does is more than one script. */
const ECHO = 250;
/** Milliseconds after which a page that could not be asked is asked again. */
const PATIENCE = 2000;
const options = { deadline: 1000 };
/** Milliseconds in which some megabytes of calls arrive. */
const HANDOUT = 5000;
/** The number of questions after which a new `temp1` counts as the page's own. DevTools stores first and evaluates later. */
const DOUBTS = 3;

export interface ConsoleWatch {
  /** Whether stored globals are watched. */
  setWatching(on: boolean): void;
  /** Makes `graph` callable in the console, unless the page has a `graph` of its own. */
  offerGraph(): void;
  /** Expressions for the objects that the user last worked with in the Console: the last result, what was stored, what was drawn. */
  objects(): readonly string[];
  /** Takes what was kept of the calls of `graph`, now. */
  takeCalls(): Promise<void>;
  /**
   * Forgets the calls so far, and keeps those from now on. Answers the number of the film; null where there is no `graph`.
   * @param inPage The page's own code can call it, too.
   */
  beginCalls(budget: RecorderBudget, inPage: boolean): Promise<number | null>;
  /** Removes `graph`. The next question installs it again. */
  release(): void;
  /** Stops, and removes `graph`. */
  close(): void;
}

interface WatchOptions {
  /** Calls back for each new script of the page, including the questions of this watch. */
  onScript(listener: () => void): () => void;
  readonly watching: boolean;
  readonly filming: Filming;
  /** Called with the expressions to draw as one graph: `temp1`; `graph[1]`, `graph[2]`. */
  found(expressions: readonly string[]): void;
  /** Called with whether the page has a script that calls the panel (src/capture/eval/page-calls.ts). */
  calling(can: boolean): void;
  /** Called with what was kept of calls of `graph`. */
  called(handout: CallsHandout): void;
  /** Tells whether the page is hardened. Then nothing is looked up in it. */
  readonly heap: NumberSource;
}

export function createConsoleWatch(
  connection: Connection,
  { onScript, watching, filming, found, calling, called, heap }: WatchOptions,
): ConsoleWatch {
  // Random, so that no page can know the name.
  const token = `memory-graph-console-${crypto.randomUUID()}`;
  let watches = watching;
  let offers = false;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** For how many of `temp1`, `temp2`, … it is known whether the user stored them; null while their number is unknown. */
  let settled: number | null = null;
  let doubts = 0;
  let graphed = 0;
  /** The film of calls that was asked for last, and how many calls it had. */
  let filmed: readonly [film: number, calls: number] = [1, 0];
  let latestStored: string | null = null;
  let latestGraphed: string | null = null;
  /** The page has a `graph` of its own, which is never touched. */
  let taken = false;
  let asking = false;
  /** The latest question was not reported as a script yet. */
  let unheard = false;
  /** Other scripts arrived while it was under way. */
  let scripts = false;
  let asked = 0;
  const stopListening = onScript(() => {
    if (unheard && performance.now() < asked + ECHO) {
      unheard = false;
      return;
    }
    scripts = true;
    if (timer === null || asking) return;
    clearTimeout(timer);
    timer = setTimeout(() => void turn(), Math.max(MOMENT, asked + INTERVAL - performance.now()));
  });
  const forget = connection.onNavigated(() => {
    settled = 0;
    doubts = 0;
    graphed = 0;
    filmed = [1, 0];
    taken = false;
    latestStored = null;
    latestGraphed = null;
    calling(false);
  });

  async function ask(): Promise<number> {
    const hidden = heap.hardened === true;
    const reply = await connection.evaluate(pollScript(token, offers && !taken && !hidden, !hidden), options);
    if (!reply.ok || !isPoll(reply.value)) return PATIENCE;
    const [temps, call, calls, hardened] = reply.value;
    if (hardened) heap.hardened = true;
    calling(calls);
    if (watches && settled !== null && temps > settled) await settle(settled, temps);
    else settled = temps;
    if (call) {
      const [first, last, film, count] = call;
      if (film !== filmed[0] || count !== filmed[1]) {
        filmed = [film, count];
        await takeCalls();
      }
      if (last > graphed) {
        const expressions = expressionsOfCall(first, last);
        latestGraphed = expressions.at(-1) ?? null;
        found(expressions);
      }
      graphed = last;
    } else if (call === null && offers && !taken && !hidden) {
      const installed = await connection.evaluate(installScript(token, filming), options);
      taken = installed.ok && installed.value === false;
      graphed = 0;
    }
    return doubts > 0 ? INTERVAL : IDLE;
  }

  async function takeCalls(): Promise<void> {
    const handout = await connection.evaluate(takeCallsScript(token), { deadline: HANDOUT });
    if (handout.ok && isHandout(handout.value)) called(handout.value);
  }

  /** Draws what the user stored after the first `known` of `temps`. */
  async function settle(known: number, temps: number): Promise<void> {
    const reply = await connection.evaluate(storedScript(known + 1, temps), options);
    const number = reply.ok && typeof reply.value === 'number' ? reply.value : undefined;
    doubts += 1;
    if (number === undefined && doubts < DOUBTS) return;
    doubts = 0;
    settled = temps;
    if (number === undefined) return;
    latestStored = `temp${number}`;
    found([latestStored]);
    await connection.evaluate(linkScript(latestStored), options);
  }

  async function turn(): Promise<void> {
    asking = true;
    unheard = true;
    scripts = false;
    asked = performance.now();
    const delay = await ask();
    asking = false;
    timer = closed || (!watches && !offers) ? null : setTimeout(() => void turn(), scripts ? INTERVAL : delay);
  }

  function start(): void {
    if (timer !== null || closed) return;
    timer = setTimeout(() => void turn(), 0);
  }

  function release(): void {
    // Of a hardened page it is removed already, or ends by itself.
    if (!heap.hardened) void connection.evaluate(releaseScript(token), options);
  }

  if (watches) start();
  return {
    setWatching(on) {
      watches = on;
      // The user does not want to draw now what was stored in between.
      settled = null;
      if (on) start();
    },
    offerGraph() {
      offers = true;
      start();
    },
    objects: () => ['$_', latestStored, latestGraphed].filter((expression) => expression !== null),
    takeCalls,
    async beginCalls(budget, inPage) {
      const begun = await connection.evaluate(beginCallsScript(token, budget, inPage), options);
      return begun.ok && typeof begun.value === 'number' ? begun.value : null;
    },
    release,
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      forget();
      stopListening();
      release();
    },
  };
}

/** The page can have changed what it hands out. */
function isHandout(value: unknown): value is CallsHandout {
  if (!Array.isArray(value) || value.length !== 5) return false;
  const [film, calls, exact, handout, places]: readonly unknown[] = value;
  return (
    typeof film === 'number' &&
    typeof calls === 'number' &&
    typeof exact === 'boolean' &&
    Array.isArray(handout) &&
    handout.slice(0, 4).every((number) => typeof number === 'number') &&
    Array.isArray(handout[4]) &&
    typeof places === 'string'
  );
}

function isPoll(value: unknown): value is Poll {
  if (!Array.isArray(value) || typeof value[0] !== 'number') return false;
  if (typeof value[2] !== 'boolean' || typeof value[3] !== 'boolean') return false;
  const call: unknown = value[1];
  return call === null || call === false || (Array.isArray(call) && call.every((one) => typeof one === 'number'));
}
