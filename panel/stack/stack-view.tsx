/** The paused stack, from its toolbar to its history: the same in the tab and in the pane in Sources. */
import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { current } from '../../src/history/history.ts';
import type { SourceLocation } from '../../src/pause/pause.ts';
import { Canvas } from '../canvas.tsx';
import type { CanvasControls } from '../canvas-controls.ts';
import type { DebuggerOwner } from '../debugger.ts';
import { Stage } from '../menu/box-menu.tsx';
import { MenuItem } from '../menu/menu.tsx';
import type { Picture } from '../painter.ts';
import { HistoryBar } from './history-bar.tsx';
import { lineOf, placeOf } from './places.ts';
import type { StackSession } from './stack-session.ts';
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
  /** Tells this page from others that show the same stack. */
  readonly name: string;
  readonly openSource: (location: SourceLocation) => void;
  /** The expression that is selected in Sources. */
  readonly selected: ReadonlySignal<string | null>;
  /** Called when a picture's elements are in the document. */
  readonly onDrawn: (picture: Picture) => void;
}

export function StackView({ stack, owner, controls, lead, tail, name, openSource, selected, onDrawn }: StackViewProps) {
  const { history, following, marks, trouble, view } = stack.state.value;
  const entry = current(history);

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
      if (place) openSource(place);
      const line = shown && lineOf(box, target);
      if (line !== null) stack.chooseFrame(line);
    },
    [stack, openSource],
  );

  const live = following.type === 'paused' && entry !== null && following.entry === entry.number;
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
      </header>
      <Stage
        label="Graph of the paused stack"
        rows={({ key }) => {
          const place = entry && placeOf(entry, key, null);
          return place && <MenuItem label="Show its line in Sources" onChoose={() => openSource(place)} />;
        }}
      >
        {entry ? (
          <Canvas
            picture={entry.picture}
            stale={false}
            controls={controls}
            onDrawn={onDrawn}
            marks={marks}
            onPick={onPick}
            onOpen={(opening) => {
              const { overrides } = stack.state.value;
              if (opening.type !== 'collapsed') stack.open(opening);
              else stack.override(opening.object, { ...overrides.get(opening.object), display: 'box' });
            }}
          />
        ) : (
          <StackWelcome stack={stack} owner={owner} />
        )}
        {entry && following.type === 'off' && <StackWelcome stack={stack} owner={owner} aside />}
      </Stage>
      <HistoryBar stack={stack} openSource={openSource} />
      <StackStatus entry={entry} live={live} following={following} view={view} />
    </>
  );
}
