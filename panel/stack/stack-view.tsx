/** The paused stack, from its toolbar to its history: the same in the tab and in the pane in Sources. */
import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { current } from '../../src/history/history.ts';
import { Canvas } from '../canvas.tsx';
import type { CanvasControls } from '../canvas-controls.ts';
import type { DebuggerOwner } from '../debugger.ts';
import { SaidBar } from '../deeds/said-bar.tsx';
import { Stage } from '../menu/box-menu.tsx';
import type { Picture } from '../painter.ts';
import { HistoryBar } from './history-bar.tsx';
import { lineOf, placeOf } from './places.ts';
import { StackRows } from './stack-rows.tsx';
import type { StackSession } from './stack-session.ts';
import { isLive } from './stack-state.ts';
import { StackStatus } from './stack-status.tsx';
import { StackToolbar } from './stack-toolbar.tsx';
import { StackWelcome } from './stack-welcome.tsx';
import { WatchBar } from './watch-bar.tsx';

export interface StackViewProps {
  readonly stack: StackSession;
  readonly owner: DebuggerOwner;
  readonly controls: CanvasControls;
  /** What stands at the left of the toolbar. */
  readonly lead?: ComponentChildren;
  /** What stands at its right. */
  readonly tail?: ComponentChildren;
  /** Opens this in a window of its own; null where there is none to open. */
  readonly onWindow?: (() => void) | null;
  /** The expression that is selected in Sources. */
  readonly selected: ReadonlySignal<string | null>;
  /** Called when a picture's elements are in the document. */
  readonly onDrawn: (picture: Picture) => void;
}

export function StackView({ stack, owner, controls, lead, tail, onWindow = null, selected, onDrawn }: StackViewProps) {
  const { history, following, marks, trouble, view, said, aside } = stack.state.value;
  const entry = current(history);

  // Tells this page from others that show the same stack.
  const name = useMemo(() => crypto.randomUUID(), []);
  // Followed as long as somebody looks.
  useEffect(() => {
    stack.want(name);
    return () => stack.release(name);
  }, [stack, name]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const inField = event.target instanceof Element && event.target.closest('input, select') !== null;
      if (inField) return;
      if (event.altKey && event.key === 'ArrowLeft') stack.look(stack.state.value.history.place - 1);
      else if (event.altKey && event.key === 'ArrowRight') stack.look(stack.state.value.history.place + 1);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [stack]);
  const onPick = useMemo(
    () => (box: string, target: number | null) => {
      const shown = current(stack.state.value.history);
      const place = shown && placeOf(shown, box, target);
      if (place) stack.openSource(place);
      const line = shown && lineOf(box, target);
      if (line !== null) stack.chooseFrame(line);
    },
    [stack],
  );

  const live = entry !== null && isLive(stack.state.value, entry);
  return (
    <>
      <header class="head">
        <StackToolbar stack={stack} controls={controls} lead={lead} tail={tail} />
        <WatchBar stack={stack} selected={selected} />
        {trouble !== null && (
          <div class="notice error" role="alert">
            <span class="mark" aria-hidden="true">
              !
            </span>
            <span class="text">{trouble}</span>
          </div>
        )}
        <SaidBar said={said} onDismiss={stack.dismissSaid} />
        {aside && (
          <div class="notice aside" role="status">
            <span class="mark" aria-hidden="true">
              i
            </span>
            <span class="text">{aside.text}</span>
            <button type="button" class="text-button" onClick={stack.back}>
              Back
            </button>
          </div>
        )}
      </header>
      <Stage
        label="Graph of the paused stack"
        rows={(box) => entry && <StackRows stack={stack} entry={entry} box={box} />}
      >
        {entry ? (
          <Canvas
            picture={aside?.picture ?? entry.picture}
            stale={false}
            controls={controls}
            onDrawn={onDrawn}
            marks={aside ? null : marks}
            onPick={onPick}
            onOpen={(opening) => {
              const { overrides } = stack.state.value;
              if (opening.type !== 'collapsed') stack.open(opening);
              else stack.override(opening.object, { ...overrides.get(opening.object), display: 'box' });
            }}
          />
        ) : (
          <StackWelcome stack={stack} owner={owner} onWindow={onWindow} />
        )}
        {entry && following.type === 'off' && <StackWelcome stack={stack} owner={owner} aside />}
      </Stage>
      <HistoryBar stack={stack} openSource={stack.openSource} />
      <StackStatus entry={entry} live={live} following={following} view={view} />
    </>
  );
}
