/** Writes the record of one object of the heap. */
import { Proof } from '../snapshot/exchange.ts';
import { cutReasons, KeyTag, type Kind, ShapeFlag, Tag } from '../snapshot/format.ts';
import type { CutReason } from '../snapshot/snapshot.ts';
import type { Accessed } from './accessed.ts';
import type { Family } from './brands.ts';
import { countIndices, type Elements, longestListed } from './elements.ts';
import { type DetailItem, kindOfCode } from './exact.ts';
import { failed, isObject } from './look.ts';
import type { Visit } from './mentions.ts';
import type { Names } from './names.ts';
import { primitiveOf, sizeOf, writeAttributes } from './primitives.ts';
import type { Properties } from './properties.ts';
import type { Shape } from './record.ts';
import type { Told } from './told.ts';
import type { Work } from './work.ts';

const documentNode = 9;

export interface ObjectParts {
  readonly names: Names;
  readonly elements: Elements;
  readonly properties: Properties;
  readonly told: Told;
  readonly accessed: Accessed;
}

export interface Objects {
  familyOf(target: object): Family<Shape>;
  /** Whether it is of another origin: a window, or its location. */
  isForeign(target: object): boolean;
  /** Which limit keeps the content of an object from being read. */
  limitOf(visit: Visit): CutReason | null;
  write(visit: Visit): void;
  /** Of an object that there was no time to ask for. */
  writeUntouched(): void;
  /** Of a proxy, which nothing may touch: what the debugger has told of it. */
  writeProxy(visit: Visit): void;
  /** Objects whose content was read, or is going to be. */
  contents: number;
}

