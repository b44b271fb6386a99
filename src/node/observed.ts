/** What the main thread of `npm run graph` and its observer share. */
import type { Settings } from '../settings/settings.ts';
import type { GraphOptions } from './options.ts';

export interface ObserverData {
  readonly options: GraphOptions;
  readonly settings: Settings;
  /** URL of the main thread's own code, whose calls are no part of the script's stack. */
  readonly ownUrl: string;
  /** One number in shared memory: how much went wrong. */
  readonly failures: Int32Array;
}

export function failuresAt(failures: Int32Array): number {
  return Atomics.load(failures, 0);
}

export interface Stops {
  /** The script's last statement has run. */
  readonly scriptEnded: () => void;
  /** The process ends: the observer disconnects, or Node would wait for it. */
  readonly leaving: () => void;
}

/**
 * Evaluates to `Stops`, where the main thread stands still for the observer. A classic script of its own, so that an
 * expression which is evaluated there sees the script's variables and none of ours. Called without an object: `this` has to
 * be the global one.
 */
export const stopsScript = '({ scriptEnded() { debugger; }, leaving() { debugger; } })';
export const stopsUrl = 'memory-graph-stops';

/** What the observer tells the main thread: it may start the script. */
export const ready = 'ready';
/** The script has run for too long: the process has to end. */
export const late = 'late';
