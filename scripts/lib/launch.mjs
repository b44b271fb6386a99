// @ts-check
/**
 * Starts a browser with the extension, and opens real DevTools on its tab, for `npm start` and for the tests. Must never
 * touch a profile of the user.
 */
import puppeteer from 'puppeteer-core';
import { Explained } from './run.mjs';

/** @typedef {import('puppeteer-core').Browser} Browser */
/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('puppeteer-core').Frame} Frame */

/** Milliseconds until a thing must appear. DevTools takes two seconds on a slow machine, ten when it is busy. */
const patience = 60_000;

/** No network traffic, no first-run pages. */
const quietFlags = [
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * @param {{executablePath: string, extension: string, headless: boolean, width: number, height: number, flags?: readonly string[]}} options
 *   `extension` is the folder with manifest.json; sizes are those of the window, in CSS pixels; `flags` are further switches
 * @returns {Promise<Browser>} with a temporary profile that goes when it closes
 * @throws {Explained} when it does not start or refuses the extension
 */
export async function launchBrowser({ executablePath, extension, headless, width, height, flags = [] }) {
  let browser;
  try {
    browser = await puppeteer.launch({
      executablePath,
      headless,
      pipe: true,
      enableExtensions: true,
      defaultViewport: null,
      // The window looks like the user's own browser, and the script that started this handles Ctrl+C.
      ignoreDefaultArgs: ['--enable-automation'],
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      protocolTimeout: patience,
      args: [
        ...quietFlags,
        ...flags,
        `--window-size=${width},${height}`,
        // Chromium's sandbox does not work for root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
  } catch (error) {
    throw new Explained(`${executablePath} did not start: ${messageOf(error)} Name another browser in CHROME_PATH.`);
  }
  try {
    await browser.installExtension(extension);
  } catch (error) {
    await browser.close();
    throw new Explained(
      `${executablePath} did not load the extension: ${messageOf(error)} ` +
        'Name a Chromium or Chrome for Testing in CHROME_PATH, or load dist/ by hand at chrome://extensions.',
    );
  }
  return browser;
}

/** @param {unknown} error */
function messageOf(error) {
  const text = error instanceof Error ? error.message : String(error);
  const [line = ''] = text.split('\n');
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/**
 * Calls `attempt` until it returns something other than null.
 * @template T
 * @param {string} what for the message when it takes too long
 * @param {() => Promise<T | null>} attempt
 * @returns {Promise<T>}
 */
async function until(what, attempt) {
  const end = Date.now() + patience;
  let trouble = '';
  while (Date.now() < end) {
    try {
      const value = await attempt();
      if (value !== null) return value;
    } catch (error) {
      trouble = ` (${messageOf(error)})`;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Explained(`${what} did not appear within ${patience / 1000} seconds${trouble}.`);
}

// Texts, because only DevTools knows its own modules.
const showOurTab = `(async () => {
  const { ViewManager } = (await import('devtools://devtools/bundled/ui/legacy/legacy.js')).ViewManager;
  const manager = ViewManager.instance();
  const key = [...manager.views.keys()].find((key) => key.startsWith('chrome-extension://'));
  if (!key) return null;
  await manager.showView(key);
  return key;
})()`;

/**
 * Shows our tab.
 * @param {Page} devtools
 * @returns {Promise<boolean>} whether there is one yet
 */
export async function showMemoryGraph(devtools) {
  return typeof (await devtools.evaluate(showOurTab)) === 'string';
}

/**
 * Opens DevTools on a page and our tab in it, and waits until the panel can be used.
 * @param {Page} page at an address that extensions may read
 * @returns {Promise<{devtools: Page, panel: Frame}>} the front end of DevTools, and our frame in it
 * @throws {Explained} when something does not appear
 */
export async function openMemoryGraph(page) {
  const devtools = await page.openDevTools();
  await devtools.waitForSelector('.root-view', { timeout: patience });
  await until('The Memory Graph tab', async () => (await showMemoryGraph(devtools)) || null);
  const panel = await until(
    'The panel',
    async () => devtools.frames().find((frame) => frame.url().endsWith('/panel/panel.html')) ?? null,
  );
  await panel.waitForFunction('globalThis.memoryGraph !== undefined', { timeout: patience });
  return { devtools, panel };
}

/**
 * Undocks DevTools from the page's window, so that it has a viewport of its own, and sets its size.
 * @param {Page} devtools
 * @param {{width: number, height: number}} size CSS pixels
 */
export async function undock(devtools, size) {
  await devtools.evaluate(`(async () => {
    const { DockController } = (await import('devtools://devtools/bundled/ui/legacy/legacy.js')).DockController;
    DockController.instance().setDockSide('undocked');
  })()`);
  await devtools.setViewport(size);
}

/**
 * Sets the theme of DevTools and waits until the panel has it.
 * @param {Page} devtools
 * @param {Frame} panel
 * @param {'light' | 'dark'} theme
 */
export async function setTheme(devtools, panel, theme) {
  const value = theme === 'dark' ? 'dark' : 'default';
  await devtools.evaluate(`(async () => {
    const { Settings } = (await import('devtools://devtools/bundled/core/common/common.js')).Settings;
    Settings.instance().moduleSetting('ui-theme').set('${value}');
  })()`);
  await panel.waitForFunction(`matchMedia('(prefers-color-scheme: ${theme})').matches`, { timeout: patience });
}
