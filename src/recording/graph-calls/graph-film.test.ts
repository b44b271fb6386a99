import { expect, test } from 'vitest';
import { captureBuiltins } from '../../page/realm/builtins.ts';
import { createGraphCalls } from '../../page/recorder/graph-calls.ts';
import { shownOf } from '../moment.ts';
import { defaultBudget, recordedView } from '../record.ts';
import { snapshotAt } from '../recording.ts';
import { createGraphFilm, isGraphFilm } from './graph-film.ts';

const source = `
function sort(a) {
  for (let j = 1; a[j] < a[j - 1]; j += 1) graph(a, j, a.map((one) => one * 2 + a.length), graph);
}
`;

function filmOf(calls: (keep: (place: string, ...values: readonly unknown[]) => void) => void) {
  const page = createGraphCalls(captureBuiltins(globalThis, true), recordedView, defaultBudget);
  const film = createGraphFilm();
  calls((place, ...values) => page.keep(values, place));
  film.add(page.take());
  return film;
}

test('values are called as the code calls them, and index variables are paired', () => {
  const list = [3, 1];
  const film = filmOf((keep) => {
    keep('sort (http://x/sort.js:3:44)', list, 1);
    list.reverse();
    keep('http://x/other.js:1:1', list);
    keep('sort (http://x/sort.js:3:44)', list, 2);
    list.length = 0;
  });
  expect(film.urls()).toEqual(['http://x/sort.js', 'http://x/other.js']);
  const recording = film.build(new Map([['http://x/sort.js', source]]), 'stopped');
  expect(isGraphFilm(recording)).toBe(true);
  expect(recording.calls.map(({ stops, parent, end }) => ({ stops, parent, end }))).toEqual([
    { stops: [0, 2], parent: null, end: 'returned' },
    { stops: [1], parent: null, end: 'returned' },
  ]);
  const [first, second] = recording.functions;
  expect(first?.parameters).toEqual(['a', 'j', 'a.map((one) => one * 2 + a.len…', 'graph']);
  expect(first?.pairs).toEqual([{ array: 'a', index: 'j' }]);
  expect(second?.variables.slice(0, 2).map(({ shown }) => shown)).toEqual(['value', 'value 2']);
  const { moments } = shownOf(recording);
  const elements = [0, 1, 2].map((stop) =>
    [...snapshotAt(recording, moments, stop).objects.values()].flatMap(({ kind, parts }) =>
      kind === 'array' ? parts.flatMap((part) => (part.type === 'element' ? [part.value] : [])) : [],
    ),
  );
  expect(elements).toMatchObject([
    [{ value: 3 }, { value: 1 }],
    [{ value: 1 }, { value: 3 }],
    [{ value: 1 }, { value: 3 }],
  ]);
});
