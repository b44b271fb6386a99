/**
 * Makes the cells of one box: the text, hint and port of each value. Ports are numbered in the order of the references. Never decides
 * where in the box a cell is drawn.
 */

import type {
  CutReason,
  Excerpt,
  HeapObject,
  ObjectId,
  ObjectKind,
  Part,
  PropertyKey,
  Root,
  SymbolIdentity,
  Value,
} from '../snapshot/snapshot.ts';
import { say } from '../words/say.ts';
import type { Choices } from './choices.ts';
import type { BoxKey, Cell, ShownParts } from './diagram.ts';
import { inlineText } from './inline.ts';
import { boxKeyOf, primitiveKey, symbolKey } from './keys.ts';
import { type ShownText, showName, showString, showSymbol, wholeText } from './text.ts';
import { titleOf } from './titles.ts';
import { swatchIn, swatchOf, wholeOf } from './values/colors.ts';
import { dateInWords, isoText } from './values/dates.ts';
import { linkOf } from './values/links.ts';

/** A value with its index or key, or with neither. */
export interface Field {
  readonly label: Cell | null;
  readonly value: Cell;
  readonly parts?: ShownParts | null;
}

export type Cells = ReturnType<typeof createCells>;

export function createCells(choices: Choices) {
  const { objects } = choices.snapshot;
  const maximum = choices.settings.text.maximumLength;
  /** The box that each port leads to. */
  const links = new Map<number, BoxKey>();
  /** What is hidden behind a cell. */
  const behind = new Map<Cell, readonly Value[]>();
  /** Primitive values with boxes of their own. */
  const primitives = new Map<BoxKey, Value>();
  let ports = 0;

  const hiding = (cell: Cell, values: readonly Value[]): Cell => {
    if (values.length > 0) behind.set(cell, values);
    return cell;
  };

  const cut = (object: HeapObject, reason: CutReason): Cell =>
    hiding(
      textCell('cut', { text: '✂', hint: say(`cut_${reason}`, { title: titleOf(object, maximum) }) }, object.id),
      choices.valuesOf(object),
    );

  const link = (to: BoxKey, target: ObjectId | null): Cell => {
    const port = ports++;
    links.set(port, to);
    return { kind: 'reference', text: '', hint: null, port, target };
  };

  const reference = (id: ObjectId): Cell => {
    const object = objects.get(id);
    if (!object) return textCell('cut', { text: '✂', hint: say('cut_unknown') }, id);
    switch (choices.displayOf(object)) {
      case 'inline':
      case 'hidden':
        return hiding(inlineCell(object, choices), isWritten(object, choices) ? [] : choices.valuesOf(object));
      case 'box':
      case 'collapsed':
        if (object.cut !== null) return cut(object, object.cut);
        if (!choices.hasRoom(id)) return notShown(object, 'cut_room', choices.incoming(id));
        if (choices.isReached(id)) return link(boxKeyOf(id), id);
        return notShown(object, 'cut_typeDepth');
    }
  };

  const notShown = (object: HeapObject, why: Reason, references = 1): Cell =>
    hiding(textCell('cut', notShownText(object, why, references, maximum), object.id), choices.valuesOf(object));

  const value = (shown: Value): Cell => {
    const primitive = choices.settings.primitives.asBoxes ? primitiveKey(shown) : null;
    if (primitive !== null) {
      primitives.set(primitive, shown);
      return link(primitive, null);
    }
    return written(shown);
  };

  /** Writes a value in the cell itself, whatever the settings say about primitives. */
  const written = (shown: Value): Cell =>
    shown.type === 'reference' ? reference(shown.id) : valueCell(shown, choices);

  const relabelled = (cell: Cell): Cell => {
    const label: Cell = { ...cell, kind: 'key' };
    const hidden = behind.get(cell);
    if (hidden) behind.set(label, hidden);
    return label;
  };

  /** Adds a line to the hint of a cell. */
  const explained = (cell: Cell, more: string): Cell => {
    const { hint } = cell;
    return hiding({ ...cell, hint: hint === null ? more : `${hint}\n${more}` }, behind.get(cell) ?? []);
  };

  const label = (part: Part, kind: ObjectKind): Cell | null => {
    switch (part.type) {
      case 'element':
      case 'holes':
        return kind === 'set' || kind === 'weakset' ? null : plainCell('index', String(part.index));
      case 'entry': {
        const cell = written(part.key);
        return cell.kind === 'value' ? relabelled(cell) : cell;
      }
      case 'property':
        return keyCell(part.key, part.enumerable, choices);
      case 'hidden':
        return null;
    }
  };

  return {
    maximum,
    links,
    behind,
    primitives,
    hiding,
    explained,
    cut,
    written,
    newPort: () => ports++,

    /** `…` for values that exist but are not shown. */
    hidden(hint: string, values: readonly Value[]): Cell {
      return hiding(plainCell('hidden', '…', hint), values);
    },

    root({ result }: Root): Cell {
      if (result.ok) return value(result.value);
      const shown = showName(wholeText(result.reason), maximum);
      return textCell('value', { text: `✗ ${shown.text}`, hint: shown.hint });
    },

    /** The one value of a Date, RegExp, boxed primitive or Error. */
    single: (object: HeapObject, value: Value): Cell => singleCell(object, value, choices) ?? written(value),

    label,

    /** @param hidden The values that a hidden part counts. */
    field(part: Part, kind: ObjectKind, hidden: readonly Value[] = []): Field {
      switch (part.type) {
        case 'element':
        case 'entry':
        case 'property':
          return { label: label(part, kind), value: runnable(colored(value(part.value), part, choices), part) };
        case 'holes': {
          const shown = say('cell_empty', { count: part.count });
          return { label: label(part, kind), value: plainCell('holes', shown, holesHint(part.index, part.count)) };
        }
        case 'hidden':
          return { label: null, value: hiding(hiddenCell(part), hidden) };
      }
    },
  };
}

