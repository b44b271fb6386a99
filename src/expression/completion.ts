/** Finds what can be completed at the end of a text, and makes completions from the names that were found. Pure. */

/** The end of the text before the caret: the path to an object, and the beginning of one of its names. */
export interface CompletionPoint {
  /** Names from the global object to the object, own or inherited ones. Empty for the global scope. */
  readonly path: readonly string[];
  /** The part of the name that is typed already. */
  readonly prefix: string;
  /** Position in the text from which a completion replaces it, before the dot or bracket if there is one. */
  readonly from: number;
  /** `name`: after nothing, `dot`: after `.` or `?.`, `bracket`: within `["`, `index`: after `[`, `key`: after `.get(`. */
  readonly after: 'name' | 'dot' | 'bracket' | 'index' | 'key';
}

export interface Completion {
  /** The name in the list. */
  readonly name: string;
  /** The whole text of the field after the completion. */
  readonly text: string;
}

/** More names than this nobody looks through. */
const MOST = 200;

const identifier = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*`;
const quotedText = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;
const chain = String.raw`(?:(?<=\.{3})|(?<![\p{ID_Continue}$.\])"'${'`'}]))(${identifier}(?:\??\.${identifier}|(?:\?\.)?\[(?:\d+|${quotedText})\])*)`;
const atDot = new RegExp(String.raw`${chain}(\??\.)(${identifier}|)$`, 'u');
const atBracket = new RegExp(String.raw`${chain}(\[["'])([^"'\\]*)$`, 'u');
const atName = new RegExp(String.raw`(?:(?<=\.{3})|(?<![\p{ID_Continue}$.]))${identifier}$`, 'u');
const atIndex = new RegExp(String.raw`${chain}(\[)(\d*)$`, 'u');
const atKey = new RegExp(String.raw`${chain}(\??\.(?:get|has|delete)\()("[^"\\]*|'[^'\\]*|[\w.+-]*)$`, 'u');
const link = new RegExp(String.raw`(${identifier})|\[(\d+)\]|\[(${quotedText})\]`, 'gu');

/**
 * Returns null when nothing can be completed.
 * @param text The text before the caret.
 */
export function completionPoint(text: string): CompletionPoint | null {
  const [key, collection = '', , begun = ''] = atKey.exec(text) ?? [];
  if (key !== undefined)
    return { path: linksOf(collection), prefix: begun, from: text.length - begun.length, after: 'key' };
  if (isInText(text)) {
    const [whole, object = '', , prefix = ''] = atBracket.exec(text) ?? [];
    if (whole === undefined) return null;
    return { path: linksOf(object), prefix, from: text.length - prefix.length - 2, after: 'bracket' };
  }
  const [index, list = '', , digits = ''] = atIndex.exec(text) ?? [];
  if (index !== undefined)
    return { path: linksOf(list), prefix: digits, from: text.length - digits.length - 1, after: 'index' };
  const [whole, object = '', dot = '', prefix = ''] = atDot.exec(text) ?? [];
  if (whole !== undefined)
    return { path: linksOf(object), prefix, from: text.length - prefix.length - dot.length, after: 'dot' };
  const [name] = atName.exec(text) ?? [];
  return name === undefined ? null : { path: [], prefix: name, from: text.length - name.length, after: 'name' };
}

/** Whether the end of the text is within quotes. */
function isInText(text: string): boolean {
  let quote = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (quote !== '' && character === '\\') index += 1;
    else if (character === quote) quote = '';
    else if (quote === '' && /["'`]/.test(character)) quote = character;
  }
  return quote !== '';
}

function linksOf(object: string): readonly string[] {
  return [...object.matchAll(link)].map(([, name, index, quoted]) => name ?? index ?? unquoted(quoted ?? ''));
}

const unquoted = (quoted: string): string => quoted.slice(1, -1).replace(/\\(.)/g, '$1');

/**
 * Returns the names that begin with the prefix: the object's own first, then inherited ones. Among these, names with the same case
 * come first. In the parentheses of a Map's method these are its keys, and behind a `[` the indexes of a list.
 * @param names What the page told of the object, as `NamesByDistance` says.
 * @param text The text before the caret.
 */
export function completionsOf(
  point: CompletionPoint,
  [keys = [], ...names]: readonly (readonly string[])[],
  text: string,
): readonly Completion[] {
  const { prefix, after, from } = point;
  const typed = text.slice(from);
  if (after === 'key') return keyCompletions(keys, prefix, (written) => `${text.slice(0, from)}${written})`);
  if (after === 'index' && keys.length > 0)
    return keys
      .filter((key) => key.startsWith(prefix) && key !== prefix)
      .map((key) => ({ name: key, text: `${text.slice(0, from)}[${key}]` }));
  const wanted = prefix.toLowerCase();
  const found = new Map<string, Completion>();
  const add = (fits: (name: string) => boolean): void => {
    for (const list of names) {
      for (const name of list) {
        if (found.size >= MOST) return;
        if (found.has(name) || name === prefix || !fits(name)) continue;
        const inserted = insertion(name, after, typed);
        if (inserted !== null) found.set(name, { name, text: text.slice(0, from) + inserted });
      }
    }
  };
  add((name) => name.startsWith(prefix));
  add((name) => name.toLowerCase().startsWith(wanted));
  return [...found.values()];
}

/** @param whole The text of the field with a key as it is written. */
function keyCompletions(
  keys: readonly string[],
  prefix: string,
  whole: (written: string) => string,
): readonly Completion[] {
  const quote = prefix.startsWith("'") ? "'" : '"';
  const begun = /^["']/.test(prefix) ? prefix.slice(1) : prefix;
  return keys.flatMap((key) => {
    const isText = key.startsWith('"');
    const bare = isText ? key.slice(1) : key;
    if (!bare.startsWith(begun) || (!isText && begun !== prefix)) return [];
    const written = isText ? quoted(bare, quote) : bare;
    return [{ name: written, text: whole(written) }];
  });
}

function quoted(text: string, quote: string): string {
  const escaped = JSON.stringify(text).slice(1, -1);
  return quote + (quote === '"' ? escaped : escaped.replaceAll('\\"', '"').replaceAll("'", "\\'")) + quote;
}

const isIdentifier = (name: string): boolean => new RegExp(`^${identifier}$`, 'u').test(name);

/** Null where the name cannot be written there. */
function insertion(name: string, after: CompletionPoint['after'], typed: string): string | null {
  if (after === 'name') return isIdentifier(name) ? name : null;
  const optional = typed.startsWith('?.');
  if (after === 'dot' && isIdentifier(name)) return `${optional ? '?.' : '.'}${name}`;
  return `${optional ? '?.' : ''}[${quoted(name, typed.startsWith("['") ? "'" : '"')}]`;
}
