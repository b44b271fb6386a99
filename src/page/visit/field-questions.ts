/**
 * What an exact capture asks about private fields in a page: first which names the texts of classes have, then the values of all
 * objects at once. In a statement of its own V8 lets the debugger name any private field (`list[i].#name`), so that nothing is
 * described and no text crosses. An accessor must never be named, because it would run. Must not touch an object that is not proven.
 */
import { type DeclaredAccessor, type DeclaredNames, Detail } from '../../wire/debugger-exchange.ts';
import type { ReasonCode } from '../../wire/reasons.ts';
import type { Builtins } from '../realm/builtins.ts';
import type { List } from '../realm/lists.ts';
import { createTable, createWeakTable, type Table } from '../realm/tables.ts';
import type { DetailItem } from './handed.ts';

/** The private members of objects of one family. */
export interface FieldSet {
  /** Comes before each name in a list of names. */
  readonly text: string;
  readonly names: List<string>;
  readonly count: number;
  /** Names that two classes of the family have: V8 does not know which one is meant. */
  readonly ambiguous: List<string>;
  readonly ambiguousCount: number;
  readonly accessors: List<DeclaredAccessor>;
  readonly accessorCount: number;
}

/** What is known of the texts of classes. They never change, so this is valid for the life of the agent. */
export type Declarations = Table<WeakKey, { readonly names: DeclaredNames | null }>;

export const createDeclarations = (builtins: Builtins): Declarations => createWeakTable(builtins);

interface Box {
  readonly __proto__: null;
  i: number;
  n: number;
  readonly l: List<object>;
  readonly x: List<ArrayLike<unknown>>;
  readonly set: FieldSet;
}

export interface FieldQuestions {
  /** Whether fields can be read in this way without running the page's code. */
  isUsable(): boolean;
  /** Null: the text does not parse. Undefined: it was not asked for. */
  declaredBy(maker: object): DeclaredNames | null | undefined;
  askClass(maker: object, text: string): void;
  /** Undefined: they were not asked for. */
  stateOf(target: object): 'read' | 'failed' | undefined;
  /** What was read, as details. */
  itemsOf(target: object): DetailItem | null;
  ask(target: object, set: FieldSet): void;
  /** Forgets the latest questions. */
  clear(): void;
  readonly texts: List<string>;
  textCount(): number;
  answerClasses(list: readonly (DeclaredNames | null)[]): void;
  readonly boxes: List<Box>;
  /** The names of each box. */
  readonly boxNames: List<string>;
  boxCount(): number;
  answerFields(can: boolean): void;
}

/** V8 reads these of descriptors that inherit from Object.prototype when it puts the names of the command line in scope. */
const descriptorKeys = ['get', 'set', 'value', 'writable', 'enumerable', 'configurable'];
/** Objects of one family without its fields, after which no more of them are asked for in this way. */
const mostFailures = 3;
/** The same for objects of all families. */
const mostFailuresInAll = 20;
/** Objects in one question, as there may be a timeout for the statement. */
const mostAtOnce = 20_000;
const mostBoxes = 200;
const ambiguousReason: ReasonCode = 'ambiguous';

