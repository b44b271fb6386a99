import { describe, expect, test } from 'vitest';
import type { Diagram, Reference } from '../../../src/diagram/diagram.ts';
import type { Placed, PlacedBox } from '../../../src/layout/placed.ts';
import { type Arrow, nextBox } from './next-box.ts';

/** Each name is a box of 10 × 4 points where its first letter stands; `ab` is a reference from a to b. */
function picture(drawing: string, references: string, direction: Diagram['direction'] = 'down'): Placed {
  const boxes = drawing.split('\n').flatMap((line, y) =>
    [...line.matchAll(/[a-z]/g)].map(({ 0: key, index: x }): PlacedBox => {
      const frame = { x: x * 5, y: y * 8, width: 10, height: 4 };
      const box = {
        key,
        object: null,
        title: '',
        category: 'array',
        root: false,
        orientation: 'vertical',
        rows: [],
        lines: [],
      } as const;
      return { box, frame, title: { ...frame, textWidth: 0 }, figure: null, cells: [] };
    }),
  );
  const diagram: Diagram = {
    boxes: boxes.map(({ box }) => box),
    references: references
      .split(' ')
      .map((pair, port): Reference => ({ from: pair[0] ?? '', port, to: pair[1] ?? '' })),
    direction,
  };
  return { diagram, boxes, origin: { x: 0, y: 0 }, width: 0, height: 0, references: [], joins: [], tier: 'full' };
}

const walk = (placed: Placed, from: string | null, arrow: Arrow): string | null => nextBox(placed, from, arrow);

const tree = picture(
  `
          r
    s           t
 u     v            w
`,
  'rs rt su sv tw',
);

describe('a tree that grows down', () => {
  test.each<[from: string, arrow: Arrow, to: string | null]>([
    ['r', 'down', 's'],
    ['s', 'down', 'u'],
    ['t', 'down', 'w'],
    ['w', 'up', 't'],
    ['v', 'up', 's'],
    ['s', 'right', 't'],
    ['t', 'left', 's'],
    ['v', 'right', 'w'],
    ['u', 'right', 'v'],
    ['r', 'up', null],
    ['u', 'left', null],
  ])('from %s %s to %s', (from, arrow, to) => {
    expect(walk(tree, from, arrow)).toBe(to);
  });

  test('a reference is followed before what is nearer', () => {
    expect(walk(picture('a     b\nc\n\n      d', 'ad'), 'a', 'down')).toBe('d');
  });
  test('where no reference leads, the nearest one', () => {
    expect(walk(picture('a     b\nc\n\n      d', 'bd'), 'a', 'down')).toBe('c');
  });
  test('a reference that leads back is followed as well', () => {
    expect(walk(picture('a   b\n\n   c', 'cb'), 'c', 'up')).toBe('b');
  });
  test('every box can be reached', () => {
    const seen = new Set(['r']);
    for (const from of seen) {
      for (const arrow of ['left', 'right', 'up', 'down'] as const) {
        const to = walk(tree, from, arrow);
        if (to !== null) seen.add(to);
      }
    }
    expect([...seen].sort().join('')).toBe('rstuvw');
  });
});

test('a picture that grows to the right is walked along it', () => {
  const list = picture('a   b   c\n  d', 'ab bc ad', 'right');
  expect(walk(list, 'a', 'right')).toBe('b');
  expect(walk(list, 'c', 'left')).toBe('b');
  expect(walk(list, 'b', 'down')).toBe('d');
});

test('the first arrow selects the root, also when the box is no longer drawn', () => {
  expect(walk(tree, null, 'left')).toBe('r');
  expect(walk(tree, 'z', 'down')).toBe('r');
});
