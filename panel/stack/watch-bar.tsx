/** The bar of watches: expressions that are evaluated in the chosen frame at every pause. */

import type { ReadonlySignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { say } from '../../src/words/say.ts';
import { createAction, runKey } from '../actions/action.ts';
import { Suggestions, useSelectedExpression } from '../widgets/suggestions.tsx';
import { current } from './history.ts';
import type { StackSession } from './stack-session.ts';

interface WatchBarProps {
  readonly stack: StackSession;
  /** The expression that is selected in Sources. */
  readonly selected: ReadonlySignal<string | null>;
}

export function WatchBar({ stack, selected }: WatchBarProps) {
  const selection = useSelectedExpression(selected);
  const field = useRef<HTMLInputElement>(null);
  const { watches, history } = stack.state.value;
  const entry = current(history);
  const frame = entry?.lines[entry.chosen]?.label ?? say('watch_chosenFrame');
  const add = () => {
    if (!field.current) return;
    stack.addWatch(field.current.value);
    field.current.value = '';
  };
  return (
    <div class="expressions watches">
      {watches.length > 0 && (
        <ul class="pinned" aria-label={say('watch_list')}>
          {watches.map(({ expression, waits, error }) => (
            <li key={expression} class={error === null ? undefined : 'failed'} title={error ?? expression}>
              <code>{expression}</code>
              {waits && (
                <button type="button" class="run" title={say('watch_run')} onClick={() => stack.runWatch(expression)}>
                  {say('watch_runName')}
                </button>
              )}
              <button
                type="button"
                title={say('watch_remove')}
                aria-label={say('watch_removeNamed', { expression })}
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
          aria-label={say('watch_label')}
          placeholder={say('watch_placeholder', { frame })}
          onKeyDown={(event) => {
            if (!event.isComposing) runKey([createAction('addWatch', add)], event);
          }}
        />
      </div>
      <Suggestions
        origin={say('expression_selected')}
        expressions={selection.expressions.filter((one) => !watches.some(({ expression }) => expression === one))}
        title={say('watch_label')}
        onChoose={stack.addWatch}
        onDismiss={selection.dismiss}
      />
    </div>
  );
}
