/**
 * Chrome's debugger protocol, typed, wherever it is spoken: `chrome.debugger` in the extension, Node's inspector without
 * a browser. Every command has a deadline and can be aborted; failures are values, never exceptions.
 */
import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping.js';
import type { Failure, Outcome, RequestOptions } from './connection.ts';

type Commands = ProtocolMapping.Commands;
type Events = ProtocolMapping.Events;

export type Method = keyof Commands;
export type EventName = keyof Events;
export type Parameters<M extends Method> = Commands[M]['paramsType'][0];
export type Result<M extends Method> = Commands[M]['returnType'];
export type EventParameters<E extends EventName> = Events[E][0];

/** One heap's end of the protocol: a page, a worker, an out-of-process frame, Node's main thread. */
export interface ProtocolSession {
  /** The heap is Node's: it has tests of its own for what elsewhere only the protocol tells. */
  readonly inNode?: true;
  send<M extends Method>(method: M, parameters: Parameters<M>, options: RequestOptions): Promise<Outcome<Result<M>>>;
  /** Calls back for each such event of this session. Returns the unsubscriber. */
  on<E extends EventName>(event: E, listener: (parameters: EventParameters<E>) => void): () => void;
  /** Calls back once when the session ends by any cause but `close`. Returns the unsubscriber. */
  onClosed(listener: (failure: Failure) => void): () => void;
  /** Ends the session. Never fails; what is under way settles as detached. */
  close(): Promise<void>;
}
