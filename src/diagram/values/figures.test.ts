import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openPage } from '../../page/page.test-helper.ts';
import type { ReadOptions } from '../../snapshot/read-options.ts';
import { buildDiagram } from '../build.ts';
import type { Figure } from '../diagram.ts';
import { type DiagramSettings, defaultSettings } from '../settings.ts';
import { figureText } from './figures.ts';
import { pngOf } from './png.ts';

const page = openPage(`
  const n = (count, at) => Array.from({ length: count }, (_, i) => at(i));
  const wave = n(400, (i) => Math.sin(i / 20));
  const buffer = new ArrayBuffer(16);
  const views = [new Uint8Array(buffer, 0, 8), new Float32Array(buffer, 4, 2), new DataView(buffer), new Uint16Array(buffer, 14)];
  const bytes = new ArrayBuffer(16);
  const tripped = [];
  const getter = n(30, (i) => i);
  Object.defineProperty(getter, 7, { get() { tripped.push(7); return 7; }, enumerable: true });
`);

function figures(expression: string, values: Partial<DiagramSettings['values']> = {}, view: Partial<ReadOptions> = {}) {
  const settings = { ...defaultSettings, values: { ...defaultSettings.values, ...values } };
  const { boxes } = buildDiagram(page.capture([expression], view), settings);
  return boxes.flatMap(({ figure }): Figure[] => (figure ? [figure] : []));
}

const text = (expression: string): readonly string[] => figures(expression).flatMap(figureText);

test.each<[expression: string, ...lines: string[]]>([
  ['wave', '▆██▆▃▁▂▄▇█▇▄▂▁▃▅▇█▆▃▁▂▄▆', '−0.99999 to 0.999992'],
  ['n(20, (i) => i)', '▁▁▂▂▂▃▃▄▄▄▅▅▅▆▆▇▇▇██', '0 to 19'],
  ['n(20, () => 5)', '▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁', '5 to 5'],
  ['n(20, (i) => i % 2 ? 1e308 : -1e308)', '▁█▁█▁█▁█▁█▁█▁█▁█▁█▁█', '−1e+308 to 1e+308'],
  ['n(20, (i) => i === 3 ? -0 : -1)', '▁▁▁█▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁', '−1 to -0'],
  ['n(24, (i) => i > 3 && i < 9 ? NaN : i)', '▁▁▂▂     ▄▄▄▅▅▅▆▆▆▆▇▇▇██', '0 to 23', 'first NaN at 4'],
  ['n(20, () => NaN)', '                    ', 'first NaN at 0'],
  ['n(20, (i) => i === 9 ? Infinity : i)', '▁▁▂▂▂▃▃▄▄█▅▅▅▆▆▇▇▇██', '0 to Infinity'],
  ['new Uint8Array(1e6).fill(7, 5e5)', '▁▁▁▁▁▁▁▁▁▁▁▁████████████', '0 to 7', '262,100 of 1,000,000 sampled'],
  ['n(5000, (i) => i)', '▁▁▂▂▂▂▃▃▃▃▄▄▅▅▅▆▆▆▆▇▇▇▇█', '4 to 4996', '4,000 of 5,000 sampled'],
])('%s', (expression, ...lines) => {
  const [drawn, ...words] = text(expression);
  // Which samples are read is nobody's business.
  if (words.length === 2 && words[1]?.includes('sampled')) expect(words[1]).toBe(lines[2]);
  else expect([drawn, ...words]).toEqual(lines);
  expect(drawn).toHaveLength(lines[0]?.length ?? 0);
});

test.each([
  'n(19, (i) => i)',
  'n(30, (i) => i === 12 ? "12" : i)',
  'n(30, (i) => i === 12 ? null : i)',
  '[, ...n(30, (i) => i)]',
  'n(30, (i) => BigInt(i))',
  'getter',
  'new BigInt64Array(30)',
  'Object.freeze({ length: 30 })',
])('%s is no list of numbers worth a line', (expression) => {
  expect(figures(expression)).toEqual([]);
  expect(page.capture(['tripped']).objects.get(1)?.size ?? 0).toBe(0);
});

test('the views of a buffer are bars on its bytes, and what two show is said', () => {
  expect(figures('views')).toEqual([
    {
      type: 'bytes',
      words: ['4 views of 16 bytes', 'shared: 0–11 and 1 more'],
      total: 16,
      bars: [
        { name: 'DataView(16)', from: 0, to: 16 },
        { name: 'Uint8Array', from: 0, to: 8 },
        { name: 'Float32Array', from: 4, to: 12 },
        { name: 'Uint16Array', from: 14, to: 16 },
      ],
      more: 0,
      overlaps: [
        { from: 0, to: 12 },
        { from: 14, to: 16 },
      ],
    },
  ]);
  expect(text('[new Uint8Array(bytes, 2, 4), new Uint8Array(bytes, 8)]')).toEqual([
    '2 views of 16 bytes',
    'Uint8Array: 2–5',
    'Uint8Array: 8–15',
  ]);
  expect(figures('[new Uint8Array(bytes)]')).toEqual([]);
  expect(figures('bytes')).toEqual([]);
});

test('each can be switched off, and is then not read either', () => {
  expect(figures('wave', { sparklines: false })).toEqual([]);
  expect(figures('wave', {}, { series: false })).toEqual([]);
  expect(figures('views', { buffers: false })).toEqual([]);
});

test('levels stay within their range', () => {
  for (const figure of figures('[wave, n(20, (i) => i ** i)]')) {
    if (figure.type !== 'sparkline') continue;
    for (const stretch of figure.stretches) {
      const [low, high] = stretch ?? [0, 0];
      expect(low >= 0 && low <= high && high <= 1).toBe(true);
    }
  }
});

test('a PNG has the pixels that were read', () => {
  // Red; green that half is seen; nothing.
  const { href, transparent } = pngOf({
    width: 3,
    height: 1,
    missing: null,
    columns: 3,
    rows: 1,
    pixels: '_wAA_AP8AgAAAAA',
  });
  const bytes = Buffer.from(href.replace('data:image/png;base64,', ''), 'base64');
  expect(transparent).toBe(false);
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const data = bytes.indexOf('IDAT');
  expect([...inflateSync(bytes.subarray(data + 4, data + 4 + bytes.readUInt32BE(data - 4)))]).toEqual([
    0, 255, 0, 0, 255, 0, 255, 0, 130, 0, 0, 0, 0,
  ]);
});
