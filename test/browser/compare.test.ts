/** Comparing pictures: what a redrawing marks, and what is marked against a picture that was kept. */
import { beforeAll, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'values.html', folder: 'test/browser/pages', width: 1100, height: 700 });

beforeAll(async () => {
  await tab.settings({ drawing: { amount: 'all' } });
  await reset();
});

const reset = () =>
  tab.page.evaluate(
    'globalThis.data = { same: [1], inside: { n: 1 }, copied: { list: [1, 2] }, replaced: { n: 1 }, lost: { n: 3 } }',
  );
const change = () =>
  tab.page.evaluate(`{ const { same, inside } = data; inside.n = 2;
    Object.assign(data, { copied: { list: [1, 2] }, replaced: { n: 2 } }); delete data.lost; }`);

/** The signs at the boxes, by the name of the property that refers to each. */
const signs = () =>
  tab.panel.evaluate(() => {
    const [root] = memoryGraph.diagram().boxes;
    const names = new Map(
      (root?.lines ?? []).map(({ labels: [at], value }) => [
        `o${root?.rows[value.row]?.[value.column]?.target}`,
        at ? (root?.rows[at.row]?.[at.column]?.text ?? '') : '',
      ]),
    );
    const marked = [...document.querySelectorAll('.canvas')].at(-1)?.querySelectorAll('[data-marked-box]') ?? [];
    return Object.fromEntries(
      [...marked].map((mark) => [
        names.get(mark.getAttribute('data-marked-box') ?? '') ?? 'root or deeper',
        mark.querySelector('.mg-badge-text')?.textContent ?? '',
      ]),
    );
  });
const untilText = (selector: string, part: string) =>
  tab.until(`document.querySelector(${JSON.stringify(selector)}).textContent.includes(${JSON.stringify(part)})`);
const expected = { inside: '~', copied: '=', replaced: '+', 'root or deeper': '=' };
const counts = '3 of 6 objects are new, 2 of them equal what they replace; 2 changed inside; 4 are gone.';

test('a redrawing marks what changed, and says how much', async () => {
  await tab.draw('data');
  expect(await signs()).toEqual({});
  await change();
  await tab.drawAgain();
  await tab.until("document.querySelector('.status .changes') !== null");
  expect({ ...(await signs()), 'root or deeper': '=' }).toEqual(expected);
  expect(await tab.text('.status .changes')).toContain('are new, 2 of them equal what they replace');
  await tab.drawAgain();
  await tab.until("document.querySelector('.status .changes').textContent.startsWith('Nothing changed')");
  expect(await signs()).toEqual({});
});

test('pictures are marked against the one that was kept, until that ends', async () => {
  await reset();
  await tab.draw('data');
  await tab.panel.click('[aria-label="Keep"]');
  await untilText('.comparison', 'Kept');
  await change();
  await tab.drawAgain();
  await tab.until(`document.querySelector('.comparison .text').textContent === ${JSON.stringify(counts)}`);
  await tab.drawAgain();
  await tab.until(`document.querySelector('.comparison .text').textContent === ${JSON.stringify(counts)}`);
  expect({ ...(await signs()), 'root or deeper': '=' }).toEqual(expected);

  await tab.clickButton('Side by side');
  await tab.until("document.querySelectorAll('.pair .canvas').length === 2");
  const moves = () =>
    tab.panel.evaluate(() =>
      [...document.querySelectorAll('.pair .picture > g')].map((group) => group.getAttribute('transform')),
    );
  const before = await moves();
  expect(before[0]).toBe(before[1]);
  await tab.panel.click('[aria-label^="Zoom in"]');
  await expect.poll(moves).not.toEqual(before);
  expect((await moves())[0]).toBe((await moves())[1]);

  await tab.clickButton('Stop comparing');
  await tab.until("document.querySelector('.comparison') === null");
  expect(await tab.panel.evaluate(() => document.querySelectorAll('.canvas').length)).toBe(1);
});

test('what is of another heap is compared by place, and that is said', async () => {
  await reset();
  await tab.draw('data');
  await tab.panel.click('[aria-label="Keep"]');
  await tab.page.reload();
  await reset();
  await change();
  await tab.draw('data');
  await untilText('.comparison', 'Compared by place');
  expect(await tab.text('.comparison')).toContain('3 of 6 objects changed inside; 1 is gone.');
  await tab.clickButton('Stop comparing');
});
