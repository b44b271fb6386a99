/**
 * The part of a ProtocolSession that is the same for every transport: listeners, requests under way, and how they end. Must
 * settle every request, whatever the other end does.
 */
import type { Failure, Outcome, RequestOptions } from './outcome.ts';
import type { EventName, EventParameters, Method, Parameters, ProtocolSession, Result } from './protocol.ts';
import { race } from './race.ts';

export interface Transport {
  /** Resolves to the command's result. Rejects with the transport's error. */
  post(method: string, parameters: object): Promise<unknown>;
  /** Why a command failed. Null: the other end is gone, and the reason will soon arrive through `end`. */
  toFailure(method: string, error: unknown): Failure | null;
  /** Called when the other end is gone and no reason arrived. Must end the session. */
  gone(): void;
  close(): Promise<void>;
}

/** A session and what its transport needs to drive it. */
export interface SessionControl {
  readonly session: ProtocolSession;
  /** Calls the listeners of an event. */
  emit(method: string, parameters: unknown): void;
  /** Settles all requests under way with this failure. The session goes on. */
  interrupt(failure: Failure): void;
  /** From now on every request fails with this; null ends that. */
  setBroken(failure: Failure | null): void;
  /** Ends the session. Only the first call counts. */
  end(failure: Failure): void;
}

/** Milliseconds by which the reason of an end may arrive later than the errors that it causes. */
const REASON_DELAY = 200;

export function createSession(transport: Transport): SessionControl {
  const listeners = new Map<string, Set<(parameters: never) => void>>();
  const closedListeners = new Set<(failure: Failure) => void>();
  const underWay = new Set<(failure: Failure) => void>();
  let ended: Failure | null = null;
  let broken: Failure | null = null;

  function interrupt(failure: Failure): void {
    for (const fail of [...underWay]) fail(failure);
  }

  function end(failure: Failure): void {
    if (ended) return;
    ended = failure;
    interrupt(failure);
    for (const listener of [...closedListeners]) listener(failure);
    closedListeners.clear();
    listeners.clear();
  }

  function send<M extends Method>(
    method: M,
    parameters: Parameters<M>,
    options: RequestOptions,
  ): Promise<Outcome<Result<M>>> {
    return race<Result<M>>(
      options,
      (fail) => {
        underWay.add(fail);
        return () => underWay.delete(fail);
      },
      (settle) => {
        const failure = ended ?? broken;
        if (failure) return settle({ ok: false, failure });
        transport.post(method, parameters ?? {}).then(
          // The protocol's types say what a method answers. The browser is trusted to keep to them.
          (value) => settle({ ok: true, value: value as Result<M> }),
          (error) => {
            const reason = transport.toFailure(method, error);
            if (reason) settle({ ok: false, failure: reason });
            else setTimeout(transport.gone, REASON_DELAY);
          },
        );
      },
    );
  }

  const session: ProtocolSession = {
    send,
    on<E extends EventName>(event: E, listener: (parameters: EventParameters<E>) => void) {
      const ofEvent = listeners.get(event) ?? new Set();
      listeners.set(event, ofEvent);
      ofEvent.add(listener);
      return () => ofEvent.delete(listener);
    },
    onClosed(listener) {
      closedListeners.add(listener);
      return () => closedListeners.delete(listener);
    },
    async close() {
      if (ended) return;
      closedListeners.clear();
      end({ kind: 'detached' });
      await transport.close();
    },
  };

  return {
    session,
    emit(method, parameters) {
      for (const listener of [...(listeners.get(method) ?? [])]) listener(parameters as never);
    },
    interrupt,
    setBroken(failure) {
      broken = failure;
      if (failure) interrupt(failure);
    },
    end,
  };
}

/** The message of a transport's error. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  // chrome.debugger writes the protocol's error into the message as JSON.
  const match = /^\{.*"message":("(?:[^"\\]|\\.)*")/.exec(text);
  if (!match?.[1]) return text;
  const message: unknown = JSON.parse(match[1]);
  return typeof message === 'string' ? message : text;
}

/** What the protocol's errors mean. Goes by their texts in the sources of V8 and Chrome, since there are no codes. */
export function protocolFailure(method: string, message: string): Failure {
  if (
    /context with specified id|context was destroyed|navigated or closed|Promise was collected|Could not find object with given id/.test(
      message,
    )
  )
    return { kind: 'navigated' };
  if (/target crashed/i.test(message)) return { kind: 'crashed' };
  if (/Execution was terminated|Internal error/.test(message)) return { kind: 'thrown', message };
  return { kind: 'refused', method, message };
}
