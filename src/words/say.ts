/**
 * All that a user reads, in the language of the browser or, where it is missing, in English. `_locales/en/messages.json` has the
 * texts in ICU's MessageFormat: `{name}`, `{count, plural, one {# object} other {# objects}}` and `{kind, select, …}`. Chrome reads
 * the same file for the manifest, but has no plurals and is not in Node.
 */
import english from '../../_locales/en/messages.json';
import { format, type Piece, parse } from './message-format.ts';

type Messages = typeof english;
export type MessageKey = keyof Messages;

type NamesOf<Key extends MessageKey> = Messages[Key] extends { readonly placeholders: infer Placeholders }
  ? keyof Placeholders
  : never;
type ValuesOf<Key extends MessageKey, Value> = { readonly [Name in NamesOf<Key>]: Value };
type Given<Key extends MessageKey, Value> = [NamesOf<Key>] extends [never] ? [] : [values: ValuesOf<Key, Value>];

/** The messages of every language that the extension has, by the name of its folder in `_locales/`. */
const languages = import.meta.glob<Readonly<Record<string, { readonly message: string }>>>(
  '../../_locales/*/messages.json',
  { eager: true, import: 'default' },
);

/** The language of the browser or, in Node, of the system, as far as there are messages in it. */
export const language: string = (() => {
  const wanted = Intl.DateTimeFormat().resolvedOptions().locale;
  const there = (name: string): boolean => `../../_locales/${name.replace('-', '_')}/messages.json` in languages;
  return [wanted, wanted.split('-')[0] ?? ''].find(there) ?? 'en';
})();
const local = languages[`../../_locales/${language.replace('-', '_')}/messages.json`] ?? english;

const parsed = new Map<MessageKey, readonly Piece[]>();

function piecesOf(key: MessageKey): readonly Piece[] {
  const known = parsed.get(key);
  if (known) return known;
  const pieces = parse((local[key] ?? english[key]).message);
  parsed.set(key, pieces);
  return pieces;
}

/** The message as text. Numbers are written as the language writes them. */
export function say<Key extends MessageKey>(key: Key, ...given: Given<Key, string | number>): string {
  return format<never>(piecesOf(key), given[0] ?? {}, language).join('');
}

/** The message in parts, for values that are no text, such as elements. */
export function sayParts<Key extends MessageKey, Value>(
  key: Key,
  ...given: Given<Key, string | number | Value>
): readonly (string | Value)[] {
  return format<Value>(piecesOf(key), given[0] ?? {}, language);
}

/** `1,204`. */
export const sayNumber = (value: number): string => value.toLocaleString(language);

const lists = new Intl.ListFormat(language, { type: 'conjunction' });

/** `a, b, and c`. */
export const sayList = (items: readonly string[]): string => lists.format(items);
