/**
 * Finds the classes of the browser along an object's prototypes, and which of their getters tell what is in it. A getter is called
 * only if its text is that of the browser's own; it refuses objects of other classes itself. Must never run the page's code.
 */
import type { Builtins } from '../../realm/builtins.ts';
import type { Method } from '../../realm/judge.ts';
import type { List } from '../../realm/lists.ts';
import { isObject, longestChain } from '../../realm/safe-read.ts';
import { substring } from '../../realm/strings.ts';
import { createTable } from '../../realm/tables.ts';
import type { WalkContext } from '../../visit/walk-context.ts';
import { classFields } from './class-fields.ts';

export interface NativeField {
  readonly name: string;
  /** Null when the page replaced it. */
  readonly getter: Method | null;
  /** A listener that a property holds (`onmessage`), shown only if there is one. */
  readonly handler: boolean;
}

/** What objects with one prototype have of the browser. */
export interface NativeClass {
  /** In the order in which they are shown. */
  readonly fields: List<NativeField>;
  readonly count: number;
  /** Tags of the browser's classes on the chain, the nearest first. */
  readonly tags: List<string>;
  /** The prototypes of these. */
  readonly hops: List<object>;
  readonly tagCount: number;
  /** Getters of classes that are not in the table. */
  readonly unread: number;
  /** Whether the object's own prototype is one of the browser's. */
  readonly direct: boolean;
  /** A style: every property that there is would look like one of its own, and reading one may compute a layout. */
  readonly computed: boolean;
}

export interface NativeClasses {
  /** Forgets what an earlier capture found. */
  forget(): void;
  /** Null for an object that is none of the browser's. */
  of(target: object): NativeClass | null;
  /** Whether what looks like its own properties is the browser's, and is not read. */
  hidesOwn(target: object): boolean;
  /** The value of an own accessor, when it is the browser's and only tells what is there; null when it is not. */
  ownValue(target: object, key: PropertyKey, found: PropertyDescriptor): readonly [unknown] | null;
  /** The builtin of this name in a holder; undefined when there is none, or the page replaced it. */
  method(holder: object | undefined, name: string): Method | undefined;
  /** The same for a getter. */
  getter(holder: object, name: string): Method | undefined;
  /** What a builtin answers; undefined when it throws, or there is none. */
  call(method: Method | undefined, self: unknown, argument?: unknown): unknown;
}

interface Draft {
  readonly fields: List<NativeField>;
  count: number;
  readonly tags: List<string>;
  readonly hops: List<object>;
  tagCount: number;
  unread: number;
  direct: boolean;
  computed: boolean;
}

