/** Colors are the same hex in SVG and DOT; what becomes of them in PNG and PDF is tested in the browser. */
import { describe, expect, test } from 'vitest';
import type { Box, Category, Diagram } from '../diagram/diagram.ts';
import { arranged } from '../diagram/lines.ts';
import { fills, paletteOf } from '../drawing/palettes.ts';
import { layoutInProcess } from '../layout/in-process.ts';
import { tableMeasure } from '../layout/measure.ts';
import { toDot } from './dot.ts';
import { toSvg } from './svg.ts';

const categories = Object.keys(fills.calm.light) as readonly Category[];
const own = { light: '#123456', dark: '#654321' };

/** A box of each category, and one with a color of its own; the first refers to all. */
const boxes = [...categories, 'own' as const].map((kind, number): Box => {
  const cell = { text: 'x', hint: null, target: null };
  return {
    key: kind,
    object: number,
    title: kind,
    category: kind === 'own' ? 'array' : kind,
    ...(kind === 'own' ? { color: own } : {}),
    root: number === 0,
    ...arranged(
      [
        {
          label: { ...cell, kind: 'index', port: null },
          value:
            number === 0 ? { ...cell, text: '', kind: 'reference', port: 0 } : { ...cell, kind: 'value', port: null },
        },
      ],
      'horizontal',
    ),
  };
});
const diagram: Diagram = {
  boxes,
  references: [{ from: boxes[0]?.key ?? '', port: 0, to: 'own' }],
  direction: 'down',
};

async function drawn(theme: 'light' | 'dark', background: 'theme' | 'none') {
  const outcome = await layoutInProcess(diagram, tableMeasure);
  if (!outcome.ok) throw new Error(outcome.message);
  return {
    svg: toSvg(outcome.placed, theme, { background }),
    dot: toDot(diagram, theme, { background }).split('\n'),
  };
}

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  test('fills', async () => {
    const { svg, dot } = await drawn(theme, 'theme');
    const inSvg = boxes.map(({ key, category }) =>
      key === 'own'
        ? /data-box="own"[^>]*><rect[^>]*style="fill:\s*(#[0-9a-f]{6})/.exec(svg)?.[1]
        : new RegExp(`\\.mg-${category}>\\.mg-frame\\{fill:(#[0-9a-f]{6})`).exec(svg)?.[1],
    );
    const inDot = boxes.map(
      ({ key }) => /BGCOLOR="([^"]*)"/.exec(dot.find((line) => line.includes(`tooltip="${key}"`)) ?? '')?.[1],
    );
    expect(inSvg).not.toContain(undefined);
    expect(inDot).toEqual(inSvg);
    expect(inDot.at(-1)).toBe(own[theme]);
  });

  test('background, lines, texts, indices', async () => {
    const { svg, dot } = await drawn(theme, 'theme');
    const inSvg = {
      background: /<rect x="[^"]*" y="[^"]*" width="[^"]*" height="[^"]*" fill="(#[0-9a-f]{6})"/.exec(svg)?.[1],
      line: /\.mg-line\{fill:none;stroke:(#[0-9a-f]{6})/.exec(svg)?.[1],
      frame: /\.mg-frame\{stroke:(#[0-9a-f]{6})/.exec(svg)?.[1],
      text: /\.mg-picture text\{[^}]*fill:(#[0-9a-f]{6})/.exec(svg)?.[1],
      index: /\.mg-index text[^{]*\{fill:(#[0-9a-f]{6})/.exec(svg)?.[1],
    };
    const all = dot.join('\n');
    expect({
      background: /bgcolor="([^"]*)"/.exec(all)?.[1],
      line: /edge \[color="([^"]*)"/.exec(all)?.[1],
      frame: / COLOR="([^"]*)" BGCOLOR/.exec(all)?.[1],
      text: /fontcolor="([^"]*)"/.exec(all)?.[1],
      index: /<FONT COLOR="([^"]*)">x/.exec(all)?.[1],
    }).toEqual(inSvg);
    expect(Object.values(inSvg)).not.toContain(undefined);
  });

  test('transparent: no background in either', async () => {
    const { svg, dot } = await drawn(theme, 'none');
    expect(svg).not.toContain(`fill="${paletteOf(theme).background}"`);
    expect(dot.join('\n')).toContain('bgcolor="transparent"');
  });
});
