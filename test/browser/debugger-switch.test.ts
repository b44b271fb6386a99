/** When the debugger is attached in real DevTools: after the person switched it on, as late as can be, and no longer than it is used. */
import { describe, expect, test } from 'vitest';
import { memoryGraphPage } from './memory-graph-page.ts';

const tab = memoryGraphPage({ url: 'index.html' });

/** Chrome takes commands from who is attached alone. */
const isAttached = (): Promise<boolean> =>
  tab.host.evaluate(() =>
    chrome.debugger.sendCommand({ tabId: chrome.devtools.inspectedWindow.tabId }, 'Runtime.getIsolateId').then(
      () => true,
      () => false,
    ),
  );

const switched = (): Promise<{ readonly on: string | null; readonly hint: string }> =>
  tab.panel.evaluate(() => {
    const lamp = document.querySelector('[role=switch]');
    return { on: lamp?.ariaChecked ?? null, hint: lamp?.getAttribute('title') ?? '' };
  });

test('before the first drawing a person is asked once how the page is read', async () => {
  await tab.panel.evaluate(() => Object.defineProperty(navigator, 'webdriver', { value: false, configurable: true }));
  const choices = () =>
    tab.panel.evaluate(() => [...document.querySelectorAll('dialog button')].map(({ textContent }) => textContent));
  const isAsked = 'document.querySelector("dialog")?.open === true';
  const drawing = tab.tryToDraw('[[1]]');
  await tab.until(isAsked);
  expect(await choices()).toEqual([
    expect.stringMatching(/^With the debugger recommended.*bar/),
    expect.stringMatching(/^Without the debugger.*traps of proxies run/),
  ]);
  // Who does not answer is asked again.
  await tab.panel.evaluate(() =>
    document.querySelector('dialog')?.dispatchEvent(new Event('cancel', { cancelable: true })),
  );
  expect(await drawing).not.toBe(null);
  await tab.until(`!(${isAsked})`);
  const next = tab.tryToDraw('[[1]]');
  await tab.until(isAsked);
  expect(await isAttached()).toBe(false);
  await tab.click('dialog button:last-of-type');
  expect(await next).toBe(null);
  expect(await isAttached()).toBe(false);
  await tab.draw('[[1]]');
  expect(await tab.panel.evaluate(isAsked)).toBe(false);
});

test('it is attached by the first drawing, remembered by the next DevTools, and gone when it is switched off', async () => {
  expect(await switched()).toMatchObject({ on: 'false', hint: expect.stringMatching(/Chrome shows a bar/) });
  await tab.draw('[[1]]');
  expect(await isAttached()).toBe(false);
  await tab.setDebugger(true);
  await tab.draw('[[1]]');
  expect(await isAttached()).toBe(true);
  await tab.closeDevTools('in good order');
  await tab.reopen();
  expect(await switched()).toMatchObject({ on: 'true' });
  expect(await isAttached()).toBe(false);
  await tab.draw('[[1]]');
  expect(await isAttached()).toBe(true);
  await tab.setDebugger(false);
  await expect.poll(isAttached).toBe(false);
});

test('what a promise holds, and a very long text, are read by a click', async () => {
  await tab.setDebugger(true);
  await tab.page.evaluate('globalThis.later = { promise: Promise.resolve({ a: 1 }), text: "x".repeat(3e6) }; 0');
  await tab.draw('later');
  await tab.until('document.querySelectorAll(".mg-unasked").length === 2');
  await tab.clickInPicture('.mg-promise .mg-unasked');
  await tab.until('document.querySelector(".canvas").textContent.includes("fulfilled")');
  await tab.clickInPicture('.mg-unasked');
  await tab.until('document.querySelector(".canvas").textContent.includes("xxx")');
  await tab.setDebugger(false);
});

describe('where the administrator refuses the debugger, a sentence says so, and the page is read without it', () => {
  /** Chrome's texts, since no policy can be set for one browser of a machine. */
  const refused = (what: 'attach' | 'sendCommand', text: string) =>
    tab.host.evaluate(
      (what, text) => {
        const real = chrome.debugger[what];
        Object.assign(globalThis, { allow: () => Object.assign(chrome.debugger, { [what]: real }) });
        Object.assign(chrome.debugger, { [what]: () => Promise.reject(new Error(text)) });
      },
      what,
      text,
    );

  test.each([
    ['attach', 'Host access is restricted by policy.'],
    ['attach', 'Screenshot capture is restricted by policy.'],
    ['sendCommand', 'Host access is restricted by policy.'],
  ] as const)('%s: %s', async (what, text) => {
    await refused(what, text);
    await tab.setDebugger(true);
    await tab.tryToDraw('[[1]]');
    await tab.untilMessage(`Your administrator doesn't allow extensions to debug this page (${text})`);
    await tab.host.evaluate('allow()');
    await tab.setDebugger(false);
    expect((await tab.draw('[[1]]')).nodes).toBe(2);
    await tab.until("document.querySelector('.notice.error') === null");
  });
});
