/** Finds, from the texts of their classes, objects that may have private fields, which only the debugger sees. */
import { type DeclaredAccessor, type DeclaredNames, Detail } from '../../wire/debugger-exchange.ts';
import type { Shape } from '../encode/record-writer.ts';
import type { Builtins } from '../realm/builtins.ts';
import type { Family } from '../realm/families.ts';
import type { List } from '../realm/lists.ts';
import { createTable, createWeakTable } from '../realm/tables.ts';
import type { Exact } from './debugger-facts.ts';
import type { FieldQuestions, FieldSet } from './field-questions.ts';
import type { DetailItem } from './handed.ts';
import type { WalkContext } from './walk-context.ts';

export interface PrivateFields {
  /** Whether a class's own text has private names in it. */
  mentionsPrivate(maker: object): boolean;
  /** Whether the debugger must be asked about an object of this family. */
  hasPrivate(target: object, family: Family<Shape>): boolean;
  /**
   * The private members of an object, by the texts of the classes of its family, or of the class that it is. Null where they cannot
   * tell, undefined when the texts were asked for first.
   */
  fieldSetOf(target: object, family: Family<Shape>): FieldSet | null | undefined;
}

export function createPrivateFields(context: WalkContext): PrivateFields {
  const { builtins, safe, families, isProxy } = context;

  /** Whether a class's own text has private names in it. */
  function mentionsPrivate(maker: object): boolean {
    const { apply, functionText, tellsTexts } = builtins;
    const { includes } = builtins.values;
    if (!tellsTexts || includes === undefined) return true;
    const text = safe.ask(functionText, maker);
    if (typeof text !== 'string') return false;
    return text[0] === 'c' && apply(includes, text, ['#']);
  }

  /** What a class makes, its text says; a function may return what another class has made. */
  function isFunctionOfScript(maker: object): boolean {
    const { apply, functionText } = builtins;
    const { includes } = builtins.values;
    const text = safe.ask(functionText, maker);
    if (typeof text !== 'string' || includes === undefined) return false;
    return text[0] !== 'c' && apply(includes, text, ['{ [native code] }']) !== true;
  }

  /**
   * Goes by the texts of the classes along the prototype chain, once for each family. When a prototype does not lead to its class,
   * because its `constructor` was deleted or replaced, or is a function, it goes by the debugger's answers about the family's first
   * objects.
   */
  function hasPrivate(target: object, family: Family<Shape>): boolean {
    const { exact } = context;
    if (family.plain) return false;
    if (family.hasPrivate !== null) return family.hasPrivate;
    if (family.probe !== null) {
      if (exact === null || !exact.hasDetails(family.probe)) return family.probe === target;
      const found = tellsOfPrivate(exact.detailsOf(family.probe));
      if (!found && family.probesLeft > 0) {
        family.probesLeft -= 1;
        family.probe = target;
        return true;
      }
      family.hasPrivate = found;
      return found;
    }
    let result = false;
    let decided = true;
    let probes = probesOfFunction;
    for (let hop = builtins.getPrototypeOf(target); hop !== null && !isProxy(hop); hop = builtins.getPrototypeOf(hop)) {
      const maker = builtins.data(hop, 'constructor');
      const known = typeof maker === 'function' && !isProxy(maker);
      if (known && mentionsPrivate(maker)) result = true;
      if (families.isPrototype(hop)) continue;
      if (!known || builtins.data(maker, 'prototype') !== hop) {
        decided = false;
        probes = probesOfUnknown;
      } else if (isFunctionOfScript(maker)) decided = false;
    }
    if (result || decided) family.hasPrivate = result;
    else {
      family.probe = target;
      family.probesLeft = probes - 1;
    }
    return result || !decided;
  }

  function textOf(maker: object): string | null {
    const text = safe.ask(builtins.functionText, maker);
    return typeof text === 'string' && text.length <= longestText ? text : null;
  }

  /** Undefined when it was asked for first. */
  function declaredBy(questions: FieldQuestions, maker: object): DeclaredNames | null | undefined {
    const known = questions.declaredBy(maker);
    if (known !== undefined) return known;
    const text = textOf(maker);
    if (text === null) return null;
    questions.askClass(maker, text);
    return undefined;
  }

  function setOfStatics(questions: FieldQuestions, maker: object): FieldSet | null | undefined {
    const declared = declaredBy(questions, maker);
    if (declared === undefined || declared === null) return declared;
    const set = newSet();
    addNames(set, declared.staticFields, declared.staticAccessors);
    return sealed(set);
  }

  function setOfChain(questions: FieldQuestions, target: object): FieldSet | null | undefined {
    // The fields of a base class come first.
    const makers: List<object> = { __proto__: null };
    let count = 0;
    for (let hop = builtins.getPrototypeOf(target); hop !== null && !isProxy(hop); hop = builtins.getPrototypeOf(hop)) {
      const maker = builtins.data(hop, 'constructor');
      if (typeof maker !== 'function' || !mentionsPrivate(maker)) continue;
      makers[count] = maker;
      count += 1;
    }
    const set = newSet();
    let pending = false;
    let parsed = true;
    for (let index = count - 1; index >= 0; index -= 1) {
      const maker = makers[index];
      const declared = maker === undefined ? null : declaredBy(questions, maker);
      if (declared === undefined) pending = true;
      else if (declared === null) parsed = false;
      else {
        addNames(set, declared.fields, declared.accessors);
        for (let at = 0; at < declared.methods.length; at += 1)
          set.others[set.otherCount++] = declared.methods[at] ?? '';
      }
    }
    if (pending) return undefined;
    return parsed ? sealed(set) : null;
  }

  function fieldSetOf(target: object, family: Family<Shape>): FieldSet | null | undefined {
    const questions = context.exact?.fields;
    if (questions === undefined || !questions.isUsable()) return null;
    if (typeof target === 'function') return setOfStatics(questions, target);
    // Where the texts do not tell of all classes, only V8 does.
    if (family.hasPrivate !== true || family.probe !== null) return null;
    if (family.fieldSet === undefined) family.fieldSet = setOfChain(questions, target);
    const { fieldSet } = family;
    return fieldSet === undefined || fieldSet === null || !isFieldSet(fieldSet)
      ? fieldSet === undefined
        ? undefined
        : null
      : fieldSet;
  }

  return { mentionsPrivate, hasPrivate, fieldSetOf };
}

