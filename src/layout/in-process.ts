/** The same layout without a worker, for Node: there is no deadline, since nothing can end a layout from within. */
import { Graphviz } from '@hpcc-js/wasm/graphviz';
import type { Diagram } from '../diagram/diagram.ts';
import { failureSentence, type LayoutOutcome, planTiers } from './layout.ts';
import { placeDiagram } from './place.ts';
import type { LayoutTier, TextMeasure } from './placed.ts';

/** Tries the tiers from `first` on; a cheaper one only follows when Graphviz fails. */
export async function layoutInProcess(
  diagram: Diagram,
  measure: TextMeasure,
  first: LayoutTier = 'full',
): Promise<LayoutOutcome> {
  const started = performance.now();
  const plans = planTiers(diagram, measure);
  let message = '';
  for (const plan of plans.slice(
    Math.max(
      0,
      plans.findIndex(({ tier }) => tier === first),
    ),
  )) {
    const graphviz = await Graphviz.load();
    try {
      const placed = placeDiagram(diagram, plan, graphviz.layout(plan.dot, 'json', 'dot', { yInvert: true }));
      return { ok: true, placed, milliseconds: performance.now() - started };
    } catch (error) {
      message = String(error);
      Graphviz.unload();
    }
  }
  return { ok: false, reason: 'failed', message: failureSentence(message) };
}
