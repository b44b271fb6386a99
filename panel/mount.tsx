/** Puts the panel into an element and its handle on the global. Knows no extension API, so a plain page can do it. */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { render } from 'preact';
import type { Capture } from '../src/capture/capture.ts';
import type { Theme } from '../src/drawing/theme.ts';
import { createLayout } from '../src/layout/layout.ts';
import { App } from './app.tsx';
import { createCanvasControls } from './canvas-controls.ts';
import { createCanvasMeasure } from './canvas-measure.ts';
import type { Print } from './export/print-service.ts';
import { createExpressionHistory } from './expression-history.ts';
import { followDevToolsSearch } from './find/devtools-search.ts';
import { createHandle } from './handle.ts';
import { createHeapSource } from './heap/heap-source.ts';
import type { Host, Wanted } from './host.ts';
import { createPainter, type Picture } from './painter.ts';
import { addPictureStyles } from './picture-styles.ts';
import { createSession, type Session } from './session.ts';
import { applySettings, screenTheme } from './settings/apply-settings.ts';
import { createSettingsStore, type SettingsStore } from './settings/settings-store.ts';
import type { ViewName } from './view-switch.tsx';

export interface MountedPanel {
  readonly session: Session;
  readonly settings: SettingsStore;
  /** Draws what was asked for outside of the panel, and shows it if it was clicked. */
  drawWanted(wanted: Pick<Wanted, 'expressions' | 'clicked'>): void;
  unmount(): void;
}

/** What a window of its own knows that the tab has from DevTools. */
export interface OwnWindow {
  readonly theme: ReadonlySignal<Theme | null>;
}

/** `print` opens a picture for printing; null where the extension's pages cannot be opened. */
export function mountPanel(
  parent: HTMLElement,
  capture: Capture,
  host: Host | null = null,
  print: Print | null = null,
  ownWindow: OwnWindow | null = null,
): MountedPanel {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) throw new Error('This browser gives no canvas to measure text with.');
  const layout = createLayout(
    () => new Worker(new URL('../src/layout/graphviz-worker.ts', import.meta.url), { type: 'module' }),
  );
  const painter = createPainter(layout, createCanvasMeasure(context));
  const source = createHeapSource(capture, host?.debugger ?? null);
  const session = createSession(
    source,
    painter,
    async (place) => (host ? host.openSource(place) : null),
    (text) => host?.console.rootOf(text) ?? null,
  );
  const settings = createSettingsStore(localStorage);
  const stopSettings = applySettings(settings, session, painter, ownWindow?.theme ?? signal(null));
  const standing = createStanding();
  const view = signal<ViewName>('expression');
  globalThis.memoryGraph = createHandle(session, standing.whenDrawn, screenTheme, host?.stack ?? null, view, settings);
  const controls = createCanvasControls();
  const stackControls = createCanvasControls();
  const stopSearch = followDevToolsSearch(() => {
    switch (view.value) {
      case 'expression':
        return controls;
      case 'stack':
        return stackControls;
      case 'console':
        return null;
    }
  });
  const heap = computed(() => {
    const { origin = null, stale = false, picture = null } = session.shown.value ?? {};
    return `${session.heap.value} ${stale} ${origin === 'kept' ? picture?.subject : ''}`;
  });
  // The same number is then another object's.
  const stopSelection = effect(() => {
    heap.value;
    controls.select(null);
  });
  addPictureStyles();
  render(
    <App
      session={session}
      history={createExpressionHistory(localStorage)}
      controls={controls}
      onDrawn={standing.drawn}
      settings={settings}
      print={print}
      host={host}
      onWindow={host && !ownWindow ? () => host.openWindow(view.peek()) : null}
      view={view}
      stackControls={stackControls}
    />,
    parent,
  );
  /** What is pinned because several values were given at once, not by a person. */
  let pinnedTogether: readonly string[] = [];

  return {
    session,
    settings,
    drawWanted({ expressions, clicked }) {
      if (clicked) view.value = 'expression';
      const kept = expressions.length > 1 ? [] : session.pinned.value.filter((pin) => !pinnedTogether.includes(pin));
      pinnedTogether = expressions.slice(0, -1);
      // What cannot be drawn is said in a notice.
      void session.drawExactly([...kept, ...expressions]).catch(() => {});
    },
    unmount() {
      stopSearch();
      stopSelection();
      stopSettings();
      settings.close();
      source.close();
      render(null, parent);
      layout.close();
    },
  };
}

/** Tells who waits for a picture that it is in the document. */
function createStanding() {
  let standing: Picture | null = null;
  const waiting = new Map<Picture, () => void>();
  return {
    drawn(picture: Picture) {
      standing = picture;
      // A picture that was overtaken before it was drawn will never be: let go whoever waits for it, too.
      for (const resolve of waiting.values()) resolve();
      waiting.clear();
    },
    whenDrawn: (picture: Picture) =>
      new Promise<void>((resolve) => {
        if (standing === picture) resolve();
        else waiting.set(picture, resolve);
      }),
  };
}
