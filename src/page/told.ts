/** Writes what only the debugger sees of an object, and has told (exact.ts). */
import { Detail } from '../snapshot/exchange.ts';
import { KeyTag, type Kind, ShapeFlag, Tag } from '../snapshot/format.ts';
import type { Elements } from './elements.ts';
import type { DetailItem } from './exact.ts';
import { isObject } from './look.ts';
import { instancesIndex as mostScopes, ownedId } from './mentions.ts';
import type { Properties } from './properties.ts';
import { Slot } from './ranges.ts';
import type { ScopeInput } from './roots.ts';
import { substring } from './texts.ts';
import type { Work } from './work.ts';

/** `local`, as `scopeKinds` counts. */
const localScope = '0';

export interface Told {
  keepInternals(items: DetailItem | null): void;
  keepPrivates(items: DetailItem | null): void;
  /** How many entries a weak collection has; nobody but the debugger knows. */
  countEntries(kind: Kind, items: DetailItem | null): number | null;
  /** Writes entries or elements; answers the flags of a list, 0 where there are none. */
  writeList(items: DetailItem | null, whole: boolean): number;
}

export function createTold(work: Work, elements: Elements, properties: Properties): Told {
  const { builtins, look, record, mentions, values, ranges, hidden } = work;
  const { body } = record;

  /**
   * The number of the innermost scope. What a generator closes over stays, and its blocks come and go as it runs: so its own
   * variables are the first, and its blocks the last, the outermost of them at the end.
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
    if (!isObject(item.value) || mentions.current === null) return;
    const label = substring(builtins, item.name, 1, item.name.length);
    // V8 hands out its description beside it.
    const variables = look.data(item.value, 'object');
    if (!isObject(variables)) return;
    const scopes: ScopeInput['scopes'] = { __proto__: null };
    scopes[0] = { kind: +(item.name[0] ?? 0), variables };
    const extras: ScopeInput['extras'] = { __proto__: null };
    const id = ownedId(mentions.current.id, index);
    const input: ScopeInput = { type: 'scope', id, label, scopes, scopeCount: 1, extras, extraCount: 0 };
    if (work.ways !== null && !work.ways.has(variables)) return;
    mentions.slot = Slot.Other;
    record.keep(`[[${label}]]`, KeyTag.Internal);
    mentions.referTo(body, input);
  }

  function keepMethods(list: object): void {
    const count = look.lengthOf(list);
    for (let index = 0; index < count; index += 1) {
      const method = look.data(list, index);
      const name = isObject(method) ? look.data(method, 'name') : undefined;
      if (typeof name !== 'string' || !isObject(method)) continue;
      const bare = substring(builtins, name, 1, name.length);
      properties.keep(bare, KeyTag.PrivateNonEnumerable, look.data(method, 'value'));
    }
  }

  function writeEntries(list: object, whole: boolean): number {
    const count = look.lengthOf(list);
    const firstEntry = look.data(list, 0);
    const keyed = isObject(firstEntry) && builtins.has(firstEntry, 'key');
    const partOf = (index: number, name: string): unknown => {
      const entry = look.data(list, index);
      return isObject(entry) ? look.data(entry, name) : undefined;
    };
    const hide = (from: number, to: number): void => {
      record.hide(to - from);
      const end = from + hidden.open(mentions.current, mentions.slot, from, to - from);
      for (let index = from; index < end; index += 1) {
        if (keyed) hidden.add(partOf(index, 'key'));
        hidden.add(partOf(index, 'value'));
      }
    };
    let position = 0;
    mentions.slot = keyed ? Slot.Entry : Slot.Element;
    let shown = ranges.of(mentions.current?.id ?? 0, mentions.slot, count, whole);
    for (; shown !== null; shown = shown.next) {
      if (shown.start > position) hide(position, shown.start);
      for (position = shown.start; position < shown.end; position += 1) {
        mentions.position = position;
        if (keyed) values.write(body, partOf(position, 'key'));
        values.write(body, partOf(position, 'value'));
      }
    }
    if (position < count) hide(position, count);
    return keyed ? ShapeFlag.List + ShapeFlag.Entries : ShapeFlag.List;
  }

  return {
    keepInternals(items) {
      let scope = firstScope(items);
      for (let item = items; item !== null; item = item.next) {
        const isGlobal = item.name === '[[GeneratorReceiver]]' && item.value === builtins.globalObject;
        if (item.what === Detail.Internal && !isGlobal) properties.keep(item.name, KeyTag.Internal, item.value);
        if (item.what !== Detail.Scope) continue;
        keepScope(scope, item);
        scope = scope + 1 === mostScopes ? 0 : scope + 1;
      }
    },

    keepPrivates(items) {
      for (let item = items; item !== null; item = item.next) {
        if (item.what === Detail.Field) properties.keep(item.name, KeyTag.Private, item.value);
        else if (item.what === Detail.Accessor) {
          record.keep(item.name, KeyTag.PrivateNonEnumerable);
          body.digit(item.value === 3 ? Tag.GetterAndSetter : item.value === 2 ? Tag.Setter : Tag.Getter);
        } else if (item.what === Detail.Methods && isObject(item.value)) keepMethods(item.value);
      }
    },

    countEntries(kind, items) {
      if (kind !== 'weakmap' && kind !== 'weakset') return null;
      for (let item = items; item !== null; item = item.next)
        if (item.what === Detail.Entries && isObject(item.value)) return look.lengthOf(item.value);
      return null;
    },

    writeList(items, whole) {
      for (let item = items; item !== null; item = item.next) {
        if (!isObject(item.value)) continue;
        let flags = 0;
        if (item.what === Detail.Elements) {
          elements.byIndex(item.value, look.lengthOf(item.value), whole);
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
