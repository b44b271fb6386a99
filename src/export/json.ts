/**
 * Writes a snapshot to the text of a file and reads it back, so that it can be drawn again without its page. A file is not
 * trusted: if it is not a snapshot, it is refused as a whole, with the path of the first mistake.
 */

import * as v from 'valibot';
import { highestLevel, type Snapshot } from '../snapshot/snapshot.ts';
import { cutReasons, kinds, longestSide, scopeKinds, wellKnownSymbols } from '../wire/format.ts';
import { say } from '../words/say.ts';

const format = 'memory-graph snapshot';
const version = 2;

/** Numbers that JSON cannot write. */
const unsayable: ReadonlyMap<string, number> = new Map([
  ['-0', -0],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

export function toJson(snapshot: Snapshot, subject: string): string {
  const file = {
    format,
    version,
    subject,
    snapshot: { ...snapshot, objects: [...snapshot.objects.values()], cuts: Object.fromEntries(snapshot.cuts) },
  };
  return `${JSON.stringify(file, sayable)}\n`;
}

/** For JSON.stringify: writes numbers that JSON does not have as `objectSchema` reads them. */
export function sayable(_: string, value: unknown): unknown {
  if (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))) return value;
  return { number: Object.is(value, -0) ? '-0' : String(value) };
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const excerpt = v.object({ head: v.string(), tail: v.string(), length: count });
const id = v.pipe(v.number(), v.integer());
const number = v.union([
  v.number(),
  v.pipe(
    v.object({ number: v.picklist([...unsayable.keys()]) }),
    v.transform((held) => unsayable.get(held.number) ?? Number.NaN),
  ),
]);
const symbol = v.variant('sort', [
  v.object({ sort: v.literal('own'), id: v.pipe(id, v.minValue(1)), description: v.nullable(excerpt) }),
  v.object({ sort: v.literal('registered'), key: excerpt }),
  v.object({ sort: v.literal('wellKnown'), name: v.picklist(wellKnownSymbols) }),
]);
const value = v.variant('type', [
  v.object({ type: v.literal('undefined') }),
  v.object({ type: v.literal('null') }),
  v.object({ type: v.literal('boolean'), value: v.boolean() }),
  v.object({ type: v.literal('number'), value: number }),
  v.object({ type: v.literal('bigint'), digits: excerpt }),
  v.object({ type: v.literal('string'), text: excerpt }),
  v.object({ type: v.literal('symbol'), symbol }),
  v.object({ type: v.literal('reference'), id }),
  v.object({ type: v.literal('accessor'), get: v.boolean(), set: v.boolean() }),
  v.object({ type: v.literal('uninitialised') }),
  v.object({ type: v.literal('unreadable'), reason: v.string(), unasked: v.exactOptional(v.literal(true)) }),
]);
const key = v.variant('type', [
  v.object({ type: v.literal('name'), name: excerpt }),
  v.object({ type: v.literal('symbol'), symbol }),
  v.object({ type: v.literal('private'), name: excerpt }),
  v.object({ type: v.literal('internal'), name: v.string() }),
  v.object({ type: v.literal('getter'), name: v.string() }),
]);
const scopeKind = v.picklist(scopeKinds);
const part = v.variant('type', [
  v.object({ type: v.literal('element'), index: count, value }),
  v.object({ type: v.literal('entry'), index: count, key: value, value }),
  v.object({
    type: v.literal('property'),
    key,
    enumerable: v.boolean(),
    value,
    scope: v.exactOptional(scopeKind),
    level: v.exactOptional(count),
  }),
  v.object({ type: v.literal('holes'), index: count, count }),
  v.object({
    type: v.literal('hidden'),
    of: v.picklist(['element', 'entry', 'property']),
    index: count,
    count,
    references: v.exactOptional(v.array(id)),
    scope: v.exactOptional(scopeKind),
  }),
]);
const cut = v.picklist(cutReasons);
const level = v.pipe(count, v.maxValue(highestLevel));
const series = v.object({
  read: count,
  least: number,
  greatest: number,
  firstNaN: v.nullable(count),
  stretches: v.array(v.nullable(v.tuple([level, level]))),
});
const side = v.pipe(count, v.maxValue(longestSide));
const image = v.object({
  width: count,
  height: count,
  missing: v.nullable(v.picklist(['unread', 'protected', 'empty'])),
  columns: side,
  rows: side,
  pixels: v.pipe(v.string(), v.regex(/^[\w-]*$/)),
});
/** An object in a file. */
export const objectSchema = v.object({
  id,
  kind: v.picklist(kinds),
  className: v.nullable(excerpt),
  namesake: v.exactOptional(v.object({ ordinal: count, place: v.string() })),
  size: v.nullable(number),
  primitive: v.nullable(value),
  frozen: v.boolean(),
  cut: v.nullable(cut),
  parts: v.array(part),
  behind: v.exactOptional(v.array(id)),
  series: v.exactOptional(series),
  bytes: v.exactOptional(v.object({ offset: count, length: count })),
  image: v.exactOptional(image),
  unlisted: v.exactOptional(v.literal(true)),
});
const root = v.object({
  label: v.string(),
  result: v.variant('ok', [
    v.object({ ok: v.literal(true), value }),
    v.object({ ok: v.literal(false), reason: v.string() }),
  ]),
});
const file = v.object({
  format: v.literal(format),
  version: v.literal(version),
  subject: v.string(),
  snapshot: v.object({
    roots: v.array(root),
    objects: v.array(objectSchema),
    cuts: v.record(cut, count),
    unsearched: v.exactOptional(count),
    pageTime: v.number(),
    replacedBuiltins: v.array(v.string()),
  }),
});

export type OpenedFile =
  | { readonly ok: true; readonly subject: string; readonly snapshot: Snapshot }
  /** `reason` is one sentence for the user. */
  | { readonly ok: false; readonly reason: string };

/** The snapshot in the text of a file. Never throws. */
export function fromJson(text: string): OpenedFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { ok: false, reason: say('json_invalid') };
  }
  const result = v.safeParse(file, content);
  if (!result.success) {
    const [issue] = result.issues;
    const place = (issue.path ?? []).map((item) => String(item.key)).join('.');
    return {
      ok: false,
      reason: place === '' ? say('json_invalid') : say('json_unknown', { place }),
    };
  }
  const { subject, snapshot } = result.output;
  const objects = new Map(snapshot.objects.map((held) => [held.id, held]));
  const cuts = new Map<v.InferOutput<typeof cut>, number>();
  for (const reason of cut.options) {
    const times = snapshot.cuts[reason];
    if (times !== undefined) cuts.set(reason, times);
  }
  const missing = firstMissing(snapshot.roots, snapshot.objects, objects);
  if (missing !== null) {
    return { ok: false, reason: say('json_damaged', { number: String(missing) }) };
  }
  return { ok: true, subject, snapshot: { ...snapshot, objects, cuts } };
}

type PlainObject = v.InferOutput<typeof objectSchema>;
type PlainRoot = v.InferOutput<typeof root>;

/** The number of an object that is referred to but missing, or null. */
function firstMissing(
  roots: readonly PlainRoot[],
  objects: readonly PlainObject[],
  known: ReadonlyMap<number, PlainObject>,
): number | null {
  const held = roots.flatMap(({ result }) => (result.ok ? [result.value] : []));
  for (const { parts, behind = [] } of objects) {
    for (const hidden of behind) if (!known.has(hidden)) return hidden;
    for (const each of parts) {
      if (each.type === 'hidden') for (const hidden of each.references ?? []) if (!known.has(hidden)) return hidden;
      if (each.type === 'entry') held.push(each.key);
      if ('value' in each) held.push(each.value);
    }
  }
  for (const each of held) if (each.type === 'reference' && !known.has(each.id)) return each.id;
  return null;
}
