/** The ways to look at a picture: fit, out, 100 %, in, find. The same in every view. */
import type { CanvasControls } from './canvas-controls.ts';
import { ToolButton } from './tool-button.tsx';
import { ZOOM_STEP } from './viewport.ts';

/** `empty`: there is no picture to look at. */
export function ZoomTools({ controls, empty }: { readonly controls: CanvasControls; readonly empty: boolean }) {
  const percent = Math.round(controls.viewport.value.scale * 100);
  return (
    <>
      <ToolButton label="Fit the picture into the window (F)" disabled={empty} onClick={controls.fit}>
        <path d="M3.5 7V3.5H7M13 3.5h3.5V7M16.5 13v3.5H13M7 16.5H3.5V13" />
        <path d="M7.5 7.5h5v5h-5z" />
      </ToolButton>
      <ToolButton label="Zoom out (−)" class="zoom" disabled={empty} onClick={() => controls.zoom(1 / ZOOM_STEP)}>
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
      <ToolButton label="Zoom in (+)" class="zoom" disabled={empty} onClick={() => controls.zoom(ZOOM_STEP)}>
        <path d="M4 10h12M10 4v12" />
      </ToolButton>
      <ToolButton
        label="Find in the picture (Ctrl+F)"
        disabled={empty}
        onClick={() => {
          controls.query.value = controls.query.value === null ? '' : null;
        }}
      >
        <circle cx="8.8" cy="8.8" r="4.6" />
        <path d="m12.2 12.2 4.3 4.3" />
      </ToolButton>
    </>
  );
}