export function createFieldQuestions(
  builtins: Builtins,
  declarations: Declarations,
  hasStackHook: () => boolean,
  inNode: boolean,
): FieldQuestions {
  const read = createTable<object, { readonly first: DetailItem | null }>(builtins);
  const failed = createTable<object, boolean>(builtins);
  const failures = createTable<FieldSet, number>(builtins);
  let boxOf = createTable<FieldSet, Box>(builtins);
  let makers: List<object> = { __proto__: null };
  let texts: List<string> = { __proto__: null };
  let textCount = 0;
  let boxes: List<Box> = { __proto__: null };
  let boxNames: List<string> = { __proto__: null };
  let boxCount = 0;
  let asked = 0;
  let failureCount = 0;
  let usable = !inNode && builtins.maps !== null && !hasStackHook() && canThrow(builtins) && canNameResult(builtins);

  function itemsFrom(set: FieldSet, values: ArrayLike<unknown> | undefined): DetailItem | null {
    let first: DetailItem | null = null;
    const add = (what: number, name: string, value: unknown): void => {
      first = { what, name, value, next: first };
    };
    for (let index = set.accessorCount - 1; index >= 0; index -= 1) {
      const accessor = set.accessors[index];
      if (accessor !== undefined) add(Detail.Accessor, accessor[0], accessor[1]);
    }
    for (let index = set.ambiguousCount - 1; index >= 0; index -= 1)
      add(Detail.UnreadField, set.ambiguous[index] ?? '', ambiguousReason);
    for (let index = set.count - 1; index >= 0; index -= 1)
      add(Detail.Field, set.names[index] ?? '', values === undefined ? undefined : builtins.data(values, index));
    return first;
  }

  function fail(target: object | undefined): void {
    if (target !== undefined) failed.set(target, true);
  }

  function clear(): void {
    makers = { __proto__: null };
    texts = { __proto__: null };
    textCount = 0;
    boxes = { __proto__: null };
    boxNames = { __proto__: null };
    boxCount = 0;
    boxOf = createTable(builtins);
    asked = 0;
  }

  return {
    isUsable: () => usable,
    declaredBy: (maker) => declarations.get(maker)?.names,
    askClass(maker, text) {
      for (let index = 0; index < textCount; index += 1) if (makers[index] === maker) return;
      makers[textCount] = maker;
      texts[textCount] = text;
      textCount += 1;
    },
    stateOf: (target) => (read.get(target) !== undefined ? 'read' : failed.get(target) ? 'failed' : undefined),
    itemsOf: (target) => read.get(target)?.first ?? null,
    ask(target, set) {
      if (set.count === 0) {
        read.set(target, { first: itemsFrom(set, undefined) });
        return;
      }
      if ((failures.get(set) ?? 0) >= mostFailures) {
        fail(target);
        return;
      }
      if (asked >= mostAtOnce) return;
      let box = boxOf.get(set);
      if (box === undefined) {
        if (boxCount >= mostBoxes) return;
        box = { __proto__: null, i: 0, n: 0, l: { __proto__: null }, x: { __proto__: null }, set };
        boxOf.set(set, box);
        boxes[boxCount] = box;
        boxNames[boxCount] = set.text;
        boxCount += 1;
      }
      // The first object of a round is asked for twice.
      if (box.n > 0 && box.l[box.n - 1] === target) return;
      asked += 1;
      box.l[box.n] = target;
      box.n += 1;
    },
    clear,
    get texts() {
      return texts;
    },
    textCount: () => textCount,
    answerClasses(list) {
      for (let index = 0; index < textCount; index += 1) {
        const maker = makers[index];
        if (maker === undefined) continue;
        const names = index < list.length ? (list[index] ?? null) : null;
        // They stay, and V8 made them as it makes the page's own objects.
        declarations.set(maker, { names: names === null ? null : { ...names } });
      }
    },
    get boxes() {
      return boxes;
    },
    get boxNames() {
      return boxNames;
    },
    boxCount: () => boxCount,
    answerFields(can) {
      if (!can) usable = false;
      let missing = can;
      for (let index = 0; index < boxCount; index += 1) {
        const box = boxes[index];
        if (box === undefined) continue;
        for (let at = 0; at < box.n; at += 1) {
          const target = box.l[at];
          const values = box.x[at];
          if (target !== undefined && values !== undefined) read.set(target, { first: itemsFrom(box.set, values) });
          else if (missing) {
            missing = false;
            fail(target);
            failures.set(box.set, (failures.get(box.set) ?? 0) + 1);
            failureCount += 1;
            if (failureCount >= mostFailuresInAll) usable = false;
          }
        }
      }
      clear();
    },
  };
}

/** Whether V8 can describe its own error for an object without the field. */
function canThrow({ errorPrototype, objectPrototype, dataOrNative }: Builtins): boolean {
  const isHarmless = (holder: object, key: string): boolean => dataOrNative(holder, key) !== false;
  return (
    isHarmless(errorPrototype, 'name') &&
    isHarmless(errorPrototype, 'message') &&
    isHarmless(objectPrototype, 'name') &&
    isHarmless(objectPrototype, 'message')
  );
}

/** Whether `$_` means the debugger's latest result. */
function canNameResult({ has, objectPrototype, getPrototypeOf, globalObject }: Builtins): boolean {
  for (let index = 0; index < descriptorKeys.length; index += 1)
    if (has(objectPrototype, descriptorKeys[index] ?? '')) return false;
  // The prototypes of a global object cannot be exchanged.
  for (let hop: object | null = globalObject; hop !== null; hop = getPrototypeOf(hop)) if (has(hop, '$_')) return false;
  return true;
}
