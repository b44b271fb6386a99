/**
 * Chooses what answers the expression view: DevTools' own session, or the debugger when the user allows it, for the picked frame
 * or worker. It chooses for each drawing, so after a cancel in Chrome's bar the view still works, only less exactly.
 */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Capture } from '../../src/capture/capture.ts';
import type { HeapTarget } from '../../src/capture/debugger/target-sessions.ts';
import type { Failure } from '../../src/transport/outcome.ts';
import type { NamesByDistance } from '../../src/wire/requests.ts';
import type { Attachment, DebuggerOwner } from './debugger-owner.ts';
import type { HeapId } from './overrides.ts';
import type { Opened } from './reading.ts';

/** Milliseconds: a list of names that comes later helps nobody. */
const NAMES_DEADLINE = 1000;

export interface HeapSource {
  /** Opens what answers the next drawing. Never fails: without the debugger, DevTools' own session answers. */
  open(): Promise<Opened>;
  /** The names behind a path, for completion; none where the page does not answer soon. */
  namesAlong(path: readonly string[]): Promise<NamesByDistance>;
  /** The page, its frames and its workers; empty without the debugger, because only the debugger finds them. */
  readonly targets: ReadonlySignal<readonly HeapTarget[]>;
  /** The target that is asked: the page until another one is picked. */
  readonly target: ReadonlySignal<HeapTarget | null>;
  /** The heap of that target and its document. In another heap the same numbers mean other objects. */
  readonly heap: ReadonlySignal<HeapId>;
  /** The heap of the page. */
  readonly pageHeap: ReadonlySignal<HeapId>;
  pick(target: HeapTarget): void;
  /** Reports that the page navigated to another document. */
  pageNavigated(): void;
  /** Calls back when the picked target can no longer be read, so that the page is read from now on. Returns the unsubscriber. */
  onFallenBack(listener: () => void): () => void;
  /** Calls back when the picked frame or worker navigated, or is gone. Returns the unsubscriber. */
  onLeft(listener: (left: HeapTarget) => void): () => void;
  /** Whether the user is asked how the page is read, before the first drawing. */
  readonly asking: ReadonlySignal<boolean>;
  /** `exactly`: with the debugger. Null: the user does not say, so that this drawing is without it, and the next one asks. */
  answer(exactly: boolean | null): void;
  /** The view is closing and no longer needs the debugger. */
  close(): void;
}

/**
 * @param owner Null in a page outside of DevTools, where there is no debugger to attach.
 * @param asks Whether a user is there who can be asked.
 */
export function createHeapSource(
  evalCapture: Capture,
  owner: DebuggerOwner | null,
  asks: () => boolean = () => false,
): HeapSource {
  // The tab and the separate window each have one.
  const user = `expression ${crypto.randomUUID()}`;
  const targets = signal<readonly HeapTarget[]>([]);
  const picked = signal<HeapTarget | null>(null);
  // A target that is gone stays picked, and asking it fails with a message, because the picture of another heap must not appear
  // by itself. In the next document the frame or worker of the same name replaces it.
  const target = computed(() => {
    const wanted = picked.value;
    if (wanted === null) return targets.value[0] ?? null;
    const sameOne = targets.value.find(({ id }) => id === wanted.id);
    return sameOne ?? targets.value.find((other) => isCalledLike(other, wanted)) ?? wanted;
  });

  /** Counts the page's documents. Navigations are reported without the debugger too. */
  const documents = signal(1);
  const pageHeap = computed(() => `page ${documents.value}`);
  const heap = computed(() => {
    const chosen = picked.value && target.value;
    return chosen ? `${chosen.kind} ${chosen.id} ${chosen.document}` : pageHeap.value;
  });

  const asking = signal(false);
  let answered = () => {};
  let answering: Promise<void> | null = null;

  /** The page's code must not run before the user knows that it would. */
  async function choose(): Promise<void> {
    if (!owner || !asks() || owner.decided.peek()) return;
    answering ??= new Promise((resolve) => {
      answered = resolve;
    });
    asking.value = true;
    await answering;
  }

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
    // Frames and workers can be read only through the debugger.
    if (attached || !picked.peek()) return;
    picked.value = null;
    for (const listener of [...listeners]) listener();
  });

  async function opening(): Promise<Opened> {
    const opened = (capture: Capture, instead: Failure | null = null): Opened => ({
      capture,
      heap: () => heap.peek(),
      instead,
    });
    if (!owner?.allowed.peek()) return opened(evalCapture);
    const attached = await owner.want(user);
    if (!attached.ok) return opened(evalCapture, isWanted(attached.failure) ? null : attached.failure);
    const { capture, heaps } = attached.value;
    const chosen = picked.peek() && target.peek();
    return opened(chosen ? heaps.capture(chosen) : capture);
  }

  const source: HeapSource = {
    targets,
    target,
    heap,
    pageHeap,
    pageNavigated() {
      documents.value += 1;
    },
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
      await choose();
      return opening();
    },
    async namesAlong(path) {
      if (owner && asks() && !owner.decided.peek() && path.length > 0) return [];
      // Where the user wants the debugger, no trap may run because a name is typed before the first drawing.
      const { capture } = await opening();
      const names = await capture.names(path, { deadline: NAMES_DEADLINE });
      return names.ok ? names.value : [];
    },
    asking,
    answer(exactly) {
      if (exactly !== null) owner?.setAllowed(exactly);
      asking.value = false;
      answering = null;
      answered();
    },
    close() {
      source.answer(null);
      stop?.();
      unfollow();
      owner?.release(user);
    },
  };
  return source;
}

/** Whether the user wants no debugger: they canceled in Chrome's bar, or switched it off while it was attaching. */
const isWanted = ({ kind }: Failure): boolean => kind === 'cancelled' || kind === 'aborted';

function isCalledLike(one: HeapTarget, other: HeapTarget): boolean {
  return one.kind === other.kind && one.name === other.name && (one.name !== '' || one.url === other.url);
}
