/**
 * What a script's text says about its functions: where they are, which variables they see, and from where on each of them can be read.
 * Never runs any of it.
 */
import type { AnyNode, Function as FunctionNode, Program } from 'acorn';
import { parseScript } from '../source-maps/parse-script.ts';
import { say } from '../words/say.ts';

export type FunctionKind = 'script' | 'plain' | 'async' | 'generator' | 'async generator';

export interface AnalyzedFunction {
  readonly name: string;
  readonly kind: FunctionKind;
  readonly start: number;
  readonly end: number;
  /** Where its body begins. Before that are its parameters. */
  readonly body: number;
  readonly parameters: readonly string[];
  /** Its parameters have default values or patterns, so its body has a scope of its own, which ends before the function does. */
  readonly ownBody: boolean;
  /** Its body is an expression, which is evaluated once and whose places have no order in the text. */
  readonly expression: boolean;
  /** Whether its `this` is its own and used. */
  readonly usesThis: boolean;
  /** `this` may not be there yet: a constructor of a class that extends another. */
  readonly lateThis: boolean;
  readonly scope: Scope;
  /** Names that it, or a function in it, uses. */
  readonly used: ReadonlySet<string>;
  /** Variables that index variables of arrays: `j` in `a[j - 1]`. */
  readonly pairs: readonly IndexPair[];
  readonly statements: readonly Statement[];
}

export interface IndexPair {
  readonly array: string;
  readonly index: string;
}

/** What a statement of a function does, as far as its text tells. */
export interface Statement {
  readonly start: number;
  readonly end: number;
  /** Names of functions that it calls. */
  readonly calls: readonly string[];
  readonly throws: boolean;
  /** It awaits or yields. */
  readonly suspends: boolean;
  /** It stands in the block of a `try`. */
  readonly inTry: boolean;
  /** It is repeated. */
  readonly inLoop: boolean;
  /** The text of what it returns. */
  readonly returns: string | null;
}

export interface Variable {
  readonly name: string;
  readonly kind: 'parameter' | 'var' | 'let' | 'function' | 'import';
  /** The offset from which on it can be read, in its own function. */
  readonly from: number;
}

export interface Scope {
  readonly start: number;
  readonly end: number;
  readonly outer: Scope | null;
  readonly isFunction: boolean;
  readonly variables: Variable[];
  readonly inner: Scope[];
}

/** Parts of a script that run as functions of their own, in which nothing is recorded. */
export interface Left {
  readonly start: number;
  readonly end: number;
}

export interface Analysis {
  /** The script first, then its functions in the order of their beginnings. */
  readonly functions: readonly AnalyzedFunction[];
  readonly left: readonly Left[];
}

type Node = AnyNode;

/** Null for a text that does not parse. */
export function analyze(source: string): Analysis | null {
  const program = parseScript(source);
  return program && new Analyzer(source).analyze(program);
}

/** A function while its text is read. */
interface Growing {
  readonly used: Set<string>;
  readonly pairs: Map<string, IndexPair>;
  readonly statements: Mutable[];
  usesThis: boolean;
  readonly arrow: boolean;
}

type Mutable = { -readonly [K in keyof Statement]: K extends 'calls' ? string[] : Statement[K] };

interface Around {
  readonly scope: Scope;
  /** Of the enclosing function, for `var`. */
  readonly outer: Scope;
  readonly made: Growing;
  readonly statement: Mutable | null;
  readonly inTry: boolean;
  readonly inLoop: boolean;
  /** What a function at this node is called. */
  readonly name: string;
}

class Analyzer {
  private readonly source: string;
  private readonly functions: AnalyzedFunction[] = [];
  private readonly left: Left[] = [];

  constructor(source: string) {
    this.source = source;
  }

  analyze(program: Program): Analysis {
    const scope = newScope(program, null, true);
    const made = newFunction(false);
    const around = { scope, outer: scope, made, statement: null, inTry: false, inLoop: false, name: '' };
    for (const node of program.body) this.visit(node, around);
    const { start, end } = program;
    const script: AnalyzedFunction = {
      name: say('frame_outer'),
      kind: 'script',
      start,
      end: end + 1,
      body: start,
      parameters: [],
      ownBody: false,
      expression: false,
      usesThis: false,
      lateThis: false,
      scope,
      used: made.used,
      pairs: [...made.pairs.values()],
      statements: made.statements,
    };
    return { functions: [script, ...this.functions].toSorted((a, b) => a.start - b.start), left: this.left };
  }

