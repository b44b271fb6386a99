/**
 * Turns the text that a user typed into what is evaluated. The Console accepts any program and shows its completion value. A single
 * expression is evaluated for each drawing; any other program runs once. This module only parses and runs nothing.
 */
import { type AnyNode, type Node, type Options, parse, type Program as Tree } from 'acorn';
import { namesIn } from './pattern-names.ts';

export type Program =
  | { readonly kind: 'expression'; readonly text: string }
  | ({ readonly kind: 'statements' } & ProgramText)
  /** `message` says what is wrong with the text, without a position. */
  | { readonly kind: 'broken'; readonly message: string };

export interface ProgramText {
  readonly text: string;
  /** It awaits something at its top level. */
  readonly waits: boolean;
}

const options = {
  ecmaVersion: 'latest',
  sourceType: 'script',
  allowAwaitOutsideFunction: true,
  allowHashBang: true,
} satisfies Options;

export function readProgram(typed: string): Program {
  const text = typed.trim();
  // As in the Console, braces are an object where they can be one.
  if (text.startsWith('{')) {
    const inParentheses = withoutEnd(text);
    const tree = parsed(`(${inParentheses}\n)`);
    if (typeof tree !== 'string' && !awaits(tree)) return { kind: 'expression', text: inParentheses };
  }
  const tree = parsed(text);
  if (typeof tree === 'string') return { kind: 'broken', message: tree };
  if (tree.body.length === 0) return { kind: 'broken', message: 'Unexpected end of input' };
  const [only, ...others] = tree.body;
  const waits = awaits(tree);
  if (only?.type === 'ExpressionStatement' && only.directive === undefined && others.length === 0 && !waits)
    return { kind: 'expression', text: text.slice(only.expression.start, only.expression.end) };
  return { kind: 'statements', text, waits };
}

/** Whether it is a program, or a part of one that may stand in a method: `this.#count`, `super.add`. */
export function isWhole(text: string): boolean {
  try {
    parse(text, { ...options, allowSuperOutsideMethod: true, checkPrivateFields: false });
    return true;
  } catch {
    return false;
  }
}

/**
 * The statements as a script for the global scope, so that what they declare stays. Each value that may become the completion value
 * is passed to a function, which the expression `keep` returns; the last one counts. When the text has no value, it gets undefined.
 */
export function completingScript(text: string, keep: string): string {
  const edits: Edit[] = [];
  const name = freeName(text);
  const last = treeOf(text).body.findLast(hasValue);
  if (!last) return `${text}\n;(${keep})(undefined);`;
  // In a block, only this statement sees the name, and variables of `var` are still global.
  edits.push({ start: last.start, end: last.start, text: `{ const ${name} = ${keep};\n` });
  if (hasParts.has(last.type)) edits.push({ start: last.start, end: last.start, text: `${name}(undefined);` });
  wrapValues(last, { open: `${name}((`, close: '))' }, edits);
  edits.push({ start: last.end, end: last.end, text: '\n}' });
  return edited(text, edits);
}

/**
 * Statements that wait, as a script for the global scope. What they declare stays: `const` and classes as variables. The
 * completion value is passed to `keep`, what they throw to `keepThrown`; both are expressions that return functions.
 */
