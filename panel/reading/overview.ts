/** Overviews: groups of alike objects in place of thousands of boxes. Asks a worker for the groups, and draws them. */
import type { BoxKey } from '../../src/diagram/diagram.ts';
import type { DiagramSettings } from '../../src/diagram/settings.ts';
import type { Lay, Readable } from '../../src/interest/readable.ts';
import { roomIn } from '../../src/interest/room.ts';
import { compacting, type Numbered } from '../../src/overview/compact.ts';
import { keyOf, overviewDiagram } from '../../src/overview/diagram.ts';
import type { Grouper } from '../../src/overview/grouper.ts';
import type { Group, Grouping } from '../../src/overview/groups.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';

export interface Overview {
  readonly grouping: Grouping;
  readonly named: Numbered;
}

/** From this number of objects on, groups are more than a picture of everything. */
export const manyObjects = 300;

/** What a user opened of an overview. */
export type OpenedGroups = NonNullable<DiagramSettings['groups']>;
export const nothingOpened: OpenedGroups = { opened: [], taken: [] };

/** The group of a box. */
export const groupOfBox = ({ grouping, named: { compact, ids } }: Overview, box: BoxKey): Group | null =>
  grouping.groups.find((group) => keyOf(group, { shapes: compact.shapes, ids }) === box) ?? null;

/** Milliseconds after which others may run. */
const TURN = 20;

/**
 * Groups a snapshot; the same one, opened further, without preparing it again. Resolves to null when it failed or is no longer wanted.
 * `isWanted` lets others run.
 */
export function createOverviews(grouper: Grouper | null) {
  let known: { readonly snapshot: Snapshot; readonly named: Numbered } | null = null;
  return async (
    snapshot: Snapshot,
    { opened, taken }: OpenedGroups,
    isWanted: () => Promise<boolean>,
  ): Promise<Overview | null> => {
    if (!grouper) return null;
    if (known?.snapshot !== snapshot) {
      const steps = compacting(snapshot);
      let step = steps.next();
      for (let since = performance.now(); !step.done; step = steps.next()) {
        if (performance.now() - since < TURN) continue;
        if (!(await isWanted())) return null;
        since = performance.now();
      }
      known = { snapshot, named: step.value };
    }
    const { named } = known;
    const numbers = new Map(named.ids.map((id, number) => [id, number]));
    const numbersTaken = taken.flatMap((id) => numbers.get(id) ?? []);
    const grouping = await grouper.group(named.compact, { groups: opened, taken: numbersTaken });
    return grouping && { grouping, named };
  };
}

/** In the direction in which its text is larger. */
export async function drawnOverview(
  { grouping, named }: Overview,
  settings: DiagramSettings,
  lay: Lay,
): Promise<Readable | null> {
  let best: (Readable & { readonly room: number }) | null = null;
  const { compact, ids } = named;
  for (const direction of [settings.direction, settings.direction === 'down' ? 'right' : 'down'] as const) {
    const diagram = overviewDiagram(grouping, { shapes: compact.shapes, ids }, { ...settings, direction });
    const placed = await lay(diagram);
    if (!placed) return null;
    const room = settings.view ? roomIn(placed, settings.view) : 1;
    if (!best || room > best.room) best = { settings, diagram, placed, form: null, objects: grouping.count, room };
    if (!settings.view || room >= 1) break;
  }
  return best;
}
