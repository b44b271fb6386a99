/**
 * What differs between two pictures of one heap: which boxes, cells and references are new, changed or gone. Boxes are
 * known by the identity of their objects and cells by their names, so what merely moved is not marked. Pure.
 */
import type { Box, BoxKey, Cell, Diagram } from '../diagram/diagram.ts';

export type Change = 'new' | 'changed' | 'gone';

/** Place of a cell in its box: `row:column`. */
export type CellPlace = string;

export interface BoxMarks {
  readonly change: Change;
  /** Cells that differ; empty for a box that is new or gone as a whole. */
  readonly cells: ReadonlyMap<CellPlace, Change>;
}

export interface Marks {
  /** Only boxes of the shown picture that differ. */
  readonly boxes: ReadonlyMap<BoxKey, BoxMarks>;
  /** How many objects are marked how, those that stand only in the other picture included. */
  readonly counts: Readonly<Record<Change, number>>;
}

/**
 * Marks the `shown` picture against the `other`. When the shown one is the earlier of the two, what it has and the later
 * one has not is marked as gone instead of new.
 */
export function comparePictures(other: Diagram, shown: Diagram, place: 'earlier' | 'later'): Marks {
  const others = new Map(other.boxes.map((box) => [box.key, box]));
  const onlyShown: Change = place === 'later' ? 'new' : 'gone';
  const onlyOther: Change = place === 'later' ? 'gone' : 'new';
  const counts = { new: 0, changed: 0, gone: 0 };
  const boxes = new Map<BoxKey, BoxMarks>();
  for (const box of shown.boxes) {
    const counterpart = others.get(box.key);
    if (!counterpart) {
      counts[onlyShown] += 1;
      boxes.set(box.key, { change: onlyShown, cells: new Map() });
      continue;
    }
    others.delete(box.key);
    const { cells, lost } = compareCells(counterpart, box, onlyShown);
    if (cells.size === 0 && !lost && box.title === counterpart.title) continue;
    counts.changed += 1;
    boxes.set(box.key, { change: 'changed', cells });
  }
  counts[onlyOther] += others.size;
  return { boxes, counts };
}

/** A value with the name that stands beside or above it. */
interface Line {
  readonly place: CellPlace;
  readonly labelPlace: CellPlace | null;
  readonly cell: Cell;
}

function compareCells(other: Box, shown: Box, onlyShown: Change) {
  const others = linesOf(other);
  const cells = new Map<CellPlace, Change>();
  for (const [name, { place, labelPlace, cell }] of linesOf(shown)) {
    const counterpart = others.get(name);
    others.delete(name);
    if (!counterpart) {
      cells.set(place, onlyShown);
      if (labelPlace !== null) cells.set(labelPlace, onlyShown);
    } else if (!sameValue(counterpart.cell, cell)) cells.set(place, 'changed');
  }
  return { cells, lost: others.size > 0 };
}

/** The lines of a box by name; where several have the same name, by name and turn. */
function linesOf(box: Box): Map<string, Line> {
  const lines = new Map<string, Line>();
  const add = (label: Cell | null, labelPlace: CellPlace, cell: Cell | null, place: CellPlace): void => {
    if (!cell) return;
    const name = label ? labelName(label) : valueName(cell);
    let unique = name;
    for (let turn = 2; lines.has(unique); turn++) unique = `${name} (${turn})`;
    lines.set(unique, { place, labelPlace: label ? labelPlace : null, cell });
  };
  const { rows, orientation } = box;
  if (orientation === 'vertical') {
    for (const [row, cells] of rows.entries()) {
      const [first = null, second] = cells;
      if (second === undefined) add(null, '', first, `${row}:0`);
      else if (second === null) add(null, '', first, `${row}:0`);
      else add(first, `${row}:0`, second, `${row}:1`);
      for (const [column, cell] of cells.entries()) if (column > 1) add(first, '', cell, `${row}:${column}`);
    }
    return lines;
  }
  const [first = [], second] = rows;
  for (const [column, cell] of first.entries()) {
    if (second) add(cell, `0:${column}`, second[column] ?? null, `1:${column}`);
    else add(null, '', cell, `0:${column}`);
  }
  for (const [row, cells] of rows.entries()) {
    if (row > 1) for (const [column, cell] of cells.entries()) add(first[column] ?? null, '', cell, `${row}:${column}`);
  }
  return lines;
}

/** A symbol's number comes into its text when another symbol of its description does into the picture. */
function labelName({ kind, text, hint, target, symbol }: Cell): string {
  return symbol === undefined ? `${kind} ${text} ${hint ?? ''} ${target ?? ''}` : `${kind} ${symbol}`;
}

/** Values without names, as in a Set, are known by what they are. */
function valueName({ kind, text, hint, target, symbol }: Cell): string {
  if (symbol !== undefined) return `${kind} ${symbol}`;
  return target === null ? `${kind} ${text} ${hint ?? ''}` : `→ ${target}`;
}

/** A reference that a limit cut in one of the pictures is still the same reference. */
function sameValue(a: Cell, b: Cell): boolean {
  if (a.target !== null || b.target !== null) return a.target === b.target;
  if (a.symbol !== undefined || b.symbol !== undefined) return a.symbol === b.symbol;
  return a.text === b.text && a.hint === b.hint;
}
