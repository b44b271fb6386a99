/** Colours of the picture in both themes, always hex, and the one style sheet that the panel and every export use. */
import type { Category } from '../diagram/diagram.ts';
import { cellFontFamily, cellFontSize, titleFontFamily, titleFontSize } from './fonts.ts';

export type Theme = 'light' | 'dark';

export interface Palette {
  readonly background: string;
  readonly text: string;
  /** Indices, and cells that stand for nothing. */
  readonly index: string;
  readonly title: string;
  /** Frames, cells, references. */
  readonly line: string;
  readonly fills: Readonly<Record<Category, string>>;
}

export const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    background: '#ffffff',
    text: '#000000',
    index: '#303030',
    title: '#505050',
    line: '#1a1a1a',
    fills: {
      array: '#f08080',
      frozenArray: '#ffa500',
      set: '#ff83fa',
      map: '#60a5ff',
      object: '#60a5ff',
      scope: '#60a5ff',
      instance: '#54ff9f',
      class: '#43cd80',
      function: '#43cd80',
      stack: '#f0e68c',
      error: '#ff6666',
      buffer: '#ff6eb4',
      date: '#ffd3a1',
      regexp: '#e8c3f5',
      promise: '#b5a8ff',
      proxy: '#d9c7a3',
      weak: '#b8d4d0',
      generator: '#9fe3d6',
      node: '#a9dcf5',
      string: '#00ffff',
      number: '#caff70',
      bigint: '#dda0dd',
      boolean: '#ffc0cb',
      nothing: '#c0c0c0',
      symbol: '#f5d76e',
      collapsed: '#c1cdcd',
      other: '#d6dbe0',
    },
  },
  dark: {
    background: '#1d1d1d',
    text: '#f2f2f2',
    index: '#e0e0e0',
    title: '#999999',
    line: '#cccccc',
    fills: {
      array: '#783438',
      frozenArray: '#895a00',
      set: '#811b7d',
      map: '#355393',
      object: '#355393',
      scope: '#355393',
      instance: '#007249',
      class: '#005f4a',
      function: '#005f4a',
      stack: '#646639',
      error: '#a52e37',
      buffer: '#8c2f60',
      date: '#7a4c1c',
      regexp: '#5f3a73',
      promise: '#4b3f93',
      proxy: '#5f5236',
      weak: '#3b5955',
      generator: '#1f6155',
      node: '#1f5a75',
      string: '#006f6f',
      number: '#496d30',
      bigint: '#7e4974',
      boolean: '#7d5961',
      nothing: '#636363',
      symbol: '#6b5a12',
      collapsed: '#4a5555',
      other: '#474d54',
    },
  },
};

/** Styles of what the pointer or the selection lights up in a picture that has `data-lighting`; no file needs them. */
export const hoverStyles = [
  '.mg-picture[data-lighting=pointer] .mg-references>:not([data-lit]){opacity:.22}',
  // As long as a box is selected, so the rest has to be seen well, too.
  '.mg-picture[data-lighting=selection] .mg-references>:not([data-lit]){opacity:.5}',
  // As exact as the picture's own rules within a page that is dark.
  '.mg-picture[data-lighting] .mg-references [data-lit]>.mg-line{stroke-width:2.25}',
  '.mg-picture[data-lighting] .mg-references [data-lit]>.mg-head{stroke-width:2}',
  '.mg-picture[data-lighting] .mg-references [data-lit]>.mg-circle{stroke-width:2}',
  '.mg-picture[data-lighting] .mg-boxes .mg-box[data-lit]>.mg-frame{stroke-width:2.5}',
  '.mg-picture[data-lighting] .mg-boxes .mg-root[data-lit]>.mg-frame{stroke-width:4}',
].join('\n');

/** CSS transitions hold 60 frames a second up to about so many boxes (docs/architecture.md). */
export const mostMoving = 300;

/** Styles of what moves from one picture to the next, within an element of class `mg-moving`; no file needs them. */
export const movingStyles =
  '@media (prefers-reduced-motion:no-preference){' +
  '.mg-moving .mg-box,.mg-moving .mg-mark,.mg-moving .selection{transition:transform .25s ease}' +
  '.mg-moving path:not(.mg-hit),.mg-moving circle{transition:d .25s ease,cx .25s ease,cy .25s ease}}';

/** Styles of everything inside an element of class `mg-picture`. */
export function pictureStyles(theme: Theme): string {
  const { background, text, index, title, line, fills } = palettes[theme];
  const rules = [
    `.mg-picture text{font:${cellFontSize}px ${cellFontFamily};fill:${text};white-space:pre;stroke:none}`,
    `.mg-picture .mg-title{font:${titleFontSize}px ${titleFontFamily};fill:${title}}`,
    `.mg-picture .mg-frame{stroke:${line};stroke-width:1}`,
    '.mg-picture .mg-root>.mg-frame{stroke-width:3}',
    `.mg-picture .mg-cell rect{fill:none;stroke:${line};stroke-opacity:0.65;stroke-width:1;pointer-events:all}`,
    '.mg-picture .mg-hidden rect,.mg-picture .mg-holes rect{stroke-dasharray:2 2}',
    `.mg-picture .mg-index text,.mg-picture .mg-holes text{fill:${index}}`,
    '.mg-picture .mg-holes text{font-style:italic}',
    `.mg-picture .mg-line{fill:none;stroke:${line};stroke-width:1}`,
    `.mg-picture .mg-head{fill:${line};stroke:${line};stroke-width:1;stroke-linejoin:round}`,
    '.mg-picture .mg-hit{fill:none;stroke:#000000;stroke-opacity:0;stroke-width:10;pointer-events:stroke}',
    `.mg-picture .mg-circle{fill:${background};stroke:${line};stroke-width:1}`,
    '.mg-picture .mg-from-hidden .mg-line{stroke-dasharray:4 3}',
    ...Object.entries(fills).map(([category, fill]) => `.mg-picture .mg-${category}>.mg-frame{fill:${fill}}`),
    `.mg-picture .mg-own>.mg-frame{fill:var(--mg-${theme})}`,
  ];
  return rules.join('\n');
}
