/** The target picker in real DevTools: frames of this and of other processes, and workers. */
import { beforeEach, describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ folder: 'test/browser/pages', url: 'frames.html' });

/** The numbers of what was drawn, in the order of reading; or the sentence that says why there is none. */
async function draw(expression: string): Promise<readonly number[] | string> {
  const failure = await tab.tryToDraw(expression);
  return failure ?? (await tab.snapshot()).objects.map(({ id }) => id);
}

/** What is in the boxes, as text. */
const drawn = async (): Promise<string> => JSON.stringify((await tab.diagram()).boxes);

beforeEach(async () => {
  // Begins with the page again.
  await tab.setDebugger(false);
  await tab.page.goto(tab.home);
  await tab.setDebugger(true);
  await expect.poll(() => draw('shared'), { timeout: 15_000 }).toEqual([1]);
  await tab.untilHeaps('top', 'same', 'other', 'worker counting');
});

test('the other host is a process of its own', () => {
  const urls = tab.browser.targets().map((target) => target.url());
  expect(urls.filter((url) => url.startsWith('http://localhost:'))).toHaveLength(1);
});

test('each heap has numbers of its own, frames of one origin share theirs', async () => {
  await tab.pickHeap('other');
  expect(await draw('mine')).toEqual([1, 2]);
  expect(await drawn()).toContain('localhost:');
  await tab.pickHeap('worker counting');
  expect(await draw('inWorker')).toEqual([1, 2]);
  expect(await drawn()).toContain('the worker');
  await tab.pickHeap('same');
  expect(await draw('[top.shared, mine]')).toEqual([2, 1, 3, 4]);
  await tab.pickHeap('top');
  expect(await draw('[shared, frames.same.mine]')).toEqual([5, 1, 3, 4]);
});

test('numbers stay when the debugger was away', async () => {
  await tab.pickHeap('other');
  expect(await draw('mine')).toEqual([1, 2]);
  await tab.pickHeap('worker counting');
  expect(await draw('inWorker')).toEqual([1, 2]);
  await tab.setDebugger(false);
  await tab.setDebugger(true);
  expect(await draw('shared')).toEqual([1]);
  await tab.untilHeaps('top', 'same', 'other', 'worker counting');
  await tab.pickHeap('other');
  // Held by the page for as long as that takes.
  expect(await draw('[mine]')).toEqual([3, 1, 2]);
  await tab.pickHeap('worker counting');
  expect(await draw('[inWorker]')).toEqual([3, 1, 2]);
});

describe('the picker', () => {
  test.each(['frame.html?again', 'http://localhost:'])('stays with a frame that goes to %s', async (url) => {
    await tab.pickHeap('same');
    expect(await draw('mine.host')).toEqual([]);
    const target = url.endsWith(':') ? `${url}${new URL(tab.home).port}/frame.html` : new URL(url, tab.home).href;
    await tab.page.evaluate((url) => {
      document.querySelector('iframe')?.setAttribute('src', url);
    }, target);
    const place = async () => {
      await draw('[location.href]');
      return drawn();
    };
    await expect.poll(place, { timeout: 15_000 }).toContain(target);
    expect(await tab.text('.heaps option:checked')).toBe('same');
  });

  test('is there although nothing is left but what is gone', async () => {
    await tab.pickHeap('worker counting');
    await draw('inWorker');
    await tab.page.evaluate(
      'worker.terminate(); for (const frame of document.querySelectorAll("iframe")) frame.remove()',
    );
    await tab.untilHeaps('top', 'worker counting (gone)');
    await tab.pickHeap('top');
    await tab.untilHeaps();
    expect(await draw('shared')).toEqual([1]);
  });

  test('a frame that goes elsewhere makes its picture one of before', async () => {
    await tab.pickHeap('same');
    await draw('mine');
    await tab.page.evaluate("document.querySelector('iframe').setAttribute('src', 'frame.html?again')");
    const said = 'Frame navigated or was removed. This graph shows the previous document.';
    await expect.poll(() => tab.text('.notice .text')).toBe(said);
    await expect.poll(() => draw('mine.host')).toEqual([]);
    expect(await tab.text('.notice .text')).toBe(null);
  });

  test('says of what is gone that it is', async () => {
    await tab.pickHeap('worker counting');
    await draw('inWorker');
    await tab.page.evaluate('worker.terminate()');
    await tab.untilHeaps('top', 'same', 'other', 'worker counting (gone)');
    expect(await tab.text('.notice .text')).toBe('Worker terminated. This graph shows its last state.');
    expect(await draw('inWorker')).toBe('The page, frame, or worker was closed. Choose another one.');
    await tab.pickHeap('top');
    expect(await draw('shared')).toEqual([1]);
  });

  test.each([
    ['other', 'mine', 'localhost:'],
    ['worker counting', 'inWorker', 'the worker'],
  ])('goes on with %s when the page is loaded again', async (name, expression, content) => {
    await tab.pickHeap(name);
    expect(await draw(expression)).toEqual([1, 2]);
    await tab.page.reload();
    await tab.untilHeaps('top', 'same', 'other', 'worker counting');
    await expect.poll(() => draw(expression), { timeout: 15_000 }).toEqual([1, 2]);
    expect(await drawn()).toContain(content);
  });

  test('goes back to the page when the debugger is gone, and says so', async () => {
    await tab.pickHeap('worker counting');
    await draw('inWorker');
    await tab.setDebugger(false);
    const said = "Debugger detached. Frames and workers can't be read without it, so the next graph is of the page.";
    await expect.poll(() => tab.text('.notice .text')).toBe(said);
    expect(await drawn()).toContain('the worker');
    expect(await draw('shared')).toEqual([1]);
    expect(await tab.text('.notice')).toBe(null);
  });
});

test.each(['other', 'worker counting'])(
  '%s: what does not parse and what throws is said in one sentence',
  async (name) => {
    await tab.pickHeap(name);
    expect(await draw('[1,')).toMatch(/^SyntaxError: /);
    expect(await draw('missing.x')).toBe('Thrown: ReferenceError: missing is not defined');
  },
);
