/**
 * Finds the host (panel/host.ts) from the tab, a pane or the window. Every page has its own copy of the signals library, so
 * signals of the host are mirrored, never read directly.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Host } from '../../panel/host.ts';

/** The host of this DevTools window, with signals that this page can read; null in a page outside of DevTools. */
export function findHost(): Host | null {
  // The separate window was opened by the DevTools page.
  const opened: unknown = opener;
  if (hasHost(opened) && opened.memoryGraphHost) return mirrored(opened.memoryGraphHost);
  // The DevTools page and this one are frames of the same front end, which has another origin, as have some of its frames.
  for (let index = 0; index < parent.length; index++) {
    try {
      const frame: unknown = parent[index];
      const host = hasHost(frame) ? frame.memoryGraphHost : undefined;
      if (host) return mirrored(host);
    } catch {
      // A frame of another origin.
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
      decided: mirror(owner.decided),
    },
    stack: { ...stack, state: mirror(stack.state) },
    console: { ...host.console, entries: mirror(host.console.entries) },
    films: { ...host.films, calls: mirror(host.films.calls) },
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
