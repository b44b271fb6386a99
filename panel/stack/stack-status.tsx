/** The status line of the stack: whether the page is paused, counts of the picture, its times. */

import type { Amount } from '../../src/diagram/settings.ts';
import { say } from '../../src/words/say.ts';
import { AmountTools } from '../picture/amount-tools.tsx';
import type { PictureControls } from '../picture/picture-controls.ts';
import { SharedCount } from '../picture/shared/shared-count.tsx';
import { describeOmissions } from '../widgets/omissions.ts';
import type { Following, PauseEntry } from './stack-state.ts';

const HELD = say('stack_held');
const HELD_HINT = say('stack_heldHint');

export function StackStatus({
  entry,
  live,
  following,
  heldByDevTools,
  amount,
  controls,
  onChooseAmount,
}: {
  readonly entry: PauseEntry | null;
  /** The page is still at the shown pause. */
  readonly live: boolean;
  readonly following: Following;
  readonly heldByDevTools: boolean;
  readonly amount: Amount;
  readonly controls: PictureControls;
  readonly onChooseAmount: (amount: Amount | null) => void;
}) {
  return (
    <footer class="status" aria-live="polite">
      <span class="following">{words(following, live, entry !== null)}</span>
      {heldByDevTools && following.type !== 'off' && <span title={HELD_HINT}>{HELD}</span>}
      {entry && (
        <>
          <AmountTools picture={entry.reading.picture} amount={amount} onChoose={onChooseAmount} />
          <span>{say('references', { count: entry.reading.picture.stats.edges })}</span>
          <SharedCount picture={entry.reading.picture} controls={controls} />
          <span title={say('stack_timeHint')}>{say('milliseconds', { count: Math.round(entry.milliseconds) })}</span>
          {describeOmissions(entry.reading.picture.snapshot, entry.reading.options).map((text) => (
            <span key={text}>{text}</span>
          ))}
        </>
      )}
    </footer>
  );
}

function words(following: Following, live: boolean, drawn: boolean): string {
  switch (following.type) {
    case 'off':
      return drawn ? say('stack_detachedShowing') : say('stack_detached');
    case 'running':
      return drawn ? say('stack_runningShowing') : say('stack_running');
    case 'paused':
      if (live || following.undrawn)
        return following.heap.name === '' ? say('stack_paused') : say('stack_pausedIn', { name: following.heap.name });
      return following.entry === null ? say('stack_pausedReading') : say('stack_pausedEarlier');
  }
}
