/**
 * The page object of the tests in real DevTools: what a person does in our tab, and what they see there. Selectors and
 * waiting are known here and in its parts (box-menu.ts, stack-view.ts, front-end.ts) alone.
 */
import type { KeyInput } from 'puppeteer-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { DiagramStats } from '../../src/diagram/diagram.ts';
import type { ReadOptions } from '../../src/snapshot/read-options.ts';
import { boxMenu } from './box-menu.ts';
import { frontEnd } from './front-end.ts';
import { DevTools, type DevToolsOptions } from './harness.ts';
import { stackView } from './stack-view.ts';

/** An `input`, or a `textarea` while it has several lines. */
const expressionField = '[aria-label="Expression"]';

export class MemoryGraphPage extends DevTools {
  /** The menu of a box. */
  readonly menu = boxMenu(this);
  /** The Stack view. */
  readonly stack = stackView(this);
  /** DevTools' own Console, Elements, Sources and debugger. */
  readonly frontEnd = frontEnd(this);
  #home = '';

  override async open(options: DevToolsOptions): Promise<void> {
    await super.open(options);
    this.#home = this.page.url();
  }

  // What is drawn, by the handle for automation.

  /** Draws one picture of all of them. @throws the sentence of what failed */
  draw(...expressions: readonly string[]): Promise<DiagramStats> {
    return this.panel.evaluate((list) => memoryGraph.draw(...list), expressions);
  }

  /** Draws; the sentence of what failed, or null. */
  tryToDraw(...expressions: readonly string[]): Promise<string | null> {
    return this.panel.evaluate(
      (list) =>
        memoryGraph.draw(...list).then(
          () => null,
          (error: Error) => error.message,
        ),
      expressions,
    );
  }

  /** Draws; `nodes / edges / shared nodes`. */
  async count(...expressions: readonly string[]): Promise<string> {
    const { nodes, edges, shared } = await this.draw(...expressions);
    return `${nodes} / ${edges} / ${shared}`;
  }

  stats() {
    return this.panel.evaluate(() => memoryGraph.stats());
  }

  snapshot() {
    return this.panel.evaluate(() => memoryGraph.snapshot());
  }

  diagram() {
    return this.panel.evaluate(() => memoryGraph.diagram());
  }

  svg(): Promise<string> {
    return this.panel.evaluate(() => memoryGraph.svg());
  }

  /** Takes the settings of a file, given as its value; without one the defaults. */
  async settings(file: unknown = {}): Promise<void> {
    await this.panel.evaluate((file) => {
      memoryGraph.settings(file);
    }, file);
  }

  /** What is read of the page from now on. */
  readOptions(change: Partial<ReadOptions> = {}): Promise<ReadOptions> {
    return this.panel.evaluate((change) => ({ ...memoryGraph.view(change) }), change);
  }

  show(view: 'expression' | 'stack' | 'record' | 'console' | 'page'): Promise<void> {
    return this.panel.evaluate((view) => memoryGraph.show(view), view);
  }

  // What a person types, presses and clicks.

  /** Types an expression over the one that is there. */
  async type(expression: string): Promise<void> {
    await this.panel.click(expressionField, { count: 3 });
    await this.press('Backspace');
    await this.devtools.keyboard.type(expression);
  }

  async typeAndDraw(expression: string): Promise<void> {
    await this.type(expression);
    await this.press('Enter');
  }

  /** Types an expression and pins it. */
  async pin(expression: string): Promise<void> {
    await this.type(expression);
    await this.panel.click('.field .text-button');
  }

  async removePins(): Promise<void> {
    for (const button of await this.panel.$$('.pinned button')) await button.click();
  }

  drawAgain(): Promise<void> {
    return this.panel.click('[aria-label^="Refresh graph"]');
  }

  /** Presses keys together where DevTools has the focus, the last one last: `('Shift', 'Tab')`. */
  async press(...keys: readonly [KeyInput, ...KeyInput[]]): Promise<void> {
    const { keyboard } = this.devtools;
    const held = keys.slice(0, -1);
    for (const key of held) await keyboard.down(key);
    await keyboard.press(keys.at(-1) ?? keys[0]);
    for (const key of held) await keyboard.up(key);
  }

  /** Clicks the button that has this text, by the DOM; `within` names where it is. */
  clickButton(text: string, within = 'body'): Promise<void> {
    return this.panel.evaluate(
      (text, within) => {
        const buttons = [...document.querySelectorAll(`:is(${within}) button`)];
        const button = buttons.find(({ textContent }) => textContent === text);
        if (!(button instanceof HTMLElement)) throw new Error(`There is no button ${text} in ${within}.`);
        button.click();
      },
      text,
      within,
    );
  }

  /** Switches a choice of the Console view, which has to be shown. */
  switchChoice(text: string): Promise<void> {
    return this.panel.evaluate((text) => {
      const choice = [...document.querySelectorAll('.choice')].find((one) => one.textContent?.includes(text));
      const box = choice?.querySelector('input');
      if (!box) throw new Error(`There is no choice ${text}.`);
      box.click();
    }, text);
  }

  /** Types into a field by one event, as pasting does. */
  fill(field: string, text: string): Promise<void> {
    return this.panel.evaluate(
      (field, text) => {
        const input = document.querySelector(`input[aria-label="${field}"]`);
        if (!(input instanceof HTMLInputElement)) throw new Error(`There is no field ${field}.`);
        input.value = text;
        input.dispatchEvent(new Event('input', { bubbles: true }));
      },
      field,
      text,
    );
  }

