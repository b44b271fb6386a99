/** A click on `(…)` runs a getter of the page, with the debugger and never at a pause, in real DevTools. */
import { beforeAll, expect, test } from 'vitest';
import { memoryGraphPage, whilePaused } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });

beforeAll(async () => {
  await tab.page.evaluate(`
    globalThis.ran = [];
    globalThis.lazy = {
      plain: 1,
      get first() { ran.push('first'); return { made: [1, 2] }; },
      get second() { ran.push('second'); return 7; },
      get third() { ran.push('third'); throw new Error('no'); },
      set onlySet(value) {},
    };
    globalThis.many = {};
    for (let i = 0; i < 30; i++) Object.defineProperty(many, 'field' + i, {
      enumerable: true,
      get() { ran.push('field' + i); return i; },
    });
    0`);
});

const ran = () => tab.page.evaluate('ran.join()');
/** The properties of the object that was drawn first: `name: type of its value`. */
const rows = () =>
  tab.panel.evaluate(() => {
    const { roots, objects } = memoryGraph.snapshot();
    const value = roots[0]?.result.ok ? roots[0].result.value : null;
    const object = objects.find(({ id }) => value?.type === 'reference' && id === value.id);
    return (object?.parts ?? []).flatMap((part) =>
      part.type === 'property' && part.key.type === 'name' ? [`${part.key.name.head}: ${part.value.type}`] : [],
    );
  });

test('without the debugger, a sentence says what is missing', async () => {
  await tab.setDebugger(false);
  await tab.draw('lazy');
  await tab.clickInPicture('[data-getter="first"]');
  await tab.untilMessage('Attach the debugger to run a getter');
  expect(await ran()).toBe('');
});

test('with the debugger, the one that is clicked runs', async () => {
  await tab.setDebugger(true);
  await tab.page.evaluate('ran.length = 0');
  await tab.draw('lazy');
  expect(await ran()).toBe('');
  await tab.clickInPicture('[data-getter="first"]');
  await tab.untilStats('stats.nodes === 3');
  expect(await ran()).toBe('first');
  expect(await rows()).toEqual([
    'plain: number',
    'first: reference',
    'second: accessor',
    'third: accessor',
    'onlySet: accessor',
  ]);
});

test('one click runs all of a box, and what one throws is said', async () => {
  await tab.menu.open(await tab.boxWith('plain'));
  await tab.menu.choose('Run all getters');
  await expect.poll(rows).toContain('second: number');
  expect(await rows()).toEqual(expect.arrayContaining(['third: unreadable', 'onlySet: accessor']));
  const all = 'first,first,second,third';
  expect(await ran()).toBe(all);
  await tab.panel.click('[aria-label^="Undo"]');
  await expect.poll(rows).toContain('second: accessor');
  expect(await ran()).toBe(all);
});

test('of thirty, one click runs one, and the next one another; all run again when the graph is refreshed', async () => {
  await tab.page.evaluate('ran.length = 0');
  await tab.draw('many');
  await tab.clickInPicture('[data-getter="field3"]');
  await expect.poll(rows).toContain('field3: number');
  expect(await ran()).toBe('field3');
  await tab.clickInPicture('[data-getter="field5"]');
  await expect.poll(rows).toContain('field5: number');
  expect(await ran()).toBe('field3,field5');
  expect((await rows()).filter((row) => !row.endsWith('accessor'))).toEqual(['field3: number', 'field5: number']);
  await tab.drawAgain();
  await expect.poll(ran).toBe('field3,field5,field3,field5');
});

test.each([
  [
    'a plain object',
    `for (let i = 0; i < 30; i++) Object.defineProperty(drawn, 'field' + i, { enumerable: true, get() { ran.push(i); return i } })`,
  ],
  [
    'a model as Vue 2 makes it, whose getters and setters share what they close over',
    `const react = (object, values) => { for (const key of Object.keys(values)) {
      let value = values[key];
      if (typeof value === 'object') value = react({}, value);
      Object.defineProperty(object, key, { enumerable: true, configurable: true, get() { ran.push(key); return value }, set(next) { value = next } });
    } return object };
    react(drawn, Object.fromEntries(Array.from({ length: 30 }, (_, i) => ['field' + i, i % 2 ? i : { inner: i }])))`,
  ],
  [
    'an object of MobX 4, whose getters read its administration',
    `Object.defineProperty(drawn, '$mobx', { value: { values: Array.from({ length: 30 }, (_, i) => [i]) } });
    for (let i = 0; i < 30; i++) Object.defineProperty(drawn, 'field' + i, { enumerable: true, configurable: true, get() { ran.push(i); return this.$mobx.values[i] } })`,
  ],
])('all getters of %s are read by one action', async (_, script) => {
  await tab.page.evaluate(`globalThis.drawn = {}; { ${script} } ran.length = 0`);
  await tab.draw('drawn');
  // As many as are read of it; the others are behind `…`.
  const shown = await rows();
  expect(shown.length).toBeGreaterThan(20);
  expect(shown.filter((row) => !row.endsWith('accessor'))).toEqual([]);
  expect(await ran()).toBe('');
  await tab.menu.open(await tab.boxWith('field0'));
  await tab.menu.choose('Run all getters');
  await expect
    .poll(async () => (await rows()).filter((row) => row.endsWith('accessor')), { timeout: 15_000 })
    .toEqual([]);
  expect(String(await ran()).split(',')).toHaveLength(shown.length);
});

test('at a pause none runs', async () => {
  const script = `setTimeout(() => {
    globalThis.count = 0;
    const held = { get counted() { count += 1; return count; } };
    globalThis.held = held;
    debugger;
    return held;
  })`;
  await whilePaused({ url: 'index.html' }, script, async (paused) => {
    await paused.clickInPicture('[data-getter="counted"]');
    await paused.untilMessage('No getter runs while the page is paused');
    // The other view reads the same heap, and nothing tells it of the pause but V8.
    await paused.show('expression');
    await paused.draw('held');
    await paused.clickInPicture('[data-getter="counted"]');
    await paused.until("JSON.stringify(memoryGraph.snapshot()).includes('the page is paused')");
    expect(
      await paused.evaluate('memoryGraph.draw("count").then(() => memoryGraph.snapshot().roots[0].result.value.value)'),
    ).toBe(0);
  });
});
