/**
 * Follows the sessions of an attached debugger (one for the page, for each dedicated worker and for each frame of another process)
 * and lists their targets as they appear, navigate and disappear. Reads nothing of their heaps.
 */
import type { Protocol } from 'devtools-protocol';
import type { AttachedDebugger } from '../../transport/chrome-debugger.ts';
import type { ProtocolSession } from '../../transport/protocol.ts';

export interface HeapTarget {
  /** Stays the same while the frame or worker exists, whatever document it shows. */
  readonly id: string;
  readonly kind: 'page' | 'frame' | 'worker';
  /** A frame's or worker's own name, or ''. */
  readonly name: string;
  readonly url: string;
  /** A value for each document of a frame; a worker has one. */
  readonly document: string;
}

/** A heap of its own, with all that runs in it: the page, a worker, a frame of another process. */
export interface Heap {
  /** The id of its target: of the worker, or of its topmost frame. */
  readonly id: string;
  readonly kind: HeapTarget['kind'];
  /** The name of a worker or of its file, the current address of a frame; '' for the page. */
  readonly name: string;
  readonly session: ProtocolSession;
}

export type TargetInfo = Protocol.Target.TargetInfo;

/** The current session of a target. */
export interface TargetSession {
  readonly session: ProtocolSession;
  /** Null for the page's own session. */
  readonly target: TargetInfo | null;
  /** The execution context; undefined for the session's default: for a worker, and for the topmost frame of a session. */
  readonly context: number | undefined;
}

export interface TargetSessions {
  heaps(): readonly Heap[];
  /** Null when the target is gone. */
  find(id: string): TargetSession | null;
  /** Stops following. */
  close(): void;
}

/** Milliseconds in which a session must answer about its frames. A busy one is listed when it answers. */
const ASK_DEADLINE = 5000;

const options = { deadline: ASK_DEADLINE };

/** What is known about one session. */
interface Known {
  readonly session: ProtocolSession;
  readonly target: TargetInfo | null;
  /** Default execution contexts by frame id; a worker's under ''. */
  readonly contexts: Map<string, Protocol.Runtime.ExecutionContextDescription>;
  frames: readonly Protocol.Page.Frame[];
}

/**
 * @param onTargets Called with all targets whenever they may have changed: the page, then its frames, then the workers.
 * @param onHeap Called with each new heap.
 */
export function followTargets(
  attached: AttachedDebugger,
  onTargets: (targets: readonly HeapTarget[]) => void,
  onHeap: (heap: Heap) => void,
): TargetSessions {
  const all = new Map<string, Known>();
  const subscriptions: (() => void)[] = [];

  function publish(): void {
    const order = { page: 0, frame: 1, worker: 2 };
    onTargets([...all.values()].flatMap(targetsOf).sort((a, b) => order[a.kind] - order[b.kind]));
  }

  async function readFrames(known: Known): Promise<void> {
    if (known.target?.type === 'worker') return publish();
    const tree = await known.session.send('Page.getFrameTree', undefined, options);
    if (tree.ok) known.frames = flattened(tree.value.frameTree);
    publish();
  }

  function enter(session: ProtocolSession, target: TargetInfo | null): void {
    const known: Known = { session, target, contexts: new Map(), frames: [] };
    const key = target?.targetId ?? '';
    all.set(key, known);
    subscriptions.push(
      session.on('Runtime.executionContextCreated', ({ context }) => {
        const frameId = frameOf(context);
        if (frameId === null) return;
        known.contexts.set(frameId, context);
        // At once, because what is read from now on belongs to the new document.
        publish();
        void readFrames(known);
      }),
      session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
        for (const [frameId, { id }] of known.contexts) if (id === executionContextId) known.contexts.delete(frameId);
        void readFrames(known);
      }),
      session.on('Runtime.executionContextsCleared', () => known.contexts.clear()),
      session.on('Page.navigatedWithinDocument', () => void readFrames(known)),
      session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
        if (targetInfo.type === 'worker' || targetInfo.type === 'iframe') enter(attached.child(sessionId), targetInfo);
      }),
      session.onClosed(() => {
        // A frame that went to another process has a new session before the old one ends.
        if (all.get(key) === known) all.delete(key);
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
    // After these commands, because a listener may need what they report.
    onHeap(heapOf(known));
  }

  enter(attached.page, null);
  return {
    heaps: () => [...all.values()].map(heapOf),
    find(id) {
      for (const { session, target, contexts, frames } of all.values()) {
        if (target?.type === 'worker') {
          if (target.targetId === id) return { session, target, context: undefined };
          continue;
        }
        const context = contexts.get(id)?.id;
        if (context !== undefined) return { session, target, context: frames[0]?.id === id ? undefined : context };
      }
      return null;
    },
    close() {
      for (const unsubscribe of subscriptions) unsubscribe();
    },
  };
}

function targetsOf({ target, contexts, frames }: Known): readonly HeapTarget[] {
  if (target?.type === 'worker') {
    const { targetId: id, title, url } = target;
    const context = contexts.get('');
    return context ? [{ id, kind: 'worker', name: title === url ? '' : title, url, document: context.uniqueId }] : [];
  }
  return frames.flatMap(({ id, name = '', url, urlFragment = '' }) => {
    const context = contexts.get(id);
    const kind = target === null && id === frames[0]?.id ? 'page' : 'frame';
    return context ? [{ id, kind, name, url: url + urlFragment, document: context.uniqueId }] : [];
  });
}

function heapOf(known: Known): Heap {
  const { target, session } = known;
  const kind = target === null ? 'page' : target.type === 'worker' ? 'worker' : 'frame';
  return {
    id: target?.targetId ?? '',
    kind,
    get name() {
      if (target === null) return '';
      // A frame's target is reported before its document.
      if (kind === 'frame') return known.frames[0]?.url ?? target.url;
      const { title, url } = target;
      return title !== '' && title !== url ? title : (/([^/?#]+)\/?(?:[?#].*)?$/.exec(url)?.[1] ?? url);
    },
    session,
  };
}

/** The frame of a context in the page's own world; '' for a worker; null for other worlds. */
function frameOf({ auxData }: Protocol.Runtime.ExecutionContextDescription): string | null {
  if (auxData === undefined) return '';
  if (auxData.isDefault !== true) return null;
  return typeof auxData.frameId === 'string' ? auxData.frameId : '';
}

function flattened({ frame, childFrames = [] }: Protocol.Page.FrameTree): readonly Protocol.Page.Frame[] {
  return [frame, ...childFrames.flatMap(flattened)];
}
