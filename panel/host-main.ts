/** The DevTools page's part of the panel: makes the host. Runs once for each DevTools window, without a picture of its own. */
import { signal } from '@preact/signals';
import { attachDebugger } from '../src/capture/chrome-debugger.ts';
import { type DevToolsApi, devtoolsEval } from '../src/capture/devtools-eval.ts';
import { createEvalCapture } from '../src/capture/eval-capture.ts';
import { createHeaps, type KnownHeaps } from '../src/capture/heaps.ts';
import type { Heartbeat } from '../src/capture/heartbeat.ts';
import { createProtocolCapture } from '../src/capture/protocol-capture.ts';
import { createConsoleWatch } from '../src/devtools/console-watch.ts';
import { holdOn } from '../src/devtools/hold-on.ts';
import { createOpenSource, type PanelsApi } from '../src/devtools/open-source.ts';
import { followSourceSelection, type SourcesApi } from '../src/devtools/source-selection.ts';
import type { Theme } from '../src/drawing/theme.ts';
import { createLayout } from '../src/layout/layout.ts';
import { createMapDecoder } from '../src/source-maps/decoder.ts';
import { createCanvasMeasure } from './canvas-measure.ts';
import { createConsoleSession } from './console/console-session.ts';
import { createDebuggerOwner } from './debugger.ts';
import type { Wanted } from './host.ts';
import { createPainter } from './painter.ts';
import { createSettingsStore } from './settings/settings-store.ts';
import { createStackSession } from './stack/stack-session.ts';

const WATCHING = 'watch-stored-globals';
const PAGE_CALLS = 'draw-page-calls';
/** Milliseconds to attach: 10 are usual. */
const ATTACH_DEADLINE = 3000;
/** Milliseconds that DevTools waits for this page when it closes, so that what it leaves in the page goes. */
const LAST_WORDS = 50;

const context = document.createElement('canvas').getContext('2d');
if (!context) throw new Error('This browser gives no canvas to measure text with.');
// chrome-types declares `eval` with a promise and a callback of another shape than Chrome's.
const connection = devtoolsEval(chrome.devtools as unknown as DevToolsApi, async () => {
  try {
    return (await chrome.tabs.get(chrome.devtools.inspectedWindow.tabId)).status === 'unloaded';
  } catch {
    // The tab is being closed, or the extension was reloaded.
    return false;
  }
});
const heart = new Worker(new URL('./heartbeat-worker.ts', import.meta.url), { type: 'module' });
const heartbeat: Heartbeat = (beat) => {
  heart.addEventListener('message', beat);
  return () => heart.removeEventListener('message', beat);
};
const evalCapture = createEvalCapture(connection, heartbeat);
/** Beyond one attachment, so that frames and workers have the same numbers in the next. */
const known: KnownHeaps = new Map();
const owner = createDebuggerOwner(
  async () => {
    const { tabId } = chrome.devtools.inspectedWindow;
    const letGo = holdOn((name) => chrome.runtime.connect(chrome.runtime.id, { name }), tabId);
    const outcome = await attachDebugger(chrome.debugger, tabId, { deadline: ATTACH_DEADLINE });
    if (!outcome.ok) {
      letGo();
      return outcome;
    }
    const attached = outcome.value;
    attached.onDetached(letGo);
    const detach = async (): Promise<void> => {
      await attached.detach();
      letGo();
    };
    return { ok: true, value: { ...attached, detach } };
  },
  (attached) => {
    const page = { beside: { connection, token: evalCapture.token }, numbers: evalCapture.numbers };
    return {
      capture: createProtocolCapture(attached.page, page),
      heaps: createHeaps(attached, { page, known, heartbeat }),
    };
  },
  localStorage,
);
const layout = createLayout(
  () => new Worker(new URL('../src/layout/graphviz-worker.ts', import.meta.url), { type: 'module' }),
);
const painter = createPainter(layout, createCanvasMeasure(context));
// A change in the tab reaches this page through the storage that they share.
const settings = createSettingsStore(localStorage);
const decoder = createMapDecoder(
  () => new Worker(new URL('../src/source-maps/decoder-worker.ts', import.meta.url), { type: 'module' }),
);
// chrome-types knows no argument of the callback.
const panels: PanelsApi = chrome.devtools.panels;
const openSource = createOpenSource(panels);
const stack = createStackSession(owner, painter, settings.settings, { decoder, evalCapture, openSource });
connection.onNavigated(stack.pageNavigated);
const wanted = signal<Wanted | null>(null);
let ownWindow: Window | null = null;
const openedWindow = (): Window | null => (ownWindow?.closed === false ? ownWindow : null);
const want = (expressions: readonly string[], clicked: boolean): Wanted['by'] => {
  const by = openedWindow() === null ? 'tab' : 'window';
  if (clicked) openedWindow()?.focus();
  wanted.value = { expressions, clicked, by };
  return by;
};
const pageCalls = signal(localStorage.getItem(PAGE_CALLS) !== 'no');
const watching = signal(localStorage.getItem(WATCHING) !== 'no');
const calling = signal(false);
const watch = createConsoleWatch(
  connection,
  (listener) => {
    const { onResourceAdded } = chrome.devtools.inspectedWindow;
    onResourceAdded.addListener(listener);
    return () => onResourceAdded.removeListener(listener);
  },
  watching.peek(),
  (expressions) => want(expressions, false),
  (can) => {
    calling.value = can;
  },
);
const selected = signal<string | null>(null);
// chrome-types knows no argument of `onSelectionChanged`.
const sources: SourcesApi = chrome.devtools;
const stopSelection = followSourceSelection(sources, connection, (expression) => {
  selected.value = expression;
});
const elementShown = signal(false);
const theme = signal<Theme | null>(null);
const lock = `memory-graph-${crypto.randomUUID()}`;
// Let go by the browser, however this page ends.
void navigator.locks.request(lock, () => new Promise(() => {}));
globalThis.memoryGraphHost = {
  wanted,
  want,
  watching,
  setWatching(on) {
    localStorage.setItem(WATCHING, on ? 'yes' : 'no');
    watching.value = on;
    watch.setWatching(on);
  },
  calling,
  pageCalls,
  setPageCalls(on) {
    localStorage.setItem(PAGE_CALLS, on ? 'yes' : 'no');
    pageCalls.value = on;
  },
  console: createConsoleSession(owner),
  selected,
  consoleObjects: watch.objects,
  offerGraph: watch.offerGraph,
  connection,
  evalCapture,
  debugger: owner,
  stack,
  openSource,
  elementShown,
  showElement(shown) {
    elementShown.value = shown;
  },
  onElementSelected(listener) {
    const { onSelectionChanged } = chrome.devtools.panels.elements;
    onSelectionChanged.addListener(listener);
    return () => onSelectionChanged.removeListener(listener);
  },
  openWindow(view) {
    const opened = openedWindow();
    if (opened) return opened.focus();
    // What was wanted in a window that is closed is nothing to this one.
    wanted.value = null;
    ownWindow = window.open(`/panel/window.html#${view}`, '', 'popup,width=900,height=700');
  },
  lock,
  theme,
  setTheme(next) {
    theme.value = next;
  },
};
// By `pagehide` DevTools takes no more questions. Here it does while this page is not done, and answers within milliseconds.
addEventListener('beforeunload', () => {
  watch.release();
  void evalCapture.release();
  const end = performance.now() + LAST_WORDS;
  while (performance.now() < end);
});
addEventListener('pagehide', () => {
  settings.close();
  owner.close();
  watch.close();
  stopSelection();
  void evalCapture.close();
  layout.close();
  decoder.close();
  heart.terminate();
});
