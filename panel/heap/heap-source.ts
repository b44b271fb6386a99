/**
 * Who answers the expression view: DevTools' own session, or the debugger when the person allows it, for the frame or
 * worker that was picked. Decides anew for every drawing, so that a cancel in Chrome's bar costs nothing but exactness.
 */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Capture } from '../../src/capture/capture.ts';
import type { HeapTarget } from '../../src/capture/heaps.ts';
import type { Attachment, DebuggerOwner } from '../debugger.ts';

const USER = 'expression';

export interface HeapSource {
  /** The capture for the next drawing. Never fails: without the debugger DevTools' own session answers. */
  open(): Promise<Capture>;
  /** The page, its frames and its workers; empty without the debugger, which is what sees them. */
  readonly targets: ReadonlySignal<readonly HeapTarget[]>;
  /** The one that is asked: the page until another is picked. */
  readonly target: ReadonlySignal<HeapTarget | null>;
  pick(target: HeapTarget): void;
  /** The view goes, and no longer needs the debugger. */
  close(): void;
}

/** `owner` is null in a page outside of DevTools, where there is no debugger to attach. */
export function createHeapSource(evalCapture: Capture, owner: DebuggerOwner | null): HeapSource {
  const targets = signal<readonly HeapTarget[]>([]);
  const picked = signal<HeapTarget | null>(null);
  // One that is gone stays picked, and says so when it is asked: another heap's picture must not come unasked.
  const target = computed(() => picked.value ?? targets.value[0] ?? null);

  function follow(attached: Attachment | null): () => void {
    const publish = () => {
      targets.value = attached?.heaps.list ?? [];
    };
    publish();
    return attached?.heaps.onChanged(publish) ?? (() => {});
  }
  let unfollow = () => {};
  owner?.attached.subscribe((attached) => {
    unfollow();
    unfollow = follow(attached);
    // Frames and workers are seen through the debugger only.
    if (!attached) picked.value = null;
  });

  return {
    targets,
    target,
    pick(next) {
      picked.value = next.kind === 'page' ? null : next;
    },
    async open() {
      if (!owner?.allowed.peek()) return evalCapture;
      const attached = await owner.want(USER);
      if (!attached.ok) return evalCapture;
      const { capture, heaps } = attached.value;
      const chosen = picked.peek();
      return chosen ? heaps.capture(chosen) : capture;
    },
    close() {
      unfollow();
      owner?.release(USER);
    },
  };
}
