/** The view Record: what is to be recorded, the recording while it runs, and its player. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { FilmTools } from '../../src/film/film.ts';
import { indexMarks } from '../../src/film/indices.ts';
import { isGraphFilm } from '../../src/recording/graph-calls/graph-film.ts';
import type { Shown } from '../../src/recording/moment.ts';
import { say, sayNumber } from '../../src/words/say.ts';
import { createAction, runKey } from '../actions/action.ts';
import { useOffered } from '../actions/offered.ts';
import { CompareBar } from '../compare/compare-bar.tsx';
import type { Keeping } from '../compare/keeping.ts';
import { AmountTools } from '../picture/amount-tools.tsx';
import { AppearanceRows } from '../picture/menu/appearance-rows.tsx';
import type { MenuBox } from '../picture/menu/menu-box.ts';
import { type Ask, Stage } from '../picture/menu/stage.tsx';
import { ViewRows } from '../picture/menu/view-rows.tsx';
import type { PictureControls } from '../picture/picture-controls.ts';
import { PictureView } from '../picture/picture-view.tsx';
import { ZoomTools } from '../picture/zoom-tools.tsx';
import type { DebuggerOwner } from '../reading/debugger-owner.ts';
import type { Picture } from '../reading/picture.ts';
import { TextActionButton } from '../widgets/action-button.tsx';
import { ActionItem } from '../widgets/menu.tsx';
import { MessageBar } from '../widgets/message-bar.tsx';
import { CallList } from './call-list.tsx';
import { ChangesList } from './changes-list.tsx';
import { CodePane } from './code-pane.tsx';
import { historyOf } from './history-of.ts';
import type { Player } from './player.ts';
import { PlayerBar, playerActions } from './player-bar.tsx';
import { RecordForm } from './record-form.tsx';
import type { RecordSession, RecordState } from './record-session.ts';
import { ShareMenu } from './share-menu.tsx';

export interface RecordViewProps {
  readonly session: RecordSession;
  readonly player: Player;
  readonly owner: DebuggerOwner;
  readonly controls: PictureControls;
  readonly keeping: Keeping;
  /** Names of functions that a person may mean. */
  readonly offered: readonly string[];
  readonly lead: ComponentChildren;
  readonly tail: ComponentChildren;
  readonly onDrawn: (picture: Picture) => void;
  /** The text of a file with a recording, and its name. */
  readonly onOpen: (text: string, name: string) => void;
  /** Draws a recording step by step, to share it. */
  readonly film: () => FilmTools;
}

