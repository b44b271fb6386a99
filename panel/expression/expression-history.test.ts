import { expect, test } from 'vitest';
import { createExpressionHistory } from './expression-history.ts';

function storage(initial: string | null = null) {
  let text = initial;
  return {
    getItem: () => text,
    setItem: (_key: string, value: string) => {
      text = value;
    },
  };
}

test('goes back from the newest, and ends at the oldest', () => {
  const history = createExpressionHistory(storage());
  history.add('a');
  history.add('b');
  expect([1, 2, 3].map((back) => history.at(back))).toEqual(['b', 'a', null]);
});

test('an expression that is drawn again moves to the front', () => {
  const history = createExpressionHistory(storage());
  for (const expression of ['a', 'b', 'a']) history.add(expression);
  expect([1, 2, 3].map((back) => history.at(back))).toEqual(['a', 'b', null]);
});

test('survives the panel, and keeps the newest hundred', () => {
  const kept = storage();
  const history = createExpressionHistory(kept);
  for (let i = 0; i < 120; i++) history.add(`e${i}`);
  const reopened = createExpressionHistory(kept);
  expect([reopened.at(1), reopened.at(100), reopened.at(101)]).toEqual(['e119', 'e20', null]);
});

test.each(['{', '{"a":1}', '[1, "kept", null]'])(
  'what is no list of expressions in storage does no harm: %s',
  (text) => {
    const history = createExpressionHistory(storage(text));
    expect(history.at(2)).toBeNull();
  },
);
