/**
 * How often a lease in a page is renewed. A page forgets an agent that nobody renews (src/page/lease.ts), so a heartbeat must
 * not slow down when its own page is out of sight.
 */

/**
 * Milliseconds. A period without a renewal ends the agent, so it ends one or two periods after the panel has vanished. Timers
 * do not run while the page is paused, so a long pause does not end a lease.
 */
export const LEASE = 10_000;
/**
 * Milliseconds for which workers and frames of other sites, which only the debugger reaches, keep the agent after a detach. A
 * user who attaches again within this time finds the same numbers.
 */
export const REST = 120_000;
/** Milliseconds between renewals: two may be lost before the lease ends. */
export const RENEW_EVERY = 3000;

/** Calls back at least every `RENEW_EVERY` milliseconds. Returns the unsubscriber. */
export type Heartbeat = (beat: () => void) => () => void;

/** For programs whose timers are never slowed down. A page out of sight needs a worker's timer: its own may run once a minute only. */
export const timedHeartbeat: Heartbeat = (beat) => {
  const timer = setInterval(beat, RENEW_EVERY);
  return () => clearInterval(timer);
};
