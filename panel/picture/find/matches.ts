/** Finds a text in a diagram: in titles, keys, values, whole strings behind cut ones, and identity numbers such as `#12`. Pure. */

import { valuesIn } from '../../../src/diagram/choices.ts';
import type { Box, BoxKey, Cell, Diagram } from '../../../src/diagram/diagram.ts';
import { symbolKey } from '../../../src/diagram/keys.ts';
import type { HeapObject, ObjectId, Snapshot, Value } from '../../../src/snapshot/snapshot.ts';

/** A cell of a box, or the whole box when its title or number matches. */
export interface Match {
  readonly box: BoxKey;
  readonly cell: { readonly row: number; readonly column: number } | null;
  /** The object in the group of the box that matches. */
  readonly inside?: ObjectId;
}

/** All matches, in the order of the boxes and of the cells in each box. Ignores case. An empty query finds nothing. */
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

/** The number of objects in groups that are found: nobody goes through more. */
const mostInside = 1000;

/** Matches of objects that a group's box stands for, by their values and numbers. `boxOf` returns the box of an object's group. */
export function findInGroups(
  { objects }: Pick<Snapshot, 'objects'>,
  query: string,
  boxOf: (id: ObjectId) => BoxKey | null,
): readonly Match[] {
  const wanted = query.trim().toLowerCase();
  const found: Match[] = [];
  if (wanted === '') return found;
  for (const object of objects.values()) {
    if (found.length >= mostInside) break;
    if (!holds(object, wanted)) continue;
    const box = boxOf(object.id);
    if (box !== null) found.push({ box, cell: null, inside: object.id });
  }
  return found;
}

function holds({ id, parts, primitive }: HeapObject, wanted: string): boolean {
  if (isNumber(wanted)) return id === Number(wanted.slice(1));
  return (
    (primitive !== null && says(primitive, wanted)) ||
    parts.some((part) => valuesIn(part).some((value) => says(value, wanted)))
  );
}

function says(value: Value, wanted: string): boolean {
  switch (value.type) {
    case 'string':
      return `${value.text.head}${value.text.tail}`.toLowerCase().includes(wanted);
    case 'number':
    case 'boolean':
      return String(value.value).includes(wanted);
    default:
      return false;
  }
}

const isNumber = (wanted: string): boolean => /^#\d+$/.test(wanted);

/** An identity number is found whether or not it is shown, but only as a whole: `#1` does not find `#12`. */
function boxMatches({ object, title }: Box, wanted: string): boolean {
  if (isNumber(wanted)) return object === Number(wanted.slice(1));
  return title.toLowerCase().includes(wanted);
}

/** Ignores indices, because a search for a number means a value. */
function cellMatches({ kind, text, hint, symbol }: Cell, wanted: string): boolean {
  switch (kind) {
    case 'key':
    case 'value':
      // A symbol's number is in its hint or text, where `#1` would also find `#12`.
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
