/** What to do to see a stack: attach the debugger, pause the page. */

import { sentence } from '../../src/transport/failure.ts';
import { say, sayParts } from '../../src/words/say.ts';
import { createAction } from '../actions/action.ts';
import type { DebuggerOwner } from '../reading/debugger-owner.ts';
import { TextActionButton } from '../widgets/action-button.tsx';
import type { StackSession } from './stack-session.ts';

export function StackWelcome({
  stack,
  owner,
  onWindow = null,
  brief = false,
}: {
  readonly stack: StackSession;
  readonly owner: DebuggerOwner;
  readonly onWindow?: (() => void) | null;
  /** One line, below a picture of an earlier pause. */
  readonly brief?: boolean;
}) {
  const state = owner.state.value;
  const attach = (
    <TextActionButton class="text-button attach" action={createAction('attach', () => owner.setAllowed(true))} />
  );
  const words = explanation();
  if (brief) return <p class="stack-hint">{words}</p>;
  return (
    <div class="welcome stack-welcome">
      <h1>{say('stack_title')}</h1>
      {words}
      <p>{say('stack_scope')}</p>
      {onWindow && (
        <>
          <p>
            {sayParts('stack_places', {
              pane: <i>{say('extensionName')}</i>,
              drawer: <i>{say('devtools_moveToDrawer')}</i>,
              escape: <kbd>Esc</kbd>,
            })}
          </p>
          <p>
            <button type="button" class="text-button" onClick={onWindow}>
              {say('action_ownWindow')}
            </button>
          </p>
        </>
      )}
    </div>
  );

  function explanation() {
    switch (state.type) {
      case 'attached':
        return (
          <p>
            {sayParts('stack_waiting', {
              statement: <code>debugger</code>,
              pause: (
                <button type="button" class="text-button" onClick={() => stack.step('pause')}>
                  {say('stack_pauseNow')}
                </button>
              ),
            })}
          </p>
        );
      case 'attaching':
        return <p>{say('debugger_attaching')}</p>;
      case 'cancelled':
        return <p>{sayParts('stack_canceled', { attach })}</p>;
      case 'lost':
        return (
          <p>
            {sentence(state.failure)} {attach}
          </p>
        );
      case 'detached':
        return <p>{sayParts('stack_attach', { cancel: <i>{say('action_cancel')}</i>, attach })}</p>;
    }
  }
}
