/**
 * The debugger attachment of a tab, shared by everything in the panel that needs it. Attaches when it is needed and the user
 * allowed it (which is remembered), detaches when nobody uses it, and never overrides a user's cancel.
 */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { ProtocolCapture } from '../../src/capture/debugger/protocol-capture.ts';
import type { Heaps } from '../../src/capture/debugger/targets.ts';
import type { AttachedDebugger } from '../../src/transport/chrome-debugger.ts';
import type { Failure, Outcome } from '../../src/transport/outcome.ts';
import { say } from '../../src/words/say.ts';

export type DebuggerState =
  | { readonly type: 'detached' }
  | { readonly type: 'attaching' }
  | { readonly type: 'attached' }
  /** The user pressed Cancel in Chrome's bar. This stays until the user allows it again. */
  | { readonly type: 'cancelled' }
  /** Attaching was refused, or the attachment ended by itself. The next `want` tries again. */
  | { readonly type: 'lost'; readonly failure: Failure };

/** What reads a page through the debugger: one capture for all users, so that numbers agree, and the page's other heaps. */
export interface Reading {
  readonly capture: ProtocolCapture;
  readonly heaps: Heaps;
}

/** Exists while the debugger is attached. */
export interface Attachment extends Reading {
  readonly debugger: AttachedDebugger;
}

export interface DebuggerOwner {
  readonly state: ReadonlySignal<DebuggerState>;
  /** The current attachment; null when there is none. */
  readonly attached: ReadonlySignal<Attachment | null>;
  /** Whether the user allowed it; remembered. While false nothing attaches. */
  readonly allowed: ReadonlySignal<boolean>;
  /** Whether the user ever chose; remembered. */
  readonly decided: ReadonlySignal<boolean>;
  /** Allowing also ends an earlier cancel, and attaches when somebody waits for it. Forbidding detaches at once. */
  setAllowed(allowed: boolean): void;
  /** Attaches for `user`, a part of the panel, unless it is attached already. Several users share it; each must `release` it. */
  want(user: string): Promise<Outcome<Attachment>>;
  /** Detaches when this was the last user. */
  release(user: string): void;
  /** Detaches, whoever uses it, and leaves nothing in the page. For when the panel closes. */
  close(): void;
}

const KEY = 'debugger-allowed';

/**
 * @param attach `attachDebugger` of the tab. Fails as data, and is called only when the user allowed it.
 * @param open Starts reading the page through the debugger.
 */
export function createDebuggerOwner(
  attach: () => Promise<Outcome<AttachedDebugger>>,
  open: (attached: AttachedDebugger) => Reading,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): DebuggerOwner {
  const state = signal<DebuggerState>({ type: 'detached' });
  const attached = signal<Attachment | null>(null);
  const allowed = signal(storage.getItem(KEY) === 'yes');
  const decided = signal(storage.getItem(KEY) !== null);
  const users = new Set<string>();
  let attaching: Promise<Outcome<Attachment>> | null = null;

  function remember(choice: boolean): void {
    storage.setItem(KEY, choice ? 'yes' : 'no');
    decided.value = true;
  }

  function set(next: DebuggerState, attachment: Attachment | null): void {
    batch(() => {
      state.value = next;
      attached.value = attachment;
    });
  }

  function detach(): void {
    const attachment = attached.peek();
    if (!attachment) return;
    set({ type: 'detached' }, null);
    void attachment.capture.close();
    void attachment.heaps.close();
    // Does not wait for the capture to close, because nothing runs later when this page is closing.
    void attachment.debugger.detach();
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
    const attachment: Attachment = { debugger: outcome.value, ...open(outcome.value) };
    if (users.size === 0 || !allowed.peek()) {
      // All users left while it was attaching.
      set({ type: 'detached' }, null);
      await attachment.debugger.detach();
      return { ok: false, failure: { kind: 'aborted' } };
    }
    attachment.debugger.onDetached((failure) => {
      if (attached.peek() !== attachment) return;
      // After a cancel, the next DevTools window must not attach by itself.
      if (failure.kind === 'cancelled') remember(false);
      set(failure.kind === 'cancelled' ? { type: 'cancelled' } : { type: 'lost', failure }, null);
    });
    set({ type: 'attached' }, attachment);
    return { ok: true, value: attachment };
  }

  async function want(): Promise<Outcome<Attachment>> {
    if (state.peek().type === 'cancelled') return { ok: false, failure: { kind: 'cancelled' } };
    if (!allowed.peek()) return { ok: false, failure: { kind: 'disconnected', message: say('failure_notAttached') } };
    const attachment = attached.peek();
    if (attachment) return { ok: true, value: attachment };
    attaching ??= start();
    return attaching;
  }

  return {
    state,
    attached,
    allowed,
    decided,
    setAllowed(next) {
      remember(next);
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
