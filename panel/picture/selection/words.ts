/** Describes a box in words, for users who hear the picture instead of seeing it. Pure. */
import type { Box, BoxKey, Cell, Diagram } from '../../../src/diagram/diagram.ts';
import { linesOf } from '../../../src/diagram/lines.ts';
import { boxName } from '../../../src/diagram/titles.ts';
import { say, sayList } from '../../../src/words/say.ts';

export interface BoxWords {
  /** What it is, how many values it has, and what refers to it: `Array #3, 5 values, referred to by a and b`. */
  readonly label: string;
  /** Its content: `0: 1; 1: Array #4`. */
  readonly content: string;
}

/** The number of names or values that are listed before *more*. */
const MOST_NAMES = 4;
const MOST_VALUES = 20;

export function boxWords(diagram: Diagram, key: BoxKey): BoxWords | null {
  const boxes = new Map(diagram.boxes.map((box) => [box.key, box]));
  const box = boxes.get(key);
  if (!box) return null;
  const targets = new Map(diagram.references.map(({ from, port, to }) => [`${from}:${port}`, to]));
  const lines = linesOf(box);
  const retainers = diagram.references.flatMap(({ from, port, to }) => {
    const retainer = to === key ? boxes.get(from) : undefined;
    return retainer ? [retainerName(retainer, port, retainer === box)] : [];
  });
  const values = lines.filter(({ value }) => value.kind !== 'hidden').length;
  const size =
    lines.length === 0
      ? say('words_empty')
      : values === 0
        ? say('words_collapsed')
        : say(values < lines.length ? 'words_atLeast' : 'words_values', { count: values });
  const name = boxName(box);
  const words = (cell: Cell): string => {
    const target = boxes.get(targets.get(`${key}:${cell.port}`) ?? '');
    return target ? boxName(target) : spoken(cell);
  };
  const figure = box.figure ? [box.figure.words.join(', ')] : [];
  const shown = lines.slice(0, MOST_VALUES).map(({ labels, value }) => {
    const label = labels.map(words).join(' ');
    return label === '' ? words(value) : say('list_field', { name: label, value: words(value) });
  });
  if (lines.length > MOST_VALUES) shown.push(say('words_more'));
  const what =
    retainers.length === 0
      ? say('words_box', { name, size })
      : say('words_retained', { name, size, retainers: listed([...new Set(retainers)]) });
  const { undrawn = 0 } = box;
  const label = undrawn === 0 ? what : say('words_undrawn', { box: what, count: undrawn });
  return { label, content: [...figure, ...shown].join('; ') };
}

/** The name of a variable; for others, of which object it is a property or element. */
function retainerName(box: Box, port: number, itself: boolean): string {
  const line = linesOf(box).find(({ value }) => value.port === port || value.hiddenPorts?.includes(port));
  const label = line?.labels.map(({ text }) => text).join(' ') ?? '';
  if (label === '') return itself ? say('words_itself') : boxName(box);
  if (box.category === 'scope') return label;
  return itself ? say('words_ownField', { field: label }) : say('words_fieldOf', { field: label, name: boxName(box) });
}

const listed = (names: readonly string[]): string =>
  names.length > MOST_NAMES
    ? sayList([...names.slice(0, MOST_NAMES - 1), say('words_others', { count: names.length - MOST_NAMES + 1 })])
    : sayList(names);

/** The text of a cell, with the meaning of a sign in its place. */
export function spoken({ kind, text, hint }: Cell): string {
  switch (kind) {
    case 'hidden':
    case 'cut':
    case 'holes':
      return hint ?? text;
    case 'index':
    case 'key':
    case 'value':
    case 'reference':
      return text;
  }
}

/** A box as text: its title, and a line for each field. */
export function boxText(box: Box): string {
  const fields = linesOf(box).map(({ labels, value }) => [...labels, value].map(({ text }) => text).join(': '));
  return [box.title, ...fields].join('\n');
}
