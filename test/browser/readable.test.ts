/** Pictures of real programs can be read: a sample of what `npm run bench -- readable` measures. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApps, sightOf, subjectsOf } from '../../scripts/lib/apps.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
/** Programs of libraries whose objects refer to everything. */
const programs = ['react', 'vue', 'three', 'matter', 'xstate', 'plain'];
const READABLE = 9;
let served: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  const { folder } = await buildApps();
  served = await serve(folder);
}, 300_000);
afterAll(() => served?.close());

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
  await tab.draw('scene');
  await tab.until('document.getAnimations().length === 0');
  const before = await sightOf(tab.panel);
  const target = await tab.attribute('.mg-cut', 'data-target');
  await tab.clickInPicture('.mg-cut');
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
  await tab.draw('scene');
  expect(await tab.text('.status')).toMatch(/\d+ of \d+ objects/);
  const { nodes } = await tab.stats();
  await tab.clickButton('all', '.status');
  await tab.untilStats(`stats.nodes > ${2 * nodes}`);
  await tab.clickButton('fit to view', '.status');
  await tab.untilStats(`stats.nodes <= ${nodes + 2}`);
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
    const before = performance.now();
    await tab.draw('$0');
    // A machine that runs other tests is given time.
    expect(performance.now() - before).toBeLessThan(10_000);
    await tab.until('document.getAnimations().length === 0');
    const sight = await sightOf(tab.panel);
    expect(sight?.px).toBeGreaterThanOrEqual(READABLE);
    expect(sight?.inSight).toBe(sight?.boxes);
    expect(sight?.boxes).toBeLessThan(100);
    expect((await tab.snapshot()).objects.length).toBeGreaterThan(20);
  },
);
