/**
 * How the page holds an agent between two evaluations: as a listener of an event whose name nobody else knows, and which
 * it answers. Must not call what the page has put in place of a builtin: then the agent is not held.
 */
import type { Builtins } from './builtins.ts';

export interface Hold {
  /** Hangs `agent` on the event `token`, until a whole period of `lease` milliseconds has passed without a `renew`. */
  hold(agent: object, token: string, lease: number): void;
  renew(): void;
  /** Nobody can renew for now: the period at hand becomes one of so many milliseconds, up to the next `renew`. */
  rest(period: number): void;
  /** Shows `agent` to who made the event, a frame of the same origin. */
  answer(event: object): void;
  release(): void;
}

/** @param released Called when it is held no more, whatever the reason. */
export function createHold(builtins: Builtins, released: () => void = () => {}): Hold {
  const { apply, globalObject, addEventListener, removeEventListener, setTimeout, clearTimeout } = builtins;
  let held: { readonly agent: object; readonly token: string } | null = null;
  let timer: unknown = 0;
  let renewed = false;
  /** Of the periods to come, in milliseconds. */
  let lease = 0;
  let resting = false;

  function stopTimer(): void {
    if (clearTimeout !== undefined) apply(clearTimeout, globalObject, [timer]);
  }

  /** Looks again after a period: a page that was busy or stood still for long runs this once, and then its renewals. */
  function watch(period: number): void {
    if (setTimeout === undefined) return;
    const turn = (): void => {
      if (renewed) watch(lease);
      else release();
      renewed = false;
    };
    timer = apply(setTimeout, globalObject, [turn, period]);
  }

  function release(): void {
    if (held === null || removeEventListener === undefined) return;
    stopTimer();
    apply(removeEventListener, globalObject, [held.token, held.agent]);
    held = null;
    resting = false;
    released();
  }

  return {
    hold(agent, token, period) {
      if (held !== null || addEventListener === undefined || removeEventListener === undefined) return;
      try {
        apply(addEventListener, globalObject, [token, agent]);
        held = { agent, token };
        lease = period;
        renewed = true;
        watch(lease);
      } catch {
        // Node has events, but its global object is no target of any.
      }
    },
    renew() {
      renewed = true;
      if (!resting) return;
      resting = false;
      stopTimer();
      watch(lease);
    },
    rest(period) {
      if (held === null) return;
      resting = true;
      renewed = false;
      stopTimer();
      watch(period);
    },
    answer(event) {
      if (held !== null) mark(event, held.token, held.agent);
    },
    release,
  };
}

/** Gives `target` an own property by syntax alone: who is held must answer whatever the page has replaced. */
function mark(target: object, key: string, value: object): void {
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
