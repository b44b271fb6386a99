/**
 * Builds a diagram from a snapshot: which objects become boxes, what is in them, and where references lead. Pure. Never drops a
 * value silently: what is not shown leaves a cell that says so, unless a setting leaves it out.
 */

import type { HeapObject, ObjectId, ObjectKind, Part, ScopeKind, Snapshot, Value } from '../snapshot/snapshot.ts';
import { say } from '../words/say.ts';
import { type Cells, createCells, type Field, textCell } from './cells.ts';
import { type Choices, choose } from './choices.ts';
import type { Box, BoxKey, Category, Cell, Diagram, Reference, ShownParts } from './diagram.ts';
import type { ShownPart } from './drawn.ts';
import { inlineText } from './inline.ts';
import { boxKeyOf, primitiveKey, scopeKey } from './keys.ts';
import { type Arranged, arranged, linesOf } from './lines.ts';
import { type DiagramSettings, defaultSettings, type OrientationRules, type Shape } from './settings.ts';
import { tableOf } from './table.ts';
import { showName, wholeText } from './text.ts';
import { categoryOf, titleOf } from './titles.ts';
import { figureOf } from './values/figures.ts';
import { createVariableLabels } from './variables.ts';

/** A box with its cells' links and what they hide. */
interface Made {
  readonly box: Box;
  readonly cells: Cells;
}

/**
 * The diagram of everything that the roots reach. A single root that is an object is the root box. Anything else is drawn in one
 * `scope` box, with one cell for each root. Never throws on a well-typed snapshot, however deep.
 */
