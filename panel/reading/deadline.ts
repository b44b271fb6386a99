/** The deadline of a capture. */
import type { RootRequest } from '../../src/capture/capture.ts';
import type { ReadOptions } from '../../src/snapshot/read-options.ts';

/** Milliseconds that a capture may take beyond the page's own time budget, for transport. */
const TRANSPORT_TIME = 4000;
/** The longest that a timer of the browser can be set for, milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** Whether a program of the user awaits something, which may never settle. */
export const isWaited = (roots: readonly RootRequest[]): boolean =>
  roots.some((root) => root.type === 'program' && root.waits);

/** Milliseconds after which a capture has failed. Only the user ends one for which a program waits. */
export const captureDeadline = ({ time }: ReadOptions, roots: readonly RootRequest[]): number =>
  isWaited(roots) ? LONGEST : time + TRANSPORT_TIME;
