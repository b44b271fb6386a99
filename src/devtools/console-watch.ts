/**
 * Watches the page's console for objects that a person wants drawn: what DevTools' *Store as global variable* stores, and
 * what is given to `graph(…)`. DevTools tells extensions of neither, but of every script that the page gets, and what a
 * person enters or stores is evaluated as one: so this asks the page when a script came, and seldom otherwise. Must never
 * run the page's code.
 */
import type { Connection } from '../capture/connection.ts';
import {
  expressionsOfCall,
  installScript,
  linkScript,
  pollScript,
  releaseScript,
  storedScript,
} from './console-scripts.ts';

/** Milliseconds between two questions while scripts come: an object is to be drawn within half a second. */
const INTERVAL = 300;
/** Milliseconds from a script to the question: what is stored is evaluated a moment later. */
const MOMENT = 30;
/** Milliseconds between two questions while nothing happens: in case that a script was not told of. */
const IDLE = 1000;
/** Milliseconds in which a question is told of as a script itself. What a person does is more than one script. */
const ECHO = 250;
/** A page that cannot be asked is asked again after so many milliseconds. */
const PATIENCE = 2000;
const DEADLINE = 1000;
/** Questions until a `temp1` that has appeared counts as the page's own: DevTools stores and then evaluates it. */
const DOUBTS = 3;

export interface ConsoleWatch {
  /** Whether stored globals are watched. */
  setWatching(on: boolean): void;
  /** Makes `graph` callable in the console, unless the page has a `graph` of its own. */
  offerGraph(): void;
  /** Expressions of what a person dealt with in the console: the last result, what was stored and drawn last. */
  objects(): readonly string[];
  /** Takes `graph` away. It comes back with the next question. */
  release(): void;
  /** Stops, and takes `graph` away. */
  close(): void;
}

/**
 * @param found Called with the expressions of what is to be drawn as one graph: `temp1`; `graph[1]`, `graph[2]`.
 * @param onScript Calls back whenever the page has got a script, the questions of this watch included.
 * @param calling Called with whether the page has what calls the panel (src/capture/page-calls.ts).
 */
export function createConsoleWatch(
  connection: Connection,
  onScript: (listener: () => void) => () => void,
  watching: boolean,
  found: (expressions: readonly string[]) => void,
  calling: (can: boolean) => void,
): ConsoleWatch {
  // Random, so that no page can know the name.
  const token = `memory-graph-console-${crypto.randomUUID()}`;
  let watches = watching;
  let offers = false;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** Of all `temp1`, `temp2`, …: how many are known to be stored or not; null when it has to be found how many there are. */
  let settled: number | null = null;
  let doubts = 0;
  let graphed = 0;
  let latestStored: string | null = null;
  let latestGraphed: string | null = null;
  /** The page has a `graph` of its own: it is never touched. */
  let taken = false;
  const options = { deadline: DEADLINE };
  let asking = false;
  /** The question that was asked last has not been told of as a script. */
  let unheard = false;
  /** Others came while it was on its way. */
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
    taken = false;
    latestStored = null;
    latestGraphed = null;
    calling(false);
  });

  async function ask(): Promise<number> {
    const reply = await connection.evaluate(pollScript(token), options);
    if (!reply.ok || !isPoll(reply.value)) return PATIENCE;
    const [temps, call, calls] = reply.value;
    calling(calls);
    if (watches && settled !== null && temps > settled) await settle(settled, temps);
    else settled = temps;
    if (call) {
      const [first, last] = call;
      if (last > graphed) {
        const expressions = expressionsOfCall(first, last);
        latestGraphed = expressions.at(-1) ?? null;
        found(expressions);
      }
      graphed = last;
    } else if (call === null && offers && !taken) {
      const installed = await connection.evaluate(installScript(token), options);
      taken = installed.ok && installed.value === false;
      graphed = 0;
    }
    return doubts > 0 ? INTERVAL : IDLE;
  }

  /** Draws those that a person has stored beyond the first `known`, of `temps`. */
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
    void connection.evaluate(releaseScript(token), options);
  }

  if (watches) start();
  return {
    setWatching(on) {
      watches = on;
      // What was stored in between is not what the person wants drawn now.
      settled = null;
      if (on) start();
    },
    offerGraph() {
      offers = true;
      start();
    },
    objects: () => ['$_', latestStored, latestGraphed].filter((expression) => expression !== null),
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

type Poll = readonly [number, readonly [number, number] | null | false, boolean];

function isPoll(value: unknown): value is Poll {
  if (!Array.isArray(value) || typeof value[0] !== 'number' || typeof value[2] !== 'boolean') return false;
  const call: unknown = value[1];
  return call === null || call === false || (Array.isArray(call) && call.every((one) => typeof one === 'number'));
}