  private function(node: FunctionNode, around: Around, method: { readonly derived?: boolean } = {}): void {
    const scope = newScope(node, around.scope, true);
    const isArrow = node.type === 'ArrowFunctionExpression';
    const made = newFunction(isArrow);
    const { id } = node;
    const inside: Around = { scope, outer: scope, made, statement: null, inTry: false, inLoop: false, name: '' };
    for (const parameter of node.params) this.declare(parameter, 'parameter', node.body.start, inside);
    const parameters = scope.variables.map(({ name }) => name);
    if (id && node.type === 'FunctionExpression')
      scope.variables.push({ name: id.name, kind: 'function', from: node.start });
    if (node.body.type === 'BlockStatement') for (const one of node.body.body) this.visit(one, inside);
    else {
      const statement = newStatement(node.body, inside);
      statement.returns = this.source.slice(node.body.start, node.body.end);
      made.statements.push(statement);
      this.visit(node.body, { ...inside, statement });
    }
    for (const name of made.used) around.made.used.add(name);
    if (isArrow && made.usesThis) around.made.usesThis = true;
    const kind = `${node.async ? 'async' : ''}${node.generator ? ' generator' : ''}`.trim();
    this.functions.push({
      name: id?.name ?? (around.name === '' ? say('frame_anonymous') : around.name),
      kind: kind === 'async' || kind === 'generator' || kind === 'async generator' ? kind : 'plain',
      start: node.start,
      end: node.end,
      body: node.body.start,
      parameters,
      expression: node.body.type !== 'BlockStatement',
      ownBody: node.params.some(({ type }) => type !== 'Identifier'),
      usesThis: made.usesThis,
      lateThis: method.derived ?? false,
      scope,
      used: made.used,
      pairs: [...made.pairs.values()],
      statements: made.statements,
    });
  }

  private visit(node: Node, around: Around): void {
    const { scope, made } = around;
    switch (node.type) {
      case 'FunctionDeclaration':
        if (node.id) scope.variables.push({ name: node.id.name, kind: 'function', from: scope.start });
        this.function(node, around);
        return;
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.function(node, around);
        return;
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.class(node, around);
        return;
      case 'VariableDeclaration':
        this.variables(node, around);
        return;
      case 'ImportDeclaration':
        for (const { local } of node.specifiers)
          scope.variables.push({ name: local.name, kind: 'import', from: scope.start });
        return;
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
        if (node.declaration) this.visit(node.declaration, around);
        return;
      case 'BlockStatement':
      case 'StaticBlock':
        this.children(node, { ...around, scope: newScope(node, scope, false), statement: null });
        return;
      case 'SwitchStatement': {
        const inside = { ...around, scope: newScope(node, scope, false) };
        this.visit(node.discriminant, { ...inside, statement: this.statement(node.discriminant, around) });
        for (const one of node.cases) this.children(one, { ...inside, statement: null });
        return;
      }
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        this.loop(node, around);
        return;
      case 'WhileStatement':
      case 'DoWhileStatement': {
        const inside = { ...around, inLoop: true };
        this.visit(node.test, { ...inside, statement: this.statement(node.test, inside) });
        this.visit(node.body, inside);
        return;
      }
      case 'IfStatement':
        this.visit(node.test, { ...around, statement: this.statement(node.test, around) });
        this.visit(node.consequent, around);
        if (node.alternate) this.visit(node.alternate, around);
        return;
      case 'TryStatement':
        this.visit(node.block, {
          ...around,
          inTry: node.handler !== null && node.handler !== undefined ? true : around.inTry,
        });
        if (node.handler) {
          const inside = { ...around, scope: newScope(node.handler, scope, false) };
          if (node.handler.param) this.declare(node.handler.param, 'parameter', node.handler.body.start, inside);
          this.visit(node.handler.body, inside);
        }
        if (node.finalizer) this.visit(node.finalizer, around);
        return;
      case 'ThrowStatement': {
        const statement = this.statement(node, around);
        statement.throws = true;
        this.visit(node.argument, { ...around, statement });
        return;
      }
      case 'ReturnStatement': {
        const statement = this.statement(node, around);
        statement.returns = node.argument ? this.source.slice(node.argument.start, node.argument.end) : 'undefined';
        if (node.argument) this.visit(node.argument, { ...around, statement });
        return;
      }
      case 'ExpressionStatement':
        this.visit(node.expression, { ...around, statement: this.statement(node, around) });
        return;
      case 'LabeledStatement':
        this.visit(node.body, around);
        return;
      case 'ThisExpression':
        made.usesThis = true;
        return;
      case 'Identifier':
        made.used.add(node.name);
        return;
      case 'AwaitExpression':
      case 'YieldExpression':
        if (around.statement) around.statement.suspends = true;
        this.children(node, around);
        return;
      case 'CallExpression':
      case 'NewExpression':
        if (around.statement) around.statement.calls.push(calleeName(node.callee));
        this.children(node, around);
        return;
      case 'MemberExpression':
        this.member(node, around);
        return;
      case 'AssignmentExpression':
        this.visit(node.left, around);
        this.visit(node.right, { ...around, name: targetName(node.left) });
        return;
      case 'Property':
        if (node.computed) this.visit(node.key, around);
        this.visit(node.value, { ...around, name: keyName(node.key) });
        return;
      default:
        this.children(node, around);
        return;
    }
  }

