/**
 * Finds what a user may want to draw in a text that they selected or copied elsewhere. Only reads the text and must never
 * evaluate any of it, so what it offers may still fail when it is drawn.
 */

import { isWhole } from '../expression/program.ts';

/** UTF-16 units. A user who selects more is reading, not pointing at a value. */
const LONGEST = 300;

const name = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$\u200C\u200D]*`;
const step = String.raw`\??\.#?${name}|(?:\?\.)?\[(?:\d+|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")\]`;
const path = new RegExp(`^(?:${name})?(?:${step})*$`, 'u');

/** Words other than names that an expression can consist of or begin with. */
const operators = new Set(['async', 'await', 'class', 'function', 'in', 'instanceof', 'new', 'super', 'typeof']);
/** Words that do not name a value to draw: statements, changes of the page, literals without an object. */
const others = new Set(
  'break case catch const continue debugger default delete do else enum export extends false finally for from if import let new null of return static switch throw true try typeof undefined var void while with yield'.split(
    ' ',
  ),
);

/** The selected text as an expression, without the end of its statement; null when it is clearly not one, or would change something. */
export function expressionIn(text: string): string | null {
  const expression = text.trim().replace(/[;,\s]+$/, '');
  if (expression === '' || expression.length > LONGEST) return null;
  const bare = withoutTexts(expression);
  if (bare === null || bare === '') return null;
  // A part of a longer expression, a number or a string is not offered.
  if (/^[.,*/%|&?:=<>)\]}^]|[.,*/%|&?:=<>([{!~^+-]$/.test(bare)) return null;
  if (!/[\p{ID_Start}$_[{]/u.test(bare) || /^[\d.]/.test(bare)) return null;
  // An assignment, or a second statement.
  if (/;|\+\+|--|(?:^|[^=!<>])=(?![=>])/.test(bare)) return null;
  const words = bare.match(new RegExp(name, 'gu')) ?? [];
  const [first = ''] = words;
  if (others.has(first) && (!operators.has(first) || words.length === 1)) return null;
  // Two names next to each other are prose.
  for (const [, left = '', right = ''] of bare.matchAll(new RegExp(String.raw`(${name})\s+(?=(${name}))`, 'gu'))) {
    if (!operators.has(left) && !operators.has(right)) return null;
  }
  // An object in braces would be a block.
  return isWhole(`(${expression}\n)`) ? expression : null;
}

/**
 * The expressions that a copied property path may mean. DevTools' *Copy property path* copies the path from the object that was
 * expanded, without that object. Empty when the text is not a property path.
 * @param objects Expressions for the objects that the user may have expanded, the most likely first.
 */
export function rootsOfPath(text: string, objects: readonly string[]): readonly string[] {
  const copied = text.trim();
  if (copied === '' || copied.length > LONGEST || !path.test(copied) || others.has(copied)) return [];
  if (copied.startsWith('[')) return objects.map((object) => object + copied);
  if (/^[?.]/.test(copied)) return [];
  const inside = objects.filter((object) => copied !== object && !copied.startsWith(`${object}.`));
  return [copied, ...inside.map((object) => `${object}.${copied}`)];
}

/** The code with a `§` for each string and a space for each comment; null when a quote is not closed. */
function withoutTexts(text: string): string | null {
  const pattern = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  const bare = text.replace(pattern, (found) => (found.startsWith('/') ? ' ' : '§'));
  return /['"`]/.test(bare) ? null : bare.trim();
}
