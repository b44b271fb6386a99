/**
 * What the pages of one DevTools window share: the connection, the capture, the debugger's attachment and the stack that
 * is followed. It lives in the DevTools page, which is there before and after the tab and the panes; each of those finds
 * it here. Every page has its own copy of the signals library, so signals of the host are mirrored, never read directly.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Connection } from '../src/capture/connection.ts';
import type { EvalCapture } from '../src/capture/eval-capture.ts';
import type { OpenSource } from '../src/devtools/open-source.ts';
import type { Theme } from '../src/drawing/theme.ts';
import type { ConsoleSession } from './console/console-session.ts';
import type { DebuggerOwner } from './debugger.ts';
import type { StackSession } from './stack/stack-session.ts';
import type { ViewName } from './view-switch.tsx';

/** A new object each time, so that the same expressions can be wanted again. */
export interface Wanted {
  /** To be drawn as one graph. */
  readonly expressions: readonly string[];
  /** The person clicked for it, so they want to see it now. */
  readonly clicked: boolean;
  /** Who draws it: the window of its own while one is open. */
  readonly by: 'tab' | 'window';
}

export interface Host {
  readonly connection: Connection;
  /** Reads through DevTools' own session. */
  readonly evalCapture: EvalCapture;
  readonly debugger: DebuggerOwner;
  readonly stack: StackSession;
  /** What a person wants drawn from outside of the panel: the newest one. */
  readonly wanted: ReadonlySignal<Wanted | null>;
  /** Answers who draws it. */
  want(expressions: readonly string[], clicked: boolean): Wanted['by'];
  /** Whether globals that DevTools stores are drawn by themselves. Remembered. */
  readonly watching: ReadonlySignal<boolean>;
  setWatching(on: boolean): void;
  /** Whether the page has what calls the panel. */
  readonly calling: ReadonlySignal<boolean>;
  /** Whether what the page's own code shows is drawn. Remembered. */
  readonly pageCalls: ReadonlySignal<boolean>;
  setPageCalls(on: boolean): void;
  readonly console: ConsoleSession;
  /** The expression that is selected in the editor of Sources; null when none is. */
  readonly selected: ReadonlySignal<string | null>;
  /** Expressions of the objects that a person dealt with in the console, the likeliest first. */
  consoleObjects(): readonly string[];
  /** Makes `graph` callable in the console as long as DevTools is open, unless the page has its own. */
  offerGraph(): void;
  readonly openSource: OpenSource;
  /** Whether the pane in Elements is shown. */
  readonly elementShown: ReadonlySignal<boolean>;
  /** Calls back whenever another element is selected. Returns the unsubscriber. */
  onElementSelected(listener: () => void): () => void;
  showElement(shown: boolean): void;
  /** Opens the tab's views in a window of its own, at this one, or brings up the window that is open. */
  openWindow(view: ViewName): void;
  /** The name of a lock that is held as long as DevTools is open: who gets it knows that DevTools is closed. */
  readonly lock: string;
  /** The theme of DevTools, which only its own frames see; null before one has told. */
  readonly theme: ReadonlySignal<Theme | null>;
  setTheme(theme: Theme): void;
}

declare global {
  var memoryGraphHost: Host | undefined;
}

/** The host of this DevTools window, with signals that this page can read; null in a page outside of DevTools. */
export function findHost(): Host | null {
  // A window of its own was opened by the DevTools page.
  const opened: unknown = opener;
  if (hasHost(opened) && opened.memoryGraphHost) return mirrored(opened.memoryGraphHost);
  // The DevTools page and this one are frames of the same front end, which is another origin's, as some frames are.
  for (let index = 0; index < parent.length; index++) {
    try {
      const frame: unknown = parent[index];
      const host = hasHost(frame) ? frame.memoryGraphHost : undefined;
      if (host) return mirrored(host);
    } catch {
      // Another origin's frame.
    }
  }
  return null;
}

function hasHost(frame: unknown): frame is { readonly memoryGraphHost: Host | undefined } {
  return typeof frame === 'object' && frame !== null && 'memoryGraphHost' in frame;
}

function mirrored(host: Host): Host {
  const { debugger: owner, stack } = host;
  return {
    ...host,
    debugger: {
      ...owner,
      state: mirror(owner.state),
      attached: mirror(owner.attached),
      allowed: mirror(owner.allowed),
    },
    stack: { ...stack, state: mirror(stack.state) },
    console: { ...host.console, entries: mirror(host.console.entries) },
    selected: mirror(host.selected),
    calling: mirror(host.calling),
    pageCalls: mirror(host.pageCalls),
    wanted: mirror(host.wanted),
    watching: mirror(host.watching),
    theme: mirror(host.theme),
    elementShown: mirror(host.elementShown),
  };
}

function mirror<T>(source: ReadonlySignal<T>): ReadonlySignal<T> {
  const copy = signal(source.peek());
  const end = source.subscribe((value) => {
    copy.value = value;
  });
  addEventListener('pagehide', end);
  return copy;
}
