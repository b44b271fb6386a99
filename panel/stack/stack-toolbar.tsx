/** Steps, the ways to look at the picture, and what of the stack is shown. */
import type { ComponentChildren } from 'preact';
import type { CanvasControls } from '../canvas-controls.ts';
import { ToolButton } from '../tool-button.tsx';
import { ZoomTools } from '../zoom-tools.tsx';
import { HeapChoice } from './heap-choice.tsx';
import type { StackSession } from './stack-session.ts';

export function StackToolbar({
  stack,
  controls,
  lead,
  tail,
}: {
  readonly stack: StackSession;
  readonly controls: CanvasControls;
  readonly lead: ComponentChildren;
  readonly tail: ComponentChildren;
}) {
  const { following, history, options } = stack.state.value;
  const paused = following.type === 'paused';
  const empty = history.entries.length === 0;
  return (
    <div class="toolbar" role="toolbar" aria-label="Stack">
      {lead}
      {paused ? (
        <ToolButton label="Resume (F8 in DevTools)" onClick={() => stack.step('resume')}>
          <path d="M5 4v12M8.5 4l8 6-8 6z" />
        </ToolButton>
      ) : (
        <ToolButton
          label="Pause the page at its next statement"
          disabled={following.type === 'off'}
          onClick={() => stack.step('pause')}
        >
          <path d="M7 4.5v11M13 4.5v11" />
        </ToolButton>
      )}
      <ToolButton label="Step over the next call (F10)" disabled={!paused} onClick={() => stack.step('over')}>
        <path d="M3.5 10.5a6.5 5 0 0 1 12.6-1.2M16.5 5.5v4h-4" />
        <circle cx="10" cy="14.5" r="1.4" />
      </ToolButton>
      <ToolButton label="Step into the next call (F11)" disabled={!paused} onClick={() => stack.step('into')}>
        <path d="M10 3v8M6.8 8 10 11.2 13.2 8" />
        <circle cx="10" cy="15.5" r="1.4" />
      </ToolButton>
      <ToolButton label="Step out of this call (Shift+F11)" disabled={!paused} onClick={() => stack.step('out')}>
        <path d="M10 11.5v-8M6.8 6.5 10 3.3l3.2 3.2" />
        <circle cx="10" cy="15.5" r="1.4" />
      </ToolButton>
      <HeapChoice stack={stack} />
      <span class="divider" />
      <ZoomTools controls={controls} empty={empty} />
      <span class="divider" />
      <span class="choices">
        <label class="choice" title="Also frames of scripts that you did not write; the settings say which">
          <input
            type="checkbox"
            checked={options.libraries}
            onChange={(event) => stack.setOptions({ ...options, libraries: event.currentTarget.checked })}
          />
          Libraries
        </label>
        <label class="choice" title="Also the calls that are over, but scheduled what runs now">
          <input
            type="checkbox"
            checked={options.asynchronous}
            onChange={(event) => stack.setOptions({ ...options, asynchronous: event.currentTarget.checked })}
          />
          Async
        </label>
      </span>
      <span class="spacer" />
      {tail}
    </div>
  );
}
