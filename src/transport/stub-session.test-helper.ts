/** A session of the protocol whose answers and events a test makes. */
import type { Failure, Outcome } from './outcome.ts';
import type { EventName, EventParameters, ProtocolSession } from './protocol.ts';

export interface StubSession {
  readonly session: ProtocolSession;
  /** The commands that were sent, in order. */
  readonly sent: string[];
  /** Sets how a command is answered from now on; by default as an empty page would. */
  answer(method: string, next: (parameters: unknown) => Outcome<unknown>): void;
  /** Only what the listeners read must be given. */
  emit<E extends EventName>(event: E, parameters: DeepPartial<EventParameters<E>>): void;
  /** The session ends by itself. */
  end(failure: Failure): void;
}

type DeepPartial<T> = T extends object ? { readonly [K in keyof T]?: DeepPartial<T[K]> } : T;

/** The answers of an empty page. */
const nothing = (method: string) =>
  method === 'Runtime.getProperties' ? { result: [] } : { result: { type: 'undefined' }, scriptSource: '' };

export function createStubSession(): StubSession {
  const listeners = new Map<string, Set<(parameters: unknown) => void>>();
  const closing = new Set<(failure: Failure) => void>();
  const answers = new Map<string, (parameters: unknown) => Outcome<unknown>>();
  const sent: string[] = [];
  const session = {
    async send(method: string, parameters: unknown) {
      sent.push(method);
      return answers.get(method)?.(parameters) ?? { ok: true, value: nothing(method) };
    },
    on(event: string, listener: (parameters: unknown) => void) {
      const those = listeners.get(event) ?? new Set();
      listeners.set(event, those.add(listener));
      return () => those.delete(listener);
    },
    onClosed(listener: (failure: Failure) => void) {
      closing.add(listener);
      return () => closing.delete(listener);
    },
    async close() {},
  };
  return {
    session: session as ProtocolSession,
    sent,
    answer: (method, next) => void answers.set(method, next),
    emit(event, parameters) {
      for (const listener of [...(listeners.get(event) ?? [])]) listener(parameters);
    },
    end(failure) {
      for (const listener of [...closing]) listener(failure);
    },
  };
}
