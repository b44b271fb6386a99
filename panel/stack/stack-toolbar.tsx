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
      <Toggle
        name="Libraries"
        title="Also frames of scripts that you did not write; the settings say which"
        on={options.libraries}
        onChange={(libraries) => stack.setOptions({ ...options, libraries })}
      >
        <path d="M4.5 4.5v11M8 4.5v11M11 4.8l3.8 10.7" />
      </Toggle>
      <Toggle
        name="Async"
        title="Also the calls that are over, but scheduled what runs now"
        on={options.asynchronous}
        onChange={(asynchronous) => stack.setOptions({ ...options, asynchronous })}
      >
        <circle cx="10" cy="10" r="6" />
        <path d="M10 6.5V10l2.5 1.8" />
      </Toggle>
      <span class="spacer" />
      {tail}
    </div>
  );
}

/** What is shown or not. In a narrow pane only its icon stands. */
function Toggle({
  name,
  title,
  on,
  onChange,
  children,
}: {
  readonly name: string;
  readonly title: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly children: ComponentChildren;
}) {
  return (
    <button
      type="button"
      class="tool toggle"
      title={`${name}: ${title}`}
      aria-label={name}
      aria-pressed={on}
      onClick={() => onChange(!on)}
    >
      <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
        {children}
      </svg>
      <span class="name">{name}</span>
    </button>
  );
}
