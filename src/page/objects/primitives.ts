/** Reads an object's single value, its size, and a DOM node's attributes. */
import { KeyTag, type Kind } from '../../wire/format.ts';
import { isObject } from '../realm/safe-read.ts';
import { largestWhole, longestReason } from '../visit/values.ts';
import type { WalkContext } from '../visit/walk-context.ts';
import type { Properties } from './properties.ts';

/** `HeapObject.primitive`: milliseconds, source and flags, a message, …; an object when there is none. */
export function primitiveOf({ builtins, safe }: WalkContext, target: object, kind: Kind): unknown {
  switch (kind) {
    case 'date':
      return safe.ask(builtins.values.getTime, target);
    case 'regexp':
      return regexpText();
    case 'boxed': {
      let value = safe.ask(builtins.values.numberValue, target);
      if (value === undefined) value = safe.ask(builtins.values.stringValue, target);
      if (value === undefined) value = safe.ask(builtins.values.booleanValue, target);
      if (value === undefined) value = safe.ask(builtins.values.symbolValue, target);
      if (value === undefined) value = safe.ask(builtins.values.bigintValue, target);
      return value;
    }
    case 'error': {
      let message = safe.data(target, 'message');
      if (typeof message !== 'string') message = safe.ask(builtins.browser.exceptionMessage, target);
      return typeof message === 'string' ? message : none;
    }
    case 'node':
      return nodeText();
    default:
      return none;
  }

  function regexpText(): string {
    const source = safe.ask(builtins.values.regexpSource, target);
    let text = `/${typeof source === 'string' ? source : ''}/`;
    if (safe.ask(builtins.values.hasIndices, target) === true) text += 'd';
    if (safe.ask(builtins.values.global, target) === true) text += 'g';
    if (safe.ask(builtins.values.ignoreCase, target) === true) text += 'i';
    if (safe.ask(builtins.values.multiline, target) === true) text += 'm';
    if (safe.ask(builtins.values.dotAll, target) === true) text += 's';
    if (safe.ask(builtins.values.unicode, target) === true) text += 'u';
    if (safe.ask(builtins.values.unicodeSets, target) === true) text += 'v';
    if (safe.ask(builtins.values.sticky, target) === true) text += 'y';
    return text;
  }

  /** An element as a selector: `div#id.class`. */
  function nodeText(): string {
    const localName = safe.ask(builtins.browser.localName, target);
    if (typeof localName !== 'string') {
      const nodeName = safe.ask(builtins.browser.nodeName, target);
      return typeof nodeName === 'string' ? nodeName : '';
    }
    const id = attribute('id');
    const classes = attribute('class');
    let text = id === '' ? localName : `${localName}#${id}`;
    let between = true;
    for (let index = 0; index < classes.length && index < longestReason; index += 1) {
      const unit = classes[index] ?? '';
      if (unit === ' ' || unit === '\t' || unit === '\n' || unit === '\f' || unit === '\r') between = true;
      else {
        text += between ? `.${unit}` : unit;
        between = false;
      }
    }
    return text;
  }

  function attribute(name: string): string {
    const value = builtins.apply(builtins.browser.getAttribute, target, [name]);
    return typeof value === 'string' ? value : '';
  }
}

/** The answer of `primitiveOf` when there is none. */
const none = {};

/** The number of elements, entries or bytes, for kinds that have them. */
export function sizeOf({ builtins, safe }: WalkContext, target: object, kind: Kind): number | null {
  let size: unknown = null;
  switch (kind) {
    case 'array':
    case 'arguments':
      size = safe.data(target, 'length');
      break;
    case 'map':
      size = safe.ask(builtins.collections.mapSize, target);
      break;
    case 'set':
      size = safe.ask(builtins.collections.setSize, target);
      break;
    case 'typedarray':
      size = safe.ask(builtins.binaries.typedArrayLength, target);
      break;
    case 'dataview':
      size = safe.ask(builtins.binaries.viewByteLength, target);
      break;
    case 'arraybuffer':
      size = safe.ask(builtins.binaries.byteLength, target) ?? safe.ask(builtins.binaries.sharedByteLength, target);
      break;
  }
  return typeof size === 'number' && size >= 0 && size <= largestWhole && size % 1 === 0 ? size : null;
}

/** An element's attributes except `id` and `class`, which `primitiveOf` answers; the data of a text or comment. */
export function writeAttributes({ builtins, safe }: WalkContext, properties: Properties, target: object): void {
  const data = safe.ask(builtins.browser.nodeValue, target);
  if (typeof data === 'string') properties.keep('[[Data]]', KeyTag.Internal, data);
  const list = safe.ask(builtins.browser.attributeNames, target);
  if (!isObject(list)) return;
  const count = safe.lengthOf(list);
  for (let index = 0; index < count && index < longestReason; index += 1) {
    const name = safe.data(list, index);
    if (typeof name !== 'string' || name === 'id' || name === 'class') continue;
    properties.keep(`@${name}`, KeyTag.Internal, builtins.apply(builtins.browser.getAttribute, target, [name]));
  }
}
