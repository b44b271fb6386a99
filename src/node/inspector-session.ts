/**
 * The debugger protocol of Node's own inspector: of this thread, or, from a worker, of the main thread, which can then
 * be paused. Fails like every connection: as a value.
 */
import { Session } from 'node:inspector';
import type { Failure, RequestOptions } from '../capture/connection.ts';
import type { EventName, EventParameters, Method, Parameters, ProtocolSession, Result } from '../capture/protocol.ts';
import { race } from '../capture/race.ts';

/** @throws where Node runs without an inspector, or `main thread` is asked for outside of a worker */
export function connectInspector(target: 'this thread' | 'main thread'): ProtocolSession {
  const session = new Session();
  if (target === 'main thread') session.connectToMainThread();
  else session.connect();
  const waiting = new Set<(failure: Failure) => void>();
  return {
    send: <M extends Method>(method: M, parameters: Parameters<M>, options: RequestOptions) =>
      race<Result<M>>(
        options,
        (fail) => {
          waiting.add(fail);
          return () => waiting.delete(fail);
        },
        (settle) => {
          session.post(method, parameters ?? {}, (error, result) => {
            if (error || !answers<Result<M>>(result)) {
              settle({ ok: false, failure: { kind: 'disconnected', message: error?.message ?? 'no answer' } });
            } else {
              settle({ ok: true, value: result });
            }
          });
        },
      ),
    on<E extends EventName>(event: E, listener: (parameters: EventParameters<E>) => void) {
      const forward = ({ params }: { readonly params?: unknown }): void => {
        if (answers<EventParameters<E>>(params)) listener(params);
      };
      session.on(event, forward);
      return () => session.off(event, forward);
    },
    // It ends with the thread or by `close`, never otherwise.
    onClosed: () => () => {},
    async close() {
      session.disconnect();
      for (const fail of waiting) fail({ kind: 'disconnected', message: 'the session was closed' });
    },
  };
}

/** V8 speaks the protocol as its published types say. */
function answers<T>(value: unknown): value is T {
  return value === undefined || (typeof value === 'object' && value !== null);
}
