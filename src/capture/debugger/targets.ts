/**
 * Reads every heap of an attached debugger: those of the page, its frames and its dedicated workers. Frames of one origin in one
 * process share a heap and its numbers. Workers and frames of other processes are heaps of their own.
 */
import type { AttachedDebugger } from '../../transport/chrome-debugger.ts';
import type { Failure, Outcome } from '../../transport/outcome.ts';
import type { NumberSource } from '../object-numbers.ts';
import { createProtocolCapture, type ProtocolCapture, type ProtocolCaptureOptions } from './protocol-capture.ts';
import { followTargets, type Heap, type HeapTarget, type TargetInfo, type TargetSession } from './target-sessions.ts';

export interface Heaps {
  /** Calls back for each existing heap and for each new one. Returns the unsubscriber. */
  onHeap(listener: (heap: Heap) => void): () => void;
  /** The page, then its frames, those of its own process first, then the workers. Empty until the first `onChanged`. */
  readonly list: readonly HeapTarget[];
  /** Calls back whenever `list` changed. Returns the unsubscriber. */
  onChanged(listener: () => void): () => void;
  /** The capture of that heap, whatever document it shows by then. It is the same for the same target. Fails as `closed` when it is gone. */
  capture(target: Pick<HeapTarget, 'id'>): ProtocolCapture;
  /** Makes the pages forget the agents of the captures at once; see ProtocolCapture. */
  release(): Promise<void>;
  /** Ends the captures. Never fails. */
  close(): Promise<void>;
}

/** By target: what gives objects the same numbers after the debugger was detached and attached again, and never one number twice. */
export type KnownHeaps = Map<string, { readonly token: string; readonly numbers: NumberSource }>;

export interface HeapsOptions extends Pick<ProtocolCaptureOptions, 'heartbeat'> {
  /** Options of the page's own session, see ProtocolCaptureOptions. */
  readonly page?: Pick<ProtocolCaptureOptions, 'shared' | 'numbers'>;
  /** Filled here, and kept by the code that attaches again. */
  readonly known?: KnownHeaps;
}

/** Milliseconds for the last request, because the session may be closing at the same time. */
const ending = { deadline: 1000 };

export function createHeaps(attached: AttachedDebugger, options: HeapsOptions = {}): Heaps {
  const { known = new Map(), heartbeat, page = { shared: { token: newToken() } } } = options;
  const listeners = new Set<() => void>();
  const heapListeners = new Set<(heap: Heap) => void>();
  const captures = new Map<string, ProtocolCapture>();
  let list: readonly HeapTarget[] = [];

  function publish(next: readonly HeapTarget[]): void {
    if (JSON.stringify(next) === JSON.stringify(list)) return;
    list = next;
    for (const listener of [...listeners]) listener();
  }

  const sessions = followTargets(attached, publish, (heap) => {
    for (const listener of [...heapListeners]) listener(heap);
  });

  /** The options that give the objects of a session their numbers. */
  function identityOf(target: TargetInfo | null): Pick<ProtocolCaptureOptions, 'shared' | 'numbers'> {
    if (target === null) return page;
    const heap = known.get(target.targetId) ?? { token: newToken(), numbers: { next: 1 } };
    known.set(target.targetId, heap);
    return { shared: { token: heap.token }, numbers: heap.numbers };
  }

  function open(id: string, { session, target, context }: TargetSession): ProtocolCapture {
    return createProtocolCapture(session, {
      ...(context === undefined ? {} : { executionContextId: context }),
      ...(target?.type === 'worker' ? {} : { frameId: id }),
      ...identityOf(target),
      ...(heartbeat ? { heartbeat } : {}),
    });
  }

  return {
    get list() {
      return list;
    },
    onHeap(listener) {
      heapListeners.add(listener);
      for (const heap of sessions.heaps()) listener(heap);
      return () => heapListeners.delete(listener);
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    capture({ id }) {
      const capture =
        captures.get(id) ??
        followCapture(
          () => sessions.find(id),
          (found) => open(id, found),
        );
      captures.set(id, capture);
      return capture;
    },
    async release() {
      await Promise.all([...captures.values()].map((capture) => capture.release()));
    },
    async close() {
      sessions.close();
      listeners.clear();
      heapListeners.clear();
      await Promise.all([...captures.values()].map((capture) => capture.close()));
      await attached.page.send(
        'Target.setAutoAttach',
        { autoAttach: false, waitForDebuggerOnStart: false, flatten: true },
        ending,
      );
    },
  };
}

/** A capture of a target that may move to another session or document. Opens another capture when it did. */
function followCapture(
  find: () => TargetSession | null,
  open: (found: TargetSession) => ProtocolCapture,
): ProtocolCapture {
  let current: { readonly capture: ProtocolCapture; readonly found: TargetSession } | null = null;

  async function follow(): Promise<Outcome<ProtocolCapture>> {
    const found = find();
    if (found === null) {
      const failure: Failure = { kind: 'closed' };
      return { ok: false, failure };
    }
    if (current?.found.session !== found.session || current.found.context !== found.context) {
      void current?.capture.close();
      current = { found, capture: open(found) };
    }
    return { ok: true, value: current.capture };
  }

  return {
    transport: 'debugger',
    async capture(roots, view, requestOptions) {
      const found = await follow();
      return found.ok ? found.value.capture(roots, view, requestOptions) : found;
    },
    async retainers(target, roots, view, requestOptions) {
      const found = await follow();
      return found.ok ? found.value.retainers(target, roots, view, requestOptions) : found;
    },
    async act(target, action, requestOptions) {
      const found = await follow();
      return found.ok ? found.value.act(target, action, requestOptions) : found;
    },
    async lightUp(target, requestOptions) {
      const found = await follow();
      return found.ok ? found.value.lightUp(target, requestOptions) : found;
    },
    async assign(place, expression, requestOptions, frame) {
      const found = await follow();
      return found.ok ? found.value.assign(place, expression, requestOptions, frame) : found;
    },
    async reassign(change, requestOptions) {
      const found = await follow();
      return found.ok ? found.value.reassign(change, requestOptions) : found;
    },
    async textOf(place, requestOptions) {
      const found = await follow();
      return found.ok ? found.value.textOf(place, requestOptions) : found;
    },
    async names(path, requestOptions) {
      const found = await follow();
      return found.ok ? found.value.names(path, requestOptions) : found;
    },
    async components(requestOptions) {
      const found = await follow();
      return found.ok ? found.value.components(requestOptions) : found;
    },
    async inHeap(work, requestOptions) {
      const found = await follow();
      return found.ok ? found.value.inHeap(work, requestOptions) : found;
    },
    async release() {
      await current?.capture.release();
    },
    async close() {
      await current?.capture.close();
      current = null;
    },
  };
}

function newToken(): string {
  return `memory-graph-${crypto.randomUUID()}`;
}
