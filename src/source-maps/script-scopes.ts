/**
 * Which names a script declares where: its scopes, with the places of the names, from its text alone. Never runs anything
 * of it. What does not parse has no scopes.
 */
import { type AnyNode, parse } from 'acorn';

/** Offsets count UTF-16 code units from the script's beginning. */
export interface Declared {
  readonly name: string;
  readonly at: number;
}

export interface FunctionName {
  /** What it is called in the text: of the function, its method, or what it is assigned to. */
  readonly at: number;
  /** Of the class whose method it is. */
  readonly classAt: number | null;
}

export interface ScriptScope {
  readonly start: number;
  readonly end: number;
  /** Null for what is no function, or has no name in the text. */
  readonly functionName: FunctionName | null;
  readonly isFunction: boolean;
  readonly names: readonly Declared[];
  readonly inner: readonly ScriptScope[];
}

/** A scope while its names are gathered. */
interface Growing {
  readonly start: number;
  readonly end: number;
  readonly functionName: FunctionName | null;
  readonly isFunction: boolean;
  readonly names: Declared[];
  readonly inner: Growing[];
}

type Node = AnyNode;

export function scriptScopes(source: string): ScriptScope | null {
  const program = parsed(source);
  if (!program) return null;
  const root: Growing = growing(program, true, null);
  for (const statement of program.body) visit(statement, root, root, null);
  return root;
}

/** The scopes around an offset, innermost first. */
export function scopesAt(root: ScriptScope, offset: number): readonly ScriptScope[] {
  const chain: ScriptScope[] = [];
  let scope: ScriptScope | undefined = root;
  while (scope) {
    chain.unshift(scope);
    scope = scope.inner.find(({ start, end }) => start <= offset && offset < end);
  }
  return chain;
}

function parsed(source: string) {
  for (const sourceType of ['script', 'module'] as const) {
    try {
      return parse(source, {
        ecmaVersion: 'latest',
        sourceType,
        allowHashBang: true,
        allowReturnOutsideFunction: true,
        allowAwaitOutsideFunction: sourceType === 'module',
      });
    } catch {
      // Of the other kind, or of a language that is newer than the parser.
    }
  }
  return null;
}

function growing({ start, end }: Node, isFunction: boolean, functionName: FunctionName | null): Growing {
  return { start, end, isFunction, functionName, names: [], inner: [] };
}

/**
 * @param scope The innermost one, for `let`, `const` and `class`.
 * @param outer The one of the function around, for `var`.
 * @param name What a function that stands here is called.
 */
function visit(node: Node, scope: Growing, outer: Growing, name: FunctionName | null): void {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression': {
      const own = node.type !== 'ArrowFunctionExpression' ? node.id : null;
      const named = own ? { at: own.start, classAt: null } : name;
      const inside = growing(node, true, named);
      scope.inner.push(inside);
      if (own) (node.type === 'FunctionDeclaration' ? scope : inside).names.push({ name: own.name, at: own.start });
      for (const parameter of node.params) declare(parameter, inside, inside, inside);
      if (node.body.type === 'BlockStatement')
        for (const statement of node.body.body) visit(statement, inside, inside, null);
      else visit(node.body, inside, inside, null);
      return;
    }
    case 'ClassDeclaration':
    case 'ClassExpression': {
      const inside = growing(node, false, null);
      if (node.id) {
        (node.type === 'ClassDeclaration' ? scope : inside).names.push({ name: node.id.name, at: node.id.start });
      }
      if (node.superClass) visit(node.superClass, scope, outer, null);
      scope.inner.push(inside);
      const classAt = node.id?.start ?? name?.at ?? null;
      for (const member of node.body.body) {
        if (member.type === 'StaticBlock') {
          visit(member, inside, inside, null);
          continue;
        }
        if (member.computed) visit(member.key, inside, outer, null);
        if (!member.value) continue;
        const isConstructor = member.type === 'MethodDefinition' && member.kind === 'constructor';
        const called: FunctionName | null = isConstructor
          ? classAt === null
            ? null
            : { at: classAt, classAt: null }
          : { at: member.key.start, classAt };
        visit(member.value, inside, inside, called);
      }
      return;
    }
    case 'VariableDeclaration':
      for (const declarator of node.declarations) {
        declare(declarator.id, node.kind === 'var' ? outer : scope, scope, outer);
        const called = declarator.id.type === 'Identifier' ? { at: declarator.id.start, classAt: null } : null;
        if (declarator.init) visit(declarator.init, scope, outer, called);
      }
      return;
    case 'ImportDeclaration':
      for (const { local } of node.specifiers) scope.names.push({ name: local.name, at: local.start });
      return;
    case 'CatchClause': {
      const inside = growing(node, false, null);
      scope.inner.push(inside);
      if (node.param) declare(node.param, inside, inside, outer);
      for (const statement of node.body.body) visit(statement, inside, outer, null);
      return;
    }
    case 'BlockStatement':
    case 'StaticBlock':
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'SwitchStatement': {
      const inside = growing(node, false, null);
      scope.inner.push(inside);
      visitChildren(node, inside, node.type === 'StaticBlock' ? inside : outer);
      return;
    }
    case 'Property':
      if (node.computed) visit(node.key, scope, outer, null);
      visit(node.value, scope, outer, { at: node.key.start, classAt: null });
      return;
    case 'AssignmentExpression':
      visit(node.left, scope, outer, null);
      visit(node.right, scope, outer, {
        at: node.left.type === 'MemberExpression' ? node.left.property.start : node.left.start,
        classAt: null,
      });
      return;
    default:
      visitChildren(node, scope, outer);
  }
}

/** The names that a pattern declares in `into`; its default values are expressions of `scope`. */
function declare(pattern: Node, into: Growing, scope: Growing, outer: Growing): void {
  switch (pattern.type) {
    case 'Identifier':
      into.names.push({ name: pattern.name, at: pattern.start });
      return;
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') declare(property.argument, into, scope, outer);
        else declare(property.value, into, scope, outer);
      }
      return;
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element) declare(element, into, scope, outer);
      return;
    case 'RestElement':
      declare(pattern.argument, into, scope, outer);
      return;
    case 'AssignmentPattern':
      declare(pattern.left, into, scope, outer);
      visit(pattern.right, scope, outer, null);
      return;
    default:
      // A target of a loop without a declaration.
      visit(pattern, scope, outer, null);
  }
}

function visitChildren(node: Node, scope: Growing, outer: Growing): void {
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) visit(item, scope, outer, null);
    } else if (isNode(value)) visit(value, scope, outer, null);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
