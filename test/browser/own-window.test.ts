/** The tab in a window of its own, in real DevTools: it follows the pauses, and says when DevTools is closed. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { frontEnd } from './front-end.ts';
import { type DevTools, openDevToolsOnPage, until } from './harness.ts';
import { stackTools } from './stack-harness.ts';

const { follow } = stackTools(() => tools);
let tools: DevTools;
let own: Page;
beforeAll(async () => {
  tools = await openDevToolsOnPage({ url: 'index.html', theme: 'dark' });
  await follow();
  await tools.click('[aria-label="Open in a window of its own"]');
  const target = await tools.browser.waitForTarget((one) => one.url().includes('/panel/window.html'));
  own = await target.asPage();
  await until(own, 'globalThis.memoryGraph !== undefined');
});
afterAll(() => tools.close());

const pauses = () => own.evaluate(() => memoryGraph.stack().pauses.length);

test('a pause is drawn in it, in the theme of DevTools, and its keys step', async () => {
  await tools.page.evaluate(() => {
    setTimeout(() => {
      const list = [1];
      // biome-ignore lint/suspicious/noDebugger: it is what the test is about.
      debugger;
      list.push(2);
      document.title = String(list.length);
    });
  });
  await until(own, "document.querySelectorAll('.mg-stack').length === 1");
  expect(await own.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  const before = await pauses();
  await own.keyboard.press('F10');
  await until(own, `memoryGraph.stack().pauses.length === ${before + 1}`);
  await own.keyboard.press('F8');
  await tools.page.waitForFunction("document.title === '2'");
});

test('a second click brings the same window up', async () => {
  await tools.click('[aria-label="Open in a window of its own"]');
  expect(tools.browser.targets().filter((one) => one.url().includes('/panel/window.html'))).toHaveLength(1);
});

test('it draws expressions of its own, and leaves the tab alone', async () => {
  await own.evaluate(() => memoryGraph.draw('[[1]]'));
  expect(await own.evaluate(() => memoryGraph.stats().nodes)).toBe(2);
  await expect(tools.panel.evaluate(() => memoryGraph.stats())).rejects.toThrow('Nothing is drawn yet');
});

test('while it is open, what comes from the console is drawn in it', async () => {
  const front = frontEnd(tools);
  await until(own, "document.querySelectorAll('[data-box]').length === 2");
  await tools.page.waitForFunction("'graph' in globalThis", { polling: 20 });
  await front.showConsole();
  await front.enter('graph([[1], [2]])');
  await until(own, "memoryGraph.snapshot().roots[0].label === 'graph[1]'");
  await own.evaluate(() => memoryGraph.draw('[[1]]'));
  const link = "find('.console-message-text .devtools-link').find((link) => link.textContent.endsWith('/graph/1'))";
  await expect.poll(() => front.run(`return ${link} !== undefined;`)).toBe(true);
  await front.run(`${link}.click();`);
  await until(own, "memoryGraph.snapshot().roots[0].label === 'graph[1]'");
  expect(await front.selectedTab()).toBe('console');
  await expect(tools.panel.evaluate(() => memoryGraph.stats())).rejects.toThrow('Nothing is drawn yet');
  await own.evaluate(() => memoryGraph.draw('[[1]]'));
});

test('it says in one sentence that DevTools was closed, and keeps its picture', async () => {
  await tools.devtools.close();
  await until(own, "document.querySelector('.notice')?.textContent.includes('DevTools was closed')");
  expect(await own.evaluate(() => document.querySelectorAll('[data-box]').length)).toBe(2);
});
