import { describe, expect, test } from 'vitest';
import { format, parse } from './message-format.ts';
import { say, sayNumber, sayParts } from './say.ts';

const filled = (message: string, values: Readonly<Record<string, string | number>> = {}, language = 'en'): string =>
  format(parse(message), values, language).join('');

const objects = '{count, plural, =0 {nothing} one {# object} other {# objects}}';

describe('a message', () => {
  test.each<[message: string, values: Readonly<Record<string, string | number>>, text: string]>([
    ['Fit to window', {}, 'Fit to window'],
    ['Stored as {name}', { name: 'temp1' }, 'Stored as temp1'],
    ['{a} and {b} and {a}', { a: 'x', b: 'y' }, 'x and y and x'],
    [objects, { count: 0 }, 'nothing'],
    [objects, { count: 1 }, '1 object'],
    [objects, { count: 1204 }, '1,204 objects'],
    ['{n, plural, one {# of {all}} other {# of {all} #}}', { n: 2, all: 'x' }, '2 of x 2'],
    ['in {kind, select, worker {a worker} other {the page}}', { kind: 'worker' }, 'in a worker'],
    ['in {kind, select, worker {a worker} other {the page}}', { kind: 'frame' }, 'in the page'],
    ["It's # here", {}, "It's # here"],
    ['{value}', { value: '{name} # $1' }, '{name} # $1'],
  ])('%s', (message, values, text) => {
    expect(filled(message, values)).toBe(text);
  });

  test('counts as its language does', () => {
    const files = '{n, plural, one {# Datei} few {# pliki} many {# plików} other {# x}}';
    expect([1, 3, 5].map((n) => filled(files, { n }, 'pl'))).toEqual(['1 Datei', '3 pliki', '5 plików']);
    expect(filled('{n}', { n: 12_345.5 }, 'de')).toBe('12.345,5');
  });

  test.each(['{', '}', '{a', '{a, plural, one {x}}', '{a, other}', '{a b}'])('%s is refused', (message) => {
    expect(() => parse(message)).toThrow(SyntaxError);
  });

  test('without one of its values is refused', () => {
    expect(() => filled('{name}')).toThrow('A message needs a value for name.');
  });
});

test('says the messages of the extension', () => {
  expect(say('action_fit')).toBe('Fit to window');
  expect(say('failure_stopped', { seconds: 1.5 })).toBe(
    'Evaluation timed out after 1.5 s. Change the expression and try again.',
  );
  expect(sayNumber(105_899)).toBe('105,899');
});

test('keeps what is no text as a part', () => {
  const element = { tag: 'code' };
  expect(sayParts('failure_syntax', { message: element })).toEqual(['SyntaxError: ', element]);
});
