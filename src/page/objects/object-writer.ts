/** Writes the record of one object of the heap. */
import type { CutReason } from '../../snapshot/snapshot.ts';
import { cutReasons, type Kind, ShapeFlag } from '../../wire/format.ts';
import { isObject } from '../realm/safe-read.ts';
import type { Visit } from '../visit/visit-queue.ts';
import type { WalkContext } from '../visit/walk-context.ts';
import { countIndices } from './array-elements.ts';
import { createGlimpses } from './glimpses/glimpses.ts';
import { createObjectContent, isListable, type ObjectParts } from './object-content.ts';
import { hasContent } from './object-facts.ts';
import { primitiveOf, sizeOf } from './primitives.ts';

export interface Objects {
  /** Starts a capture. */
  begin(): void;
  write(visit: Visit): void;
  /** Writes the record of an object that there was no time to ask about. */
  writeUntouched(): void;
  /** Writes the record of a proxy, which must not be touched, from the debugger's answer. */
  writeProxy(visit: Visit): void;
}

export function createObjects(context: WalkContext, parts: ObjectParts): Objects {
  const { facts, names, elements, properties, detailWriter, accessorWriter, browserObjects } = parts;
  const { builtins, safe, families, record, texts, values } = context;
  const { body } = record;
  const content = createObjectContent(context, parts);
  const glimpses = createGlimpses(context);

  /** Fast for an array that can be extended, and in V8 also for one that Object.freeze froze. */
  function isFrozen(target: object): boolean {
    try {
      return builtins.properties.isFrozen(target);
    } catch {
      return false;
    }
  }

  /** Searches one level behind a cut. */
  function searchBehind(target: object, kind: Kind, size: number): void {
    if (!context.hidden.canSearchBehind()) return;
    elements.search(target, kind, size);
    browserObjects.search(target);
    const isList = kind === 'array' || kind === 'arguments' || kind === 'typedarray';
    const list = isList && !isListable(context, kind, size) ? null : names.of(target);
    properties.search(target, kind, list, isList && list !== null ? countIndices(list, size) : 0);
  }

  return {
    begin: glimpses.begin,

    writeUntouched() {
      record.finish(families.unreadable, 'object', ShapeFlag.ClassName + flagsOfCut('time'), 'Object');
    },

    writeProxy(visit) {
      const cut = facts.limitOf(visit);
      const items = context.exact?.detailsOf(visit.target) ?? null;
      let className = 'Proxy';
      if (cut === null) {
        facts.contents += 1;
        for (let item = items; item !== null; item = item.next)
          if (item.name === '[[IsRevoked]]') className = item.value === true ? 'Proxy (revoked)' : 'Proxy';
        if (className === 'Proxy') detailWriter.keepInternals(items);
        detailWriter.keepPrivates(items);
        content.keepRefused(visit.target, 'proxy');
      }
      record.finish(families.unreadable, 'proxy', ShapeFlag.ClassName + flagsOfCut(cut), className);
    },

    write(visit) {
      const { target } = visit;
      names.failure = '';
      const whole = context.isExpanded(visit.id);
      const asked = visit.depth === 0 || whole || context.isOpened(visit.id);
      const family = facts.familyOf(target);
      if (facts.isDeferred(target, family)) {
        content.keepDeferred();
        record.finish(family, 'module', ShapeFlag.ClassName, 'Module');
        return;
      }
      const foreign = facts.isForeign(target, family);
      const kind = facts.kindOf(target, family, foreign);
      const items = context.exact?.detailsOf(target) ?? null;
      const size = sizeOf(context, target, kind) ?? detailWriter.countEntries(kind, items);
      const cut = facts.cutOf(visit, kind, asked, foreign);
      const className = facts.classNameOf(target, family, kind, foreign);

      let flags = flagsOfCut(cut);
      if (kind === 'function' || kind === 'class') {
        const name = safe.data(target, 'name');
        flags += ShapeFlag.OwnName;
        texts.excerpt(body, typeof name === 'string' ? name : '');
      } else if (className !== null) {
        flags += ShapeFlag.ClassName;
        if (className === family.className && context.namesakes.of(family, context.exact) !== null)
          flags += ShapeFlag.Namesake;
      }
      if (size !== null) {
        flags += ShapeFlag.Size;
        body.number(size);
      }
      const primitive = foreign ? null : primitiveOf(context, target, kind);
      if (primitive !== null && !isObject(primitive)) {
        flags += ShapeFlag.Primitive;
        values.write(body, primitive);
      }
      if (kind === 'array' && isFrozen(target)) flags += ShapeFlag.Frozen;
      if (cut === null && hasContent(kind, asked || context.readsFunctions())) {
        facts.contents += 1;
        const given = accessorWriter.write(target, className, whole);
        flags += given ?? content.write(target, kind, size ?? 0, whole, items);
        if (!foreign) flags += glimpses.write(visit, kind, className, size ?? 0);
      }
      if (cut === 'depth' || cut === 'objects') searchBehind(target, kind, size ?? 0);
      record.finish(family, kind, flags, className ?? '');
    },
  };
}

function flagsOfCut(cut: CutReason | null): number {
  if (cut === null) return 0;
  let code = 0;
  while (cutReasons[code] !== cut) code += 1;
  return ShapeFlag.CutFactor * (1 + code);
}
