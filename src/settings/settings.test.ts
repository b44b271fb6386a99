import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
  defaultSettings,
  drawingOf,
  formatSettings,
  parseSettings,
  readOptionsOf,
  readSettings,
  settingAt,
  settingsSchema,
  withSetting,
} from './settings.ts';

describe('reading a file', () => {
  test('what was written comes back', () => {
    const changed = withSetting(defaultSettings, 'drawing.types', {
      LinkedList: {
        color: { light: '#ff0000', dark: '#880000' },
        orientation: 'vertical',
        slices: { begin: 3, middle: 2, end: 1 },
      },
    });
    if (!changed.ok) throw new Error(changed.message);
    expect(parseSettings(formatSettings(changed.settings))).toEqual({ settings: changed.settings, problems: [] });
  });

  test.each<[string, unknown, readonly string[], string, unknown]>([
    ['an empty file is the defaults', {}, [], 'drawing.direction', 'down'],
    ['one setting applies', { drawing: { direction: 'right' } }, [], 'drawing.direction', 'right'],
    ['the schema link is no setting', { $schema: 'settings.schema.json', version: 1 }, [], 'reading.depth', 1000],
    [
      'an unknown setting',
      { drawing: { color: 1, direction: 'right' } },
      ['drawing.color: Unknown setting'],
      'drawing.direction',
      'right',
    ],
    ['an unknown group', { size: {}, reading: { depth: 3 } }, ['size: Unknown setting'], 'reading.depth', 3],
    [
      'a broken value has its default',
      { reading: { depth: -1, objects: 20 } },
      ['reading.depth: Must be a whole number from 0 to 1,000,000'],
      'reading.depth',
      1000,
    ],
    ['a group that is none', { drawing: 7, reading: { depth: 3 } }, ['drawing: Must be an object'], 'reading.depth', 3],
    [
      'a color by half, the rest of the type stays',
      { drawing: { types: { 'a.b': { color: { light: 'red', dark: '#000000' }, title: false } } } },
      ['drawing.types.a.b.color.light: Must be a color such as "#60a5ff"'],
      'drawing.types',
      { 'a.b': { title: false } },
    ],
    [
      'a broken accessor is left out',
      {
        accessors: [
          { name: 'x', enabled: 1, match: { by: 'class', className: 'X' }, source: '' },
          { name: 'y', enabled: true, match: { by: 'class', className: 'Y' }, source: '(y) => []' },
        ],
      },
      ['accessors.0.enabled: Must be true or false'],
      'accessors',
      [{ name: 'y', enabled: true, match: { by: 'class', className: 'Y' }, source: '(y) => []' }],
    ],
    [
      'a pattern that is no regular expression',
      { drawing: { keys: { hidePattern: '(' } } },
      ['drawing.keys.hidePattern: Must be a regular expression'],
      'drawing.keys.hidePattern',
      '',
    ],
    [
      'a file of a newer release',
      { version: 2, drawing: { direction: 'right' } },
      ['version: Must be 1. This file is from another version. Known settings were applied.'],
      'drawing.direction',
      'right',
    ],
  ])('%s', (_, input, problems, path, value) => {
    const read = readSettings(input);
    expect(read.problems.map(({ path, message }) => `${path}: ${message}`)).toEqual(problems);
    expect(settingAt(read.settings, path)).toEqual(value);
  });

  test('what is no JSON is said', () => {
    const { settings, problems } = parseSettings('{');
    expect(settings).toBe(defaultSettings);
    expect(problems[0]?.message).toContain('Not JSON');
  });

  test('any value gives settings that hold to the schema, and a good one is left as it is', () => {
    const name = fc.constantFrom(
      'drawing',
      'reading',
      'types',
      'accessors',
      'slices',
      'direction',
      'colors',
      'Foo',
      '__proto__',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.dictionary(name, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(value, (input) => {
        const { settings } = readSettings(input);
        expect(v.is(settingsSchema, settings)).toBe(true);
        expect(readSettings(settings)).toEqual({ settings, problems: [] });
      }),
    );
  });
});

test('a file from before color was spelled as in America is read the same', () => {
  const color = { light: '#ff0000', dark: '#880000' };
  const before = { version: 1, drawing: { colours: { map: color }, types: { Foo: { colour: color, title: false } } } };
  const { settings, problems } = readSettings(before);
  expect(problems).toEqual([]);
  expect(settings.drawing.colors).toEqual({ map: color });
  expect(settings.drawing.types).toMatchObject({ Foo: { color, title: false } });
  // What the file says with the new name counts.
  expect(readSettings({ drawing: { colours: {}, colors: { map: color } } }).settings.drawing.colors).toEqual({
    map: color,
  });
});

describe('changing one setting', () => {
  test('to a value, and back to its default', () => {
    const changed = withSetting(defaultSettings, 'reading.slices.begin', 3);
    expect(changed.ok && changed.settings.reading.slices).toEqual({ begin: 3, middle: 5, end: 10 });
    expect(changed.ok && withSetting(changed.settings, 'reading.slices.begin', undefined)).toEqual({
      ok: true,
      settings: defaultSettings,
    });
  });

  test('to something that it cannot be', () => {
    expect(withSetting(defaultSettings, 'drawing.direction', 'up')).toEqual({
      ok: false,
      message: 'Must be one of "down", "right"',
    });
  });
});

test('slices of one type are read for all, so that the diagram finds them', () => {
  const changed = withSetting(defaultSettings, 'drawing.types', { Foo: { slices: { begin: 40, middle: 0, end: 0 } } });
  expect(changed.ok && readOptionsOf(changed.settings)).toMatchObject({
    slices: { begin: 40, middle: 5, end: 10 },
  });
});

test('functions are read where closures are shown, and where functions are boxes', () => {
  expect(readOptionsOf(defaultSettings).functions).toBe(false);
  for (const [path, value] of [
    ['reading.scopes', true],
    ['drawing.types', { function: { display: 'box' } }],
  ] as const) {
    const changed = withSetting(defaultSettings, path, value);
    expect(changed.ok && readOptionsOf(changed.settings).functions).toBe(true);
  }
});

test('overrides of single objects join the drawing', () => {
  const objects = new Map([[12, { display: 'collapsed' } as const]]);
  expect(drawingOf(defaultSettings, objects).objects).toBe(objects);
});
