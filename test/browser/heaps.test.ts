/** Where to look: frames of this and of other processes and workers, picked in the panel of real DevTools. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { type DevTools, openDevToolsOnPage } from './harness.ts';

let pages: Awaited<ReturnType<typeof serve>>;
let home: string;
let tools: DevTools;

beforeAll(async () => {
  pages = await serve(`${projectRoot}/test/browser/pages`);
  home = new URL('frames.html', pages.url).href;
  tools = await openDevToolsOnPage({ url: home });
  await tools.setDebugger(true);
});
afterAll(async () => {
  await tools.close();
  await pages.close();
});

const text = (selector: string): Promise<string | null> =>
  tools.panel.evaluate((selector) => document.querySelector(selector)?.textContent ?? null, selector);

const names = (): Promise<readonly string[]> =>
  tools.panel.evaluate(() =>
    [...document.querySelectorAll('.heaps option')].map(({ textContent }) => textContent ?? ''),
  );
const listed = (...expected: readonly string[]) => expect.poll(names, { timeout: 15_000 }).toEqual(expected);

async function pick(name: string): Promise<void> {
  const value = await tools.panel.evaluate(
    (name) =>
      [...document.querySelectorAll<HTMLOptionElement>('.heaps option')].find(({ textContent }) => textContent === name)
        ?.value,
    name,
  );
  if (value === undefined) throw new Error(`${name} is not listed: ${(await names()).join(', ')}.`);
  await tools.panel.select('.heaps', value);
}

/** The numbers of what was drawn, in the order of reading; or the sentence that says why there is none. */
async function draw(expression: string): Promise<readonly number[] | string> {
  const failure = await tools.panel.evaluate(
    (expression) =>
      memoryGraph.draw(expression).then(
        () => null,
        (error: Error) => error.message,
      ),
    expression,
  );
  return failure ?? tools.panel.evaluate(() => memoryGraph.snapshot().objects.map(({ id }) => id));
}

/** Every text that stands in a box. */
const drawn = (): Promise<string> => tools.panel.evaluate(() => JSON.stringify(memoryGraph.diagram().boxes));

beforeEach(async () => {
  // Begins with the page again.
  await tools.setDebugger(false);
  await tools.page.goto(home);
  await tools.setDebugger(true);
  await expect.poll(() => draw('shared'), { timeout: 15_000 }).toEqual([1]);
  await listed('top', 'same', 'other', 'worker counting');
});

test('the other host is a process of its own', () => {
  const urls = tools.browser.targets().map((target) => target.url());
  expect(urls.filter((url) => url.startsWith('http://localhost:'))).toHaveLength(1);
});

test('each heap has numbers of its own, frames of one origin share theirs', async () => {
  await pick('other');
  expect(await draw('mine')).toEqual([1, 2]);
  expect(await drawn()).toContain('localhost:');
  await pick('worker counting');
  expect(await draw('inWorker')).toEqual([1, 2]);
  expect(await drawn()).toContain('the worker');
  await pick('same');
  expect(await draw('[top.shared, mine]')).toEqual([2, 1, 3, 4]);
  await pick('top');
  expect(await draw('[shared, frames.same.mine]')).toEqual([5, 1, 3, 4]);
});

test('numbers stay when the debugger was away', async () => {
  await pick('other');
  expect(await draw('mine')).toEqual([1, 2]);
  await pick('worker counting');
  expect(await draw('inWorker')).toEqual([1, 2]);
  await tools.setDebugger(false);
  await tools.setDebugger(true);
  expect(await draw('shared')).toEqual([1]);
  await listed('top', 'same', 'other', 'worker counting');
  await pick('other');
  // Held by the page for as long as that takes.
  expect(await draw('[mine]')).toEqual([3, 1, 2]);
  await pick('worker counting');
  expect(await draw('[inWorker]')).toEqual([3, 1, 2]);
});

describe('the picker', () => {
  test.each(['frame.html?again', 'http://localhost:'])('stays with a frame that goes to %s', async (url) => {
    await pick('same');
    expect(await draw('mine.host')).toEqual([]);
    const target = url.endsWith(':') ? `${url}${new URL(home).port}/frame.html` : new URL(url, home).href;
    await tools.page.evaluate((url) => {
      document.querySelector('iframe')?.setAttribute('src', url);
    }, target);
    const place = async () => {
      await draw('[location.href]');
      return drawn();
    };
    await expect.poll(place, { timeout: 15_000 }).toContain(target);
    expect(await tools.panel.evaluate(() => document.querySelector('.heaps option:checked')?.textContent)).toBe('same');
  });

  test('is there although nothing is left but what is gone', async () => {
    await pick('worker counting');
    await draw('inWorker');
    await tools.page.evaluate(
      'worker.terminate(); for (const frame of document.querySelectorAll("iframe")) frame.remove()',
    );
    await listed('top', 'worker counting (gone)');
    await pick('top');
    await listed();
    expect(await draw('shared')).toEqual([1]);
  });

  test('a frame that goes elsewhere makes its picture one of before', async () => {
    await pick('same');
    await draw('mine');
    await tools.page.evaluate("document.querySelector('iframe').setAttribute('src', 'frame.html?again')");
    const said = 'The frame went to another document or is gone: this picture shows what was there before.';
    await expect.poll(() => text('.notice .text')).toBe(said);
    await expect.poll(() => draw('mine.host')).toEqual([]);
    expect(await text('.notice .text')).toBe(null);
  });

  test('says of what is gone that it is', async () => {
    await pick('worker counting');
    await draw('inWorker');
    await tools.page.evaluate('worker.terminate()');
    await listed('top', 'same', 'other', 'worker counting (gone)');
    expect(await text('.notice .text')).toBe('The worker has ended: this picture shows what was there before.');
    expect(await draw('inWorker')).toBe('The page, frame or worker that was being read is closed: choose another one.');
    await pick('top');
    expect(await draw('shared')).toEqual([1]);
  });

  test.each([
    ['other', 'mine', 'localhost:'],
    ['worker counting', 'inWorker', 'the worker'],
  ])('goes on with %s when the page is loaded again', async (name, expression, content) => {
    await pick(name);
    expect(await draw(expression)).toEqual([1, 2]);
    await tools.page.reload();
    await listed('top', 'same', 'other', 'worker counting');
    await expect.poll(() => draw(expression), { timeout: 15_000 }).toEqual([1, 2]);
    expect(await drawn()).toContain(content);
  });

  test('goes back to the page when the debugger is gone, and says so', async () => {
    await pick('worker counting');
    await draw('inWorker');
    await tools.setDebugger(false);
    const said =
      'Without the debugger no frame or worker can be read: this picture shows what was there before, and the next one the page.';
    await expect.poll(() => text('.notice .text')).toBe(said);
    expect(await drawn()).toContain('the worker');
    expect(await draw('shared')).toEqual([1]);
    expect(await text('.notice')).toBe(null);
  });
});

test.each(['other', 'worker counting'])(
  '%s: what does not parse and what throws is said in one sentence',
  async (name) => {
    await pick(name);
    expect(await draw('[1,')).toMatch(/^The expression does not parse: .+\. Correct it and press Enter\.$/);
    expect(await draw('missing.x')).toBe('Thrown: ReferenceError: missing is not defined');
  },
);
