/**
 * The protocol through Node's own inspector, without a browser: for the command in Node, and for tests against real V8.
 */
import { Session } from 'node:inspector';
import type { ProtocolSession } from './protocol.ts';
import { createSession, messageOf, protocolFailure } from './protocol-session.ts';

/**
 * Opens a session.
 * @param thread `same`: this thread, which answers at once. `main`: the main thread, debugged from a worker; works while the
 * main thread is paused.
 */
export function connectInspector(thread: 'same' | 'main'): ProtocolSession {
  const inspector = new Session();
  if (thread === 'main') inspector.connectToMainThread();
  else inspector.connect();
  const control = createSession({
    post: (method, parameters) =>
      new Promise((resolve, reject) => {
        inspector.post(method, parameters, (error, result) => (error ? reject(error) : resolve(result)));
      }),
    toFailure: (method, error) => protocolFailure(method, messageOf(error)),
    gone: () => control.end({ kind: 'detached' }),
    async close() {
      inspector.disconnect();
    },
  });
  inspector.on('inspectorNotification', ({ method, params }: { method: string; params: unknown }) =>
    control.emit(method, params),
  );
  return { ...control.session, inNode: true };
}