/** Characters of a class's text that is parsed. */
const longestText = 1_000_000;

interface OpenSet {
  readonly names: List<string>;
  count: number;
  readonly accessors: List<DeclaredAccessor>;
  accessorCount: number;
  /** Names that fields cannot have at the same time. */
  readonly others: List<string>;
  otherCount: number;
}

const newSet = (): OpenSet => ({
  names: { __proto__: null },
  count: 0,
  accessors: { __proto__: null },
  accessorCount: 0,
  others: { __proto__: null },
  otherCount: 0,
});

function addNames(set: OpenSet, names: readonly string[], accessors: readonly DeclaredAccessor[]): void {
  for (let index = 0; index < names.length; index += 1) set.names[set.count++] = names[index] ?? '';
  for (let index = 0; index < accessors.length; index += 1) {
    const accessor = accessors[index];
    if (accessor === undefined) continue;
    set.accessors[set.accessorCount++] = accessor;
    set.others[set.otherCount++] = accessor[0];
  }
}

function sealed(set: OpenSet): FieldSet {
  const names: List<string> = { __proto__: null };
  const ambiguous: List<string> = { __proto__: null };
  let count = 0;
  let ambiguousCount = 0;
  let text = '';
  for (let index = 0; index < set.count; index += 1) {
    const name = set.names[index] ?? '';
    if (timesIn(set.names, set.count, name) + timesIn(set.others, set.otherCount, name) > 1) {
      if (timesIn(ambiguous, ambiguousCount, name) === 0) ambiguous[ambiguousCount++] = name;
    } else {
      names[count++] = name;
      text += `,${name}`;
    }
  }
  const { accessors, accessorCount } = set;
  return { text, names, count, ambiguous, ambiguousCount, accessors, accessorCount };
}

