/**
 * Lists what can be looked at through an attached debugger: the page, its frames, its dedicated workers; and follows them
 * as they come, navigate and go. Frames of one origin in one process share a heap and its numbers; workers and frames of
 * other processes are heaps of their own.
 */
import type { Protocol } from 'devtools-protocol';
import type { Capture } from './capture.ts';
import type { AttachedDebugger } from './chrome-debugger.ts';
import type { Failure, Outcome } from './connection.ts';
import type { NumberSource } from './eval-capture.ts';
import type { ProtocolSession } from './protocol.ts';
import { createProtocolCapture, type ProtocolCapture, type ProtocolCaptureOptions } from './protocol-capture.ts';

export interface HeapTarget {
  /** The same while the frame or worker exists, whatever document it shows. */
  readonly id: string;
  readonly kind: 'page' | 'frame' | 'worker';
  /** A frame's or worker's own name, or ''. */
  readonly name: string;
  readonly url: string;
  /** Another one for each document of a frame; a worker has one. */
  readonly document: string;
}

/** A heap of its own, with all that runs in it: the page, a worker, a frame of another process. */
export interface Heap {
  /** That of its target: of the worker, or of the topmost frame in it. */
  readonly id: string;
  readonly kind: HeapTarget['kind'];
  /** A worker's own name or its file's, a frame's address by now; '' for the page. */
  readonly name: string;
  readonly session: ProtocolSession;
}

export interface Heaps {
  /** Calls back for each heap that is there and for each that comes. Returns the unsubscriber. */
  onHeap(listener: (heap: Heap) => void): () => void;
  /** The page, then its frames, those of its own process first, then the workers. Empty until the first `onChanged`. */
  readonly list: readonly HeapTarget[];
  /** Calls back whenever `list` is another one. Returns the unsubscriber. */
  onChanged(listener: () => void): () => void;
  /** Reads that heap, whatever document it shows by then. The same capture for the same target; fails as `closed` when it is gone. */
  capture(target: Pick<HeapTarget, 'id'>): Capture;
  /** Lets the pages forget what they hold for the captures, at once; see ProtocolCapture. */
  release(): Promise<void>;
  /** Ends the captures. Never fails. */
  close(): Promise<void>;
}

/** By target: what gives the same objects the same numbers after the debugger was away, and never one number twice. */
export type KnownHeaps = Map<string, { readonly token: string; readonly numbers: NumberSource }>;

export interface HeapsOptions extends Pick<ProtocolCaptureOptions, 'heartbeat'> {
  /** Of the page's own session, see ProtocolCaptureOptions. */
  readonly page?: Pick<ProtocolCaptureOptions, 'beside' | 'numbers'>;
  /** Filled here; kept by who attaches again. */
  readonly known?: KnownHeaps;
}

/** Milliseconds that a heap has to answer about itself; a busy one is listed when it does. */
const ASK_DEADLINE = 5000;

/** Milliseconds for a last word: the session may be going at the same time. */
const ending = { deadline: 1000 };
/** What is known of one session. */
interface Room {
  readonly session: ProtocolSession;
  /** Null for the page's own session. */
  readonly target: Protocol.Target.TargetInfo | null;
  /** Default execution contexts by frame id; a worker's under ''. */
  readonly contexts: Map<string, Protocol.Runtime.ExecutionContextDescription>;
  frames: readonly Protocol.Page.Frame[];
}

