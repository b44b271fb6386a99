/** Mounts the panel in an element, and its automation handle on the global. Knows no extension API, so any page can use it. */

import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { render } from 'preact';
import type { Capture } from '../src/capture/capture.ts';
import type { Theme } from '../src/drawing/palettes.ts';
import type { FilmTools } from '../src/film/film.ts';
import { createLayout, type Layout } from '../src/layout/layout.ts';
import type { TextMeasure } from '../src/layout/placed.ts';
import { createGrouper } from '../src/overview/grouper.ts';
import { drawingOf, type Settings } from '../src/settings/settings.ts';
import { createMapDecoder } from '../src/source-maps/decoder.ts';
import { createDeclaredNames } from '../src/survey/variables.ts';
import { say } from '../src/words/say.ts';
import { App } from './app.tsx';
import { createHandle } from './automation/automation-handle.ts';
import { createKeeping } from './compare/keeping.ts';
import type { Print } from './export/print-request.ts';
import { createExpressionHistory } from './expression/expression-history.ts';
import { createSession, type Session } from './expression/expression-session.ts';
import { keepExpressions } from './expression/kept-expressions.ts';
import type { Host, Wanted } from './host.ts';
import { createPageSession } from './page/page-session.ts';
import { followDevToolsSearch } from './picture/find/devtools-search.ts';
import { createPictureControls } from './picture/picture-controls.ts';
import { addPictureStyles } from './picture/picture-styles.ts';
import { screenTheme } from './picture/screen-theme.ts';
import { createTextMeasure } from './picture/text-measure.ts';
import { createHeapSource } from './reading/heap-source.ts';
import { createPainter, type Painter, type Picture } from './reading/picture.ts';
import { createPlayer } from './record/player.ts';
import { createRecordSession } from './record/record-session.ts';
import { createSettingsStore } from './settings/settings-store.ts';
import { applyTheme } from './theme.ts';
import type { ViewName } from './widgets/view-switch.tsx';

export interface MountedPanel {
  readonly session: Session;
  /** Draws a request from outside of the panel, and brings it to the front if it was clicked. */
  drawWanted(wanted: Pick<Wanted, 'expressions' | 'clicked'>): void;
  unmount(): void;
}

/** What the separate window gets from its host, and the tab from DevTools. */
export interface OwnWindow {
  readonly theme: ReadonlySignal<Theme | null>;
}

/**
 * @param print Opens a picture for printing; null when the extension's pages cannot be opened.
 * @param tabId The tab whose expressions are remembered; null remembers nothing.
 */
export function mountPanel(
  parent: HTMLElement,
  capture: Capture,
  host: Host | null = null,
  print: Print | null = null,
  ownWindow: OwnWindow | null = null,
  tabId: number | null = null,
): MountedPanel {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) throw new Error(say('noCanvas'));
  const measure = createTextMeasure(context);
  const layout = newLayout();
  const grouper = createGrouper(
    () => new Worker(new URL('../src/overview/overview-worker.ts', import.meta.url), { type: 'module' }),
  );
  const painter = createPainter(layout, measure, grouper);
  const source = createHeapSource(capture, host?.debugger ?? null, () => !navigator.webdriver);
  const page =
    host && createPageSession({ source, owner: host.debugger, builtinNames, names: createDeclaredNames(host.decoder) });
  const settings = createSettingsStore(localStorage);
  const session = createSession({
    source,
    painter,
    settings: settings.settings,
    openSource: async (location) => (host ? host.openSource(location) : null),
    named: (text) => host?.console.rootOf(text) ?? page?.rootOf(text) ?? null,
  });
  const stopTheme = applyTheme(settings.settings, ownWindow?.theme ?? signal(null));
  const drawnPictures = createDrawnPictures();
  const view = signal<ViewName>('expression');
  const record = host && createRecord(host, painter, settings.settings, measure);
  globalThis.memoryGraph = createHandle(
    session,
    drawnPictures.whenDrawn,
    screenTheme,
    host?.stack ?? null,
    view,
    settings,
    record?.session ?? null,
  );
  const controls = createPictureControls();
  const stackControls = createPictureControls();
  const kept = tabId === null ? null : keepExpressions(localStorage, tabId, session, controls);
  const onDrawn = (picture: Picture): void => {
    kept?.drawn(picture);
    drawnPictures.drawn(picture);
  };
  const stopSearch = followDevToolsSearch(() => {
    switch (view.value) {
      case 'expression':
        return controls;
      case 'stack':
        return stackControls;
      case 'record':
        return record?.controls ?? null;
      case 'console':
      case 'page':
        return null;
    }
  });
  const heap = computed(() => {
    const reading = session.reading.value;
    const handedOver = reading?.transport === 'none' ? `${reading.heap} ${reading.picture.subject}` : '';
    return `${session.heap.value} ${session.stale.value} ${handedOver}`;
  });
  // In another heap the same number means another object.
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
      onDrawn={onDrawn}
      settings={settings}
      print={print}
      host={host}
      onWindow={host && !ownWindow ? () => host.openWindow(view.peek()) : null}
      view={view}
      stackControls={stackControls}
      page={page}
      keeping={createKeeping()}
      record={record}
    />,
    parent,
  );
  /** Expressions that were pinned because several came at once, not by the user. */
  let pinnedTogether: readonly string[] = [];

  return {
    session,
    drawWanted({ expressions, clicked }) {
      if (clicked) view.value = 'expression';
      const kept = expressions.length > 1 ? [] : session.pinned.value.filter((pin) => !pinnedTogether.includes(pin));
      pinnedTogether = expressions.slice(0, -1);
      // If it fails, a message says why.
      void session.drawExactly([...kept, ...expressions]).catch(() => {});
    },
    unmount() {
      kept?.close();
      stopSearch();
      stopSelection();
      stopTheme();
      session.close();
      record?.close();
      settings.close();
      source.close();
      render(null, parent);
      layout.close();
      grouper.close();
    },
  };
}

