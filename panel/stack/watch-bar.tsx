/** Expressions that are evaluated in the chosen frame at every pause. */
import type { ReadonlySignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { current } from '../../src/history/history.ts';
import { Offers, useSelection } from '../offers.tsx';
import type { StackSession } from './stack-session.ts';

interface WatchBarProps {
  readonly stack: StackSession;
  /** The expression that is selected in Sources. */
  readonly selected: ReadonlySignal<string | null>;
}

export function WatchBar({ stack, selected }: WatchBarProps) {
  const selection = useSelection(selected);
  const field = useRef<HTMLInputElement>(null);
  const { watches, history } = stack.state.value;
  const entry = current(history);
  const frame = entry?.lines[entry.chosen]?.label ?? 'the chosen frame';
  const add = () => {
    if (!field.current) return;
    stack.addWatch(field.current.value);
    field.current.value = '';
  };
  return (
    <div class="expressions watches">
      {watches.length > 0 && (
        <ul class="pinned" aria-label="Watches">
          {watches.map(({ expression, waits, error }) => (
            <li key={expression} class={error === null ? undefined : 'failed'} title={error ?? expression}>
              <code>{expression}</code>
              {waits && (
                <button
                  type="button"
                  class="run"
                  title="It has side effects, so it does not run by itself: click to run it once"
                  onClick={() => stack.runWatch(expression)}
                >
                  run
                </button>
              )}
              <button
                type="button"
                title="Remove this watch"
                aria-label={`Remove the watch ${expression}`}
                onClick={() => stack.removeWatch(expression)}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="field">
        <span class="prompt" aria-hidden="true">
          +
        </span>
        <input
          ref={field}
          type="text"
          spellcheck={false}
          autocomplete="off"
          aria-label="Watch"
          placeholder={`Watch an expression in ${frame}; a click on a frame chooses it`}
          onKeyDown={(event) => {
            if (event.isComposing || event.key !== 'Enter') return;
            add();
            event.preventDefault();
          }}
        />
      </div>
      <Offers
        origin="Selected in Sources"
        expressions={selection.expressions.filter((one) => !watches.some(({ expression }) => expression === one))}
        title="Watch"
        onChoose={stack.addWatch}
        onDismiss={selection.dismiss}
      />
    </div>
  );
}
