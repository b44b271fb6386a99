/**
 * Who answers the expression view: DevTools' own session, or the debugger when the person allows it, for the frame or
 * worker that was picked. Decides anew for every drawing, so that a cancel in Chrome's bar costs nothing but exactness.
 */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Capture } from '../../src/capture/capture.ts';
import type { Failure } from '../../src/capture/connection.ts';
import type { HeapTarget } from '../../src/capture/heaps.ts';
import type { Attachment, DebuggerOwner } from '../debugger.ts';

/** Who answers a drawing. */
export interface Answerer {
  readonly capture: Capture;
  /** Why it is not the debugger, though the person wants it. */
  readonly instead: Failure | null;
}

export interface HeapSource {
  /** For the next drawing. Never fails: without the debugger DevTools' own session answers. */
  open(): Promise<Answerer>;
  /** The page, its frames and its workers; empty without the debugger, which is what sees them. */
  readonly targets: ReadonlySignal<readonly HeapTarget[]>;
  /** The one that is asked: the page until another is picked. */
  readonly target: ReadonlySignal<HeapTarget | null>;
  pick(target: HeapTarget): void;
  /** Calls back when what was picked cannot be read any more and the page is read from now on. Returns the unsubscriber. */
  onFallenBack(listener: () => void): () => void;
  /** Calls back when the frame or worker that is read has another document, or is gone. Returns the unsubscriber. */
  onLeft(listener: (left: HeapTarget) => void): () => void;
  /** The view goes, and no longer needs the debugger. */
  close(): void;
}

/** `owner` is null in a page outside of DevTools, where there is no debugger to attach. */
export function createHeapSource(evalCapture: Capture, owner: DebuggerOwner | null): HeapSource {
  // A tab and a window of its own each have one.
  const user = `expression ${crypto.randomUUID()}`;
  const targets = signal<readonly HeapTarget[]>([]);
  const picked = signal<HeapTarget | null>(null);
  // One that is gone stays picked, and says so when it is asked: another heap's picture must not come unasked. In the next
  // document the frame or worker that is called the same stands for it.
  const target = computed(() => {
    const wanted = picked.value;
    if (wanted === null) return targets.value[0] ?? null;
    const sameOne = targets.value.find(({ id }) => id === wanted.id);
    return sameOne ?? targets.value.find((other) => isCalledLike(other, wanted)) ?? wanted;
  });

  const listeners = new Set<() => void>();
  const leftListeners = new Set<(left: HeapTarget) => void>();

  function follow(attached: Attachment | null): () => void {
    const publish = () => {
      const before = attached && picked.peek() && target.peek();
      targets.value = attached?.heaps.list ?? [];
      if (before && !targets.value.some(({ id, document }) => id === before.id && document === before.document))
        for (const listener of [...leftListeners]) listener(before);
    };
    publish();
    return attached?.heaps.onChanged(publish) ?? (() => {});
  }
  let unfollow = () => {};
  const stop = owner?.attached.subscribe((attached) => {
    unfollow();
    unfollow = follow(attached);
    // Frames and workers are seen through the debugger only.
    if (attached || !picked.peek()) return;
    picked.value = null;
    for (const listener of [...listeners]) listener();
  });

  return {
    targets,
    target,
    pick(next) {
      picked.value = next.kind === 'page' ? null : next;
    },
    onFallenBack(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onLeft(listener) {
      leftListeners.add(listener);
      return () => leftListeners.delete(listener);
    },
    async open() {
      if (!owner?.allowed.peek()) return { capture: evalCapture, instead: null };
      const attached = await owner.want(user);
      if (!attached.ok) return { capture: evalCapture, instead: isWanted(attached.failure) ? null : attached.failure };
      const { capture, heaps } = attached.value;
      const chosen = picked.peek() && target.peek();
      return { capture: chosen ? heaps.capture(chosen) : capture, instead: null };
    },
    close() {
      stop?.();
      unfollow();
      owner?.release(user);
    },
  };
}

/** That there is no debugger is what the person wanted: cancelled in Chrome's bar, or switched off on its way. */
const isWanted = ({ kind }: Failure): boolean => kind === 'cancelled' || kind === 'aborted';

function isCalledLike(one: HeapTarget, other: HeapTarget): boolean {
  return one.kind === other.kind && one.name === other.name && (one.name !== '' || one.url === other.url);
}
