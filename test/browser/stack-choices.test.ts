/** What a person chooses in the Stack view of real DevTools: frames, watches, settings, what is opened. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ folder: 'test/browser/pages', url: 'choices.html' });
const { stack } = tab;
beforeAll(() => stack.follow());
afterEach(() => stack.resumeAll());

const pauseHere = () => stack.pauseBy(() => tab.page.evaluate('setTimeout(outer)'));

describe('watches', () => {
  afterEach(() => stack.removeWatches());

  test('several added at once are all kept, each with its own outcome', async () => {
    await pauseHere();
    for (const expression of ['size', 'size += 1', 'nothing.here', 'si ze']) await stack.watch(expression);
    await stack.until(
      'stack.watches.length === 4 && stack.watches.every(({ waits, error }, i) => [!waits, waits, error, error][i])',
    );
    const { watches } = await stack.state();
    expect(watches.map(({ expression }) => expression)).toEqual(['size', 'size += 1', 'nothing.here', 'si ze']);
    expect(watches[2]?.error).toMatch(/nothing is not defined/);
    expect(watches[3]?.error).toMatch(/SyntaxError/);
    expect(await stack.watched('size')).toEqual({ ok: true, value: { type: 'number', value: 2 } });
    expect(await stack.watched('size += 1')).toBeUndefined();
  });

  test('an endless one ends, and the stack is drawn all the same', async () => {
    await pauseHere();
    await stack.watch('(() => { for (;;); })()');
    await stack.until('stack.watches[0]?.error !== null');
    expect((await stack.state()).watches[0]?.error).toMatch(/timed out after 500 ms/);
    expect(await stack.frame((await stack.frameLabels()).length - 1)).toMatchObject({ size: '2' });
  });

  test('are evaluated in the frame that was clicked', async () => {
    await pauseHere();
    await stack.watch('size');
    await stack.untilWatched('size');
    expect(await stack.watched('size')).toMatchObject({ value: { value: 2 } });
    await tab.clickInPicture(`[data-box="${await stack.boxOf('outer')}"]`);
    await stack.until(
      `stack.picture.snapshot.roots.some(({ label, result }) => label === 'size' && result.value.value === 1)`,
    );
    await stack.press('F10');
    expect(await stack.watched('size')).toMatchObject({ value: { value: 2 } });
  });
});

describe('settings', () => {
  afterEach(() => tab.settings());

  test('of what is drawn: the pictures are drawn again when the page has long gone on', async () => {
    await pauseHere();
    await stack.press('F10');
    await stack.resumeAll();
    await tab.settings({ drawing: { direction: 'right' } });
    await stack.until("stack.picture.diagram.direction === 'right' && stack.marks !== null");
    await tab.panel.evaluate(() =>
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', altKey: true, bubbles: true })),
    );
    await stack.until("stack.place === stack.pauses.length - 2 && stack.picture.diagram.direction === 'right'");
  });

  test('of what is read: the page is read again while it is paused', async () => {
    await pauseHere();
    const { number } = (await stack.state()).pauses.at(-1) ?? {};
    await tab.settings({ reading: { slices: { begin: 1, middle: 1, end: 1 } } });
    await stack.until(
      "stack.picture.snapshot.objects.some(({ kind, size, parts }) => kind === 'array' && size === 100 && parts.filter(({ type }) => type === 'element').length === 3)",
    );
    expect((await stack.state()).pauses.at(-1)?.number).toBe(number);
  });
});

test('a click on … reads more while the page is paused', async () => {
  await pauseHere();
  const elements = async () =>
    (await stack.state()).picture?.snapshot.objects
      .find(({ kind, size }) => kind === 'array' && size === 100)
      ?.parts.filter(({ type }) => type === 'element').length;
  expect(await elements()).toBe(25);
  await tab.clickInPicture('.mg-hidden');
  await stack.until(
    "stack.picture.snapshot.objects.some(({ kind, size, parts }) => kind === 'array' && size === 100 && parts.filter(({ type }) => type === 'element').length > 25)",
  );
});

describe('as it is drawn by default', () => {
  const helpers = Array.from(
    { length: 120 },
    (_, i) => `function h${i}() { return [h${(i + 1) % 120}, v${i}]; } let v${i} = ${i};`,
  );
  // With those that it uses of others, as many as a view of this height has room for.
  const locals = Array.from({ length: 20 }, (_, i) => `const a${i} = ${i};`);
  const script = `setTimeout((() => { ${helpers.join(' ')}
    return function run(order) { ${locals.join(' ')} const mine = { order, v: [v3] }; debugger; return [a0, v3, v7, mine]; }; })(), 0, {})`;
  const names = async (): Promise<readonly string[]> => {
    const key = await stack.boxOf('run');
    const box = (await stack.state()).picture?.diagram.boxes.find((one) => one.key === key);
    return (box?.lines ?? []).map(({ labels: [at], value }) => {
      const { row, column } = at ?? value;
      return box?.rows[row]?.[column]?.text ?? '';
    });
  };

  test('a frame has all its own variables, then those that it uses of others; the rest opens on a click', async () => {
    await stack.pauseBy(() => tab.page.evaluate(`void ${script}`));
    const before = await names();
    expect(before.slice(0, 22)).toEqual(['order', ...Array.from({ length: 20 }, (_, i) => `a${i}`), 'mine']);
    expect(before.slice(22, 24).toSorted()).toEqual(['v3', 'v7']);
    await tab.clickInPicture(`[data-box="${await stack.boxOf('run')}"] .mg-hidden`);
    await stack.until(`stack.picture.diagram.boxes.some(({ lines }) => lines.length > 100)`);
    expect((await names()).slice(0, 24)).toEqual(before.slice(0, 24));
    expect(await names()).toContain('v50');
  });
});

test('frames and values that have nothing to show have no boxes', async () => {
  const script =
    '(function empty() { const none = [], nothing = {}, one = [1]; debugger; return [none, nothing, one]; })()';
  await stack.pauseBy(() => tab.page.evaluate(`void setTimeout(${JSON.stringify(`(() => ${script})()`)})`));
  const { picture } = await stack.state();
  const boxes = picture?.diagram.boxes ?? [];
  expect(boxes.filter(({ lines }) => lines.length === 0)).toEqual([]);
  const texts = boxes.flatMap(({ rows }) => rows.flatMap((row) => row.map((cell) => cell?.text ?? '')));
  expect(texts).toEqual(expect.arrayContaining(['none', '[]', 'nothing', '{}']));
});
