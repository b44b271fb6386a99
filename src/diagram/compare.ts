/**
 * What differs between two pictures of one heap: which boxes, cells and references are new, changed or gone. Boxes are
 * known by the identity of their objects and cells by their names, so what merely moved is not marked. Pure.
 */
import type { ObjectId } from '../snapshot/snapshot.ts';
import type { Box, BoxKey, Cell, Diagram, Line, ShownParts } from './diagram.ts';
import { boxKeyOf } from './keys.ts';
import { type CellKey, cellKey, linesOf, type ReadLine } from './lines.ts';

export type Change = 'new' | 'changed' | 'gone';

export interface BoxMarks {
  readonly change: Change;
  /** It is new, and has the content of an object that it replaces. */
  readonly equal?: true;
  /** Cells that differ; empty for a box that is new or gone as a whole. */
  readonly cells: ReadonlyMap<CellKey, Change>;
}

export interface Marks {
  /** Only boxes of the shown picture that differ. */
  readonly boxes: ReadonlyMap<BoxKey, BoxMarks>;
  /** The number of boxes with each mark, including boxes that are only in the other picture. */
  readonly counts: Readonly<Record<Change, number>>;
  /** How many of the new ones have the content of an object that they replace. */
  readonly equal: number;
}

/** The frames of two pictures. Their identities are their places in the stack, so the same call can have two. */
export interface ComparedFrames {
  /** The frame in the shown picture for each frame of the other one that is the same. All that are in neither are different. */
  readonly same: ReadonlyMap<ObjectId, ObjectId>;
  /** Frames of which it is not known whether the other picture has them. They are not marked. */
  readonly unknown: { readonly shown: ReadonlySet<ObjectId>; readonly other: ReadonlySet<ObjectId> };
}

/**
 * Marks how the `shown` picture differs from the `other`. When the shown picture is the earlier one, what only it has is marked
 * as gone, otherwise as new.
 * @param copies New objects with the content of one that they replace.
 * @param frames Null when neither is a stack.
 */
export function comparePictures(
  otherDiagram: Diagram,
  shown: Diagram,
  order: 'earlier' | 'later',
  copies: { has(object: ObjectId): boolean } = new Set(),
  frames: ComparedFrames | null = null,
): Marks {
  const other = frames === null ? otherDiagram : withFramesOf(otherDiagram, frames);
  const unknown = new Set(frames === null ? [] : [...frames.unknown.shown, ...[...frames.unknown.other].map(alone)]);
  const isUnknown = (id: ObjectId | null): boolean => id !== null && unknown.has(id);
  const others = new Map(other.boxes.map((box) => [box.key, box]));
  const onlyShown: Change = order === 'later' ? 'new' : 'gone';
  const onlyOther: Change = order === 'later' ? 'gone' : 'new';
  const counts = { new: 0, changed: 0, gone: 0 };
  let equal = 0;
  const boxes = new Map<BoxKey, BoxMarks>();
  const unsure = maybeHidden(shown, other);
  for (const box of shown.boxes) {
    const counterpart = others.get(box.key);
    if (!counterpart) {
      if (unsure.has(box.key) || isUnknown(box.object)) continue;
      counts[onlyShown] += 1;
      const isEqual = onlyShown === 'new' && box.object !== null && copies.has(box.object);
      if (isEqual) equal += 1;
      boxes.set(box.key, { change: onlyShown, ...(isEqual && { equal: true }), cells: new Map() });
      continue;
    }
    others.delete(box.key);
    const { cells, lost } = compareCells(counterpart, box, onlyShown, isUnknown);
    if (cells.size === 0 && !lost && box.title === counterpart.title) continue;
    counts.changed += 1;
    boxes.set(box.key, { change: 'changed', cells });
  }
  const unsureOthers = maybeHidden(other, shown);
  for (const [key, { object }] of others) if (!unsureOthers.has(key) && !isUnknown(object)) counts[onlyOther] += 1;
  return { boxes, counts, equal };
}

/** Identities of the stack and of its frames (src/snapshot/snapshot.ts). */
const stackId: ObjectId = -1;
const isFrame = (id: ObjectId): boolean => id < stackId && id > -131_072;

/** For two pictures of which nobody knows which frames are the same calls: none is marked. */
export function unknownFrames(other: Diagram, shown: Diagram): ComparedFrames {
  return { same: new Map(), unknown: { shown: framesIn(shown), other: framesIn(other) } };
}

function framesIn({ boxes }: Diagram): ReadonlySet<ObjectId> {
  const ids = boxes.flatMap(({ object, rows }) =>
    object === stackId ? rows.flat().flatMap((cell) => cell?.target ?? []) : (object ?? []),
  );
  return new Set(ids.filter(isFrame));
}

/** An identity that no frame of the shown picture has. */
const alone = (id: ObjectId): ObjectId => id - 2 ** 40;

/** The picture with the frames' identities in the shown one. */
function withFramesOf(diagram: Diagram, { same }: ComparedFrames): Diagram {
  const shownId = (id: ObjectId): ObjectId => (isFrame(id) ? (same.get(id) ?? alone(id)) : id);
  const keys = new Map(
    diagram.boxes.flatMap(({ key, object }) =>
      object !== null && isFrame(object) ? [[key, boxKeyOf(shownId(object))] as const] : [],
    ),
  );
  const keyOf = (key: BoxKey): BoxKey => keys.get(key) ?? key;
  const boxes = diagram.boxes.map((box): Box => {
    if (box.object === null || (box.object !== stackId && !isFrame(box.object))) return box;
    const rows = box.rows.map((row) => row.map((cell) => cell && renumbered(cell, shownId)));
    return { ...box, key: keyOf(box.key), object: shownId(box.object), rows };
  });
  const references = diagram.references.map((reference) => ({
    ...reference,
    from: keyOf(reference.from),
    to: keyOf(reference.to),
  }));
  return { ...diagram, boxes, references };
}

