/** Writes stacks, scopes and lists of instances, which are drawn like objects but are not in the heap. */
import { Extra } from '../../wire/debugger-exchange.ts';
import { KeyTag, ShapeFlag, Slot, sameScope, Tag } from '../../wire/format.ts';
import type { ReasonCode } from '../../wire/reasons.ts';
import { wasmValue } from '../encode/wasm-text.ts';
import { isObject } from '../realm/safe-read.ts';
import type { ScopeInput, Synthetic } from '../visit/roots.ts';
import type { WalkContext } from '../visit/walk-context.ts';
import type { Elements } from './elements.ts';
import { createFrameVariables, type FrameVariables } from './frame-variables.ts';
import type { Names } from './own-names.ts';
import type { Properties } from './properties.ts';

/** The index in `scopeKinds`. */
const withScope = 4;
const untoldReason: ReasonCode = 'untold';

export function createSyntheticWriter(
  context: WalkContext,
  names: Names,
  elements: Elements,
  properties: Properties,
): (synthetic: Synthetic) => void {
  const { safe, families, record, queue, values, ranges, hidden } = context;
  const { body } = record;
  const variablesOf = createFrameVariables(context, names);
  const namesOf: Names['of'] = (target) => names.of(target);

  function writeExtras({ extras, extraCount }: ScopeInput): void {
    for (let index = 0; index < extraCount; index += 1) {
      const extra = extras[index];
      if (extra === undefined) continue;
      const { name, form, value } = extra;
      if (form === Extra.Value || form === Extra.Boxed) properties.keep(name, KeyTag.Enumerable, value);
      else {
        record.keep(name, KeyTag.Enumerable);
        if (form === Extra.Unread) values.writeUnreadable(body, `${value}`);
        else body.digit(Tag.Uninitialised);
      }
    }
  }

  /** Counts what is left out from a position on, and searches it for references to objects that are read. */
  function hide(found: FrameVariables, from: number, to: number): void {
    for (let start = from; start < to; ) {
      const end = endOfGap(found, start, to);
      if (start < found.shown) record.hideProperties(start, end - start);
      else record.hideUnused(found.kinds[start] ?? 0, start, end - start);
      const searched = start + hidden.open(queue.current, Slot.Property, start, end - start);
      for (let index = start; index < searched; index += 1) {
        const holder = found.holders[index];
        if (holder !== undefined) hidden.add(safe.data(holder, found.names[index] ?? ''));
      }
      start = end;
    }
  }

  function writeVariables(input: ScopeInput): void {
    writeExtras(input);
    const found = variablesOf(input);
    const { holders, names, kinds, levels, count, shown: used } = found;
    const isFrame = input.frames !== null;
    const whole = context.isExpanded(input.id);
    let position = 0;
    queue.slot = Slot.Property;
    let shown = isFrame
      ? ranges.ofVariables(input.id, used, count, whole)
      : ranges.of(input.id, Slot.Property, count, whole);
    for (; shown !== null; shown = shown.next) {
      if (shown.start > position) hide(found, position, shown.start);
      for (position = shown.start; position < shown.end; position += 1) {
        const holder = holders[position];
        const name = names[position] ?? '';
        if (holder === undefined) continue;
        queue.position = position;
        const value = safe.at(holder, name);
        if (value === undefined) continue;
        record.keepVariable(name, kinds[position] ?? 0, isFrame ? (levels[position] ?? 0) : -1);
        const wrapper = found.wrapped[position] === true ? safe.data(holder, name) : undefined;
        if (isObject(wrapper)) values.write(body, wasmValue(safe, namesOf, wrapper));
        else values.writeFound(body, value, 'scope');
      }
    }
    if (position < count) hide(found, position, count);
    keepUntold(input);
    if (input.twin === undefined) return;
    queue.slot = Slot.Other;
    record.keep(sameScope, KeyTag.Internal);
    queue.referTo(body, input.twin);
  }

  /** For `with` around a proxy, V8 gives an empty object in its place. */
  function keepUntold({ scopes, scopeCount }: ScopeInput): void {
    for (let index = 0; index < scopeCount; index += 1) {
      const scope = scopes[index];
      if (scope === undefined || scope.kind !== withScope || context.isProxy(scope.variables)) continue;
      if (context.builtins.getPrototypeOf(scope.variables) !== null) continue;
      if (names.of(scope.variables)?.length === 0) properties.keepUnreadable('with (…)', untoldReason);
    }
  }

  return (synthetic) => {
    switch (synthetic.type) {
      case 'stack':
        for (let index = 0; index < synthetic.count; index += 1) {
          const frame = synthetic.frames[index];
          if (frame === undefined) continue;
          queue.slot = Slot.Other;
          record.keep(frame.label, KeyTag.Enumerable);
          queue.referTo(body, frame);
        }
        record.finish(families.unreadable, 'stack', ShapeFlag.ClassName, 'Call stack');
        return;
      case 'scope':
        writeVariables(synthetic);
        record.finish(families.unreadable, 'scope', ShapeFlag.ClassName, synthetic.label);
        return;
      case 'instances': {
        const count = safe.lengthOf(synthetic.list);
        body.number(count);
        elements.byIndex(synthetic.list, count, false);
        body.digit(Tag.End);
        const flags = ShapeFlag.ClassName + ShapeFlag.Size + ShapeFlag.List;
        record.finish(families.unreadable, 'array', flags, synthetic.name);
      }
    }
  };
}

/** The end of the gap that starts at `start`. Variables that a frame does not use are counted scope by scope. */
function endOfGap({ shown, levels }: FrameVariables, start: number, to: number): number {
  if (start < shown) return to < shown ? to : shown;
  let end = start + 1;
  while (end < to && levels[end] === levels[start]) end += 1;
  return end;
}
