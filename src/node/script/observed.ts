/** What the main thread of `npm run graph` and its observer have in common. */
import type { Settings } from '../../settings/settings.ts';
import type { GraphOptions } from '../options.ts';
import type { EndOfModule } from './entry.ts';

export interface ObserverData {
  readonly options: GraphOptions;
  readonly settings: Settings;
  /** URL of the main thread's own code, whose calls are not part of the script's stack. */
  readonly ownUrl: string;
  /** One number in shared memory: the count of failures. */
  readonly failures: Int32Array;
  /** The last position of the module; null for a classic script. */
  readonly end: EndOfModule | null;
}

export function failuresAt(failures: Int32Array): number {
  return Atomics.load(failures, 0);
}

export interface Stops {
  /** The script's last statement has run. */
  readonly scriptEnded: () => void;
  /** The process ends. The observer disconnects, because Node would wait for it otherwise. */
  readonly leaving: () => void;
}

/**
 * Evaluates to `Stops`, which pauses the main thread for the observer. It is a classic script of its own, so that an expression
 * evaluated there sees the script's variables and none of ours. It is called without an object, because `this` must be the
 * global object.
 */
export const stopsScript = '({ scriptEnded() { debugger; }, leaving() { debugger; } })';
export const stopsUrl = 'memory-graph-stops';

/** Sent by the observer: the main thread may start the script. */
export const ready = 'ready';
/** Sent by the observer: the script ran for too long, so the process must end. */
export const late = 'late';
