/**
 * From a snapshot to what is drawn: which objects become boxes, how their cells stand, and which references lead where.
 * Pure. Never drops a value in silence: what is not shown leaves a cell that says so, unless a setting says to leave it out.
 */
import type { HeapObject, ObjectId, ObjectKind, Part, Snapshot, Value } from '../snapshot/snapshot.ts';
import { type Cells, createCells, type Line } from './cells.ts';
import { type Choices, choose, type ShownPart } from './choices.ts';
import type { Box, BoxKey, Category, Cell, Diagram, Reference } from './diagram.ts';
import { inlineText } from './inline.ts';
import { boxKeyOf, primitiveKey, scopeKey } from './keys.ts';
import { type DiagramSettings, defaultSettings, type OrientationRules, type Shape } from './settings.ts';
import { tableOf } from './table.ts';
import { showName, wholeText } from './text.ts';
import { categoryOf, titleOf } from './titles.ts';

/** A box with what its cells know beyond what is drawn. */
interface Made {
  readonly box: Box;
  readonly cells: Cells;
}

/**
 * The diagram of everything that is reachable from the roots. A single root that is an object is the root box itself;
 * anything else stands in one `scope` box, a cell per root. Never throws on a well-typed snapshot, however deep.
 */
export function buildDiagram(snapshot: Snapshot, settings: DiagramSettings = defaultSettings): Diagram {
  const choices = choose(snapshot, settings);
  const made: Made[] = [];
  const references: Reference[] = [];
  const drawn = new Set<BoxKey>();
  const waiting: BoxKey[] = [];
  /** Values that have boxes of their own, by key. */
  const values = new Map<BoxKey, Value>();
  const objects = new Map<BoxKey, HeapObject>();

  const add = (added: Made): void => {
    const { box, cells } = added;
    made.push(added);
    drawn.add(box.key);
    const targets: BoxKey[] = [];
    // Down the columns of a horizontal box, along the rows of a vertical one: the order of the fields.
    for (const { port } of cellsInOrder(box)) {
      const to = port === null ? undefined : cells.links.get(port);
      if (port === null || to === undefined) continue;
      references.push({ from: box.key, port, to });
      targets.push(to);
    }
    for (const target of targets.toReversed()) waiting.push(target);
  };
  const named = (cells: Cells): void => {
    for (const [key, value] of cells.primitives) values.set(key, value);
  };

  const root = singleObject(snapshot);
  for (const object of snapshot.objects.values()) objects.set(boxKeyOf(object.id), object);
  if (root) add(objectBox(root, true, choices));
  else if (snapshot.roots.length > 0) add(scopeBox(choices));
  if (made[0]) named(made[0].cells);
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (drawn.has(key)) continue;
    const object = objects.get(key);
    const value = values.get(key);
    if (object) {
      const next = objectBox(object, false, choices);
      named(next.cells);
      add(next);
    } else if (value) add(primitiveBox(key, value, choices));
  }

  const dashed = hiddenReferences(made, drawn, choices);
  const { spacing, joins, graphviz } = settings;
  return {
    boxes: made.map(({ box }) => dashed.boxes.get(box.key) ?? box),
    references: [...references, ...dashed.references],
    direction: settings.direction,
    style: { spacing, joins, graphviz },
  };
}

function* cellsInOrder({ rows, orientation }: Box): Generator<Cell> {
  if (orientation === 'vertical') {
    for (const row of rows) for (const cell of row) if (cell) yield cell;
    return;
  }
  const columns = rows[0]?.length ?? 0;
  for (let column = 0; column < columns; column++) {
    for (const row of rows) {
      const cell = row[column];
      if (cell) yield cell;
    }
  }
}

function singleObject({ roots, objects }: Snapshot): HeapObject | null {
  const [root] = roots;
  if (roots.length !== 1 || !root?.result.ok || root.result.value.type !== 'reference') return null;
  return objects.get(root.result.value.id) ?? null;
}

function titled(type: string, identity: number | null, { settings }: Choices, own?: boolean): string {
  const { typeNames, identityNumbers } = settings.titles;
  const name = (own ?? typeNames) ? type : '';
  return [name, identityNumbers && identity !== null ? `#${identity}` : ''].filter((part) => part !== '').join(' ');
}

/** The colour of a category that a person chose, as a part of a box. */
function chosenColour(category: Category, { settings }: Choices): Pick<Box, 'colour'> {
  const colour = settings.colours[category];
  return colour ? { colour } : {};
}

function scopeBox(choices: Choices): Made {
  const { snapshot, settings } = choices;
  const cells = createCells(choices);
  const lines = snapshot.roots.map(
    (root): Line => ({
      label: cells.text('key', showName(wholeText(root.label), cells.maximum)),
      value: cells.root(root),
    }),
  );
  const box: Box = {
    key: scopeKey,
    object: null,
    title: titled('Scope', null, choices),
    category: 'scope',
    ...chosenColour('scope', choices),
    root: true,
    ...arrange(lines, settings.orientation.keyValue, settings.direction),
  };
  return { box, cells };
}

