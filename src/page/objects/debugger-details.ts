/** Writes what only the debugger sees of an object, from its answers (visit/debugger-facts.ts). */
import { Detail } from '../../wire/debugger-exchange.ts';
import { KeyTag, type Kind, ShapeFlag, Slot, Tag } from '../../wire/format.ts';
import { isObject } from '../realm/safe-read.ts';
import { substring } from '../realm/strings.ts';
import { createTable, type Table } from '../realm/tables.ts';
import type { DetailItem } from '../visit/handed.ts';
import type { ScopeInput } from '../visit/roots.ts';
import { instancesIndex as mostScopes, ownedId } from '../visit/visit-queue.ts';
import type { WalkContext } from '../visit/walk-context.ts';
import type { Elements } from './elements.ts';
import { haveSameValues } from './frame-variables.ts';
import { isGlobalObject } from './object-facts.ts';
import type { Names } from './own-names.ts';
import type { Properties } from './properties.ts';

/** The index of `local` in `scopeKinds`. */
const localScope = '0';

export interface DetailWriter {
  keepInternals(items: DetailItem | null): void;
  keepPrivates(items: DetailItem | null): void;
  /** The number of entries of a weak collection, which only the debugger knows. */
  countEntries(kind: Kind, items: DetailItem | null): number | null;
  /** Writes entries or elements, and answers the flags of a list; 0 when there are none. */
  writeList(items: DetailItem | null, whole: boolean): number;
}

export function createDetailWriter(
  context: WalkContext,
  elements: Elements,
  properties: Properties,
  twins: Twins,
): DetailWriter {
  const { builtins, safe, record, queue, values, ranges, hidden } = context;
  const { body } = record;

  /**
   * The number of the innermost scope. The variables that a generator closes over stay, but its blocks change as it runs. So its own
   * variables come first and its blocks last, with the outermost one at the end.
   */
  function firstScope(items: DetailItem | null): number {
    let inside = 0;
    for (let item = items; item !== null; item = item.next) {
      if (item.what !== Detail.Scope) continue;
      if (item.name[0] === localScope) return inside === 0 ? 0 : mostScopes - inside;
      inside += 1;
    }
    return 0;
  }

  function keepScope(index: number, item: DetailItem): void {
    if (!isObject(item.value) || queue.current === null) return;
    const label = substring(builtins, item.name, 1, item.name.length);
    // V8's answer is an object with the scope and its description.
    const variables = safe.data(item.value, 'object');
    if (!isObject(variables)) return;
    const scopes: ScopeInput['scopes'] = { __proto__: null };
    const kind = +(item.name[0] ?? 0);
    const used = { __proto__: null };
    scopes[0] = { kind, variables, wrapped: false, declared: false, sources: [], own: true, whole: 0, used };
    const extras: ScopeInput['extras'] = { __proto__: null };
    const id = ownedId(queue.current.id, index);
    const own: ScopeInput = { type: 'scope', id, label, scopes, scopeCount: 1, extras, extraCount: 0, frames: null };
    const twin = twins.of(own);
    const input = twin === null ? own : { ...own, twin };
    if (context.paths !== null && !context.paths.has(variables)) return;
    queue.slot = Slot.Other;
    record.keep(`[[${label}]]`, KeyTag.Internal);
    queue.referTo(body, input);
  }

  function writeEntries(list: object, whole: boolean): number {
    const count = safe.lengthOf(list);
    const firstEntry = safe.data(list, 0);
    const keyed = isObject(firstEntry) && builtins.has(firstEntry, 'key');
    const partOf = (index: number, name: string): unknown => {
      const entry = safe.data(list, index);
      return isObject(entry) ? safe.data(entry, name) : undefined;
    };
    const hide = (from: number, to: number): void => {
      record.hide(to - from);
      const end = from + hidden.open(queue.current, queue.slot, from, to - from);
      for (let index = from; index < end; index += 1) {
        if (keyed) hidden.add(partOf(index, 'key'));
        hidden.add(partOf(index, 'value'));
      }
    };
    let position = 0;
    queue.slot = keyed ? Slot.Entry : Slot.Element;
    let shown = ranges.of(queue.current?.id ?? 0, queue.slot, count, whole);
    for (; shown !== null; shown = shown.next) {
      if (shown.start > position) hide(position, shown.start);
      for (position = shown.start; position < shown.end; position += 1) {
        queue.position = position;
        if (keyed) values.write(body, partOf(position, 'key'));
        values.write(body, partOf(position, 'value'));
      }
    }
    if (position < count) hide(position, count);
    return keyed ? ShapeFlag.List + ShapeFlag.Entries : ShapeFlag.List;
  }

  function isReceiverGlobal(receiver: object): boolean {
    return !context.isProxy(receiver) && isGlobalObject(context, receiver);
  }

  return {
    keepInternals(items) {
      let scope = firstScope(items);
      for (let item = items; item !== null; item = item.next) {
        const isGlobal = item.name === '[[GeneratorReceiver]]' && isObject(item.value) && isReceiverGlobal(item.value);
        if (item.what === Detail.Internal && !isGlobal) properties.keep(item.name, KeyTag.Internal, item.value);
        if (item.what === Detail.UnreadInternal)
          properties.keepUnreadable(item.name, typeof item.value === 'string' ? item.value : '');
        if (item.what !== Detail.Scope) continue;
        keepScope(scope, item);
        scope = scope + 1 === mostScopes ? 0 : scope + 1;
      }
    },

    keepPrivates(items) {
      for (let item = items; item !== null; item = item.next) {
        if (item.what === Detail.Field) properties.keep(item.name, KeyTag.Private, item.value);
        else if (item.what === Detail.UnreadField) {
          record.keep(item.name, KeyTag.Private);
          values.writeUnreadable(body, typeof item.value === 'string' ? item.value : '', true);
        } else if (item.what === Detail.Accessor) {
          record.keep(item.name, KeyTag.PrivateNonEnumerable);
          body.digit(item.value === 3 ? Tag.GetterAndSetter : item.value === 2 ? Tag.Setter : Tag.Getter);
        }
      }
    },

    countEntries(kind, items) {
      if (kind !== 'weakmap' && kind !== 'weakset') return null;
      for (let item = items; item !== null; item = item.next)
        if (item.what === Detail.Entries && isObject(item.value)) return safe.lengthOf(item.value);
      return null;
    },

    writeList(items, whole) {
      for (let item = items; item !== null; item = item.next) {
        if (!isObject(item.value)) continue;
        let flags = 0;
        if (item.what === Detail.Elements) {
          elements.byIndex(item.value, safe.lengthOf(item.value), whole);
          flags = ShapeFlag.List;
        } else if (item.what === Detail.Entries) flags = writeEntries(item.value, whole);
        else continue;
        body.digit(Tag.End);
        return flags;
      }
      return 0;
    },
  };
}

