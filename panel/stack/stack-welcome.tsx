/** What to do to see a stack: attach the debugger, pause the page. */
import { sentence } from '../../src/capture/failure.ts';
import type { DebuggerOwner } from '../debugger.ts';
import type { StackSession } from './stack-session.ts';

export function StackWelcome({
  stack,
  owner,
  onWindow = null,
  aside = false,
}: {
  readonly stack: StackSession;
  readonly owner: DebuggerOwner;
  readonly onWindow?: (() => void) | null;
  /** Beside a picture of before: one line. */
  readonly aside?: boolean;
}) {
  const state = owner.state.value;
  const attach = (
    <button type="button" class="text-button attach" onClick={() => owner.setAllowed(true)}>
      Attach the debugger
    </button>
  );
  const words = said();
  if (aside) return <p class="stack-aside">{words}</p>;
  return (
    <div class="welcome stack-welcome">
      <h1>See the whole stack at every pause</h1>
      {words}
      {onWindow && (
        <>
          <p>
            DevTools goes to Sources when the page pauses. There is a <i>Memory Graph</i> pane with Scope and Watch; or
            right-click this tab and choose <i>Move to drawer</i>, and press <kbd>Esc</kbd> to see it beside Sources.
          </p>
          <p>
            <button type="button" class="text-button" onClick={onWindow}>
              Open it in a window of its own
            </button>
          </p>
        </>
      )}
    </div>
  );

  function said() {
    switch (state.type) {
      case 'attached':
        return (
          <p>
            Waiting for the page to pause: set a breakpoint in Sources, write <code>debugger</code> in the page's code,
            or{' '}
            <button type="button" class="text-button" onClick={() => stack.step('pause')}>
              pause at the next statement
            </button>
          </p>
        );
      case 'attaching':
        return <p>Attaching the debugger…</p>;
      case 'cancelled':
        return <p>You cancelled debugging in Chrome's bar, so pauses are not followed. {attach}</p>;
      case 'lost':
        return (
          <p>
            {sentence(state.failure)} {attach}
          </p>
        );
      case 'detached':
        return (
          <p>
            Frames can only be read through Chrome's debugger. Chrome shows a bar above the page while it is attached;
            its <i>Cancel</i> ends it, and nothing attaches again until you ask. {attach}
          </p>
        );
    }
  }
}
