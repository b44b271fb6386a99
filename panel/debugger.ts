/**
 * The one debugger attachment of a tab, shared by everything in the panel that needs it. Attaches late, only on the
 * person's word (which is remembered), detaches when nobody uses it, and never overrides a person's cancel.
 */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { AttachedDebugger } from '../src/capture/chrome-debugger.ts';
import type { Failure, Outcome } from '../src/capture/connection.ts';
import type { Heaps } from '../src/capture/heaps.ts';
import type { ProtocolCapture } from '../src/capture/protocol-capture.ts';

export type DebuggerState =
  | { readonly type: 'detached' }
  | { readonly type: 'attaching' }
  | { readonly type: 'attached' }
  /** The person pressed Cancel in Chrome's bar: stays so until they ask for it again. */
  | { readonly type: 'cancelled' }
  /** It was refused, or ended by itself; the next `want` tries again. */
  | { readonly type: 'lost'; readonly failure: Failure };

/** How a page is read through the debugger: one capture of it for all, so that numbers agree, and its other heaps. */
export interface Reading {
  readonly capture: ProtocolCapture;
  readonly heaps: Heaps;
}

/** What stands while the debugger is attached. */
export interface Attachment extends Reading {
  readonly debugger: AttachedDebugger;
}

export interface DebuggerOwner {
  readonly state: ReadonlySignal<DebuggerState>;
  /** The attachment while it stands, for who reacts to it. */
  readonly attached: ReadonlySignal<Attachment | null>;
  /** The person's word, remembered. While false nothing attaches. */
  readonly allowed: ReadonlySignal<boolean>;
  /** Allowing also takes back an earlier cancel, and attaches when somebody waits for it; forbidding detaches at once. */
  setAllowed(allowed: boolean): void;
  /** Attaches for `user` unless it stands already. Several users share it; each must `release` it. */
  want(user: string): Promise<Outcome<Attachment>>;
  /** Detaches when this was the last user. */
  release(user: string): void;
  /** Detaches whoever uses it and leaves nothing in the page, for when the panel goes. */
  close(): void;
}

const KEY = 'debugger-allowed';

/**
 * @param attach `attachDebugger` of the tab: fails as data, and only the person's word makes it be called.
 * @param open Begins to read the page through the debugger.
 */
export function createDebuggerOwner(
  attach: () => Promise<Outcome<AttachedDebugger>>,
  open: (attached: AttachedDebugger) => Reading,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): DebuggerOwner {
  const state = signal<DebuggerState>({ type: 'detached' });
  const attached = signal<Attachment | null>(null);
  const allowed = signal(storage.getItem(KEY) === 'yes');
  const users = new Set<string>();
  let attaching: Promise<Outcome<Attachment>> | null = null;

  function set(next: DebuggerState, standing: Attachment | null): void {
    batch(() => {
      state.value = next;
      attached.value = standing;
    });
  }

  function detach(): void {
    const standing = attached.peek();
    if (!standing) return;
    set({ type: 'detached' }, null);
    void standing.capture.close();
    void standing.heaps.close();
    // Not after the capture is closed: when the page of this is going, nothing is done later.
    void standing.debugger.detach();
  }

  async function start(): Promise<Outcome<Attachment>> {
    set({ type: 'attaching' }, null);
    const outcome = await attach().catch(
      // After the extension was reloaded Chrome's own functions throw.
      (error): Outcome<never> => ({ ok: false, failure: { kind: 'disconnected', message: String(error) } }),
    );
    attaching = null;
    if (!outcome.ok) {
      set({ type: 'lost', failure: outcome.failure }, null);
      return outcome;
    }
    const standing: Attachment = { debugger: outcome.value, ...open(outcome.value) };
    if (users.size === 0 || !allowed.peek()) {
      // Everybody left while it was on its way.
      set({ type: 'detached' }, null);
      await standing.debugger.detach();
      return { ok: false, failure: { kind: 'aborted' } };
    }
    standing.debugger.onDetached((failure) => {
      if (attached.peek() !== standing) return;
      // The next DevTools window must not attach by itself what was cancelled in this one.
      if (failure.kind === 'cancelled') storage.setItem(KEY, 'no');
      set(failure.kind === 'cancelled' ? { type: 'cancelled' } : { type: 'lost', failure }, null);
    });
    set({ type: 'attached' }, standing);
    return { ok: true, value: standing };
  }

  async function want(): Promise<Outcome<Attachment>> {
    if (state.peek().type === 'cancelled') return { ok: false, failure: { kind: 'cancelled' } };
    if (!allowed.peek())
      return { ok: false, failure: { kind: 'disconnected', message: 'the debugger is not attached' } };
    const standing = attached.peek();
    if (standing) return { ok: true, value: standing };
    attaching ??= start();
    return attaching;
  }

  return {
    state,
    attached,
    allowed,
    setAllowed(next) {
      storage.setItem(KEY, next ? 'yes' : 'no');
      allowed.value = next;
      if (!next) {
        detach();
        return;
      }
      if (state.peek().type === 'cancelled') set({ type: 'detached' }, null);
      if (users.size > 0) void want();
    },
    want(user) {
      users.add(user);
      return want();
    },
    release(user) {
      users.delete(user);
      if (users.size === 0) detach();
    },
    close() {
      users.clear();
      void attached.peek()?.capture.release();
      void attached.peek()?.heaps.release();
      detach();
    },
  };
}
