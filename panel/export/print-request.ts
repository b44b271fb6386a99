/** The messages between the page that prints and the panel that has the picture. */
import * as v from 'valibot';

/** The page's request for the picture that was stored under this name. */
export const printRequest = v.object({ type: v.literal('memory-graph.print'), name: v.string() });

/** The panel's answer. `width` and `height` are in points, which are CSS pixels. */
export const printAnswer = v.object({ svg: v.string(), width: v.number(), height: v.number() });

export type PrintAnswer = v.InferOutput<typeof printAnswer>;

/** Opens a picture for printing, in a page of its own. */
export type Print = (picture: PrintAnswer) => void;
