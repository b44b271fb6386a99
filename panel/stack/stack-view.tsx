/** The paused stack, from its toolbar to its history: the same in the tab and in the pane in Sources. */

import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { BoxKey } from '../../src/diagram/diagram.ts';
import { boxKeyOf } from '../../src/diagram/keys.ts';
import { innermostFrame } from '../../src/interest/selection.ts';
import { say } from '../../src/words/say.ts';
import { createAction, runKey } from '../actions/action.ts';
import { CompareBar } from '../compare/compare-bar.tsx';
import type { Keeping } from '../compare/keeping.ts';
import { valuesOf } from '../picture/menu/cell-parts.ts';
import { Stage, type ValueActions } from '../picture/menu/stage.tsx';
import type { PictureControls } from '../picture/picture-controls.ts';
import { PictureView } from '../picture/picture-view.tsx';
import type { DebuggerOwner } from '../reading/debugger-owner.ts';
import type { Picture } from '../reading/picture.ts';
import { TextActionButton } from '../widgets/action-button.tsx';
import { MessageBar } from '../widgets/message-bar.tsx';
import { lineOf, locationOf, placeAtPause } from './frame-locations.ts';
import { current } from './history.ts';
import { HistoryBar } from './history-bar.tsx';
import { historyActions } from './stack-actions.ts';
import { StackRows } from './stack-rows.tsx';
import type { StackSession } from './stack-session.ts';
import { type Following, isLive, type PauseEntry } from './stack-state.ts';
import { StackStatus } from './stack-status.tsx';
import { StackToolbar } from './stack-toolbar.tsx';
import { StackWelcome } from './stack-welcome.tsx';
import { WatchBar } from './watch-bar.tsx';

export interface StackViewProps {
  readonly stack: StackSession;
  readonly owner: DebuggerOwner;
  readonly controls: PictureControls;
  /** The picture that the user keeps; null where none can be kept. */
  readonly keeping?: Keeping | null;
  /** The left end of the toolbar. */
  readonly lead?: ComponentChildren;
  /** The right end of the toolbar. */
  readonly tail?: ComponentChildren;
  /** Opens this in a separate window; null when that is not possible. */
  readonly onWindow?: (() => void) | null;
  /** The expression that is selected in Sources. */
  readonly selected: ReadonlySignal<string | null>;
  /** Called when a picture's elements are in the document. */
  readonly onDrawn: (picture: Picture) => void;
}

export function StackView({
  stack,
  owner,
  controls,
  lead,
  tail,
  keeping = null,
  onWindow = null,
  selected,
  onDrawn,
}: StackViewProps) {
  const { history, following, heldByDevTools, marks, message, outcome, retainers, amount } = stack.state.value;
  const entry = current(history);

  // Distinguishes this page from others that show the same stack.
  const name = useMemo(() => crypto.randomUUID(), []);
  // Pauses are followed while a page shows the stack.
  useEffect(() => {
    stack.want(name);
    return () => stack.release(name);
  }, [stack, name]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const inField = event.target instanceof Element && event.target.closest('input, select') !== null;
      if (inField) return;
      // At either end too, where the browser would go back to another page.
      const actions = historyActions(stack).map((action) => ({ ...action, enabled: true }));
      runKey(actions, event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [stack]);
  const onPick = useMemo(
    () => (box: string, target: number | null) => {
      const shown = current(stack.state.value.history);
      const location = shown && locationOf(shown, box, target);
      if (location) stack.openSource(location);
      const line = shown && lineOf(box, target);
      if (line !== null) stack.chooseFrame(line);
    },
    [stack],
  );

  const live = entry !== null && isLive(stack.state.value, entry);
  // What was drawn last is of another pause.
  const reading = following.type === 'paused' && following.entry === null ? following : null;
  return (
    <>
      <header class="head">
        <StackToolbar stack={stack} controls={controls} lead={lead} tail={tail} />
        <WatchBar stack={stack} selected={selected} />
        <MessageBar message={message} />
        <MessageBar message={outcome} onDismiss={stack.dismissOutcome} />
        {keeping && <CompareBar keeping={keeping} reading={entry?.reading ?? null} pairs={false} />}
        <MessageBar message={retainers?.message ?? null}>
          <TextActionButton action={createAction('back', stack.back)} />
        </MessageBar>
      </header>
      <Stage
        label={say('stack_stage')}
        onSize={stack.resize}
        values={live && entry && !reading && !retainers ? valueActions(stack, entry) : undefined}
        rows={(box, ask) => entry && !reading && <StackRows stack={stack} entry={entry} box={box} ask={ask} />}
      >
        {reading && <FramesWithoutPicture {...reading} />}
        {entry ? (
          <div class="under" inert={reading !== null}>
            <PictureView
              picture={retainers?.picture ?? entry.reading.picture}
              stale={false}
              controls={controls}
              onDrawn={onDrawn}
              marks={retainers ? null : (keeping?.against(entry.reading)?.marks ?? marks)}
              onPick={onPick}
              needed={retainers ? null : standsIn(entry)}
              view={retainers ? null : stack.view}
              onMoveBox={
                retainers
                  ? undefined
                  : (object, place) => stack.override(object, { ...stack.state.value.overrides.get(object), place })
              }
              onOpen={(opening, levels) => {
                const { overrides } = stack.state.value;
                if (opening.type !== 'collapsed') stack.readMore(opening, levels);
                else stack.override(opening.object, { ...overrides.get(opening.object), display: 'box' });
              }}
            />
          </div>
        ) : (
          !reading && <StackWelcome stack={stack} owner={owner} onWindow={onWindow} />
        )}
        {entry && following.type === 'off' && <StackWelcome stack={stack} owner={owner} brief />}
      </Stage>
      {!reading && <HistoryBar stack={stack} openSource={stack.openSource} />}
      <StackStatus
        entry={reading ? null : entry}
        live={live}
        following={following}
        heldByDevTools={heldByDevTools}
        amount={amount}
        controls={controls}
        onChooseAmount={stack.chooseAmount}
      />
    </>
  );
}

/** The names of the frames of a pause, innermost first, as long as there is no picture of it. */
function FramesWithoutPicture({ frames, undrawn }: Pick<Extract<Following, { type: 'paused' }>, 'frames' | 'undrawn'>) {
  return (
    <section class="frames-being-read">
      <h2>{say(undrawn ? 'stack_framesUndrawn' : 'stack_framesBeingRead')}</h2>
      <ol>
        {frames.toReversed().map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ol>
    </section>
  );
}

/** The box of the frame in which the page stands. */
function standsIn({ reading }: PauseEntry): BoxKey | null {
  const frame = innermostFrame(reading.picture.snapshot);
  return frame === null ? null : boxKeyOf(frame);
}

/** What a user does with values of the pause at which the page is. */
function valueActions(stack: StackSession, entry: PauseEntry): ValueActions | undefined {
  if (stack.view.state.value.lens) return undefined;
  const { picture } = entry.reading;
  return {
    valuesOf: (box) => valuesOf(picture, box, (owner, part) => placeAtPause(entry, owner, part)),
    assign: ({ place }, expression) => void (place && stack.assign(place, expression)),
    textOf: async ({ place }) => place && stack.textOf(place),
  };
}
