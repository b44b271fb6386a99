/**
 * Which edges of V8's heap snapshot are references between two objects that JavaScript can see. V8 records much more:
 * the parts that it makes objects of (shapes, backing stores, code, feedback), and every reference through them twice.
 *
 * Left out, because no program can follow them:
 * - shapes, code, feedback, class positions: `map`, `code`, `shared`, `feedback_cell`, `initial_map`, …
 * - backing stores (`elements`, `properties`, `bindings`): their content has edges of its own from the object;
 * - what an object keeps for the engine under private symbols: an error's stack frames, a class's initialiser of
 *   instances, an object's class for private methods;
 * Only where they are asked for, by switches of their own:
 * - `__proto__` and a function's `prototype`: the prototype chain (`ReadOptions.prototypes`);
 * - a function's `context`: the variables that it closes over (`ReadOptions.scopes`);
 * Left out, because the picture shows an accessor as one cell and never runs it:
 * - an accessor's functions (`get x`, `set x`).
 *
 * Left out, because the debugger does not show it:
 * - the list that an array iterator goes through;
 * - what a FinalizationRegistry calls, and what it keeps for that.
 *
 * Any other edge between visible objects is kept, if need be as `unknown`, so that the test fails on it.
 */
import type { HeapEdge, HeapNode, HeapSnapshot } from './heap-snapshot.ts';

export interface VisibleReference {
  /** As a property key, an index, `entry` for what a collection holds, or an internal slot in double brackets. */
  readonly label: string;
  readonly target: HeapNode;
}

const proxyName = 'system / JSProxy';
/** Objects whose hidden edges the debugger does not show, or shows as other slots. */
const untold: ReadonlySet<string> = new Set([proxyName, 'Array Iterator', 'FinalizationRegistry']);

/** Whether a program can have it in a variable: V8's own records have names that begin with `system /`. */
function isVisible({ type, name }: HeapNode): boolean {
  switch (type) {
    case 'object':
      return !name.startsWith('system /');
    case 'closure':
    case 'regexp':
      return true;
    case 'hidden':
      return name === proxyName;
    default:
      return false;
  }
}

/** The references that leave a visible object. Primitives are no objects, so references to them do not count. */
export function visibleReferences(
  snapshot: HeapSnapshot,
  from: HeapNode,
  asked: 'scopes' | 'prototypes' | null,
): readonly VisibleReference[] {
  const edges = snapshot.edges(from);
  const found: VisibleReference[] = [];
  const add = (label: string, target: HeapNode): void => {
    if (isVisible(target)) found.push({ label, target });
  };
  const addAll = (label: string, list: readonly HeapEdge[]): void => {
    for (const { target } of list) add(label, target);
  };
  const pairs = edges.filter(({ target }) => target.name === 'system / AccessorPair');
  const accessors = new Set(pairs.flatMap(({ name }) => [`get ${name}`, `set ${name}`]));
  // Those of symbols are filed under the symbol itself.
  const ofSymbols = new Set(
    pairs
      .filter(({ name }) => name.startsWith('<symbol'))
      .flatMap(({ name, target }) => snapshot.edges(target).map((edge) => `${name} ${edge.target.id}`)),
  );
  const prototype = edges.findLast(({ type, name }) => type === 'property' && name === '__proto__');
  for (const edge of edges) {
    const { type, name, target } = edge;
    switch (type) {
      case 'property':
        if (edge === prototype && asked === 'prototypes') add('[[Prototype]]', target);
        if (edge === prototype || accessors.has(name) || ofSymbols.has(`${name} ${target.id}`)) break;
        if (from.type === 'closure' && name === 'prototype' && asked !== 'prototypes') break;
        if (target.name === '<instance_members_initializer>') break;
        add(propertyLabel(name), target);
        break;
      case 'element':
        add(name, target);
        break;
      case 'internal':
        switch (name) {
          case '':
            // V8 files a property without a name under the internal ones.
            add('', target);
            break;
          case 'table':
            // A weak collection's values are there a second time, as parts of pairs.
            addAll(
              'entry',
              snapshot
                .edges(target)
                .filter(({ type }) => type === (from.name.startsWith('Weak') ? 'weak' : 'internal')),
            );
            break;
          case 'elements':
            // Those of frozen and sealed arrays are in the store alone.
            if (!edges.some((other) => other.type === 'element')) {
              for (const element of snapshot.edges(target))
                if (/^\d+$/.test(element.name)) add(element.name, element.target);
            }
            if (target.name === 'system / SloppyArgumentsElements')
              addAll('entry', sharedWithParameters(snapshot, target));
            break;
          case 'parameters_and_registers':
            addAll('variable', snapshot.edges(target));
            break;
          case 'context':
            if (from.type === 'closure' && asked === 'scopes') {
              for (const { type, name, target: value } of closedOver(snapshot, target)) {
                add(type === 'context' ? `variable ${name}` : 'variable', value);
              }
            }
            if (from.type !== 'closure') {
              const around = edges.find(({ name }) => name === 'function')?.target;
              addAll('variable', closedOver(snapshot, target, around && contextOf(snapshot, around)));
            }
            break;
          default:
            if (!sameAgain.test(name)) add(slots.get(name) ?? `unknown: ${name}`, target);
        }
        break;
      case 'shortcut':
        add(name.startsWith('bound_argument_') ? name.slice('bound_argument_'.length) : `unknown: ${name}`, target);
        break;
      case 'weak':
        add(from.name === 'WeakRef' && name === 'target' ? '[[WeakRefTarget]]' : `unknown: ${name}`, target);
        break;
      case 'hidden':
        if (/^(Map|Set) ?Iterator$/.test(from.name)) addAll('entry', snapshot.edges(target));
        else if (!untold.has(from.name)) add(`unknown: ${name}`, target);
        break;
    }
  }
  if (from.name === proxyName) {
    const [target, handler] = edges.filter((edge) => edge.type === 'hidden' && isVisible(edge.target));
    if (target) add('[[Target]]', target.target);
    if (handler) add('[[Handler]]', handler.target);
  }
  return found;
}

