/** Opens an object behind a `✂`, and what it refers to. Asks the page only for what was not read. */
import type { ReadonlySignal } from '@preact/signals';
import { stepsFrom } from '../../../src/snapshot/paths.ts';
import type { ObjectId, Snapshot } from '../../../src/snapshot/snapshot.ts';
import type { ObjectChoices, Overrides } from '../overrides.ts';
import type { ReaderState, Reading } from '../reading.ts';

export interface OpeningTools {
  readonly state: ReadonlySignal<ReaderState>;
  readonly overrides: Overrides;
  /** The current reading, if its objects can be asked for. Otherwise null, and a message says why. */
  live(): Reading | null;
  readAgain(sought: ObjectId): Promise<unknown>;
}

/** The number of objects that one click draws at most: more cannot be read at once. */
const MOST_OPENED = 60;

/** The object and what it refers to, up to so many levels, the nearest first. Functions are text in their cells. */
function behind(object: ObjectId, levels: number, { objects }: Snapshot): readonly ObjectId[] {
  const depths = new Map<ObjectId, number>([[object, 1]]);
  // The loop also visits what is added to the Map meanwhile.
  for (const [id, depth] of depths) {
    const found = objects.get(id);
    if (!found || depth === levels) continue;
    for (const { to } of stepsFrom(found)) {
      const kind = objects.get(to)?.kind;
      if (depths.size < MOST_OPENED && !depths.has(to) && kind !== 'function') depths.set(to, depth + 1);
    }
  }
  return [...depths.keys()];
}

/** Opens an object behind a `✂`, and what it refers to. All of it is undone at once. */
export async function openLevels(
  { state, overrides, live, readAgain }: OpeningTools,
  object: ObjectId,
  levels: number,
): Promise<void> {
  let joined = false;
  for (let level = 1; level <= levels; level++) {
    const { reading } = state.peek();
    if (!reading) return;
    const { opened, paths } = overrides.of(reading.heap);
    const { snapshot, drawn } = reading.picture;
    const isUnreadIn = (id: ObjectId): boolean => snapshot.objects.get(id)?.cut !== null;
    const known = paths ? paths.added : opened;
    // Where all is drawn that was read, a ✂ is always something to read.
    const added = behind(object, level, snapshot).filter(
      (id) => !known.includes(id) && (drawn !== null || id === object || isUnreadIn(id)),
    );
    if (added.length === 0) {
      if (level === 1 && isUnreadIn(object) && live() !== null) await readAgain(object);
      continue;
    }
    const isUnread = drawn === null || added.some(isUnreadIn);
    if (isUnread && live() === null) return;
    const next: Partial<ObjectChoices> = isUnread || !paths ? { opened: [...opened, ...added] } : {};
    overrides.change(
      reading.heap,
      paths ? { ...next, paths: { ...paths, added: [...known, ...added] } } : next,
      joined,
    );
    joined = true;
    if (isUnread) await readAgain(object);
  }
}