/**
 * Finds scopes of functions that may be one: V8 gives scopes no identity, so two functions of one call look as if each had closed over
 * variables of its own. Of scopes with the same name and the same values nobody can know.
 */
export interface Twins {
  /** Starts a capture. */
  begin(): void;
  /** An earlier scope that may be the same one; null for none. */
  of(input: ScopeInput): ScopeInput | null;
}

interface Seen {
  readonly input: ScopeInput;
  readonly next: Seen | null;
}

/** Scopes of one name that are compared: the latest. */
const mostSeen = 50;

export function createTwins(context: WalkContext, names: Names): Twins {
  const { builtins, safe } = context;
  let byLabel: Table<string, Seen> = createTable(builtins);

  return {
    begin() {
      byLabel = createTable(builtins);
    },
    of(input) {
      const variables = input.scopes[0]?.variables;
      if (variables === undefined || context.isProxy(variables) || context.sought !== null) return null;
      const seen = byLabel.get(input.label) ?? null;
      const list = names.of(variables);
      let count = 0;
      for (let one = seen; one !== null && count < mostSeen; one = one.next) {
        count += 1;
        const theirs = one.input.scopes[0]?.variables;
        if (theirs === undefined || list === null || one.input.id === input.id) continue;
        const others = names.of(theirs);
        if (others?.length === list.length && haveSameValues(safe, variables, theirs, list)) return one.input;
      }
      byLabel.set(input.label, { input, next: seen });
      return null;
    },
  };
}
