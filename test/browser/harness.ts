/**
 * Real DevTools with the built extension, for the tests of this folder. Must go the same way as `npm start`
 * (scripts/lib/launch.mjs), and must leave no browser behind. A browser whose DevTools were closed by `close` serves the
 * next test file of the same worker, as if it were new.
 */
import { existsSync } from 'node:fs';
import type { Browser, Frame, Page, Target } from 'puppeteer-core';
import { findBrowser } from '../../scripts/lib/find-browser.mjs';
import { launchBrowser, openMemoryGraph, setTheme, showMemoryGraph, undock } from '../../scripts/lib/launch.mjs';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { serve } from '../../scripts/lib/serve.mjs';
import { keepBrowser, takeBrowser } from './idle-browser.ts';

export interface DevToolsOptions {
  /** A whole address, or a path below demo/ (`index.html`), which is then served for this browser alone. */
  readonly url: string;
  /** CSS pixels of the DevTools window; the panel fills it but for DevTools' own row of tabs. */
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  /** With a window on the display, in which DevTools stays docked; without one if false. */
  readonly window?: boolean;
  /** In a browser that no other file gets: for what crashes pages, or loads the extension again. */
  readonly apart?: boolean;
}

export interface DevTools {
  readonly browser: Browser;
  /** The inspected page. */
  readonly page: Page;
  /** The front end of DevTools. */
  readonly devtools: Page;
  /** The frame of our tab in it. */
  readonly panel: Frame;
  /** The extension's DevTools page in it, which holds the debugger's attachment. */
  readonly host: Frame;
  /** Errors that the panel logged or threw so far. `close` fails on any that nobody took out of here. */
  readonly panelErrors: string[];
  /** As a person closes them (`in good order`), or as they go when they crash. Resolves when they are gone. */
  closeDevTools(order: 'in good order' | 'without a word'): Promise<void>;
  /** Opens DevTools on our tab again, after they were closed, by whomever. */
  reopen(): Promise<void>;
  /** Evaluates an expression in the panel; the value crosses as JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** `until` in the panel. */
  until(condition: string): Promise<void>;
  /** `click` in the panel. */
  click(selector: string): Promise<void>;
  /** With the mouse, on what stands in the picture of our tab, when that has come to rest. */
  clickInPicture(selector: string, options?: Parameters<Frame['click']>[1]): Promise<void>;
  /** Takes the page to an address and waits until the panel knows: what it asked for before is refused. */
  goTo(url: string): Promise<void>;
  /** Brings our tab up: at a pause, and when something is revealed, DevTools shows another. */
  showTab(): Promise<void>;
  /** The toolbar's switch. It attaches with the next drawing. */
  setDebugger(on: boolean): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  setTheme(theme: 'light' | 'dark'): Promise<void>;
  /** A picture of the whole DevTools window. */
  screenshot(path: `${string}.png`): Promise<void>;
  close(): Promise<void>;
}

const extension = `${projectRoot}/dist`;

/**
 * Goes on when a condition, an expression of the document, holds; one that throws does not hold yet. Polled by time: what
 * DevTools hides paints no frames.
 * @throws when it does not come true; the message has what stands in the document
 */
export async function until(document: Frame | Page, condition: string): Promise<void> {
  try {
    await document.waitForFunction(`(() => { try { return ${condition}; } catch { return false; } })()`, {
      polling: 20,
      timeout: 15_000,
    });
  } catch (cause) {
    const seen = await document.evaluate(() => globalThis.document.body.innerText);
    throw new Error(`Never came true: ${condition}\nIt says: ${seen}`, { cause });
  }
}

/** By the DOM: what DevTools hides cannot be clicked with the mouse. */
export async function click(document: Frame | Page, selector: string): Promise<void> {
  await document.evaluate((selector) => {
    const element = globalThis.document.querySelector(selector);
    if (!(element instanceof HTMLElement)) throw new Error(`There is no ${selector}.`);
    element.click();
  }, selector);
}

/** Notices the next press on what this selector stands for; the answer tells whether there was one by then. */
async function pressesOn(document: Frame, selector: string): Promise<() => Promise<boolean>> {
  const seen = await document.evaluateHandle((selector) => {
    const seen = { press: false };
    const note = ({ target }: Event) => {
      seen.press = target instanceof Element && target.closest(selector) !== null;
    };
    globalThis.document.addEventListener('pointerdown', note, { capture: true, once: true });
    return seen;
  }, selector);
  return () => seen.evaluate(({ press }) => press);
}

function hostOf(devtools: Page): Frame {
  const host = devtools.frames().find((frame) => frame.url().endsWith('/devtools.html'));
  if (!host) throw new Error('The DevTools page is not there.');
  return host;
}

/**
 * Also what was logged before this: both domains tell again what they had to say when they are enabled. What is in
 * `watched` is watched already, or gone without the browser's saying so.
 */
async function recordErrors(browser: Browser, panel: Frame, errors: string[], watched: WeakSet<Target>): Promise<void> {
  const { host } = new URL(panel.url());
  for (const target of browser.targets()) {
    if (!target.url().startsWith(`chrome-extension://${host}/`) || watched.has(target)) continue;
    watched.add(target);
    const session = await target.createCDPSession();
    const { pathname } = new URL(target.url());
    session.on('Runtime.consoleAPICalled', ({ type, args }) => {
      if (type !== 'error' && type !== 'assert') return;
      errors.push(`${pathname}: ${args.map((value) => value.description ?? String(value.value)).join(' ')}`);
    });
    session.on('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception } }) => {
      errors.push(`${pathname}: ${text} ${exception?.description ?? ''}`);
    });
    session.on('Log.entryAdded', ({ entry }) => {
      if (entry.level === 'error') errors.push(`${pathname}: ${entry.text} ${entry.url ?? ''}`);
    });
    await session.send('Runtime.enable');
    await session.send('Log.enable');
  }
}

