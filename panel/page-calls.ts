/** Draws what the page's own code gives to be drawn, as long as the panel is open. */
import type { EvalCapture } from '../src/capture/eval-capture.ts';
import type { Session } from './session.ts';

/** Milliseconds between two questions: a call is to be drawn within half a second; a question takes microseconds. */
const INTERVAL = 300;
/** A page that cannot be asked is asked again after so many milliseconds. */
const PATIENCE = 2000;
const DEADLINE = 2000;

/** Returns what ends it. */
export function followPageCalls(capture: EvalCapture, session: Session, shown: () => void): () => void {
  let ended = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const turn = async (): Promise<void> => {
    const calls = await capture.pageCalls(session.view.peek(), { deadline: DEADLINE });
    if (ended) return;
    const latest = calls.ok ? calls.value.at(-1) : undefined;
    if (latest) {
      shown();
      const names = latest.roots.map(({ label }) => label).join(', ');
      await session.showKept(latest, names, `The page's own code drew this: ${names}.`);
    }
    if (!ended) timer = setTimeout(() => void turn(), calls.ok ? INTERVAL : PATIENCE);
  };
  void turn();
  return () => {
    ended = true;
    if (timer !== null) clearTimeout(timer);
  };
}
