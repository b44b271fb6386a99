/** What the fields of a group hold: where its references lead, and how many; the types and ranges of its values. Pure. */

import { say } from '../words/say.ts';
import { type Compact, types } from './compact.ts';

export type Row =
  | {
      readonly type: 'references';
      readonly field: string;
      readonly count: number;
      /** The number of a group. */
      readonly target: number;
      /** The number of objects they lead to: fewer than there are references, where objects are shared. */
      readonly distinct: number;
    }
  | { readonly type: 'values'; readonly field: string; readonly count: number; readonly text: string }
  | { readonly type: 'hidden'; readonly field: string; readonly count: number };

interface References {
  readonly type: 'references';
  readonly field: number;
  readonly target: number;
  count: number;
}

interface Values {
  readonly type: 'values';
  readonly field: number;
  count: number;
  numbers: number;
  whole: boolean;
  least: number;
  most: number;
  strings: number;
  readonly texts: Set<number>;
  readonly others: Set<string>;
}

interface Hidden {
  readonly type: 'hidden';
  readonly field: number;
  count: number;
}

/** Different texts of one field that are counted. */
const mostTexts = 10_000;
/** Different texts and other values that a cell lists. */
const listed = 3;

export function rowsOf(
  compact: Compact,
  groups: readonly (readonly number[])[],
  groupOf: Int32Array,
): readonly (readonly Row[])[] {
  const { firstPart, fieldOf, typeOf, values, fields, texts } = compact;
  const stamps = new Int32Array(compact.count);
  let stamp = 0;
  return groups.map((members) => {
    const rows = new Map<string, References | Values | Hidden>();
    const targets = new Map<References, number[]>();
    for (const object of members) {
      for (let part = firstPart[object] ?? 0; part < (firstPart[object + 1] ?? 0); part++) {
        const field = fieldOf[part] ?? 0;
        const type = typeOf[part] ?? 0;
        const value = values[part] ?? 0;
        if (type === types.reference) {
          const target = groupOf[value] ?? -1;
          const row = kept(rows, `${field} ${target}`, (): References => {
            return { type: 'references', field, target, count: 0 };
          });
          if (row.type !== 'references') continue;
          row.count += 1;
          const list = targets.get(row);
          if (list) list.push(value);
          else targets.set(row, [value]);
        } else if (type === types.hidden) {
          kept(rows, `${field} …`, (): Hidden => ({ type: 'hidden', field, count: 0 })).count += value;
        } else {
          const row = kept(rows, `${field}`, () => noValues(field));
          if (row.type === 'values') note(row, type, value, texts);
        }
      }
    }
    return [...rows.values()].map((row): Row => {
      const field = fields[row.field] ?? '';
      const { count } = row;
      if (row.type === 'values') return { type: 'values', field, count, text: textOf(row, texts) };
      if (row.type === 'hidden') return { type: 'hidden', field, count };
      stamp += 1;
      let distinct = 0;
      for (const target of targets.get(row) ?? []) {
        if (stamps[target] !== stamp) distinct += 1;
        stamps[target] = stamp;
      }
      return { type: 'references', field, count, target: row.target, distinct };
    });
  });
}

function kept<T>(rows: Map<string, T>, key: string, make: () => T): T {
  const known = rows.get(key);
  if (known !== undefined) return known;
  const made = make();
  rows.set(key, made);
  return made;
}

const noValues = (field: number): Values => ({
  type: 'values',
  field,
  count: 0,
  numbers: 0,
  whole: true,
  least: Number.POSITIVE_INFINITY,
  most: Number.NEGATIVE_INFINITY,
  strings: 0,
  texts: new Set(),
  others: new Set(),
});

const plainTexts: Readonly<Record<number, string>> = {
  [types.true]: 'true',
  [types.false]: 'false',
  [types.null]: 'null',
  [types.undefined]: 'undefined',
};

function note(row: Values, type: number, value: number, texts: readonly string[]): void {
  row.count += 1;
  switch (type) {
    case types.number:
      if (Number.isNaN(value)) {
        row.others.add('NaN');
        return;
      }
      row.numbers += 1;
      row.whole &&= Number.isInteger(value);
      row.least = Math.min(row.least, value);
      row.most = Math.max(row.most, value);
      return;
    case types.string:
      row.strings += 1;
      if (row.texts.size < mostTexts) row.texts.add(value);
      return;
    case types.other:
      row.others.add(texts[value] ?? '');
      return;
    default:
      row.others.add(plainTexts[type] ?? '');
  }
}

function textOf(row: Values, texts: readonly string[]): string {
  const some: string[] = [];
  const { numbers, least, most, whole } = row;
  const shown = (value: number): string => (whole ? String(value) : String(Number(value.toPrecision(3))));
  if (numbers > 0) some.push(least === most ? shown(least) : `${shown(least)} … ${shown(most)}`);
  const { size } = row.texts;
  if (size > 0 && size <= listed) some.push(...[...row.texts].map((text) => JSON.stringify(texts[text] ?? '')));
  else if (size > listed)
    some.push(size >= mostTexts ? say('overview_many') : say('overview_strings', { count: size }));
  const others = [...row.others];
  if (others.length <= listed) some.push(...others);
  else some.push(...others.slice(0, listed - 1), say('overview_more', { count: others.length - listed + 1 }));
  return some.join(' | ');
}
