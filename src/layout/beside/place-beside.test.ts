/** Small changes of pictures: what stays, where new boxes go, and that no line meets a box. */
import { describe, expect, test } from 'vitest';
import { buildDiagram } from '../../diagram/build.ts';
import type { Diagram } from '../../diagram/diagram.ts';
import { type DiagramSettings, defaultSettings } from '../../diagram/settings.ts';
import { openPage } from '../../page/page.test-helper.ts';
import { layoutInProcess } from '../in-process.ts';
import { measureFrames, tableMeasure } from '../measure.ts';
import type { Placed, PlacedBox, Rectangle } from '../placed.ts';
import { overlaps, segmentsOf, touches } from './free-space.ts';
import { placeBeside } from './place-beside.ts';

const areaOf = ({ frame, title }: PlacedBox): Rectangle => ({
  ...frame,
  y: title.y,
  width: Math.max(frame.width, title.width),
  height: frame.y + frame.height - title.y,
});

/** Two diagrams of one page, before and after something happens in it. */
function pair(script: string, change: string, direction: DiagramSettings['direction']): readonly [Diagram, Diagram] {
  const page = openPage(script);
  const settings = { ...defaultSettings, direction };
  const one = buildDiagram(page.capture(['data']), settings);
  return [one, buildDiagram(page.capture([`(${change}, data)`]), settings)];
}

async function lay(diagram: Diagram): Promise<Placed> {
  const outcome = await layoutInProcess(diagram, tableMeasure);
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.placed;
}

const script = `
  const shared = { name: 'shared' };
  const data = { list: [1, 2, 3].map((id) => ({ id, label: 'item ' + id, shared })), index: new Map(), shared };
  for (const item of data.list) data.index.set(item.id, item);`;

const changes: readonly (readonly [name: string, change: string])[] = [
  ['a box more', 'data.list[0].more = { x: 1, y: 2 }'],
  ['a box more that refers to others', 'data.list[1].more = { back: data, next: data.list[2], own: { deep: {} } }'],
  ['several boxes more', 'data.list.push({ id: 4 }, { id: 5, shared }, { id: 6, list: data.list })'],
  ['a box less', 'data.list.pop()'],
  ['a reference more', 'data.list[0].next = data.list[2]'],
  ['a reference to itself', 'data.list[0].self = data.list[0]'],
  ['a longer text', 'data.list[1].label = "a text that is much longer than before, so that the box grows"'],
];

describe.each(['down', 'right'] as const)('%s', (direction) => {
  test.each(changes)('%s', async (_, change) => {
    const [before, after] = pair(script, change, direction);
    const previous = await lay(before);
    const placed = placeBeside(after, measureFrames(after, tableMeasure), previous);
    if (!placed) throw new Error('It was not changed.');
    expect(placed.boxes.map(({ box }) => box.key)).toEqual(after.boxes.map(({ key }) => key));
    expect(placed.references.length).toBe(after.references.length);

    const was = new Map(previous.boxes.map(({ box, frame }) => [box.key, frame]));
    const moved = placed.boxes.filter(({ box, frame }) => {
      const old = was.get(box.key);
      return old && (old.x !== frame.x || old.y !== frame.y);
    });
    // Only a box that grew may have to go elsewhere.
    for (const { box, frame } of moved) {
      const old = was.get(box.key);
      expect(old && (frame.width > old.width || frame.height > old.height), box.key).toBe(true);
    }

    for (const [i, one] of placed.boxes.entries()) {
      for (const other of placed.boxes.slice(i + 1))
        expect(overlaps(areaOf(one), areaOf(other), 0), `${one.box.key} on ${other.box.key}`).toBe(false);
    }
    for (const { reference, points } of placed.references) {
      const met = placed.boxes.filter(
        ({ box, frame }) =>
          box.key !== reference.from &&
          box.key !== reference.to &&
          segmentsOf(points).some((segment) => touches(segment, frame, 0)),
      );
      expect(
        met.map(({ box }) => box.key),
        `${reference.from} to ${reference.to}`,
      ).toEqual([]);
    }
    const inside = ({ x, y }: { readonly x: number; readonly y: number }): boolean =>
      x >= placed.origin.x &&
      y >= placed.origin.y &&
      x <= placed.origin.x + placed.width &&
      y <= placed.origin.y + placed.height;
    expect(placed.references.flatMap(({ points }) => points).every(inside)).toBe(true);
  });
});

test('nothing changed: the same picture', async () => {
  const [before, after] = pair(script, '0', 'down');
  const previous = await lay(before);
  const placed = placeBeside(after, measureFrames(after, tableMeasure), previous);
  expect(placed?.references.map(({ points }) => points)).toEqual(previous.references.map(({ points }) => points));
  expect(placed).toMatchObject({ origin: previous.origin, width: previous.width, height: previous.height });
});

test('another direction, or other boxes, are arranged anew', async () => {
  const [down] = pair(script, '0', 'down');
  const [right] = pair(script, '0', 'right');
  const previous = await lay(down);
  expect(placeBeside(right, measureFrames(right, tableMeasure), previous)).toBeNull();
  const other = buildDiagram(
    openPage('const a = [{}, {}, {}], data = { a, b: [a] }').capture(['[data, [{}, {}], {}]']),
  );
  const alien = { ...other, boxes: other.boxes.map((box) => ({ ...box, key: `other ${box.key}` })), references: [] };
  expect(placeBeside(alien, measureFrames(alien, tableMeasure), previous)).toBeNull();
});
