/**
 * Applies the settings to each object of a snapshot: how it is displayed, which of its parts are shown, and how far references are
 * followed. Makes no cells.
 */

import type { Slices } from '../snapshot/read-options.ts';
import { slicesOf } from '../snapshot/slices.ts';
import type {
  Excerpt,
  HeapObject,
  ObjectId,
  ObjectKind,
  Part,
  PropertyKey,
  Snapshot,
  SymbolIdentity,
  Value,
} from '../snapshot/snapshot.ts';
import type { ShownPart } from './drawn.ts';
import type { DiagramSettings, Display, TypeOverride } from './settings.ts';
import { createTeaching, type Teaching } from './values/teaching.ts';

export interface Choices {
  readonly snapshot: Snapshot;
  readonly settings: DiagramSettings;
  overrideOf(object: HeapObject): TypeOverride;
  /** How an object is displayed. A root is a box whatever its type says, unless it is collapsed. So is an object that does not fit into a cell. */
  displayOf(object: HeapObject): Display;
  isKeyShown(key: PropertyKey): boolean;
  shownParts(object: HeapObject): readonly ShownPart[];
  /** All values in it that could be references. */
  valuesOf(object: HeapObject): readonly Value[];
  /** False for an object that is left out because there is no room for it. */
  hasRoom(id: ObjectId): boolean;
  /** False for an object beyond the depth of its retainers' types. */
  isReached(id: ObjectId): boolean;
  /** Whether the number of a symbol is shown: when the settings say so, or the picture has another one with the same description. */
  isNumbered(symbol: SymbolIdentity): boolean;
  isRoot(id: ObjectId): boolean;
  /** What the layout for teaching knows of the classes. */
  teaching(): Teaching;
  /** The number of references of the snapshot to an object. */
  incoming(id: ObjectId): number;
}

const nothing: TypeOverride = {};

