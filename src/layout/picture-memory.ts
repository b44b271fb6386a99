/**
 * Pictures that were laid out recently. A step of a program mostly changes the texts of cells, not their sizes or references,
 * and then every position and line is known. Must never answer with a position that a new layout would not give.
 */
import type { Box, Cell, Diagram, Reference } from '../diagram/diagram.ts';
import type { MeasuredFrame } from './measure.ts';
import type { Placed, PlacedBox, PlacedCell, PlacedReference } from './placed.ts';
import type { Window } from './wrapped/window.ts';

/** The number of pictures that a user switches between: steps, frames, the tab's views. */
const remembered = 6;

interface Memory {
  /** Where it was shown; undefined for a picture that is never wrapped. */
  readonly window: Window | undefined;
  readonly frames: readonly MeasuredFrame[];
  readonly placed: Placed;
}

export interface PictureMemory {
  /** The picture of a diagram at the positions of a remembered one whose boxes have the same sizes; else null. */
  recall(diagram: Diagram, frames: readonly MeasuredFrame[], window?: Window): Placed | null;
  keep(frames: readonly MeasuredFrame[], placed: Placed, window?: Window): void;
}

export function createPictureMemory(): PictureMemory {
  /** The newest last. */
  const memories: Memory[] = [];
  return {
    recall(diagram, frames, window) {
      const known = memories.findLast((memory) => isFor(window, memory) && fits(diagram, frames, memory));
      return known ? placedAs(diagram, frames, known.placed) : null;
    },
    keep(frames, placed, window) {
      const { diagram, boxes, references } = placed;
      if (boxes.length !== diagram.boxes.length || references.length !== diagram.references.length) return;
      const replaced = memories.findIndex((memory) => isFor(window, memory) && fits(diagram, frames, memory));
      if (replaced !== -1) memories.splice(replaced, 1);
      memories.push({ window, frames, placed });
      if (memories.length > remembered) memories.shift();
    },
  };
}

/** Whether a picture is what a new layout for this window would give. What fits into it is wrapped in none. */
function isFor(window: Window | undefined, { window: known, placed }: Memory): boolean {
  if (
    placed.tier !== 'wrapped' &&
    (!window || Math.min(window.width / placed.width, window.height / placed.height) >= 1)
  )
    return true;
  if (!window || !known || window.width !== known.width || window.height !== known.height) return false;
  return window.wraps === known.wraps || (window.wraps === 'last' && known.wraps === 'larger');
}

function placedAs(diagram: Diagram, frames: readonly MeasuredFrame[], placed: Placed): Placed {
  return {
    ...placed,
    diagram,
    boxes: diagram.boxes.flatMap((box, number): PlacedBox[] => {
      const was = placed.boxes[number];
      const frame = frames[number];
      return was && frame ? [{ ...was, box, figure: frame.figure, cells: frame.cells }] : [];
    }),
    references: diagram.references.flatMap((reference, number): PlacedReference[] => {
      const was = placed.references[number];
      return was ? [{ ...was, reference }] : [];
    }),
  };
}

function fits(diagram: Diagram, frames: readonly MeasuredFrame[], { frames: known, placed }: Memory): boolean {
  const was = placed.diagram;
  return (
    diagram.direction === was.direction &&
    diagram.style?.spacing === was.style?.spacing &&
    diagram.style?.joins === was.style?.joins &&
    diagram.style?.staggered === was.style?.staggered &&
    diagram.style?.graphviz === was.style?.graphviz &&
    allAlike(diagram.boxes, was.boxes, sameCells) &&
    allAlike(diagram.references, was.references, sameEnds) &&
    allAlike(frames, known, sameSizes)
  );
}

function allAlike<T>(some: readonly T[], others: readonly T[], alike: (one: T, other: T) => boolean): boolean {
  return (
    some.length === others.length &&
    some.every((one, i) => {
      const other = others[i];
      return other !== undefined && alike(one, other);
    })
  );
}

const sameEnds = (one: Reference, other: Reference): boolean =>
  one.from === other.from && one.port === other.port && one.to === other.to;

/** Whether references leave from the same cells. */
const sameCells = (one: Box, other: Box): boolean =>
  one.key === other.key &&
  one.orientation === other.orientation &&
  allAlike(one.rows, other.rows, (row, otherRow) => allAlike(row, otherRow, samePorts));

function samePorts(one: Cell | null, other: Cell | null): boolean {
  if (one === null || other === null) return one === other;
  if (one.port !== other.port) return false;
  return allAlike(one.hiddenPorts ?? [], other.hiddenPorts ?? [], (port, otherPort) => port === otherPort);
}

const sameSizes = (one: MeasuredFrame, other: MeasuredFrame): boolean =>
  one.width === other.width &&
  one.height === other.height &&
  one.titleWidth === other.titleWidth &&
  samePlace(one.figure, other.figure) &&
  allAlike(one.cells, other.cells, (row, otherRow) => allAlike(row, otherRow, samePlace));

/** Whether two cells have the same rectangle. Their texts may have different widths. */
function samePlace(one: PlacedCell | null, other: PlacedCell | null): boolean {
  if (one === null || other === null) return one === other;
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;
}
