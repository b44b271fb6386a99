/**
 * Watches the page's console for objects that a person wants drawn: what DevTools' *Store as global variable* stores, and
 * what is given to `graph(…)`. DevTools tells extensions of neither, so this asks the page a few times a second; one
 * question costs the page some microseconds. Must never run the page's code.
 */
import type { Connection } from '../capture/connection.ts';
import { installScript, linkScript, pollScript, releaseScript } from './console-scripts.ts';

/** Milliseconds between two questions: an object is to be drawn within half a second. */
const INTERVAL = 400;
/** A page that cannot be asked is asked again after so many milliseconds. */
const PATIENCE = 2000;
const DEADLINE = 1000;

export interface ConsoleWatch {
  /** Names what holds `graph` in the page. */
  readonly token: string;
  /** Whether stored globals are watched. */
  setWatching(on: boolean): void;
  /** Makes `graph` callable in the console, unless the page has a `graph` of its own. */
  offerGraph(): void;
  /** Stops, and takes `graph` away. */
  close(): void;
}

/** @param found Called with the expression of each object that is to be drawn: `temp1`, `graph[1]`. */
export function createConsoleWatch(
  connection: Connection,
  watching: boolean,
  found: (expression: string) => void,
): ConsoleWatch {
  const token = `memory-graph-console-${crypto.randomUUID()}`;
  let watches = watching;
  let offers = false;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** How many stored globals and calls were there at the last question; null before the first of a document. */
  let stored: number | null = null;
  let graphed = 0;
  /** The page has a `graph` of its own: it is never touched. */
  let taken = false;
  const forget = connection.onNavigated(() => {
    stored = null;
    graphed = 0;
    taken = false;
  });

  async function ask(): Promise<number> {
    const options = { deadline: DEADLINE };
    const reply = await connection.evaluate(pollScript(token), options);
    if (!reply.ok || !isPoll(reply.value)) return PATIENCE;
    const [temps, calls] = reply.value;
    if (watches && stored !== null) {
      for (let number = stored + 1; number <= temps; number++) await tell(`temp${number}`);
    }
    stored = temps;
    if (calls !== null) {
      if (calls > graphed) found(`graph[${calls}]`);
      graphed = calls;
    } else if (offers && !taken) {
      const installed = await connection.evaluate(installScript(token), options);
      taken = installed.ok && installed.value === false;
      graphed = 0;
    }
    return INTERVAL;
  }

  async function tell(name: string): Promise<void> {
    found(name);
    await connection.evaluate(linkScript(name), { deadline: DEADLINE });
  }

  async function turn(): Promise<void> {
    const delay = await ask();
    timer = closed || (!watches && !offers) ? null : setTimeout(() => void turn(), delay);
  }

  function start(): void {
    if (timer !== null || closed) return;
    timer = setTimeout(() => void turn(), 0);
  }

  if (watches) start();
  return {
    token,
    setWatching(on) {
      watches = on;
      // What was stored in between is not what the person wants drawn now.
      stored = null;
      if (on) start();
    },
    offerGraph() {
      offers = true;
      start();
    },
    close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      forget();
      void connection.evaluate(releaseScript(token), { deadline: DEADLINE });
    },
  };
}

function isPoll(value: unknown): value is readonly [number, number | null] {
  return Array.isArray(value) && typeof value[0] === 'number' && (value[1] === null || typeof value[1] === 'number');
}
