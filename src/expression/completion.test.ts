import { describe, expect, test } from 'vitest';
import { completionPoint, completionsOf } from './completion.ts';

describe('where something can be completed', () => {
  test.each<[text: string, expected: string | null]>([
    ['da', ' / da'],
    ['x + da', ' / da'],
    ['data.', 'data / '],
    ['data.it', 'data / it'],
    ['data?.it', 'data / it'],
    ['[...data.items[3].ow', 'data items 3 / ow'],
    ['data["odd name"].x', 'data odd name / x'],
    [`data['it\\'s'].x`, "data it's / x"],
    ['data["od', 'data / od'],
    ['$0.par', '$0 / par'],
    ['ünï.cö', 'ünï / cö'],
    ['data.items[', 'data items / '],
    ['data.items[1', 'data items / 1'],
    ['data.get(', 'data / '],
    ['a.b.get("an', 'a b / "an'],
    ["a.b.has('", "a b / '"],
    ['data.get("a").x', null],
    ['f().get(', null],
    ['f().x', null],
    ['"data.', null],
    ['3.x', null],
    ['data.items ', null],
    ['(a).x', null],
    ['', null],
  ])('%s', (text, expected) => {
    const point = completionPoint(text);
    expect(point && `${point.path.join(' ')} / ${point.prefix}`).toBe(expected);
  });
});

describe('what is offered, and what is inserted', () => {
  const names = [[], ['items', 'Index', 'odd name', "it's"], ['isPrototypeOf', 'items']];
  test.each<[text: string, expected: readonly string[]]>([
    ['data.i', ['data.items', 'data["it\'s"]', 'data.isPrototypeOf', 'data.Index']],
    ['data?.od', ['data?.["odd name"]']],
    ['data["od', ['data["odd name"]']],
    ["data['it'", []],
    ["data['it", [`data['items']`, `data['it\\'s']`]],
    ['x + it', ['x + items']],
    ['data.items', []],
  ])('%s', (text, expected) => {
    const point = completionPoint(text);
    expect(point ? completionsOf(point, names, text).map((one) => one.text) : []).toEqual(expected);
  });
});

test.each<[text: string, expected: readonly string[]]>([
  ['data.get(', ['data.get("ann")', 'data.get("it\'s")', 'data.get(12)', 'data.get(true)']],
  ['data.get("a', ['data.get("ann")']],
  ["data.get('", ["data.get('ann')", "data.get('it\\'s')"]],
  ['data.has(1', ['data.has(12)']],
  ['data.get("ann")', []],
])('keys of a Map: %s', (text, expected) => {
  const point = completionPoint(text);
  const keys = ['"ann', `"it's`, '12', 'true'];
  expect(point ? completionsOf(point, [keys, ['get', 'has']], text).map((one) => one.text) : []).toEqual(expected);
});

test.each<[text: string, expected: readonly string[]]>([
  ['list[', ['list[0]', 'list[1]', 'list[10]']],
  ['list[1', ['list[10]']],
])('indexes: %s', (text, expected) => {
  const point = completionPoint(text);
  expect(point ? completionsOf(point, [['0', '1', '10'], ['length']], text).map((one) => one.text) : []).toEqual(
    expected,
  );
});

test('behind the bracket of an object, its names', () => {
  const point = completionPoint('data[');
  expect(point && completionsOf(point, [[], ['odd name']], 'data[')).toEqual([
    { name: 'odd name', text: 'data["odd name"]' },
  ]);
});
