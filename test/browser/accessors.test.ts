/** Custom accessors: a person's functions that say how objects of a class are read, in real DevTools. */
import { beforeAll, describe, expect, test } from 'vitest';
import { readyAccessors } from '../../src/settings/ready-accessors.ts';
import type { Accessor } from '../../src/settings/settings.ts';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
beforeAll(async () => {
  await tab.page.evaluate(`
    class Money { constructor(cents) { this.cents = cents; } }
    globalThis.Money = Money;
    globalThis.price = new Money(1250);
    globalThis.many = { keys: Array.from({ length: 60 }, (_, i) => i) };
    const raw = { inner: { a: 1 } };
    globalThis.proxy = new Proxy(raw, { get: (target, key) => (key === '__v_raw' ? target : Reflect.get(target, key)) });
    globalThis.table = {
      schema: { fields: [{ name: 'x' }, { name: 'y' }] },
      getChild: (name) => new Set([name, 1]),
    };
    globalThis.immutable = {
      '@@__IMMUTABLE_ITERABLE__@@': true,
      toSeq: () => new Map([['k', 1], ['l', 2]]),
    };
    0;
  `);
});

const money = (source: string): Accessor => ({
  name: 'Money',
  enabled: true,
  match: { by: 'class', className: 'Money' },
  source,
});

/** The texts of the cells of the first box, rows from the top. */
async function cells(accessors: readonly Accessor[], expression: string): Promise<string> {
  await tab.settings({ accessors });
  await tab.draw(expression);
  const [box] = (await tab.diagram()).boxes;
  return (box?.rows ?? []).map((row) => row.map((cell) => cell?.text ?? '').join(' ')).join('; ');
}

describe('an accessor', () => {
  test.each([
    [
      'reads the objects of its class',
      "(money) => [['euros', money.cents / 100], ['paid', true]]",
      'euros 12.5; paid true',
    ],
    ['gives entries where keys are no texts', '(money) => [[1, money.cents]]', '1 1250'],
    ['may end in a comment', "(money) => [['cents', 1]] // one", 'cents 1'],
    ['that throws says so in the node', '(money) => money.nothing.at(0)', '[[Accessor]] unreadable; cents 1250'],
    ['that gives no list says so', '() => 7', '[[Accessor]] unreadable; cents 1250'],
    ['that does not parse says so', '(money => [', '[[Accessor]] unreadable; cents 1250'],
  ])('%s', async (_, source, expected) => {
    expect(await cells([money(source)], 'price')).toBe(expected);
  });

  test('leaves other objects alone', async () => {
    expect(await cells([money("() => [['wrong', 1]]")], 'many')).not.toContain('wrong');
  });

  test('that is off reads nothing', async () => {
    expect(await cells([{ ...money("() => [['wrong', 1]]"), enabled: false }], 'price')).toBe('cents 1250');
  });

  test('is sliced like any other container', async () => {
    const rows = await cells([money("() => Array.from({ length: 60 }, (_, i) => ['k' + i, i])")], 'price');
    expect(rows).toContain('k9 9;');
    expect(rows).not.toContain('k15 15');
    expect(rows).toContain('k59 59');
  });

  test('works through the debugger too', async () => {
    await tab.setDebugger(true);
    expect(await cells([money("(money) => [['euros', money.cents / 100]]")], 'price')).toBe('euros 12.5');
    expect(await cells([money('(money => [')], 'price')).toBe('[[Accessor]] unreadable; cents 1250');
    await tab.setDebugger(false);
  });
});

test.each([
  ['Vue', 'proxy', 'inner'],
  ['Arrow table', 'table', 'x y'],
  ['Immutable', 'immutable', 'k 1; l 2'],
])('the ready-made accessor for %s', async (name, expression, expected) => {
  const ready = readyAccessors.find((accessor) => accessor.name === name);
  if (!ready) throw new Error(`There is no accessor ${name}.`);
  expect(await cells([{ ...ready, enabled: true }], expression)).toContain(expected);
});
