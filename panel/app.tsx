/** The whole of the panel: one of its views, top to bottom. Reads the session's signals; all that happens goes through its methods. */
import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { fromJson } from '../src/export/json.ts';
import { Canvas } from './canvas.tsx';
import type { CanvasControls } from './canvas-controls.ts';
import { ExportMenu } from './export/export-menu.tsx';
import type { Print } from './export/print-service.ts';
import { ExpressionBar } from './expression-bar.tsx';
import type { ExpressionHistory } from './expression-history.ts';
import { DebuggerSwitch } from './heap/debugger-switch.tsx';
import { HeapPicker } from './heap/heap-picker.tsx';
import type { Host } from './host.ts';
import { NoticeBar } from './notice-bar.tsx';
import type { Picture } from './painter.ts';
import type { Session } from './session.ts';
import { screenTheme } from './settings/apply-settings.ts';
import type { BoxAction } from './settings/box-menu.tsx';
import { SettingsButton } from './settings/settings-button.tsx';
import type { SettingsStore } from './settings/settings-store.ts';
import { Workspace } from './settings/workspace.tsx';
import { StackView } from './stack/stack-view.tsx';
import { StatusLine } from './status-line.tsx';
import { Toolbar } from './toolbar.tsx';
import { type ViewName, ViewSwitch } from './view-switch.tsx';
import { Welcome } from './welcome.tsx';

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
  readonly view: Signal<ViewName>;
  readonly stackControls: CanvasControls;
}

export function App(props: AppProps) {
  const { host, view, stackControls, onDrawn } = props;
  if (!host) return <ExpressionView {...props} />;
  const lead = <ViewSwitch view={view} />;
  switch (view.value) {
    case 'expression':
    case 'console':
      return <ExpressionView {...props} lead={lead} />;
    case 'stack':
      return (
        <StackView
          name="tab"
          stack={host.stack}
          owner={host.debugger}
          controls={stackControls}
          openSource={host.openSource}
          lead={lead}
          onDrawn={onDrawn}
        />
      );
  }
}

function ExpressionView({
  host,
  session,
  history,
  controls,
  onDrawn,
  settings,
  print,
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
  const actions: readonly BoxAction[] = [
    { label: 'Who refers to this?', act: (object) => void session.drawReferrers(object, 'drawn') },
    { label: 'Who refers to this, anywhere?', act: (object) => void session.drawReferrers(object, 'everywhere') },
  ];
  const openText = (text: string, name: string) => {
    const opened = fromJson(text);
    const said = `This picture is from the file ${name}: draw an expression to see the page again.`;
    if (opened.ok) void session.showKept(opened.snapshot, `${name} (${opened.subject})`, said);
    else session.complain(opened.reason);
  };
  return (
    <>
      <Toolbar
        session={session}
        controls={controls}
        lead={lead}
        tail={
          <>
            <HeapPicker source={session.source} onPick={() => void session.redraw()} />
            {host && <DebuggerSwitch owner={host.debugger} />}
            <ExportMenu
              picture={picture}
              store={settings}
              theme={() => screenTheme(settings)}
              print={print}
              onOpen={openText}
            />
            <SettingsButton store={settings} />
          </>
        }
      />
      <ExpressionBar session={session} history={history} />
      <NoticeBar session={session} />
      <Workspace
        store={settings}
        actions={actions}
        expanded={session.view.value.expanded}
        onExpand={session.expand}
        onOpen={openText}
      >
        {picture ? (
          <Canvas
            picture={picture}
            stale={session.notice.value?.kind === 'stale'}
            controls={controls}
            onDrawn={onDrawn}
            onOpen={session.open}
          />
        ) : (
          <Welcome onChoose={draw} />
        )}
      </Workspace>
      <StatusLine session={session} />
    </>
  );
}