/** Milliseconds. */
const LAST_WORDS = 50;

const newLayout = (): Layout =>
  createLayout(() => new Worker(new URL('../src/layout/graphviz-worker.ts', import.meta.url), { type: 'module' }));

function createRecord(host: Host, painter: Painter, settings: ReadonlySignal<Settings>, measure: TextMeasure) {
  const decoder = createMapDecoder(
    () => new Worker(new URL('../src/source-maps/decoder-worker.ts', import.meta.url), { type: 'module' }),
  );
  const sweep = (name: string): void =>
    void host.connection.evaluate(`delete globalThis[${JSON.stringify(name)}]`, { deadline: 5000 });
  const session = createRecordSession({
    owner: host.debugger,
    decoder,
    settings,
    films: host.films,
    sweep,
  });
  const player = createPlayer(session.shown, painter, settings);
  const controls = createPictureControls();
  // When DevTools closes, nothing is answered any more at `pagehide`, and here only until this handler ends.
  const leave = (): void => {
    const name = session.close();
    if (name === null) return;
    sweep(name);
    const end = performance.now() + LAST_WORDS;
    while (performance.now() < end);
  };
  addEventListener('beforeunload', leave);
  const close = (): void => {
    removeEventListener('beforeunload', leave);
    session.close();
    player.close();
    layout.close();
    decoder.close();
  };
  // A layout of its own: a picture that is drawn meanwhile would end it.
  const layout = newLayout();
  const film = (): FilmTools => ({
    settings: { ...drawingOf(settings.peek(), new Map()), amount: 'all' },
    async lay(diagram, previous, still) {
      const outcome = await layout.layout(diagram, measure, { previous, beside: still });
      if (!outcome.ok) throw new Error(outcome.message);
      return outcome.placed;
    },
  });
  return { session, player, controls, film, close };
}

/** The names of a fresh global object of this browser. */
function builtinNames(): ReadonlySet<string> {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  document.body.append(frame);
  const names = Object.getOwnPropertyNames(frame.contentWindow ?? globalThis);
  frame.remove();
  return new Set(names);
}

/** Lets callers wait until a picture is in the document. */
function createDrawnPictures() {
  let last: Picture | null = null;
  const waiting = new Map<Picture, () => void>();
  return {
    drawn(picture: Picture) {
      last = picture;
      // A picture that was overtaken will never be in the document, so its waiters are released too.
      for (const resolve of waiting.values()) resolve();
      waiting.clear();
    },
    whenDrawn: (picture: Picture) =>
      new Promise<void>((resolve) => {
        // A later one may have taken its place already.
        if (last && last.readyAt >= picture.readyAt) resolve();
        else waiting.set(picture, resolve);
      }),
  };
}
