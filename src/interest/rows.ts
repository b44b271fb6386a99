/**
 * Chooses the parts of an object that are shown when there is no room for all: those that refer to something in the picture, then those
 * that distinguish objects. They keep their order, because a user would have to search for a row that moved. Pure.
 */
import { valuesIn } from '../diagram/choices.ts';
import type { ShownPart } from '../diagram/drawn.ts';
import type { HeapObject, ObjectId, Part, Value } from '../snapshot/snapshot.ts';
import { isInternal, isOfScripts, isOutside } from './graph.ts';

/** What the choice of rows depends on. */
export interface RowContext {
  /** The number of rows, which is exceeded only by rows that refer to drawn objects. */
  readonly limit: number;
  /** The same for the variables of a frame. */
  readonly variables: number;
  /** The frame in which the page stands; null when there is none. */
  readonly innermost: ObjectId | null;
  isDrawn(id: ObjectId): boolean;
  isFunction(id: ObjectId): boolean;
}

/** The shown parts; null when all are shown. */
export function chooseRows(
  object: HeapObject,
  parts: readonly ShownPart[],
  context: RowContext,
): readonly ShownPart[] | null {
  if (object.kind === 'scope' && parts.some(isVariable)) return chooseVariables(object, parts, context);
  const { limit } = context;
  // A `…` also takes a row.
  if (parts.length <= limit + 1) return null;
  const worth = parts.flatMap(({ part }, position) => {
    const rank = rankOf(part, context);
    return rank < hiddenRank ? [{ position, rank, leads: leadsOn(part, context) }] : [];
  });
  // The innermost frame is the last one of a stack.
  const order = object.kind === 'stack' ? -1 : 1;
  worth.sort((a, b) => a.rank - b.rank || order * (a.position - b.position));
  return withHidden(parts, firstOf(worth, limit));
}

interface Worth {
  readonly position: number;
  readonly leads: boolean;
}

/** The positions of the first few, and of all that lead to something drawn. */
function firstOf(worth: readonly Worth[], limit: number): ReadonlySet<number> {
  const leading = worth.filter(({ leads }) => leads);
  const others = worth.filter(({ leads }) => !leads).slice(0, Math.max(0, limit - leading.length));
  return new Set([...leading, ...others].map(({ position }) => position));
}

const isVariable = ({ part }: ShownPart): boolean =>
  (part.type === 'property' || part.type === 'hidden') && part.scope !== undefined;

/**
 * The variables of a frame: its own, then those that it uses of the functions around it. What scripts declared comes last, and in
 * full only where the page stands.
 */
function chooseVariables(
  { id }: HeapObject,
  parts: readonly ShownPart[],
  context: RowContext,
): readonly ShownPart[] | null {
  const isElsewhere = id !== context.innermost;
  const ofScripts = parts.filter(({ part }) => isOfScripts(part)).length;
  const fewScripts = isElsewhere && ofScripts > fewOutside;
  if (parts.length <= context.variables + 1 && !fewScripts) return null;
  const worth = parts.flatMap(({ part }, position) => {
    if (part.type === 'hidden') return [];
    const leads = leadsOn(part, context);
    const group = isOfScripts(part) ? 2 : isOutside(part) ? 1 : 0;
    return [{ position, group, rank: leads ? 0 : rankOf(part, context), leads }];
  });
  // Own variables keep their order, in which they were declared.
  worth.sort((a, b) => a.group - b.group || (a.group === 2 ? a.rank - b.rank : 0) || a.position - b.position);
  const most = fewScripts ? Math.min(context.variables, parts.length - ofScripts + fewOutside) : context.variables;
  return withHidden(parts, firstOf(worth, most));
}

/** The number of rows for what scripts declared, in a frame where the page does not stand. */
const fewOutside = 5;

/** From this rank on, a part is never shown. */
const hiddenRank = 9;

/** Whether a drawn object would have no reference without this row. */
const leadsOn = (part: Part, { isDrawn }: RowContext): boolean =>
  part.type !== 'hidden' && valuesIn(part).some((value) => value.type === 'reference' && isDrawn(value.id));

/** The rank of a part. Rank 0 is shown first. */
function rankOf(part: Part, context: RowContext): number {
  if (part.type === 'hidden') return hiddenRank;
  const leads = leadsOn(part, context);
  if (isInternal(part)) return leads ? 3 : 8;
  if (leads) return 0;
  if (part.type !== 'property') return 2;
  if (part.key.type === 'name' && tellsApart.test(part.key.name.head)) return 1;
  return valuesIn(part).reduce((least, value) => Math.min(least, rankOfValue(value, context)), 7);
}

/** Names of fields that say what an object is. */
const tellsApart = /^(?:id|key|name|type|kind|tag|label|title|text|value|status|state|message|url|path)$/i;

function rankOfValue(value: Value, { isFunction }: RowContext): number {
  switch (value.type) {
    case 'reference':
      return isFunction(value.id) ? 6 : 3;
    case 'undefined':
    case 'null':
    case 'uninitialised':
      return 5;
    case 'accessor':
      return 6;
    default:
      return 4;
  }
}

/**
 * The shown parts in their order. Elements left out between them, and all left-out properties, become a `…`. The variables that a
 * frame does not use keep the cells that count them.
 */
function withHidden(parts: readonly ShownPart[], shown: ReadonlySet<number>): readonly ShownPart[] {
  const rows: ShownPart[] = [];
  const unused: ShownPart[] = [];
  let properties: ShownPart | null = null;
  parts.forEach((each, position) => {
    const { part } = each;
    if (shown.has(position) && part.type !== 'hidden') {
      rows.push(each);
      return;
    }
    if (part.type === 'hidden' && part.scope !== undefined) {
      unused.push(each);
      return;
    }
    const hidden = hiddenPart(each);
    if (hidden.part.type === 'hidden' && hidden.part.of === 'property') {
      properties = properties ? joined(properties, hidden) : hidden;
      return;
    }
    const last = rows.at(-1);
    if (last?.part.type === 'hidden') rows[rows.length - 1] = joined(last, hidden);
    else rows.push(hidden);
  });
  return [...rows, ...(properties ? [properties] : []), ...unused];
}

function hiddenPart({ part, behind }: ShownPart): ShownPart {
  switch (part.type) {
    case 'hidden':
      return { part, behind };
    case 'holes':
      return { part: { type: 'hidden', of: 'element', index: part.index, count: part.count }, behind: [] };
    case 'property':
      return { part: { type: 'hidden', of: 'property', index: 0, count: 1 }, behind: valuesIn(part) };
    case 'element':
    case 'entry':
      return { part: { type: 'hidden', of: part.type, index: part.index, count: 1 }, behind: valuesIn(part) };
  }
}

function joined(one: ShownPart, other: ShownPart): ShownPart {
  if (one.part.type !== 'hidden' || other.part.type !== 'hidden') return one;
  return {
    part: { ...one.part, count: one.part.count + other.part.count },
    behind: [...one.behind, ...other.behind],
  };
}
