/**
 * When those who hold something in a page tell it that they are still there. A page forgets what nobody renews
 * (src/page/hold.ts), so a heartbeat must not slow down because nobody looks at who beats.
 */

/**
 * Milliseconds. A period without a renewal ends the agent, so it goes one or two periods after the panel has vanished.
 * Timers stand still while the page is paused, so a long stop at a breakpoint does not end a lease.
 */
export const LEASE = 10_000;
/**
 * Milliseconds that workers and frames of other sites, which only the debugger reaches, hold the agent when it is detached: a
 * person who switches it on again finds the same numbers.
 */
export const REST = 120_000;
/** Milliseconds between renewals: two may be lost before the lease ends. */
export const RENEW_EVERY = 3000;

/** Calls back at least every `RENEW_EVERY` milliseconds. Returns the unsubscriber. */
export type Heartbeat = (beat: () => void) => () => void;

/** For where timers are never slowed down. A page out of sight needs a worker's: its own may run once a minute only. */
export const timedHeartbeat: Heartbeat = (beat) => {
  const timer = setInterval(beat, RENEW_EVERY);
  return () => clearInterval(timer);
};
