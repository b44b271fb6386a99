/** The objects that the page, its frames and its workers logged, while a view shows them. Knows no extension API and no DOM. */
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { RootRequest } from '../../src/capture/capture.ts';
import { type ConsoleLog, followConsole, type LogEntry } from '../../src/console/console-log.ts';
import type { DebuggerOwner } from '../reading/debugger-owner.ts';

export interface LoggedEntry extends LogEntry {
  /** The id of the frame or worker whose heap has the objects; null for the page. */
  readonly heap: string | null;
}

/** Identifies a logged object. */
export interface LoggedHandle {
  readonly heap: string | null;
  readonly objectId: string;
}

export interface ConsoleSession {
  /** Oldest first; empty while the debugger is not attached. */
  readonly entries: ReadonlySignal<readonly LoggedEntry[]>;
  /** Attaches the debugger, if the user allowed it, while the list is shown. */
  want(): void;
  release(): void;
  /** An expression of the panel that means the object: `$logged[1]`. The same for the same handle. */
  nameOf(handle: LoggedHandle): string;
  /** The root of such a name; `gone` when its object is gone, null for any other text. */
  rootOf(expression: string): RootRequest | 'gone' | null;
  /** Stores the object as `temp1`, `temp2`, …. Resolves to the name, or null when the object is gone. */
  store(handle: LoggedHandle): Promise<string | null>;
}

const USER = 'console';
/** The number of messages that Chrome keeps of a page. */
const LIMIT = 1000;

interface Followed {
  readonly log: ConsoleLog;
  readonly entries: readonly LoggedEntry[];
}

export function createConsoleSession(owner: DebuggerOwner): ConsoleSession {
  const entries = signal<readonly LoggedEntry[]>([]);
  const logs = new Map<string | null, Followed>();
  /** Counts up and is never reused, because a name must not mean another object later. */
  let names = 0;
  const named = new Map<number, LoggedHandle>();
  /** The number of pages that show the list. */
  let viewers = 0;

  function publish(): void {
    const all = [...logs.values()].flatMap((followed) => followed.entries);
    entries.value = all.sort((a, b) => a.time - b.time).slice(-LIMIT);
  }

  function forget(heap: string | null): void {
    for (const [number, handle] of named) if (handle.heap === heap) named.delete(number);
  }

  function end(heap: string | null): void {
    logs.get(heap)?.log.close();
    logs.delete(heap);
    forget(heap);
  }

  effect(() => {
    const attached = owner.attached.value;
    if (!attached) return;
    // From the first moment on: what was logged before is reported once.
    const unsubscribe = attached.heaps.onHeap(({ session, kind, id }) => {
      const heap = kind === 'page' ? null : id;
      end(heap);
      const log = followConsole(
        session,
        (logged) => {
          logs.set(heap, { log, entries: logged.map((entry) => ({ ...entry, heap })) });
          publish();
        },
        () => forget(heap),
      );
      logs.set(heap, { log, entries: [] });
      log.describe(viewers > 0);
      session.onClosed(() => {
        if (logs.get(heap)?.log !== log) return;
        end(heap);
        publish();
      });
    });
    return () => {
      unsubscribe();
      for (const heap of [...logs.keys()]) end(heap);
      entries.value = [];
    };
  });

  const describe = (change: 1 | -1): void => {
    viewers += change;
    for (const { log } of logs.values()) log.describe(viewers > 0);
  };
  return {
    entries,
    want() {
      describe(1);
      void owner.want(USER);
    },
    release() {
      describe(-1);
      if (viewers === 0) owner.release(USER);
    },
    nameOf({ heap, objectId }) {
      for (const [number, handle] of named)
        if (handle.heap === heap && handle.objectId === objectId) return `$logged[${number}]`;
      names += 1;
      named.set(names, { heap, objectId });
      return `$logged[${names}]`;
    },
    rootOf(expression) {
      const [, number] = /^\$logged\[(\d+)\]$/.exec(expression) ?? [];
      if (number === undefined) return null;
      const handle = named.get(Number(number));
      return handle ? { type: 'object', label: expression, objectId: handle.objectId } : 'gone';
    },
    store: async ({ heap, objectId }) => (await logs.get(heap)?.log.store(objectId)) ?? null,
  };
}
