/** Asks the worker for the groups of a snapshot. Sends each snapshot once, without a copy. */
import type { Compact } from './compact.ts';
import type { Grouping, Opened } from './groups.ts';
import type { GroupAnswer, GroupRequest } from './overview-worker.ts';

export interface Grouper {
  /** Resolves to null when it failed. `compact` cannot be used by others afterwards. */
  group(compact: Compact, opened: Opened): Promise<Grouping | null>;
  close(): void;
}

/** The part of `Worker` that this needs. */
export interface GroupWorker {
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: GroupRequest, transfer: Transferable[]): void;
  terminate(): void;
}

/** @param startWorker Starts overview-worker.ts as a module worker, when it is needed first. */
export function createGrouper(startWorker: () => GroupWorker): Grouper {
  let worker: GroupWorker | null = null;
  let sent: Compact | null = null;
  let requests = 0;
  const waiting = new Map<number, (grouping: Grouping | null) => void>();
  const failAll = (): void => {
    for (const settle of waiting.values()) settle(null);
    waiting.clear();
  };
  const started = (): GroupWorker => {
    const made = startWorker();
    made.onmessage = ({ data: { id, grouping } }: MessageEvent<GroupAnswer>) => {
      waiting.get(id)?.(grouping);
      waiting.delete(id);
    };
    made.onerror = failAll;
    return made;
  };
  return {
    group(compact, opened) {
      worker ??= started();
      requests += 1;
      const id = requests;
      const answer = new Promise<Grouping | null>((resolve) => waiting.set(id, resolve));
      const fresh = compact !== sent;
      sent = compact;
      worker.postMessage({ id, compact: fresh ? compact : null, opened }, fresh ? buffersOf(compact) : []);
      return answer;
    },
    close() {
      worker?.terminate();
      worker = null;
      sent = null;
      failAll();
    },
  };
}

const buffersOf = ({ roots, shapeOf, firstPart, fieldOf, typeOf, values }: Compact): Transferable[] =>
  [roots, shapeOf, firstPart, fieldOf, typeOf, values].map(({ buffer }) => buffer);
