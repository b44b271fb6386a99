/** The style sheet of pictures, which the panel and every export use. */
import type { PaletteName } from '../diagram/diagram.ts';
import { cellFontFamily, cellFontSize, titleFontFamily, titleFontSize } from './fonts.ts';
import { fills, paletteOf, type Theme } from './palettes.ts';

/** Styles of what the pointer or the selection lights up, in a picture with `data-lighting`. Files do not need them. */
export const hoverStyles = [
  '.mg-picture[data-lighting=pointer] .mg-references>:not([data-lit]){opacity:.22}',
  // A selection stays lit, so the rest must stay easy to read.
  '.mg-picture[data-lighting=selection] .mg-references>:not([data-lit]){opacity:.5}',
  // As specific as the picture's own rules in a dark page.
  '.mg-picture[data-lighting] .mg-references [data-lit]>.mg-line{stroke-width:2.25}',
  '.mg-picture[data-lighting] .mg-references [data-lit]>.mg-head{stroke-width:2}',
  '.mg-picture[data-lighting] .mg-references [data-lit]>.mg-circle{stroke-width:2}',
  '.mg-picture[data-lighting] .mg-boxes .mg-box[data-lit]>.mg-frame{stroke-width:2.5}',
  '.mg-picture[data-lighting] .mg-boxes .mg-root[data-lit]>.mg-frame{stroke-width:4}',
].join('\n');

/** The number of boxes up to which CSS transitions reach 60 frames per second (docs/design/drawing.md). */
export const mostMoving = 300;

/** Styles of what moves from one picture to the next, inside an element of class `mg-moving`. Files do not need them. */
export const movingStyles =
  '@media (prefers-reduced-motion:no-preference){' +
  '.mg-moving .mg-box,.mg-moving .mg-mark,.mg-moving .selection{transition:transform .25s ease}' +
  '.mg-moving path:not(.mg-hit),.mg-moving circle{transition:d .25s ease,cx .25s ease,cy .25s ease}}';

/** Styles of everything inside an element of class `mg-picture`, with the fills of these palettes. */
export function pictureStyles(theme: Theme, names: readonly PaletteName[]): string {
  const { background, text, index, title, line } = paletteOf(theme);
  const rules = [
    `.mg-picture text{font:${cellFontSize}px ${cellFontFamily};fill:${text};white-space:pre;stroke:none}`,
    `.mg-picture :is(.mg-title,.mg-undrawn){font:${titleFontSize}px ${titleFontFamily};fill:${title}}`,
    `.mg-picture .mg-frame{stroke:${line};stroke-width:1}`,
    '.mg-picture .mg-root>.mg-frame{stroke-width:3}',
    `.mg-picture .mg-cell rect{fill:none;stroke:${line};stroke-opacity:0.65;stroke-width:1;pointer-events:all}`,
    '.mg-picture .mg-cell text:not([text-anchor]){text-anchor:middle}',
    '.mg-picture .mg-hidden rect,.mg-picture .mg-holes rect{stroke-dasharray:2 2}',
    `.mg-picture .mg-index text,.mg-picture .mg-holes text{fill:${index}}`,
    '.mg-picture :is(.mg-holes,.mg-outer,.mg-getter) text{font-style:italic}',
    '.mg-picture .mg-of-module text{text-decoration:underline dotted}',
    `.mg-picture .mg-share{fill:${line};fill-opacity:0.7}`,
    `.mg-picture .mg-color{stroke:${line};stroke-width:1}`,
    '.mg-picture .mg-link text{text-decoration:underline;cursor:pointer}',
    `.mg-picture .mg-ground{fill:${background};stroke:${line};stroke-opacity:0.65;stroke-width:1}`,
    `.mg-picture .mg-words{font:${titleFontSize}px ${titleFontFamily};fill:${index}}`,
    `.mg-picture .mg-spark{fill:none;stroke:${text};stroke-width:1.2;stroke-linejoin:round}`,
    `.mg-picture :is(.mg-gap,.mg-overlap){fill:${line};fill-opacity:0.22}`,
    `.mg-picture .mg-checks{fill:${line};fill-opacity:0.12}`,
    `.mg-picture .mg-placeholder{fill:none;stroke:${text};stroke-width:1.2;stroke-linejoin:round}`,
    '.mg-picture .mg-unread{cursor:pointer}',
    `.mg-picture .mg-bar{fill:${line};fill-opacity:0.55;stroke:${line};stroke-width:1}`,
    `.mg-picture .mg-line{fill:none;stroke:${line};stroke-width:1}`,
    `.mg-picture .mg-head{fill:${line};stroke:${line};stroke-width:1;stroke-linejoin:round}`,
    '.mg-picture .mg-hit{fill:none;stroke:#000000;stroke-opacity:0;stroke-width:10;pointer-events:stroke}',
    `.mg-picture .mg-circle{fill:${background};stroke:${line};stroke-width:1}`,
    '.mg-picture .mg-from-hidden .mg-line{stroke-dasharray:4 3}',
    ...names.flatMap((name) =>
      Object.entries(fills[name][theme]).map(
        ([category, fill]) => `.mg-${name} .mg-${category}>.mg-frame{fill:${fill}}`,
      ),
    ),
    `.mg-picture .mg-own>.mg-frame{fill:var(--mg-${theme})}`,
  ];
  return rules.join('\n');
}
