/** The view Record, for tests: what a person does and sees there. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlainRecording } from '../../panel/automation/plain-recording.ts';
import type { HeapObject } from '../../src/snapshot/snapshot.ts';
import type { MemoryGraphPage } from './memory-graph-page.ts';

export interface Moment {
  readonly line: number;
  readonly objects: readonly HeapObject[];
}

export interface RecordView {
  /** Shows the form, with the debugger attached. */
  form(): Promise<void>;
  /** Chooses what is recorded by the name of its row. */
  choose(
    sort: 'This function' | 'This file' | 'What I click next' | 'Everything of mine' | 'From load' | 'Each graph(x)',
  ): Promise<void>;
  /** The budget. */
  setSteps(count: number): Promise<void>;
  /** Presses Start, and waits until it records. */
  start(): Promise<void>;
  /** Records a function from now on. */
  begin(name: string): Promise<void>;
  /** Waits until there are steps and ends it. */
  end(): Promise<void>;
  /** Records a function, or the page's file, while this is evaluated in the page. */
  record(name: string, run: string): Promise<void>;
  recordFile(run: string): Promise<void>;
  untilShown(): Promise<void>;
  recording(): Promise<PlainRecording>;
  moments(): Promise<readonly Moment[]>;
  /** The text of the file that a choice of the menu Share saves. */
  saved(choice: string): Promise<string>;
  /** Opens the text of a file in place of what is shown. */
  reopened(file: string): Promise<void>;
  /** Names of ours that the page can see. */
  traces(): Promise<unknown>;
}

export function recordView(tab: MemoryGraphPage): RecordView {
  const view: RecordView = {
    async form() {
      await tab.show('record');
      // A test that failed may have left a recording that runs.
      if ((await tab.evaluate("document.querySelector('.record-stop') !== null")) === true)
        await tab.click('.record-stop');
      await tab.until("document.querySelector('.record-form, .player') !== null");
      if ((await tab.evaluate("document.querySelector('.record-form') === null")) === true)
        await tab.clickButton('New recording');
      await tab.until("document.querySelector('.record-form') !== null");
      if ((await tab.evaluate("document.querySelector('.record-form .attach') !== null")) === true)
        await tab.click('.record-form .attach');
      await tab.until("document.querySelectorAll('datalist option').length > 5");
    },
    choose: (sort) =>
      tab.panel.evaluate((sort) => {
        const row = [...document.querySelectorAll('.record-sort')].find(({ textContent }) =>
          textContent?.startsWith(sort),
        );
        row?.querySelector('input')?.click();
      }, sort),
    setSteps: (count) =>
      tab.panel.evaluate((count) => {
        const field = document.querySelector('[aria-label="Steps at most"]');
        if (!(field instanceof HTMLInputElement)) throw new Error('There is no budget.');
        field.value = String(count);
        field.dispatchEvent(new Event('change', { bubbles: true }));
      }, count),
    async start() {
      await tab.click('.record-start');
      await tab.until("document.querySelector('.record-stop, .notice.error, .record-ask') !== null");
    },
    async begin(name) {
      await view.form();
      await view.choose('This function');
      await tab.fill('Name of a function', name);
      await view.start();
    },
    async end() {
      await tab.until("parseInt(document.querySelector('.record-progress [role=status]').textContent) > 0");
      await tab.click('.record-stop');
      await view.untilShown();
    },
    async record(name, run) {
      await view.begin(name);
      await tab.page.evaluate(run);
      await view.end();
    },
    async recordFile(run) {
      await view.form();
      await view.choose('This file');
      await view.start();
      await tab.page.evaluate(run);
      await view.end();
    },
    untilShown: () =>
      tab.until(
        "document.querySelector('.record-stop, .record-progress') === null && document.querySelector('.player') !== null",
      ),
    async recording() {
      const recorded = await tab.panel.evaluate(() => memoryGraph.recording());
      if (!recorded) throw new Error('Nothing was recorded.');
      return recorded;
    },
    moments: () =>
      tab.panel.evaluate(() =>
        (memoryGraph.recording()?.steps ?? []).map(({ line }, step) => ({
          line,
          objects: memoryGraph.moment(step).objects,
        })),
      ),
    async saved(choice) {
      await tab.panel.evaluate(() => {
        const made: { text: Promise<string> | null } = { text: null };
        Object.assign(globalThis, { made });
        URL.createObjectURL = (content) => {
          if (content instanceof Blob) made.text = content.text();
          return 'blob:none';
        };
        HTMLAnchorElement.prototype.click = () => {};
      });
      await tab.clickButton('Share');
      await tab.clickButton(choice);
      await tab.until('globalThis.made.text !== null');
      return String(await tab.evaluate('globalThis.made.text'));
    },
    async reopened(file) {
      await tab.clickButton('New recording');
      const input = await tab.panel.waitForSelector('header ~ input[type=file]');
      const folder = mkdtempSync(join(tmpdir(), 'memory-graph-'));
      writeFileSync(join(folder, 'recording.json'), file);
      await input?.uploadFile(join(folder, 'recording.json'));
      await view.untilShown();
      rmSync(folder, { recursive: true });
    },
    traces: () =>
      tab.page.evaluate("Object.getOwnPropertyNames(globalThis).filter((name) => name.includes('emoryGraph'))"),
  };
  return view;
}
