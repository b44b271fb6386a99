/**
 * DevTools' command line, for the scripts in DevTools' own session: its functions, which DevTools adds to the global scope unless
 * the page has something of that name, and what they find. Must call no function and read no accessor of the page.
 */
import type { CommandLine } from '../../wire/command-line.ts';
import type { CallsHandout, RecorderBudget } from '../../wire/recorder-exchange.ts';
import {
  createJudge,
  createTextJudge,
  isHolder,
  isMethod,
  type Judge,
  lookupGetter,
  type Method,
  type TextJudge,
} from '../realm/judge.ts';
import { storeGlobal } from '../store-global.ts';

interface EventSource {
  dispatchEvent(event: object): unknown;
  addEventListener(type: string, listener: () => void): unknown;
}

type Maker<T> = new (argument?: string) => T;

/** The listener of an event of ours: the agent, or the keeper of `graph`. */
interface Keeper {
  renew(): readonly [number, number, number, number];
  takeCalls(): CallsHandout;
  beginCalls(budget: RecorderBudget, inPage: boolean): number;
  release(): void;
}

/** Listeners by type, as DevTools lists them. */
interface Listeners {
  readonly [type: string]: readonly Listener[];
}

interface Listener {
  readonly listener: object;
  readonly useCapture: boolean;
  readonly once: boolean;
  readonly passive: boolean;
}

/** Copies only own properties, because Object.prototype may have those that the object lacks. */
function bareCopy<T extends object>(object: T | undefined): T | Record<string, never> {
  return { __proto__: null, ...object } as T | Record<string, never>;
}

type Judges = ReturnType<typeof createJudges>;

/** @param scope The global object, whatever the page calls by that name. */
function createJudges(scope: typeof globalThis) {
  let texts: TextJudge | null = null;
  let descriptors: Judge | null = null;

  /** Nothing of the page is read before it is needed. */
  function byTexts(): TextJudge {
    texts ??= createTextJudge();
    return texts;
  }

  function byDescriptors(): Judge {
    descriptors ??= createJudge(byTexts(), scope);
    return descriptors;
  }

  /** The own or inherited value in `holder`; undefined when it is an accessor, or cannot be judged. */
  function plainValue(holder: object, key: string): unknown {
    const judge = byTexts();
    return judge.getterOf === undefined ? byDescriptors().data(holder, key) : judge.plainValue(holder, key, key);
  }

  function isBuiltin(value: unknown, name: string): value is Method {
    return isMethod(value) && byTexts().hasNativeText(value, name) === true;
  }

  /** A function of the global scope that no script made, or null. */
  function tool(name: string): Method | null {
    const value = plainValue(scope, name);
    return isBuiltin(value, name) ? value : null;
  }

  function makerOf<T>(name: string): Maker<T> | null {
    const isMaker = (value: unknown): value is Maker<T> => isBuiltin(value, name);
    const value = plainValue(scope, name);
    return isMaker(value) ? value : null;
  }

  return { byDescriptors, plainValue, isBuiltin, tool, makerOf };
}

/** Finds what the page holds for us: see lease.ts. */
function createFinder(scope: typeof globalThis, { byDescriptors, plainValue, isBuiltin, tool, makerOf }: Judges) {
  const isEventSource = (value: object): value is EventSource =>
    isBuiltin(plainValue(value, 'dispatchEvent'), 'dispatchEvent');

  /** Our listener under `token` in the window `target`; null when there is none, undefined when the page replaced events. */
  function answerOf(target: object, token: string): object | null | undefined {
    const Made = makerOf<{ readonly [token: string]: unknown }>('Event');
    if (Made === null || !isEventSource(target)) return undefined;
    const event = new Made(token);
    target.dispatchEvent(event);
    const answer = event[token];
    return isHolder(answer) ? answer : null;
  }

  /** Whether listeners run. None does while the page is paused. */
  function hears(): boolean {
    const Made = makerOf<object>('Event');
    const Target = makerOf<EventSource>('EventTarget');
    if (Made === null || Target === null) return false;
    const target = new Target();
    if (!isEventSource(target) || !isBuiltin(plainValue(target, 'addEventListener'), 'addEventListener')) return false;
    let heard = false;
    target.addEventListener('heard', () => {
      heard = true;
    });
    target.dispatchEvent(new Made('heard'));
    return heard;
  }

  /** Copies only own properties, because the page may know the searched name and have put it on Object.prototype. */
  function listeners(target: object): Listeners | null {
    const isListed = (value: unknown): value is Listeners => isHolder(value);
    const listed = tool('getEventListeners')?.(target);
    return isListed(listed) ? bareCopy(listed) : null;
  }

  /** `document.open()` leaves the listeners of `performance` alone, and no others. */
  function answerAnywhere(token: string): object | null | undefined {
    const answer = answerOf(scope, token);
    const other = answer ? null : ownPerformance(byDescriptors(), scope);
    return answer ?? (other && answerOf(other, token)) ?? answer;
  }

  function find(token: string): object | null | undefined {
    // Our listener answers an event of its name (lease.ts), which no other listener knows.
    const answered = answerAnywhere(token);
    if (answered || (answered === null && hears())) return answered;
    // Listing listeners reads `handleEvent` of all of them, which may be an accessor of the page.
    const listed = listeners(scope);
    return listed === null ? undefined : (listed[token]?.[0]?.listener ?? null);
  }

  return { answerOf, hears, listeners, answerAnywhere, find };
}

