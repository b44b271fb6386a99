/** Going through the steps of a real recording: which picture is shown, and what the step changed. */
import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { type Shown, shownOf } from '../../src/recording/moment.ts';
import { record } from '../../src/recording/programs.test-helper.ts';
import { snapshotAt } from '../../src/recording/recording.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { painterInProcess } from '../reading/stub-capture.test-helper.ts';
import { createPlayer } from './player.ts';

const program = `(() => { const list = [3, 1, 2];
for (let i = 1; i < list.length; i++)
  for (let j = i; j > 0 && list[j - 1] > list[j]; j--) { const held = list[j]; list[j] = list[j - 1]; list[j - 1] = held; }
})()`;

async function open() {
  const shown = signal<Shown | null>(shownOf(await record(program)));
  const player = createPlayer(shown, painterInProcess(), signal(defaultSettings));
  await expect.poll(() => player.isDrawn.value && player.reading.value !== null).toBe(true);
  return { player, shown, count: shown.value?.recording.stops.length ?? 0 };
}

test('after many steps at once the picture is that of the last one', async () => {
  const { player, shown, count } = await open();
  for (let step = 0; step < count; step += 1) player.goTo(step);
  expect(player.step.value).toBe(count - 1);
  await expect.poll(() => player.isDrawn.value).toBe(true);
  const { recording, moments } = shown.value ?? shownOf(await record(program));
  const last = snapshotAt(recording, moments, count - 1);
  expect([...(player.reading.value?.picture.snapshot.objects.keys() ?? [])]).toEqual([...last.objects.keys()]);
  player.close();
});

test('the next change is marked, and the next call begins a function', async () => {
  const { player, shown, count } = await open();
  player.change(1);
  await expect.poll(() => player.isDrawn.value && player.marks.value !== null).toBe(true);
  const { counts } = player.marks.value ?? { counts: { new: 0, changed: 0, gone: 0 } };
  expect(counts.new + counts.changed + counts.gone).toBeGreaterThan(0);
  player.goTo(count - 1);
  player.change(1);
  expect(player.step.value).toBe(count - 1);
  player.goTo(0);
  player.call(1);
  const { stops, calls } = shown.value?.recording ?? { stops: [], calls: [] };
  expect(calls[stops[player.step.value]?.call ?? -1]?.stops[0]).toBe(player.step.value);
  player.close();
});

test('play goes on by itself, and ends at the last step', async () => {
  const { player, count } = await open();
  player.setSpeed('fastest');
  player.goTo(count - 4);
  player.play();
  expect(player.playing.value).toBe(true);
  await expect.poll(() => player.step.value, { timeout: 20_000 }).toBe(count - 1);
  await expect.poll(() => player.playing.value, { timeout: 20_000 }).toBe(false);
  player.close();
});