function timesIn(list: List<string>, count: number, name: string): number {
  let times = 0;
  for (let index = 0; index < count; index += 1) if (list[index] === name) times += 1;
  return times;
}

const isFieldSet = (value: object): value is FieldSet => 'ambiguousCount' in value;

/** One object without private fields says nothing of the next one, but each costs a question. */
const probesOfUnknown = 20;
const probesOfFunction = 2;

function tellsOfPrivate(items: DetailItem | null): boolean {
  for (let item = items; item !== null; item = item.next) {
    if (item.what === Detail.Field || item.what === Detail.Accessor) return true;
  }
  return false;
}

/**
 * Private fields of objects whose classes do not tell of them: a base class may return any object to the constructor of a class with
 * fields, and prototypes can be exchanged. Each question costs time, so the first objects with a prototype are asked about, and all of
 * them once one has such fields.
 */
export interface Stamps {
  /** Forgets the objects of the latest capture. */
  forget(): void;
  /** Whether to ask about an object with this prototype. */
  mayHave(target: object, prototype: object | null, exact: Exact): boolean;
}

/** Objects of one prototype that are asked about in the life of an agent. In Node no user waits. */
const probes = 20;
const probesInNode = 500;
/** After so many in all it is fewer for each further prototype: 50 classes of 20 objects took half a second more. */
const manyProbes = 200;
const probesOfMany = 4;

interface Asked {
  left: number;
  found: boolean;
}

/** Objects of this capture whose answers were not looked at. */
interface Open {
  readonly list: List<object>;
  count: number;
}

export function createStamps(builtins: Builtins): Stamps {
  const byPrototype = createWeakTable<Asked>(builtins);
  /** What was asked about once is not asked again while no other object has such fields. */
  const known = createWeakTable<boolean>(builtins);
  let open = createTable<Asked, Open>(builtins);
  let askedInAll = 0;
  /** Stands for the null prototype. */
  const nothing = {};

  function probesFor(inNode: boolean): number {
    if (inNode) return probesInNode;
    return askedInAll < manyProbes ? probes : probesOfMany;
  }

  function askedOf(prototype: object, inNode: boolean): Asked {
    const found = byPrototype.get(prototype);
    if (found !== undefined) return found;
    const made: Asked = { left: probesFor(inNode), found: false };
    byPrototype.set(prototype, made);
    return made;
  }

  function openOf(asked: Asked): Open {
    const found = open.get(asked);
    if (found !== undefined) return found;
    const made: Open = { list: { __proto__: null }, count: 0 };
    open.set(asked, made);
    return made;
  }

  return {
    forget() {
      open = createTable(builtins);
    },
    mayHave(target, prototype, exact) {
      const asked = askedOf(prototype ?? nothing, exact.inNode);
      if (asked.found) return true;
      const waiting = openOf(asked);
      const { list } = waiting;
      let kept = 0;
      for (let index = 0; index < waiting.count; index += 1) {
        const probe = list[index];
        if (probe === undefined) continue;
        if (!exact.hasDetails(probe)) list[kept++] = probe;
        else if (tellsOfPrivate(exact.detailsOf(probe))) asked.found = true;
      }
      waiting.count = kept;
      if (asked.found) return true;
      for (let index = 0; index < kept; index += 1) if (list[index] === target) return true;
      if (asked.left === 0 || known.get(target) !== undefined) return false;
      asked.left -= 1;
      askedInAll += 1;
      known.set(target, true);
      list[waiting.count++] = target;
      return true;
    },
  };
}
