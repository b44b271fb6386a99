/** The whole panel: one of its views, and the right end of each view's toolbar. */

import type { Signal } from '@preact/signals';
import { fromJson } from '../src/export/json.ts';
import { snapshotOfJson } from '../src/export/plain-json.ts';
import { recordingFromJson } from '../src/export/recording-json.ts';
import type { FilmTools } from '../src/film/film.ts';
import { say } from '../src/words/say.ts';
import { Commands } from './commands/commands.tsx';
import { KeepButton } from './compare/compare-bar.tsx';
import type { Keeping } from './compare/keeping.ts';
import { ConsoleView } from './console/console-view.tsx';
import { ExportMenu } from './export/export-menu.tsx';
import type { Print } from './export/print-request.ts';
import type { ExpressionHistory } from './expression/expression-history.ts';
import type { Session } from './expression/expression-session.ts';
import { ExpressionView } from './expression/expression-view.tsx';
import type { OfferedFilm } from './expression/film-offer.tsx';
import { FirstQuestion } from './expression/first-question.tsx';
import type { Host } from './host.ts';
import type { PageSession } from './page/page-session.ts';
import { PageView } from './page/page-view.tsx';
import type { PictureControls } from './picture/picture-controls.ts';
import { screenTheme } from './picture/screen-theme.ts';
import { errorMessage } from './reading/messages.ts';
import type { Picture } from './reading/picture.ts';
import type { Reading } from './reading/reading.ts';
import type { Player } from './record/player.ts';
import type { RecordSession } from './record/record-session.ts';
import { RecordView } from './record/record-view.tsx';
import { SettingsButton } from './settings/settings-button.tsx';
import type { SettingsStore } from './settings/settings-store.ts';
import { SettingsView } from './settings/settings-view.tsx';
import { current } from './stack/history.ts';
import { StackView } from './stack/stack-view.tsx';
import { DebuggerSwitch } from './widgets/debugger-switch.tsx';
import { type ViewName, ViewSwitch } from './widgets/view-switch.tsx';
import { WindowButton } from './widgets/window-button.tsx';

export interface AppProps {
  readonly session: Session;
  readonly history: ExpressionHistory;
  readonly controls: PictureControls;
  /** Called when a picture's elements are in the document. */
  readonly onDrawn: (picture: Picture) => void;
  readonly settings: SettingsStore;
  /** Null when no page for printing can be opened. */
  readonly print: Print | null;
  /** The host in the DevTools page; null in a page outside of DevTools. */
  readonly host: Host | null;
  /** Opens the content in a separate window; null when that is not possible. */
  readonly onWindow: (() => void) | null;
  readonly view: Signal<ViewName>;
  readonly stackControls: PictureControls;
  /** Null in a page outside of DevTools. */
  readonly page: PageSession | null;
  readonly keeping: Keeping;
  /** Null in a page outside of DevTools. */
  readonly record: {
    readonly session: RecordSession;
    readonly player: Player;
    readonly controls: PictureControls;
    readonly film: () => FilmTools;
  } | null;
}

export function App(props: AppProps) {
  const { session } = props;
  return (
    <>
      <CurrentView {...props} />
      {session.source.asking.value && (
        <FirstQuestion
          onAnswer={(exactly) => {
            if (exactly === null) session.cancel();
            session.source.answer(exactly);
          }}
        />
      )}
    </>
  );
}

/** The row that had the focus is gone with its view. */
const focusGraph = (): void => document.querySelector<HTMLElement>('.canvas')?.focus();

