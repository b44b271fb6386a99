/** Creates the host in the DevTools page. Runs once for each DevTools window, and shows no picture itself. */

import { signal } from '@preact/signals';
import { createConsoleSession } from '../../panel/console/console-session.ts';
import type { Wanted } from '../../panel/host.ts';
import { createTextMeasure } from '../../panel/picture/text-measure.ts';
import { createDebuggerOwner } from '../../panel/reading/debugger-owner.ts';
import { createOpenSource, type PanelsApi } from '../../panel/reading/open-source.ts';
import { createPainter } from '../../panel/reading/picture.ts';
import { createGraphFilms, type GraphSource, unaskedBudget } from '../../panel/record/graph-films.ts';
import { createSettingsStore } from '../../panel/settings/settings-store.ts';
import { createStackSession } from '../../panel/stack/stack-session.ts';
import { createProtocolCapture } from '../capture/debugger/protocol-capture.ts';
import { createHeaps, type KnownHeaps } from '../capture/debugger/targets.ts';
import { createEvalCapture } from '../capture/eval/eval-capture.ts';
import { createConsoleWatch } from '../console/console-watch.ts';
import type { Theme } from '../drawing/palettes.ts';
import { createLayout } from '../layout/layout.ts';
import { recordedView } from '../recording/record.ts';
import { createMapDecoder } from '../source-maps/decoder.ts';
import { attachDebugger } from '../transport/chrome-debugger.ts';
import { type DevToolsApi, devtoolsEval } from '../transport/devtools-eval.ts';
import type { Heartbeat } from '../transport/heartbeat.ts';
import { say } from '../words/say.ts';
import { holdOn } from './keep-watchdog.ts';
import { contentOf, followSourceSelection, type SourcesApi } from './source-selection.ts';

const WATCHING = 'watch-stored-globals';
const PAGE_CALLS = 'draw-page-calls';
/** Milliseconds for attaching; 10 are usual. */
const ATTACH_DEADLINE = 3000;
/** Milliseconds for which DevTools waits for this page when it closes, so that the agent is removed from the page. */
const LAST_WORDS = 50;

const context = document.createElement('canvas').getContext('2d');
if (!context) throw new Error(say('noCanvas'));
// chrome-types declares `eval` with a promise, and with another callback than Chrome's.
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
/** Outlives one attachment, so that frames and workers have the same numbers in the next. */
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
    const page = { shared: { connection, token: evalCapture.token }, numbers: evalCapture.numbers };
    return {
      capture: createProtocolCapture(attached.page, { ...page, heartbeat }),
      heaps: createHeaps(attached, { page, known, heartbeat }),
    };
  },
  localStorage,
);
const layout = createLayout(
  () => new Worker(new URL('../layout/graphviz-worker.ts', import.meta.url), { type: 'module' }),
);
const painter = createPainter(layout, createTextMeasure(context));
// A change in the tab reaches this page through their common storage.
const settings = createSettingsStore(localStorage);
const decoder = createMapDecoder(
  () => new Worker(new URL('../source-maps/decoder-worker.ts', import.meta.url), { type: 'module' }),
);
// chrome-types declares the callback without its argument.
const panels: PanelsApi = chrome.devtools.panels;
const openSource = createOpenSource(panels);
const stack = createStackSession(owner, painter, settings.settings, { decoder, evalCapture, openSource });
evalCapture.onNavigated(stack.pageNavigated);
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
// chrome-types declares `onSelectionChanged` without its argument.
const sources: SourcesApi = chrome.devtools;
const graphSource: GraphSource = {
  takeCalls: () => watch.takeCalls(),
  beginCalls: (budget, inPage) => watch.beginCalls(budget, inPage),
  sourceOf: (url) => contentOf(sources, url),
};
const films = createGraphFilms(graphSource);
evalCapture.onNavigated(films.navigated);
const watch = createConsoleWatch(connection, {
  onScript(listener) {
    const { onResourceAdded } = chrome.devtools.inspectedWindow;
    onResourceAdded.addListener(listener);
    return () => onResourceAdded.removeListener(listener);
  },
  watching: watching.peek(),
  filming: { view: recordedView, budget: unaskedBudget },
  found: (expressions) => want(expressions, false),
  calling(can) {
    calling.value = can;
  },
  called: films.add,
  heap: evalCapture.numbers,
});
const selected = signal<string | null>(null);
const stopSelection = followSourceSelection(sources, connection, (expression) => {
  selected.value = expression;
});
const elementShown = signal(false);
const theme = signal<Theme | null>(null);
const lock = `memory-graph-${crypto.randomUUID()}`;
// The browser releases the lock, however this page ends.
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
  films,
  selected,
  consoleObjects: watch.objects,
  offerGraph: watch.offerGraph,
  connection,
  evalCapture,
  debugger: owner,
  stack,
  decoder,
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
    // A request for a window that was closed does not apply to this one.
    wanted.value = null;
    ownWindow = window.open(`/panel/window.html#${view}`, '', 'popup,width=900,height=700');
  },
  lock,
  theme,
  setTheme(next) {
    theme.value = next;
  },
};
// At `pagehide` DevTools accepts no more questions. Here it still does, until this handler ends, and answers within milliseconds.
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
