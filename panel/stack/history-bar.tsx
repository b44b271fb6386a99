/** The bar that goes back and forth between the drawn pauses, and compares two of them. */

import { positionWords, type SourceLocation } from '../../src/pause/pause.ts';
import { say } from '../../src/words/say.ts';
import { ActionButton } from '../widgets/action-button.tsx';
import { current } from './history.ts';
import { historyActions } from './stack-actions.ts';
import type { StackSession } from './stack-session.ts';
import { comparable, comparedEntry, type PauseEntry } from './stack-state.ts';

export function HistoryBar({
  stack,
  openSource,
}: {
  readonly stack: StackSession;
  readonly openSource: (location: SourceLocation) => void;
}) {
  const { history, comparedWith, marks, missed } = stack.state.value;
  const { entries, index, dropped, bound } = history;
  const entry = current(history);
  if (!entry) return null;
  const others = comparable(history, entry);
  const last = entries.length - 1;
  const [pauseBefore, pauseAfter] = historyActions(stack);
  const total = dropped + entries.length;
  return (
    <section aria-label={say('history')}>
      <div class="history" role="toolbar" aria-label={say('history')}>
        <ActionButton action={pauseBefore} />
        <ActionButton action={pauseAfter} />
        <input
          type="range"
          min={0}
          max={last}
          value={index}
          disabled={last === 0}
          aria-label={say('history_pause')}
          aria-valuetext={label(entry)}
          onInput={(event) => stack.goTo(Number(event.currentTarget.value))}
        />
        <span class="pause-number" title={say('history_kept', { bound, dropped })}>
          {say('history_position', { number: entry.number, total, bound, dropped })}
        </span>
        {missed > 0 && (
          <span class="pause-number pause-missed" title={say('history_missedHint')}>
            {say('history_missed', { count: missed })}
          </span>
        )}
        {entry.where && (
          <button
            type="button"
            class="text-button pause-place"
            title={say('action_frameSource')}
            onClick={() => entry.where && openSource(entry.where)}
          >
            {shortLocation(entry.where)}
          </button>
        )}
        <code class="pause-line" title={entry.source ?? ''}>
          {entry.source}
        </code>
        {entry.reason !== '' && <span class="pause-reason">{entry.reason}</span>}
        {marks && (
          <span class="pause-marks" title={say('history_marksHint')}>
            <b>+</b> {say('marks_new', { count: marks.counts.new })} <b>~</b>{' '}
            {say('marks_changed', { count: marks.counts.changed })} <b>−</b>{' '}
            <GoneButton stack={stack} count={marks.counts.gone} />
          </span>
        )}
        {marks && marks.uncompared > 0 && (
          <span class="pause-uncompared" title={say('stack_uncomparedHint')}>
            {say('stack_uncompared', { count: marks.uncompared })}
          </span>
        )}
        {others.length > 0 && (
          <label class="choice">
            {say('history_compare')}
            <select
              value={comparedWith ?? ''}
              onChange={(event) => {
                const { value } = event.currentTarget;
                stack.compareWith(value === '' ? null : Number(value));
              }}
            >
              <option value="">{say('history_before')}</option>
              {others.map((other) => (
                <option key={other.number} value={other.number}>
                  {label(other)}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
    </section>
  );
}

/** What is gone exists only in the other picture. A click shows it there, marked. */
function GoneButton({ stack, count }: { readonly stack: StackSession; readonly count: number }) {
  const { history } = stack.state.value;
  const entry = current(history);
  const other = comparedEntry(stack.state.value);
  if (count === 0 || !entry || !other) return <>{say('marks_gone', { count })}</>;
  return (
    <button
      type="button"
      class="text-button"
      title={say('history_goneHint')}
      onClick={() => {
        stack.goTo(history.entries.indexOf(other));
        stack.compareWith(entry.number);
      }}
    >
      {say('marks_gone', { count })}
    </button>
  );
}

function label({ number, heap, where, lines }: PauseEntry): string {
  const name = lines.at(-1)?.label ?? '';
  return `${number} · ${heap.name === '' ? '' : `${heap.name} · `}${where ? `${shortLocation(where)} ` : ''}${name}`;
}

function shortLocation(location: SourceLocation): string {
  const name = /([^/?#]+)\/?(?:[?#].*)?$/.exec(location.url)?.[1] ?? say('script');
  return `${name}:${positionWords(location)}`;
}
