/**
 * What the settings decide about each object of a snapshot: how it is displayed, which of its parts are shown, and how
 * far the picture goes. Makes no cells.
 */
import type {
  Excerpt,
  HeapObject,
  ObjectId,
  ObjectKind,
  Part,
  PropertyKey,
  Slices,
  Snapshot,
  SymbolIdentity,
  Value,
} from '../snapshot/snapshot.ts';
import type { DiagramSettings, Display, TypeOverride } from './settings.ts';

/** A part, and the values that are hidden behind it when it stands for some. */
export interface ShownPart {
  readonly part: Part;
  readonly behind: readonly Value[];
}

export interface Choices {
  readonly snapshot: Snapshot;
  readonly settings: DiagramSettings;
  overrideOf(object: HeapObject): TypeOverride;
  /** A root is a box whatever its type says, unless it is collapsed; so is what a cell has no room for. */
  displayOf(object: HeapObject): Display;
  isKeyShown(key: PropertyKey): boolean;
  shownParts(object: HeapObject): readonly ShownPart[];
  /** Every value in it that could lead on. */
  valuesOf(object: HeapObject): readonly Value[];
  /** False for what lies behind the depth of its referrers' types. */
  isReached(id: ObjectId): boolean;
  /** Whether the number of a symbol is shown: where the settings say so, and where another one looks the same. */
  isNumbered(symbol: SymbolIdentity): boolean;
  /** How many references of the snapshot lead to an object. */
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
    const { display = 'box' } = overrideOf(object);
    const isRoot = alone && roots.has(object.id);
    if (isRoot && display !== 'collapsed') return 'box';
    const isOwn = own.get(object.id)?.display !== undefined;
    return display === 'inline' && !isOwn && wantsRoom(object) ? 'box' : display;
  };
  /** What was opened, and functions whose variables or properties lead on; names of functions are no boxes. */
  const wantsRoom = ({ id, kind, parts }: HeapObject): boolean => {
    if (settings.opened?.has(id)) return true;
    const leadsOn = (value: Value) => value.type === 'reference' && (value.id < 0 || !roots.has(id));
    return kind === 'function' && parts.some((part) => valuesIn(part).some(leadsOn));
  };

  const pattern = keys.hidePattern === '' ? null : patternOf(keys.hidePattern);
  const isKeyShown = (key: PropertyKey): boolean => {
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
    }
  };

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
        // The keys of a stack are its frames.
        return !isHidden(part.value) && (kind === 'stack' || isKeyShown(part.key));
      case 'holes':
      case 'hidden':
        return true;
    }
  };
  const shownParts = (object: HeapObject): readonly ShownPart[] => {
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
  /** Objects in reach, by how many more references may be followed from each: the most that any way to it leaves. */
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

  return {
    snapshot,
    settings,
    isNumbered,
    overrideOf,
    displayOf,
    isKeyShown,
    shownParts,
    valuesOf,
    isReached,
    incoming,
  };
}

/** A class may be called `constructor` or `__proto__`. */
const ofName = (types: DiagramSettings['types'], name: string): TypeOverride =>
  Object.hasOwn(types, name) ? (types[name] ?? nothing) : nothing;

const limitsDepth = (types: DiagramSettings['types']): boolean =>
  Object.values(types).some(({ depth }) => depth !== undefined);

const wholeOf = ({ head, tail }: Excerpt): string => head + tail;

/** The description, key or name. */
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
  const note = (held: Value | PropertyKey | null): void => {
    if (held?.type !== 'symbol' || held.symbol.sort !== 'own') return;
    const name = nameOf(held.symbol);
    const known = first.get(name);
    if (known === undefined) first.set(name, held.symbol.id);
    else if (known !== held.symbol.id) several.add(name);
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

/** Those that are hidden included, as far as they are known. */
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

/** True for the positions of `count` that slices show; a lone one between two slices is shown as well. */
export function inSlices(count: number, { begin, middle, end }: Slices): (index: number) => boolean {
  const from = Math.ceil((count - middle) / 2);
  const ranges = [
    [0, begin],
    [from, from + middle],
    [count - end, count],
  ];
  const within = (index: number): boolean => ranges.some(([first = 0, last = 0]) => index >= first && index < last);
  return (index) => within(index) || (within(index - 1) && within(index + 1));
}

/** Leaves out what slices hide; neighbours that are hidden become one part. */
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
