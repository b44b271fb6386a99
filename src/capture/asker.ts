/**
 * Asks the protocol within what is left of one request's deadline. Failures are exceptions here, and must be data again
 * where the request ends.
 */
import type { Failure, Outcome, RequestOptions } from './connection.ts';
import type { Method, Parameters, ProtocolSession, Result } from './protocol.ts';

/** Thrown by an Asker, and by those who use one. */
export class Failed extends Error {
  constructor(readonly failure: Failure) {
    super(failure.kind);
  }
}

/** Throws Failed. */
export interface Asker {
  send<M extends Method>(method: M, parameters: Parameters<M>): Promise<Result<M>>;
  /** The value of a request that is made of several. */
  of<T>(request: (options: RequestOptions) => Promise<Outcome<T>>): Promise<T>;
  /** The value of a request that can be done without, or null if it is not there before it is time to come to an end. */
  inTime<T>(request: (options: RequestOptions) => Promise<Outcome<T>>): Promise<T | null>;
  /** True when it is time to come to an end. */
  late(): boolean;
  /** Milliseconds after which it is. */
  readonly hurryAfter: number;
  /** Of the whole request. */
  readonly options: RequestOptions;
  /** Of the remote handles that live as long as the request. */
  readonly group: string;
}

/** Part of a deadline after which nothing more is asked and what is there is taken. */
const HURRY_AFTER = 0.7;

export function createAsker(session: ProtocolSession, options: RequestOptions, group: string): Asker {
  const started = performance.now();
  const hurryAfter = options.deadline * HURRY_AFTER;
  async function of<T>(request: (options: RequestOptions) => Promise<Outcome<T>>): Promise<T> {
    const left = Math.max(1, options.deadline - (performance.now() - started));
    const outcome = await request({ ...options, deadline: left });
    if (outcome.ok) return outcome.value;
    const { failure } = outcome;
    throw new Failed(failure.kind === 'timeout' ? { ...failure, milliseconds: options.deadline } : failure);
  }
  return {
    send: (method, parameters) => of((left) => session.send(method, parameters, left)),
    of,
    async inTime(request) {
      const left = Math.max(1, hurryAfter - (performance.now() - started));
      const outcome = await request({ ...options, deadline: left });
      if (outcome.ok) return outcome.value;
      if (outcome.failure.kind === 'timeout' || outcome.failure.kind === 'refused') return null;
      throw new Failed(outcome.failure);
    },
    late: () => performance.now() - started > hurryAfter,
    hurryAfter,
    options,
    group,
  };
}
