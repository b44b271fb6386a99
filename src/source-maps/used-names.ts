/**
 * Finds the variables that a function uses but does not declare, from its text as V8 cuts it: from its parameters to the end of its
 * body. Never runs any of it. When the text does not parse, all of its words count.
 */
import { type AnyNode, type Program, parse } from 'acorn';
import { type ScriptScope, scopesAt, scopesOf } from './script-scopes.ts';

type Wrapping = readonly [before: string, after: string];

/** Code that can be around such a text, the most likely first, because V8 leaves out what comes before the parameters. */
const plain: readonly Wrapping[] = [
  ['(function ', ')'],
  ['(', ')'],
];
const asynchronous: readonly Wrapping[] = [
  ['(async function ', ')'],
  ['(async ', ')'],
];
const generator: readonly Wrapping[] = [
  ['(function* ', ')'],
  ['(async function* ', ')'],
];
const constructing: readonly Wrapping[] = [['(class extends null { constructor', '})']];
/** Code of `eval`. */
const bare: readonly Wrapping[] = [['', '']];

/** In a function of another kind `await` and `yield` are names. */
function wrappingsOf(text: string): readonly Wrapping[] {
  return [
    ...(/\byield\b/.test(text) ? generator : []),
    ...(/\bawait\b/.test(text) ? asynchronous : []),
    ...plain,
    ...(/\bsuper\b/.test(text) ? constructing : []),
    ...bare,
  ];
}

/** Returns each name once. */
export function usedNames(text: string): readonly string[] {
  for (const [before, after] of wrappingsOf(text)) {
    try {
      const program = parse(`${before}${text}${after}`, {
        ecmaVersion: 'latest',
        sourceType: 'script',
        allowReturnOutsideFunction: true,
        allowSuperOutsideMethod: true,
        // The surrounding class declares private names.
        checkPrivateFields: false,
      });
      return freeNames(program);
    } catch {
      // The text is of another kind, or newer than the parser.
    }
  }
  return wordsOf(text);
}

/** All identifiers, including those in comments, strings and property names. */
function wordsOf(text: string): readonly string[] {
  return [...new Set(text.match(/[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu) ?? [])];
}

function freeNames(program: Program): readonly string[] {
  const scopes = scopesOf(program);
  const names = new Set<string>();
  const imports = new Set<string>();
  visitReferences(program, (name, at, isImport) => {
    if (isDeclared(scopes, name, at)) return;
    names.add(name);
    if (isImport) imports.add(name);
  });
  return [...names].filter((name) => !imports.has(name));
}

/**
 * Bundlers and compilers write `(0, module.name)(…)` where a function calls something that it imports, so that `this` is not the
 * module. The module is no variable of the sources.
 */
function importIn(node: AnyNode): AnyNode | null {
  if (node.type !== 'SequenceExpression' || node.expressions.length !== 2) return null;
  const [zero, member] = node.expressions;
  if (zero?.type !== 'Literal' || zero.value !== 0 || member?.type !== 'MemberExpression') return null;
  return member.object.type === 'Identifier' ? member.object : null;
}

const isDeclared = (scopes: ScriptScope, name: string, at: number): boolean =>
  scopesAt(scopes, at).some(({ names }) => names.some((declared) => declared.name === name));

type Found = (name: string, at: number, isImport: boolean) => void;

/** Visits each identifier that is not the name of a property or label. */
function visitReferences(node: AnyNode, found: Found): void {
  const imported = importIn(node);
  if (imported?.type === 'Identifier') {
    found(imported.name, imported.start, true);
    return;
  }
  switch (node.type) {
    case 'Identifier':
      found(node.name, node.start, false);
      return;
    case 'MemberExpression':
      visitReferences(node.object, found);
      if (node.computed) visitReferences(node.property, found);
      return;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      if (node.computed) visitReferences(node.key, found);
      if (node.value) visitReferences(node.value, found);
      return;
    case 'LabeledStatement':
      visitReferences(node.body, found);
      return;
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
      return;
    default:
      for (const value of Object.values(node)) {
        if (Array.isArray(value)) for (const item of value) visitNode(item, found);
        else visitNode(value, found);
      }
  }
}

function visitNode(value: unknown, found: Found): void {
  if (isNode(value)) visitReferences(value, found);
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