export function choose(snapshot: Snapshot, settings: DiagramSettings): Choices {
  const { types, objects: own, keys } = settings;
  const byType = new Map<string, TypeOverride>();
  const typeOverride = ({ kind, className }: HeapObject): TypeOverride => {
    const name = className ? className.head + className.tail : '';
    const id = `${kind} ${name}`;
    let known = byType.get(id);
    if (!known) {
      known = { ...ofName(types, kind), ...ofName(types, name) };
      byType.set(id, known);
    }
    return known;
  };
  const overrideOf = (object: HeapObject): TypeOverride => {
    const ofType = typeOverride(object);
    const ofObject = own.get(object.id);
    return ofObject ? { ...ofType, ...ofObject } : ofType;
  };

  const roots = new Set<ObjectId>();
  for (const { result } of snapshot.roots) {
    if (result.ok && result.value.type === 'reference') roots.add(result.value.id);
  }
  const alone = snapshot.roots.length === 1;
  const displayOf = (object: HeapObject): Display => {
    if (settings.drawn?.written.has(object.id)) return 'inline';
    const { display = 'box' } = overrideOf(object);
    const isRoot = alone && roots.has(object.id);
    if (isRoot && display !== 'collapsed') return 'box';
    const isOwn = own.get(object.id)?.display !== undefined;
    return display === 'inline' && !isOwn && wantsRoom(object) ? 'box' : display;
  };
  /** Whether an object needs a box: what was opened, and functions whose variables or properties are references. */
  const wantsRoom = ({ id, kind, parts }: HeapObject): boolean => {
    if (settings.opened?.has(id)) return true;
    const leadsOn = (value: Value) => value.type === 'reference' && (value.id < 0 || !roots.has(id));
    return kind === 'function' && parts.some((part) => valuesIn(part).some(leadsOn));
  };

  const isKeyShown = keyFilter(keys);
  const isHidden = (value: Value): boolean => {
    const object = value.type === 'reference' ? snapshot.objects.get(value.id) : undefined;
    return object !== undefined && displayOf(object) === 'hidden';
  };
  const isShown = (part: Part, kind: ObjectKind): boolean => {
    switch (part.type) {
      case 'element':
        return !isHidden(part.value);
      case 'entry':
        return !isHidden(part.value) && !isHidden(part.key);
      case 'property':
        // The keys of a stack are its frames, which are always shown.
        return !isHidden(part.value) && (kind === 'stack' || isKeyShown(part.key));
      case 'holes':
      case 'hidden':
        return true;
    }
  };
  const shownParts = (object: HeapObject): readonly ShownPart[] => {
    const chosen = settings.drawn?.rows.get(object.id);
    if (chosen) return chosen;
    const parts = object.parts.filter((part) => isShown(part, object.kind));
    const { slices } = overrideOf(object);
    return slices && !settings.opened?.has(object.id) ? slice(parts, object.size, slices) : parts.map(withBehind);
  };

  const valuesOf = (object: HeapObject): readonly Value[] => [
    ...object.parts.flatMap(valuesIn),
    ...(object.behind ?? []).map(referenceTo),
  ];

  let reached: ReadonlySet<ObjectId> | null | undefined;
  const isReached = (id: ObjectId): boolean => {
    reached ??= limitsDepth(types) ? reach() : null;
    return reached === null || reached.has(id);
  };
  /** The reached objects. For each, it keeps the number of references that may still be followed, the maximum over all paths. */
  const reach = (): ReadonlySet<ObjectId> => {
    const left = new Map<ObjectId, number>();
    const waiting: (readonly [id: ObjectId, left: number])[] = [...roots].map((id) => [id, Number.POSITIVE_INFINITY]);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [id, allowed] = next;
      const object = snapshot.objects.get(id);
      if (!object) continue;
      const { depth = Number.POSITIVE_INFINITY } = overrideOf(object);
      const mine = Math.min(allowed, depth);
      if (mine <= (left.get(id) ?? -1)) continue;
      left.set(id, mine);
      if (mine === 0 || displayOf(object) !== 'box') continue;
      for (const { part } of shownParts(object)) {
        if (part.type === 'hidden') continue;
        for (const value of valuesIn(part)) if (value.type === 'reference') waiting.push([value.id, mine - 1]);
      }
    }
    return new Set(left.keys());
  };

  let counts: Map<ObjectId, number> | null = null;
  const incoming = (id: ObjectId): number => {
    if (!counts) {
      counts = new Map();
      const count = (value: Value): void => {
        if (value.type === 'reference') counts?.set(value.id, (counts.get(value.id) ?? 0) + 1);
      };
      for (const { result } of snapshot.roots) if (result.ok) count(result.value);
      for (const object of snapshot.objects.values()) for (const value of valuesOf(object)) count(value);
    }
    return counts.get(id) ?? 0;
  };

  let alike: ReadonlySet<string> | null = null;
  const isNumbered = (symbol: SymbolIdentity): boolean => {
    if (symbol.sort !== 'own') return false;
    if (settings.titles.identityNumbers) return true;
    alike ??= descriptionsOfSeveral(snapshot);
    return alike.has(nameOf(symbol));
  };

  let teaching: Teaching | null = null;
  return {
    snapshot,
    settings,
    teaching: () => {
      teaching ??= createTeaching(snapshot, displayOf);
      return teaching;
    },
    isNumbered,
    overrideOf,
    displayOf,
    isKeyShown,
    shownParts,
    valuesOf,
    hasRoom: (id) => settings.drawn?.boxes.has(id) ?? true,
    isReached,
    isRoot: (id) => roots.has(id),
    incoming,
  };
}

/** Whether a key is shown. */
function keyFilter(keys: DiagramSettings['keys']): (key: PropertyKey) => boolean {
  const pattern = keys.hidePattern === '' ? null : patternOf(keys.hidePattern);
  return (key) => {
    switch (key.type) {
      case 'name': {
        const name = key.name.head + key.name.tail;
        return !(keys.hideUnderscored && name.startsWith('_')) && !pattern?.test(name);
      }
      case 'symbol':
        return !keys.hideSymbols && !pattern?.test(nameOf(key.symbol));
      case 'private':
        return !keys.hidePrivate && !pattern?.test(`#${wholeOf(key.name)}`);
      case 'internal':
        return !keys.hideInternal && !pattern?.test(key.name);
      case 'getter':
        return !pattern?.test(key.name);
    }
  };
}

