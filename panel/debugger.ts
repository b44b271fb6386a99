/**
 * The one debugger attachment of a tab, shared by everything in the panel that needs it. Attaches late, only on the
 * person's word (which is remembered), detaches when nobody uses it, and never overrides a person's cancel.
 */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { AttachedDebugger } from '../src/capture/chrome-debugger.ts';
import type { Failure, Outcome } from '../src/capture/connection.ts';

export type DebuggerState =
  | { readonly type: 'detached' }
  | { readonly type: 'attaching' }
  | { readonly type: 'attached' }
  /** The person pressed Cancel in Chrome's bar: stays so until they ask for it again. */
  | { readonly type: 'cancelled' }
  /** It was refused, or ended by itself; the next `want` tries again. */
  | { readonly type: 'lost'; readonly failure: Failure };

export interface DebuggerOwner {
  readonly state: ReadonlySignal<DebuggerState>;
  /** The attachment while it stands, for who reacts to it. */
  readonly attached: ReadonlySignal<AttachedDebugger | null>;
  /** The person's word, remembered. While false nothing attaches. */
  readonly allowed: ReadonlySignal<boolean>;
  /** Allowing also takes back an earlier cancel, and attaches when somebody waits for it; forbidding detaches at once. */
  setAllowed(allowed: boolean): void;
  /** Attaches for `user` unless it stands already. Several users share it; each must `release` it. */
  want(user: string): Promise<Outcome<AttachedDebugger>>;
  /** Detaches when this was the last user. */
  release(user: string): void;
  /** Detaches whoever uses it, for when the panel goes. */
  close(): void;
}

const KEY = 'debugger-allowed';

/** @param attach `attachDebugger` of the tab: fails as data, and only the person's word makes it be called. */
export function createDebuggerOwner(
  attach: () => Promise<Outcome<AttachedDebugger>>,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
): DebuggerOwner {
  const state = signal<DebuggerState>({ type: 'detached' });
  const attached = signal<AttachedDebugger | null>(null);
  const allowed = signal(storage.getItem(KEY) === 'yes');
  const users = new Set<string>();
  let attaching: Promise<Outcome<AttachedDebugger>> | null = null;

  function set(next: DebuggerState, standing: AttachedDebugger | null): void {
    batch(() => {
      state.value = next;
      attached.value = standing;
    });
  }

  function detach(): void {
    const standing = attached.peek();
    if (!standing) return;
    set({ type: 'detached' }, null);
    void standing.detach();
  }

  async function start(): Promise<Outcome<AttachedDebugger>> {
    set({ type: 'attaching' }, null);
    const outcome = await attach();
    attaching = null;
    if (!outcome.ok) {
      set({ type: 'lost', failure: outcome.failure }, null);
      return outcome;
    }
    const standing = outcome.value;
    if (users.size === 0 || !allowed.peek()) {
      // Everybody left while it was on its way.
      set({ type: 'detached' }, null);
      await standing.detach();
      return { ok: false, failure: { kind: 'aborted' } };
    }
    standing.onDetached((failure) => {
      if (attached.peek() !== standing) return;
      set(failure.kind === 'cancelled' ? { type: 'cancelled' } : { type: 'lost', failure }, null);
    });
    set({ type: 'attached' }, standing);
    return outcome;
  }

  async function want(): Promise<Outcome<AttachedDebugger>> {
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
      detach();
    },
  };
}