/**
 * Starts a browser without a window at a page, with DevTools open on our tab.
 * @throws when there is no browser or no built extension, with what to do
 */
export async function openDevToolsOnPage(options: DevToolsOptions): Promise<DevTools> {
  const { url, width = 1280, height = 800, theme = 'light', window = false, apart = window } = options;
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('There is no browser here; `npm test` gets one or says how.');
  if (!existsSync(`${extension}/manifest.json`)) throw new Error('dist/ is missing; run `npm run build` first.');

  const served = /^[a-z-]+:/i.test(url) ? null : await serve(`${projectRoot}/demo`);
  const waiting = apart ? undefined : takeBrowser();
  let browser: Browser | null = null;
  const end = async (): Promise<void> => {
    await browser?.close();
    await served?.close();
  };
  try {
    browser =
      waiting ?? (await launchBrowser({ executablePath, extension, headless: !window, width: 1280, height: 900 }));
    const started = browser;
    const [blank] = await started.pages();
    // The blank page keeps a browser alive that waits.
    const page = window && blank ? blank : await started.newPage();
    const panelErrors: string[] = [];
    await page.goto(served ? new URL(url, served.url).href : url);
    const watched = new WeakSet<Target>();
    const open = async () => {
      const { devtools, panel } = await openMemoryGraph(page);
      await recordErrors(started, panel, panelErrors, watched);
      if (!window) await undock(devtools, { width, height });
      await setTheme(devtools, panel, theme);
      return { devtools, panel, host: hostOf(devtools) };
    };
    let opened = await open();
    return {
      browser,
      page,
      get devtools() {
        return opened.devtools;
      },
      get panel() {
        return opened.panel;
      },
      get host() {
        return opened.host;
      },
      panelErrors,
      async closeDevTools(order) {
        const { devtools } = opened;
        const closed = new Promise((resolve) => devtools.once('close', resolve));
        await devtools.close({ runBeforeUnload: order === 'in good order' });
        await closed;
      },
      async reopen() {
        opened = await open();
      },
      evaluate: (expression) => opened.panel.evaluate(expression),
      until: (condition) => until(opened.panel, condition),
      click: (selector) => click(opened.panel, selector),
      async clickInPicture(selector, options) {
        const { devtools, panel } = opened;
        const resting = `document.querySelector(${JSON.stringify(selector)}) && document.getAnimations().length === 0`;
        // At a pause DevTools shows Sources, sooner or later: a click that went there is made again.
        for (let tries = 0; tries < 10; tries++) {
          await showMemoryGraph(devtools);
          await until(panel, resting);
          const pressed = await pressesOn(panel, selector);
          await panel.click(selector, options);
          if (await pressed()) return;
        }
        throw new Error(`No click arrived at ${selector}.`);
      },
      async goTo(url) {
        await opened.host.evaluate(() => {
          const arrived = new Promise((resolve) => chrome.devtools.network.onNavigated.addListener(resolve));
          Object.assign(globalThis, { arrived });
        });
        await page.goto(url);
        await opened.host.evaluate('arrived.then(() => 0)');
      },
      async showTab() {
        await showMemoryGraph(opened.devtools);
      },
      async setDebugger(on) {
        await opened.panel.evaluate((on) => {
          const lamp = document.querySelector('[role=switch]');
          if (lamp instanceof HTMLElement && lamp.ariaChecked !== String(on)) lamp.click();
        }, on);
      },
      resize: (width, height) => opened.devtools.setViewport({ width, height }),
      setTheme: (theme) => setTheme(opened.devtools, opened.panel, theme),
      async screenshot(path) {
        await opened.devtools.screenshot({ path });
      },
      async close() {
        if (!apart && blank && (await makeAsNew(started, opened, blank))) await keepBrowser(started);
        else await started.close();
        await served?.close();
        if (panelErrors.length > 0) throw new Error(`The panel logged errors:\n${panelErrors.join('\n')}`);
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/**
 * Leaves nothing but a blank page: what DevTools and the extension remember is forgotten, all other pages are closed.
 * Answers whether that was so: where DevTools are gone already, nobody can tell them to forget.
 */
async function makeAsNew(
  browser: Browser,
  { devtools, host }: { readonly devtools: Page; readonly host: Frame },
  blank: Page,
): Promise<boolean> {
  try {
    await host.evaluate(() => localStorage.clear());
    await devtools.evaluate(`(async () => {
      const Host = await import('devtools://devtools/bundled/core/host/host.js');
      Host.InspectorFrontendHost.InspectorFrontendHostInstance.clearPreferences();
    })()`);
    for (const page of await browser.pages()) {
      // DevTools go with their page.
      if (page !== blank && !page.url().startsWith('devtools:')) await page.close();
    }
    const left = () => browser.targets().some((target) => /^(?:devtools|chrome-extension):.*\.html/.test(target.url()));
    for (const end = Date.now() + 5000; left(); await new Promise((resolve) => setTimeout(resolve, 10))) {
      if (Date.now() > end) return false;
    }
    return true;
  } catch {
    return false;
  }
}