function primitiveBox(key: BoxKey, value: Value, choices: Choices): Made {
  const cells = createCells(choices);
  const category = primitiveCategory(value);
  const box: Box = {
    key,
    object: null,
    title: titled(value.type, null, choices),
    category,
    ...chosenColour(category, choices),
    root: false,
    orientation: 'vertical',
    rows: [[cells.written(value)]],
  };
  return { box, cells };
}

function primitiveCategory({ type }: Value): Category {
  switch (type) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
    case 'symbol':
      return type;
    default:
      return 'nothing';
  }
}

function objectBox(object: HeapObject, root: boolean, choices: Choices): Made {
  const { overrideOf, displayOf } = choices;
  const cells = createCells(choices);
  const override = overrideOf(object);
  const collapsed = displayOf(object) === 'collapsed';
  const category = collapsed ? 'collapsed' : categoryOf(object);
  const { rows, orientation, size } = collapsed
    ? collapsedContent(object, cells, choices)
    : content(object, cells, choices);
  const type = titleOf(object, cells.maximum);
  const box: Box = {
    key: boxKeyOf(object.id),
    object: object.id,
    title: titled(size === null ? type : `${type} ${size}`, object.id, choices, override.title),
    category,
    ...chosenColour(category, choices),
    ...(override.colour ? { colour: override.colour } : {}),
    root,
    orientation,
    rows,
  };
  return { box, cells };
}

type Content = Pick<Box, 'orientation' | 'rows'> & { readonly size: string | null };

function collapsedContent(object: HeapObject, cells: Cells, { valuesOf }: Choices): Content {
  const values = valuesOf(object);
  const many = object.size ?? object.parts.length;
  const cell = cells.hidden(`Collapsed: ${many} ${many === 1 ? 'value' : 'values'}`, values);
  return { orientation: 'vertical', rows: [[cell]], size: null };
}

function content(object: HeapObject, cells: Cells, choices: Choices): Content {
  const { settings, overrideOf } = choices;
  const { shape, orientation } = overrideOf(object);
  const table = shape === undefined || shape === 'table' ? tableOf(object, cells, choices, shape === 'table') : null;
  if (table) return { orientation: 'vertical', ...table };
  const lines = shape === 'single' ? [singleLine(object, cells, choices)] : linesOf(object, cells, choices, shape);
  const { linear, keyValue } = settings.orientation;
  const rules = (shape ? shape === 'linear' : isLinear(object)) ? linear : keyValue;
  const fixed = orientation && { general: orientation, anyReference: orientation, allReferences: orientation };
  return { ...arrange(lines, fixed ?? rules, fixed ? 'down' : settings.direction), size: null };
}

function singleLine(object: HeapObject, cells: Cells, choices: Choices): Line {
  if (object.primitive) return { label: null, value: cells.single(object, object.primitive) };
  return {
    label: null,
    value: cells.hiding(cells.text('value', inlineText(object, choices)), choices.valuesOf(object)),
  };
}

function linesOf(object: HeapObject, cells: Cells, choices: Choices, shape: Shape | undefined): readonly Line[] {
  const lines: Line[] = [];
  if (object.cut !== null) lines.push({ label: null, value: cells.cut(object, object.cut) });
  if (object.primitive) lines.push({ label: null, value: cells.single(object, object.primitive) });
  for (const { kind, part, behind } of partsWithChild(object, choices)) {
    const line = cells.line(part, kind, behind);
    lines.push({ ...line, label: shapedLabel(line.label, shape) });
  }
  if (!object.unlisted) return lines;
  // Where elements are hidden, their cell says it.
  const last = lines.findLast(({ value }) => value.kind === 'hidden');
  if (last === undefined) return [...lines, { label: null, value: cells.hidden(unlistedHint, []) }];
  return lines.map((line) => (line === last ? { ...line, value: cells.explained(line.value, unlistedHint) } : line));
}

const unlistedHint = 'Named properties are not listed of what has so many elements: that takes long';

/** Values in a line have no names; names with values have a name in place of an index. */
function shapedLabel(label: Cell | null, shape: Shape | undefined): Cell | null {
  if (label?.kind === 'key' && shape === 'linear') return null;
  if (label?.kind === 'index' && shape === 'keyValue') return { ...label, kind: 'key' };
  return label;
}

/** The shown parts, and in place of the one that refers to a child that is swallowed, those of the child. */
function partsWithChild(object: HeapObject, choices: Choices): readonly (ShownPart & { readonly kind: ObjectKind })[] {
  const { overrideOf, shownParts } = choices;
  const own = shownParts(object).map((shown) => ({ ...shown, kind: object.kind }));
  if (overrideOf(object).swallowsChild !== true) return own;
  const leading = own.filter(({ part }) => onlyChild(part, choices) !== null);
  const references = own.filter(
    ({ part }) => part.type !== 'holes' && part.type !== 'hidden' && part.value.type === 'reference',
  );
  const [swallowed] = leading;
  if (!swallowed || leading.length !== 1 || references.length !== 1) return own;
  const child = onlyChild(swallowed.part, choices);
  if (!child) return own;
  return own.flatMap((shown) =>
    shown === swallowed ? shownParts(child).map((part) => ({ ...part, kind: child.kind })) : [shown],
  );
}

