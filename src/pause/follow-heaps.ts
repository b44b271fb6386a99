/**
 * Follows the pauses of all heaps of a tab: the page, its workers, its frames of other processes. Several can be paused at once.
 * A failure in one heap must never keep the others from being followed.
 */

import type { Heap } from '../capture/debugger/target-sessions.ts';
import type { Heaps } from '../capture/debugger/targets.ts';
import type { MapDecoder } from '../source-maps/decoder.ts';
import type { Failure, Outcome } from '../transport/outcome.ts';
import { answers, followPauses, type PauseFollower, type Step } from './follow.ts';
import type { Pause } from './pause.ts';

/** A paused heap. */
export interface StandingHeap {
  readonly heap: Heap;
  /** A number for each document and worker. The numbers of objects are valid within one of them. */
  readonly document: number;
  readonly pause: Pause;
  readonly follower: PauseFollower;
}

export interface HeapsListener {
  paused(standing: StandingHeap): void;
  /** The heap goes on, or is gone. All handles of its last pause are void. */
  resumed(heap: Heap): void;
  /** The document or worker with this number is gone, with its objects. */
  left(document: number): void;
  /** A heap cannot be followed. */
  failed(failure: Failure): void;
}

export interface HeapsFollower {
  /** Steps or resumes the heap with this id, or pauses it. */
  step(heap: string, step: Step): Promise<Outcome<unknown>>;
  /** Whether pauses include the calls that scheduled the running code. */
  setAsync(on: boolean): void;
  /** Stops following. Heaps that DevTools paused stay paused; those that were paused only for this go on. */
  close(): Promise<void>;
}

const isWaiting = ({ kind }: Failure): boolean => kind === 'timeout' || kind === 'dialog';

let documents = 0;

export function followHeaps(
  heaps: Heaps,
  decoder: MapDecoder,
  asynchronous: boolean,
  listener: HeapsListener,
): HeapsFollower {
  const followers = new Map<string, PauseFollower>();
  const ends: (() => void)[] = [];
  let isAsync = asynchronous;
  let closed = false;

  async function follow(heap: Heap): Promise<void> {
    let document = ++documents;
    let follower: PauseFollower | null = null;
    // A current pause is reported before the follower exists.
    let early: Pause | null = null;
    const paused = (pause: Pause): void => {
      if (follower) listener.paused({ heap, document, pause, follower });
      else early = pause;
    };
    const resumed = (): void => {
      early = null;
      listener.resumed(heap);
    };
    ends.push(
      heap.session.onClosed(() => {
        followers.delete(heap.id);
        // The page's session also ends with the debugger.
        if (heap.kind !== 'page') listener.left(document);
        resumed();
      }),
    );
    const listen = (): ReturnType<typeof followPauses> =>
      followPauses(heap.session, decoder, {
        paused,
        resumed,
        left() {
          listener.left(document);
          document = ++documents;
          resumed();
        },
      });
    let followed = await listen();
    // A worker can wait for another one as long as it likes, and is followed once it runs again.
    while (!followed.ok && isWaiting(followed.failure) && !closed) {
      if (heap.kind === 'page') listener.failed(followed.failure);
      if (!(await answers(heap.session))) return;
      followed = await listen();
    }
    if (!followed.ok) {
      // A worker may end while it is asked.
      if (followed.failure.kind !== 'closed' || heap.kind === 'page') listener.failed(followed.failure);
      return;
    }
    if (closed) return followed.value.close();
    follower = followed.value;
    followers.set(heap.id, follower);
    if (isAsync) void follower.setAsync(true);
    if (early) paused(early);
  }

  const stop = heaps.onHeap((heap) => void follow(heap));
  return {
    async step(heap, step) {
      const follower = followers.get(heap);
      return follower ? follower.step(step) : { ok: false, failure: { kind: 'closed' } };
    },
    setAsync(on) {
      isAsync = on;
      for (const follower of followers.values()) void follower.setAsync(on);
    },
    async close() {
      closed = true;
      stop();
      for (const end of ends) end();
      await Promise.all([...followers.values()].map((follower) => follower.close()));
    },
  };
}
