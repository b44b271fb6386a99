/** What a person chooses in the Stack view of real DevTools: frames, watches, settings, what is opened; and the pane. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { click, type DevTools, openDevToolsOnPage, until as untilIn } from './harness.ts';
import { stackTools } from './stack-harness.ts';

const { stack, until, follow, pausedAfter, press, resumeAll, frame, frameLabels } = stackTools(() => tools);
let tools: DevTools;
let pages: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  pages = await serve(`${projectRoot}/test/browser/pages`);
  tools = await openDevToolsOnPage({ url: `${pages.url}choices.html` });
  await follow();
});
afterAll(async () => {
  await tools.close();
  await pages.close();
});
afterEach(() => resumeAll());

async function pauseHere(): Promise<void> {
  const before = (await stack()).pauses.length;
  await tools.page.evaluate('setTimeout(outer)');
  await pausedAfter(before);
}

const watch = (expression: string) =>
  tools.panel.evaluate((expression) => {
    const input = document.querySelector('input[aria-label="Watch"]');
    if (!(input instanceof HTMLInputElement)) throw new Error('There is no field.');
    input.value = expression;
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  }, expression);

const removeWatches = async () => {
  for (let left = (await stack()).watches.length; left > 0; left--) {
    await tools.click('[aria-label^="Remove the watch"]');
    await until(`stack.watches.length === ${left - 1}`);
  }
};

const rootOf = async (label: string) =>
  (await stack()).picture?.snapshot.roots.find((root) => root.label === label)?.result;

describe('watches', () => {
  afterEach(removeWatches);

  test('several added at once are all kept, each with its own outcome', async () => {
    await pauseHere();
    for (const expression of ['size', 'size += 1', 'nothing.here', 'si ze']) await watch(expression);
    await until(
      'stack.watches.length === 4 && stack.watches.every(({ waits, error }, i) => [!waits, waits, error, error][i])',
    );
    const { watches } = await stack();
    expect(watches.map(({ expression }) => expression)).toEqual(['size', 'size += 1', 'nothing.here', 'si ze']);
    expect(watches[2]?.error).toMatch(/nothing is not defined/);
    expect(watches[3]?.error).toMatch(/does not parse/);
    expect(await rootOf('size')).toEqual({ ok: true, value: { type: 'number', value: 2 } });
    expect(await rootOf('size += 1')).toBeUndefined();
  });

  test('an endless one ends, and the stack is drawn all the same', async () => {
    await pauseHere();
    await watch('(() => { for (;;); })()');
    await until('stack.watches[0]?.error !== null');
    expect((await stack()).watches[0]?.error).toMatch(/longer than 500 ms/);
    expect(await frame((await frameLabels()).length - 1)).toMatchObject({ size: '2' });
  });

  test('are evaluated in the frame that was clicked', async () => {
    await pauseHere();
    await watch('size');
    await until("stack.picture.snapshot.roots.some(({ label }) => label === 'size')");
    expect(await rootOf('size')).toMatchObject({ value: { value: 2 } });
    const outer = (await frameLabels()).findIndex((label) => label.endsWith(': outer'));
    await tools.clickInPicture(`[data-box="o${-2 - outer}"]`);
    await until(
      `stack.picture.snapshot.roots.some(({ label, result }) => label === 'size' && result.value.value === 1)`,
    );
    await press('F10');
    expect(await rootOf('size')).toMatchObject({ value: { value: 2 } });
  });
});

describe('settings', () => {
  afterEach(() => tools.panel.evaluate(() => memoryGraph.settings({})));

  test('of what is drawn: the pictures are drawn again when the page has long gone on', async () => {
    await pauseHere();
    await press('F10');
    await resumeAll();
    await tools.panel.evaluate(() => memoryGraph.settings({ drawing: { direction: 'right' } }));
    await until("stack.picture.diagram.direction === 'right' && stack.marks !== null");
    await tools.panel.evaluate(() =>
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', altKey: true, bubbles: true })),
    );
    await until("stack.place === stack.pauses.length - 2 && stack.picture.diagram.direction === 'right'");
  });

  test('of what is read: the page is read again while it stands still', async () => {
    await pauseHere();
    const { number } = (await stack()).pauses.at(-1) ?? {};
    await tools.panel.evaluate(() => memoryGraph.settings({ reading: { slices: { begin: 1, middle: 1, end: 1 } } }));
    await until(
      "stack.picture.snapshot.objects.some(({ kind, size, parts }) => kind === 'array' && size === 100 && parts.filter(({ type }) => type === 'element').length === 3)",
    );
    expect((await stack()).pauses.at(-1)?.number).toBe(number);
  });
});

test('a click on … reads more while the page stands still', async () => {
  await pauseHere();
  const elements = async () =>
    (await stack()).picture?.snapshot.objects
      .find(({ kind, size }) => kind === 'array' && size === 100)
      ?.parts.filter(({ type }) => type === 'element').length;
  expect(await elements()).toBe(25);
  await tools.clickInPicture('.mg-hidden');
  await until(
    "stack.picture.snapshot.objects.some(({ kind, size, parts }) => kind === 'array' && size === 100 && parts.filter(({ type }) => type === 'element').length > 25)",
  );
});

test('the pane in Sources draws the same pause', async () => {
  await pauseHere();
  // A pause shows Sources by itself.
  const section = await tools.devtools.waitForSelector('>>> [role="treeitem"][aria-label="Memory Graph"]');
  await section?.click();
  const pane = await tools.devtools.waitForFrame((frame) => frame.url().endsWith('/panel/stack-pane.html'));
  // Under the buttons and above the history there is room for the picture.
  await untilIn(pane, "document.querySelector('.canvas')?.clientHeight > 150");
  const texts =
    "[...document.querySelectorAll('.mg-picture text')].map(({ textContent }) => textContent).sort().join('\\n')";
  await untilIn(pane, `document.querySelectorAll('.mg-picture [data-box]').length > 0`);
  const drawn = await tools.evaluate(texts);
  expect(String(drawn)).toContain('outer');
  await untilIn(pane, `(${texts}) === ${JSON.stringify(drawn)}`);
  // It follows a step made with its own button.
  const before = (await stack()).pauses.length;
  await click(pane, '[aria-label^="Step over"]');
  await pausedAfter(before);
  await untilIn(pane, `(${texts}) === ${JSON.stringify(await tools.evaluate(texts))}`);
});
