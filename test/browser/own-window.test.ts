/** The tab in a window of its own, in real DevTools: it follows the pauses, and says when DevTools is closed. */
import type { Page } from 'puppeteer-core';
import { beforeAll, expect, test } from 'vitest';
import { until } from './harness.ts';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html', theme: 'dark' });
let own: Page;
beforeAll(async () => {
  await tab.stack.follow();
  await tab.click('[aria-label="Open in new window"]');
  const target = await tab.browser.waitForTarget((one) => one.url().includes('/panel/window.html'));
  own = await target.asPage();
  await until(own, 'globalThis.memoryGraph !== undefined');
});

const pauses = () => own.evaluate(() => memoryGraph.stack().pauses.length);

test('a pause is drawn in it, in the theme of DevTools, and its keys step', async () => {
  await tab.page.evaluate(() => {
    setTimeout(() => {
      const list = [1];
      // biome-ignore lint/suspicious/noDebugger: it is what the test is about.
      debugger;
      list.push(2);
      document.title = String(list.length);
    });
  });
  await until(own, "document.querySelectorAll('.mg-stack').length === 1");
  await expect.poll(() => own.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  const before = await pauses();
  await own.keyboard.press('F10');
  await until(own, `memoryGraph.stack().pauses.length === ${before + 1}`);
  await own.keyboard.press('F8');
  await tab.page.waitForFunction("document.title === '2'");
});

test('a second click brings the same window up', async () => {
  await tab.click('[aria-label="Open in new window"]');
  expect(tab.browser.targets().filter((one) => one.url().includes('/panel/window.html'))).toHaveLength(1);
});

test('it draws expressions of its own, and leaves the tab alone', async () => {
  await own.evaluate(() => memoryGraph.draw('[[1]]'));
  expect(await own.evaluate(() => memoryGraph.stats().nodes)).toBe(2);
  await expect(tab.stats()).rejects.toThrow('No graph yet');
});

test('while it is open, what comes from the console is drawn in it', async () => {
  const { frontEnd: front } = tab;
  await until(own, "document.querySelectorAll('[data-box]').length === 2");
  await tab.untilGraphIsOffered();
  await front.showConsole();
  await front.enter('graph([[1], [2]])');
  await until(own, "memoryGraph.snapshot().roots[0].label === 'graph[1]'");
  await own.evaluate(() => memoryGraph.draw('[[1]]'));
  await front.clickLink('/graph/1');
  await until(own, "memoryGraph.snapshot().roots[0].label === 'graph[1]'");
  expect(await front.selectedTab()).toBe('console');
  await expect(tab.stats()).rejects.toThrow('No graph yet');
  await own.evaluate(() => memoryGraph.draw('[[1]]'));
});

test('it says in one sentence that DevTools was closed, and keeps its picture', async () => {
  await tab.devtools.close();
  await until(own, "document.querySelector('.notice')?.textContent.includes('DevTools was closed')");
  expect(await own.evaluate(() => document.querySelectorAll('[data-box]').length)).toBe(2);
});
