/**
 * Draws arrays of equal rows as a grid: matrices (arrays of arrays of one length) and records (arrays of objects with the same
 * keys). The grid replaces the boxes of its rows, so a row that anything else refers to must not be in one.
 */

import type { Slices } from '../snapshot/read-options.ts';
import type { HeapObject, ObjectId, Part, Value } from '../snapshot/snapshot.ts';
import { say } from '../words/say.ts';
import type { Cells } from './cells.ts';
import { type Choices, inSlices, valuesIn } from './choices.ts';
import type { Cell } from './diagram.ts';
import { type Arranged, arrangedTable, type TableRow } from './lines.ts';

export interface Table extends Arranged {
  /** `3 × 4`: rows by columns, including hidden ones. */
  readonly size: string;
}

/** Null when the object is not an array of equal rows, or when a reference could leave only across other cells. */
export function tableOf(object: HeapObject, cells: Cells, choices: Choices, forced: boolean): Table | null {
  const { records, rows: rowSlices, columns } = choices.settings.tables;
  const matrices = choices.settings.tables.matrices || choices.settings.teaching;
  if (object.kind !== 'array' || (!forced && !matrices && !records)) return null;
  const rows = rowsOf(object, choices);
  const [first] = rows ?? [];
  if (!rows || !first || rows.length < 2) return null;
  const shape = shapeOf(first);
  if (shape === null || !(forced || (shape.records ? records : matrices))) return null;
  if (rows.some((row) => shapeOf(row)?.id !== shape.id)) return null;
  const width = first.size ?? first.parts.length;
  const shownColumns = slicedParts(first.parts, width, columns);
  // A reference can leave only to the right of the last column.
  const inner = shownColumns.slice(0, -1);
  if (rows.some((row) => inner.some((at) => at !== null && leads(row.parts[at], choices)))) return null;

  const label = (part: Part | undefined): Cell | null => (part ? cells.label(part, first.kind) : null);
  const header = shownColumns.map((at) => (at === null ? null : label(first.parts[at])));
  const hiddenRow = (count: number, behind: readonly Value[]): TableRow => ({
    label: null,
    values: [cells.hidden(say('cell_rowsHidden', { count }), behind)],
  });
  const body: TableRow[] = [];
  const isShown = inSlices(object.size ?? rows.length, rowSlices);
  let next = 0;
  let hidden = 0;
  let behind: Value[] = [];
  for (const part of object.parts) {
    if (part.type === 'hidden') {
      hidden += part.count;
      behind.push(...valuesIn(part));
      continue;
    }
    if (part.type !== 'element') continue;
    const row = rows[next++];
    if (!row || !isShown(part.index)) {
      hidden += 1;
      behind.push(...valuesIn(part));
      continue;
    }
    if (hidden > 0) body.push(hiddenRow(hidden, behind));
    hidden = 0;
    behind = [];
    const values = shownColumns.map((at) => {
      const own = at === null ? undefined : row.parts[at];
      if (own) return cells.field(own, row.kind).value;
      return cells.hidden(say('cell_columns'), []);
    });
    body.push({ label: cells.label(part, object.kind), values });
  }
  if (hidden > 0) body.push(hiddenRow(hidden, behind));
  return { ...arrangedTable(header, body), size: `${object.size ?? rows.length} × ${width}` };
}

/** The elements of an array, when they are all rows that nothing else refers to; else null. */
function rowsOf(object: HeapObject, choices: Choices): readonly HeapObject[] | null {
  const rows: HeapObject[] = [];
  const seen = new Set<ObjectId>();
  for (const part of object.parts) {
    if (part.type === 'hidden' && part.of === 'element') continue;
    if (part.type !== 'element' || part.value.type !== 'reference') return null;
    const row = choices.snapshot.objects.get(part.value.id);
    if (!row || seen.has(row.id) || row.cut !== null || row.primitive !== null) return null;
    if (choices.incoming(row.id) !== 1 || choices.displayOf(row) !== 'box') return null;
    seen.add(row.id);
    // The buffer of a typed array is not a column.
    rows.push({ ...row, parts: row.parts.filter((own) => own.type !== 'property' || own.key.type !== 'internal') });
  }
  return rows;
}

/** A text that is equal for rows that fit into one grid. */
function shapeOf({
  kind,
  className,
  parts,
  size,
}: HeapObject): { readonly records: boolean; readonly id: string } | null {
  if (parts.length === 0) return null;
  const type = `${kind} ${className ? className.head : ''} ${size}`;
  if (kind === 'array' || kind === 'typedarray') {
    if (!parts.every((part) => part.type === 'element' || (part.type === 'hidden' && part.of === 'element')))
      return null;
    return {
      records: false,
      id: `${type} ${parts.map((part) => `${part.type} ${'index' in part ? part.index : ''}`)}`,
    };
  }
  if (kind !== 'object' && kind !== 'instance') return null;
  const names: string[] = [];
  for (const part of parts) {
    if (part.type !== 'property' || part.key.type !== 'name') return null;
    names.push(`${part.key.name.head}${part.key.name.tail}`);
  }
  return { records: true, id: `${type} ${JSON.stringify(names)}` };
}

/** The positions in `parts` that are shown; null for each run of hidden ones. */
function slicedParts(parts: readonly Part[], width: number, slices: Slices): readonly (number | null)[] {
  const isShown = inSlices(width, slices);
  const shown: (number | null)[] = [];
  parts.forEach((part, i) => {
    const position = part.type === 'element' ? part.index : i;
    if (part.type !== 'hidden' && isShown(position)) shown.push(i);
    else if (shown.at(-1) !== null) shown.push(null);
  });
  return shown;
}

function leads(part: Part | undefined, { snapshot, displayOf, settings }: Choices): boolean {
  if (part?.type !== 'element' && part?.type !== 'property') return false;
  if (part.value.type !== 'reference') return settings.primitives.asBoxes;
  const target = snapshot.objects.get(part.value.id);
  return target !== undefined && displayOf(target) !== 'inline';
}
