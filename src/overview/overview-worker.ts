/** Groups objects in a worker, so that the panel stays responsive. It keeps the last snapshot, whose groups are opened one by one. */
import type { Compact } from './compact.ts';
import { type Dominators, dominatorsOf } from './dominators.ts';
import { type Grouping, groupObjects, type Opened } from './groups.ts';

export interface GroupRequest {
  readonly id: number;
  /** Null for the snapshot of the last request. */
  readonly compact: Compact | null;
  readonly opened: Opened;
}

export interface GroupAnswer {
  readonly id: number;
  /** Null when it failed. */
  readonly grouping: Grouping | null;
}

let last: { readonly compact: Compact; readonly dominators: Dominators } | null = null;

self.onmessage = ({ data: { id, compact, opened } }: MessageEvent<GroupRequest>) => {
  const answer = (grouping: Grouping | null): void => {
    const reply: GroupAnswer = { id, grouping };
    self.postMessage(reply, { transfer: grouping ? [grouping.groupOf.buffer] : [] });
  };
  try {
    if (compact) last = { compact, dominators: dominatorsOf(compact) };
    answer(last && groupObjects(last.compact, opened, last.dominators));
  } catch {
    answer(null);
  }
};
