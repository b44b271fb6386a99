import { describe, expect, test } from 'vitest';
import { sample } from './sample.ts';

const cases = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

describe('a sample', () => {
  test.each([
    { count: 1, of: [0] },
    { count: 2, of: [0, 5] },
    { count: 3, of: [0, 4, 7] },
    { count: 5, of: [0, 2, 4, 6, 8] },
    { count: 10, of: cases },
    { count: 20, of: cases },
  ])('of $count is spread evenly: $of', ({ count, of }) => {
    expect(sample(cases, count, false)).toEqual(of);
  });

  test('is everything where the run is to be whole', () => {
    expect(sample(cases, 2, true)).toEqual(cases);
  });

  test.each(cases.slice(1))('of %i has as many as were asked for', (count) => {
    expect(sample(cases, count, false)).toHaveLength(count);
  });
});
