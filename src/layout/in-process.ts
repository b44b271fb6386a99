/** The same layout without a worker, for Node. It has no deadline, because nothing in the same thread can end a layout. */
import { Graphviz } from '@hpcc-js/wasm/graphviz';
import type { Diagram } from '../diagram/diagram.ts';
import { askGraphviz } from './ask-graphviz.ts';
import { type LayoutOutcome, planTiers } from './layout.ts';
import { measureFrames } from './measure.ts';
import { placeDiagram, readPlaces } from './place.ts';
import type { LayoutTier, Placed, TextMeasure } from './placed.ts';
import { placeSizes, withFreePlaces, withoutFreePlaces } from './values/free-places.ts';

/** Tries the tiers from `first` on. A cheaper one follows only when Graphviz fails. */
export async function layoutInProcess(
  asked: Diagram,
  measure: TextMeasure,
  first: LayoutTier = 'full',
  previous: Placed | null = null,
): Promise<LayoutOutcome> {
  const started = performance.now();
  let skipped = true;
  const { diagram, owners } = withFreePlaces(asked);
  const frames = placeSizes(measureFrames(diagram, measure), owners);
  const outcome = (placed: Placed): LayoutOutcome => ({
    ok: true,
    placed: withoutFreePlaces(placed, asked, previous),
    milliseconds: performance.now() - started,
  });
  for (const question of planTiers(diagram, frames)) {
    skipped &&= question.tier !== first;
    if (question.dot === null) {
      return outcome(placeDiagram(diagram, question, question.places, previous));
    }
    if (skipped) continue;
    const graphviz = await Graphviz.load();
    try {
      const places = readPlaces(diagram, question, askGraphviz(graphviz, question.dot));
      return outcome(placeDiagram(diagram, question, places, previous));
    } catch {
      Graphviz.unload();
    }
  }
  throw new Error('The last question has its answer with it.');
}