  private class(node: Extract<Node, { type: 'ClassDeclaration' | 'ClassExpression' }>, around: Around): void {
    const name = node.id?.name ?? around.name;
    if (node.id) around.scope.variables.push({ name: node.id.name, kind: 'function', from: around.scope.start });
    if (node.superClass) this.visit(node.superClass, around);
    for (const member of node.body.body) {
      if (member.type === 'StaticBlock') {
        this.left.push({ start: member.start, end: member.end });
        continue;
      }
      if (member.computed) this.visit(member.key, around);
      if (!member.value) continue;
      const own = keyName(member.key);
      if (member.type === 'PropertyDefinition') {
        const isFunction = /Function|Arrow/.test(member.value.type);
        this.left.push({ start: member.value.start, end: isFunction ? member.value.start : member.value.end });
        this.visit(member.value, { ...around, statement: null, name: `${name}.${own}` });
        continue;
      }
      const isConstructor = member.kind === 'constructor';
      const called = isConstructor ? `new ${name}` : member.kind === 'method' ? own : `${member.kind} ${own}`;
      this.function(
        member.value,
        { ...around, name: isConstructor || name === '' ? called : `${name}.${called}` },
        { derived: isConstructor && node.superClass !== null && node.superClass !== undefined },
      );
    }
  }

  private variables(node: Extract<Node, { type: 'VariableDeclaration' }>, around: Around): void {
    for (const declarator of node.declarations) {
      const inside = { ...around, statement: this.statement(declarator, around) };
      const isVar = node.kind === 'var';
      this.declare(declarator.id, isVar ? 'var' : 'let', isVar ? around.outer.start : declarator.end, inside);
      if (declarator.init) this.visit(declarator.init, { ...inside, name: targetName(declarator.id) });
    }
  }

  private loop(
    node: Extract<Node, { type: 'ForStatement' | 'ForInStatement' | 'ForOfStatement' }>,
    around: Around,
  ): void {
    const scope = newScope(node, around.scope, false);
    const once = { ...around, scope };
    const inside = { ...once, inLoop: true };
    if (node.type === 'ForStatement') {
      if (node.init) this.visit(node.init, { ...once, statement: this.statement(node.init, once) });
      if (node.test) this.visit(node.test, { ...inside, statement: this.statement(node.test, inside) });
      if (node.update) this.visit(node.update, { ...inside, statement: this.statement(node.update, inside) });
    } else {
      const { left } = node;
      if (left.type === 'VariableDeclaration')
        for (const { id } of left.declarations)
          this.declare(
            id,
            left.kind === 'var' ? 'var' : 'let',
            left.kind === 'var' ? around.outer.start : node.body.start,
            inside,
          );
      else this.visit(left, inside);
      this.visit(node.right, { ...once, statement: this.statement(node.right, once) });
    }
    this.visit(node.body, inside);
  }

