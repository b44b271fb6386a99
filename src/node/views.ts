/** What is read of a heap in Node, where nobody waits for a picture at a prompt. */
import { defaultView, type View } from '../snapshot/snapshot.ts';

/** The longest that reading may take, milliseconds: who started it can end it. */
export const patience = 3_600_000;
/** More than any heap holds. */
const everything = 2 ** 31;

/** No slicing, no limits. */
export const wholeView: View = {
  ...defaultView,
  slices: { begin: everything, middle: 0, end: 0 },
  depth: everything,
  objects: everything,
  time: patience,
};

/** As in the panel; but a slow machine gets the same picture. */
export const usualView: View = { ...defaultView, time: patience };
