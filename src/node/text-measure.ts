/**
 * Widths of texts where no font can be measured: those of the widest common fonts, so that a text never overflows its cell. The
 * picture squeezes each text into the width that was measured.
 */
import { cellFontSize, titleFontSize } from '../drawing/fonts.ts';
import type { TextMeasure } from '../layout/placed.ts';

/** Advance of every character in DejaVu Sans Mono and Menlo, relative to the font size. Other fonts are narrower. */
const monospaceAdvance = 0.602;
/** Advances of narrow, ordinary and wide characters in DejaVu Sans, the widest of the title fonts. */
const narrow = 0.36;
const ordinary = 0.64;
const wide = 0.86;
const narrowCharacters = /[ !'(),.:;I[\]ijl|]/;
const wideCharacters = /[%@GMNOQWmw\u2026]/;
/** East Asian characters and emoji, which are two cells wide. */
const doubleWidth =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

export const textMeasure: TextMeasure = {
  width(text, style) {
    let total = 0;
    for (const character of text) {
      if (/\p{Mark}/u.test(character)) continue;
      if (doubleWidth.test(character)) total += 2 * monospaceAdvance;
      else if (style === 'cell') total += monospaceAdvance;
      else if (narrowCharacters.test(character)) total += narrow;
      else total += wideCharacters.test(character) ? wide : ordinary;
    }
    return total * (style === 'cell' ? cellFontSize : titleFontSize);
  },
};
