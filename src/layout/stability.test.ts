/** That boxes which do not change stay where they are from step to step. */
import { expect, test } from 'vitest';
import { STRUCTURES } from '../../scripts/lib/bench-stability.mjs';
import { buildDiagram } from '../diagram/build.ts';
import { openPage } from '../page/page.test-helper.ts';
import { layoutInProcess } from './in-process.ts';
import { tableMeasure } from './measure.ts';
import type { Placed } from './placed.ts';

/** Of the boxes in both pictures that are the same, how many are further away than their own size, and of how many. */
function moved(before: Placed, after: Placed): { readonly moved: number; readonly kept: number } {
  const places = new Map(before.boxes.map((placed) => [placed.box.key, placed]));
  let [far, kept] = [0, 0];
  for (const { box, frame } of after.boxes) {
    const was = places.get(box.key);
    if (!was || JSON.stringify(was.box) !== JSON.stringify(box)) continue;
    kept += 1;
    if (Math.abs(was.frame.x - frame.x) > frame.width || Math.abs(was.frame.y - frame.y) > frame.height) far += 1;
  }
  return { moved: far, kept };
}

/** Of the structures that are filled value by value; the frames of a recursion come and go in fewer steps. */
const mostSteps = 60;

test.each(Object.entries(STRUCTURES).map(([name, steps]) => ({ name, steps })))(
  '$name: less than 5 % move by more than their own size',
  async ({ steps }) => {
    const page = openPage(`globalThis.steps = (${steps})()`);
    let before: Placed | null = null;
    const total = { moved: 0, kept: 0 };
    for (let step = 0; step < mostSteps && page.run('globalThis.steps.next().done') === false; step++) {
      const outcome = await layoutInProcess(buildDiagram(page.capture(['subject'])), tableMeasure, 'full', before);
      if (!outcome.ok) throw new Error(outcome.message);
      if (before) {
        const { moved: far, kept } = moved(before, outcome.placed);
        total.moved += far;
        total.kept += kept;
      }
      before = outcome.placed;
    }
    expect(total.kept).toBeGreaterThan(50);
    expect(total.moved / total.kept).toBeLessThan(0.05);
  },
  60_000,
);

test('the picture says where its corner is when it is not at 0, 0', async () => {
  const page = openPage('const list = [[1], [2]]');
  const place = async (previous: Placed | null): Promise<Placed> => {
    const outcome = await layoutInProcess(buildDiagram(page.capture(['list'])), tableMeasure, 'full', previous);
    if (!outcome.ok) throw new Error(outcome.message);
    return outcome.placed;
  };
  const first = await place(null);
  expect(first.origin).toEqual({ x: 0, y: 0 });
  page.run('list.unshift(["a longer text than the others"])');
  const second = await place(first);
  expect(second.origin.x).toBeLessThan(0);
  const left = Math.min(...second.boxes.map(({ frame }) => frame.x));
  expect(left).toBeGreaterThanOrEqual(second.origin.x);
});
