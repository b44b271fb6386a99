/**
 * The one debugger attachment of a tab, shared by everything in the panel that needs it. Attaches late, only on the
 * person's word (which is remembered), detaches when nobody uses it, and never overrides a person's cancel.
 */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Failure, Outcome } from '../src/capture/connection.ts';
import type { ProtocolSession } from '../src/capture/protocol.ts';

export type DebuggerState =
  | { readonly type: 'detached' }
  | { readonly type: 'attaching' }
  | { readonly type: 'attached' }
  /** The person pressed Cancel in Chrome's bar: stays so until they ask for it again. */
  | { readonly type: 'cancelled' }
  /** It was refused, or ended by itself; the next `want` tries again. */
  | { readonly type: 'lost'; readonly failure: Failure };

export interface DebuggerOwner<Session extends ProtocolSession> {
  readonly state: ReadonlySignal<DebuggerState>;
  /** The attachment while it stands, for who reacts to it. */
  readonly session: ReadonlySignal<Session | null>;
  /** The person's word, remembered. While false nothing attaches. */
  readonly allowed: ReadonlySignal<boolean>;
  /** Allowing also takes back an earlier cancel; forbidding detaches at once. */
  setAllowed(allowed: boolean): void;
  /** Attaches for `user` unless it stands already. Several users share it; each must `release` it. */
  want(user: string): Promise<Outcome<Session>>;
  /** Detaches when this was the last user. */
  release(user: string): void;
  /** Detaches whoever uses it, for when the panel goes. */
  close(): void;
}

const KEY = 'debugger-allowed';
const notAllowed: Failure = { kind: 'disconnected', message: 'the debugger is not attached' };

/** @param wasCancelled Says of why a session ended whether it was the person's cancel. */
export function createDebuggerOwner<Session extends ProtocolSession>(
  attach: () => Promise<Outcome<Session>>,
  wasCancelled: (failure: Failure) => boolean,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): DebuggerOwner<Session> {
  const state = signal<DebuggerState>({ type: 'detached' });
  const session = signal<Session | null>(null);
  const allowed = signal(storage.getItem(KEY) === 'yes');
  const users = new Set<string>();
  let attaching: Promise<Outcome<Session>> | null = null;

  function set(next: DebuggerState, standing: Session | null): void {
    batch(() => {
      state.value = next;
      session.value = standing;
    });
  }

  function detach(): void {
    const standing = session.peek();
    set({ type: 'detached' }, null);
    void standing?.close();
  }

  async function start(): Promise<Outcome<Session>> {
    set({ type: 'attaching' }, null);
    const attached = await attach();
    attaching = null;
    if (!attached.ok) {
      set({ type: 'lost', failure: attached.failure }, null);
      return attached;
    }
    const standing = attached.value;
    if (users.size === 0 || !allowed.peek()) {
      // Everybody left while it was on its way.
      set({ type: 'detached' }, null);
      await standing.close();
      return { ok: false, failure: { kind: 'aborted' } };
    }
    standing.onClosed((failure) => {
      if (session.peek() !== standing) return;
      set(wasCancelled(failure) ? { type: 'cancelled' } : { type: 'lost', failure }, null);
    });
    set({ type: 'attached' }, standing);
    return attached;
  }

  return {
    state,
    session,
    allowed,
    setAllowed(next) {
      storage.setItem(KEY, next ? 'yes' : 'no');
      allowed.value = next;
      if (!next) detach();
      else if (state.peek().type === 'cancelled') set({ type: 'detached' }, null);
    },
    async want(user) {
      users.add(user);
      if (!allowed.peek() || state.peek().type === 'cancelled') return { ok: false, failure: notAllowed };
      const standing = session.peek();
      if (standing) return { ok: true, value: standing };
      attaching ??= start();
      return attaching;
    },
    release(user) {
      users.delete(user);
      if (users.size === 0) detach();
    },
    close() {
      users.clear();
      detach();
    },
  };
}