export function createNativeClasses(context: WalkContext): NativeClasses {
  const { builtins, safe, families, isProxy } = context;
  let known = createTable<object, NativeClass | false>(builtins);

  const fieldsOf = (tag: string): unknown => builtins.data(classFields, tag);

  function hasText(value: unknown, name: string): value is Method {
    // Without texts a getter of the page might look like the browser's.
    if (typeof value !== 'function' || !builtins.tellsTexts) return false;
    return safe.ask(builtins.functionText, value) === `function ${name}() { [native code] }`;
  }

  function getterAt(holder: object, key: string): unknown {
    const found = safe.at(holder, key);
    return found === undefined || safe.isData(found) ? undefined : found.get;
  }

  /** Whether it is the prototype of a builtin class, or of its iterators. */
  function isNativeClass(hop: object): boolean {
    const maker = safe.data(hop, 'constructor');
    if (!isObject(maker) || isProxy(maker)) return hasText(safe.data(hop, 'next'), 'next');
    const name = safe.data(maker, 'name');
    return typeof name === 'string' && hasText(maker, name);
  }

  function add(draft: Draft, name: string, getter: Method | null, handler: boolean): void {
    for (let index = 0; index < draft.count; index += 1) if (draft.fields[index]?.name === name) return;
    draft.fields[draft.count] = { name, getter, handler };
    draft.count += 1;
  }

  /** Whether a nearer class of the browser has a getter of this name. */
  function isShadowed(draft: Draft, hop: object, name: string): boolean {
    for (let index = 0; index < draft.tagCount; index += 1) {
      const nearer = draft.hops[index];
      if (nearer === undefined || nearer === hop) return false;
      if (getterAt(nearer, name) !== undefined) return true;
    }
    return false;
  }

  /** Adds the fields of one class: those that the table marks, or the others. */
  function addListed(draft: Draft, hop: object, list: string, marked: boolean): void {
    eachName(builtins, list, (name, mark) => {
      if (mark === '.' || (mark === '^') !== marked) return;
      const getter = getterAt(hop, name);
      if (getter === undefined || isShadowed(draft, hop, name)) return;
      add(draft, name, hasText(getter, `get ${name}`) ? getter : null, false);
    });
  }

  /** Adds the listeners of a class, and counts its other getters if it is not in the table. */
  function addRest(draft: Draft, hop: object, listed: boolean): void {
    const names = builtins.properties.ownNames(hop);
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index];
      if (typeof name !== 'string' || name === 'constructor') continue;
      const handler = name.length > 2 && name[0] === 'o' && name[1] === 'n';
      if (!handler && listed) continue;
      const getter = getterAt(hop, name);
      if (!hasText(getter, `get ${name}`)) continue;
      if (handler) add(draft, name, getter, true);
      else draft.unread += 1;
    }
  }

  function find(prototype: object): NativeClass | false {
    const draft = emptyDraft();
    try {
      let hop: object | null = prototype;
      for (let distance = 0; hop !== null && distance < longestChain && !isProxy(hop); distance += 1) {
        const tag = builtins.tagOf(hop);
        if (typeof tag === 'string' && isNativeClass(hop)) {
          draft.tags[draft.tagCount] = tag;
          draft.hops[draft.tagCount] = hop;
          draft.tagCount += 1;
          if (distance === 0) draft.direct = true;
          if (tag === 'CSSStyleDeclaration') draft.computed = true;
        }
        hop = builtins.getPrototypeOf(hop);
      }
    } catch {
      // A proxy on the chain is revoked or throws.
    }
    if (draft.tagCount === 0) return false;
    for (let pass = 0; pass < 3; pass += 1) {
      for (let index = 0; index < draft.tagCount; index += 1) {
        const hop = draft.hops[index];
        const list = fieldsOf(draft.tags[index] ?? '');
        if (hop === undefined) continue;
        if (pass < 2 && typeof list === 'string') addListed(draft, hop, list, pass === 0);
        if (pass === 2) addRest(draft, hop, typeof list === 'string' || draft.tags[index] === 'EventTarget');
      }
    }
    return draft;
  }

  function of(target: object): NativeClass | null {
    let prototype: object | null = null;
    try {
      prototype = builtins.getPrototypeOf(target);
    } catch {
      return null;
    }
    if (prototype === null) return null;
    const { tagless, likely } = families.of(prototype);
    // Every class of the browser has a tag; the classes of most pages have none. Maps, promises, … are read in ways of their own.
    if (tagless || likely !== null) return null;
    let found = known.get(prototype);
    if (found === undefined) {
      found = find(prototype);
      known.set(prototype, found);
    }
    return found === false ? null : found;
  }

  return {
    forget() {
      known = createTable(builtins);
    },
    of,
    hidesOwn: (target) => of(target)?.computed === true,
    ownValue(target, key, found) {
      if (typeof key !== 'string' || !hasText(found.get, `get ${key}`)) return null;
      const native = of(target);
      let told = false;
      for (let index = 0; native !== null && index < native.tagCount && !told; index += 1) {
        const list = fieldsOf(native.tags[index] ?? '');
        if (typeof list !== 'string') continue;
        eachName(builtins, list, (name, mark) => {
          if (mark === '.' && name === key) told = true;
        });
      }
      try {
        return told ? [builtins.apply(found.get, target, [])] : null;
      } catch {
        return null;
      }
    },
    method(holder, name) {
      const value = holder === undefined ? undefined : safe.data(holder, name);
      return hasText(value, name) ? value : undefined;
    },
    getter(holder, name) {
      const value = getterAt(holder, name);
      return hasText(value, `get ${name}`) ? value : undefined;
    },
    call(method, self, argument) {
      try {
        return method === undefined ? undefined : builtins.apply(method, self, [argument]);
      } catch {
        return undefined;
      }
    },
  };
}

/** Calls `tell` with each name of a list in the table. `mark` is `^`, `.` or empty. */
function eachName(builtins: Builtins, list: string, tell: (name: string, mark: string) => void): void {
  let start = 0;
  for (let index = 0; index <= list.length; index += 1) {
    if (index < list.length && list[index] !== ' ') continue;
    // What a text has not is looked for in its prototypes, which belong to the page.
    const initial = start < index ? list[start] : '';
    const mark = initial === '^' || initial === '.' ? initial : '';
    const from = mark === '' ? start : start + 1;
    if (index > from) tell(substring(builtins, list, from, index), mark);
    start = index + 1;
  }
}

function emptyDraft(): Draft {
  return {
    fields: { __proto__: null },
    count: 0,
    tags: { __proto__: null },
    hops: { __proto__: null },
    tagCount: 0,
    unread: 0,
    direct: false,
    computed: false,
  };
}
