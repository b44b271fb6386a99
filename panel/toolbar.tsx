/** Refresh and the ways to look at the picture. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { CanvasControls } from './canvas-controls.ts';
import type { Session } from './session.ts';
import { ToolButton } from './tool-button.tsx';
import { ZoomTools } from './zoom-tools.tsx';

export function Toolbar({
  session,
  controls,
  lead,
  tail,
}: {
  readonly session: Session;
  readonly controls: CanvasControls;
  /** What stands at the left. */
  readonly lead?: ComponentChildren;
  /** What stands at the right. */
  readonly tail?: ComponentChildren;
}) {
  const empty = !session.picture.value;
  return (
    <div class="toolbar" role="toolbar" aria-label="Picture">
      {lead}
      <ToolButton label="Draw again (Ctrl+Enter)" disabled={!session.drawable.value} onClick={session.redraw}>
        <path d="M15.5 10a5.5 5.5 0 1 1-1.6-3.9M15.5 3.5v3.2h-3.2" />
      </ToolButton>
      <span class="divider" />
      <ZoomTools controls={controls} empty={empty} />
      <Progress session={session} />
      <span class="spacer" />
      {tail}
    </div>
  );
}

/** Milliseconds: most pictures stand before anyone could read that they are on their way. */
const PATIENCE = 300;

/** Appears when a drawing takes longer. Nothing is rendered before: that would take time from the drawing itself. */
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
      Drawing…
      {session.found.value > 0 && (
        // Not read out at each change.
        <span class="found" aria-hidden="true">
          {session.found.value.toLocaleString('en')} objects
        </span>
      )}
      <button type="button" class="text-button" title="Keep the last picture (Esc)" onClick={session.cancel}>
        Cancel
      </button>
    </span>
  );
}
