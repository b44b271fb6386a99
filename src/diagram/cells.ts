/**
 * The cells of one box: what each value of a snapshot looks like. Ports are numbered as the references come. Never says
 * where a cell stands.
 */
import type {
  CutReason,
  HeapObject,
  ObjectId,
  ObjectKind,
  Part,
  PropertyKey,
  Root,
  SymbolIdentity,
  Value,
} from '../snapshot/snapshot.ts';
import type { Choices } from './choices.ts';
import type { BoxKey, Cell } from './diagram.ts';
import { inlineText } from './inline.ts';
import { boxKeyOf, primitiveKey, symbolKey } from './keys.ts';
import { type ShownText, showName, showString, showSymbol, wholeText } from './text.ts';
import { titleOf } from './titles.ts';

/** A value and what stands beside or above it: an index, a key, or nothing. */
export interface Line {
  readonly label: Cell | null;
  readonly value: Cell;
}

export type Cells = ReturnType<typeof createCells>;

export function createCells(choices: Choices) {
  const { objects } = choices.snapshot;
  const maximum = choices.settings.text.maximumLength;
  /** The box that each port leads to. */
  const links = new Map<number, BoxKey>();
  /** What is hidden behind a cell. */
  const behind = new Map<Cell, readonly Value[]>();
  /** Values that have boxes of their own. */
  const primitives = new Map<BoxKey, Value>();
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

  const symbolCell = (kind: Cell['kind'], symbol: SymbolIdentity): Cell => ({
    ...text(kind, showSymbol(symbol, maximum, choices.isNumbered(symbol))),
    symbol: symbolKey(symbol),
  });

  const hiding = (cell: Cell, values: readonly Value[]): Cell => {
    if (values.length > 0) behind.set(cell, values);
    return cell;
  };

  const cut = (object: HeapObject, reason: CutReason): Cell =>
    hiding(
      text('cut', { text: '✂', hint: `${titleOf(object, maximum)} is not read: ${reasonOf(reason)}` }, object.id),
      choices.valuesOf(object),
    );

  const link = (to: BoxKey, target: ObjectId | null): Cell => {
    const port = ports++;
    links.set(port, to);
    return { kind: 'reference', text: '', hint: null, port, target };
  };

  const reference = (id: ObjectId): Cell => {
    const object = objects.get(id);
    if (!object) return text('cut', { text: '✂', hint: 'This object is not in the capture.' }, id);
    switch (choices.displayOf(object)) {
      case 'inline':
      case 'hidden':
        return hiding(text('value', inlineText(object, choices), id), choices.valuesOf(object));
      case 'box':
      case 'collapsed':
        if (object.cut !== null) return cut(object, object.cut);
        if (choices.isReached(id)) return link(boxKeyOf(id), id);
        return hiding(
          text(
            'cut',
            { text: '✂', hint: `${titleOf(object, maximum)} is not shown: its type's depth was reached` },
            id,
          ),
          choices.valuesOf(object),
        );
    }
  };

  const value = (held: Value): Cell => {
    const primitive = choices.settings.primitives.asBoxes ? primitiveKey(held) : null;
    if (primitive !== null) {
      primitives.set(primitive, held);
      return link(primitive, null);
    }
    return written(held);
  };

  /** In the cell itself, whatever the settings say of primitives. */
  const written = (held: Value): Cell => {
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
        return symbolCell('value', held.symbol);
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
    const cell = name.type === 'symbol' ? symbolCell('key', name.symbol) : text('key', keyName(name, maximum));
    if (enumerable || name.type === 'private' || name.type === 'internal') return cell;
    return { ...cell, hint: `${cell.hint ?? cell.text}\nnot enumerable` };
  };

  const relabelled = (cell: Cell): Cell => {
    const label: Cell = { ...cell, kind: 'key' };
    const hidden = behind.get(cell);
    if (hidden) behind.set(label, hidden);
    return label;
  };

  /** The cell with one more line in its hint. */
  const explained = (cell: Cell, more: string): Cell => {
    const { hint } = cell;
    return hiding({ ...cell, hint: hint === null ? more : `${hint}\n${more}` }, behind.get(cell) ?? []);
  };

  const label = (part: Part, kind: ObjectKind): Cell | null => {
    switch (part.type) {
      case 'element':
      case 'holes':
        return kind === 'set' || kind === 'weakset' ? null : plain('index', String(part.index));
      case 'entry': {
        const held = written(part.key);
        return held.kind === 'value' ? relabelled(held) : held;
      }
      case 'property':
        return key(part.key, part.enumerable);
      case 'hidden':
        return null;
    }
  };

  return {
    maximum,
    text,
    links,
    behind,
    primitives,
    hiding,
    explained,
    cut,
    written,
    newPort: () => ports++,

    /** `…` for values that are there and not shown. */
    hidden(hint: string, values: readonly Value[]): Cell {
      return hiding(plain('hidden', '…', hint), values);
    },

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
      return written(held);
    },

    label,

    /** `hidden`: the values that a part stands for. */
    line(part: Part, kind: ObjectKind, hidden: readonly Value[] = []): Line {
      switch (part.type) {
        case 'element':
        case 'entry':
        case 'property':
          return { label: label(part, kind), value: value(part.value) };
        case 'holes': {
          const shown = part.count === 1 ? 'empty' : `empty × ${part.count}`;
          return { label: label(part, kind), value: plain('holes', shown, holesHint(part.index, part.count)) };
        }
        case 'hidden':
          return { label: null, value: hiding(plain('hidden', '…', hiddenHint(part.of, part.count)), hidden) };
      }
    },
  };
}

function accessorName({ get, set }: { readonly get: boolean; readonly set: boolean }): string {
  if (get && set) return 'getter and setter';
  return set ? 'setter' : 'getter';
}

function keyName(key: Exclude<PropertyKey, { type: 'symbol' }>, maximum: number): ShownText {
  switch (key.type) {
    case 'name':
      return key.name.length === 0 ? { text: '""', hint: 'The empty string' } : showName(key.name, maximum);
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
