/**
 * Makes texts of a page readable: cuts them to a length, quotes strings, and makes every character visible that would otherwise
 * vanish, reorder its neighbors or cover them. Never interprets a text.
 */
import type { Excerpt, SymbolIdentity } from '../snapshot/snapshot.ts';
import { say } from '../words/say.ts';

export interface ShownText {
  readonly text: string;
  /** The whole text, as far as it was read, when `text` is only a part of it; else null. */
  readonly hint: string | null;
}

/** Characters of a text in a hint. A tooltip that is longer than the screen is useless. */
const hintLength = 2000;

/** Further combining marks on one character are escaped, because they would cover the lines above. */
const marksPerCharacter = 2;

const named: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
]);

/** Control and format characters (bidi, zero-width), lone surrogates, unassigned ones, separators except the plain space, blank letters. */
const invisible =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\u2800]|\u034f|\u17b4|\u17b5|[\u180b-\u180d\u180f]/u;
const otherSpace = /(?! )\p{Zs}/u;
const mark = /\p{M}/u;
const variationSelector = /[\ufe00-\ufe0f]/u;
const pictograph = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f/u;

function codeEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/**
 * Makes at most `maximum` characters of `text` visible. With escapes, at most twice as many characters are drawn. `whole` says
 * whether all of it was used.
 */
function makeVisible(
  text: string,
  maximum: number,
  quoted: boolean,
): { readonly text: string; readonly whole: boolean } {
  let out = '';
  let drawn = 0;
  let taken = 0;
  let marks = 0;
  let previous = '';
  let position = 0;
  for (const character of text) {
    if (taken === maximum || drawn >= 2 * maximum) return { text: out, whole: false };
    position += character.length;
    let shown = named.get(character) ?? character;
    if (quoted && character === '"') shown = '\\"';
    if (mark.test(character)) {
      marks = previous === '' ? marksPerCharacter + 1 : marks + 1;
      if (marks > marksPerCharacter || variationWithoutBase(character, previous)) shown = codeEscape(character);
    } else {
      marks = 0;
    }
    if (shown === character && (invisible.test(character) || otherSpace.test(character))) {
      const next = character === '\u200d' ? (text.codePointAt(position) ?? 0) : 0;
      const joins = next !== 0 && pictograph.test(previous) && pictograph.test(String.fromCodePoint(next));
      if (!joins) shown = codeEscape(character);
    }
    out += shown;
    drawn += shown.length;
    taken += 1;
    previous = character;
  }
  return { text: out, whole: true };
}

function variationWithoutBase(character: string, previous: string): boolean {
  return variationSelector.test(character) && (previous === '' || variationSelector.test(previous));
}

const isWhole = (excerpt: Excerpt): boolean => excerpt.head.length + excerpt.tail.length >= excerpt.length;

function whole(excerpt: Excerpt, quote: string): string {
  const left = excerpt.length - excerpt.head.length - excerpt.tail.length;
  const quoted = quote !== '';
  if (left <= 0) return `${quote}${makeVisible(excerpt.head + excerpt.tail, hintLength, quoted).text}${quote}`;
  const head = makeVisible(excerpt.head, hintLength, quoted).text;
  const tail = makeVisible(excerpt.tail, hintLength, quoted).text;
  return `${quote}${say('text_partUnread', { head, count: left, tail })}${quote}`;
}

function show(excerpt: Excerpt, maximum: number, quote: '"' | ''): ShownText {
  const complete = isWhole(excerpt);
  const source = complete ? excerpt.head + excerpt.tail : excerpt.head;
  const shown = makeVisible(source, maximum, quote !== '');
  if (complete && shown.whole) return { text: `${quote}${shown.text}${quote}`, hint: null };
  return {
    text: `${quote}${shown.text}…${quote}`,
    hint: `${whole(excerpt, quote)}\n${say('text_length', { count: excerpt.length })}`,
  };
}

/** Shows a string value: at most `maximum` characters, in double quotes. */
export const showString = (excerpt: Excerpt, maximum: number): ShownText => show(excerpt, maximum, '"');

/** Shows a name, key, description or message, without quotes. */
export const showName = (excerpt: Excerpt, maximum: number): ShownText => show(excerpt, maximum, '');

/** Shows `Symbol(description)` (its number is in the hint, unless it is shown), `Symbol.for("key")`, `Symbol.iterator`. */
export function showSymbol(symbol: SymbolIdentity, maximum: number, numbered: boolean): ShownText {
  switch (symbol.sort) {
    case 'own': {
      const name = symbol.description && showName(symbol.description, maximum);
      const text = `Symbol(${name?.text ?? ''})`;
      const number = `#${symbol.id}`;
      if (numbered) return { text: `${text} ${number}`, hint: name?.hint ?? null };
      return { text, hint: name?.hint ? `${name.hint}\n${number}` : `${text} ${number}` };
    }
    case 'registered': {
      const key = showString(symbol.key, maximum);
      return { text: `Symbol.for(${key.text})`, hint: key.hint };
    }
    case 'wellKnown':
      return { text: `Symbol.${symbol.name}`, hint: null };
  }
}

/** An excerpt of a text that was not cut, such as a label or a reason. */
export const wholeText = (text: string): Excerpt => ({ head: text, tail: '', length: text.length });