  /** Picks from a list in the tab. */
  select(selector: string, value: string): Promise<void> {
    return this.panel.evaluate(
      (selector, value) => {
        const list = document.querySelector(selector);
        if (!(list instanceof HTMLSelectElement)) throw new Error(`There is no list ${selector}.`);
        list.value = value;
        list.dispatchEvent(new Event('change', { bubbles: true }));
      },
      selector,
      value,
    );
  }

  // Frames and workers.

  /** The names of the page's frames and workers in the picker. */
  heaps(): Promise<readonly string[]> {
    return this.panel.evaluate(() =>
      [...document.querySelectorAll('.heaps option')].map(({ textContent }) => textContent ?? ''),
    );
  }

  async untilHeaps(...names: readonly string[]): Promise<void> {
    await expect.poll(() => this.heaps(), { timeout: 15_000 }).toEqual(names);
  }

  /** Picks a frame or worker as soon as it is listed. */
  async pickHeap(name: string): Promise<void> {
    await expect.poll(() => this.heaps(), { timeout: 15_000 }).toContain(name);
    const value = await this.panel.evaluate((name) => {
      const options = [...document.querySelectorAll<HTMLOptionElement>('.heaps option')];
      return options.find(({ textContent }) => textContent === name)?.value ?? '';
    }, name);
    await this.select('.heaps', value);
  }

  // What a person sees.

  /** The text of what a selector finds first; null when there is nothing. */
  text(selector: string): Promise<string | null> {
    return this.panel.evaluate((selector) => document.querySelector(selector)?.textContent ?? null, selector);
  }

  attribute(selector: string, name: string): Promise<string | null> {
    return this.panel.evaluate(
      (selector, name) => document.querySelector(selector)?.getAttribute(name) ?? null,
      selector,
      name,
    );
  }

  /** The sentence above the picture; null when there is none. */
  message(): Promise<string | null> {
    return this.text('.notice .text');
  }

  async untilMessage(part: string): Promise<void> {
    await this.until(
      `[...document.querySelectorAll('.notice')].some(({ textContent }) => textContent.includes(${JSON.stringify(part)}))`,
    );
  }

  /** Until a sentence says what went wrong. */
  async untilError(): Promise<void> {
    await this.until("document.querySelector('.notice.error') !== null");
  }

  /** Until so many boxes are in the picture. */
  async untilBoxes(count: number): Promise<void> {
    await this.until(`document.querySelectorAll('[data-box]').length === ${count}`);
  }

  /** Until this expression is drawn, in so many boxes. */
  async untilDrawn(expression: string, boxes: number): Promise<void> {
    await this.until(
      `document.querySelectorAll('[data-box]').length === ${boxes} &&
        memoryGraph.snapshot().roots.some(({ label }) => label === ${JSON.stringify(expression)})`,
    );
  }

  /** Until a condition on the handle's `stats` holds. */
  async untilStats(condition: string): Promise<void> {
    await this.until(`((stats) => ${condition})(memoryGraph.stats())`);
  }

  /** The key of the first box that has a cell of this text; empty when there is none. */
  boxWith(text: string): Promise<string> {
    return this.panel.evaluate((text) => {
      const { boxes } = memoryGraph.diagram();
      return boxes.find(({ rows }) => rows.some((row) => row.some((cell) => cell?.text === text)))?.key ?? '';
    }, text);
  }

  // The page.

  /** The address at which the page was opened. */
  get home(): string {
    return this.#home;
  }

  /** Event listeners of ours that the page keeps. */
  async ourListeners(): Promise<readonly string[]> {
    const cdp = await this.page.createCDPSession();
    const { result } = await cdp.send('Runtime.evaluate', {
      expression: 'Object.keys(getEventListeners(globalThis)).filter((name) => name.startsWith("memory-graph"))',
      includeCommandLineAPI: true,
      returnByValue: true,
    });
    await cdp.detach();
    return result.value;
  }

  /** What the browser knows of the page's tab; `unloaded` when it has crashed. */
  tabStatus(): Promise<string | undefined> {
    return this.host.evaluate(async () => (await chrome.tabs.get(chrome.devtools.inspectedWindow.tabId)).status);
  }

  /** Crashes the page. Resolves when the browser knows it. */
  async crashPage(): Promise<void> {
    void this.page.goto('chrome://crash').catch(() => {});
    await expect.poll(() => this.tabStatus(), { timeout: 15_000 }).toBe('unloaded');
  }

  /** Until the page offers `graph(…)` to the Console: from then on what is stored there is drawn. */
  async untilGraphIsOffered(): Promise<void> {
    await this.page.waitForFunction("'graph' in globalThis", { polling: 20 });
  }
}

/** Opens DevTools before the tests of a file, and closes them after the last one. */
export function memoryGraphPage(options: DevToolsOptions): MemoryGraphPage {
  const tab = new MemoryGraphPage();
  beforeAll(() => tab.open(options));
  afterAll(() => tab.close());
  return tab;
}

/** Does something in DevTools of its own, which are closed after it. */
export async function inOwnDevTools(
  options: DevToolsOptions,
  work: (tab: MemoryGraphPage) => Promise<void>,
): Promise<void> {
  const tab = new MemoryGraphPage();
  await tab.open(options);
  try {
    await work(tab);
  } finally {
    await tab.close();
  }
}

/**
 * Does something while the page is paused by a script of its own, in a browser of its own. The Stack view follows the
 * page, and shows the pause.
 */
export function whilePaused(
  options: DevToolsOptions,
  script: string,
  work: (tab: MemoryGraphPage) => Promise<void>,
): Promise<void> {
  return inOwnDevTools({ ...options, apart: true }, async (tab) => {
    await tab.stack.follow();
    await tab.stack.pauseBy(() => tab.page.evaluate(script));
    await work(tab);
  });
}
