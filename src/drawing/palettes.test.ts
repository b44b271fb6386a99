import { describe, expect, test } from 'vitest';
import { paletteOf } from './palettes.ts';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

describe.each([
  ['light', 'calm'],
  ['light', 'original'],
  ['dark', 'calm'],
  ['dark', 'original'],
] as const)('%s, %s', (theme, name) => {
  const palette = paletteOf(theme, name);
  test.each(Object.entries(palette.fills))('text and indices can be read on %s', (_, fill) => {
    expect(fill).toMatch(/^#[0-9a-f]{6}$/);
    expect(contrast(palette.text, fill)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.index, fill)).toBeGreaterThanOrEqual(4.5);
  });

  test('titles and lines can be seen on the background', () => {
    expect(contrast(palette.title, palette.background)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.line, palette.background)).toBeGreaterThanOrEqual(4.5);
  });
});
