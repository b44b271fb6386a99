/**
 * The browser that waits for the next test file of this worker: starting one takes longer than most files do. Must never
 * hold one that differs from a new one.
 */
import type { Browser } from 'puppeteer-core';

declare global {
  /** Files have modules of their own; what they share of a worker is its global. */
  var idleBrowser: Browser | undefined;
}

/** The browser that waits, if there is one; it is the caller's now. */
export function takeBrowser(): Browser | undefined {
  const browser = globalThis.idleBrowser;
  globalThis.idleBrowser = undefined;
  return browser?.connected ? browser : undefined;
}

/** For whoever comes next, or the end of the worker (environment.ts). One is enough. */
export async function keepBrowser(browser: Browser): Promise<void> {
  if (globalThis.idleBrowser === undefined) globalThis.idleBrowser = browser;
  else await browser.close();
}
