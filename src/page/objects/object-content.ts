/** Writes the content of an object: its list, its properties, and what only the debugger sees of it. */
import { KeyTag, type Kind, ShapeFlag, Tag } from '../../wire/format.ts';
import type { ReasonCode } from '../../wire/reasons.ts';
import type { DetailItem } from '../visit/handed.ts';
import type { WalkContext } from '../visit/walk-context.ts';
import { countIndices, longestListed } from './array-elements.ts';
import type { BrowserObjects } from './browser/browser-objects.ts';
import type { AccessorWriter } from './custom-accessors.ts';
import type { DetailWriter } from './debugger-details.ts';
import type { Elements } from './elements.ts';
import type { ObjectFacts } from './object-facts.ts';
import type { Names } from './own-names.ts';
import { writeAttributes } from './primitives.ts';
import type { Properties } from './properties.ts';

export interface ObjectParts {
  readonly facts: ObjectFacts;
  readonly names: Names;
  readonly elements: Elements;
  readonly properties: Properties;
  readonly detailWriter: DetailWriter;
  readonly accessorWriter: AccessorWriter;
  readonly browserObjects: BrowserObjects;
}

export interface ObjectContent {
  /** Writes the debugger's answers `items`, and answers the flags of the list before the properties. */
  write(target: object, kind: Kind, size: number, whole: boolean, items: DetailItem | null): number;
  /** Writes why what only the debugger knows is missing. */
  keepRefused(target: object, kind: Kind): void;
  /** Writes why the exports of a module are missing that reading would evaluate. */
  keepDeferred(): void;
}

/** A clause. */
const deferredReason: ReasonCode = 'deferred';

export function createObjectContent(
  context: WalkContext,
  { facts, names, elements, properties, detailWriter, browserObjects }: ObjectParts,
): ObjectContent {
  const { builtins, safe, record } = context;
  const { body } = record;
  const { getPrototypeOf } = builtins;

  /** Writes the content of an object, and answers the flags of the list before the properties. */
  function writeContent(target: object, kind: Kind, size: number, whole: boolean, items: DetailItem | null): number {
    let flags = detailWriter.writeList(items, whole);
    if (flags !== 0) {
      detailWriter.keepInternals(items);
      if (kind === 'instance') browserObjects.writeFields(target);
      properties.write(target, kind, whole);
    } else flags = writeOwn(target, kind, size, whole, items);
    writeRest(target, kind, items);
    return flags;
  }

  /** Why what only the debugger knows is missing. */
  function keepRefused(target: object, kind: Kind): void {
    const reason = context.exact?.refusalOf(target);
    if (reason !== undefined)
      properties.keepUnreadable(unreadName(target, kind), reason, context.exact?.isUnasked(target));
  }

  function unreadName(target: object, kind: Kind): string {
    switch (kind) {
      case 'proxy':
        return '[[Target]]';
      case 'promise':
        return '[[PromiseResult]]';
      case 'generator':
        return '[[GeneratorState]]';
      case 'weakmap':
      case 'weakset':
        return '[[Entries]]';
      case 'function':
        return '[[FunctionInternals]]';
      default:
        return facts.familyOf(target).likely === 'iterator' ? '[[IteratorKind]]' : '[[PrivateFields]]';
    }
  }

  /** Writes what follows the own properties. */
  function writeRest(target: object, kind: Kind, items: DetailItem | null): void {
    detailWriter.keepPrivates(items);
    keepRefused(target, kind);
    if (!context.view.prototypes) return;
    if (kind === 'class' || (kind === 'function' && safe.at(target, 'prototype') !== undefined))
      properties.keep('prototype', KeyTag.NonEnumerable, safe.data(target, 'prototype'));
    const prototype = prototypeOf(target);
    if (prototype !== null) keepInternal('[[Prototype]]', prototype);
  }

  function prototypeOf(target: object): object | null {
    try {
      return getPrototypeOf(target);
    } catch (error) {
      // It is a proxy that throws, or a revoked one.
      properties.keepUnreadable('[[Prototype]]', `readingThrew\n${safe.describe(error)}`);
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
        if (context.view.children) {
          elements.ofNode(target, whole);
          body.digit(Tag.End);
        }
        writeAttributes(context, properties, target);
        browserObjects.writeFormState(target);
        properties.write(target, kind, whole);
        return context.view.children ? ShapeFlag.List : 0;
      case 'typedarray': {
        elements.ofTypedArray(target, size, whole);
        body.digit(Tag.End);
        keepInternal('[[ArrayBuffer]]', safe.ask(builtins.binaries.typedArrayBuffer, target));
        // Listing the keys of 50 million elements takes seconds and then throws.
        const list = isListable(context, kind, size) ? names.of(target) : null;
        properties.writeListed(target, kind, list, list === null ? 0 : countIndices(list, size), whole);
        return list === null && names.failure === '' ? ShapeFlag.List + ShapeFlag.Unlisted : ShapeFlag.List;
      }
      case 'dataview':
        keepInternal('[[ArrayBuffer]]', safe.ask(builtins.binaries.viewBuffer, target));
        properties.write(target, kind, whole);
        return 0;
      case 'weakref':
        keepInternal('[[WeakRefTarget]]', safe.ask(builtins.collections.deref, target));
        properties.write(target, kind, whole);
        return 0;
      case 'boxed': {
        // The characters of a String are also properties.
        const text = safe.ask(builtins.values.stringValue, target);
        const length = builtins.values.knowsStrings ? 0 : safe.data(target, 'length');
        const characters = typeof text === 'string' ? text.length : typeof length === 'number' ? length : 0;
        const list = characters <= longestListed ? names.of(target) : null;
        properties.writeListed(target, kind, list, characters, whole);
        return list === null && names.failure === '' ? ShapeFlag.Unlisted : 0;
      }
      case 'object':
      case 'instance':
      case 'error': {
        const flags = browserObjects.writeList(target, whole);
        detailWriter.keepInternals(items);
        browserObjects.writeFields(target);
        properties.write(target, kind, whole);
        return flags;
      }
      default:
        detailWriter.keepInternals(items);
        properties.write(target, kind, whole);
        return 0;
    }
  }

  function keepInternal(name: string, value: unknown): void {
    properties.keep(name, KeyTag.Internal, value);
  }

  function keepDeferred(): void {
    properties.keepUnreadable('[[Exports]]', deferredReason);
  }

  return { write: writeContent, keepRefused, keepDeferred };
}

/** Whether listing all names is fast. */
export function isListable({ builtins }: WalkContext, kind: Kind, size: number): boolean {
  return size <= longestListed && (kind !== 'typedarray' || builtins.binaries.measuresTypedArrays);
}
