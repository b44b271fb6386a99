/**
 * Writes what the browser's own objects hold: fields by their getters, and entries. Only builtins are called, which
 * native-classes.ts judged. What is known to be there and is not read gets a reason.
 */
import { KeyTag, ShapeFlag, Slot, Tag } from '../../../wire/format.ts';
import type { ReasonCode } from '../../../wire/reasons.ts';
import type { List } from '../../realm/lists.ts';
import { isObject } from '../../realm/safe-read.ts';
import type { WalkContext } from '../../visit/walk-context.ts';
import type { NativeClass, NativeClasses, NativeField } from './native-classes.ts';
import { createNativeEntries } from './native-entries.ts';
import { tellByMethods } from './native-methods.ts';

export interface BrowserObjects {
  /** Writes the entries or elements, and answers the flags of a list; 0 when there are none. */
  writeList(target: object, whole: boolean): number;
  writeFields(target: object): void;
  /** Writes what a user entered or chose in a field of a form. */
  writeFormState(target: object): void;
  /** Searches an object that a limit cut for references to objects that are read. */
  search(target: object): void;
}

/** Prototypes of an element among which its class is looked for. */
const nearest = 3;

const noStyle: ReasonCode = 'computedStyle';
const throws: ReasonCode = 'throws';

/** What elements of forms hold, by their tags; their attributes say only how it began. */
const formState: { readonly __proto__: null; readonly [tag: string]: readonly string[] | null } = {
  __proto__: null,
  HTMLInputElement: ['value', 'checked', 'files'],
  HTMLTextAreaElement: ['value'],
  HTMLSelectElement: ['value', 'selectedIndex'],
  HTMLOptionElement: ['selected'],
  HTMLOutputElement: ['value'],
};

/** What one field holds; `reason`, a `ReasonCode`, says why it is not known. */
interface Answer {
  readonly field: NativeField;
  readonly value: unknown;
  readonly reason: string;
}

export function createBrowserObjects(context: WalkContext, natives: NativeClasses): BrowserObjects {
  const { builtins, record, queue, values, ranges, hidden } = context;
  const { body } = record;
  const { apply } = builtins;
  const entries = createNativeEntries(context, natives);

  function answerOf(field: NativeField, target: object): Answer {
    const { getter } = field;
    if (getter === null) return { field, value: undefined, reason: 'getterReplaced' };
    try {
      const value = apply(getter, target, []);
      // An object that each reading makes anew has no identity that could be shared.
      const fresh = isObject(value) && apply(getter, target, []) !== value;
      return { field, value, reason: fresh ? 'madeAnew' : '' };
    } catch {
      return { field, value: undefined, reason: throws };
    }
  }

  /**
   * Calls `tell` with the fields that are shown. Answers how many were told, null for an object that only inherits from the class:
   * then all of its getters throw.
   */
  function eachField(target: object, { fields, count }: NativeClass, tell: (answer: Answer) => void): number | null {
    const answers: List<Answer> = { __proto__: null };
    let own = count === 0;
    for (let index = 0; index < count; index += 1) {
      const field = fields[index];
      if (field === undefined) continue;
      const answer = answerOf(field, target);
      answers[index] = answer;
      if (answer.reason !== throws && field.getter !== null) own = true;
    }
    let told = 0;
    for (let index = 0; index < count && own; index += 1) {
      const answer = answers[index];
      if (answer === undefined || (answer.field.handler && !isObject(answer.value))) continue;
      tell(answer);
      told += 1;
    }
    return own ? told : null;
  }

  function keep(name: string, value: unknown): void {
    const { paths } = context;
    if (paths !== null && !(isObject(value) && paths.has(value))) return;
    queue.slot = Slot.Other;
    record.keep(name, KeyTag.Getter);
    values.write(body, value);
  }

  function keepReason(name: string, tag: number, reason: string): void {
    if (context.paths !== null) return;
    record.keep(name, tag);
    values.writeUnreadable(body, reason);
  }

  function keepNothing({ unread, tags }: NativeClass): void {
    const reason = unread > 0 ? `getters\n${unread}\n${tags[0]}` : `stateless\n${tags[0]}`;
    keepReason(unread > 0 ? '[[Getters]]' : '[[State]]', KeyTag.Internal, reason);
  }

  function keepState(target: object, hop: object, names: readonly string[]): void {
    const type = natives.call(natives.getter(hop, 'type'), target);
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index] ?? '';
      if (name === 'checked' && type !== 'checkbox' && type !== 'radio') continue;
      const value = natives.call(natives.getter(hop, name), target);
      // Only a field for files has some.
      if (value !== undefined && value !== null) keep(name, value);
    }
  }

  function ownCount(target: object): number {
    try {
      return builtins.properties.ownNames(target).length;
    } catch {
      return 0;
    }
  }

  return {
    writeList(target, whole) {
      const native = natives.of(target);
      const found = native === null ? null : entries.of(target, native);
      if (found === null) return 0;
      const { keys, values: list, count, keyed } = found;
      let position = 0;
      queue.slot = keyed ? Slot.Entry : Slot.Element;
      const hide = (to: number): void => {
        if (to === position) return;
        record.hide(to - position);
        const end = position + hidden.open(queue.current, queue.slot, position, to - position);
        for (; position < end; position += 1) hidden.add(list[position]);
        position = to;
      };
      let shown = ranges.of(queue.current?.id ?? 0, queue.slot, count, whole);
      for (; shown !== null; shown = shown.next) {
        hide(shown.start);
        for (; position < shown.end; position += 1) {
          queue.position = position;
          if (keyed) values.write(body, keys[position]);
          values.write(body, list[position]);
        }
      }
      hide(count);
      body.digit(Tag.End);
      return keyed ? ShapeFlag.List + ShapeFlag.Entries : ShapeFlag.List;
    },

    writeFields(target) {
      const native = natives.of(target);
      if (native === null) return;
      const told = eachField(target, native, ({ field, value, reason }) => {
        if (reason === '') keep(field.name, value);
        else keepReason(field.name, KeyTag.Getter, reason);
      });
      if (told === null || tellByMethods(context, natives, target, native, keep)) return;
      const found = entries.of(target, native);
      if (native.computed && found === null) keepReason('[[Values]]', KeyTag.Internal, noStyle);
      else if (told === 0 && native.direct && found === null && ownCount(target) === 0) keepNothing(native);
    },

    writeFormState(target) {
      let hop = builtins.getPrototypeOf(target);
      // A custom element may inherit from one of them.
      for (let distance = 0; hop !== null && distance < nearest && !context.isProxy(hop); distance += 1) {
        const tag = builtins.tagOf(hop);
        const names = typeof tag === 'string' ? builtins.data(formState, tag) : undefined;
        if (isNames(names)) keepState(target, hop, names);
        hop = builtins.getPrototypeOf(hop);
      }
    },

    search(target) {
      const native = natives.of(target);
      if (native === null || native.count === 0) return;
      const end = hidden.open(queue.current, Slot.Other, 0, native.count);
      let seen = 0;
      eachField(target, native, ({ value }) => {
        if (seen < end) hidden.add(value);
        seen += 1;
      });
    },
  };
}

const isNames = (value: unknown): value is readonly string[] => isObject(value);
