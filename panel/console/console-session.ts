/** The objects that the page, its frames and its workers logged, while somebody looks at them. Knows no extension API and no DOM. */
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { RootRequest } from '../../src/capture/capture.ts';
import { type ConsoleLog, followConsole, type LogEntry } from '../../src/devtools/console-log.ts';
import type { DebuggerOwner } from '../debugger.ts';

export interface LoggedEntry extends LogEntry {
  /** The id of the frame or worker whose heap the objects are in; null for the page's own. */
  readonly heap: string | null;
}

/** An object of an entry. */
export interface LoggedPlace {
  readonly heap: string | null;
  readonly objectId: string;
}

export interface ConsoleSession {
  /** Oldest first; empty while the debugger is not attached. */
  readonly entries: ReadonlySignal<readonly LoggedEntry[]>;
  /** Attaches the debugger, if the person allowed it, as long as the list is shown. */
  want(): void;
  release(): void;
  /** What stands for the object where expressions do: `$logged[1]`. The same for the same place. */
  nameOf(place: LoggedPlace): string;
  /** What such a name asks for; `gone` when the object cannot be had any more, null for any other text. */
  rootOf(expression: string): RootRequest | 'gone' | null;
  /** Stores it as `temp1`, `temp2`, …; the name, or null when it is gone. */
  store(place: LoggedPlace): Promise<string | null>;
}

const USER = 'console';
/** As many as Chrome keeps of a page's. */
const LIMIT = 1000;

interface Followed {
  readonly log: ConsoleLog;
  readonly entries: readonly LoggedEntry[];
}

export function createConsoleSession(owner: DebuggerOwner): ConsoleSession {
  const entries = signal<readonly LoggedEntry[]>([]);
  const logs = new Map<string | null, Followed>();
  /** Never given again: a name must not come to mean another object. */
  let names = 0;
  const named = new Map<number, LoggedPlace>();
  /** How many pages show the list. */
  let looking = 0;

  function publish(): void {
    const all = [...logs.values()].flatMap((followed) => followed.entries);
    entries.value = all.sort((a, b) => a.time - b.time).slice(-LIMIT);
  }

  function forget(heap: string | null): void {
    for (const [number, place] of named) if (place.heap === heap) named.delete(number);
  }

  function end(heap: string | null): void {
    logs.get(heap)?.log.close();
    logs.delete(heap);
    forget(heap);
  }

  effect(() => {
    const attached = owner.attached.value;
    if (!attached) return;
    // From the first moment on: what was logged before is told once.
    const unsubscribe = attached.heaps.onHeap(({ session, kind, id }) => {
      const heap = kind === 'page' ? null : id;
      end(heap);
      const log = followConsole(
        session,
        (told) => {
          logs.set(heap, { log, entries: told.map((entry) => ({ ...entry, heap })) });
          publish();
        },
        () => forget(heap),
      );
      logs.set(heap, { log, entries: [] });
      log.describe(looking > 0);
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
    looking += change;
    for (const { log } of logs.values()) log.describe(looking > 0);
  };
  return {
    entries,
    want() {
      describe(1);
      void owner.want(USER);
    },
    release() {
      describe(-1);
      if (looking === 0) owner.release(USER);
    },
    nameOf({ heap, objectId }) {
      for (const [number, place] of named)
        if (place.heap === heap && place.objectId === objectId) return `$logged[${number}]`;
      names += 1;
      named.set(names, { heap, objectId });
      return `$logged[${names}]`;
    },
    rootOf(expression) {
      const [, number] = /^\$logged\[(\d+)\]$/.exec(expression) ?? [];
      if (number === undefined) return null;
      const place = named.get(Number(number));
      return place ? { type: 'object', label: expression, objectId: place.objectId } : 'gone';
    },
    store: async ({ heap, objectId }) => (await logs.get(heap)?.log.store(objectId)) ?? null,
  };
}
