/**
 * How the page keeps an agent between two evaluations: as a listener of an event whose name no other script knows, and which
 * it answers. `document.open()` removes all listeners of the window and of its nodes, so another target of the page has it, too. Must
 * not call a builtin that the page has replaced: then the agent is not kept.
 */
import type { Builtins } from './realm/builtins.ts';
import type { Method } from './realm/judge.ts';

export interface Lease {
  /** Makes `agent` listen to the event `token`, until a whole period of `lease` milliseconds passes without a `renew`. */
  attach(agent: object, token: string, lease: number): void;
  renew(): void;
  /** Nobody can renew for now, so the current period becomes one of this many milliseconds, until the next `renew`. */
  rest(period: number): void;
  /** Gives `agent` to the maker of the event, which is a frame of the same origin. */
  answer(event: object): void;
  release(): void;
}

/** @param released Called when it is removed, whatever the reason. */
export function createLease(builtins: Builtins, released: () => void = () => {}): Lease {
  const { apply, globalObject, performance } = builtins;
  const { addEventListener, removeEventListener, setTimeout, clearTimeout } = builtins.browser;
  let attached: { readonly agent: object; readonly token: string } | null = null;
  let timer: unknown = 0;
  let renewed = false;
  /** The length of the next periods, in milliseconds. */
  let lease = 0;
  let resting = false;

  function stopTimer(): void {
    apply(clearTimeout, globalObject, [timer]);
  }

  /** Checks again after a period. A page that was busy or paused for long runs this once, and then the renewals. */
  function watch(period: number): void {
    const turn = (): void => {
      if (renewed) watch(lease);
      else release();
      renewed = false;
    };
    timer = apply(setTimeout, globalObject, [turn, period]);
  }

  function release(): void {
    if (attached === null) return;
    stopTimer();
    forEach(removeEventListener, attached.token, attached.agent);
    attached = null;
    resting = false;
    released();
  }

  /** Listening again where it listens already changes nothing. */
  function forEach(change: Method, token: string, agent: object): void {
    apply(change, globalObject, [token, agent]);
    if (performance !== undefined) apply(change, performance, [token, agent]);
  }

  return {
    attach(agent, token, period) {
      if (attached !== null) return;
      try {
        forEach(addEventListener, token, agent);
        attached = { agent, token };
        lease = period;
        renewed = true;
        watch(lease);
      } catch {
        // The page replaced the function that adds listeners, or this is Node, whose global object is not an event target.
      }
    },
    renew() {
      renewed = true;
      if (attached !== null) forEach(addEventListener, attached.token, attached.agent);
      if (!resting) return;
      resting = false;
      stopTimer();
      watch(lease);
    },
    rest(period) {
      if (attached === null) return;
      resting = true;
      renewed = false;
      stopTimer();
      watch(period);
    },
    answer(event) {
      if (attached !== null) mark(event, attached.token, attached.agent);
    },
    release,
  };
}

/** Gives `target` an own property by syntax alone, because the agent must answer whatever the page replaced. */
export function mark(target: object, key: string, value: object): void {
  class Itself {
    constructor() {
      // biome-ignore lint/correctness/noConstructorReturn: returning another object is what makes it `this`.
      return target;
    }
  }
  class Marked extends Itself {
    [key] = value;
  }
  new Marked();
}
