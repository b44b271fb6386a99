/** Measures texts with the font that they are drawn in. */
import { cellFont, titleFont } from '../../src/drawing/fonts.ts';
import type { TextMeasure } from '../../src/layout/placed.ts';

/** measureText costs 11 µs per string, and most texts of a picture are in the next one too. */
const CACHE_LIMIT = 20_000;

export function createTextMeasure(context: CanvasRenderingContext2D): TextMeasure {
  const fonts = { cell: cellFont, title: titleFont };
  const widths = { cell: new Map<string, number>(), title: new Map<string, number>() };
  return {
    width(text, style) {
      const cache = widths[style];
      const known = cache.get(text);
      if (known !== undefined) return known;
      if (cache.size >= CACHE_LIMIT) cache.clear();
      context.font = fonts[style];
      const width = context.measureText(text).width;
      cache.set(text, width);
      return width;
    },
  };
}
