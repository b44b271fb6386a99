/**
 * Draws what the page's own code gives to be drawn, as long as it can call, the panel is open and the person allows it. Must never take
 * the panel over: a page may call as often as it likes, so only its latest call is drawn, no drawing of the person's is
 * interrupted, and the view that they look at stays.
 */
import type { ReadonlySignal } from '@preact/signals';
import type { EvalCapture } from '../src/capture/eval-capture.ts';
import type { Snapshot } from '../src/snapshot/snapshot.ts';
import type { Session } from './session.ts';

/** Milliseconds between two questions: a call is to be drawn within half a second; a question takes microseconds. */
const INTERVAL = 300;
/** A page that cannot be asked is asked again after so many milliseconds. */
const PATIENCE = 2000;
const DEADLINE = 2000;

/** Returns what ends it. */
export function followPageCalls(capture: EvalCapture, session: Session, allowed: ReadonlySignal<boolean>): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  /** Came while something of the person's was on its way. */
  let waiting: Snapshot | null = null;
  /** Counts the times that it was begun: what is on its way from an earlier one is of no interest. */
  let round = 0;
  const turn = async (own: number): Promise<void> => {
    timer = null;
    const call = await capture.pageCall(session.view.peek(), { deadline: DEADLINE });
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
