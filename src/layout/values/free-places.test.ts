import { describe, expect, test } from 'vitest';
import { buildDiagram } from '../../diagram/build.ts';
import { defaultSettings } from '../../diagram/settings.ts';
import { openPage } from '../../page/page.test-helper.ts';
import { layoutInProcess } from '../in-process.ts';
import { tableMeasure } from '../measure.ts';
import type { Placed } from '../placed.ts';

const page = openPage(`
  class Tree { constructor(value, left = null, right = null) { Object.assign(this, { value, left, right }); } }
  const rightOnly = new Tree(1, null, new Tree(2, null, new Tree(3)));
  const leftOnly = new Tree(3, new Tree(2, new Tree(1)));
  const mixed = new Tree(4, new Tree(2, null, new Tree(3)), new Tree(6, new Tree(5)));
  const plain = { v: 1, left: undefined, right: { v: 2, left: undefined, right: undefined } };
  class Up { constructor(value, parent = null) { Object.assign(this, { value, parent, left: null, right: null }); } }
  const up = new Up(1);
  up.right = new Up(2, up);
  up.right.left = new Up(3, up.right);
  class Link { constructor(value, next = null) { Object.assign(this, { value, next }); } }
  const list = new Link(1, new Link(2));
  const matrix = { name: 'm', rows: [[1, 0], [0, 1]] };
`);

async function placed(expression: string, teaching = true, direction: 'down' | 'right' = 'down'): Promise<Placed> {
  const settings = { ...defaultSettings, teaching, direction };
  const outcome = await layoutInProcess(buildDiagram(page.capture([expression]), settings), tableMeasure);
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.placed;
}

/** For each box with a child: whether the middle of the child is on the side of its field. */
function sides({ boxes, references, diagram }: Placed): readonly string[] {
  const down = diagram.direction === 'down';
  const middle = (key: string): number => {
    const frame = boxes.find(({ box }) => box.key === key)?.frame;
    if (!frame) throw new Error(`There is no ${key}.`);
    return down ? frame.x + frame.width / 2 : frame.y + frame.height / 2;
  };
  return references.flatMap(({ reference: { from, port, to } }) => {
    const { box } = boxes.find((each) => each.box.key === from) ?? {};
    const line = box?.lines.find(({ value }) => box.rows[value.row]?.[value.column]?.port === port);
    const label = line?.labels[0];
    const field = label ? (box?.rows[label.row]?.[label.column]?.text ?? '') : '';
    if (field !== 'left' && field !== 'right') return [];
    const away = middle(to) - middle(from);
    return [`${field} ${Math.abs(away) < 5 ? 'below' : away < 0 ? 'left' : 'right'}`];
  });
}

describe.each(['down', 'right'] as const)('%s', (direction) => {
  test.each([
    ['rightOnly', ['right right', 'right right']],
    ['leftOnly', ['left left', 'left left']],
    ['mixed', ['left left', 'right right', 'right right', 'left left']],
    ['plain', ['right right']],
    ['up', ['right right', 'left left']],
  ])('%s: each child is on its side', async (expression, expected) => {
    const drawn = await placed(expression, true, direction);
    expect(sides(drawn).toSorted()).toEqual(expected.toSorted());
    // Nothing is left of the places themselves.
    expect(drawn.boxes.map(({ box }) => box)).toEqual(drawn.diagram.boxes);
    expect(drawn.references).toHaveLength(drawn.diagram.references.length);
    expect(drawn.diagram.boxes.every(({ key }) => !key.includes(' '))).toBe(true);
  });
});

test('without the setting a single child stands below', async () => {
  expect(sides(await placed('leftOnly', false))).not.toEqual(['left left', 'left left']);
});

test('a list stays a column: its end has no side', async () => {
  const { width } = await placed('list');
  expect(width).toBe((await placed('list', false)).width);
});

test('objects of a class look alike, and matrices are grids', async () => {
  const shapes = async (teaching: boolean) =>
    (await placed('({ mixed, matrix })', teaching)).boxes
      .filter(({ box }) => box.title === 'Tree')
      .map(({ box }) => box.orientation);
  expect(new Set(await shapes(false))).toEqual(new Set(['horizontal', 'vertical']));
  expect(new Set(await shapes(true))).toEqual(new Set(['horizontal']));
  expect((await placed('matrix')).boxes.map(({ box }) => box.title)).toContain('Array 2 × 2');
});
