/**
 * The scopes of a script, with the positions of the names that they declare, from its text alone. Never runs any of it. A
 * script that does not parse has no scopes.
 */
import type { AnyNode, Program } from 'acorn';
import { parseScript } from './parse-script.ts';

/** Offsets count UTF-16 code units from the start of the script. */
export interface Declared {
  readonly name: string;
  readonly at: number;
}

export interface FunctionName {
  /** Offset of the name in the text: that of the function, of the method, of what it is assigned to, or of what is called with it. */
  readonly at: number;
  /** Offset of the name of the class, for a method, or of the object whose method is called. */
  readonly classAt: number | null;
  /** It is an argument of a call. */
  readonly isArgument?: true;
}

export interface ScriptScope {
  readonly start: number;
  readonly end: number;
  /** Null for a scope that is not a function's, and for a function without a name in the text. */
  readonly functionName: FunctionName | null;
  readonly isFunction: boolean;
  /** Offset of the name of the class whose body it is; null for all else. */
  readonly className: number | null;
  readonly names: readonly Declared[];
  readonly inner: readonly ScriptScope[];
}

/** A scope whose names are being collected. */
interface Growing {
  readonly start: number;
  readonly end: number;
  readonly functionName: FunctionName | null;
  readonly isFunction: boolean;
  className: number | null;
  readonly names: Declared[];
  readonly inner: Growing[];
}

type Node = AnyNode;

export function scriptScopes(source: string): ScriptScope | null {
  const program = parseScript(source);
  return program && scopesOf(program);
}

/** The scopes of what was parsed. */
export function scopesOf(program: Program): ScriptScope {
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

function growing({ start, end }: Node, isFunction: boolean, functionName: FunctionName | null): Growing {
  return { start, end, isFunction, functionName, className: null, names: [], inner: [] };
}

/**
 * @param scope The innermost scope, for `let`, `const` and `class`.
 * @param outer The scope of the enclosing function, for `var`.
 * @param name The name of a function at this node.
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
      inside.className = classAt;
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
    case 'CallExpression':
    case 'NewExpression': {
      visit(node.callee, scope, outer, null);
      const called = calleeOf(node.callee);
      for (const argument of node.arguments) {
        const isFunction = argument.type === 'FunctionExpression' || argument.type === 'ArrowFunctionExpression';
        visit(argument, scope, outer, isFunction ? called : null);
      }
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

/** The name of what is called, for a function that is an argument of the call; null when it has none. */
function calleeOf(callee: Node): FunctionName | null {
  switch (callee.type) {
    case 'Identifier':
      return { at: callee.start, classAt: null, isArgument: true };
    case 'MemberExpression': {
      if (callee.computed) return null;
      const classAt = callee.object.type === 'Identifier' ? callee.object.start : null;
      return { at: callee.property.start, classAt, isArgument: true };
    }
    case 'ChainExpression':
    case 'ParenthesizedExpression':
      return calleeOf(callee.expression);
    case 'SequenceExpression': {
      // Bundlers call imports so: `(0, lib.map)(…)`.
      const last = callee.expressions.at(-1);
      const named = last ? calleeOf(last) : null;
      return named && { ...named, classAt: null };
    }
    default:
      return null;
  }
}

/** Adds the names that a pattern declares to `into`. Its default values are expressions of `scope`. */
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
      // The target of a loop without a declaration.
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
