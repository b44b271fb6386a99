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

/** What the observer tells the main thread: it may start the script. */
export const ready = 'ready';
/** The script has run for too long. */
export const late = 'late';
