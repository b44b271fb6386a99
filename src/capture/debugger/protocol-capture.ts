/**
 * Captures through the debugger's protocol: all that V8 knows about an object. The same agent as in eval-capture.ts walks, but
 * before it touches an object that may be a proxy it hands the object out, and this module asks the protocol what it is. Must
 * never run the page's code, except a user's own expressions.
 *
 * The protocol itself can run code of the page: to describe an error, V8 calls getters on its prototypes and
 * `Error.prepareStackTrace`. So errors are never asked for, expressions are parsed in an isolated world first, and answers arrive in
 * arrays.
 */

import type { ReadOptions } from '../../snapshot/read-options.ts';
import type { ObjectId, Snapshot } from '../../snapshot/snapshot.ts';
import { type DebuggerDomain, debuggerDomain } from '../../transport/debugger-domain.ts';
import type { Connection } from '../../transport/devtools-session.ts';
import type { Heartbeat } from '../../transport/heartbeat.ts';
import type { Outcome, RequestOptions } from '../../transport/outcome.ts';
import type { ProtocolSession } from '../../transport/protocol.ts';
import { readReply } from '../../wire/reader.ts';
import { noObject, type ObjectAction } from '../../wire/requests.ts';
import { say } from '../../words/say.ts';
import { type Capture, labelOf, type RootRequest } from '../capture.ts';
import type { NumberSource } from '../object-numbers.ts';
import { createAccessorCompiler } from '../scripts/accessors.ts';
import { agentCall, HandedList, Source } from '../scripts/agent-call.ts';
import { type Done, doThroughDevTools, readDone } from '../scripts/object-action.ts';
import { doThroughAgent } from './acting/agent-action.ts';
import { actingThrough, createAssigner } from './acting/assign.ts';
import { type Agents, callAgent, createAgents } from './agent-handles.ts';
import { createAnswers } from './answers.ts';
import { componentsThroughDebugger, createExpressions, namesThroughDebugger } from './expressions.ts';
import { contextOf } from './remote-objects.ts';
import { createGivenRoots } from './root-values.ts';
import { createTimedSession, Failed, type TimedSession } from './timed-session.ts';

export interface ProtocolCaptureOptions {
  /** The execution context of the frame in which expressions are evaluated; by default the session's default context. */
  readonly executionContextId?: number;
  /** Milliseconds that an expression in a paused frame may run; by default FRAME_TIME. */
  readonly expressionTime?: number;
  /** The frame of that context; by default the session's topmost frame. */
  readonly frameId?: string;
  /**
   * Others that read the same heap, such as an eval capture. The page keeps one agent for all of them under the name `token`, so
   * that numbers agree, and the others make the page forget it in the end. With their `connection`, DevTools' own session answers
   * for `$0` and `$_`.
   */
  readonly shared?: { readonly token: string; readonly connection?: Connection };
  /** The next number of the heap. By default numbers start at 1, and again after each navigation. */
  readonly numbers?: NumberSource;
  /** Renews the lease of `shared.token` while this exists. */
  readonly heartbeat?: Heartbeat;
}

export interface ProtocolCapture extends Capture {
  /** Makes the page forget the agent of `shared.token`, whoever reads it. The next request makes a new one. */
  release(): Promise<void>;
  /** Does something with the whole heap, in turn with the requests. */
  inHeap<T>(work: (heap: HeapAccess) => Promise<T>, options: RequestOptions): Promise<Outcome<T>>;
}

/** What asks about a whole heap. Its commands throw `Failed`. */
export interface HeapAccess {
  readonly timed: TimedSession;
  /** The handle of the agent. */
  readonly agent: string;
  /** The execution context; null for the session's default. */
  readonly context: number | null;
  readonly domain: DebuggerDomain;
  readonly session: ProtocolSession;
}

/** Milliseconds after which V8 ends an expression in a paused frame, because the page must not hang. */
const FRAME_TIME = 500;
/** Milliseconds for requests that need no answer. */
const LAST_WORD = { deadline: 1000 };

/** The end of the last request to an agent. All captures that share numbers share it. */
const turns = new WeakMap<NumberSource, Promise<void>>();

