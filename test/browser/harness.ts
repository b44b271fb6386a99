/**
 * Real DevTools with the built extension, for the tests of this folder. Must open them as `npm start` does
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
  /** A whole address, or a path below `folder` (`index.html`), which is then served for this browser alone. */
  readonly url: string;
  /** A folder of the project, `demo` if it is not given. */
  readonly folder?: string;
  /** CSS pixels of the DevTools window; the panel fills it but for DevTools' own row of tabs. */
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  /** With a window on the display, in which DevTools stays docked; without one if false. */
  readonly window?: boolean;
  /** In a browser that no other file gets: for what crashes pages, or loads the extension again. */
  readonly apart?: boolean;
  /** Switches of the browser, which then has to be `apart`. */
  readonly flags?: readonly string[];
}

/** What is there while DevTools are open, until they are closed or opened again. */
interface OpenDevTools {
  /** The front end of DevTools. */
  readonly devtools: Page;
  /** The frame of our tab in it. */
  readonly panel: Frame;
  /** The extension's DevTools page in it, which holds the debugger's attachment. */
  readonly host: Frame;
}

interface Started {
  readonly browser: Browser;
  readonly page: Page;
  /** Keeps a browser alive that waits for the next file. */
  readonly blank: Page | undefined;
  readonly served: Awaited<ReturnType<typeof serve>> | null;
  readonly options: DevToolsOptions;
}

const extension = `${projectRoot}/dist`;

/**
 * Goes on when a condition, an expression of the document, holds; one that throws does not hold yet. Polled by time: what
 * DevTools hides paints no frames.
 * @throws when it does not come true; the message has the text of the document
 */
