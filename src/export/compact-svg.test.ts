import { expect, test } from 'vitest';
import { buildDiagram } from '../diagram/build.ts';
import { layoutInProcess } from '../layout/in-process.ts';
import { tableMeasure } from '../layout/measure.ts';
import { openPage } from '../page/page.test-helper.ts';
import { shortPath } from './compact-svg.ts';
import { toSvg } from './svg.ts';

test.each([
  ['M0 0C0 0 0 5 0 5', 'M0 0v5'],
  ['M1 2C1 2 4 2 4 2 4 2 4 2 4 2 5 3 6 4 7 2', 'M1 2h3c1 1 2 2 3 0'],
  ['M10 10C10 10 7.5 8 7.5 8', 'M10 10l-2.5-2'],
  ['M19052 116L19055 124L19058 116Z', 'M19052 116l3 8l3-8z'],
  ['M5.25 1C4 0 3 0 2.25 1', 'M5.25 1c-1.25-1-2.25-1-3 0'],
])('%s is written as %s', (path, short) => {
  expect(shortPath(path)).toBe(short);
});

const tree = `(() => {
  const all = Array.from({ length: 1000 }, (_, id) => ({ id, name: 'node ' + id }));
  all.forEach((node, i) => {
    if (i > 0) all[Math.floor((i - 1) / 3)][['left', 'mid', 'right'][(i - 1) % 3]] = node;
  });
  return all[0];
})()`;

test('a thousand boxes are less than half of what they were once, and all is in them', async () => {
  const diagram = buildDiagram(openPage().capture([tree], { objects: 5000, depth: 5000 }));
  const outcome = await layoutInProcess(diagram, tableMeasure, 'simple');
  if (!outcome.ok) throw new Error(outcome.message);
  const svg = toSvg(outcome.placed, 'light');
  // It was 1,874 KiB.
  expect(svg.length / 1024).toBeLessThan(937);
  expect(svg.match(/ data-box="/g)?.length).toBe(1000);
  expect(svg.match(/ data-reference="/g)?.length).toBe(999);
  for (const text of ['&quot;node 0&quot;', '&quot;node 999&quot;']) expect(svg).toContain(`>${text}</text>`);
  // A frame for each of two values and three, or for the last ones fewer, references.
  expect(svg.match(/h[\d.]+v[\d.]+H/g)?.length).toBe(2 * 1000 + 999);
});
