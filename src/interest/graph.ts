/**
 * The objects of a snapshot that could have boxes, and the references between them, from which the order of interest is made. Follows
 * what the settings follow, and nothing behind a leaf. Decides nothing about room.
 */
import { type Choices, valuesIn } from '../diagram/choices.ts';
import type { ShownPart } from '../diagram/drawn.ts';
import type { HeapObject, ObjectId, Part } from '../snapshot/snapshot.ts';

/** A reference from one object that could have a box to another. */
export interface Link {
  readonly to: ObjectId;
  /** The distance that it adds to its target: 1 for a field of the object itself, more for less informative references. */
  readonly cost: number;
}

export interface Node {
  readonly object: HeapObject;
  readonly parts: readonly ShownPart[];
  readonly links: readonly Link[];
  /** Its references are followed only on request. */
  readonly leaf: boolean;
}

export interface InterestGraph {
  readonly roots: readonly ObjectId[];
  /** Undefined for an object that cannot have a box: it was not read, or its type hides it or writes it into cells. */
  node(id: ObjectId): Node | undefined;
}

/** Costs: an internal name counts as two more fields, and later elements of an array cost more. */
const internalCost = 2;
const elementCost = 0.12;
const fieldCost = 0.03;
/** Frames further out cost more, because the user is in the innermost one. */
const frameCost = 0.3;
/** Of several objects of one class in one object, each one is less informative than the one before. */
const sameClassCost = 0.2;

/** `leaves`: references of the browser's objects and the like are followed only on request. */
export function interestGraph(choices: Choices, { leaves = true } = {}): InterestGraph {
  const { snapshot, settings } = choices;
  const roots: ObjectId[] = [];
  for (const { result } of snapshot.roots) {
    if (result.ok && result.value.type === 'reference' && !roots.includes(result.value.id)) roots.push(result.value.id);
  }
  const asked = new Set([...roots, ...(settings.opened ?? []), ...(settings.asked ?? [])]);
  const nodes = new Map<ObjectId, Node | undefined>();
  const node = (id: ObjectId): Node | undefined => {
    if (nodes.has(id)) return nodes.get(id);
    const object = snapshot.objects.get(id);
    const made = object && canHaveBox(object, choices) ? nodeOf(object, choices, asked, leaves) : undefined;
    nodes.set(id, made);
    return made;
  };
  return { roots, node };
}

function canHaveBox(object: HeapObject, { displayOf }: Choices): boolean {
  const display = displayOf(object);
  return object.cut === null && (display === 'box' || display === 'collapsed');
}

function nodeOf(object: HeapObject, choices: Choices, asked: ReadonlySet<ObjectId>, leaves: boolean): Node {
  const parts = choices.shownParts(object);
  const { opened, folded = [], internals } = choices.settings;
  const isOpened = opened?.has(object.id) || choices.isRoot(object.id);
  const leaf =
    choices.displayOf(object) === 'collapsed' ||
    (leaves && !isOpened && (isLeaf(object) || internals?.has(object.id) === true));
  if (leaf) return { object, parts, links: [], leaf };
  const links = linksOf(object, parts, choices);
  // Of what a folded object refers to, only what the user opened after it is followed.
  return { object, parts, links: folded.includes(object.id) ? links.filter(({ to }) => asked.has(to)) : links, leaf };
}

function linksOf({ kind }: HeapObject, parts: readonly ShownPart[], { snapshot }: Choices): readonly Link[] {
  const links: Link[] = [];
  const ofClass = new Map<string, number>();
  parts.forEach(({ part }, position) => {
    if (part.type === 'hidden') return;
    for (const value of valuesIn(part)) {
      const target = value.type === 'reference' ? snapshot.objects.get(value.id) : undefined;
      if (!target) continue;
      const name = `${target.kind} ${target.className?.head}`;
      const before = ofClass.get(name) ?? 0;
      ofClass.set(name, before + 1);
      const far =
        kind === 'stack'
          ? frameCost * (parts.length - 1 - position)
          : part.type === 'property'
            ? fieldCost * position + (isInternal(part) || isOutside(part) ? internalCost : 0)
            : elementCost * position;
      // The frames of a stack are of one class.
      const alike = kind === 'stack' ? 0 : sameClassCost * Math.min(before, 5);
      links.push({ to: target.id, cost: 1 + far + alike });
    }
  });
  return links;
}

/** Whether it is a variable of a frame that was declared outside of its function. */
export function isOutside(part: Part): boolean {
  if (part.type !== 'property') return false;
  switch (part.scope) {
    case undefined:
    case 'local':
    case 'block':
    case 'catch':
    case 'with':
    case 'eval':
    case 'wasm-expression-stack':
      return false;
    default:
      return true;
  }
}

/** Whether it is a variable that any code of its window can use. */
export const isOfScripts = (part: Part): boolean =>
  part.type === 'property' && (part.scope === 'script' || part.scope === 'global');

/** Whether its name marks it as internal, for programs or engines. */
export function isInternal(part: Part): boolean {
  if (part.type !== 'property') return false;
  const { key } = part;
  switch (key.type) {
    case 'name':
      return /^(?:_|\$\$)/.test(key.name.head);
    case 'symbol':
    case 'internal':
      return true;
    case 'private':
    case 'getter':
      return false;
  }
}

/** Whether it is an object of the browser, or has no structure of the user's: it is shown, but not followed. */
export function isLeaf({ kind, className }: HeapObject): boolean {
  switch (kind) {
    case 'node':
      return builtinNode.test(className?.head ?? '');
    case 'window':
    case 'function':
    case 'class':
    case 'typedarray':
    case 'arraybuffer':
    case 'dataview':
      return true;
    default:
      return false;
  }
}

/** Classes of the browser's nodes. A custom element is an object of the user's. */
const builtinNode = /^(?:HTML|SVG|MathML|Document|Shadow|XML|(?:Text|Comment|Attr|CDATASection|Node)$|$)/;
