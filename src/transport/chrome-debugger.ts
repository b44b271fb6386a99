/**
 * The protocol through `chrome.debugger`: the tab's own session, and flat child sessions for its workers and
 * out-of-process frames. Must never attach again after the user canceled: it attaches only when it is called.
 */
import type { Failure, Outcome, RequestOptions } from './outcome.ts';
import type { ProtocolSession } from './protocol.ts';
import { createSession, messageOf, protocolFailure, type SessionControl } from './protocol-session.ts';
import { race } from './race.ts';

interface Debuggee {
  readonly tabId?: number;
  readonly sessionId?: string;
}

interface DebuggerEvent<L> {
  addListener(listener: L): void;
  removeListener(listener: L): void;
}

/** The part of `chrome.debugger` that this needs. */
export interface DebuggerApi {
  attach(target: { tabId: number }, version: string): Promise<void>;
  detach(target: { tabId: number }): Promise<void>;
  sendCommand(target: { tabId: number; sessionId?: string }, method: string, parameters?: object): Promise<unknown>;
  readonly onEvent: DebuggerEvent<(source: Debuggee, method: string, parameters?: object) => void>;
  readonly onDetach: DebuggerEvent<(source: Debuggee, reason: string) => void>;
}

export interface AttachedDebugger {
  readonly page: ProtocolSession;
  /** The session of a worker or frame that `Target.attachedToTarget` reported; the same one for the same id. */
  child(sessionId: string): ProtocolSession;
  /** Calls back once when the debugger is detached: by the user (`cancelled`), or with the tab. Returns the unsubscriber. */
  onDetached(listener: (failure: Failure) => void): () => void;
  /** Detaches from the tab. Never fails. */
  detach(): Promise<void>;
}

/** Fails as `occupied`, `forbidden` or `closed`, among others. Chrome shows its info bar from then on. */
export async function attachDebugger(
  api: DebuggerApi,
  tabId: number,
  options: RequestOptions,
): Promise<Outcome<AttachedDebugger>> {
  // An extension that was reloaded throws at once instead of rejecting.
  const attaching = Promise.resolve().then(() => api.attach({ tabId }, '1.3'));
  const attached = await race<void>(
    options,
    () => () => {},
    (settle) => {
      attaching.then(
        () => settle({ ok: true, value: undefined }),
        (error) => settle({ ok: false, failure: attachFailure(messageOf(error)) }),
      );
    },
  );
  if (!attached.ok) {
    // The request ended before the debugger was attached, so detach it again.
    attaching.then(() => api.detach({ tabId })).catch(() => {});
    return attached;
  }
  const debuggerOfTab = connect(api, tabId);
  // Without it no event reports a crash.
  await debuggerOfTab.page.send('Inspector.enable', undefined, options);
  return { ok: true, value: debuggerOfTab };
}

function connect(api: DebuggerApi, tabId: number): AttachedDebugger {
  const children = new Map<string, SessionControl>();

  function open(sessionId: string | null): SessionControl {
    const target = sessionId === null ? { tabId } : { tabId, sessionId };
    return createSession({
      // An extension that was reloaded throws at once instead of rejecting.
      post: async (method, parameters) => api.sendCommand(target, method, parameters),
      toFailure: (method, error) => commandFailure(method, messageOf(error)),
      gone: () => end({ kind: 'detached' }),
      close: () => (sessionId === null ? detach() : Promise.resolve()),
    });
  }

  const page = open(null);

  function child(sessionId: string): SessionControl {
    const known = children.get(sessionId);
    if (known) return known;
    const control = open(sessionId);
    children.set(sessionId, control);
    return control;
  }

  const onEvent = (source: Debuggee, method: string, parameters: object = {}): void => {
    if (source.tabId !== tabId) return;
    const control = source.sessionId === undefined ? page : children.get(source.sessionId);
    switch (method) {
      case 'Inspector.targetCrashed':
        control?.setBroken({ kind: 'crashed' });
        break;
      case 'Inspector.targetReloadedAfterCrash':
        control?.setBroken(null);
        break;
      // All that waits for the page would wait for the user.
      case 'Page.javascriptDialogOpening':
        control?.setBroken({ kind: 'dialog' });
        break;
      case 'Page.javascriptDialogClosed':
        control?.setBroken(null);
        break;
      case 'Target.attachedToTarget':
        if ('sessionId' in parameters && typeof parameters.sessionId === 'string') child(parameters.sessionId);
        break;
      case 'Target.detachedFromTarget':
        if ('sessionId' in parameters && typeof parameters.sessionId === 'string') {
          children.get(parameters.sessionId)?.end({ kind: 'closed' });
          children.delete(parameters.sessionId);
        }
        break;
    }
    control?.emit(method, parameters);
  };
  const onDetach = (source: Debuggee, reason: string): void => {
    if (source.tabId === tabId && source.sessionId === undefined)
      end(reason === 'canceled_by_user' ? { kind: 'cancelled' } : { kind: 'closed' });
  };
  api.onEvent.addListener(onEvent);
  api.onDetach.addListener(onDetach);

  function end(failure: Failure): void {
    api.onEvent.removeListener(onEvent);
    api.onDetach.removeListener(onDetach);
    for (const control of children.values()) control.end(failure);
    children.clear();
    page.end(failure);
  }

  async function detach(): Promise<void> {
    end({ kind: 'detached' });
    try {
      await api.detach({ tabId });
    } catch {
      // It was detached already.
    }
  }

  return {
    page: page.session,
    child: (sessionId) => child(sessionId).session,
    onDetached: (listener) => page.session.onClosed(listener),
    detach: () => page.session.close(),
  };
}

const BY_POLICY = /restricted by policy/;

/** Goes by Chrome's texts (chrome/browser/extensions/api/debugger/debugger_api.cc), since there are no codes. */
function attachFailure(message: string): Failure {
  if (message.includes('Another debugger')) return { kind: 'occupied', message };
  if (BY_POLICY.test(message)) return { kind: 'managed', message };
  if (/Cannot (access|attach)|not allowed/.test(message)) return { kind: 'forbidden' };
  if (/No (tab|target) with given id/.test(message)) return { kind: 'closed' };
  return { kind: 'disconnected', message };
}

function commandFailure(method: string, message: string): Failure | null {
  if (message.includes('Detached while handling command') || message.includes('Debugger is not attached')) return null;
  if (BY_POLICY.test(message)) return { kind: 'managed', message };
  if (message.includes('Session with given id not found')) return { kind: 'closed' };
  if (message.includes('Extension context invalidated')) return { kind: 'disconnected', message };
  return protocolFailure(method, message);
}