export function waitingScript(text: string, keep: string, keepThrown: string): string {
  const edits: Edit[] = [];
  const names: string[] = [];
  const functions: string[] = [];
  const { body } = treeOf(text);
  const value = freeName(text);
  for (const statement of body) {
    if (statement.type === 'FunctionDeclaration') {
      functions.push(text.slice(statement.start, statement.end));
      edits.push({ start: statement.start, end: statement.end, text: '' });
    } else if (statement.type === 'ClassDeclaration') {
      names.push(statement.id.name);
      edits.push({ start: statement.start, end: statement.start, text: `${statement.id.name} = ` });
      edits.push({ start: statement.end, end: statement.end, text: ';' });
    } else if (statement.type === 'VariableDeclaration') {
      names.push(...statement.declarations.flatMap(({ id }) => namesIn(id)));
      // Assignments in parentheses: a pattern of an object would be a block.
      const assignments = statement.declarations.map(({ id, init }) => {
        const assigned = init ? text.slice(init.start, init.end) : 'undefined';
        return `(${text.slice(id.start, id.end)} = ${assigned})`;
      });
      edits.push({ start: statement.start, end: statement.end, text: `${assignments.join(', ')};` });
    }
  }
  const last = body.findLast(hasValue);
  if (last) wrapValues(last, { open: `(${value} = (`, close: '))' }, edits);
  const declared = names.length > 0 ? `let ${[...new Set(names)].join(', ')};\n` : '';
  return `${declared}${functions.join('\n')}
(async () => {
let ${value};
try {
${edited(text, edits)}
} catch (${value}$) { return void (${keepThrown})(${value}$); }
(${keep})(${value});
})();`;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Of two edits at one position, the one that was made first comes first. */
function edited(text: string, edits: readonly Edit[]): string {
  let done = 0;
  let result = '';
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return result + text.slice(done);
}

function treeOf(text: string): Tree {
  return parse(text, options);
}

/** The syntax tree, or what is wrong with the text. */
function parsed(text: string): Tree | string {
  try {
    return treeOf(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.replace(/ \(\d+:\d+\)$/, '');
  }
}

const withoutEnd = (text: string): string => text.replace(/[\s;]+$/, '');

/** Whether a statement can have a completion value of its own: an empty one and declarations have none. */
function hasValue(statement: AnyNode): boolean {
  switch (statement.type) {
    case 'EmptyStatement':
    case 'VariableDeclaration':
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return false;
    case 'BlockStatement':
      return statement.body.some(hasValue);
    case 'LabeledStatement':
      return hasValue(statement.body);
    default:
      return true;
  }
}

/**
 * Encloses the expression statements in and below a statement. The last one that runs has the completion value. A statement with
 * parts starts with the value undefined, as in the language (`if (false) 1`).
 */
function wrapValues(node: AnyNode, { open, close }: Enclosing, edits: Edit[]): void {
  if (isFunction(node)) return;
  if (node.type === 'ExpressionStatement') {
    const { start, end } = node.expression;
    edits.push({ start, end: start, text: open }, { start: end, end, text: close });
    return;
  }
  if (node.type === 'TryStatement') {
    wrapValues(node.block, { open, close }, edits);
    // `finally` has no completion value.
    if (node.handler) wrapValues(node.handler.body, { open, close }, edits);
    return;
  }
  const list = node.type === 'BlockStatement' ? node.body : node.type === 'SwitchCase' ? node.consequent : [];
  for (const { type, start } of list)
    if (hasParts.has(type)) edits.push({ start, end: start, text: `${open}undefined${close};` });
  for (const child of childrenOf(node)) wrapValues(child, { open, close }, edits);
}

interface Enclosing {
  readonly open: string;
  readonly close: string;
}

/** Statements whose value is undefined unless a part of them has one. */
const hasParts: ReadonlySet<string> = new Set([
  'IfStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
  'TryStatement',
  'SwitchStatement',
  'WithStatement',
]);

/** `await` outside of functions, as an expression or in `for await`. */
function awaits(node: AnyNode): boolean {
  if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await)) return true;
  return !isFunction(node) && childrenOf(node).some(awaits);
}

const isFunction = ({ type }: Node): boolean =>
  type === 'FunctionDeclaration' ||
  type === 'FunctionExpression' ||
  type === 'ArrowFunctionExpression' ||
  type === 'ClassDeclaration' ||
  type === 'ClassExpression';

function childrenOf(node: AnyNode): readonly AnyNode[] {
  return Object.values(node).flatMap((held: unknown) => (Array.isArray(held) ? held : [held]).filter(isNode));
}

function isNode(held: unknown): held is AnyNode {
  return typeof held === 'object' && held !== null && 'type' in held && 'start' in held;
}

function freeName(text: string): string {
  let name = '$value';
  while (text.includes(name)) name += '$';
  return name;
}