/** Why an object that was read is not shown. */
type Reason = 'cut_room' | 'cut_typeDepth';

/** The text of a `✂` for an object that was read. What is shared is seen to be shared, drawn or not. */
function notShownText(object: HeapObject, why: Reason, references: number, maximum: number): ShownText {
  const hint = say(why, { title: titleOf(object, maximum) });
  if (references < 2) return { text: '✂', hint };
  return { text: `✂${references}`, hint: `${hint}\n${say('cut_references', { count: references })}` };
}

const isWritten = ({ id }: HeapObject, { settings }: Choices): boolean => settings.drawn?.written.has(id) ?? false;

function inlineCell(object: HeapObject, choices: Choices): Cell {
  const cell = textCell('value', inlineText(object, choices), object.id);
  return isWritten(object, choices) ? { ...cell, written: true } : cell;
}

export const textCell = (kind: Cell['kind'], shown: ShownText, target: ObjectId | null = null): Cell => ({
  kind,
  text: shown.text,
  hint: shown.hint,
  port: null,
  target,
});

const plainCell = (kind: Cell['kind'], text: string, hint: string | null = null): Cell =>
  textCell(kind, { text, hint });

function symbolCell(kind: Cell['kind'], symbol: SymbolIdentity, choices: Choices): Cell {
  const { maximumLength } = choices.settings.text;
  return {
    ...textCell(kind, showSymbol(symbol, maximumLength, choices.isNumbered(symbol))),
    symbol: symbolKey(symbol),
  };
}

/** The cell of a value other than a reference. */
function valueCell(value: Exclude<Value, { type: 'reference' }>, choices: Choices): Cell {
  const maximum = choices.settings.text.maximumLength;
  switch (value.type) {
    case 'undefined':
    case 'null':
      return plainCell('value', value.type);
    case 'boolean':
      return plainCell('value', String(value.value));
    case 'number':
      return plainCell('value', Object.is(value.value, -0) ? '-0' : String(value.value));
    case 'bigint': {
      const digits = showName(value.digits, maximum);
      return textCell('value', { text: `${digits.text}n`, hint: digits.hint });
    }
    case 'string':
      return isUnread(value.text) ? unaskedText(value.text.length) : stringCell(value.text, choices);
    case 'symbol':
      return symbolCell('value', value.symbol, choices);
    case 'accessor':
      return plainCell('value', '(…)', say('cell_accessor', { kind: accessorKind(value) }));
    case 'uninitialised':
      return plainCell('value', say('cell_uninitialized'), say('cell_uninitializedHint'));
    case 'unreadable':
      if (value.unasked) return { ...plainCell('value', '(…)', value.reason), unasked: true };
      return plainCell('value', say('cell_unreadable'), showName(wholeText(value.reason), 10 * maximum).text);
  }
}

