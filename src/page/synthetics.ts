/** Writes stacks, scopes and lists of instances: what is drawn like an object, but is none of the heap. */
import { KeyTag, ShapeFlag, Tag } from '../snapshot/format.ts';
import type { Elements } from './elements.ts';
import type { List } from './lists.ts';
import type { Names } from './names.ts';
import type { Properties } from './properties.ts';
import { Slot } from './ranges.ts';
import type { ScopeInput, Synthetic } from './roots.ts';
import type { Work } from './work.ts';

export function createSyntheticWriter(
  work: Work,
  names: Names,
  elements: Elements,
  properties: Properties,
): (synthetic: Synthetic) => void {
  const { look, brands, record, mentions, values, ranges, hidden } = work;
  const { body } = record;

  /** The variables that can be seen: an inner one hides outer ones of its name. */
  function writeVariables(input: ScopeInput): void {
    const seen: Seen = { __proto__: null };
    const holders: List<object> = { __proto__: null };
    const variables: List<string> = { __proto__: null };
    const kinds: List<number> = { __proto__: null };
    let count = 0;
    for (let index = 0; index < input.extraCount; index += 1) {
      const extra = input.extras[index];
      if (extra !== undefined) properties.keep(extra.name, KeyTag.Enumerable, extra.value);
    }
    for (let index = 0; index < input.scopeCount; index += 1) {
      const scope = input.scopes[index];
      if (scope === undefined || work.isProxy(scope.variables)) continue;
      const list = names.of(scope.variables) ?? [];
      for (let at = 0; at < list.length; at += 1) {
        const name = list[at];
        if (typeof name !== 'string' || seen[name] === true) continue;
        seen[name] = true;
        holders[count] = scope.variables;
        variables[count] = name;
        kinds[count] = scope.kind;
        count += 1;
      }
    }
    const hide = (from: number, to: number): void => {
      record.hideProperties(from, to - from);
      const end = from + hidden.open(mentions.current, Slot.Property, from, to - from);
      for (let index = from; index < end; index += 1) {
        const holder = holders[index];
        if (holder !== undefined) hidden.add(look.data(holder, variables[index] ?? ''));
      }
    };
    let position = 0;
    mentions.slot = Slot.Property;
    let shown = ranges.of(input.id, Slot.Property, count, work.isExpanded(input.id));
    for (; shown !== null; shown = shown.next) {
      if (shown.start > position) hide(position, shown.start);
      for (position = shown.start; position < shown.end; position += 1) {
        const holder = holders[position];
        const name = variables[position] ?? '';
        if (holder === undefined) continue;
        mentions.position = position;
        const found = look.at(holder, name);
        if (found === undefined) continue;
        record.keepVariable(name, kinds[position] ?? 0);
        values.writeFound(body, found, 'scope');
      }
    }
    if (position < count) hide(position, count);
  }

  return (synthetic) => {
    switch (synthetic.type) {
      case 'stack':
        for (let index = 0; index < synthetic.count; index += 1) {
          const frame = synthetic.frames[index];
          if (frame === undefined) continue;
          mentions.slot = Slot.Other;
          record.keep(frame.label, KeyTag.Enumerable);
          mentions.referTo(body, frame);
        }
        record.finish(brands.unreadable, 'stack', ShapeFlag.ClassName, 'Call stack');
        return;
      case 'scope':
        writeVariables(synthetic);
        record.finish(brands.unreadable, 'scope', ShapeFlag.ClassName, synthetic.label);
        return;
      case 'instances': {
        const count = look.lengthOf(synthetic.list);
        body.number(count);
        elements.byIndex(synthetic.list, count, false);
        body.digit(Tag.End);
        const flags = ShapeFlag.ClassName + ShapeFlag.Size + ShapeFlag.List;
        record.finish(brands.unreadable, 'array', flags, `Instances of ${synthetic.name}`);
      }
    }
  };
}

interface Seen {
  __proto__: null;
  [name: string]: boolean | null;
}
