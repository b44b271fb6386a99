/** Goes back and forth between the pauses that were seen, and compares two of them. */
import { current } from '../../src/history/history.ts';
import type { SourceLocation } from '../../src/pause/pause.ts';
import { ToolButton } from '../tool-button.tsx';
import type { StackSession } from './stack-session.ts';
import { comparable, comparedEntry, type PauseEntry } from './stack-state.ts';

export function HistoryBar({
  stack,
  openSource,
}: {
  readonly stack: StackSession;
  readonly openSource: (location: SourceLocation) => void;
}) {
  const { history, comparedWith, marks } = stack.state.value;
  const { entries, place, dropped, bound } = history;
  const entry = current(history);
  if (!entry) return null;
  const others = comparable(history, entry);
  const last = entries.length - 1;
  const total = dropped + entries.length;
  return (
    <div class="history" role="toolbar" aria-label="History of pauses">
      <ToolButton label="The pause before (Alt+←)" disabled={place === 0} onClick={() => stack.look(place - 1)}>
        <path d="M12.5 4.5 7 10l5.5 5.5" />
      </ToolButton>
      <ToolButton label="The pause after (Alt+→)" disabled={place === last} onClick={() => stack.look(place + 1)}>
        <path d="M7.5 4.5 13 10l-5.5 5.5" />
      </ToolButton>
      <input
        type="range"
        min={0}
        max={last}
        value={place}
        disabled={last === 0}
        aria-label="Pause"
        aria-valuetext={label(entry)}
        onInput={(event) => stack.look(Number(event.currentTarget.value))}
      />
      <span
        class="pause-number"
        title={`The last ${bound} pauses are kept${dropped > 0 ? `; ${dropped} older ones are gone` : ''}`}
      >
        pause {entry.number} of {total}
        {dropped > 0 && ` (last ${bound} kept)`}
      </span>
      {entry.where && (
        <button
          type="button"
          class="text-button pause-place"
          title="Show this line in Sources"
          onClick={() => entry.where && openSource(entry.where)}
        >
          {shortPlace(entry.where)}
        </button>
      )}
      <code class="pause-line" title={entry.source ?? ''}>
        {entry.source}
      </code>
      {entry.reason !== '' && <span class="pause-reason">{entry.reason}</span>}
      {marks && (
        <span class="pause-marks" title="Marked against the pause that it is compared with">
          <b>+</b> {marks.counts.new} new <b>~</b> {marks.counts.changed} changed <b>−</b>{' '}
          <GoneButton stack={stack} count={marks.counts.gone} />
        </span>
      )}
      {others.length > 0 && (
        <label class="choice">
          against
          <select
            value={comparedWith ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              stack.compareWith(value === '' ? null : Number(value));
            }}
          >
            <option value="">the one before</option>
            {others.map((other) => (
              <option key={other.number} value={other.number}>
                {label(other)}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

/** What is gone stands in the other picture only: a click shows it there, marked. */
function GoneButton({ stack, count }: { readonly stack: StackSession; readonly count: number }) {
  const { history } = stack.state.value;
  const entry = current(history);
  const other = comparedEntry(stack.state.value);
  if (count === 0 || !entry || !other) return <>{count} gone</>;
  return (
    <button
      type="button"
      class="text-button"
      title="Show the picture that they stand in"
      onClick={() => {
        stack.look(history.entries.indexOf(other));
        stack.compareWith(entry.number);
      }}
    >
      {count} gone
    </button>
  );
}

function label({ number, heap, where, lines }: PauseEntry): string {
  const name = lines.at(-1)?.label ?? '';
  return `${number} · ${heap.name === '' ? '' : `${heap.name} · `}${where ? `${shortPlace(where)} ` : ''}${name}`;
}

function shortPlace({ url, line }: SourceLocation): string {
  const name = /([^/?#]+)\/?(?:[?#].*)?$/.exec(url)?.[1] ?? '(script)';
  return `${name}:${line + 1}`;
}
