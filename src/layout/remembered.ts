/**
 * Pictures that were laid out a moment ago: a step of a program mostly changes what cells say and nothing of their sizes
 * or references, and then every place and line is known. Must never answer with a place that a new layout would not give.
 */
import type { Box, Cell, Diagram, Reference } from '../diagram/diagram.ts';
import type { MeasuredFrame } from './measure.ts';
import type { Placed, PlacedBox, PlacedCell, PlacedReference } from './placed.ts';

/** As many as a person goes back and forth between: steps, frames, the tab's views. */
const remembered = 6;

interface Memory {
  readonly frames: readonly MeasuredFrame[];
  readonly placed: Placed;
}

export interface PictureMemory {
  /** The picture of a diagram whose boxes are as large as those of a remembered one, in that one's places; else null. */
  recall(diagram: Diagram, frames: readonly MeasuredFrame[]): Placed | null;
  keep(frames: readonly MeasuredFrame[], placed: Placed): void;
}

export function createPictureMemory(): PictureMemory {
  /** The newest last. */
  const memories: Memory[] = [];
  return {
    recall(diagram, frames) {
      const known = memories.findLast((memory) => fits(diagram, frames, memory));
      return known ? inItsPlaces(diagram, frames, known.placed) : null;
    },
    keep(frames, placed) {
      const { diagram, boxes, references } = placed;
      if (boxes.length !== diagram.boxes.length || references.length !== diagram.references.length) return;
      const replaced = memories.findIndex((memory) => fits(diagram, frames, memory));
      if (replaced !== -1) memories.splice(replaced, 1);
      memories.push({ frames, placed });
      if (memories.length > remembered) memories.shift();
    },
  };
}

function inItsPlaces(diagram: Diagram, frames: readonly MeasuredFrame[], placed: Placed): Placed {
  return {
    ...placed,
    diagram,
    boxes: diagram.boxes.flatMap((box, number): PlacedBox[] => {
      const was = placed.boxes[number];
      const frame = frames[number];
      return was && frame ? [{ ...was, box, cells: frame.cells }] : [];
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

/** References leave from the same cells. */
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
  allAlike(one.cells, other.cells, (row, otherRow) => allAlike(row, otherRow, samePlace));

/** Their texts may be of different widths. */
function samePlace(one: PlacedCell | null, other: PlacedCell | null): boolean {
  if (one === null || other === null) return one === other;
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;
}