export async function until(document: Frame | Page, condition: string): Promise<void> {
  try {
    await document.waitForFunction(`(() => { try { return ${condition}; } catch { return false; } })()`, {
      polling: 20,
      timeout: 30_000,
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

/** Notices the next press on what this selector finds; the answer is whether there was one by then. */
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

/** Milliseconds for a click to arrive. */
const clicking = 20_000;

/** Runs in the panel: what a click at the middle of an element meets, and where that is. */
function inFrontOf(selector: string): string {
  const { left, top, width, height } = document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const met = document.elementFromPoint(x, y);
  return `${met?.cloneNode(false) instanceof Element ? met.outerHTML.slice(0, 200) : 'nothing'} at ${x}, ${y} of ${innerWidth} × ${innerHeight}`;
}

function hostOf(devtools: Page): Frame {
  const host = devtools.frames().find((frame) => frame.url().endsWith('/devtools.html'));
  if (!host) throw new Error('The DevTools page is not there.');
  return host;
}

/**
 * Also what was logged before this: both domains report it again when they are enabled. What is in
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

/** DevTools on a page, with our tab shown in them. */
export class DevTools {
  /** Errors that the panel logged or threw so far. `close` fails on any that nobody took out of here. */
  readonly panelErrors: string[] = [];
  #started: Started | undefined;
  #open: OpenDevTools | undefined;
  readonly #watched = new WeakSet<Target>();

  /**
   * Starts a browser, without a window unless one is asked for, at a page, with DevTools open on our tab.
   * @throws when there is no browser or no built extension, with what to do
   */
  async open(options: DevToolsOptions): Promise<void> {
    const { url, folder = 'demo', window = false, apart = window, flags = [] } = options;
    const executablePath = findBrowser();
    if (executablePath === null) throw new Error('There is no browser here; `npm test` gets one or says how.');
    if (!existsSync(`${extension}/manifest.json`)) throw new Error('dist/ is missing; run `npm run build` first.');
    const served = /^[a-z-]+:/i.test(url) ? null : await serve(`${projectRoot}/${folder}`);
    let browser = apart ? undefined : takeBrowser();
    try {
      browser ??= await launchBrowser({
        executablePath,
        extension,
        headless: !window,
        width: 1280,
        height: 900,
        flags,
      });
      const [blank] = await browser.pages();
      const page = window && blank ? blank : await browser.newPage();
      await page.goto(served ? new URL(url, served.url).href : url);
      this.#started = { browser, page, blank, served, options };
      await this.reopen();
    } catch (error) {
      this.#started = undefined;
      await browser?.close();
      await served?.close();
      throw error;
    }
  }

  get browser(): Browser {
    return whileOpen(this.#started).browser;
  }

  /** The inspected page. */
  get page(): Page {
    return whileOpen(this.#started).page;
  }

  /** The front end of DevTools. */
  get devtools(): Page {
    return whileOpen(this.#open).devtools;
  }

  /** The frame of our tab in it. */
  get panel(): Frame {
    return whileOpen(this.#open).panel;
  }

  /** The extension's DevTools page in it, which holds the debugger's attachment. */
  get host(): Frame {
    return whileOpen(this.#open).host;
  }

  /** The address of a file of the folder that is served. */
  addressOf(path: string): string {
    return new URL(path, whileOpen(whileOpen(this.#started).served).url).href;
  }

  /** As a person closes them (`in good order`), or as they go when they crash. Resolves when they are gone. */
  async closeDevTools(order: 'in good order' | 'without a word'): Promise<void> {
    const { devtools } = this;
    const closed = new Promise((resolve) => devtools.once('close', resolve));
    await devtools.close({ runBeforeUnload: order === 'in good order' });
    await closed;
  }

  /** Opens DevTools on our tab again, after they were closed, by whomever. */
  async reopen(): Promise<void> {
    const { browser, page, options } = whileOpen(this.#started);
    const { width = 1280, height = 800, theme = 'light', window = false } = options;
    const { devtools, panel } = await openMemoryGraph(page);
    await recordErrors(browser, panel, this.panelErrors, this.#watched);
    if (!window) await undock(devtools, { width, height });
    await setTheme(devtools, panel, theme);
    this.#open = { devtools, panel, host: hostOf(devtools) };
  }

  /** Evaluates an expression in the panel; the value crosses as JSON. */
  evaluate(expression: string): Promise<unknown> {
    return this.panel.evaluate(expression);
  }

  /** `until` in the panel. */
  until(condition: string): Promise<void> {
    return until(this.panel, condition);
  }

  /** `click` in the panel. */
  click(selector: string): Promise<void> {
    return click(this.panel, selector);
  }

  /** With the mouse, on a part of the picture in our tab, when that has come to rest. */
  async clickInPicture(selector: string, options?: Parameters<Frame['click']>[1]): Promise<void> {
    const { devtools, panel } = this;
    const resting = `document.querySelector(${JSON.stringify(selector)}) && document.getAnimations().length === 0`;
    // At a pause DevTools shows Sources, sooner or later: a click that went there is made again.
    for (const end = Date.now() + clicking; Date.now() < end; ) {
      await showMemoryGraph(devtools);
      await until(panel, resting);
      const pressed = await pressesOn(panel, selector);
      // A picture that is drawn again meanwhile has other elements.
      const clicked = await panel.click(selector, options).then(
        () => true,
        () => false,
      );
      if (clicked && (await pressed())) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`No click arrived at ${selector}: there is ${await panel.evaluate(inFrontOf, selector)}.`);
  }

  /** Takes the page to an address and waits until the panel knows: what it asked for before is refused. */
  async goTo(url: string): Promise<void> {
    const { host } = this;
    await host.evaluate(() => {
      const arrived = new Promise((resolve) => chrome.devtools.network.onNavigated.addListener(resolve));
      Object.assign(globalThis, { arrived });
    });
    await this.page.goto(url);
    await host.evaluate('arrived.then(() => 0)');
  }

  /** Brings our tab up: at a pause, and when something is revealed, DevTools shows another. */
  async showTab(): Promise<void> {
    await showMemoryGraph(this.devtools);
  }

  /** The toolbar's switch. It attaches with the next drawing. */
  async setDebugger(on: boolean): Promise<void> {
    await this.panel.evaluate((on) => {
      const lamp = document.querySelector('[role=switch]');
      if (lamp instanceof HTMLElement && lamp.ariaChecked !== String(on)) lamp.click();
    }, on);
  }

  resize(width: number, height: number): Promise<void> {
    return this.devtools.setViewport({ width, height });
  }

  setTheme(theme: 'light' | 'dark'): Promise<void> {
    return setTheme(this.devtools, this.panel, theme);
  }

  /** A picture of the whole DevTools window. */
  async screenshot(path: `${string}.png`): Promise<void> {
    await this.devtools.screenshot({ path });
  }

  /** @throws when the panel logged errors */
  async close(): Promise<void> {
    // Where opening failed there is nothing to close, and that failure is reported.
    if (!this.#started) return;
    const { browser, blank, served, options } = this.#started;
    const apart = options.apart ?? options.window ?? false;
    if (!apart && blank && this.#open && (await makeAsNew(browser, this.#open, blank))) await keepBrowser(browser);
    else await browser.close();
    await served?.close();
    this.#started = undefined;
    if (this.panelErrors.length > 0) throw new Error(`The panel logged errors:\n${this.panelErrors.join('\n')}`);
  }
}

function whileOpen<T>(part: T | null | undefined): T {
  if (part === null || part === undefined) throw new Error('DevTools are not open, or nothing is served for them.');
  return part;
}

/**
 * Leaves nothing but a blank page: what DevTools and the extension remember is forgotten, all other pages are closed.
 * Answers whether that was so: where DevTools are gone already, nobody can make them forget.
 */
async function makeAsNew(browser: Browser, { devtools, host }: OpenDevTools, blank: Page): Promise<boolean> {
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
