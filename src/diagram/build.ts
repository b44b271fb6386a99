/**
 * From a snapshot to what is drawn: which objects become boxes, what their cells say, and which references lead where.
 * Pure. Never drops a value in silence: what is not shown leaves a cell that says so.
 */
import type {
  CutReason,
  HeapObject,
  ObjectId,
  ObjectKind,
  Part,
  PropertyKey,
  Root,
  Snapshot,
  Value,
} from '../snapshot/snapshot.ts';
import type { Box, BoxKey, Category, Cell, Diagram, Reference } from './diagram.ts';
import { type DiagramSettings, defaultSettings, type OrientationRules } from './settings.ts';
import { type ShownText, showName, showString, showSymbol, wholeText } from './text.ts';

/** The box of several roots, of a primitive root and of a failed one. */
const scopeKey: BoxKey = 'scope';

const boxKeyOf = (id: ObjectId): BoxKey => `o${id}`;

/** A value and what stands beside or above it: an index, a key, or nothing. */
interface Line {
  readonly label: Cell | null;
  readonly value: Cell;
}

/**
 * The diagram of everything that is reachable from the roots. A single root that is an object is the root box itself;
 * anything else stands in one `scope` box, a cell per root. Never throws on a well-typed snapshot, however deep.
 */
export function buildDiagram(snapshot: Snapshot, settings: DiagramSettings = defaultSettings): Diagram {
  const boxes: Box[] = [];
  const references: Reference[] = [];
  const drawn = new Set<ObjectId>();
  const waiting: ObjectId[] = [];

  const add = (box: Box): void => {
    boxes.push(box);
    const targets: ObjectId[] = [];
    // Down the columns of a horizontal box, along the rows of a vertical one: the order of the fields.
    for (const cell of cellsInOrder(box)) {
      if (cell.kind !== 'reference' || cell.port === null || cell.target === null) continue;
      references.push({ from: box.key, port: cell.port, to: boxKeyOf(cell.target) });
      targets.push(cell.target);
    }
    for (let i = targets.length - 1; i >= 0; i--) {
      const target = targets[i];
      if (target !== undefined) waiting.push(target);
    }
  };

  const root = singleObject(snapshot);
  if (root) {
    drawn.add(root.id);
    add(objectBox(root, true, snapshot, settings));
  } else if (snapshot.roots.length > 0) {
    add(scopeBox(snapshot, settings));
  }
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const object = snapshot.objects.get(id);
    if (!object || drawn.has(id)) continue;
    drawn.add(id);
    add(objectBox(object, false, snapshot, settings));
  }
  return { boxes, references, direction: settings.direction };
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

function scopeBox(snapshot: Snapshot, settings: DiagramSettings): Box {
  const cells = createCells(snapshot, settings);
  const lines = snapshot.roots.map(
    (root): Line => ({
      label: cells.text('key', showName(wholeText(root.label), cells.maximum)),
      value: cells.root(root),
    }),
  );
  return {
    key: scopeKey,
    object: null,
    title: 'Scope',
    category: 'scope',
    root: true,
    ...arrange(lines, settings.orientation.keyValue, settings.direction),
  };
}

