import { describe, expect, test } from 'vitest';
import { digits } from '../../wire/format.ts';
import { captureBuiltins } from '../realm/builtins.ts';
import { charactersOf, Sink } from './digit-writer.ts';

const builtins = captureBuiltins(globalThis);
const values = [0, 31, 32, 1023, 1024, 2 ** 30 - 1, 2 ** 30, 2 ** 31, 2 ** 40 + 5, Number.MAX_SAFE_INTEGER];

/** As the format says: base 32, least significant digit first, 32 added to every digit but the last. */
function written(value: number): string {
  const low = digits[value < 32 ? value : 32 + (value % 32)] ?? '';
  return value < 32 ? low : low + written(Math.floor(value / 32));
}

describe.each([
  ['gathering codes', builtins],
  [
    'joining texts, where String.fromCharCode was replaced',
    { ...builtins, values: { ...builtins.values, joinsCodes: false } },
  ],
])('%s', (_name, given) => {
  test.each(values)('%d', (value) => {
    const sink = new Sink(given, charactersOf(given));
    sink.number(value);
    expect(sink.take()).toBe(written(value));
    expect(sink.take()).toBe('');
  });

  test('all digits, over the edges of batches', () => {
    const sink = new Sink(given, charactersOf(given));
    for (let round = 0; round < 100; round += 1) for (let value = 0; value < 64; value += 1) sink.digit(value);
    expect(sink.take()).toBe(digits.repeat(100));
  });

  test.each([
    [3, 5],
    [2040, 20],
    [10, 5000],
    [5000, 5000],
  ])('%d digits and %d from another', (own, others) => {
    const [sink, other] = [new Sink(given, charactersOf(given)), new Sink(given, charactersOf(given))];
    for (let index = 0; index < own; index += 1) sink.digit(index % 64);
    for (let index = 0; index < others; index += 1) other.digit(63 - (index % 64));
    sink.append(other);
    sink.digit(1);
    const expected = (count: number, digit: (index: number) => number): string =>
      Array.from({ length: count }, (_, index) => digits[digit(index)]).join('');
    expect(sink.take()).toBe(
      `${expected(own, (index) => index % 64)}${expected(others, (index) => 63 - (index % 64))}B`,
    );
    expect(other.take()).toBe('');
  });

  test('what is cleared is gone', () => {
    const sink = new Sink(given, charactersOf(given));
    for (let index = 0; index < 3000; index += 1) sink.digit(5);
    sink.clear();
    sink.digit(1);
    expect(sink.take()).toBe('B');
  });
});