export function createHeaps(attached: AttachedDebugger, heapsOptions: HeapsOptions = {}): Heaps {
  const { known = new Map(), heartbeat } = heapsOptions;
  const page = heapsOptions.page ?? { beside: { token: newToken() } };
  const rooms = new Map<string, Room>();
  const listeners = new Set<() => void>();
  const heapListeners = new Set<(heap: Heap) => void>();
  const captures = new Map<string, ProtocolCapture>();
  const subscriptions: (() => void)[] = [];
  let list: readonly HeapTarget[] = [];
  const options = { deadline: ASK_DEADLINE };

  function publish(): void {
    const next = [...rooms.values()].flatMap(targetsOf);
    const order = { page: 0, frame: 1, worker: 2 };
    next.sort((a, b) => order[a.kind] - order[b.kind]);
    if (JSON.stringify(next) === JSON.stringify(list)) return;
    list = next;
    for (const listener of [...listeners]) listener();
  }

  function targetsOf({ target, contexts, frames }: Room): readonly HeapTarget[] {
    if (target?.type === 'worker') {
      const { targetId: id, title, url } = target;
      const context = contexts.get('');
      return context ? [{ id, kind: 'worker', name: title === url ? '' : title, url, document: context.uniqueId }] : [];
    }
    const listed: HeapTarget[] = [];
    for (const { id, name = '', url, urlFragment = '' } of frames) {
      const context = contexts.get(id);
      const kind = target === null && id === frames[0]?.id ? 'page' : 'frame';
      if (context) listed.push({ id, kind, name, url: url + urlFragment, document: context.uniqueId });
    }
    return listed;
  }

  async function readFrames(room: Room): Promise<void> {
    if (room.target?.type === 'worker') return publish();
    const tree = await room.session.send('Page.getFrameTree', undefined, options);
    if (tree.ok) room.frames = flattened(tree.value.frameTree);
    publish();
  }

  function enter(session: ProtocolSession, target: Protocol.Target.TargetInfo | null): void {
    const room: Room = { session, target, contexts: new Map(), frames: [] };
    const key = target?.targetId ?? '';
    rooms.set(key, room);
    subscriptions.push(
      session.on('Runtime.executionContextCreated', ({ context }) => {
        const frameId = frameOf(context);
        if (frameId === null) return;
        room.contexts.set(frameId, context);
        // At once: what is read from now on is of the new document.
        publish();
        void readFrames(room);
      }),
      session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
        for (const [frameId, { id }] of room.contexts) if (id === executionContextId) room.contexts.delete(frameId);
        void readFrames(room);
      }),
      session.on('Runtime.executionContextsCleared', () => room.contexts.clear()),
      session.on('Page.navigatedWithinDocument', () => void readFrames(room)),
      session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
        if (targetInfo.type === 'worker' || targetInfo.type === 'iframe') enter(attached.child(sessionId), targetInfo);
      }),
      session.onClosed(() => {
        // A frame that went to another process has a new session before the old one ends.
        if (rooms.get(key) === room) rooms.delete(key);
        publish();
      }),
    );
    void session.send('Runtime.enable', undefined, options);
    if (target?.type !== 'worker') void session.send('Page.enable', {}, options);
    void session.send(
      'Target.setAutoAttach',
      { autoAttach: true, waitForDebuggerOnStart: false, flatten: true },
      options,
    );
    // After these: who is told of a heap may ask for what they bring.
    for (const listener of [...heapListeners]) listener(heapOf(room));
  }

  /** The room and context that a target has now; for the topmost frame of a room the context is left to the session. */
  function place(id: string): { readonly room: Room; readonly context: number | undefined } | null {
    for (const room of rooms.values()) {
      if (room.target?.type === 'worker') {
        if (room.target.targetId === id) return { room, context: undefined };
        continue;
      }
      const context = room.contexts.get(id)?.id;
      if (context !== undefined) return { room, context: room.frames[0]?.id === id ? undefined : context };
    }
    return null;
  }

  function knownOf({ targetId }: Protocol.Target.TargetInfo): {
    readonly token: string;
    readonly numbers: NumberSource;
  } {
    const heap = known.get(targetId) ?? { token: newToken(), numbers: { next: 1 } };
    known.set(targetId, heap);
    return heap;
  }

  /** What gives a room its numbers. */
  function identityOf({ target }: Room): Pick<ProtocolCaptureOptions, 'beside' | 'numbers'> {
    if (target === null) return page;
    const { token, numbers } = knownOf(target);
    return { beside: { token }, numbers };
  }

  function captureOf(id: string): ProtocolCapture {
    let current: {
      readonly capture: ProtocolCapture;
      readonly room: Room;
      readonly context: number | undefined;
    } | null = null;

    async function follow(): Promise<Outcome<Capture>> {
      const at = place(id);
      if (at === null) {
        const failure: Failure = { kind: 'closed' };
        return { ok: false, failure };
      }
      if (current === null || current.room !== at.room || current.context !== at.context) {
        void current?.capture.close();
        const capture = createProtocolCapture(at.room.session, {
          ...(at.context === undefined ? {} : { executionContextId: at.context }),
          ...(at.room.target?.type === 'worker' ? {} : { frameId: id }),
          ...identityOf(at.room),
          ...(heartbeat ? { heartbeat } : {}),
        });
        current = { ...at, capture };
      }
      return { ok: true, value: current.capture };
    }

    return {
      way: 'debugger',
      async capture(roots, view, requestOptions) {
        const found = await follow();
        return found.ok ? found.value.capture(roots, view, requestOptions) : found;
      },
      async referrers(target, roots, view, requestOptions) {
        const found = await follow();
        return found.ok ? found.value.referrers(target, roots, view, requestOptions) : found;
      },
      async act(target, deed, requestOptions) {
        const found = await follow();
        return found.ok ? found.value.act(target, deed, requestOptions) : found;
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

  enter(attached.page, null);
  return {
    get list() {
      return list;
    },
    onHeap(listener) {
      heapListeners.add(listener);
      for (const room of rooms.values()) listener(heapOf(room));
      return () => heapListeners.delete(listener);
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    capture({ id }) {
      const capture = captures.get(id) ?? captureOf(id);
      captures.set(id, capture);
      return capture;
    },
    async release() {
      await Promise.all([...captures.values()].map((capture) => capture.release()));
    },
    async close() {
      for (const unsubscribe of subscriptions) unsubscribe();
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

function heapOf(room: Room): Heap {
  const { target, session } = room;
  const kind = target === null ? 'page' : target.type === 'worker' ? 'worker' : 'frame';
  return {
    id: target?.targetId ?? '',
    kind,
    get name() {
      if (target === null) return '';
      // A frame's target is told of before its document.
      if (kind === 'frame') return room.frames[0]?.url ?? target.url;
      const { title, url } = target;
      return title !== '' && title !== url ? title : (/([^/?#]+)\/?(?:[?#].*)?$/.exec(url)?.[1] ?? url);
    },
    session,
  };
}

function newToken(): string {
  return `memory-graph-${crypto.randomUUID()}`;
}

/** The frame of a context of the page's own world, '' for a worker's, null for other worlds. */
function frameOf({ auxData }: Protocol.Runtime.ExecutionContextDescription): string | null {
  if (auxData === undefined) return '';
  if (auxData.isDefault !== true) return null;
  return typeof auxData.frameId === 'string' ? auxData.frameId : '';
}

function flattened({ frame, childFrames = [] }: Protocol.Page.FrameTree): readonly Protocol.Page.Frame[] {
  return [frame, ...childFrames.flatMap(flattened)];
}
