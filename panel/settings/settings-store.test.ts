/** The settings in force, in a storage that is a map. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { presets } from '../../src/settings/presets.ts';
import { defaultSettings } from '../../src/settings/settings.ts';
import { createSettingsStore } from './settings-store.ts';

const KEY = 'memory-graph.settings';
const listeners = new Set<(event: StorageEvent) => void>();
beforeEach(() => {
  vi.stubGlobal('addEventListener', (_: string, listener: (event: StorageEvent) => void) => listeners.add(listener));
  vi.stubGlobal('removeEventListener', (_: string, listener: (event: StorageEvent) => void) =>
    listeners.delete(listener),
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
  listeners.clear();
});

function open(kept: string | null = null, isFull = false) {
  const stored = new Map(kept === null ? [] : [[KEY, kept]]);
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem(key: string, value: string) {
      if (isFull) throw new Error('QuotaExceededError');
      stored.set(key, value);
    },
  } as Storage;
  return { store: createSettingsStore(storage), stored };
}

const deep = JSON.stringify({ reading: { depth: 7 } });

test('what was kept is in force; what is missing is the default', () => {
  const { store } = open(deep);
  expect(store.settings.value).toEqual({ ...defaultSettings, reading: { ...defaultSettings.reading, depth: 7 } });
  expect(open().store.settings.value).toEqual(defaultSettings);
});

test('a change is kept, and a wrong value changes nothing and is told', () => {
  const { store, stored } = open();
  expect(store.change('reading.depth', 5)).toBeNull();
  expect(JSON.parse(stored.get(KEY) ?? '')).toMatchObject({ reading: { depth: 5 } });
  const before = store.settings.value;
  expect(store.change('reading.depth', -1)).toMatch(/whole number/);
  expect(store.settings.value).toBe(before);
  expect(store.change('reading.depth', undefined)).toBeNull();
  expect(store.settings.value).toEqual(defaultSettings);
});

test('where nothing can be kept the settings hold all the same', () => {
  const { store } = open(null, true);
  expect(store.change('reading.depth', 5)).toBeNull();
  expect(store.settings.value.reading.depth).toBe(5);
});

test('a change in another view of the panel is followed until this one is closed', () => {
  const { store } = open();
  const tell = (key: string, newValue: string | null) => {
    for (const listener of listeners) listener({ key, newValue } as StorageEvent);
  };
  tell('something else', deep);
  expect(store.settings.value.reading.depth).toBe(defaultSettings.reading.depth);
  tell(KEY, deep);
  expect(store.settings.value.reading.depth).toBe(7);
  tell(KEY, null);
  expect(store.settings.value).toEqual(defaultSettings);
  store.close();
  expect(listeners.size).toBe(0);
});

test('of a file what is right is taken, and what is wrong is named until it is dismissed', () => {
  const { store } = open();
  store.importText(JSON.stringify({ reading: { depth: 4, objects: 'many' } }));
  expect(store.settings.value.reading).toMatchObject({ depth: 4, objects: defaultSettings.reading.objects });
  expect(store.problems.value.map(({ path }) => path)).toEqual(['reading.objects']);
  store.dismissProblems();
  expect(store.problems.value).toEqual([]);
});

test('a file of which nothing can be read changes nothing, and opens the settings to say so', () => {
  const { store } = open(deep);
  store.importText('no settings');
  expect(store.settings.value.reading.depth).toBe(7);
  expect(store.problems.value).toHaveLength(1);
  expect(store.open.value).toBe(true);
});

test('what is exported is read again as it was, and a reset brings back the defaults', () => {
  const { store } = open(deep);
  const text = store.exportText();
  store.resetAll();
  expect(store.settings.value).toEqual(defaultSettings);
  store.importText(text);
  expect(store.settings.value.reading.depth).toBe(7);
});

test.each(presets.map((preset) => [preset.name, preset] as const))('the preset %s applies and is kept', (_, preset) => {
  const { store, stored } = open();
  store.apply(preset);
  expect(store.settings.value).toEqual(preset.apply(defaultSettings));
  expect(stored.has(KEY)).toBe(true);
});
