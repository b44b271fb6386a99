/** The same layout without a worker, for Node: there is no deadline, since nothing can end a layout from within. */
import { Graphviz } from '@hpcc-js/wasm/graphviz';
import type { Diagram } from '../diagram/diagram.ts';
import { askGraphviz } from './ask-graphviz.ts';
import { type LayoutOutcome, planTiers } from './layout.ts';
import { measureFrames } from './measure.ts';
import { placeDiagram, readPlaces } from './place.ts';
import type { LayoutTier, Placed, TextMeasure } from './placed.ts';

/** Tries the tiers from `first` on; a cheaper one only follows when Graphviz fails. */
export async function layoutInProcess(
  diagram: Diagram,
  measure: TextMeasure,
  first: LayoutTier = 'full',
  previous: Placed | null = null,
): Promise<LayoutOutcome> {
  const started = performance.now();
  let skipped = true;
  for (const question of planTiers(diagram, measureFrames(diagram, measure))) {
    skipped &&= question.tier !== first;
    if (question.dot === null) {
      const placed = placeDiagram(diagram, question, question.places, previous);
      return { ok: true, placed, milliseconds: performance.now() - started };
    }
    if (skipped) continue;
    const graphviz = await Graphviz.load();
    try {
      const places = readPlaces(diagram, question, askGraphviz(graphviz, question.dot));
      const placed = placeDiagram(diagram, question, places, previous);
      return { ok: true, placed, milliseconds: performance.now() - started };
    } catch {
      Graphviz.unload();
    }
  }
  throw new Error('The last question has its answer with it.');
}
