/** What of two pictures of one heap counts as changed, whatever of it each one had room for. */
import { expect, test } from 'vitest';
import { defaultSettings } from '../../src/diagram/settings.ts';
import { openPage } from '../../src/page/page.test-helper.ts';
import { defaultReadOptions } from '../../src/snapshot/read-options.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import type { Reading } from '../reading/reading.ts';
import { painterInProcess } from '../reading/stub-capture.test-helper.ts';
import { compareReadings } from './comparison.ts';

const page = openPage(`
const keys = Array.from({ length: 8 }, (_, id) => ({ id, deep: { in: { it: id } } }));
const data = {
  cache: new Map(keys.map((key, i) => [key, { of: keys[(i + 1) % 8], list: [[i], [i + 1]] }])),
  index: Object.fromEntries(keys.map((key, i) => ['key' + i, { key, more: { a: { b: i } } }])),
  list: keys.map((key) => ({ key, others: keys.slice(0, 3) })),
};`);

async function reading(snapshot: Snapshot, width: number): Promise<Reading> {
  const view = { width, height: 600 };
  const drawing = { ...defaultSettings, amount: 'readable' as const, view };
  const options = defaultReadOptions;
  const painted = await painterInProcess().paint(
    { snapshot, options, drawing, subject: 'data', captureTime: 0 },
    new AbortController().signal,
  );
  if (!painted.ok) throw new Error(painted.message);
  return { picture: painted.picture, heap: 'page', transport: 'eval', options, paintedWith: '', frozen: null };
}

test('what a view has no room for has not changed', async () => {
  const snapshot = page.capture(['data']);
  const wide = await reading(snapshot, 1280);
  const narrow = await reading(snapshot, 500);
  expect(narrow.picture.stats.nodes).toBeLessThan(wide.picture.stats.nodes);
  for (const [other, shown] of [
    [wide, narrow],
    [narrow, wide],
  ] as const) {
    const { marks, sentence } = compareReadings(other, shown);
    expect([...marks.boxes]).toEqual([]);
    expect(sentence).toMatch(/^Nothing changed/);
  }
  page.run('data.index.key0.more.a.b = 77');
  const { marks } = compareReadings(wide, await reading(page.capture(['data']), 500));
  expect(marks.counts.changed).toBeGreaterThan(0);
});
