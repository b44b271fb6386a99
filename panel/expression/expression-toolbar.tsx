/** The toolbar of the expression view: draw again, zoom, find, and the progress of a drawing. */

import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { say } from '../../src/words/say.ts';
import { createAction } from '../actions/action.ts';
import type { PictureControls } from '../picture/picture-controls.ts';
import { ZoomTools } from '../picture/zoom-tools.tsx';
import { ActionButton, TextActionButton, ToggleActionButton } from '../widgets/action-button.tsx';
import type { Session } from './expression-session.ts';

export function ExpressionToolbar({
  session,
  controls,
  lead,
  tail,
}: {
  readonly session: Session;
  readonly controls: PictureControls;
  /** Shown at the left. */
  readonly lead?: ComponentChildren;
  /** Shown at the right. */
  readonly tail?: ComponentChildren;
}) {
  const empty = !session.picture.value;
  return (
    <div class="toolbar" role="toolbar" aria-label={say('toolbar_graph')}>
      {lead}
      <ActionButton action={createAction('drawAgain', () => void session.redraw(), session.drawable.value)} />
      <ToggleActionButton
        action={createAction('autoRefresh', () => session.setRefreshing(!session.refreshing.value), !empty)}
        on={session.refreshing.value}
      />
      <span class="divider" />
      <ZoomTools controls={controls} empty={empty} view={session.view} />
      <Progress session={session} />
      <span class="spacer" />
      {tail}
    </div>
  );
}

/** Milliseconds. Most pictures are ready before a user could read a progress text. */
const PATIENCE = 300;

/** Appears when a drawing takes longer. Renders nothing before that, because it would delay the drawing. */
function Progress({ session }: { readonly session: Session }) {
  const [shown, show] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const end = session.busy.subscribe((busy) => {
      clearTimeout(timer);
      if (busy) timer = setTimeout(() => show(true), PATIENCE);
      else show(false);
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [session]);
  if (!shown) return null;
  return (
    <span class="progress" role="status">
      {say(session.waiting.value ? 'progress_waiting' : 'progress')}
      {session.found.value > 0 && (
        // Hidden from screen readers, which would read out each change.
        <span class="found" aria-hidden="true">
          {say('objects', { count: session.found.value })}
        </span>
      )}
      <TextActionButton action={createAction('cancel', session.cancel)} />
    </span>
  );
}
