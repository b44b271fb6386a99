/** The diagram of an overview: a box for each group, with the types and ranges of its fields, and how many references lead where. Pure. */
import type { Box, BoxKey, Cell, Diagram, Reference } from '../diagram/diagram.ts';
import { boxKeyOf, groupKey } from '../diagram/keys.ts';
import { arranged } from '../diagram/lines.ts';
import type { DiagramSettings } from '../diagram/settings.ts';
import { showName, wholeText } from '../diagram/text.ts';
import type { ObjectId } from '../snapshot/snapshot.ts';
import { say, sayNumber } from '../words/say.ts';
import type { Shape } from './compact.ts';
import type { Group, Grouping } from './groups.ts';
import type { Row } from './rows.ts';

/** What a grouping is drawn with. */
export interface Named {
  readonly shapes: readonly Shape[];
  /** The identities of the objects by their numbers. */
  readonly ids: readonly (ObjectId | null)[];
}

/** Fields of a group that are shown; references come first where there are more. */
const mostRows = 14;

export function overviewDiagram(grouping: Grouping, named: Named, settings: DiagramSettings): Diagram {
  const { groups } = grouping;
  const keys = groups.map((group) => keyOf(group, named));
  const boxes: Box[] = [];
  const references: Reference[] = [];
  const drawn = new Set<number>();
  const waiting = [0];
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    const group = groups[number];
    if (!group || drawn.has(number)) continue;
    drawn.add(number);
    const made = groupBox(group, grouping, named, settings, number === 0);
    boxes.push(made.box);
    made.targets.forEach((target, port) => {
      const to = keys[target];
      if (to !== undefined) references.push({ from: made.box.key, port, to });
    });
    waiting.push(...made.targets.toReversed());
  }
  const { palette, spacing, joins, graphviz } = settings;
  return { boxes, references, direction: settings.direction, style: { palette, spacing, joins, graphviz } };
}

const isOne = ({ count }: Group): boolean => count === 1;

/** One object that was taken out has the key that its box has in every other picture. */
export const keyOf = ({ key, first }: Group, { ids }: Named): BoxKey => {
  const id = ids[first];
  return key.startsWith('one ') && id !== null && id !== undefined ? boxKeyOf(id) : groupKey(key);
};

function groupBox(
  group: Group,
  grouping: Grouping,
  { shapes, ids }: Named,
  settings: DiagramSettings,
  root: boolean,
): { readonly box: Box; readonly targets: readonly number[] } {
  const { shape, count, note, rows } = group;
  const { title = '', category = 'other' } = shapes[shape] ?? {};
  const one = isOne(group);
  const targets: number[] = [];
  const cellOf = (row: Row): Cell => {
    switch (row.type) {
      case 'references':
        targets.push(row.target);
        return referenceCell(row, shapes[grouping.groups[row.target]?.shape ?? -1], targets.length - 1);
      case 'values':
        return { ...noCell, kind: 'value', ...showName(wholeText(row.text), settings.text.maximumLength) };
      case 'hidden':
        return { ...noCell, kind: 'hidden', text: '…', hint: say('overview_hidden', { count: row.count }) };
    }
  };
  const shown = shownRows(rows);
  const fields = shown.map((row) => ({
    label: labelCell(row, group, settings.text.maximumLength),
    value: cellOf(row),
  }));
  const left = rows.length - shown.length;
  const hints = [
    ...(one ? [] : [say('overview_open', { count })]),
    ...(left > 0 ? [say('overview_fields', { count: left })] : []),
  ];
  const more =
    hints.length > 0
      ? [{ label: null, value: { ...noCell, kind: 'hidden', text: '…', hint: hints.join('\n') } as const }]
      : [];
  const name = one ? title : `${title} × ${sayNumber(count)}`;
  const box: Box = {
    key: keyOf(group, { shapes, ids }),
    object: one ? (ids[group.first] ?? null) : null,
    title: note === '' || one ? name : `${name}, ${note}`,
    category,
    root,
    ...arranged([...fields, ...more], 'vertical'),
    ...(one ? {} : { group: { count, share: count / grouping.count } }),
  };
  return { box, targets };
}

const noCell = { hint: null, port: null, target: null } as const;

function shownRows(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= mostRows + 1) return rows;
  const worth = ({ type }: Row): number => (type === 'references' ? 0 : 1);
  const kept = new Set(rows.toSorted((a, b) => worth(a) - worth(b)).slice(0, mostRows));
  return rows.filter((row) => kept.has(row));
}

/** `author × 2,800`, in a group; the name alone where each object has it once, and for one object. */
function labelCell({ field, count, type }: Row, group: Group, maximum: number): Cell | null {
  if (field === '') return null;
  const { text, hint } = showName(wholeText(field), maximum);
  const often = isOne(group) ? count > 1 : count !== group.count || type === 'references';
  const shown = often && type !== 'hidden' ? `${text} × ${sayNumber(count)}` : text;
  return { ...noCell, kind: 'key', text: shown, hint };
}

function referenceCell(
  { count, distinct, field }: Extract<Row, { type: 'references' }>,
  target: Shape | undefined,
  port: number,
): Cell {
  const title = target?.title ?? '';
  const hint = say('overview_references', { field, count, distinct, title });
  // Fewer objects than references: some are shared.
  const text = distinct < count ? say('overview_shared', { count: distinct }) : '';
  return { kind: 'reference', text, hint, port, target: null };
}