/** The object that a part refers to, when nothing else does and it has cells of its own. */
function onlyChild(part: Part, { snapshot, displayOf, incoming }: Choices): HeapObject | null {
  if (part.type === 'holes' || part.type === 'hidden' || part.value.type !== 'reference') return null;
  const child = snapshot.objects.get(part.value.id);
  if (!child || child.cut !== null || child.primitive !== null) return null;
  return incoming(child.id) === 1 && displayOf(child) === 'box' ? child : null;
}

const isReference = (cell: Cell | null): boolean => cell?.kind === 'reference' || cell?.kind === 'cut';

function arrange(
  lines: readonly Line[],
  rules: OrientationRules,
  direction: Diagram['direction'],
): Pick<Box, 'orientation' | 'rows'> {
  const orientation = orientationOf(lines, rules, direction);
  const labelled = lines.some((line) => line.label !== null);
  if (orientation === 'vertical') {
    return { orientation, rows: lines.map(({ label, value }) => (labelled ? [label, value] : [value])) };
  }
  const values = lines.map((line) => line.value);
  return { orientation, rows: labelled ? [lines.map((line) => line.label), values] : [values] };
}

function orientationOf(
  lines: readonly Line[],
  rules: OrientationRules,
  direction: Diagram['direction'],
): Box['orientation'] {
  // An arrow from a key cell that stands over its value would cross the value; beside it, it leaves to the left.
  if (lines.some((line) => isReference(line.label))) return 'vertical';
  const count = lines.filter((line) => isReference(line.value)).length;
  if (count === 0) return rules.general;
  const orientation = count === lines.length ? rules.allReferences : rules.anyReference;
  if (direction === 'down') return orientation;
  return orientation === 'vertical' ? 'horizontal' : 'vertical';
}

function isLinear(object: HeapObject): boolean {
  switch (object.kind) {
    case 'array':
    case 'arguments':
    case 'typedarray':
    case 'set':
    case 'weakset':
      return true;
    default:
      return object.parts.some((part) => part.type === 'element');
  }
}

/** Objects that are looked at behind one cell for those that are drawn. */
const mostBehind = 2_000;

interface Dashed {
  readonly references: readonly Reference[];
  /** The boxes that have more ports by them. */
  readonly boxes: ReadonlyMap<BoxKey, Box>;
}

/**
 * References from what cells hide to what is drawn, directly or through objects that are not drawn: at most as many to
 * each box as the settings say.
 */
function hiddenReferences(made: readonly Made[], drawn: ReadonlySet<BoxKey>, choices: Choices): Dashed {
  const { maximum } = choices.settings.hiddenReferences;
  const counts = new Map<BoxKey, number>();
  const references: Reference[] = [];
  const boxes = new Map<BoxKey, Box>();
  if (maximum === 0) return { references, boxes };
  for (const { box, cells } of made) {
    if (cells.behind.size === 0) continue;
    const ports = new Map<Cell, number[]>();
    for (const cell of cellsInOrder(box)) {
      for (const to of drawnBehind(cells.behind.get(cell) ?? [], drawn, choices)) {
        const count = counts.get(to) ?? 0;
        if (count >= maximum) continue;
        counts.set(to, count + 1);
        const port = cells.newPort();
        ports.set(cell, [...(ports.get(cell) ?? []), port]);
        references.push({ from: box.key, port, to, hidden: true });
      }
    }
    if (ports.size === 0) continue;
    const withPorts = (cell: Cell | null): Cell | null => {
      const hiddenPorts = cell && ports.get(cell);
      return hiddenPorts ? { ...cell, hiddenPorts } : cell;
    };
    boxes.set(box.key, { ...box, rows: box.rows.map((row) => row.map(withPorts)) });
  }
  return { references, boxes };
}

function drawnBehind(
  values: readonly Value[],
  drawn: ReadonlySet<BoxKey>,
  { snapshot, valuesOf }: Choices,
): readonly BoxKey[] {
  const found = new Set<BoxKey>();
  const seen = new Set<ObjectId>();
  const waiting = [...values];
  for (let i = 0; i < waiting.length && seen.size < mostBehind; i++) {
    const value = waiting[i];
    const primitive = value ? primitiveKey(value) : null;
    if (primitive !== null && drawn.has(primitive)) found.add(primitive);
    if (value?.type !== 'reference' || seen.has(value.id)) continue;
    seen.add(value.id);
    const object = snapshot.objects.get(value.id);
    if (drawn.has(boxKeyOf(value.id))) found.add(boxKeyOf(value.id));
    else if (object) waiting.push(...valuesOf(object));
  }
  return [...found];
}
