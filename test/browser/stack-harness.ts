/** What the tests of the paused stack share: reading the Stack view, and waiting for pauses. */
import { TimeoutError } from 'puppeteer-core';
import type { HeapObject, Value } from '../../src/snapshot/snapshot.ts';
import type { DevTools } from './harness.ts';

/** The Stack view of DevTools that are open by the time of a call. */
export function stackTools(opened: () => DevTools) {
  const stack = () => opened().panel.evaluate(() => memoryGraph.stack());

  /** Our tab is hidden while DevTools shows Sources, so frames do not count. */
  async function comesTrue(condition: string, timeout: number): Promise<boolean> {
    try {
      await opened().panel.waitForFunction(`(({ stack }) => ${condition})({ stack: memoryGraph.stack() })`, {
        polling: 50,
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
    const { following, pauses, trouble } = await stack();
    throw new Error(`Never came true: ${condition}\n${JSON.stringify({ following, pauses, trouble }, null, 1)}`);
  }

  /** Shows the Stack view and attaches the debugger. */
  async function follow(): Promise<void> {
    await opened().panel.evaluate(() => memoryGraph.show('stack'));
    await opened().click('.attach');
    await until("stack.following.type === 'running'");
  }

  const pausedAfter = (count: number) =>
    until(`stack.pauses.length > ${count} && stack.following.type === 'paused' && stack.following.entry !== null`);

  /** Presses a key of DevTools and waits for the next pause. */
  async function press(key: 'F8' | 'F10' | 'F11'): Promise<void> {
    const { length } = (await stack()).pauses;
    // DevTools may stand later than our picture; its keys mean something else until then.
    await opened().devtools.waitForFunction(
      `(async () => {
        const { DebuggerModel } = await import('devtools://devtools/bundled/core/sdk/sdk.js');
        const { Context } = (await import('devtools://devtools/bundled/ui/legacy/legacy.js')).Context;
        const details = Context.instance().flavor(DebuggerModel.DebuggerPausedDetails);
        return details !== null && details.debuggerModel.debuggerPausedDetails() === details;
      })()`,
      { polling: 20 },
    );
    // While DevTools goes from one panel to another nobody has the focus: a key that did nothing is pressed again.
    for (let tries = 0; tries < 5; tries++) {
      await opened().devtools.keyboard.press(key);
      if (await comesTrue(`stack.pauses.length > ${length} || stack.following.type !== 'paused'`, 2000)) break;
    }
    await pausedAfter(length);
  }

  /** Until nothing stands still. The view tells a moment later, so each click waits for what came of it. */
  async function resumeAll(): Promise<void> {
    for (;;) {
      const { following, pauses } = await stack();
      if (following.type !== 'paused') return;
      await opened().panel.evaluate(() => {
        const button = document.querySelector('[aria-label^="Resume"]');
        if (button instanceof HTMLElement) button.click();
      });
      await until(`stack.following.type !== 'paused' || stack.pauses.at(-1)?.number !== ${pauses.at(-1)?.number}
        || stack.following.heap.id !== ${JSON.stringify(following.heap.id)}`);
    }
  }

  async function objects(): Promise<ReadonlyMap<number, HeapObject>> {
    const { picture } = await stack();
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

  /** Without the frames that only the test needs: what appends the script, and what the browser calls. */
  const frameLabels = async () => (await stack()).pauses.at(-1)?.frames ?? [];

  return { stack, until, follow, pausedAfter, press, resumeAll, objects, frame, frameLabels };
}

function text(value: Value): string {
  if (value.type === 'number' || value.type === 'boolean') return String(value.value);
  if (value.type === 'string') return value.text.head;
  return value.type === 'reference' ? `#${value.id}` : value.type;
}
