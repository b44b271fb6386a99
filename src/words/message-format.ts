/** The part of ICU's MessageFormat that the messages need: placeholders, `plural` with `#`, and `select`. */

export type Piece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'value'; readonly name: string }
  /** The number of the plural around it. */
  | { readonly type: 'number' }
  | {
      readonly type: 'plural' | 'select';
      readonly name: string;
      readonly cases: ReadonlyMap<string, readonly Piece[]>;
    };

/** @throws {SyntaxError} When the text is no message. */
export function parse(text: string): readonly Piece[] {
  const [pieces, end] = parseUntil(text, 0, false);
  if (end < text.length) throw new SyntaxError(`A brace is closed that was not opened: ${text}`);
  return pieces;
}

/** The pieces from `start` to a closing brace or the end, and where that is. */
function parseUntil(text: string, start: number, inPlural: boolean): readonly [readonly Piece[], end: number] {
  const pieces: Piece[] = [];
  let at = start;
  while (at < text.length && text[at] !== '}') {
    if (text[at] === '{') {
      const [piece, end] = parseValue(text, at);
      pieces.push(piece);
      at = end;
    } else if (inPlural && text[at] === '#') {
      pieces.push({ type: 'number' });
      at += 1;
    } else {
      const [plain = ''] = (inPlural ? /^[^{}#]+/ : /^[^{}]+/).exec(text.slice(at)) ?? [];
      pieces.push({ type: 'text', text: plain });
      at += plain.length;
    }
  }
  return [pieces, at];
}

function parseValue(text: string, start: number): readonly [Piece, end: number] {
  const head = /^\{(\w+)(?:\}|, (plural|select),)/.exec(text.slice(start));
  const [whole = '', name = '', kind] = head ?? [];
  if (!head) throw new SyntaxError(`A brace opens no placeholder: ${text}`);
  let at = start + whole.length;
  if (kind !== 'plural' && kind !== 'select') return [{ type: 'value', name }, at];
  const cases = new Map<string, readonly Piece[]>();
  for (;;) {
    const [opening, selector = ''] = /^\s*(=?\w+) \{/.exec(text.slice(at)) ?? [];
    if (opening === undefined) break;
    const [pieces, end] = parseUntil(text, at + opening.length, kind === 'plural');
    cases.set(selector, pieces);
    at = end + 1;
  }
  if (text[at] !== '}' || !cases.has('other')) throw new SyntaxError(`A choice has no end or no "other": ${text}`);
  return [{ type: kind, name, cases }, at + 1];
}

/** Fills in the values. Texts that follow each other are one part. */
export function format<Value>(
  pieces: readonly Piece[],
  values: Readonly<Record<string, string | number | Value>>,
  language: string,
): readonly (string | Value)[] {
  const parts: (string | Value)[] = [];
  const add = (part: string | Value): void => {
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else parts.push(part);
  };
  const fill = (all: readonly Piece[], number: number): void => {
    for (const piece of all) {
      if (piece.type === 'text') add(piece.text);
      else if (piece.type === 'number') add(number.toLocaleString(language));
      else {
        const value = values[piece.name];
        if (value === undefined) throw new TypeError(`A message needs a value for ${piece.name}.`);
        if (piece.type === 'value') add(typeof value === 'number' ? value.toLocaleString(language) : value);
        else fill(chosen(piece, value, language), typeof value === 'number' ? value : number);
      }
    }
  };
  fill(pieces, Number.NaN);
  return parts;
}

function chosen({ type, cases }: Extract<Piece, { cases: unknown }>, value: unknown, language: string) {
  const selector =
    type === 'plural' && typeof value === 'number' && !cases.has(`=${value}`)
      ? new Intl.PluralRules(language).select(value)
      : `${type === 'plural' ? '=' : ''}${String(value)}`;
  return cases.get(selector) ?? cases.get('other') ?? [];
}