/**
 * Whether a script of the page can follow a reference that the debugger shows. A bound function's and a generator's own
 * properties stay visible.
 */
export function visibleToScripts(from: HeapNode, { label }: VisibleReference): boolean {
  if (label.startsWith('#') || debuggerSlots.has(label) || label === 'variable') return false;
  // The arguments of a bound function; other functions with elements are not among the samples.
  if (from.type === 'closure' && /^\d+$/.test(label)) return false;
  if (label === 'entry') return !from.name.startsWith('Weak') && !/Iterator$/.test(from.name);
  return true;
}

const debuggerSlots: ReadonlySet<string> = new Set([
  '[[Target]]',
  '[[Handler]]',
  '[[PromiseResult]]',
  '[[WeakRefTarget]]',
  '[[TargetFunction]]',
  '[[BoundThis]]',
  '[[GeneratorFunction]]',
  '[[GeneratorReceiver]]',
]);

function contextOf(snapshot: HeapSnapshot, closure: HeapNode): HeapNode | undefined {
  return snapshot.edges(closure).find(({ type, name }) => type === 'internal' && name === 'context')?.target;
}

/**
 * The variables of a context and of those around it, up to `end`. Those of scripts and of the global object end the chain.
 * V8 names the variables of functions, and not those of blocks and `catch`, which it files under the hidden edges.
 */
function closedOver(snapshot: HeapSnapshot, context: HeapNode, end?: HeapNode): readonly HeapEdge[] {
  const found: HeapEdge[] = [];
  for (let hop: HeapNode | undefined = context; hop?.name === 'system / Context' && hop.id !== end?.id; ) {
    const edges: readonly HeapEdge[] = snapshot.edges(hop);
    found.push(...edges.filter(({ type }) => type === 'context' || type === 'hidden'));
    hop = edges.find(({ type, name }) => type === 'internal' && name === 'previous')?.target;
  }
  return found;
}

/** As V8 writes a symbol: `<symbol described>`. */
function propertyLabel(name: string): string {
  const symbol = /^<symbol ?(.*)>$/s.exec(name);
  return symbol ? `Symbol(${symbol[1]})` : name;
}

/** Arguments whose values are parameters of a call: some are among the variables of that call. */
function sharedWithParameters(snapshot: HeapSnapshot, elements: HeapNode): readonly HeapEdge[] {
  return snapshot
    .edges(elements)
    .filter(({ target }) => target.type === 'array' || target.name === 'system / Context')
    .flatMap(({ target }) => snapshot.edges(target))
    .filter(({ type }) => type === 'context' || type === 'internal');
}

/** A weak map's value is there a second time, at its key. */
const sameAgain = /part of key .* pair in WeakMap/;

/** Internal edges that are slots which the debugger shows. */
const slots: ReadonlyMap<string, string> = new Map([
  ['bound_function', '[[TargetFunction]]'],
  ['bound_this', '[[BoundThis]]'],
  ['buffer', '[[ArrayBuffer]]'],
  ['reactions_or_result', '[[PromiseResult]]'],
  ['function', '[[GeneratorFunction]]'],
  ['receiver', '[[GeneratorReceiver]]'],
]);
