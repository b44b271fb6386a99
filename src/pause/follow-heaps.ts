/**
 * Follows the pauses of all heaps of a tab: the page, its workers, its frames of other processes. Several can stand still
 * at once. Must never let what happens to one heap keep the others from being followed.
 */
import type { Failure, Outcome } from '../capture/connection.ts';
import type { Heap, Heaps } from '../capture/heaps.ts';
import type { MapDecoder } from '../source-maps/decoder.ts';
import { followPauses, type PauseFollower, type Step } from './follow.ts';
import type { Pause } from './pause.ts';

/** A heap that stands still. */
export interface StandingHeap {
  readonly heap: Heap;
  /** Another one for each document and worker: numbers of objects mean the same objects within one. */
  readonly document: number;
  readonly pause: Pause;
  readonly follower: PauseFollower;
}

export interface HeapsListener {
  paused(standing: StandingHeap): void;
  /** The heap goes on, or is gone: all handles of its last pause are void. */
  resumed(heap: Heap): void;
  /** The document or worker with this number is gone, and its objects with it. */
  left(document: number): void;
  /** A heap cannot be followed. */
  failed(failure: Failure): void;
}

export interface HeapsFollower {
  /** Goes on in the heap with this id, or pauses it. */
  step(heap: string, step: Step): Promise<Outcome<unknown>>;
  /** Whether pauses come with the calls that scheduled what runs. */
  setAsync(on: boolean): void;
  /** Stops following. Heaps that DevTools holds stay held; those that only this held go on. */
  close(): Promise<void>;
}

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
    // The pause that stands is told before the follower is there.
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
        // The page's session ends with the debugger, too.
        if (heap.kind !== 'page') listener.left(document);
        resumed();
      }),
    );
    const followed = await followPauses(heap.session, decoder, {
      paused,
      resumed,
      left() {
        listener.left(document);
        document = ++documents;
        resumed();
      },
    });
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
