/**
 * Sends protocol commands within the rest of one request's deadline. Failures are exceptions here, and must be turned into values
 * where the request ends.
 */
import type { Failure, Outcome, RequestOptions } from '../../transport/outcome.ts';
import type { Method, Parameters, ProtocolSession, Result } from '../../transport/protocol.ts';

/** Thrown by a timed session, and by code that uses one. */
export class Failed extends Error {
  constructor(readonly failure: Failure) {
    super(failure.kind);
  }
}

/** Throws Failed. */
export interface TimedSession {
  send<M extends Method>(method: M, parameters: Parameters<M>): Promise<Result<M>>;
  /** The value of a request that consists of several commands. */
  of<T>(request: (options: RequestOptions) => Promise<Outcome<T>>): Promise<T>;
  /** The value of an optional request, or null when it does not arrive before `late`. */
  inTime<T>(request: (options: RequestOptions) => Promise<Outcome<T>>): Promise<T | null>;
  /** True when the request must finish with what it has. */
  late(): boolean;
  /** Milliseconds after which it is late. */
  readonly hurryAfter: number;
  /** The options of the whole request. */
  readonly options: RequestOptions;
  /** The group of remote handles that live as long as the request. */
  readonly group: string;
}

/** The part of a deadline after which nothing more is asked, and the request finishes with what it has. */
const HURRY_AFTER = 0.7;

export function createTimedSession(session: ProtocolSession, options: RequestOptions, group: string): TimedSession {
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