export function createObjects(work: Work, { names, elements, properties, told, accessed }: ObjectParts): Objects {
  const { builtins, budget, look, brands, record, texts, values } = work;
  const { body } = record;
  const { getPrototypeOf } = builtins;

  /** Takes no time for an array that can be extended, nor, in V8, for one that Object.freeze made. */
  function isFrozen(target: object): boolean {
    try {
      return builtins.isFrozen?.(target) === true;
    } catch {
      return false;
    }
  }

  function isCrossOrigin(target: object): boolean {
    return builtins.windowGetter !== undefined && look.at(target, 'constructor') === failed;
  }

  function familyOf(target: object): Family<Shape> {
    try {
      return brands.family(getPrototypeOf(target));
    } catch {
      // A proxy that throws, or a revoked one.
      return brands.unreadable;
    }
  }

  function isForeign(target: object): boolean {
    return familyOf(target) === brands.orphans && isCrossOrigin(target);
  }

  function kindOf(target: object, family: Family<Shape>, foreign: boolean): Kind {
    const { exact } = work;
    const code = exact === null ? Proof.Unknown : exact.proofs.of(target);
    const proven = code >= Proof.FirstKind ? kindOfCode(code) : null;
    if (proven !== null) return proven;
    const kind = brands.kindOf(target, family);
    if (foreign && kind !== 'proxy') return look.ask(builtins.windowGetter, target) === undefined ? 'object' : 'window';
    // These are guesses by the prototype chain; who has been told what the object is knows better.
    const guessed = kind === 'promise' || kind === 'generator';
    const refuted = code === Proof.Plain || (code === Proof.NoProxy && exact?.detailsOf(target) === null);
    return guessed && refuted ? (family.plain ? 'object' : 'instance') : kind;
  }

  function classNameOf(target: object, family: Family<Shape>, kind: Kind, foreign: boolean): string | null {
    if (kind === 'proxy') return 'Proxy (revoked)';
    if (kind === 'arguments') return 'Arguments';
    if (kind === 'module') return 'Module';
    if (kind === 'window' && foreign) return 'Window (cross-origin)';
    if (foreign) return look.at(target, 'href') === undefined ? null : 'Location (cross-origin)';
    return family.className;
  }

  function cutOf(visit: Visit, kind: Kind, asked: boolean, foreign: boolean): CutReason | null {
    if (foreign) return 'leaf';
    const { target } = visit;
    if (!asked) {
      if (kind === 'window' || target === builtins.globalObject) return 'leaf';
      if (kind === 'node' && look.ask(builtins.nodeType, target) === documentNode) return 'leaf';
      if (work.view.prototypes && isBuiltinPrototype(target)) return 'leaf';
    }
    if (!hasContent(kind, asked || work.readsFunctions())) return null;
    return limitOf(visit);
  }

  function limitOf(visit: Visit): CutReason | null {
    if (budget.isOver()) return 'time';
    if (work.isExpanded(visit.id) || work.isOpened(visit.id) || work.sought !== null || work.ways !== null) return null;
    if (visit.depth > work.view.depth) return 'depth';
    return objects.contents >= work.view.objects ? 'objects' : null;
  }

  function isBuiltinPrototype(target: object): boolean {
    const { prototypes } = builtins;
    if (target === prototypes.object || target === builtins.arrayPrototype || target === builtins.functionPrototype)
      return true;
    return brands.isPrototype(target);
  }

  /** Writes what is in an object; answers the flags of the list before the properties. */
  function writeContent(target: object, kind: Kind, size: number, whole: boolean, items: DetailItem | null): number {
    let flags = told.writeList(items, whole);
    if (flags !== 0) {
      told.keepInternals(items);
      properties.write(target, kind, whole);
    } else flags = writeOwn(target, kind, size, whole, items);
    writeRest(target, kind, items);
    return flags;
  }

  /** Why what only the debugger knows is missing. */
  function keepRefused(target: object, kind: Kind): void {
    if (work.exact?.isRefused(target) !== true) return;
    const reason = 'not read, because it may hold an error whose description runs the page’s code';
    properties.keepUnreadable(unreadName(target, kind), reason);
  }

  function unreadName(target: object, kind: Kind): string {
    switch (kind) {
      case 'proxy':
        return '[[Target]]';
      case 'promise':
        return '[[PromiseState]]';
      case 'generator':
        return '[[GeneratorState]]';
      case 'weakmap':
      case 'weakset':
        return '[[Entries]]';
      case 'function':
        return '[[FunctionInternals]]';
      default:
        return familyOf(target).likely === 'iterator' ? '[[IteratorKind]]' : '[[PrivateFields]]';
    }
  }

  /** After the own properties. */
  function writeRest(target: object, kind: Kind, items: DetailItem | null): void {
    told.keepPrivates(items);
    if (items === null) keepRefused(target, kind);
    if (!work.view.prototypes) return;
    if (kind === 'class' || (kind === 'function' && look.at(target, 'prototype') !== undefined))
      properties.keep('prototype', KeyTag.NonEnumerable, look.data(target, 'prototype'));
    const prototype = prototypeOf(target);
    if (prototype !== null) keepInternal('[[Prototype]]', prototype);
  }

  function prototypeOf(target: object): object | null {
    try {
      return getPrototypeOf(target);
    } catch (error) {
      // A proxy that throws, or a revoked one.
      properties.keepUnreadable('[[Prototype]]', `reading it threw ${look.describe(error)}`);
      return null;
    }
  }

  function writeOwn(target: object, kind: Kind, size: number, whole: boolean, items: DetailItem | null): number {
    switch (kind) {
      case 'array':
      case 'arguments': {
        const list = elements.ofArray(target, size, whole);
        body.digit(Tag.End);
        properties.writeListed(target, kind, list, list === null ? 0 : countIndices(list, size), whole);
        return list === null && names.failure === '' ? ShapeFlag.List + ShapeFlag.Unlisted : ShapeFlag.List;
      }
      case 'map':
      case 'set':
        elements.ofCollection(target, size, whole, kind === 'map');
        body.digit(Tag.End);
        properties.write(target, kind, whole);
        return kind === 'map' ? ShapeFlag.List + ShapeFlag.Entries : ShapeFlag.List;
      case 'node':
        if (work.view.children) {
          elements.ofNode(target, whole);
          body.digit(Tag.End);
        }
        writeAttributes(work, properties, target);
        properties.write(target, kind, whole);
        return work.view.children ? ShapeFlag.List : 0;
      case 'typedarray': {
        elements.ofTypedArray(target, size, whole);
        body.digit(Tag.End);
        keepInternal('[[ArrayBuffer]]', look.ask(builtins.typedArrayBuffer, target));
        // Listing the keys of 50 million elements takes seconds, then throws.
        const list = isListable(kind, size) ? names.of(target) : null;
        properties.writeListed(target, kind, list, list === null ? 0 : countIndices(list, size), whole);
        return list === null && names.failure === '' ? ShapeFlag.List + ShapeFlag.Unlisted : ShapeFlag.List;
      }
      case 'dataview':
        keepInternal('[[ArrayBuffer]]', look.ask(builtins.viewBuffer, target));
        properties.write(target, kind, whole);
        return 0;
      case 'weakref':
        keepInternal('[[WeakRefTarget]]', look.ask(builtins.deref, target));
        properties.write(target, kind, whole);
        return 0;
      case 'boxed': {
        // The characters of a String are properties too.
        const text = look.ask(builtins.stringValue, target);
        const length = builtins.stringValue === undefined ? look.data(target, 'length') : 0;
        const characters = typeof text === 'string' ? text.length : typeof length === 'number' ? length : 0;
        const list = characters <= longestListed ? names.of(target) : null;
        properties.writeListed(target, kind, list, characters, whole);
        return list === null && names.failure === '' ? ShapeFlag.Unlisted : 0;
      }
      default:
        told.keepInternals(items);
        properties.write(target, kind, whole);
        return 0;
    }
  }

  function keepInternal(name: string, value: unknown): void {
    properties.keep(name, KeyTag.Internal, value);
  }

  /** Whether listing all names takes no time to speak of. */
  function isListable(kind: Kind, size: number): boolean {
    return size <= longestListed && (kind !== 'typedarray' || builtins.typedArrayLength !== undefined);
  }

  /** One level behind a cut. */
  function lookBehind(target: object, kind: Kind, size: number): void {
    if (!work.hidden.canLookBehind()) return;
    elements.lookAt(target, kind, size);
    const isList = kind === 'array' || kind === 'arguments' || kind === 'typedarray';
    const list = isList && !isListable(kind, size) ? null : names.of(target);
    properties.lookAt(target, kind, list, isList && list !== null ? countIndices(list, size) : 0);
  }

  const objects: Objects = {
    contents: 0,
    familyOf,
    isForeign,
    limitOf,

    writeUntouched() {
      record.finish(brands.unreadable, 'object', ShapeFlag.ClassName + flagsOfCut('time'), 'Object');
    },

    writeProxy(visit) {
      const cut = limitOf(visit);
      const items = work.exact?.detailsOf(visit.target) ?? null;
      let className = 'Proxy';
      if (cut === null) {
        objects.contents += 1;
        for (let item = items; item !== null; item = item.next)
          if (item.name === '[[IsRevoked]]') className = item.value === true ? 'Proxy (revoked)' : 'Proxy';
        if (className === 'Proxy') told.keepInternals(items);
        keepRefused(visit.target, 'proxy');
      }
      record.finish(brands.unreadable, 'proxy', ShapeFlag.ClassName + flagsOfCut(cut), className);
    },

    write(visit) {
      const { target } = visit;
      names.failure = '';
      const whole = work.isExpanded(visit.id);
      const asked = visit.depth === 0 || whole || work.isOpened(visit.id);
      const family = familyOf(target);
      const foreign = family === brands.orphans && isCrossOrigin(target);
      const kind = kindOf(target, family, foreign);
      const items = work.exact?.detailsOf(target) ?? null;
      const size = sizeOf(work, target, kind) ?? told.countEntries(kind, items);
      const cut = cutOf(visit, kind, asked, foreign);
      const className = classNameOf(target, family, kind, foreign);

      let flags = flagsOfCut(cut);
      if (kind === 'function' || kind === 'class') {
        const name = look.data(target, 'name');
        flags += ShapeFlag.OwnName;
        texts.excerpt(body, typeof name === 'string' ? name : '');
      } else if (className !== null) {
        flags += ShapeFlag.ClassName;
      }
      if (size !== null) {
        flags += ShapeFlag.Size;
        body.number(size);
      }
      const primitive = foreign ? null : primitiveOf(work, target, kind);
      if (primitive !== null && !isObject(primitive)) {
        flags += ShapeFlag.Primitive;
        values.write(body, primitive);
      }
      if (kind === 'array' && isFrozen(target)) flags += ShapeFlag.Frozen;
      if (cut === null && hasContent(kind, asked || work.readsFunctions())) {
        objects.contents += 1;
        const given = accessed.write(target, className, whole);
        flags += given ?? writeContent(target, kind, size ?? 0, whole, items);
      }
      if (cut === 'depth' || cut === 'objects') lookBehind(target, kind, size ?? 0);
      record.finish(family, kind, flags, className ?? '');
    },
  };
  return objects;
}

/** Functions that nobody wants to look into are no content; a revoked proxy has none. */
function hasContent(kind: Kind, reads: boolean): boolean {
  return kind === 'function' ? reads : kind !== 'proxy';
}

function flagsOfCut(cut: CutReason | null): number {
  if (cut === null) return 0;
  let code = 0;
  while (cutReasons[code] !== cut) code += 1;
  return ShapeFlag.CutFactor * (1 + code);
}
