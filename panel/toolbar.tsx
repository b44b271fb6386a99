/** Refresh and the ways to look at the picture. */
import type { ComponentChildren } from 'preact';
import type { CanvasControls } from './canvas-controls.ts';
import type { Session } from './session.ts';
import { ZOOM_STEP } from './viewport.ts';

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
  const percent = Math.round((controls.viewport.value?.scale ?? 1) * 100);
  return (
    <div class="toolbar" role="toolbar" aria-label="Picture">
      {lead}
      <ToolButton label="Draw again (Ctrl+Enter)" disabled={!session.drawable.value} onClick={session.redraw}>
        <path d="M15.5 10a5.5 5.5 0 1 1-1.6-3.9M15.5 3.5v3.2h-3.2" />
      </ToolButton>
      <span class="divider" />
      <ToolButton label="Fit the picture into the window (F)" disabled={empty} onClick={controls.fit}>
        <path d="M3.5 7V3.5H7M13 3.5h3.5V7M16.5 13v3.5H13M7 16.5H3.5V13" />
        <path d="M7.5 7.5h5v5h-5z" />
      </ToolButton>
      <ToolButton label="Zoom out (−)" disabled={empty} onClick={() => controls.zoom(1 / ZOOM_STEP)}>
        <path d="M4 10h12" />
      </ToolButton>
      <button
        type="button"
        class="tool percent"
        title="Show at 100 % (1)"
        aria-label={`Zoom ${percent} %, show at 100 %`}
        disabled={empty}
        onClick={controls.actualSize}
      >
        {percent} %
      </button>
      <ToolButton label="Zoom in (+)" disabled={empty} onClick={() => controls.zoom(ZOOM_STEP)}>
        <path d="M4 10h12M10 4v12" />
      </ToolButton>
      {session.busy.value && (
        <span class="progress" role="status">
          Drawing…
          <button type="button" class="text-button" title="Keep the last picture (Esc)" onClick={session.cancel}>
            Cancel
          </button>
        </span>
      )}
      <span class="spacer" />
      {tail}
    </div>
  );
}

interface ToolButtonProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}

export function ToolButton({ label, disabled = false, onClick, children }: ToolButtonProps) {
  return (
    <button type="button" class="tool" title={label} aria-label={label} disabled={disabled} onClick={() => onClick()}>
      <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
        {children}
      </svg>
    </button>
  );
}
