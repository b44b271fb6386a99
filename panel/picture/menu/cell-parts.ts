/** Which part of the page a cell of the picture shows, and what can be done with its value. Pure. */
import { type Assignable, isVariableName } from '../../../src/capture/assignable.ts';
import { choose } from '../../../src/diagram/choices.ts';
import type { Box, Line, ShownParts } from '../../../src/diagram/diagram.ts';
import type { ShownPart } from '../../../src/diagram/drawn.ts';
import { scopeKey } from '../../../src/diagram/keys.ts';
import { scopeOfFunction } from '../../../src/snapshot/scope-numbers.ts';
import type { HeapObject, ObjectId, Part, Value } from '../../../src/snapshot/snapshot.ts';
import type { Picture } from '../../reading/picture.ts';
import type { MenuBox } from './menu-box.ts';

type Shown = Pick<Picture, 'snapshot' | 'diagram' | 'settings' | 'overview'>;

/** What one cell, or one line of a box, shows. */
export interface CellPart {
  /** Its name as the box has it. */
  readonly name: string;
  readonly value: Value;
  /** Where it is in the page; null where it cannot be named. */
  readonly place: Assignable | null;
}

/** Where a part of an object is, as far as the picture alone says. */
export type PlaceOf = (owner: HeapObject, part: Part) => Assignable | null;

/** The object of a box, and the part of it that the cell under the pointer shows. */
export function partAtCell(picture: Shown, { key, cell }: MenuBox) {
  const box = picture.diagram.boxes.find((one) => one.key === key);
  const owner = ownerOf(picture, box);
  if (!box || !owner || cell === null) return { box, owner, part: null };
  const line = lineAt(box, cell);
  const shown = choose(picture.snapshot, picture.settings).shownParts(owner);
  return { box, owner, part: line?.parts ? partOf(shown, line.parts) : null };
}

/** The values that the cell under the pointer has or, without one, those of the whole box. */
export function valuesOf(picture: Shown, menu: MenuBox, placeOf: PlaceOf = placeInObject): readonly CellPart[] {
  const box = picture.diagram.boxes.find((one) => one.key === menu.key);
  if (!box || picture.overview) return [];
  const pointed = menu.cell === null ? null : lineAt(box, menu.cell);
  const lines = menu.cell === null ? box.lines : pointed ? [pointed] : [];
  const owner = ownerOf(picture, box);
  const shown = owner ? choose(picture.snapshot, picture.settings).shownParts(owner) : [];
  return lines.flatMap((line): readonly CellPart[] => {
    const name = line.labels.map(({ row, column }) => box.rows[row]?.[column]?.text ?? '').join(' ');
    if (box.key === scopeKey) {
      const root = picture.snapshot.roots[box.lines.indexOf(line)];
      if (!root?.result.ok) return [];
      const place: Assignable | null = isVariableName(root.label) ? { type: 'variable', name: root.label } : null;
      return [{ name: root.label, value: root.result.value, place }];
    }
    const part = owner && line.parts ? partOf(shown, line.parts) : null;
    if (!owner || !part || !('value' in part)) return [];
    return [{ name, value: part.value, place: placeOf(owner, part) }];
  });
}

/** Own data properties: of what only looks like one, V8 or the browser has the value. */
export function placeInObject({ id, kind, frozen }: HeapObject, part: Part): Assignable | null {
  if (id < 0) return placeInClosure(id, part);
  if (frozen || kind === 'proxy' || kind === 'module' || kind === 'window') return null;
  if (part.type === 'element') {
    const isOwn = kind === 'array' || kind === 'arguments' || kind === 'typedarray';
    return isOwn ? { type: 'property', object: id, key: String(part.index) } : null;
  }
  if (part.type !== 'property') return null;
  const { key } = part;
  if (key.type === 'symbol')
    return key.symbol.sort === 'own' ? { type: 'property', object: id, key: key.symbol.id } : null;
  if (key.type !== 'name') return null;
  const { head, tail, length } = key.name;
  return head.length + tail.length === length ? { type: 'property', object: id, key: head + tail } : null;
}

/** A variable that a function closes over, which no frame is known to have. */
function placeInClosure(id: ObjectId, part: Part): Assignable | null {
  const scope = scopeOfFunction(id);
  if (!scope || part.type !== 'property' || part.key.type !== 'name') return null;
  return { type: 'closure', ...scope, name: part.key.name.head, frames: [] };
}

/** Whether a value can be replaced: there is one, and it was read. */
export const isReplaceable = ({ type }: Value): boolean =>
  type !== 'accessor' && type !== 'uninitialised' && type !== 'unreadable';

/** An expression for a primitive that was read whole; empty for all else. */
export function expressionFor(value: Value): string {
  switch (value.type) {
    case 'string': {
      const { head, tail, length } = value.text;
      return head.length + tail.length === length ? JSON.stringify(head + tail) : '';
    }
    case 'number':
      return Object.is(value.value, -0) ? '-0' : String(value.value);
    case 'boolean':
      return String(value.value);
    case 'bigint': {
      const { head, tail, length } = value.digits;
      return head.length + tail.length === length ? `${head}${tail}n` : '';
    }
    case 'null':
    case 'undefined':
      return value.type;
    default:
      return '';
  }
}

function ownerOf({ snapshot }: Shown, box: Box | undefined): HeapObject | undefined {
  return box?.object === undefined || box.object === null ? undefined : snapshot.objects.get(box.object);
}

/** The line of the cell, counted in the order of the picture. */
function lineAt(box: Box, ordinal: number): Line | undefined {
  const at = box.rows
    .flatMap((row, rowIndex) => row.map((cell, column) => ({ cell, row: rowIndex, column })))
    .filter(({ cell }) => cell !== null)[ordinal];
  return (
    at &&
    box.lines.find(({ labels, value }) =>
      [...labels, value].some(({ row, column }) => row === at.row && column === at.column),
    )
  );
}

/** Properties are counted in the order in which they are shown, as src/diagram/build.ts does it. */
function partOf(shown: readonly ShownPart[], { of, from, count }: ShownParts): Part | null {
  if (count !== 1) return null;
  let properties = 0;
  for (const { part } of shown) {
    if (part.type === 'hidden') {
      if (part.of === 'property') properties = part.index + part.count;
    } else if (part.type === 'property') {
      if (of === 'property' && properties === from) return part;
      properties += 1;
    } else if (part.type === of && part.index === from) return part;
  }
  return null;
}
