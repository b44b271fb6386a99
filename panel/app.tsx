/** The whole of the panel: one of its views, top to bottom. Reads the session's signals; all that happens goes through its methods. */
import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { fromJson } from '../src/export/json.ts';
import { current } from '../src/history/history.ts';
import { Canvas } from './canvas.tsx';
import type { CanvasControls } from './canvas-controls.ts';
import { ConsoleView } from './console/console-view.tsx';
import { DeedRows } from './deeds/deed-rows.tsx';
import { SaidBar } from './deeds/said-bar.tsx';
import { ExportMenu } from './export/export-menu.tsx';
import type { Print } from './export/print-service.ts';
import { ExpressionBar } from './expression-bar.tsx';
import type { ExpressionHistory } from './expression-history.ts';
import { DebuggerSwitch } from './heap/debugger-switch.tsx';
import { HeapPicker } from './heap/heap-picker.tsx';
import type { Host } from './host.ts';
import { MenuItem } from './menu/menu.tsx';
import { NoticeBar } from './notice-bar.tsx';
import type { Picture } from './painter.ts';
import type { Session } from './session.ts';
import { screenTheme } from './settings/apply-settings.ts';
import { isUnread } from './settings/box-look.tsx';
import { SettingsButton } from './settings/settings-button.tsx';
import type { SettingsStore } from './settings/settings-store.ts';
import { SettingsView } from './settings/settings-view.tsx';
import { Workspace } from './settings/workspace.tsx';
import { StackView } from './stack/stack-view.tsx';
import { StatusLine } from './status-line.tsx';
import { Toolbar } from './toolbar.tsx';
import { type ViewName, ViewSwitch } from './view-switch.tsx';
import { Welcome } from './welcome.tsx';
import { WindowButton } from './window-button.tsx';

export interface AppProps {
  readonly session: Session;
  readonly history: ExpressionHistory;
  readonly controls: CanvasControls;
  /** Called when a picture's elements are in the document. */
  readonly onDrawn: (picture: Picture) => void;
  readonly settings: SettingsStore;
  /** Null where no page can be opened to print from. */
  readonly print: Print | null;
  /** What needs DevTools' other pages: null where there are none. */
  readonly host: Host | null;
  /** Opens what is shown in a window of its own; null where there is none to open. */
  readonly onWindow: (() => void) | null;
  readonly view: Signal<ViewName>;
  readonly stackControls: CanvasControls;
}

export function App(props: AppProps) {
  const { session, host, view, stackControls, onDrawn, settings } = props;
  if (!host) return <ExpressionView {...props} />;
  const lead = <ViewSwitch view={view} />;
  switch (view.value) {
    case 'expression':
      return <ExpressionView {...props} lead={lead} />;
    case 'console':
      return (
        <ConsoleView
          host={host}
          lead={lead}
          onDraw={(expression, heap) => {
            session.look(heap);
            host.want([expression], true);
          }}
          onAdd={(expression, heap) => {
            session.look(heap);
            view.value = 'expression';
            void session.pin(expression);
          }}
        />
      );
    case 'stack':
      return (
        <div class="workspace">
          <div class="beside-settings">
            <StackView
              onWindow={props.onWindow}
              stack={host.stack}
              owner={host.debugger}
              controls={stackControls}
              selected={host.selected}
              lead={lead}
              tail={<Tools {...props} picture={current(host.stack.state.value.history)?.picture ?? null} />}
              onDrawn={onDrawn}
            />
          </div>
          {settings.open.value && <SettingsView store={settings} />}
        </div>
      );
  }
}

type ToolsProps = Pick<AppProps, 'session' | 'settings' | 'print' | 'view' | 'onWindow'> & {
  readonly picture: Picture | null;
};

/** The right end of each view's toolbar. */
function Tools({ session, settings, print, view, onWindow, picture }: ToolsProps) {
  return (
    <>
      {onWindow && <WindowButton onClick={onWindow} />}
      <ExportMenu
        picture={picture}
        store={settings}
        theme={screenTheme}
        print={print}
        onOpen={(text, name) => {
          view.value = 'expression';
          openFile(session, text, name);
        }}
      />
      <SettingsButton store={settings} />
    </>
  );
}

function openFile(session: Session, text: string, name: string): void {
  const opened = fromJson(text);
  const said = `This picture is from the file ${name}: draw an expression to see the page again.`;
  if (opened.ok) void session.showKept(opened.snapshot, `${name} (${opened.subject})`, said);
  else session.complain(opened.reason);
}

function ExpressionView({
  host,
  session,
  history,
  controls,
  onDrawn,
  settings,
  print,
  view,
  onWindow,
  lead,
}: AppProps & { readonly lead?: ComponentChildren }) {
  const picture = session.picture.value;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && session.busy.value) session.cancel();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [session]);
  const draw = (expression: string) => {
    history.add(expression);
    session.setField(expression);
    void session.draw(expression);
  };
  return (
    <>
      <header class="head">
        <Toolbar
          session={session}
          controls={controls}
          lead={lead}
          tail={
            <>
              <HeapPicker source={session.source} onPick={(target) => void session.pick(target)} />
              {host && <DebuggerSwitch owner={host.debugger} />}
              <Tools {...{ session, settings, print, view, onWindow, picture }} />
            </>
          }
        />
        <ExpressionBar session={session} history={history} host={host} />
        <NoticeBar session={session} onSilence={() => host?.setPageCalls(false)} />
        <SaidBar said={session.said.value} onDismiss={session.dismissSaid} />
      </header>
      <Workspace
        store={settings}
        rows={(id) => {
          const object = picture?.snapshot.objects.get(id);
          const refusal = session.refusal.value;
          if (!object) return null;
          return (
            <>
              <MenuItem
                label="Who refers to this?"
                refusal={refusal}
                onChoose={() => void session.drawReferrers(id, 'drawn')}
              />
              <MenuItem
                label="Who refers to this, anywhere?"
                refusal={refusal}
                onChoose={() => void session.drawReferrers(id, 'everywhere')}
              />
              <DeedRows object={object} refusal={refusal} onDo={(deed) => void session.act(id, deed)} />
              <hr />
            </>
          );
        }}
        expanded={session.view.value.expanded}
        onExpand={session.expand}
        isUnread={(id) => {
          const object = picture?.snapshot.objects.get(id);
          return object !== undefined && isUnread(object) && session.refusal.value === null;
        }}
        onOpen={(text, name) => openFile(session, text, name)}
      >
        {picture ? (
          <Canvas
            picture={picture}
            stale={session.shown.value?.stale ?? false}
            controls={controls}
            onDrawn={onDrawn}
            onOpen={(opening) => {
              if (opening.type === 'collapsed')
                settings.override(opening.object, { ...settings.overrides.value.get(opening.object), display: 'box' });
              else void session.open(opening);
            }}
          />
        ) : (
          <Welcome onChoose={draw} />
        )}
      </Workspace>
      <StatusLine session={session} />
    </>
  );
}
