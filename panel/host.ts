/**
 * What the pages of one DevTools window have in common: the connection, the capture, the debugger's attachment and the followed
 * stack. It is in the DevTools page, which exists before and after the tab and the panes.
 */
import type { ReadonlySignal } from '@preact/signals';
import type { EvalCapture } from '../src/capture/eval/eval-capture.ts';
import type { Theme } from '../src/drawing/palettes.ts';
import type { MapDecoder } from '../src/source-maps/decoder.ts';
import type { Connection } from '../src/transport/devtools-session.ts';
import type { ConsoleSession } from './console/console-session.ts';
import type { DebuggerOwner } from './reading/debugger-owner.ts';
import type { OpenSource } from './reading/open-source.ts';
import type { GraphFilms } from './record/graph-films.ts';
import type { StackSession } from './stack/stack-session.ts';
import type { ViewName } from './widgets/view-switch.tsx';

/** A request to draw. A new object each time, so that the same expressions can be requested again. */
export interface Wanted {
  /** Expressions to draw as one graph. */
  readonly expressions: readonly string[];
  /** The user clicked, so the graph is brought to the front. */
  readonly clicked: boolean;
  /** What draws it: the separate window while it is open. */
  readonly by: 'tab' | 'window';
}

export interface Host {
  readonly connection: Connection;
  /** Reads through DevTools' own session. */
  readonly evalCapture: EvalCapture;
  readonly debugger: DebuggerOwner;
  readonly stack: StackSession;
  /** Reads source maps. */
  readonly decoder: MapDecoder;
  /** The newest request to draw from outside of the panel. */
  readonly wanted: ReadonlySignal<Wanted | null>;
  /** Requests a drawing. Returns what draws it. */
  want(expressions: readonly string[], clicked: boolean): Wanted['by'];
  /** Whether globals that DevTools stores are drawn automatically. Remembered. */
  readonly watching: ReadonlySignal<boolean>;
  setWatching(on: boolean): void;
  /** Whether the page has a script that calls the panel. */
  readonly calling: ReadonlySignal<boolean>;
  /** Whether calls of the page's own code are drawn. Remembered. */
  readonly pageCalls: ReadonlySignal<boolean>;
  setPageCalls(on: boolean): void;
  readonly console: ConsoleSession;
  /** The calls of `graph(…)` as they were. */
  readonly films: GraphFilms;
  /** The expression that is selected in the editor of Sources; null when none is. */
  readonly selected: ReadonlySignal<string | null>;
  /** Expressions for the objects that the user worked with in the Console, the most likely first. */
  consoleObjects(): readonly string[];
  /** Makes `graph` callable in the Console while DevTools is open, unless the page has its own. */
  offerGraph(): void;
  readonly openSource: OpenSource;
  /** Whether the pane in Elements is shown. */
  readonly elementShown: ReadonlySignal<boolean>;
  /** Calls back whenever another element is selected. Returns the unsubscriber. */
  onElementSelected(listener: () => void): () => void;
  showElement(shown: boolean): void;
  /** Opens the tab's views in a separate window, at this view, or brings the open window to the front. */
  openWindow(view: ViewName): void;
  /** The name of a lock that is held while DevTools is open. Whoever gets it knows that DevTools is closed. */
  readonly lock: string;
  /** The theme of DevTools, which only its own frames know; null until one of them reported it. */
  readonly theme: ReadonlySignal<Theme | null>;
  setTheme(theme: Theme): void;
}

declare global {
  var memoryGraphHost: Host | undefined;
}
