import { expect, test } from 'vitest';
import { stackLines } from './naming.ts';
import type { Pause, PausedFrame } from './pause.ts';
import { stackGroups } from './stack-frames.ts';

/** A frame for each word, outermost first; those in upper case are of a library, and `top` is outside of functions. */
function pauseOf(calls: readonly string[]): Pause {
  const frames = calls.map((name, index): PausedFrame => {
    const location = { scriptId: '1', url: '', line: 0, column: 0 };
    return {
      callFrameId: String(index),
      name,
      location,
      functionLocation: name === 'top' ? null : { ...location, url: name },
      isolated: false,
      original: null,
      scopes: [],
      receiver: { form: 'notYet' },
      returnValue: null,
    };
  });
  // Each function begins at a line of its own.
  const lineOf = (name: string): number => [...name].reduce((sum, one) => 31 * sum + one.charCodeAt(0), 0);
  const located = frames.map((frame) =>
    frame.functionLocation
      ? {
          ...frame,
          functionLocation: {
            ...frame.functionLocation,
            line: lineOf(frame.name),
          },
        }
      : frame,
  );
  return { reason: 'other', exception: null, frames: located, calls: [], asyncFrames: [] };
}

function labels(calls: readonly string[], options: { readonly libraries?: boolean; readonly unfolded?: true } = {}) {
  const pause = pauseOf(calls);
  const { libraries = false, ...rest } = options;
  const groups = stackGroups(
    pause,
    { libraries, asynchronous: false, ...rest },
    ({ name }) => name === name.toUpperCase(),
  );
  return stackLines(pause, groups).map(({ label }) => label);
}

const times = (count: number, ...names: readonly string[]): readonly string[] =>
  Array.from({ length: count }, () => names).flat();

test('of a function that calls itself the first two and the last five', () => {
  expect(labels(['top', ...times(500, 'rec')])).toEqual([
    '0: top',
    '1: rec',
    '2: rec',
    '… 493 more rec',
    '496: rec',
    '497: rec',
    '498: rec',
    '499: rec',
    '500: rec',
  ]);
});

test('of three that call each other a round and the last ones', () => {
  expect(labels(['top', ...times(10, 'a', 'b', 'c'), 'leaf'])).toEqual([
    '0: top',
    '1: a',
    '2: b',
    '3: c',
    '… 22 more a, b, c',
    '26: b',
    '27: c',
    '28: a',
    '29: b',
    '30: c',
    '31: leaf',
  ]);
});

test('through a library, whose frames are folded', () => {
  expect(labels(['top', ...times(20, 'visit', 'MAP', 'EACH'), 'visit'])).toEqual([
    '0: top',
    '1: visit',
    '2–3: library',
    '… 51 more visit',
    '55: visit',
    '56–57: library',
    '58: visit',
    '59–60: library',
    '61: visit',
  ]);
});

test('a short recursion is whole, and so is any on request', () => {
  expect(labels(['top', ...times(8, 'rec')])).toHaveLength(9);
  expect(labels(['top', ...times(9, 'rec')])).toHaveLength(9);
  expect(labels(['top', ...times(50, 'rec')], { unfolded: true })).toHaveLength(51);
});
