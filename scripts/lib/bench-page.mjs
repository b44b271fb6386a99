// @ts-check
/**
 * `npm run bench -- page`: how long the names of `window` take to be offered, and the list of the view Page on a page with 10,000
 * functions, with and without the debugger. Prints figures with the goals; asserts nothing.
 */

const ROUNDS = 9;
const PATIENCE = 20_000;
/** Milliseconds. */
const GOALS = /** @type {const} */ ({ names: 50, list: 1000 });

/** @param {readonly number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** @param {import('puppeteer-core').Page} page @param {import('puppeteer-core').Frame} panel */
export async function pageView(page, panel) {
  await page.evaluate(
    'globalThis.functions = Array.from({ length: 10_000 }, (_, i) => function () { return i; }); globalThis.subject = { a: 1 }; 0',
  );
  console.log(`\nMilliseconds until something is listed, median of ${ROUNDS}`);
  for (const attached of [false, true]) {
    await panel.evaluate((on) => {
      const lamp = document.querySelector('[role=switch]');
      if (lamp instanceof HTMLElement && lamp.ariaChecked !== String(on)) lamp.click();
    }, attached);
    await panel.evaluate(() => globalThis.memoryGraph.draw('subject'));
    const names = [];
    const lists = [];
    for (let round = 0; round < ROUNDS; round++) {
      names.push(await panel.evaluate(timeToOffer, PATIENCE));
      lists.push(await panel.evaluate(timeToList, PATIENCE));
    }
    const how = attached ? 'with the debugger   ' : 'without the debugger';
    console.log(`${how}  names of window: ${median(names).toFixed(1)} (goal ${GOALS.names})`);
    console.log(`${how}  view Page, 10,000 functions: ${median(lists).toFixed(0)} (goal ${GOALS.list})`);
  }
}

/** Runs in the panel. @param {number} patience @returns {Promise<number>} from a typed dot to the list of names */
async function timeToOffer(patience) {
  const field = document.querySelector('[aria-label="Expression"]');
  if (!(field instanceof HTMLInputElement)) throw new Error('There is no field.');
  /** @param {string} text */
  const type = (text) => {
    field.value = text;
    field.setSelectionRange(text.length, text.length);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  type('');
  await new Promise((resolve) => setTimeout(resolve, 50));
  const started = performance.now();
  type('window.');
  while (document.querySelectorAll('[role=option]').length < 100) {
    if (performance.now() - started > patience) return Number.NaN;
    await new Promise((resolve) => setTimeout(resolve));
  }
  const took = performance.now() - started;
  type('');
  return took;
}

/** Runs in the panel. @param {number} patience @returns {Promise<number>} from a click on the view to its list */
async function timeToList(patience) {
  globalThis.memoryGraph.show('expression');
  await new Promise((resolve) => setTimeout(resolve, 50));
  const started = performance.now();
  globalThis.memoryGraph.show('page');
  // What was listed before stands there until the next list begins.
  for (const busy of ['true', 'false']) {
    while (document.querySelector('.page-lists')?.ariaBusy !== busy) {
      if (performance.now() - started > patience) return Number.NaN;
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  const took = performance.now() - started;
  globalThis.memoryGraph.show('expression');
  return took;
}
