import { expect, test } from 'vitest';
import { buildDiagram } from '../../diagram/build.ts';
import { openPage } from '../../page/page.test-helper.ts';
import { layoutInProcess } from '../in-process.ts';
import { measureFrames, tableMeasure } from '../measure.ts';
import { placeBeside } from './place-beside.ts';
import { areAt, relocated } from './relocate.ts';

test.each([
  [40, 30],
  [-300, 0],
  [0, 200],
  [12, 61],
])('a box that is dragged by %d, %d is there, with its lines', async (x, y) => {
  const diagram = buildDiagram(openPage().capture(['({ a: { b: 1 }, c: [2] })']));
  const outcome = await layoutInProcess(diagram, tableMeasure);
  if (!outcome.ok) throw new Error(outcome.message);
  const [root] = outcome.placed.boxes;
  if (!root) throw new Error('There is no box.');
  const places = new Map([[root.box.key, { x: root.frame.x + x, y: root.frame.y + y }]]);
  const target = relocated(outcome.placed, places);
  if (!target) throw new Error('It is there already.');
  expect(target.references).toEqual([]);
  const placed = placeBeside(diagram, measureFrames(diagram, tableMeasure), target, true);
  expect(placed && areAt(placed, places)).toBe(true);
  expect(placed?.references.length).toBe(2);
  const others = (boxes: typeof target.boxes) => boxes.slice(1).map(({ frame }) => frame);
  expect(placed && others(placed.boxes)).toEqual(others(outcome.placed.boxes));
  expect(placed && relocated(placed, places)).toBe(null);
});
