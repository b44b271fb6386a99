/** The objects that the page logged, while somebody looks at them. Knows no extension API and no DOM. */
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { type ConsoleLog, followConsole, type LogEntry } from '../../src/devtools/console-log.ts';
import type { DebuggerOwner } from '../debugger.ts';

export interface ConsoleSession {
  /** Oldest first; empty while the debugger is not attached. */
  readonly entries: ReadonlySignal<readonly LogEntry[]>;
  /** Attaches the debugger, if the person allowed it, as long as the list is shown. */
  want(): void;
  release(): void;
  /** An expression of the page that gives the object; null when it is gone. */
  expressionOf(objectId: string): Promise<string | null>;
  /** Stores it as `temp1`, `temp2`, …; the name, or null when it is gone. */
  store(objectId: string): Promise<string | null>;
}

const USER = 'console';

/** @param token Names what holds `graph` in the page (src/devtools/console-watch.ts). */
export function createConsoleSession(owner: DebuggerOwner, token: string): ConsoleSession {
  const entries = signal<readonly LogEntry[]>([]);
  let log: ConsoleLog | null = null;
  let shown = false;
  effect(() => {
    const attached = owner.attached.value;
    log?.close();
    log = null;
    entries.value = [];
    // From the first moment on: what was logged before is told once.
    if (attached) {
      const followed = followConsole(attached.debugger.page, token, (told) => {
        if (log === followed) entries.value = told;
      });
      log = followed;
      followed.describe(shown);
    }
  });
  return {
    entries,
    want() {
      shown = true;
      log?.describe(true);
      void owner.want(USER);
    },
    release() {
      shown = false;
      log?.describe(false);
      owner.release(USER);
    },
    // Where the page has a `graph` of its own, a stored global does as well.
    expressionOf: async (objectId) => (await log?.keep(objectId)) ?? (await log?.store(objectId)) ?? null,
    store: async (objectId) => (await log?.store(objectId)) ?? null,
  };
}