/** The override of a name. A class may be named `constructor` or `__proto__`. */
const ofName = (types: DiagramSettings['types'], name: string): TypeOverride =>
  Object.hasOwn(types, name) ? (types[name] ?? nothing) : nothing;

const limitsDepth = (types: DiagramSettings['types']): boolean =>
  Object.values(types).some(({ depth }) => depth !== undefined);

const wholeOf = ({ head, tail }: Excerpt): string => head + tail;

/** The description, key or name of a symbol. */
function nameOf(symbol: SymbolIdentity): string {
  switch (symbol.sort) {
    case 'own':
      return symbol.description ? wholeOf(symbol.description) : '';
    case 'registered':
      return wholeOf(symbol.key);
    case 'wellKnown':
      return `Symbol.${symbol.name}`;
  }
}

function descriptionsOfSeveral({ roots, objects }: Snapshot): ReadonlySet<string> {
  const first = new Map<string, ObjectId>();
  const several = new Set<string>();
  const note = (value: Value | PropertyKey | null): void => {
    if (value?.type !== 'symbol' || value.symbol.sort !== 'own') return;
    const name = nameOf(value.symbol);
    const known = first.get(name);
    if (known === undefined) first.set(name, value.symbol.id);
    else if (known !== value.symbol.id) several.add(name);
  };
  for (const { result } of roots) if (result.ok) note(result.value);
  for (const { primitive, parts } of objects.values()) {
    note(primitive);
    for (const part of parts) {
      if (part.type === 'property' || part.type === 'entry') note(part.key);
      if ('value' in part) note(part.value);
    }
  }
  return several;
}

function patternOf(source: string): RegExp | null {
  try {
    return new RegExp(source, 'u');
  } catch {
    return null;
  }
}

const referenceTo = (id: ObjectId): Value => ({ type: 'reference', id });

const withBehind = (part: Part): ShownPart => ({ part, behind: part.type === 'hidden' ? valuesIn(part) : [] });

/** The values in a part, including hidden ones as far as they are known. */
export function valuesIn(part: Part): readonly Value[] {
  switch (part.type) {
    case 'element':
    case 'property':
      return [part.value];
    case 'entry':
      return [part.key, part.value];
    case 'hidden':
      return (part.references ?? []).map(referenceTo);
    case 'holes':
      return [];
  }
}

/** True for the positions of `count` that slices show. */
export function inSlices(count: number, slices: Slices): (index: number) => boolean {
  const ranges = slicesOf(count, slices);
  return (index) => {
    for (let range = ranges; range !== null; range = range.next)
      if (index >= range.start && index < range.end) return true;
    return false;
  };
}

/** Leaves out what slices hide. Hidden neighbors become one part. */
function slice(parts: readonly Part[], size: number | null, slices: Slices): readonly ShownPart[] {
  const count = size ?? parts.length;
  const shown = inSlices(count, slices);
  const sliced: ShownPart[] = [];
  for (const part of parts) {
    if (part.type === 'property' || (part.type === 'hidden' && part.of === 'property')) {
      sliced.push(withBehind(part));
      continue;
    }
    const hides = part.type === 'hidden' || (part.type !== 'holes' && !shown(part.index));
    if (!hides) {
      sliced.push({ part, behind: [] });
      continue;
    }
    const of = part.type === 'entry' ? 'entry' : part.type === 'hidden' ? part.of : 'element';
    const last = sliced.at(-1);
    const added = part.type === 'hidden' ? part.count : 1;
    if (last?.part.type === 'hidden' && last.part.of === of) {
      sliced[sliced.length - 1] = {
        part: { ...last.part, count: last.part.count + added },
        behind: [...last.behind, ...valuesIn(part)],
      };
    } else sliced.push({ part: { type: 'hidden', of, index: part.index, count: added }, behind: valuesIn(part) });
  }
  return sliced;
}
