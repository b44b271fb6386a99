/**
 * Decides which objects are written as one line of text: small ones to which nothing else refers, and leaves. An object to which two
 * others refer is never written, because a text shows no sharing. Pure.
 */
import type { Choices } from '../diagram/choices.ts';
import { valuesIn } from '../diagram/choices.ts';
import { swatchIn } from '../diagram/values/colors.ts';
import { figureOf } from '../diagram/values/figures.ts';
import type { HeapObject, Value } from '../snapshot/snapshot.ts';
import type { Node } from './graph.ts';

/** The maximum number of values in a written object, and of elements in a list. */
const mostValues = 4;
const mostElements = 8;

export function isWritten({ object, parts, leaf }: Node, choices: Choices): boolean {
  // A text shows neither figures nor colors.
  const figure = figureOf(object, choices.snapshot, choices.settings);
  if (figure && (figure.type !== 'image' || figure.picture)) return false;
  if (choices.settings.values.colors && object.parts.some((part) => swatchIn(part) !== null)) return false;
  if (choices.incoming(object.id) > 1) return false;
  if (choices.overrideOf(object).display !== undefined || choices.settings.opened?.has(object.id)) return false;
  if (leaf) return true;
  if (!isPlain(object) || parts.length > (object.kind === 'array' ? mostElements : mostValues)) return false;
  return parts.every(({ part }) => part.type !== 'hidden' && valuesIn(part).every((value) => isShort(value, choices)));
}

function isPlain({ kind, parts }: HeapObject): boolean {
  switch (kind) {
    case 'object':
    case 'instance':
    case 'array':
    case 'arguments':
    case 'map':
    case 'set':
    case 'date':
    case 'regexp':
    case 'boxed':
      return true;
    case 'scope':
      return parts.length === 0;
    default:
      return false;
  }
}

function isShort(value: Value, { snapshot, displayOf }: Choices): boolean {
  if (value.type !== 'reference') return true;
  const target = snapshot.objects.get(value.id);
  return target !== undefined && target.kind === 'function' && displayOf(target) === 'inline';
}