export function RecordView(props: RecordViewProps) {
  const { session, player, controls, owner, lead, tail, offered, onOpen } = props;
  const shown = session.shown.value;
  const state = session.state.value;
  const file = useRef<HTMLInputElement>(null);
  useEffect(() => {
    session.want();
    return session.release;
  }, [session]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const inField = event.target instanceof Element && event.target.closest('input, select, textarea') !== null;
      const current = session.shown.peek();
      if (!inField && current) runKey(playerActions(player, current), event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [session, player]);
  const stop = createAction('stopRecording', () => void session.stop(), state.type === 'recording');
  const again = createAction('recordAgain', () => void session.start(), state.type === 'idle');
  const isFilm = shown !== null && isGraphFilm(shown.recording);
  const isOutdated = isFilm && session.graphCalls.value.kept > shown.recording.stops.length;
  const more = createAction('moreCalls', () => void session.showGraphCalls(), isOutdated);
  const other = createAction('recordOther', session.clear, state.type === 'idle');
  return (
    <>
      <header class="head">
        <div class="toolbar" role="toolbar" aria-label={say('view_record')}>
          {lead}
          {state.type === 'recording' && <TextActionButton class="record-stop" action={stop} />}
          {state.type === 'idle' && shown && (
            <>
              {isFilm
                ? isOutdated && <TextActionButton action={more} />
                : owner.attached.value && session.scripts.value !== null && <TextActionButton action={again} />}
              <TextActionButton action={other} />
              <ShareMenu shown={shown} tools={props.film} onMessage={session.setMessage} />
            </>
          )}
          <span class="divider" />
          <ZoomTools controls={controls} empty={!shown} view={player.view} />
          <span class="spacer" />
          {tail}
        </div>
        <MessageBar message={session.message.value} onDismiss={() => session.setMessage(null)} />
        {state.type !== 'idle' && state.type !== 'asking' && <Progress state={state} />}
        <CompareBar keeping={props.keeping} reading={player.reading.value} pairs={false} />
      </header>
      <input
        ref={file}
        type="file"
        accept=".json"
        hidden
        onChange={async (event) => {
          const chosen = event.currentTarget.files?.item(0);
          event.currentTarget.value = '';
          if (chosen) onOpen(await chosen.text(), chosen.name);
        }}
      />
      {shown ? (
        <ShownRecording {...props} shown={shown} />
      ) : (
        <main class="stage" aria-label={say('view_record')}>
          {state.type === 'recording' || state.type === 'stopping' ? (
            <Waiting state={state} />
          ) : (
            <RecordForm session={session} owner={owner} offered={offered} onOpen={() => file.current?.click()} />
          )}
        </main>
      )}
    </>
  );
}

/** What is being recorded, how much of the budget is used, and what has to be done. */
function Progress({ state }: { readonly state: RecordState }) {
  if (state.type !== 'recording')
    return (
      <p class="record-progress" role="status">
        {state.type === 'stopping' ? say('record_stopping') : say('record_starting')}
      </p>
    );
  const { progress, budget, title, places, left, busy, watched } = state;
  const used = Math.max(
    progress.stops / budget.stops,
    progress.milliseconds / budget.milliseconds,
    progress.characters / budget.characters,
  );
  return (
    <div class="record-progress">
      <span class="record-lamp" aria-hidden="true" />
      <span>
        {places === 0 ? say('record_runningGraph') : say('record_running', { title, places: sayNumber(places) })}
      </span>
      <span role="status">{say('record_stops', { count: progress.stops })}</span>
      <progress max={1} value={Math.min(1, used)} aria-label={say('record_used')} title={say('record_used')} />
      <span class="quiet">
        {say('record_usedOf', {
          stops: sayNumber(budget.stops),
          time: (progress.milliseconds / 1000).toFixed(1),
          seconds: sayNumber(budget.milliseconds / 1000),
          size: (progress.characters / 1e6).toFixed(1),
          megabytes: sayNumber(budget.characters / 1e6),
        })}
      </span>
      {left > 0 && <span class="quiet">{say('record_left', { count: left })}</span>}
      {busy && <span class="busy">{say('record_busy')}</span>}
      {watched !== null && <span class="busy">{say('record_watching')}</span>}
    </div>
  );
}

function Waiting({ state }: { readonly state: RecordState }) {
  if (state.type !== 'recording') return null;
  return (
    <div class="welcome">
      <h1>{say('record_waitingTitle')}</h1>
      {state.places === 0 ? (
        <p>{say('record_awaitsGraph')}</p>
      ) : (
        <>
          <p>{state.awaits ? say('record_awaitsInput') : say('record_awaitsCode')}</p>
          <p class="quiet">{say('record_meanwhile')}</p>
        </>
      )}
    </div>
  );
}

function ShownRecording(props: RecordViewProps & { readonly shown: Shown }) {
  const { session, player, controls, shown, keeping, onDrawn } = props;
  const { recording } = shown;
  const step = player.step.value;
  const reading = player.reading.value;
  const selected = controls.selected.value;
  const part = useSignal('');
  const selectedHistory = useMemo(
    () => historyOf(shown, step, selected),
    [shown, selected, isFrame(selected) ? step : 0],
  );
  const rows = selectedHistory?.rows ?? [];
  const chosen = rows.some(({ name }) => name === part.value) ? part.value : '';
  const changes = useMemo(
    () => rows.filter(({ name }) => chosen === '' || name === chosen).map((row) => row.step),
    [rows, chosen],
  );
  useOffered(playerActions(player, shown));
  const marks = reading && player.isDrawn.value ? indexMarks(recording, step, reading.picture.placed) : [];
  return (
    <>
      <PlayerBar player={player} shown={shown} changes={changes} />
      <div class="record-work">
        <aside class="record-side">
          <CodePane player={player} shown={shown} />
          {!isGraphFilm(recording) && <CallList player={player} shown={shown} />}
          <ChangesList
            player={player}
            session={session}
            history={selectedHistory}
            part={chosen}
            onPart={(name) => {
              part.value = name;
            }}
          />
        </aside>
        <Stage
          label={say('record_stage')}
          onSize={player.resize}
          rows={(box, ask) => <BoxRows {...props} box={box} ask={ask} />}
        >
          {reading && (
            <PictureView
              picture={reading.picture}
              stale={false}
              controls={controls}
              onDrawn={onDrawn}
              marks={keeping.against(reading)?.marks ?? player.marks.value}
              view={player.view}
              onOpen={(opening, levels) => {
                if (opening.type !== 'collapsed') player.readMore(opening, levels);
                else player.override(opening.object, { ...player.overrides.value.get(opening.object), display: 'box' });
              }}
              over={marks.map(({ text, x, y, anchor }) => (
                <text key={`${x} ${y}`} class="mg-at" x={x} y={y} text-anchor={anchor}>
                  {text}
                </text>
              ))}
            />
          )}
        </Stage>
      </div>
      <footer class="status">
        <span>{say('record_ended', { end: endOf(shown), count: recording.stops.length })}</span>
        {!recording.exact && <span class="warning">{say('record_inexact')}</span>}
        {reading && (
          <AmountTools picture={reading.picture} amount={player.amount.value} onChoose={player.chooseAmount} />
        )}
      </footer>
    </>
  );
}

const isFrame = (box: string | null): boolean => box?.startsWith('o-') ?? false;
const endOf = ({ recording: { end } }: Shown): string => (end === '' ? 'running' : end);

function BoxRows({
  session,
  player,
  shown,
  box,
  ask,
  controls,
}: RecordViewProps & { readonly shown: Shown; readonly box: MenuBox; readonly ask: Ask }) {
  const { object: id } = box;
  const reading = player.reading.value;
  const object = id === null ? undefined : reading?.picture.snapshot.objects.get(id);
  if (!object) return null;
  const found = historyOf(shown, player.step.value, `o${object.id}`);
  const steps = found?.rows.map(({ step }) => step) ?? [];
  const now = player.step.value;
  const before = steps.findLast((one) => one < now);
  const after = steps.find((one) => one > now);
  const state = session.state.value;
  return (
    <>
      <ActionItem action={createAction('whenChanged', () => controls.select(`o${object.id}`), found !== null)} />
      <ActionItem
        action={createAction('changeBefore', () => player.goTo(before ?? now), before !== undefined)}
        {...(before !== undefined && { detail: say('record_stepLink', { step: before + 1 }) })}
      />
      <ActionItem
        action={createAction('changeAfter', () => player.goTo(after ?? now), after !== undefined)}
        {...(after !== undefined && { detail: say('record_stepLink', { step: after + 1 }) })}
      />
      <ActionItem
        action={createAction('whereFrom', () => player.goTo(found?.origin?.step ?? now), found?.origin != null)}
      />
      {state.type === 'recording' && found && (
        <ActionItem action={createAction('pauseOnChange', () => session.watch(found.object))} />
      )}
      <hr />
      <ViewRows view={player.view} object={object} />
      <hr />
      <AppearanceRows
        override={player.overrides.value.get(object.id) ?? {}}
        onOverride={(override) => player.override(object.id, override)}
        expanded={false}
        ask={ask}
        unread={false}
        onExpand={() => player.readMore({ type: 'cut', object: object.id })}
      />
    </>
  );
}