function objectBox(object: HeapObject, root: boolean, snapshot: Snapshot, settings: DiagramSettings): Box {
  const cells = createCells(snapshot, settings);
  const lines: Line[] = [];
  if (object.cut !== null) lines.push({ label: null, value: cells.cut(object, object.cut) });
  if (object.primitive) lines.push({ label: null, value: cells.single(object, object.primitive) });
  for (const part of object.parts) lines.push(cells.line(part, object.kind));
  const { linear, keyValue } = settings.orientation;
  const identity = settings.titles.identityNumbers ? ` #${object.id}` : '';
  return {
    key: boxKeyOf(object.id),
    object: object.id,
    title: titleOf(object, cells.maximum) + identity,
    category: categoryOf(object),
    root,
    ...arrange(lines, isLinear(object) ? linear : keyValue, settings.direction),
  };
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

/** The cells of one box: ports are numbered as the references come. */
function createCells({ objects }: Snapshot, settings: DiagramSettings) {
  const maximum = settings.text.maximumLength;
  let ports = 0;

  const text = (kind: Cell['kind'], shown: ShownText, target: ObjectId | null = null): Cell => ({
    kind,
    text: shown.text,
    hint: shown.hint,
    port: null,
    target,
  });
  const plain = (kind: Cell['kind'], shown: string, hint: string | null = null): Cell =>
    text(kind, { text: shown, hint });

  const cut = (object: HeapObject, reason: CutReason): Cell =>
    text('cut', { text: '✂', hint: `${titleOf(object, maximum)} is not read: ${reasonOf(reason)}` }, object.id);

  const reference = (id: ObjectId): Cell => {
    const object = objects.get(id);
    if (!object) return text('cut', { text: '✂', hint: 'This object is not in the capture.' }, id);
    if (object.kind === 'function') return text('value', functionName(object, maximum), id);
    if (object.cut !== null) return cut(object, object.cut);
    ports += 1;
    return { kind: 'reference', text: '', hint: null, port: ports - 1, target: id };
  };

  const value = (held: Value): Cell => {
    switch (held.type) {
      case 'undefined':
      case 'null':
        return plain('value', held.type);
      case 'boolean':
        return plain('value', String(held.value));
      case 'number':
        return plain('value', Object.is(held.value, -0) ? '-0' : String(held.value));
      case 'bigint': {
        const digits = showName(held.digits, maximum);
        return text('value', { text: `${digits.text}n`, hint: digits.hint });
      }
      case 'string':
        return text('value', showString(held.text, maximum));
      case 'symbol':
        return text('value', showSymbol(held.description, maximum));
      case 'reference':
        return reference(held.id);
      case 'accessor':
        return plain('value', '(…)', `${accessorName(held)}; it was not run`);
      case 'uninitialised':
        return plain('value', 'not initialised', 'The variable is not initialised yet');
      case 'unreadable':
        return plain('value', 'unreadable', showName(wholeText(held.reason), 10 * maximum).text);
    }
  };

  const key = (name: PropertyKey, enumerable: boolean): Cell => {
    const shown = keyName(name, maximum);
    if (enumerable || name.type === 'private' || name.type === 'internal') return text('key', shown);
    return text('key', { text: shown.text, hint: `${shown.hint ?? shown.text}\nnot enumerable` });
  };

  return {
    maximum,
    text,
    cut,

    root({ result }: Root): Cell {
      if (result.ok) return value(result.value);
      const shown = showName(wholeText(result.reason), maximum);
      return text('value', { text: `✗ ${shown.text}`, hint: shown.hint });
    },

    /** The one value of a Date, RegExp, boxed primitive or Error. */
    single(object: HeapObject, held: Value): Cell {
      if (object.kind === 'date' && held.type === 'number') {
        return plain('value', dateText(held.value), `${held.value} ms since 1970`);
      }
      if (held.type === 'string' && (object.kind === 'regexp' || object.kind === 'node')) {
        return text('value', showName(held.text, maximum));
      }
      return value(held);
    },

    line(part: Part, kind: ObjectKind): Line {
      const indexed = kind !== 'set' && kind !== 'weakset';
      const index = (number: number): Cell | null => (indexed ? plain('index', String(number)) : null);
      switch (part.type) {
        case 'element':
          return { label: index(part.index), value: value(part.value) };
        case 'entry': {
          const held = value(part.key);
          return { label: held.kind === 'value' ? { ...held, kind: 'key' } : held, value: value(part.value) };
        }
        case 'property':
          return { label: key(part.key, part.enumerable), value: value(part.value) };
        case 'holes': {
          const shown = part.count === 1 ? 'empty' : `empty × ${part.count}`;
          return { label: index(part.index), value: plain('holes', shown, holesHint(part.index, part.count)) };
        }
        case 'hidden':
          return { label: null, value: plain('hidden', '…', hiddenHint(part.of, part.count)) };
      }
    },
  };
}

function accessorName({ get, set }: { readonly get: boolean; readonly set: boolean }): string {
  if (get && set) return 'getter and setter';
  return set ? 'setter' : 'getter';
}

function keyName(key: PropertyKey, maximum: number): ShownText {
  switch (key.type) {
    case 'name':
      return key.name.length === 0 ? { text: '""', hint: 'The empty string' } : showName(key.name, maximum);
    case 'symbol':
      return showSymbol(key.description, maximum);
    case 'private': {
      const name = showName(key.name, maximum);
      return { text: `#${name.text}`, hint: name.hint };
    }
    case 'internal':
      return showName(wholeText(key.name), maximum);
  }
}

function holesHint(index: number, count: number): string {
  return count === 1 ? `Index ${index} does not exist` : `Indices ${index} to ${index + count - 1} do not exist`;
}

function hiddenHint(of: 'element' | 'entry' | 'property', count: number): string {
  const plural = of === 'property' ? 'properties' : of === 'entry' ? 'entries' : 'elements';
  return `${count} ${count === 1 ? of : plural} hidden`;
}

function reasonOf(reason: CutReason): string {
  switch (reason) {
    case 'depth':
      return 'the depth limit was reached';
    case 'objects':
      return 'the limit of objects was reached';
    case 'time':
      return 'time ran out';
    case 'leaf':
      return 'it is large, and read only when asked for';
  }
}

function dateText(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? 'Invalid Date' : date.toISOString();
}

function functionName(object: HeapObject, maximum: number): ShownText {
  const name = object.className ? showName(object.className, maximum) : { text: '', hint: null };
  return { text: `ƒ ${name.text}()`, hint: name.hint };
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

/** Something of the content is not in the cells: the title then says how much there is. */
function isPartial({ kind, parts, cut }: HeapObject): boolean {
  if (cut !== null || kind === 'arraybuffer' || kind === 'dataview') return true;
  return parts.some((part) => part.type === 'hidden' && part.of !== 'property');
}

function titleOf(object: HeapObject, maximum: number): string {
  const name = object.className && object.className.length > 0 ? showName(object.className, maximum).text : null;
  switch (object.kind) {
    case 'class':
      return `class ${name ?? '(anonymous)'}`;
    case 'function':
      return `ƒ ${name ?? '(anonymous)'}`;
    case 'scope':
      return name ?? 'Scope';
    case 'stack':
      return name ?? 'Call stack';
    case 'proxy':
      return name ?? 'Proxy';
    case 'module':
      return name ?? 'Module';
    default: {
      const type = name ?? `${kindName(object.kind)} (null prototype)`;
      return object.size !== null && isPartial(object) ? `${type}(${object.size})` : type;
    }
  }
}

function kindName(kind: Exclude<ObjectKind, 'class' | 'function' | 'scope' | 'stack' | 'proxy' | 'module'>): string {
  switch (kind) {
    case 'object':
    case 'instance':
      return 'Object';
    case 'array':
      return 'Array';
    case 'arguments':
      return 'Arguments';
    case 'map':
      return 'Map';
    case 'set':
      return 'Set';
    case 'weakmap':
      return 'WeakMap';
    case 'weakset':
      return 'WeakSet';
    case 'weakref':
      return 'WeakRef';
    case 'date':
      return 'Date';
    case 'regexp':
      return 'RegExp';
    case 'error':
      return 'Error';
    case 'promise':
      return 'Promise';
    case 'boxed':
      return 'Primitive object';
    case 'typedarray':
      return 'TypedArray';
    case 'arraybuffer':
      return 'ArrayBuffer';
    case 'dataview':
      return 'DataView';
    case 'generator':
      return 'Generator';
    case 'iterator':
      return 'Iterator';
    case 'node':
      return 'Node';
    case 'window':
      return 'Window';
  }
}

function categoryOf({ kind, frozen, primitive }: HeapObject): Category {
  switch (kind) {
    case 'array':
      return frozen ? 'frozenArray' : 'array';
    case 'arguments':
      return 'array';
    case 'typedarray':
    case 'arraybuffer':
    case 'dataview':
      return 'buffer';
    case 'weakmap':
      return 'map';
    case 'weakset':
      return 'set';
    case 'weakref':
      return 'weak';
    case 'iterator':
      return 'generator';
    case 'module':
      return 'scope';
    case 'boxed':
      return boxedCategory(primitive);
    case 'window':
      return 'other';
    default:
      return kind;
  }
}

function boxedCategory(primitive: Value | null): Category {
  switch (primitive?.type) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
    case 'symbol':
      return primitive.type;
    default:
      return 'other';
  }
}
