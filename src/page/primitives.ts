/** What an object holds beside its properties that is no object: its single value, its size, a DOM node's attributes. */
import { KeyTag, type Kind } from '../snapshot/format.ts';
import { isObject } from './look.ts';
import type { Properties } from './properties.ts';
import { largestWhole, longestReason } from './values.ts';
import type { Work } from './work.ts';

/** Number of milliseconds, source and flags, message, … : what HeapObject.primitive says; an object for none. */
export function primitiveOf({ builtins, look }: Work, target: object, kind: Kind): unknown {
  switch (kind) {
    case 'date':
      return look.ask(builtins.getTime, target);
    case 'regexp':
      return regexpText();
    case 'boxed': {
      let value = look.ask(builtins.numberValue, target);
      if (value === undefined) value = look.ask(builtins.stringValue, target);
      if (value === undefined) value = look.ask(builtins.booleanValue, target);
      if (value === undefined) value = look.ask(builtins.symbolValue, target);
      if (value === undefined) value = look.ask(builtins.bigintValue, target);
      return value;
    }
    case 'error': {
      let message = look.data(target, 'message');
      if (typeof message !== 'string') message = look.ask(builtins.exceptionMessage, target);
      return typeof message === 'string' ? message : none;
    }
    case 'node':
      return nodeText();
    default:
      return none;
  }

  function regexpText(): string {
    const source = look.ask(builtins.regexpSource, target);
    let text = `/${typeof source === 'string' ? source : ''}/`;
    if (look.ask(builtins.hasIndices, target) === true) text += 'd';
    if (look.ask(builtins.global, target) === true) text += 'g';
    if (look.ask(builtins.ignoreCase, target) === true) text += 'i';
    if (look.ask(builtins.multiline, target) === true) text += 'm';
    if (look.ask(builtins.dotAll, target) === true) text += 's';
    if (look.ask(builtins.unicode, target) === true) text += 'u';
    if (look.ask(builtins.unicodeSets, target) === true) text += 'v';
    if (look.ask(builtins.sticky, target) === true) text += 'y';
    return text;
  }

  /** As a selector: `div#id.class`. */
  function nodeText(): string {
    const localName = look.ask(builtins.localName, target);
    if (typeof localName !== 'string') {
      const nodeName = look.ask(builtins.nodeName, target);
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
    if (builtins.getAttribute === undefined) return '';
    const value = builtins.apply(builtins.getAttribute, target, [name]);
    return typeof value === 'string' ? value : '';
  }
}

/** What `primitiveOf` answers where there is none. */
const none = {};

/** Elements, entries or bytes, where the kind has some. */
export function sizeOf({ builtins, look }: Work, target: object, kind: Kind): number | null {
  let size: unknown = null;
  switch (kind) {
    case 'array':
    case 'arguments':
      size = look.data(target, 'length');
      break;
    case 'map':
      size = look.ask(builtins.mapSize, target);
      break;
    case 'set':
      size = look.ask(builtins.setSize, target);
      break;
    case 'typedarray':
      size = look.ask(builtins.typedArrayLength, target);
      break;
    case 'dataview':
      size = look.ask(builtins.viewByteLength, target);
      break;
    case 'arraybuffer':
      size = look.ask(builtins.byteLength, target) ?? look.ask(builtins.sharedByteLength, target);
      break;
  }
  return typeof size === 'number' && size >= 0 && size <= largestWhole && size % 1 === 0 ? size : null;
}

/** What an element's attributes say but `id` and `class`, which `primitiveOf` says; the data of a text or comment. */
export function writeAttributes({ builtins, look }: Work, properties: Properties, target: object): void {
  const data = look.ask(builtins.nodeValue, target);
  if (typeof data === 'string') properties.keep('[[Data]]', KeyTag.Internal, data);
  const list = look.ask(builtins.attributeNames, target);
  if (!isObject(list) || builtins.getAttribute === undefined) return;
  const count = look.lengthOf(list);
  for (let index = 0; index < count && index < longestReason; index += 1) {
    const name = look.data(list, index);
    if (typeof name !== 'string' || name === 'id' || name === 'class') continue;
    properties.keep(`@${name}`, KeyTag.Internal, builtins.apply(builtins.getAttribute, target, [name]));
  }
}
