/**
 * Colors of the picture in both themes, always hex. `original` has those of memory_graph, which are strong; `calm` has the same
 * hues, nearly white or nearly black, so that marks, selections and arrows stand out (docs/design/drawing.md).
 */
import type { Category, PaletteName } from '../diagram/diagram.ts';
import { defaultSettings } from '../diagram/settings.ts';

export type Theme = 'light' | 'dark';

export interface Palette {
  readonly background: string;
  readonly text: string;
  /** Indices, and cells without a value. */
  readonly index: string;
  readonly title: string;
  /** Frames, cells, references. */
  readonly line: string;
  readonly fills: Fills;
}

export type Fills = Readonly<Record<Category, string>>;

const common: Readonly<Record<Theme, Omit<Palette, 'fills'>>> = {
  light: { background: '#ffffff', text: '#000000', index: '#303030', title: '#505050', line: '#1a1a1a' },
  dark: { background: '#1d1d1d', text: '#f2f2f2', index: '#e0e0e0', title: '#999999', line: '#cccccc' },
};

export const fills: Readonly<Record<PaletteName, Readonly<Record<Theme, Fills>>>> = {
  calm: {
    light: {
      array: '#ffd2d0',
      frozenArray: '#f9cb97',
      set: '#f5d1f3',
      map: '#c6e1ff',
      object: '#c6e1ff',
      scope: '#c6e1ff',
      instance: '#c9f1d0',
      class: '#a2debf',
      function: '#a2debf',
      stack: '#f1eec0',
      error: '#ffa098',
      buffer: '#fdc0d7',
      date: '#fee5ca',
      regexp: '#f0e2f9',
      promise: '#d5d2fe',
      proxy: '#e2d3b3',
      weak: '#bedbdc',
      generator: '#c1f0e7',
      node: '#c0e9fc',
      string: '#bdf4f6',
      number: '#e3f5c9',
      bigint: '#dfc2e8',
      boolean: '#ffe5ea',
      nothing: '#dbdbdb',
      symbol: '#ebdb9e',
      collapsed: '#c8cfcf',
      other: '#e8ebef',
    },
    dark: {
      array: '#5a3635',
      frozenArray: '#633f0b',
      set: '#533751',
      map: '#2f435e',
      object: '#2f435e',
      scope: '#2f435e',
      instance: '#27472e',
      class: '#215840',
      function: '#215840',
      stack: '#3f3c15',
      error: '#893a36',
      buffer: '#66374a',
      date: '#4a3722',
      regexp: '#423749',
      promise: '#444163',
      proxy: '#53462d',
      weak: '#364d4e',
      generator: '#1d4640',
      node: '#224554',
      string: '#124447',
      number: '#323e1c',
      bigint: '#594260',
      boolean: '#463337',
      nothing: '#444444',
      symbol: '#514306',
      collapsed: '#484d4d',
      other: '#383a3d',
    },
  },
  original: {
    light: {
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
    dark: {
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

export const paletteNames = ['calm', 'original'] as const satisfies readonly PaletteName[];

/** The colors of a theme, by default with the fills that are the default. */
export const paletteOf = (theme: Theme, name: PaletteName = defaultSettings.palette): Palette => ({
  ...common[theme],
  fills: fills[name][theme],
});
