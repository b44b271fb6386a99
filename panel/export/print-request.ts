/** What the page that prints and the panel that holds the picture say to each other. */
import * as v from 'valibot';

/** Asked by the page: the picture that was put aside under this name. */
export const printRequest = v.object({ type: v.literal('memory-graph.print'), name: v.string() });

/** Answered by the panel. `width` and `height` are in points, which are CSS pixels. */
export const printAnswer = v.object({ svg: v.string(), width: v.number(), height: v.number() });

export type PrintAnswer = v.InferOutput<typeof printAnswer>;
