/**
 * Draws a part of a snapshot instead of all of it: what one object refers to, or all but what is behind folded objects. Never changes what
 * was read.
 */
import { choose } from '../diagram/choices.ts';
import type { DiagramSettings } from '../diagram/settings.ts';
import { waysIn } from '../snapshot/shared-objects.ts';
import type { ObjectId, Snapshot } from '../snapshot/snapshot.ts';
import { interestGraph } from './graph.ts';
import { orderOfInterest } from './order.ts';

/** The same snapshot with this object as its only root; unchanged when the object was not read. */
export function focusedOn(snapshot: Snapshot, id: ObjectId): Snapshot {
  if (!snapshot.objects.has(id)) return snapshot;
  const label = waysIn(snapshot).to(id)[0]?.text ?? `#${id}`;
  return { ...snapshot, roots: [{ label, result: { ok: true, value: { type: 'reference', id } } }] };
}

/** The settings with which everything is drawn, but for what is only behind folded objects. */
export function settingsForFolded(snapshot: Snapshot, settings: DiagramSettings): DiagramSettings {
  const folded = settings.folded ?? [];
  if (!folded.some((id) => snapshot.objects.has(id))) return settings;
  const choices = choose(snapshot, settings);
  const boxes = new Set(orderOfInterest(interestGraph(choices, { leaves: false })).map(({ id }) => id));
  return { ...settings, drawn: { boxes, written: new Set(), rows: new Map(), upright: new Set() } };
}
