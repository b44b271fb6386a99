/**
 * The store or component tree of real programs is drawn by three clicks from a fresh tab, without knowing a name: also where the
 * program puts nothing on `window`, as a page of modules does.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApps, subjectsOf } from '../../scripts/lib/apps.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { sample } from '../sample.ts';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
let served: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  const { folder } = await buildApps();
  served = await serve(folder);
}, 300_000);
afterAll(() => served?.close());

type Program = readonly [
  file: string,
  section: 'Components' | 'Variables of modules',
  row: string,
  lens: string | null,
];

/** What a program keeps its state in, and the lens that it is offered with. V8 keeps only variables that some function uses. */
const programs: readonly Program[] = [
  ['plain', 'Variables of modules', 'orders', null],
  ['state', 'Variables of modules', 'redux', 'Store'],
  ['react', 'Components', '<div id="root">', 'React'],
  ['vue', 'Components', '<div id="root">', 'Vue'],
  ['three', 'Variables of modules', 'scene', 'three.js'],
  ['dom', 'Variables of modules', 'view', null],
  ['state', 'Variables of modules', 'cart', 'MobX'],
  ['state', 'Variables of modules', 'subj', 'RxJS'],
  ['dom', 'Variables of modules', 'jq', null],
  ['react18', 'Components', '<div id="root">', 'React'],
  ['signals', 'Components', '<div id="root">', null],
  ['signals', 'Variables of modules', 'todos', 'Signals'],
  ['alpine', 'Components', '<div>', null],
  ['lit', 'Components', '<todo-list>', null],
  ['solid', 'Variables of modules', 'store', null],
  ['svelte', 'Variables of modules', 'store', null],
  ['valtio', 'Variables of modules', 'count', null],
  ['xstate', 'Variables of modules', 'actor', null],
  ['backbone', 'Variables of modules', 'first', null],
  ['canvas', 'Variables of modules', 'circle', null],
  ['cytoscape', 'Variables of modules', 'node', null],
  ['data', 'Variables of modules', 'ymap', null],
  ['editors', 'Variables of modules', 'lexical', null],
  ['graphology', 'Variables of modules', 'network', null],
  ['gsap', 'Variables of modules', 'timeline', null],
  ['matter', 'Variables of modules', 'engine', null],
  ['slate', 'Variables of modules', 'editor', null],
];

/** Bundled, and minified with its source map. */
const cases = programs.flatMap((program) => (['', '.min'] as const).map((kind) => [...program, kind] as const));

const buttons = (section: string) =>
  tab.panel.evaluate((section) => {
    const found = [...document.querySelectorAll('.page-lists section')].find(
      (one) => one.querySelector('h2')?.textContent === section,
    );
    return [...(found?.querySelectorAll('.page-row > button:first-child') ?? [])].map(({ textContent }) => textContent);
  }, section);

test.each(sample(cases, 8))('%s: %s, %s', async (file, section, row, lens, kind) => {
  // DevTools may report a navigation late. What is drawn here says when the panel knows of it.
  await tab.show('expression');
  await tab.draw('[1]');
  await tab.goTo(`${served.url}${file}${kind}.html`);
  await tab.untilMessage('Page navigated');
  await tab.page.waitForFunction('globalThis.ready === true', { polling: 50 });
  const { roots } = await subjectsOf(tab.page);
  await tab.page.evaluate((names) => {
    for (const name of names) Reflect.deleteProperty(globalThis, name);
  }, roots);
  // A fresh tab: the debugger was never attached, and the expression view is shown.
  await tab.setDebugger(false);
  let clicks = 0;
  const click = async (text: string, within: string) => {
    clicks += 1;
    await tab.until(
      `[...document.querySelectorAll(${JSON.stringify(`${within} button`)})].some((one) => one.textContent === ${JSON.stringify(text)})`,
    );
    await tab.clickButton(text, within);
  };
  await click('Page', '.view-switch');
  await tab.until("document.querySelector('.page-lists section') !== null");
  if (section === 'Variables of modules') await click('Attach debugger and find variables', '.page-lists');
  await expect.poll(() => buttons(section), { timeout: 60_000 }).toContain(row);
  // It is found without a search for its name.
  expect((await buttons(section)).indexOf(row)).toBeLessThan(60);
  const before = await tab.evaluate('(() => { try { return memoryGraph.stats().readyAt; } catch { return 0; } })()');
  await click(row, '.page-row');
  await tab.until(`memoryGraph.stats().readyAt > ${before} && document.querySelector('[data-box]') !== null`);
  expect(clicks).toBeLessThanOrEqual(3);
  expect(await tab.message()).toBeNull();
  if (lens !== null)
    await tab.until(
      `document.querySelector('.view-bar.lens')?.textContent.includes(${JSON.stringify(`This is ${lens}`)})`,
    );
});