export function buildDiagram(snapshot: Snapshot, settings: DiagramSettings = defaultSettings): Diagram {
  const choices = choose(snapshot, settings);
  const made: Made[] = [];
  const references: Reference[] = [];
  const drawn = new Set<BoxKey>();
  const waiting: BoxKey[] = [];
  /** Primitive values with boxes of their own, by key. */
  const values = new Map<BoxKey, Value>();
  const objects = new Map<BoxKey, HeapObject>();

  const add = (added: Made): void => {
    const { box, cells } = added;
    made.push(added);
    drawn.add(box.key);
    const targets: BoxKey[] = [];
    for (const { port } of linkableCells(box)) {
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
  const { palette, spacing, joins, graphviz, staggered = false } = settings;
  const boxes = made.map(({ box }) => dashed.boxes.get(box.key) ?? box);
  return {
    boxes: settings.drawn ? withUndrawn(boxes, references, root?.id ?? null, choices) : boxes,
    references: [...references, ...dashed.references],
    direction: settings.direction,
    style: { palette, spacing, joins, graphviz, staggered },
  };
}

/** Adds to each box the number of references to its object that are not drawn, so that what is shared never looks unshared. */
function withUndrawn(
  boxes: readonly Box[],
  references: readonly Reference[],
  root: ObjectId | null,
  { incoming }: Choices,
): readonly Box[] {
  const drawn = new Map<BoxKey, number>();
  for (const { to } of references) drawn.set(to, (drawn.get(to) ?? 0) + 1);
  return boxes.map((box) => {
    if (box.object === null) return box;
    // The name of a single root is not drawn as a reference.
    const undrawn = incoming(box.object) - (drawn.get(box.key) ?? 0) - (box.object === root ? 1 : 0);
    return undrawn > 0 ? { ...box, undrawn } : box;
  });
}

/** Labels and values in the order of the fields. A table's labels, which have no references, are repeated with each value. */
function* linkableCells(box: Box): Generator<Cell> {
  for (const { labels, value } of linesOf(box)) {
    yield* labels;
    yield value;
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

/** A title behind what the user calls the object. */
const labelled = (label: string | undefined, title: string): string =>
  label === undefined ? title : title === '' ? label : `${label}: ${title}`;

/** The user's color for a category, as a part of a box. */
function chosenColor(category: Category, { settings }: Choices): Pick<Box, 'color'> {
  const color = settings.colors[category];
  return color ? { color } : {};
}

function scopeBox(choices: Choices): Made {
  const { snapshot, settings } = choices;
  const cells = createCells(choices);
  const fields = snapshot.roots.map(
    (root): Field => ({
      label: textCell('key', showName(wholeText(root.label), cells.maximum)),
      value: cells.root(root),
    }),
  );
  const box: Box = {
    key: scopeKey,
    object: null,
    title: titled('Scope', null, choices),
    category: 'scope',
    ...chosenColor('scope', choices),
    root: true,
    ...arranged(fields, orientationOf(fields, settings.orientation.keyValue, settings.direction)),
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
    ...chosenColor(category, choices),
    root: false,
    ...arranged([{ label: null, value: cells.written(value) }], 'vertical'),
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
  const { settings, overrideOf, displayOf } = choices;
  const cells = createCells(choices);
  const override = overrideOf(object);
  const label = choices.settings.objects.get(object.id)?.label;
  const collapsed = displayOf(object) === 'collapsed';
  const category = collapsed ? 'collapsed' : categoryOf(object);
  const { size, ...cellsOfBox } = collapsed
    ? collapsedContent(object, cells, choices)
    : content(object, cells, choices);
  const figure = collapsed ? null : figureOf(object, choices.snapshot, settings);
  const rows = settings.drawn?.rows.get(object.id) ?? [];
  const type = titleOf(
    object,
    cells.maximum,
    rows.some(({ part }) => part.type === 'hidden' && part.of !== 'property'),
  );
  const box: Box = {
    key: boxKeyOf(object.id),
    object: object.id,
    title: labelled(label, titled(size === null ? type : `${type} ${size}`, object.id, choices, override.title)),
    ...hintOf(object),
    category,
    ...chosenColor(category, choices),
    ...(override.color ? { color: override.color } : {}),
    root,
    ...(figure ? { figure } : {}),
    ...cellsOfBox,
  };
  return { box, cells };
}

/** Tells a class apart from others of its name. */
function hintOf({ namesake, className }: HeapObject): Pick<Box, 'hint'> {
  if (namesake === undefined || className === null) return {};
  const { place } = namesake;
  const name = className.head;
  return { hint: place === '' ? say('title_namesake', { name }) : say('title_namesakeAt', { name, place }) };
}

type Content = Arranged & { readonly size: string | null };

function collapsedContent(object: HeapObject, cells: Cells, { valuesOf }: Choices): Content {
  const values = valuesOf(object);
  const many = object.size ?? object.parts.length;
  const cell = cells.hidden(`Collapsed: ${many} ${many === 1 ? 'value' : 'values'}`, values);
  return { ...arranged([{ label: null, value: cell }], 'vertical'), size: null };
}

function content(object: HeapObject, cells: Cells, choices: Choices): Content {
  const { settings, overrideOf } = choices;
  const { shape, orientation: chosen } = overrideOf(object);
  const narrow = settings.drawn?.upright.has(object.id) && !settings.teaching;
  const own = chosen ?? (narrow ? 'vertical' : undefined);
  const table = shape === undefined || shape === 'table' ? tableOf(object, cells, choices, shape === 'table') : null;
  if (table) return table;
  const fields = shape === 'single' ? [singleField(object, cells, choices)] : fieldsOf(object, cells, choices, shape);
  const { linear, keyValue } = settings.orientation;
  const rules = (shape ? shape === 'linear' : isLinear(object)) ? linear : keyValue;
  const fixed = own && { general: own, anyReference: own, allReferences: own };
  const rule = settings.teaching && !fixed ? choices.teaching().ruleOf(object) : undefined;
  const orientation = orientationOf(fields, fixed ?? rules, fixed ? 'down' : settings.direction, rule);
  return { ...arranged(fields, orientation), size: null };
}

function singleField(object: HeapObject, cells: Cells, choices: Choices): Field {
  if (object.primitive) return { label: null, value: cells.single(object, object.primitive) };
  return {
    label: null,
    value: cells.hiding(textCell('value', inlineText(object, choices)), choices.valuesOf(object)),
  };
}

function fieldsOf(object: HeapObject, cells: Cells, choices: Choices, shape: Shape | undefined): readonly Field[] {
  const { settings } = choices;
  const fields: Field[] = [];
  if (object.cut !== null) fields.push({ label: null, value: cells.cut(object, object.cut) });
  if (object.primitive) fields.push({ label: null, value: cells.single(object, object.primitive) });
  const variableLabel = createVariableLabels();
  const positions = createPositions();
  for (const { kind, part, behind } of partsWithChild(object, choices)) {
    const field = cells.field(part, kind, behind);
    const label = variableLabel(part, shapedLabel(field.label, shape));
    const free = settings.teaching && kind === object.kind && choices.teaching().isFreePlace(object, part);
    const value: Cell = free ? { ...field.value, free: true } : field.value;
    fields.push({ label, value, parts: positions(part) });
  }
  if (!object.unlisted) return fields;
  // When elements are hidden, their cell says so.
  const last = fields.findLast(({ value }) => value.kind === 'hidden');
  if (last === undefined) return [...fields, { label: null, value: cells.hidden(unlistedHint, []) }];
  return fields.map((field) =>
    field === last ? { ...field, value: cells.explained(field.value, unlistedHint) } : field,
  );
}

/** Returns the position of each part in its object. Must be called for the parts in their order. */
function createPositions(): (part: Part) => ShownParts {
  let properties = 0;
  return (part) => {
    switch (part.type) {
      case 'element':
      case 'entry':
        return { of: part.type, from: part.index, count: 1 };
      case 'holes':
        return { of: 'element', from: part.index, count: part.count };
      case 'property':
        return { of: 'property', from: properties++, count: 1, ...scopeIn(part) };
      case 'hidden': {
        const { of, index, count } = part;
        if (of === 'property') properties = index + count;
        return { of, from: index, count, ...scopeIn(part) };
      }
    }
  };
}

const scopeIn = ({ scope }: { readonly scope?: ScopeKind }): Pick<ShownParts, 'scope'> =>
  scope === undefined ? {} : { scope };

const unlistedHint = say('cell_unlisted');

/** In the linear shape values have no names. In the keyValue shape an index becomes a name. */
function shapedLabel(label: Cell | null, shape: Shape | undefined): Cell | null {
  if (label?.kind === 'key' && shape === 'linear') return null;
  if (label?.kind === 'index' && shape === 'keyValue') return { ...label, kind: 'key' };
  return label;
}

/** The shown parts. A part that refers to a swallowed child is replaced by the child's parts. */
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

/** The object to which only this part refers, if it has cells of its own. */
function onlyChild(part: Part, { snapshot, displayOf, incoming }: Choices): HeapObject | null {
  if (part.type === 'holes' || part.type === 'hidden' || part.value.type !== 'reference') return null;
  const child = snapshot.objects.get(part.value.id);
  if (!child || child.cut !== null || child.primitive !== null) return null;
  return incoming(child.id) === 1 && displayOf(child) === 'box' ? child : null;
}

const isReference = (cell: Cell | null): boolean => cell?.kind === 'reference' || cell?.kind === 'cut';

/** @param rule The rule of the whole class. By default that of the fields. */
function orientationOf(
  fields: readonly Field[],
  rules: OrientationRules,
  direction: Diagram['direction'],
  rule?: keyof OrientationRules,
): Box['orientation'] {
  // An arrow from a key cell above its value would cross the value. From a key cell to the left of it, the arrow leaves to the left.
  if (fields.some(({ label }) => isReference(label))) return 'vertical';
  const count = fields.filter(({ value }) => isReference(value)).length;
  const own = count === 0 ? 'general' : count === fields.length ? 'allReferences' : 'anyReference';
  const orientation = rules[rule ?? own];
  if ((rule ?? own) === 'general') return orientation;
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

/** The number of objects that are searched behind one cell for references to drawn ones. */
const mostBehind = 2_000;

interface Dashed {
  readonly references: readonly Reference[];
  /** The boxes to which these references add ports. */
  readonly boxes: ReadonlyMap<BoxKey, Box>;
}

/**
 * References from what cells hide to drawn objects, directly or through objects that are not drawn. Each box gets at most as many as
 * the settings say.
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
    for (const cell of linkableCells(box)) {
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
