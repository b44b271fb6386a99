/**
 * Arranges the values of a box in rows of cells, and knows which cells are the label and the value of each. Code that needs a
 * value with its name asks here and must not derive it from rows and columns. Pure.
 */
import type { Box, Cell, CellPosition, Line, ShownParts } from './diagram.ts';

/** `row:column`. */
export type CellKey = string;

/** The part of a box that says where its cells are. */
export type Arranged = Pick<Box, 'orientation' | 'rows' | 'lines'>;

/** A line with its cells in place of their positions. */
export interface ReadLine {
  readonly labels: readonly Cell[];
  readonly value: Cell;
  readonly line: Line;
}

export interface TableRow {
  /** Null for the row that counts hidden ones. */
  readonly label: Cell | null;
  /** From the first column on. Missing columns stay empty. */
  readonly values: readonly Cell[];
}

/** Makes one row for each field, or one column. When no field has a label, there are no cells for labels. */
export function arranged(
  fields: readonly { readonly label: Cell | null; readonly value: Cell; readonly parts?: ShownParts | null }[],
  orientation: Box['orientation'],
): Arranged {
  const labelled = fields.some(({ label }) => label !== null);
  const cell = (turn: number, field: number): CellPosition =>
    orientation === 'vertical' ? { row: field, column: turn } : { row: turn, column: field };
  const lines = fields.map(
    ({ label, parts = null }, i): Line => ({
      parts,
      labels: label === null ? [] : [cell(0, i)],
      value: cell(labelled ? 1 : 0, i),
    }),
  );
  if (fields.length === 0) return { orientation, lines, rows: [] };
  const values = fields.map(({ value }) => value);
  if (orientation === 'horizontal') {
    return { orientation, lines, rows: labelled ? [fields.map(({ label }) => label), values] : [values] };
  }
  return { orientation, lines, rows: fields.map(({ label, value }) => (labelled ? [label, value] : [value])) };
}

/** @param header A label for each column, null for a column of `…`. */
export function arrangedTable(header: readonly (Cell | null)[], body: readonly TableRow[]): Arranged {
  const rows = [
    [null, ...header],
    ...body.map(({ label, values }) => [label, ...header.map((_, column) => values[column] ?? null)]),
  ];
  const lines = body.flatMap(({ label, values }, i) =>
    values.map((_, column): Line => {
      const own = label === null ? [] : [{ row: i + 1, column: 0 }];
      const ofColumn = label === null || !header[column] ? [] : [{ row: 0, column: column + 1 }];
      return { parts: null, labels: [...own, ...ofColumn], value: { row: i + 1, column: column + 1 } };
    }),
  );
  return { orientation: 'vertical', rows, lines };
}

export const cellKey = ({ row, column }: CellPosition): CellKey => `${row}:${column}`;

const cellAt = ({ rows }: Box, { row, column }: CellPosition): Cell | null => rows[row]?.[column] ?? null;

/** The lines of a box, in its order. */
export function linesOf(box: Box): readonly ReadLine[] {
  return box.lines.flatMap((line): ReadLine[] => {
    const value = cellAt(box, line.value);
    return value ? [{ labels: line.labels.flatMap((label) => cellAt(box, label) ?? []), value, line }] : [];
  });
}

/** All cells of the lines, labels before their values. The label of a table's row or column is included once. */
export function cellsOf(
  box: Box,
): readonly { readonly key: CellKey; readonly at: CellPosition; readonly cell: Cell }[] {
  const positions = new Map(
    box.lines.flatMap(({ labels, value }) => [...labels, value].map((at) => [cellKey(at), at] as const)),
  );
  return [...positions].flatMap(([key, at]) => {
    const cell = cellAt(box, at);
    return cell ? [{ key, at, cell }] : [];
  });
}
