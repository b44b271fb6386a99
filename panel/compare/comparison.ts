/**
 * Compares two readings: what is new, changed and gone, over everything that was read, whether it is drawn or not, and in which words
 * that is told. Two heaps number their objects alike by chance, so between them objects are known by their place. Pure.
 */
import { aligned } from '../../src/compare/aligned.ts';
import { copies } from '../../src/compare/counterparts.ts';
import { buildDiagram } from '../../src/diagram/build.ts';
import {
  type BoxMarks,
  type ComparedFrames,
  comparePictures,
  type Marks,
  unknownFrames,
} from '../../src/diagram/compare.ts';
import type { Box, BoxKey, Diagram } from '../../src/diagram/diagram.ts';
import { type CellKey, cellKey } from '../../src/diagram/lines.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { say } from '../../src/words/say.ts';
import type { Picture } from '../reading/picture.ts';
import type { Reading } from '../reading/reading.ts';

export interface Comparison {
  /** Of the later picture. */
  readonly marks: Marks;
  /** Of the picture that it is compared with. */
  readonly otherMarks: Marks;
  /** One sentence with the counts. */
  readonly sentence: string;
  /** What limits the comparison, in one sentence; null for nothing. */
  readonly limit: string | null;
}

type Compared = Pick<Reading, 'heap' | 'transport' | 'picture' | 'options'>;

/**
 * @param shown The later one.
 * @param knownFrames Which frames are the same calls, where that is known.
 */
export function compareReadings(
  other: Compared,
  shown: Compared,
  knownFrames: ComparedFrames | null = null,
): Comparison {
  const sameHeap = other.heap === shown.heap;
  // What a lens shows in addition, because more was read for it, has not changed.
  if (other.picture.lens !== shown.picture.lens && readingOf(other) !== readingOf(shown))
    return { marks: nothing, otherMarks: nothing, sentence: say('compare_lens'), limit: limitOf(other, shown) };
  const { settings, seen } = shown.picture;
  const read = shown.picture.snapshot;
  const readBefore = sameHeap ? other.picture.snapshot : aligned(other.picture.snapshot, read);
  const replaced = sameHeap ? copies(readBefore, read) : new Set<number>();
  // A lens shows other rows: only what differs through the same one has changed.
  const [before, snapshot] = [seen(readBefore), seen(read)];
  const whole = (one: Snapshot): Diagram => {
    const { drawn: _, ...rest } = settings;
    return buildDiagram(one, rest);
  };
  const all = { before: whole(before), after: shown.picture.drawn === null ? shown.picture.diagram : whole(snapshot) };
  // A kept stack does not say which calls its frames were.
  const frames = knownFrames ?? unknownFrames(all.before, all.after);
  const marks = comparePictures(all.before, all.after, 'later', replaced, frames);
  return {
    marks: drawnMarks(
      shown.picture,
      marks,
      comparePictures(all.before, shown.picture.diagram, 'later', replaced, frames),
    ),
    otherMarks: otherMarks(
      other.picture,
      sameHeap
        ? comparePictures(
            all.after,
            other.picture.diagram,
            'earlier',
            undefined,
            unknownFrames(all.after, other.picture.diagram),
          )
        : null,
    ),
    sentence: sentenceOf(marks, all.after.boxes.length),
    limit: limitOf(other, shown),
  };
}

const nothing: Marks = { boxes: new Map(), counts: { new: 0, changed: 0, gone: 0 }, equal: 0 };

/** What lenses change in how is read. */
const readingOf = ({ options: { slices, nonEnumerable, scopes, functions } }: Compared): string =>
  JSON.stringify([slices, nonEnumerable, scopes, functions]);

/** In a picture of another heap the boxes have other numbers than those that were compared. */
const otherMarks = ({ drawn }: Picture, marks: Marks | null): Marks =>
  marks === null || drawn !== null ? nothing : marks;

/** Marks what is drawn, and in its cells what is written there or has no room. The counts are those of everything. */
function drawnMarks({ diagram, drawn }: Picture, all: Marks, own: Marks): Marks {
  if (drawn === null) return all;
  // A box that has other rows than before, because there is other room, has not changed.
  const boxes = new Map([...own.boxes].filter(([key, { change }]) => change !== 'changed' || isChanged(key, all)));
  for (const box of diagram.boxes) {
    const cells = changedWithin(box, all);
    if (cells.size === 0) continue;
    const marked: BoxMarks | undefined = boxes.get(box.key);
    if (marked && marked.change !== 'changed') continue;
    boxes.set(box.key, { change: 'changed', cells: new Map([...cells, ...(marked?.cells ?? [])]) });
  }
  return { ...all, boxes };
}

const isChanged = (key: BoxKey, { boxes }: Marks): boolean => boxes.get(key)?.change === 'changed';

/** Cells that show, as text, an object that changed. */
function changedWithin({ rows, lines }: Box, all: Marks): ReadonlyMap<CellKey, 'changed'> {
  const found = new Map<CellKey, 'changed'>();
  for (const { value } of lines) {
    const cell = rows[value.row]?.[value.column];
    if (cell?.written && cell.target !== null && isChanged(`o${cell.target}`, all))
      found.set(cellKey(value), 'changed');
  }
  return found;
}

export function sentenceOf({ counts, equal }: Pick<Marks, 'counts' | 'equal'>, total: number): string {
  const { new: added, changed, gone } = counts;
  if (added > 0) return say('compare_new', { new: added, total, equal, changed, gone });
  if (changed > 0) return say('compare_changed', { total, changed, gone });
  return gone > 0 ? say('compare_gone', { gone, total }) : say('compare_nothing', { total });
}

function limitOf(other: Compared, shown: Compared): string | null {
  if (other.heap !== shown.heap) return say('compare_byPlace');
  return other.transport === shown.transport ? null : say('compare_transports');
}
