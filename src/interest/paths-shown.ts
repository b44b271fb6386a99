/**
 * Draws only the ways from the roots to some objects, each box with the rows that lead on and a few that say what it is. Decides only
 * what is drawn; how large it gets is left to the layout.
 */
import { choose } from '../diagram/choices.ts';
import type { ShownPart } from '../diagram/drawn.ts';
import type { DiagramSettings } from '../diagram/settings.ts';
import { waysIn } from '../snapshot/shared-objects.ts';
import type { ObjectId, Snapshot } from '../snapshot/snapshot.ts';
import { chooseRows } from './rows.ts';

export interface PathsShown {
  readonly to: readonly ObjectId[];
  /** All ways to each object; else only the shortest one. */
  readonly every: boolean;
  /** Objects that the user opened in this picture. */
  readonly added: readonly ObjectId[];
}

/** The number of rows of an object besides those that lead on. */
const fewRows = 4;
/** An object with more properties is vertical. */
const mostAcross = 6;

/** The settings with which only these ways are drawn. */
export function settingsForPaths(
  snapshot: Snapshot,
  settings: DiagramSettings,
  { to, every, added }: PathsShown,
): DiagramSettings {
  const ways = waysIn(snapshot);
  const boxes = new Set<ObjectId>([...to, ...added]);
  for (const { result } of snapshot.roots) {
    // A root of which no way starts is not on any.
    if (snapshot.roots.length === 1 && result.ok && result.value.type === 'reference') boxes.add(result.value.id);
  }
  for (const id of [...to, ...added]) {
    const all = ways.to(id);
    const shortest = all.slice(0, 1);
    const shown = every && to.includes(id) ? all : shortest;
    for (const { through } of shown) for (const each of through) boxes.add(each);
  }
  const choices = choose(snapshot, settings);
  const rows = new Map<ObjectId, readonly ShownPart[]>();
  const upright = new Set<ObjectId>();
  const context = {
    limit: fewRows,
    variables: fewRows,
    innermost: null,
    isDrawn: (id: ObjectId) => boxes.has(id),
    isFunction: (id: ObjectId) => snapshot.objects.get(id)?.kind === 'function',
  };
  for (const id of boxes) {
    const object = snapshot.objects.get(id);
    if (!object || object.cut !== null || settings.opened?.has(id)) continue;
    const parts = choices.shownParts(object);
    const chosen = chooseRows(object, parts, context);
    if (chosen) rows.set(id, chosen);
    if ((chosen ?? parts).filter(({ part }) => part.type === 'property').length > mostAcross) upright.add(id);
  }
  return {
    ...settings,
    hiddenReferences: { maximum: 0 },
    drawn: { boxes, written: new Set(), rows, upright },
  };
}
