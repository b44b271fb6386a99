/** A page that waits for the answer to a dialog, in real DevTools. */
import type { Dialog } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });
beforeAll(() => tab.setDebugger(true));
afterAll(() => tab.setDebugger(false));

test.each(['confirm("Really?")', 'alert("So it is.")', 'prompt("Your name?", "Ada")'])('%s', async (call) => {
  await tab.draw('[1, 2]');
  const opening = new Promise<Dialog>((resolve) => tab.page.once('dialog', resolve));
  await tab.page.evaluate((call) => {
    setTimeout(call);
  }, call);
  const dialog = await opening;
  expect(await tab.tryToDraw('[1, 2, 3]')).toMatch(/^A dialog is open in the page/);
  await dialog.accept();
  await expect.poll(() => tab.tryToDraw('[1, 2, 3, 4]'), { timeout: 10_000 }).toBe(null);
});
