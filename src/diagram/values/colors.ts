/** Finds the color that a text names, in any form of CSS. Pure: no style of a document is asked. */
import 'culori/css';
import { formatHex, parse } from 'culori/fn';
import type { Excerpt, Part, PropertyKey, Value } from '../../snapshot/snapshot.ts';
import type { Swatch } from '../diagram.ts';

/** Longer texts are no colors. */
const longest = 64;
const unmistakable =
  /^(?:#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})|(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([^()]*\))$/;
/** `gold` is a color only where a name says so: `borderColor`, `--bg-color`, `fill`. */
const namesColor = /colou?r|(?:^|[a-z_-])(?:fill|stroke|tint|background|foreground|bg|fg)$/i;

/** @param name What the value is called, such as `backgroundColor`; null when it has no name. */
export function swatchOf(text: string, name: string | null): Swatch | null {
  if (text.length > longest) return null;
  const written = text.trim().toLowerCase();
  const isNamed = name !== null && namesColor.test(name) && /^[a-z]+$/.test(written);
  if (!isNamed && !unmistakable.test(written)) return null;
  const color = parse(written);
  return color ? { fill: formatHex(color), opacity: color.alpha ?? 1 } : null;
}

/** The color that the value of a part names. */
export function swatchIn(part: Part): Swatch | null {
  if (part.type !== 'property' && part.type !== 'entry' && part.type !== 'element') return null;
  if (part.value.type !== 'string') return null;
  const text = wholeOf(part.value.text);
  return text === null ? null : swatchOf(text, part.type === 'element' ? null : nameOf(part.key));
}

function nameOf(key: PropertyKey | Value): string | null {
  switch (key.type) {
    case 'name':
    case 'private':
      return wholeOf(key.name);
    case 'internal':
      return key.name;
    case 'string':
      return wholeOf(key.text);
    default:
      return null;
  }
}

/** The text, if all of it was read. */
export const wholeOf = ({ head, tail, length }: Excerpt): string | null =>
  head.length + tail.length === length ? head + tail : null;
