/** Pictures of real programs can be read: a sample of what `npm run bench -- readable` measures. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApps, sightOf, subjectsOf } from '../../scripts/lib/apps.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html', width: 1280, height: 800 });
/** Programs of libraries whose objects refer to everything. */
const programs = ['react', 'vue', 'three', 'matter', 'xstate', 'plain'];
const READABLE = 9;
let served: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  const { folder } = await buildApps();
  served = await serve(folder);
}, 300_000);
afterAll(() => served?.close());

/** Draws, and waits until the picture stays: a notice over it makes the view smaller, and after a rest it is drawn for the new size. */
async function drawAtRest(expression: string): Promise<void> {
  await tab.draw(expression);
  let before = '';
  await expect
    .poll(
      async () => {
        const was = before;
        before = await tab.panel.$eval('.canvas', (canvas) => `${canvas.clientHeight} ${canvas.innerHTML}`);
        return before === was;
      },
      { interval: 600, timeout: 30_000 },
    )
    .toBe(true);
}

test('nine in ten of the objects that programs put on window are read at once, nothing clicked', async () => {
  const figures: string[] = [];
  let read = 0;
  for (const program of programs) {
    await tab.goTo(`${served.url}${program}.html`);
    await tab.page.waitForFunction('globalThis.ready === true');
    for (const root of (await subjectsOf(tab.page)).roots) {
      await tab.draw(root);
      await tab.until('document.getAnimations().length === 0');
      const sight = await sightOf(tab.panel);
      const isRead = sight !== null && sight.px >= READABLE && sight.inSight === sight.boxes;
      if (isRead) read += 1;
      figures.push(
        `${program} ${root}: ${sight?.px.toFixed(1)} px, ${sight?.inSight} of ${sight?.boxes} boxes in sight`,
      );
    }
  }
  expect(read / figures.length, figures.join('\n')).toBeGreaterThanOrEqual(0.9);
  // All that is in sight was chosen, not just little of it.
  expect(figures.length).toBeGreaterThan(20);
});

test('a click on ✂ adds what is behind it at the same size, and brings it into sight', async () => {
  await tab.goTo(`${served.url}three.html`);
  await tab.page.waitForFunction('globalThis.ready === true');
  await drawAtRest('scene');
  const before = await sightOf(tab.panel);
  const target = await tab.attribute('.mg-cut', 'data-target');
  await tab.clickInPicture(`.mg-cut[data-target="${target}"]`);
  await tab.until(`document.querySelector('[data-object="${target}"]')`);
  await tab.until(`(() => {
    const { top, bottom, left, right } = document.querySelector('[data-object="${target}"]').getBoundingClientRect();
    const window = document.querySelector('.canvas').getBoundingClientRect();
    return top >= window.top && bottom <= window.bottom && left >= window.left && right <= window.right;
  })()`);
  await tab.until('document.getAnimations().length === 0');
  expect((await sightOf(tab.panel))?.px).toBe(before?.px);
});

test('the status line says how much is drawn, and draws all', async () => {
  await drawAtRest('scene');
  expect(await tab.text('.status')).toMatch(/\d+ of \d+ objects/);
  const { nodes } = await tab.stats();
  await tab.clickButton('all', '.status');
  await tab.untilStats(`stats.nodes > ${2 * nodes}`);
  await tab.clickButton('fit to view', '.status');
  await tab.untilStats(`stats.nodes <= ${nodes + 2}`);
});

test('another size of the view draws again what can be read in it', async () => {
  const isRead = `(() => {
    const canvas = document.querySelector('.canvas').getBoundingClientRect();
    const boxes = [...document.querySelectorAll('[data-box]')].map((box) => box.getBoundingClientRect());
    return document.getAnimations().length === 0 && boxes.every(({ left, right, top, bottom }) =>
      left >= canvas.left && right <= canvas.right && top >= canvas.top && bottom <= canvas.bottom);
  })()`;
  await drawAtRest('scene');
  const { nodes } = await tab.stats();
  const key = await tab.attribute('[data-box]', 'data-box');
  await tab.resize(560, 800);
  await tab.untilStats(`stats.nodes < ${nodes}`);
  await tab.until(isRead);
  const narrow = await sightOf(tab.panel);
  expect(narrow?.px).toBeGreaterThanOrEqual(READABLE);
  expect(await tab.attribute('[data-box]', 'data-box')).toBe(key);
  await tab.resize(1280, 800);
  await tab.untilStats(`stats.nodes > ${narrow?.boxes}`);
  await tab.until(isRead);
  expect((await sightOf(tab.panel))?.px).toBeGreaterThanOrEqual(READABLE);
});

test('the setting says how much is drawn, and the handle for automation, too', async () => {
  await tab.page.evaluate(
    'globalThis.wide = Array.from({ length: 50 }, (_, i) => ({ i, own: { text: "text", list: [[i], [i]] } }))',
  );
  await drawAtRest('wide');
  const { nodes } = await tab.stats();
  expect(nodes).toBeLessThan(126);
  await tab.settings({ drawing: { amount: 'all' } });
  await tab.untilStats('stats.nodes === 126');
  await tab.settings();
  await tab.untilStats(`stats.nodes === ${nodes}`);
  await tab.panel.evaluate(() => memoryGraph.view({ amount: 'all' }));
  expect(await tab.draw('wide')).toMatchObject({ nodes: 126 });
  await tab.panel.evaluate(() => memoryGraph.view({ amount: 'readable' }));
  expect(await tab.draw('wide')).toMatchObject({ nodes });
});

test.each([
  ['react', '#root'],
  ['vue', '#root'],
  ['react18', '#root > *'],
])(
  'the selected element of %s, which leads to everything, is drawn at once and can be read',
  async (program, selector) => {
    await tab.goTo(`${served.url}${program}.html`);
    await tab.page.waitForFunction('globalThis.ready === true');
    await tab.frontEnd.selectElement(selector);
    await tab.showTab();
    await tab.draw('$0');
    await tab.until('document.getAnimations().length === 0');
    const sight = await sightOf(tab.panel);
    expect(sight?.px).toBeGreaterThanOrEqual(READABLE);
    expect(sight?.inSight).toBe(sight?.boxes);
    expect(sight?.boxes).toBeLessThan(100);
    expect((await tab.snapshot()).objects.length).toBeGreaterThan(20);
  },
);
