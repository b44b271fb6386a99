import { expect, test } from 'vitest';
import { openPage } from '../../page/page.test-helper.ts';
import { buildDiagram } from '../build.ts';
import type { Cell } from '../diagram.ts';
import { type DiagramSettings, defaultSettings } from '../settings.ts';
import { swatchOf } from './colors.ts';
import { dateInWords } from './dates.ts';
import { linkOf } from './links.ts';

test.each([
  ['#f00', null, '#ff0000'],
  ['#FF000080', null, '#ff0000 0.5'],
  ['rgb(1 2 3 / 50%)', null, '#010203 0.5'],
  ['RGBA(1, 2, 3, 0)', null, '#010203 0'],
  ['hsl(120deg 50% 50%)', null, '#40bf40'],
  ['hwb(90 10% 10%)', null, '#80e61a'],
  ['oklch(60% 0.2 30)', null, '#de3e2d'],
  ['color(display-p3 1 0 0)', null, '#ff0000'],
  ['gold', 'color', '#ffd700'],
  ['gold', '--badge-color', '#ffd700'],
  ['gold', 'strokeStyleFill', '#ffd700'],
  ['transparent', 'background', '#000000 0'],
  // Words that may be anything, and what is no color after all.
  ['gold', 'metal', null],
  ['gold', null, null],
  ['tan', 'fn', null],
  ['currentColor', 'color', null],
  ['ff0000', 'color', null],
  ['#ff00', null, '#ffff00 0'],
  ['#ff000', null, null],
  ['#fff is white', null, null],
  ['rgb(1, 2', null, null],
  ['rgb(var(--red), 0, 0)', null, null],
  [`rgb(${'1'.repeat(100)} 0 0)`, null, null],
  ['', 'color', null],
])('%j, called %j, is the color %j', (text, name, color) => {
  const swatch = swatchOf(text, name);
  const opacity = swatch && swatch.opacity < 1 ? ` ${Number(swatch.opacity.toFixed(2))}` : '';
  expect(swatch && `${swatch.fill}${opacity}`).toBe(color);
});

test.each([
  ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
  ['HTTP://EXAMPLE.COM', 'http://example.com/'],
  ['https://exa mple.com', null],
  ['see https://example.com', null],
  ['javascript:alert(1)', null],
  ['data:text/html,<script>', null],
  ['https://', null],
  ['https://[', null],
])('%j leads to %j', (text, link) => {
  expect(linkOf(text)).toBe(link);
});

test.each([
  [0, 'Thu, Jan 1, 1970, 00:00:00 UTC · 0'],
  [1796062814000, 'Mon, Nov 30, 2026, 18:20:14 UTC · 1796062814000'],
  [-62198755200001, '-62198755200001'],
  [8.64e15, '8640000000000000'],
  [Number.NaN, 'Invalid Date'],
])('%d is %s', (milliseconds, words) => {
  expect(dateInWords(milliseconds)).toContain(words);
});

const page = openPage(`
  const theme = { background: '#101820', accent: 'rebeccapurple', name: 'gold', see: 'https://example.com/themes' };
  const styles = new Map([['color', 'gold']]);
  const born = new Date(Date.UTC(1815, 11, 10));
  Object.defineProperty(Date.prototype, 'toString', { value() { throw new Error('It ran.'); } });
`);

/** The cells of the first box, with what is drawn beside their texts. */
function cells(expression: string, values: Partial<DiagramSettings['values']> = {}): readonly string[] {
  const settings = { ...defaultSettings, values: { ...defaultSettings.values, ...values } };
  const [box] = buildDiagram(page.capture([expression]), settings).boxes;
  return (box?.rows ?? []).map((row) => row.map((cell) => (cell ? shown(cell) : '')).join(' | '));
}

const shown = ({ text, swatch, link, hint }: Cell): string =>
  [swatch ? `[${swatch.fill}]` : '', text, link ? `-> ${link}` : '', hint ? `(${hint})` : ''].filter(Boolean).join(' ');

test('colors, dates and links are in the cells, unless they are switched off', () => {
  expect(cells('theme')).toEqual([
    'background | [#101820] "#101820"',
    'accent | "rebeccapurple"',
    'name | "gold"',
    'see | "https://example.com/themes" -> https://example.com/themes',
  ]);
  expect(cells('styles')).toEqual(['"color" | [#ffd700] "gold"']);
  expect(cells('born')).toEqual(['Sun, Dec 10, 1815, 00:00:00 UTC · -4861728000000 (1815-12-10T00:00:00.000Z)']);
  expect(cells('theme', { colors: false, links: false }).join()).not.toMatch(/\[#|->/);
  expect(cells('born', { dates: false })).toEqual(['1815-12-10T00:00:00.000Z (-4,861,728,000,000 ms since 1970)']);
});