/** Nothing of a very long text is read at first (src/page/encode/text-pool-writer.ts). */
const isUnread = ({ head, tail, length }: Excerpt): boolean => length > 0 && head === '' && tail === '';

function unaskedText(length: number): Cell {
  const hint = say('cell_longText', { length });
  return { ...plainCell('value', '"…"', hint), unasked: true };
}

/** The cell of a Date, RegExp or DOM node in its usual form; null for other kinds. */
function singleCell({ kind }: HeapObject, value: Value, { settings }: Choices): Cell | null {
  if (kind === 'date' && value.type === 'number') {
    const iso = isoText(value.value);
    const words = dateInWords(value.value);
    if (settings.values.dates) return plainCell('value', words, words === iso ? null : iso);
    return plainCell('value', iso, say('cell_milliseconds', { count: value.value }));
  }
  if (value.type !== 'string' || (kind !== 'regexp' && kind !== 'node')) return null;
  return textCell('value', showName(value.text, settings.text.maximumLength));
}

/** A text with the color that it names, or as the link that it is. */
function stringCell(text: Excerpt, { settings }: Choices): Cell {
  const cell = textCell('value', showString(text, settings.text.maximumLength));
  const whole = wholeOf(text);
  if (whole === null) return cell;
  const swatch = settings.values.colors ? swatchOf(whole, null) : null;
  if (swatch) return { ...cell, swatch };
  const link = settings.values.links ? linkOf(whole) : null;
  return link === null ? cell : { ...cell, link };
}

/** The cell of a part whose name says that its text is a color, with that color. */
function colored(cell: Cell, part: Part, { settings }: Choices): Cell {
  if (cell.kind !== 'value' || cell.swatch || !settings.values.colors) return cell;
  const swatch = swatchIn(part);
  return swatch ? { ...cell, swatch } : cell;
}

/** The cell of a getter that a click can run. */
function runnable(cell: Cell, part: Part): Cell {
  if (part.type !== 'property' || part.value.type !== 'accessor' || !part.value.get) return cell;
  const name = part.key.type === 'name' ? wholeOf(part.key.name) : null;
  // The stack of an error is no property of the page's.
  return name === null || (name === 'stack' && !part.enumerable) ? cell : { ...cell, runs: name };
}

function keyCell(name: PropertyKey, enumerable: boolean, choices: Choices): Cell {
  const cell =
    name.type === 'symbol'
      ? symbolCell('key', name.symbol, choices)
      : textCell('key', keyName(name, choices.settings.text.maximumLength));
  if (name.type === 'getter')
    return { ...cell, getter: true, hint: `${cell.hint ?? cell.text}\n${say('cell_getter')}` };
  if (enumerable || name.type === 'private' || name.type === 'internal') return cell;
  return { ...cell, hint: `${cell.hint ?? cell.text}\n${say('cell_nonEnumerable')}` };
}

function accessorKind({ get, set }: { readonly get: boolean; readonly set: boolean }) {
  if (get && set) return 'both';
  return set ? 'setter' : 'getter';
}

function keyName(key: Exclude<PropertyKey, { type: 'symbol' }>, maximum: number): ShownText {
  switch (key.type) {
    case 'name':
      return key.name.length === 0 ? { text: '""', hint: say('cell_emptyString') } : showName(key.name, maximum);
    case 'private': {
      const name = showName(key.name, maximum);
      return { text: `#${name.text}`, hint: name.hint };
    }
    case 'internal':
    case 'getter':
      return showName(wholeText(key.name), maximum);
  }
}

function holesHint(index: number, count: number): string {
  return say('cell_holes', { count, first: String(index), last: String(index + count - 1) });
}

function hiddenCell({ of, count, scope }: Extract<Part, { type: 'hidden' }>): Cell {
  if (scope === undefined) return plainCell('hidden', '…', hiddenHint(of, count));
  return plainCell('hidden', say('cell_scope', { scope, count }), say('cell_scopeHint', { count }));
}

const hiddenKinds = { element: 'elements', entry: 'entries', property: 'properties' } as const;

function hiddenHint(of: 'element' | 'entry' | 'property', count: number): string {
  return say('cell_hidden', { what: say(hiddenKinds[of], { count }) });
}
