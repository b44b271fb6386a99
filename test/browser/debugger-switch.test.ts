/** When the debugger is attached in real DevTools: on the person's word, as late as can be, and no longer than it is used. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DevTools, openDevToolsOnPage } from './harness.ts';

let tools: DevTools;
beforeAll(async () => {
  tools = await openDevToolsOnPage({ url: 'index.html' });
});
afterAll(() => tools.close());

/** Chrome takes commands from who is attached alone. */
const isAttached = (): Promise<boolean> =>
  tools.host.evaluate(() =>
    chrome.debugger.sendCommand({ tabId: chrome.devtools.inspectedWindow.tabId }, 'Runtime.getIsolateId').then(
      () => true,
      () => false,
    ),
  );

const switched = (): Promise<{ readonly on: string | null; readonly hint: string }> =>
  tools.panel.evaluate(() => {
    const lamp = document.querySelector('[role=switch]');
    return { on: lamp?.ariaChecked ?? null, hint: lamp?.getAttribute('title') ?? '' };
  });

const draw = () => tools.panel.evaluate(() => memoryGraph.draw('[[1]]'));

test('it is attached by the first drawing, remembered by the next DevTools, and gone when it is switched off', async () => {
  expect(await switched()).toMatchObject({ on: 'false', hint: expect.stringMatching(/Chrome shows a bar/) });
  await draw();
  expect(await isAttached()).toBe(false);
  await tools.setDebugger(true);
  await draw();
  expect(await isAttached()).toBe(true);
  await tools.closeDevTools('in good order');
  await tools.reopen();
  expect(await switched()).toMatchObject({ on: 'true' });
  expect(await isAttached()).toBe(false);
  await draw();
  expect(await isAttached()).toBe(true);
  await tools.setDebugger(false);
  await expect.poll(isAttached).toBe(false);
});
