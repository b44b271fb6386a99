/** The tab in a window of its own, in real DevTools: it follows the pauses, and says when DevTools is closed. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DevTools, openDevToolsOnPage } from './harness.ts';

let tools: DevTools;
let own: Page;
beforeAll(async () => {
  tools = await openDevToolsOnPage({ url: 'index.html', theme: 'dark' });
  await tools.panel.evaluate(() => memoryGraph.show('stack'));
  await click('.attach');
  await tools.panel.waitForFunction("memoryGraph.stack().following.type === 'running'", { polling: 50 });
  await click('[aria-label="Open in a window of its own"]');
  const target = await tools.browser.waitForTarget((one) => one.url().includes('/panel/window.html'));
  own = await target.asPage();
  await own.waitForFunction('globalThis.memoryGraph !== undefined', { polling: 50 });
});
afterAll(() => tools.close());

const click = (selector: string) =>
  tools.panel.evaluate((selector) => {
    const element = document.querySelector(selector);
    if (!(element instanceof HTMLElement)) throw new Error(`There is no ${selector}.`);
    element.click();
  }, selector);

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
  await own.waitForFunction("document.querySelectorAll('.mg-stack').length === 1", { polling: 50 });
  expect(await own.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  const before = await pauses();
  await own.keyboard.press('F10');
  await own.waitForFunction(`memoryGraph.stack().pauses.length === ${before + 1}`, { polling: 50 });
  await own.keyboard.press('F8');
  await tools.page.waitForFunction("document.title === '2'");
});

test('a second click brings the same window up', async () => {
  await click('[aria-label="Open in a window of its own"]');
  expect(tools.browser.targets().filter((one) => one.url().includes('/panel/window.html'))).toHaveLength(1);
});

test('it draws expressions of its own, and leaves the tab alone', async () => {
  await own.evaluate(() => memoryGraph.draw('[[1]]'));
  expect(await own.evaluate(() => memoryGraph.stats().nodes)).toBe(2);
  await expect(tools.panel.evaluate(() => memoryGraph.stats())).rejects.toThrow('Nothing is drawn yet');
});

test('it says in one sentence that DevTools was closed, and keeps its picture', async () => {
  await tools.devtools.close();
  await own.waitForFunction("document.querySelector('.notice')?.textContent.includes('DevTools was closed')", {
    polling: 50,
  });
  expect(await own.evaluate(() => document.querySelectorAll('[data-box]').length)).toBe(2);
});
