/**
 * Draws what the page's own code asks for, while the panel is open and the user allows it. The page must never take over the panel:
 * it may call as often as it likes, so only its latest call is drawn, no drawing of the user's is interrupted, and the current view
 * stays.
 */
import type { ReadonlySignal } from '@preact/signals';
import type { EvalCapture } from '../../src/capture/eval/eval-capture.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import type { Session } from './expression-session.ts';

/** Milliseconds between two questions, so that a call is drawn within half a second. A question takes microseconds. */
const INTERVAL = 300;
/** Milliseconds after which a page that could not be asked is asked again. */
const PATIENCE = 2000;
const DEADLINE = 2000;

/** Returns a function that ends it. */
export function followPageCalls(capture: EvalCapture, session: Session, allowed: ReadonlySignal<boolean>): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** A call that arrived while a request of the user's was under way. */
  let waiting: Snapshot | null = null;
  /** Counts the starts. Answers from an earlier start are ignored. */
  let round = 0;
  const turn = async (own: number): Promise<void> => {
    timer = null;
    const call = await capture.pageCall(session.options.peek(), { deadline: DEADLINE });
    if (own !== round) return;
    if (call.ok) waiting = call.value ?? waiting;
    if (waiting && !session.busy.peek()) {
      const names = waiting.roots.map(({ label }) => label).join(', ');
      const latest = waiting;
      waiting = null;
      await session.showCalled(latest, names);
    }
    if (own === round) timer = setTimeout(() => void turn(own), call.ok ? INTERVAL : PATIENCE);
  };
  const stop = (): void => {
    round += 1;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    waiting = null;
  };
  let asked = false;
  const unsubscribe = allowed.subscribe((on) => {
    stop();
    if (on) void turn(round);
    else if (asked) void capture.endPageCalls();
    asked = on;
  });
  return () => {
    unsubscribe();
    stop();
  };
}
