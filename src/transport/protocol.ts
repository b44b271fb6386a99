/**
 * Chrome's debugger protocol, typed, over any transport: `chrome.debugger` in the extension, Node's inspector without a
 * browser. Every command has a deadline and can be aborted; failures are values, never exceptions.
 */
import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping.js';
import type { Failure, Outcome, RequestOptions } from './outcome.ts';

type Commands = ProtocolMapping.Commands;
type Events = ProtocolMapping.Events;

export type Method = keyof Commands;
export type EventName = keyof Events;
export type Parameters<M extends Method> = Commands[M]['paramsType'][0];
export type Result<M extends Method> = Commands[M]['returnType'];
export type EventParameters<E extends EventName> = Events[E][0];

/** The protocol's session with one heap: a page, a worker, an out-of-process frame, Node's main thread. */
export interface ProtocolSession {
  /** The heap is Node's, which itself can test what elsewhere only the protocol can. */
  readonly inNode?: true;
  send<M extends Method>(method: M, parameters: Parameters<M>, options: RequestOptions): Promise<Outcome<Result<M>>>;
  /** Calls back for each event of this name. Returns the unsubscriber. */
  on<E extends EventName>(event: E, listener: (parameters: EventParameters<E>) => void): () => void;
  /** Calls back once when the session ends for any reason other than `close`. Returns the unsubscriber. */
  onClosed(listener: (failure: Failure) => void): () => void;
  /** Ends the session. Never fails. Requests under way settle as detached. */
  close(): Promise<void>;
}