function CurrentView(props: AppProps) {
  const { session, host, view, stackControls, onDrawn, settings } = props;
  const lead = host && (
    <>
      <h1 class="for-screen-readers">{say('extensionName')}</h1>
      <ViewSwitch view={view} />
      <Commands />
    </>
  );
  const showPage = () => {
    view.value = 'page';
  };
  const expressionView = (
    <ExpressionView
      {...props}
      store={settings}
      lead={lead}
      onPage={props.page ? showPage : null}
      offeredFilm={props.record && offeredFilm(props.record.session, view)}
      tail={<Tools {...props} reading={session.reading.value} />}
      onOpenFile={(text, name) => openFile(props, text, name)}
    />
  );
  if (!host) return expressionView;
  switch (view.value) {
    case 'expression':
      return expressionView;
    case 'console':
      return (
        <ConsoleView
          host={host}
          lead={lead}
          onDraw={(expression, heap) => {
            session.pickById(heap);
            host.want([expression], true);
          }}
          onAdd={(expression, heap) => {
            session.pickById(heap);
            view.value = 'expression';
            void session.pin(expression);
          }}
        />
      );
    case 'page':
      return props.page ? (
        <PageView
          page={props.page}
          owner={host.debugger}
          source={session.source}
          lead={lead}
          tail={<DebuggerSwitch owner={host.debugger} />}
          onDraw={(expression) => {
            view.value = 'expression';
            // If it fails, a message says why.
            void session.drawExactly([expression]).then(focusGraph, () => {});
          }}
          onHolders={(expression) => {
            view.value = 'expression';
            void session.drawExactly([expression]).then(
              ({ snapshot: { roots } }) => {
                const value = roots[0]?.result.ok ? roots[0].result.value : null;
                if (value?.type === 'reference') void session.drawRetainers(value.id, 'everywhere');
              },
              () => {},
            );
          }}
          onPick={(target) => void session.pick(target)}
        />
      ) : (
        expressionView
      );
    case 'record':
      return props.record ? (
        <div class="workspace">
          <div class="view-with-settings">
            <RecordView
              {...props.record}
              owner={host.debugger}
              keeping={props.keeping}
              offered={functionsAtHand(host)}
              lead={lead}
              tail={<Tools {...props} reading={props.record.player.reading.value} />}
              onDrawn={onDrawn}
              onOpen={(text, name) => openFile(props, text, name)}
            />
          </div>
          {settings.open.value && <SettingsView store={settings} />}
        </div>
      ) : (
        expressionView
      );
    case 'stack':
      return (
        <div class="workspace">
          <div class="view-with-settings">
            <StackView
              onWindow={props.onWindow}
              stack={host.stack}
              owner={host.debugger}
              controls={stackControls}
              selected={host.selected}
              lead={lead}
              tail={<Tools {...props} reading={current(host.stack.state.value.history)?.reading ?? null} />}
              keeping={props.keeping}
              onDrawn={onDrawn}
            />
          </div>
          {settings.open.value && <SettingsView store={settings} />}
        </div>
      );
  }
}

/** Functions that a person is likely to mean: the paused ones, and one that is selected in Sources. */
function functionsAtHand({ stack, selected }: Host): readonly string[] {
  const lines = current(stack.state.value.history)?.lines ?? [];
  const paused = lines.map(({ label }) => label).filter((label) => /^[\w$.#]+$/.test(label));
  const chosen = selected.value !== null && /^[\w$]+$/.test(selected.value) ? [selected.value] : [];
  return [...new Set([...chosen, ...paused.toReversed()])].slice(0, 4);
}

/** More calls of `graph(…)` than the one that is drawn. */
function offeredFilm(session: RecordSession, view: Signal<ViewName>): OfferedFilm {
  const { all } = session.graphCalls.value;
  const unseen = all > 1 && all !== session.graphSeen.value && session.state.value.type === 'idle';
  return {
    calls: unseen ? all : 0,
    show() {
      view.value = 'record';
      void session.showGraphCalls();
    },
    dismiss() {
      session.graphSeen.value = all;
    },
  };
}

type ToolsProps = Pick<AppProps, 'session' | 'settings' | 'print' | 'view' | 'onWindow' | 'keeping' | 'record'> & {
  readonly reading: Reading | null;
};

/** The right end of each view's toolbar. */
function Tools({ session, settings, print, view, onWindow, keeping, record, reading }: ToolsProps) {
  return (
    <>
      <KeepButton keeping={keeping} reading={reading} />
      {onWindow && <WindowButton onClick={onWindow} />}
      <ExportMenu
        picture={reading?.picture ?? null}
        store={settings}
        theme={screenTheme}
        print={print}
        lay={record && ((...asked) => record.film().lay(...asked))}
        onOpen={(text, name) => openFile({ session, record, view }, text, name)}
      />
      <SettingsButton store={settings} />
    </>
  );
}

/** Shows what a file has, in the view that is for it. */
function openFile(
  { session, record, view }: Pick<AppProps, 'session' | 'record' | 'view'>,
  text: string,
  name: string,
): void {
  const recorded = record && recordingFromJson(text);
  if (recorded) {
    view.value = 'record';
    if (recorded.ok) record.session.open(recorded.recording);
    else record.session.setMessage(errorMessage(recorded.reason));
    return;
  }
  view.value = 'expression';
  const opened = fromJson(text);
  const words = say('fromFile', { name });
  if (opened.ok) void session.showFile(opened.snapshot, `${name} (${opened.subject})`, words);
  else {
    const plain = snapshotOfJson(text, name);
    if (plain) void session.showFile(plain, name, words);
    else session.report(opened.reason);
  }
}
