/**
 * The protocol of a Node process that was started with `--inspect`, over its WebSocket. Reaches any host that it is
 * given: the caller decides which.
 */
import WebSocket from 'ws';
import { say } from '../words/say.ts';
import type { Outcome } from './outcome.ts';
import type { ProtocolSession } from './protocol.ts';
import { createSession, messageOf, protocolFailure } from './protocol-session.ts';

/** Milliseconds until a process that does not answer is given up. */
const CONNECT_DEADLINE = 5000;
/** Bytes of one answer: more than any capture has. */
const LARGEST_ANSWER = 2 ** 30;

/** Opens a session with the first target of the inspector at this address. Fails in words of Node's. */
export async function connectInspectorSocket(host: string, port: number): Promise<Outcome<ProtocolSession>> {
  try {
    const socket = new WebSocket(await firstTarget(host, port), {
      handshakeTimeout: CONNECT_DEADLINE,
      maxPayload: LARGEST_ANSWER,
      perMessageDeflate: false,
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return { ok: true, value: sessionOver(socket) };
  } catch (error) {
    return { ok: false, failure: { kind: 'disconnected', message: causeOf(error) } };
  }
}

async function firstTarget(host: string, port: number): Promise<string> {
  const bracketed = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  const answer = await fetch(`http://${bracketed}:${port}/json/list`, {
    signal: AbortSignal.timeout(CONNECT_DEADLINE),
  });
  const targets: unknown = await answer.json();
  const [target]: unknown[] = Array.isArray(targets) ? targets : [];
  const url: unknown =
    typeof target === 'object' && target !== null ? Reflect.get(target, 'webSocketDebuggerUrl') : null;
  if (typeof url !== 'string') throw new Error(say('failure_noInspector'));
  // Whatever host it names: the one that was asked for is meant.
  return `ws://${bracketed}:${port}${new URL(url).pathname}`;
}

/** `fetch` hides why in `cause`. */
function causeOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? error.cause : null;
  return messageOf(cause instanceof Error ? cause : error);
}

function sessionOver(socket: WebSocket): ProtocolSession {
  let last = 0;
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const control = createSession({
    post: (method, params) =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        socket.send(JSON.stringify({ id: last, method, params }));
      }),
    toFailure: (method, error) => protocolFailure(method, messageOf(error)),
    gone: () => control.end({ kind: 'closed' }),
    close: () =>
      new Promise((resolve) => {
        socket.once('close', () => resolve());
        socket.close();
      }),
  });
  socket.on('message', (data) => {
    const { id, result, error, method, params } = JSON.parse(String(data));
    if (typeof method === 'string') return control.emit(method, params);
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(String(error.message)));
    else asked?.resolve(result);
  });
  // What breaks the connection closes it, too.
  socket.on('error', () => {});
  socket.on('close', () => control.end({ kind: 'closed' }));
  return { ...control.session, inNode: true };
}