const renumbered = (cell: Cell, shownId: (id: ObjectId) => ObjectId): Cell =>
  cell.target === null ? cell : { ...cell, target: shownId(cell.target) };

function compareCells(other: Box, shown: Box, onlyShown: Change, isUnknown: (id: ObjectId | null) => boolean) {
  const others = namedLines(other);
  const labels = new Set([...others.values()].flatMap((line) => line.labels.map(labelName)));
  const cells = new Map<CellKey, Change>();
  for (const [name, { labels: own, value, line }] of namedLines(shown)) {
    const counterpart = others.get(name);
    others.delete(name);
    if (counterpart) {
      if (!sameValue(counterpart.value, value)) cells.set(cellKey(line.value), 'changed');
      continue;
    }
    if (mayHide(other, line) || isUnknown(value.target)) continue;
    cells.set(cellKey(line.value), onlyShown);
    for (const [turn, label] of own.entries()) {
      const at = line.labels[turn];
      // The label of a table's row is that of many values: it is new only with the row.
      if (at && (own.length === 1 || !labels.has(labelName(label)))) cells.set(cellKey(at), onlyShown);
    }
  }
  const lost = [...others.values()].some(({ line, value }) => !mayHide(shown, line) && !isUnknown(value.target));
  return { cells, lost };
}

/**
 * Whether a line of the same object in another picture may be among what this box leaves out: then it is not known to be new
 * or gone. An element of an array keeps its index; other parts move when those before them go, and are new only at the end.
 */
function mayHide(box: Box, { parts: sought, labels }: Line): boolean {
  if (!sought) return false;
  const ranges = box.lines.flatMap(({ parts }) => (parts && parts.of === sought.of ? [parts] : []));
  const hidden = hiddenParts(box).filter(
    ({ of, scope }) => of === sought.of && (scope === undefined || scope === sought.scope),
  );
  if (sought.of === 'element' && labels.length > 0) {
    return hidden.some(({ from, count }) => from <= sought.from && sought.from < from + count);
  }
  return hidden.length > 0 && ranges.some(({ from, count }) => sought.from < from + count);
}

const hiddenParts = (box: Box): readonly ShownParts[] =>
  linesOf(box).flatMap(({ value, line: { parts } }) => (value.kind === 'hidden' && parts ? [parts] : []));

/** Boxes of `one` alone that may be in the `other` picture's heap: what the other left out may refer to them. */
function maybeHidden(one: Diagram, other: Diagram): ReadonlySet<BoxKey> {
  const others = new Map(other.boxes.map((box) => [box.key, box]));
  const targets = new Map<string, BoxKey>();
  for (const { from, port, to } of one.references) targets.set(`${from}:${port}`, to);
  const found = new Set<BoxKey>();
  const waiting: BoxKey[] = [];
  const reach = (box: Box, { labels, value }: ReadLine): void => {
    for (const { port } of [...labels, value]) {
      const to = targets.get(`${box.key}:${port}`);
      if (to === undefined || others.has(to) || found.has(to)) continue;
      found.add(to);
      waiting.push(to);
    }
  };
  const ones = new Map(one.boxes.map((box) => [box.key, box]));
  for (const box of one.boxes) {
    const counterpart = others.get(box.key);
    const leavesOut = linesOf(counterpart ?? box).some(({ value }) => value.kind === 'hidden' || value.kind === 'cut');
    if (!counterpart || !leavesOut) continue;
    const known = namedLines(counterpart);
    for (const [name, line] of namedLines(box)) {
      const before = known.get(name);
      if (before ? before.value.kind === 'cut' : mayHide(counterpart, line.line)) reach(box, line);
    }
  }
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const box = ones.get(key);
    if (box) for (const line of linesOf(box)) reach(box, line);
  }
  return found;
}

/** The lines of a box by name; where several have the same name, by name and turn. */
function namedLines(box: Box): Map<string, ReadLine> {
  const lines = new Map<string, ReadLine>();
  for (const line of linesOf(box)) {
    const { labels, value } = line;
    // What is left out says nothing of what changed.
    if (value.kind === 'hidden') continue;
    // The label of a frame has its place in the stack.
    const isOfFrame = box.object === stackId && value.target !== null;
    const name = labels.length === 0 || isOfFrame ? valueName(value) : labels.map(labelName).join('\n');
    let unique = name;
    for (let turn = 2; lines.has(unique); turn++) unique = `${name} (${turn})`;
    lines.set(unique, line);
  }
  return lines;
}

/** The name of a label. A symbol's text has its number only while the picture has another symbol with its description. */
function labelName({ kind, text, hint, target, symbol, variable }: Cell): string {
  if (variable) return `variable ${variable.id}`;
  return symbol === undefined ? `${kind} ${text} ${hint ?? ''} ${target ?? ''}` : `${kind} ${symbol}`;
}

/** The name of a value without a label, as in a Set: the value itself. */
function valueName({ kind, text, hint, target, symbol }: Cell): string {
  if (symbol !== undefined) return `${kind} ${symbol}`;
  return target === null ? `${kind} ${text} ${hint ?? ''}` : `→ ${target}`;
}

/** Whether two values are equal. A reference that a limit cut in one of the pictures is still the same reference. */
function sameValue(a: Cell, b: Cell): boolean {
  // The text is all that there is of the object.
  if (a.written && b.written && a.text !== b.text) return false;
  if (a.target !== null || b.target !== null) return a.target === b.target;
  if (a.symbol !== undefined || b.symbol !== undefined) return a.symbol === b.symbol;
  return a.text === b.text && a.hint === b.hint;
}
