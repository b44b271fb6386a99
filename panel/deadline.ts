/** How long a picture may be waited for. */
import type { View } from '../src/snapshot/snapshot.ts';

/** Milliseconds that a capture may take beyond the page's own time budget: for the way there and back. */
const WAY = 4000;

/** Milliseconds after which a capture is given up. */
export const captureDeadline = ({ time }: View): number => time + WAY;
