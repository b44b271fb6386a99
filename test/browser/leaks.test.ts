/**
 * What the panel leaves in the page and keeps itself, in real DevTools: after it closes the page keeps nothing of ours, and
 * what was drawn can be collected; a thousand drawings leave both heaps where they were.
 */
import type { CDPSession } from 'puppeteer-core';
import { beforeAll, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ folder: 'test/browser/pages', url: 'frames.html' });
let cdp: CDPSession;

beforeAll(async () => {
  cdp = await tab.page.createCDPSession();
});

async function run(expression: string): Promise<unknown> {
  const { result } = await cdp.send('Runtime.evaluate', {
    expression,
    includeCommandLineAPI: true,
    returnByValue: true,
  });
  return result.value;
}

const collected = async (): Promise<unknown> => {
  await cdp.send('HeapProfiler.collectGarbage');
  return run('references.map((reference) => reference.deref() === undefined)');
};

test.each(['eval', 'debugger'] as const)('closed: nothing is kept, and all can be collected, %s', async (transport) => {
  await tab.setDebugger(transport === 'debugger');
  await run(`globalThis.kept = [{ a: 1 }, new Proxy({ b: 2 }, {}), () => kept, new Map([[{}, {}]]), frames.same.mine];
    globalThis.references = kept.map((value) => new WeakRef(value)); 0`);
  expect(await tab.tryToDraw('kept')).toBe(null);
  expect(await tab.tryToDraw('[kept, kept[3]]')).toBe(null);
  if (transport === 'debugger') {
    for (const [name, expression] of [
      ['same', '[mine, top.kept]'],
      ['other', 'mine'],
      ['worker counting', 'inWorker'],
    ] as const) {
      await tab.pickHeap(name);
      expect(await tab.tryToDraw(expression)).toBe(null);
    }
    await tab.pickHeap('top');
    expect(await tab.tryToDraw('kept')).toBe(null);
  }
  // Only a drawing keeps them alive, so they can be collected while the panel is open, too, once nothing of them is drawn.
  await tab.closeDevTools('in good order');
  await expect.poll(() => tab.ourListeners(), { timeout: 40_000 }).toEqual([]);
  expect(await run('Reflect.ownKeys(globalThis).filter((key) => /^graph|memory.?graph/i.test(String(key)))')).toEqual(
    [],
  );
  await run('delete globalThis.kept; delete frames.same.mine; frames.same.location.reload(); 0');
  await expect.poll(collected, { timeout: 15_000 }).toEqual([true, true, true, true, true]);
  await tab.reopen();
});

/** Bytes in use after a collection, of the page and of the panel's document with the DevTools page, which share a heap. */
async function used(panel: CDPSession): Promise<readonly [page: number, panel: number]> {
  const sizes: number[] = [];
  for (const session of [cdp, panel]) {
    await session.send('HeapProfiler.collectGarbage');
    sizes.push((await session.send('Runtime.getHeapUsage')).usedSize);
  }
  const [page = 0, own = 0] = sizes;
  return [page, own];
}

test('a thousand drawings of a changing page leave its heap and the panel’s where they were', async () => {
  const target = tab.browser.targets().find((one) => one.url().endsWith('/panel/panel.html'));
  if (!target) throw new Error('The panel is not there.');
  const panel = await target.createCDPSession();
  await run(`globalThis.next = () => (globalThis.data = Array.from({ length: 12 },
    (_, index) => (index % 4 ? { index, of: [Math.random()] } : new Proxy({ index }, {})))); 0`);
  const drawMany = async (count: number) => {
    for (let drawn = 0; drawn < count; drawn += 50)
      await tab.panel.evaluate(async () => {
        for (let index = 0; index < 50; index += 1) await memoryGraph.draw('next()');
      });
  };
  const figures: string[] = [];
  for (const transport of ['eval', 'debugger'] as const) {
    await tab.setDebugger(transport === 'debugger');
    // What is made once: code, caches, the pool of what is reused.
    await drawMany(50);
    const before = await used(panel);
    await drawMany(500);
    // The position of each number that was given is remembered: some bytes for each of 10,000 objects.
    const limits = [1_500_000, 3_000_000];
    let after = before;
    const shareOfLimits = async (): Promise<number> => {
      after = await used(panel);
      return Math.max(...limits.map((limit, index) => ((after[index] ?? 0) - (before[index] ?? 0)) / limit));
    };
    // What was dropped last may be finalized a moment later.
    await expect.poll(shareOfLimits, { timeout: 30_000, interval: 1000 }).toBeLessThan(1);
    const kilobytes = (sizes: readonly number[]) => sizes.map((size) => Math.round(size / 1024)).join(' and ');
    figures.push(
      `${transport}: page and panel ${kilobytes(before)} kB before, ${kilobytes(after)} kB after 500 drawings`,
    );
  }
  console.log(figures.join('\n'));
  await panel.detach();
}, 600_000);