export function createProtocolCapture(session: ProtocolSession, options: ProtocolCaptureOptions = {}): ProtocolCapture {
  const { executionContextId: context = null, expressionTime: frameTime = FRAME_TIME, shared } = options;
  // Groups belong to the session, and others may use it too.
  const name = `memory-graph-${crypto.randomUUID()}`;
  const agentGroup = `${name}-agent`;
  let requests = 0;
  /** The group of the latest request's remote handles. */
  let group = `${name}-0`;
  const token = shared?.token ?? `memory-graph-${crypto.randomUUID()}`;
  const numbers = options.numbers ?? { next: 1 };
  const agents = createAgents(session, { group: agentGroup, token, shared: shared !== undefined, numbers });
  const expressions = createExpressions({ context, frameId: options.frameId, frameTime });
  const domain = debuggerDomain(session);
  const heap = { context, domain, session };
  const givenRoots = createGivenRoots(agents, expressions, { domain, context, token, console: shared?.connection });
  const [compile, answers] = [createAccessorCompiler(), createAnswers(domain)];
  const stopRenewing = shared && options.heartbeat ? options.heartbeat(() => void agents.renew()) : () => {};

  async function read(
    roots: readonly RootRequest[],
    view: ReadOptions,
    sought: ObjectId,
    timed: TimedSession,
  ): Promise<Outcome<Snapshot>> {
    const home = context ?? agents.first()?.context ?? null;
    // An agent is always needed, so the page makes it while the expressions are parsed elsewhere.
    const making = agents.in(timed, home);
    const evaluating = givenRoots.evaluated(timed, roots);
    await Promise.allSettled([making, evaluating]);
    await making;
    const given = await evaluating;
    const [firstValue] = given.values.map(contextOf).filter((context) => context !== null);
    const agentContext = shared || context !== null ? home : (firstValue ?? home);
    const handle = await agents.in(timed, agentContext);
    const { specs, values } = await givenRoots.handedIn(timed, given, agentContext, handle);
    const accessors = await compile(view.accessors, (source) => expressions.parseFailure(timed, source));
    const common = {
      view: await runnable(view, domain, timed),
      sought,
      next: numbers.next,
      inNode: session.inNode === true,
    };
    const request = { ...common, roots: specs, stackHooks: !agents.usesNativeTypes() };
    const positions = values.map(({ at }) => at);
    const handed = new HandedList(values.map(({ value }) => value));
    const first = await callAgent(timed, handle, agentCall('begin', request, new Source(accessors), positions, handed));
    const reply = await answers.toTheEnd(timed, handle, first, view);
    const snapshot = readReply(reply, roots.map(labelOf));
    if (snapshot.ok) numbers.next = Math.max(numbers.next, snapshot.highest + 1);
    return snapshot;
  }

  /** Requests wait for each other, because an agent reads one thing at a time. */
  async function inTurn<T>(
    requestOptions: RequestOptions,
    work: (timed: () => TimedSession) => Promise<T>,
  ): Promise<T> {
    const before = turns.get(numbers);
    let done = () => {};
    turns.set(
      numbers,
      new Promise<void>((resolve) => {
        done = resolve;
      }),
    );
    await before;
    // A late release must not release the handles of the next request.
    requests += 1;
    group = `${name}-${requests}`;
    const own = group;
    try {
      return await work(() => createTimedSession(session, requestOptions, own));
    } finally {
      void session.send('Runtime.releaseObjectGroup', { objectGroup: own }, LAST_WORD);
      done();
    }
  }

  const asked = <T>(options: RequestOptions, work: (timed: TimedSession) => Promise<T>): Promise<Outcome<T>> =>
    inTurn(options, (timed) => settled(() => work(timed())));

  async function attempt(
    roots: readonly RootRequest[],
    view: ReadOptions,
    sought: ObjectId,
    timed: () => TimedSession,
  ): Promise<Outcome<Snapshot>> {
    const known = agents.first() !== null || expressions.isRooted();
    try {
      return await read(roots, view, sought, timed());
    } catch (error) {
      // Answers have the protocol's types. One of another shape is found only when it is read.
      if (!(error instanceof Failed)) return { ok: false, failure: { kind: 'corrupt', message: String(error) } };
      const { failure } = error;
      if (failure.kind !== 'navigated' && failure.kind !== 'crashed') {
        void agents.abandon();
        return { ok: false, failure };
      }
      const stale = known && failure.kind === 'navigated';
      agents.forget();
      expressions.forget();
      if (options.numbers === undefined) numbers.next = 1;
      // The handles belonged to a document that has gone since the previous capture.
      return stale ? attempt(roots, view, sought, timed) : { ok: false, failure };
    }
  }

  return {
    transport: 'debugger',
    capture: (roots, view, requestOptions) => inTurn(requestOptions, (timed) => attempt(roots, view, noObject, timed)),
    retainers: (target, roots, view, requestOptions) =>
      inTurn(requestOptions, (timed) => attempt(roots, view, target, timed)),
    act(target, action, requestOptions) {
      // Only DevTools' own session has the functions for this, and it can reach all objects of this agent.
      if (shared?.connection) return doThroughDevTools(shared.connection, token, target, action, requestOptions);
      return asked(requestOptions, (timed) => actIn({ agents, domain, timed }, target, action));
    },
    ...actingThrough(asked, agents, createAssigner(agents, expressions, context), context),
    names: (path, options) => asked(options, (timed) => namesThroughDebugger(timed, context, agents, path)),
    components: (options) => asked(options, (timed) => componentsThroughDebugger(timed, context, agents)),
    inHeap: (work, options) =>
      asked(options, async (timed) => work({ ...heap, timed, agent: await agents.in(timed, context) })),
    release: agents.release,
    async close() {
      stopRenewing();
      await Promise.all([
        // With a connection, the others continue to renew the lease.
        agents.leave(shared === undefined || shared.connection !== undefined),
        session.send('Runtime.releaseObjectGroup', { objectGroup: group }, LAST_WORD),
        session.send('Runtime.releaseObjectGroup', { objectGroup: agentGroup }, LAST_WORD),
      ]);
    },
  };
}

/** The agent itself does what needs no other session. */
async function actIn(
  { agents, domain, timed }: { readonly agents: Agents; readonly domain: DebuggerDomain; readonly timed: TimedSession },
  target: ObjectId,
  action: ObjectAction,
): Promise<Done> {
  const agent = agents.first();
  return agent === null ? readDone(['gone']) : doThroughAgent(timed, agent.handle, target, action, domain);
}

/** At a pause no getter may run: what it does would be another step of the program. */
async function runnable(view: ReadOptions, domain: DebuggerDomain, timed: TimedSession): Promise<ReadOptions> {
  if (view.getters.length === 0 || (await timed.inTime(domain.isPaused)) === false) return view;
  return { ...view, getters: view.getters.map((run) => ({ ...run, refused: say('getterRefused') })) };
}

/** Failures become data again. */
async function settled<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof Failed) return { ok: false, failure: error.failure };
    throw error;
  }
}