/** @param scope The global object, whatever the page calls by that name. */
export function createCommandLine(scope: typeof globalThis): CommandLine {
  const judges = createJudges(scope);
  const { byDescriptors, plainValue, tool } = judges;
  const { answerOf, hears, listeners, answerAnywhere, find } = createFinder(scope, judges);
  const keeperOf = (token: string): Keeper | null => asKeeper(find(token));

  function callsPanel(type: string): boolean {
    // Listeners are listed, which reads `handleEvent` of each, only where demo/memory-graph.js may be.
    if (!('memoryGraph' in scope)) return false;
    const caller = plainValue(scope, 'memoryGraph');
    if (typeof caller !== 'object' || caller === null) return false;
    const listed = listeners(scope);
    return listed !== null && type in listed;
  }

  const isHardened = (): boolean => hasAccessors(byDescriptors());

  const release = (token: string): void => keeperOf(token)?.release();

  return {
    find,
    isHardened,
    renew(token) {
      const keeper = keeperOf(token);
      keeper?.renew();
      return [keeper !== null, isHardened()];
    },
    callsPanel,
    findByEvent(token) {
      const own = answerAnywhere(token);
      if (own) return own;
      if (!hears()) return undefined;
      const top = topmostOf(scope);
      return top === null ? own : (answerOf(top, token) ?? own);
    },
    reachesTopmost: () => reachesTopmost(scope),
    poll(token, type, offered, listens) {
      let stored = 0;
      while (`temp${stored + 1}` in scope) stored += 1;
      const graph = offered && 'graph' in scope;
      const calls = listens && 'memoryGraph' in scope;
      if ((graph || calls) && isHardened()) {
        if (graph) release(token);
        return [stored, false, false, true];
      }
      const found = graph ? find(token) : null;
      const numbers = found === null ? null : (asKeeper(found)?.renew() ?? false);
      return [stored, numbers, calls && callsPanel(type), false];
    },
    takeCalls: (token) => keeperOf(token)?.takeCalls() ?? null,
    beginCalls: (token, budget, inPage) => keeperOf(token)?.beginCalls(budget, inPage) ?? null,
    lastStored(first, last) {
      const { usable, descriptorOf } = byDescriptors();
      if (!usable) return null;
      return lastStored((key) => bareCopy(descriptorOf(scope, key)), first, last);
    },
    store(target) {
      const globals: { [name: string]: unknown } = scope;
      return storeGlobal(scope, (name) => {
        globals[name] = target;
        return true;
      });
    },
    log(text) {
      tool('dirxml')?.(text);
    },
    release,
    listenersOf(element) {
      const listed = listeners(element);
      if (listed === null) throw 'getEventListeners';
      return shownListeners(listed);
    },
    seesAccessors: () => lookupGetter() !== undefined,
  };
}

const isKeeper = (value: object | null | undefined): value is Keeper => isHolder(value);
const asKeeper = (value: object | null | undefined): Keeper | null => (isKeeper(value) ? value : null);

/** Whether the page made accessors of what every object inherits. */
function hasAccessors({ usable, object, data, descriptorOf, has }: Judge): boolean {
  const prototype = data(object, 'prototype');
  if (!usable || !isHolder(prototype)) return false;
  const found = descriptorOf(prototype, '__lookupGetter__');
  return found !== undefined && !has(found, 'value');
}

/** `performance`, if the page did not replace it. */
function ownPerformance({ usable, descriptorOf, has, looksNative }: Judge, scope: typeof globalThis): object | null {
  const own = usable ? descriptorOf(scope, 'performance') : undefined;
  const get = own !== undefined && has(own, 'get') ? own.get : undefined;
  if (!isMethod(get) || !looksNative(get, 'get performance')) return null;
  const { performance } = scope;
  return isHolder(performance) ? performance : null;
}

/** @param ownOf An own property of the global object, as a copy of its descriptor. */
function lastStored(
  ownOf: (key: string) => PropertyDescriptor | Record<string, never>,
  first: number,
  last: number,
): number | null {
  const result = ownOf('$_');
  // DevTools' own `$_` is not enumerable. Where the page has one, the last result cannot be read.
  const known = !result.enumerable && 'value' in result;
  let stored: number | null = null;
  for (let number = first; number <= last; number += 1) {
    const own = ownOf(`temp${number}`);
    if (!own.writable || !own.configurable || !own.enumerable) continue;
    if (!known || own.value === result.value) stored = number;
  }
  return stored;
}

/** One property for each listener, with its options in the name. */
function shownListeners(listed: Listeners): object {
  const shown: { __proto__: null; [name: string]: unknown } = { __proto__: null };
  for (const type in listed) {
    const list = listed[type] ?? [];
    for (let index = 0; index < list.length; index += 1) {
      const item = list[index];
      if (item === undefined) continue;
      const { listener, useCapture, once, passive } = item;
      const name = type + (useCapture ? ' capture' : '') + (once ? ' once' : '') + (passive ? ' passive' : '');
      let free = name;
      for (let number = 2; free in shown; number += 1) free = `${name} ${number}`;
      shown[free] = listener;
    }
  }
  return shown;
}

/** The topmost window, when it is another one of the same origin. */
function topmostOf(scope: typeof globalThis): object | null {
  // The page cannot replace it.
  const { top }: { readonly top: object | null } = scope;
  return reachesTopmost(scope) ? top : null;
}

function reachesTopmost(scope: typeof globalThis): boolean {
  try {
    // The page cannot replace it. A window of another origin throws.
    const { top }: { readonly top: Window | null } = scope;
    return top !== null && top !== scope.window && top.document !== null;
  } catch {
    return false;
  }
}
