/** Where a text stands in a diagram: titles, keys, values, whole texts behind cut ones, and identity numbers as `#12`. Pure. */
import type { Box, BoxKey, Cell, Diagram } from '../../src/diagram/diagram.ts';
import { symbolKey } from '../../src/diagram/keys.ts';

/** A cell of a box, or the box as a whole where its title or number matches. */
export interface Match {
  readonly box: BoxKey;
  readonly cell: { readonly row: number; readonly column: number } | null;
}

/** All matches, in the order of the boxes and, within one, as they are read. Case does not matter; an empty query finds nothing. */
export function findMatches(diagram: Diagram, query: string): readonly Match[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  return diagram.boxes.flatMap((box) => [
    ...(boxMatches(box, wanted) ? [{ box: box.key, cell: null }] : []),
    ...box.rows.flatMap((cells, row) =>
      cells.flatMap((cell, column) =>
        cell && cellMatches(cell, wanted) ? [{ box: box.key, cell: { row, column } }] : [],
      ),
    ),
  ]);
}

const isNumber = (wanted: string): boolean => /^#\d+$/.test(wanted);

/** An identity number is found whether or not it is shown, and only whole: `#1` is not `#12`. */
function boxMatches({ object, title }: Box, wanted: string): boolean {
  if (isNumber(wanted)) return object === Number(wanted.slice(1));
  return title.toLowerCase().includes(wanted);
}

/** Indices are left out: a search for a number means a value. */
function cellMatches({ kind, text, hint, symbol }: Cell, wanted: string): boolean {
  switch (kind) {
    case 'key':
    case 'value':
      // A symbol's number stands in its hint or text, where `#1` would be found in `#12`.
      if (symbol !== undefined && isNumber(wanted))
        return symbol === symbolKey({ sort: 'own', id: Number(wanted.slice(1)), description: null });
      return text.toLowerCase().includes(wanted) || (hint?.toLowerCase().includes(wanted) ?? false);
    case 'index':
    case 'reference':
    case 'hidden':
    case 'cut':
    case 'holes':
      return false;
    default:
      return kind satisfies never;
  }
}
