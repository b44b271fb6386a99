/**
 * What of a text that a person selected or copied elsewhere can be offered as an expression to draw. Reads the text alone:
 * must never evaluate any of it, so what is offered may still turn out to be none when it is drawn.
 */

/** UTF-16 units; whoever selects more is reading, not pointing at a value. */
const LONGEST = 300;

const name = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$\u200C\u200D]*`;
const step = String.raw`\??\.#?${name}|(?:\?\.)?\[(?:\d+|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")\]`;
const path = new RegExp(`^(?:${name})?(?:${step})*$`, 'u');

/** Words that an expression can consist of or begin with beside names. */
const operators = new Set(['async', 'await', 'class', 'function', 'in', 'instanceof', 'new', 'super', 'typeof']);
/** Words that say something else than a value: a statement, a change of the page, or a literal without an object. */
const others = new Set(
  'break case catch const continue debugger default delete do else enum export extends false finally for from if import let new null of return static switch throw true try typeof undefined var void while with yield'.split(
    ' ',
  ),
);

/** The selected text as an expression, without what ends its statement; null for what is evidently none, or changes something. */
export function expressionIn(text: string): string | null {
  const expression = text.trim().replace(/[;,\s]+$/, '');
  if (expression === '' || expression.length > LONGEST) return null;
  const bare = withoutTexts(expression);
  if (bare === null || bare === '' || !isBalanced(bare)) return null;
  // Neither the rest of a longer expression nor the beginning of one; nothing to see in a number or a text.
  if (/^[.,*/%|&?:=<>)\]}^]|[.,*/%|&?:=<>([{!~^+-]$/.test(bare)) return null;
  if (!/[\p{ID_Start}$_[{]/u.test(bare) || /^[\d.]/.test(bare)) return null;
  // An assignment, or a second statement.
  if (/;|\+\+|--|(?:^|[^=!<>])=(?![=>])/.test(bare)) return null;
  const words = bare.match(new RegExp(name, 'gu')) ?? [];
  const [first = ''] = words;
  if (others.has(first) && (!operators.has(first) || words.length === 1)) return null;
  // Two names in a row are prose.
  for (const [, left = '', right = ''] of bare.matchAll(new RegExp(String.raw`(${name})\s+(?=(${name}))`, 'gu'))) {
    if (!operators.has(left) && !operators.has(right)) return null;
  }
  return expression;
}

/**
 * What a copied property path may stand for: DevTools' *Copy property path* gives the way from the object that was expanded,
 * without that object. Empty when the text is no property path.
 * @param objects Expressions of the objects that a person may have looked at, the likeliest first.
 */
export function rootsOfPath(text: string, objects: readonly string[]): readonly string[] {
  const copied = text.trim();
  if (copied === '' || copied.length > LONGEST || !path.test(copied) || others.has(copied)) return [];
  if (copied.startsWith('[')) return objects.map((object) => object + copied);
  if (/^[?.]/.test(copied)) return [];
  const inside = objects.filter((object) => copied !== object && !copied.startsWith(`${object}.`));
  return [copied, ...inside.map((object) => `${object}.${copied}`)];
}

/** With a `§` for each text and a space for each comment; null when a quote is not closed. */
function withoutTexts(text: string): string | null {
  const pattern = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  const bare = text.replace(pattern, (found) => (found.startsWith('/') ? ' ' : '§'));
  return /['"`]/.test(bare) ? null : bare.trim();
}

function isBalanced(text: string): boolean {
  const open: string[] = [];
  const pairs = new Map([
    [')', '('],
    [']', '['],
    ['}', '{'],
  ]);
  for (const character of text) {
    if ('([{'.includes(character)) open.push(character);
    else if (pairs.has(character) && open.pop() !== pairs.get(character)) return false;
  }
  return open.length === 0;
}
