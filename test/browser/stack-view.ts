/** The Stack view, for the page object of the tests (memory-graph-page.ts): what is read of it, and waiting for pauses. */
import { TimeoutError } from 'puppeteer-core';
import type { HeapObject, Value } from '../../src/snapshot/snapshot.ts';
import type { DevTools } from './harness.ts';

/** Of DevTools that are open by the time of a call. */
export function stackView(tools: DevTools) {
  const state = () => tools.panel.evaluate(() => memoryGraph.stack());

  /** Our tab is hidden while DevTools shows Sources, so animation frames do not count. */
  async function comesTrue(condition: string, timeout: number): Promise<boolean> {
    try {
      await tools.panel.waitForFunction(`(({ stack }) => ${condition})({ stack: memoryGraph.stack() })`, {
        polling: 20,
        timeout,
      });
      return true;
    } catch (error) {
      if (error instanceof TimeoutError) return false;
      throw error;
    }
  }

  /** Goes on when the condition on `stack` holds. */
  async function until(condition: string): Promise<void> {
    if (await comesTrue(condition, 15_000)) return;
    const { following, pauses, trouble } = await state();
    throw new Error(`Never came true: ${condition}\n${JSON.stringify({ following, pauses, trouble }, null, 1)}`);
  }

  /** Shows the Stack view and attaches the debugger. */
  async function follow(): Promise<void> {
    await tools.panel.evaluate(() => memoryGraph.show('stack'));
    await tools.click('.attach');
    await until("stack.following.type === 'running'");
  }

  const untilPausedAfter = (count: number) =>
    until(`stack.pauses.length > ${count} && stack.following.type === 'paused' && stack.following.entry !== null`);

  /** Lets something pause the page, and waits for the picture of it. */
  async function pauseBy(start: () => Promise<unknown>): Promise<void> {
    const { length } = (await state()).pauses;
    await start();
    await untilPausedAfter(length);
  }

  /** Presses a key of DevTools and waits for the next pause. */
  async function press(key: 'F8' | 'F10' | 'F11'): Promise<void> {
    const { length } = (await state()).pauses;
    // DevTools may show the pause later than our picture does; its keys mean something else until then.
    await tools.devtools.waitForFunction(
      `(async () => {
        const { DebuggerModel } = await import('devtools://devtools/bundled/core/sdk/sdk.js');
        const { Context } = (await import('devtools://devtools/bundled/ui/legacy/legacy.js')).Context;
        const details = Context.instance().flavor(DebuggerModel.DebuggerPausedDetails);
        globalThis.standsAt = details;
        return details !== null && details.debuggerModel.debuggerPausedDetails() === details;
      })()`,
      { polling: 20 },
    );
    // While DevTools goes from one panel to another nobody has the focus: a key that did nothing is pressed again. Whether it did
    // is what DevTools knows, because our picture may take long.
    for (let tries = 0; tries < 5; tries++) {
      await tools.devtools.keyboard.press(key);
      const left = tools.devtools.waitForFunction('standsAt.debuggerModel.debuggerPausedDetails() !== standsAt', {
        polling: 20,
        timeout: 5000,
      });
      const acted = await left.then(
        () => true,
        (error) => {
          if (error instanceof TimeoutError) return false;
          throw error;
        },
      );
      if (acted) break;
    }
    await untilPausedAfter(length);
  }

  /** Steps with the button in our tab, and waits for the next pause. */
  const stepOver = () => pauseBy(() => tools.click('[aria-label^="Step over"]'));

  /** Until nothing is paused. The view shows it a moment later, so each click waits for what came of it. */
  async function resumeAll(): Promise<void> {
    for (;;) {
      const { following, pauses } = await state();
      if (following.type !== 'paused') return;
      await tools.panel.evaluate(() => {
        const button = document.querySelector('[aria-label^="Resume"]');
        if (button instanceof HTMLElement) button.click();
      });
      await until(`stack.following.type !== 'paused' || stack.pauses.at(-1)?.number !== ${pauses.at(-1)?.number}
        || stack.following.heap.id !== ${JSON.stringify(following.heap.id)}`);
    }
  }

  async function objects(): Promise<ReadonlyMap<number, HeapObject>> {
    const { picture } = await state();
    return new Map((picture?.snapshot.objects ?? []).map((object) => [object.id, object]));
  }

  /** A frame's variables as text: primitives as they are, objects by their number. */
  async function frame(index: number): Promise<Record<string, string>> {
    const scope = (await objects()).get(-2 - index);
    const parts = (scope?.parts ?? []).flatMap((part) =>
      part.type === 'property' && part.key.type === 'name' ? [[part.key.name.head, text(part.value)] as const] : [],
    );
    return Object.fromEntries(parts);
  }

  /** The frames of the pause that is shown, outermost first. */
  const frameLabels = async () => (await state()).pauses.at(-1)?.frames ?? [];

  /** Where the frame of a function is among them. */
  const frameOf = async (name: string) => (await frameLabels()).findIndex((label) => label.endsWith(`: ${name}`));

  /** The box of the frame of a function. */
  const boxOf = async (name: string) => `o${-2 - (await frameOf(name))}`;

  /** Adds a watch by the field and Enter. */
  const watch = (expression: string) =>
    tools.panel.evaluate((expression) => {
      const input = document.querySelector('input[aria-label="Add watch expression"]');
      if (!(input instanceof HTMLInputElement)) throw new Error('There is no field.');
      input.value = expression;
      input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    }, expression);

  async function removeWatches(): Promise<void> {
    for (let left = (await state()).watches.length; left > 0; left--) {
      await tools.click('[aria-label^="Delete watch expression"]');
      await until(`stack.watches.length === ${left - 1}`);
    }
  }

  /** What a watch gave at the pause that is shown. */
  const watched = async (label: string) =>
    (await state()).picture?.snapshot.roots.find((root) => root.label === label)?.result;

  const untilWatched = (label: string) =>
    until(`stack.picture.snapshot.roots.some(({ label }) => label === ${JSON.stringify(label)})`);

  return {
    state,
    until,
    follow,
    pauseBy,
    untilPausedAfter,
    press,
    stepOver,
    resumeAll,
    objects,
    frame,
    frameLabels,
    frameOf,
    boxOf,
    watch,
    removeWatches,
    watched,
    untilWatched,
  };
}

function text(value: Value): string {
  if (value.type === 'number' || value.type === 'boolean') return String(value.value);
  if (value.type === 'string') return value.text.head;
  return value.type === 'reference' ? `#${value.id}` : value.type;
}
