/** The ready-made accessors against the libraries that they are for. */
import { Map as ImmutableMap, Record as ImmutableRecord, List } from 'immutable';
import { makeAutoObservable, observable } from 'mobx';
import { describe, expect, test } from 'vitest';
import { readyAccessors } from './ready-accessors.ts';

/** The name of the accessor that accepts a value, and what it reads. */
function read(value: object): readonly [string, unknown] | null {
  for (const { name, match, source } of readyAccessors) {
    if (match.by !== 'predicate') continue;
    let accepted: unknown = false;
    try {
      accepted = Function(`return (${match.source})`)()(value);
    } catch {
      // As in the page: written for other objects.
    }
    if (accepted === true) return [name, Function(`return (${source})`)()(value)];
  }
  return null;
}

class Counter {
  count = 1;
  constructor() {
    makeAutoObservable(this);
  }
  get double(): number {
    return 2 * this.count;
  }
}

describe('what is read', () => {
  test.each<[string, object, readonly [string, unknown] | null]>([
    [
      'a list',
      List(['a', 'b']),
      [
        'Immutable',
        [
          [0, 'a'],
          [1, 'b'],
        ],
      ],
    ],
    ['a map', ImmutableMap({ k: 1 }), ['Immutable', [['k', 1]]]],
    [
      'a record',
      ImmutableRecord({ x: 1, y: 2 })({ y: 3 }),
      [
        'Immutable',
        [
          ['x', 1],
          ['y', 3],
        ],
      ],
    ],
    [
      'an observable array',
      observable([1, 2]),
      [
        'MobX',
        [
          [0, 1],
          [1, 2],
        ],
      ],
    ],
    [
      'an observable object',
      observable({ a: 1, b: 'x' }),
      [
        'MobX',
        [
          ['a', 1],
          ['b', 'x'],
        ],
      ],
    ],
    ['a plain object', { a: 1 }, null],
    ['an array', [1], null],
  ])('%s', (_, value, expected) => {
    expect(read(value)).toEqual(expected);
  });

  test('an instance with a computed value, which is not computed', () => {
    const found = read(new Counter());
    expect(found?.[0]).toBe('MobX');
    expect(found?.[1]).toContainEqual(['count', 1]);
  });

  test('an observable map', () => {
    expect(read(observable(new Map([['k', 1]])))).toEqual(['MobX', [['k', 1]]]);
    expect(read(observable(new Set(['v'])))).toEqual(['MobX', [['v', 'v']]]);
  });
});
