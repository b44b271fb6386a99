/** What a box is, in words, for whoever hears the picture instead of seeing it. Pure. */
import type { Box, BoxKey, Cell, Diagram } from '../../src/diagram/diagram.ts';

export interface BoxWords {
  /** What it is, how much it holds, and what refers to it: `Array #3, 5 values, referred to by a and b`. */
  readonly label: string;
  /** What it holds: `0: 1; 1: Array #4`. */
  readonly content: string;
}

/** Names, or values, that are said before *more* is. */
const MOST_NAMES = 4;
const MOST_VALUES = 20;

export function boxWords(diagram: Diagram, key: BoxKey): BoxWords | null {
  const boxes = new Map(diagram.boxes.map((box) => [box.key, box]));
  const box = boxes.get(key);
  if (!box) return null;
  const targets = new Map(diagram.references.map(({ from, port, to }) => [`${from}:${port}`, to]));
  const lines = linesOf(box);
  const referrers = diagram.references.flatMap(({ from, port, to }) => {
    const referrer = to === key ? boxes.get(from) : undefined;
    return referrer ? [referrerName(referrer, port, referrer === box)] : [];
  });
  const values = lines.filter(({ cell }) => cell.kind !== 'hidden').length;
  const partly = values < lines.length;
  const count = `${partly ? 'at least ' : ''}${values} ${values === 1 ? 'value' : 'values'}`;
  const parts = [nameOf(box), lines.length === 0 ? 'empty' : values === 0 ? 'collapsed' : count];
  if (referrers.length > 0) parts.push(`referred to by ${listed([...new Set(referrers)])}`);
  const content = lines.slice(0, MOST_VALUES).map(({ label, cell }) => {
    const target = boxes.get(targets.get(`${key}:${cell.port}`) ?? '');
    const value = target ? nameOf(target) : spoken(cell);
    return label ? `${label.text}: ${value}` : value;
  });
  if (lines.length > MOST_VALUES) content.push('more');
  return { label: parts.join(', '), content: content.join('; ') };
}

/** `Array #3`; the number is left off where it stands in the title, or where it is not the page's own. */
function nameOf({ title, object, category }: Box): string {
  const name = title === '' ? category : title;
  return object === null || object < 0 || name.endsWith(`#${object}`) ? name : `${name} #${object}`;
}

/** The variable where it is one, otherwise whose property or element it is. */
function referrerName(box: Box, port: number, itself: boolean): string {
  const line = linesOf(box).find(({ cell }) => cell.port === port || cell.hiddenPorts?.includes(port));
  const label = line?.label;
  if (box.category === 'scope' && label) return label.text;
  if (itself) return label ? `its own ${label.text}` : 'itself';
  return label ? `${label.text} of ${nameOf(box)}` : nameOf(box);
}

function listed(names: readonly string[]): string {
  if (names.length > MOST_NAMES)
    return `${names.slice(0, MOST_NAMES - 1).join(', ')} and ${names.length - MOST_NAMES + 1} more`;
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** Signs are said as what they mean. */
function spoken({ kind, text, hint }: Cell): string {
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

interface Line {
  readonly label: Cell | null;
  readonly cell: Cell;
}

const isLabel = (cell: Cell | null | undefined): boolean => cell?.kind === 'index' || cell?.kind === 'key';

/** Each value with the name or index beside or over it, in the order of reading. */
function linesOf({ rows, orientation }: Box): readonly Line[] {
  const alongRows = orientation === 'vertical';
  return rows.flatMap((row, r) =>
    row.flatMap((cell, column) => {
      const before = alongRows ? row[0] : rows[0]?.[column];
      const label = before !== cell && isLabel(before) ? (before ?? null) : null;
      const isName = isLabel(cell) && (alongRows ? column === 0 && row.length > 1 : r === 0 && rows.length > 1);
      return cell && !isName ? [{ label, cell }] : [];
    }),
  );
}