  private member(node: Extract<Node, { type: 'MemberExpression' }>, around: Around): void {
    const { object, property } = node;
    if (node.computed) {
      const index = indexName(property);
      const array =
        object.type === 'Identifier' ? object.name : object.type === 'MemberExpression' ? pathOf(object) : null;
      if (index !== null && array !== null) around.made.pairs.set(`${array} ${index}`, { array, index });
      this.visit(property, around);
    }
    this.visit(object, around);
  }

  private statement(node: Node, around: Around): Mutable {
    const made = newStatement(node, around);
    around.made.statements.push(made);
    return made;
  }

  private declare(pattern: Node, kind: Variable['kind'], from: number, around: Around): void {
    const into = kind === 'var' ? around.outer : around.scope;
    switch (pattern.type) {
      case 'Identifier':
        into.variables.push({ name: pattern.name, kind, from });
        return;
      case 'ObjectPattern':
        for (const property of pattern.properties) {
          if (property.type === 'RestElement') this.declare(property.argument, kind, from, around);
          else this.declare(property.value, kind, from, around);
        }
        return;
      case 'ArrayPattern':
        for (const element of pattern.elements) if (element) this.declare(element, kind, from, around);
        return;
      case 'RestElement':
        this.declare(pattern.argument, kind, from, around);
        return;
      case 'AssignmentPattern':
        this.declare(pattern.left, kind, from, around);
        this.visit(pattern.right, around);
        return;
      default:
        this.visit(pattern, around);
    }
  }

  private children(node: Node, around: Around): void {
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) {
        for (const item of value) if (isNode(item)) this.visit(item, around);
      } else if (isNode(value)) this.visit(value, around);
    }
  }
}

function newScope(
  { start, end }: { readonly start: number; readonly end: number },
  outer: Scope | null,
  isFunction: boolean,
): Scope {
  const scope: Scope = { start, end, outer, isFunction, variables: [], inner: [] };
  outer?.inner.push(scope);
  return scope;
}

const newFunction = (arrow: boolean): Growing => ({
  used: new Set(),
  pairs: new Map(),
  statements: [],
  usesThis: false,
  arrow,
});

const newStatement = ({ start, end }: Node, { inTry, inLoop }: Around): Mutable => ({
  start,
  end,
  calls: [],
  throws: false,
  suspends: false,
  inTry,
  inLoop,
  returns: null,
});

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function keyName(key: Node): string {
  if (key.type === 'Identifier') return key.name;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  return key.type === 'Literal' ? String(key.value) : '[…]';
}

const targetName = (node: Node): string =>
  node.type === 'Identifier' ? node.name : node.type === 'MemberExpression' ? keyName(node.property) : '';

const calleeName = (callee: Node): string =>
  callee.type === 'Super'
    ? 'super'
    : callee.type === 'MemberExpression'
      ? keyName(callee.property)
      : targetName(callee);

/** The variable of `i`, `i + 1` and `i - 1`. */
function indexName(node: Node): string | null {
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'BinaryExpression' || (node.operator !== '+' && node.operator !== '-')) return null;
  return node.left.type === 'Identifier' && node.right.type === 'Literal' ? node.left.name : null;
}

/** `this.items` and `a.b` as texts. */
function pathOf(node: Node): string | null {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'ThisExpression') return 'this';
  if (node.type !== 'MemberExpression' || node.computed) return null;
  const owner = pathOf(node.object);
  return owner === null ? null : `${owner}.${keyName(node.property)}`;
}

/** The innermost function around an offset; null where it is a part that runs as a function of its own. */
export function functionAt({ functions, left }: Analysis, offset: number, isReturn: boolean): AnalyzedFunction | null {
  let found: AnalyzedFunction | null = null;
  for (const one of functions) {
    // An expression returns behind its end.
    const end = isReturn && one.expression ? one.end + 1 : one.end;
    if (one.start <= offset && offset < end) found = one;
  }
  const isLeft = left.some(({ start, end }) => start <= offset && offset < end && start >= (found?.start ?? 0));
  return isLeft ? null : found;
}

/** The scopes around an offset, innermost first, up to the script's. */
export function scopesAround(scope: Scope, offset: number): readonly Scope[] {
  const inner = scope.inner.find(({ start, end, isFunction }) => !isFunction && start <= offset && offset < end);
  if (inner) return scopesAround(inner, offset);
  const chain: Scope[] = [];
  for (let one: Scope | null = scope; one; one = one.outer) chain.push(one);
  return chain;
}
