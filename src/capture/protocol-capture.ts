/**
 * Captures through the debugger's protocol: all that V8 knows of an object. The same agent as in eval-capture.ts walks,
 * but before it touches an object that may be a proxy it hands it out, and this asks the protocol what it is. Must never
 * make the page's code run but for a person's own expressions.
 *
 * What the protocol itself runs of the page: to describe an error, V8 calls getters on its prototypes and
 * `Error.prepareStackTrace`. So errors are never asked for, expressions are parsed in a world of our own first, and answers
 * come in arrays.
 */
import { readReply } from '../snapshot/reader.ts';
import type { ObjectId, Snapshot, View } from '../snapshot/snapshot.ts';
import { createAccessorCompiler } from './accessors.ts';
import { doThroughAgent } from './agent-deed.ts';
import { callAgent, createAgents } from './agents.ts';
import { createAnswers } from './answers.ts';
import { type Asker, createAsker, Failed } from './asker.ts';
import { type Capture, labelOf, type RootRequest } from './capture.ts';
import type { Connection, Outcome, RequestOptions } from './connection.ts';
import { debuggerDomain } from './debugger-domain.ts';
import { type Deed, type Done, doThroughDevTools, readDone } from './deed.ts';
import type { NumberSource } from './eval-capture.ts';
import { createExpressions } from './expressions.ts';
import { createGivenRoots, putArguments } from './given-roots.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { ProtocolSession } from './protocol.ts';
import { contextOf } from './remote-objects.ts';

export interface ProtocolCaptureOptions {
  /** Where expressions are evaluated: the execution context of a frame. Without it, the session's default. */
  readonly executionContextId?: number;
  /** Milliseconds that an expression in a paused frame may run; without it, FRAME_TIME. */
  readonly expressionTime?: number;
  /** The frame of that context; without it, the session's topmost one. */
  readonly frameId?: string;
  /**
   * Others that read the same heap, such as an eval capture: the page goes on holding one agent for all of them under
   * `token`, so that numbers agree, and they see to it that it lets go in the end. With their `connection` DevTools' own
   * session answers for `$0` and `$_`.
   */
  readonly beside?: { readonly token: string; readonly connection?: Connection };
  /** Where the heap's numbers go on. Without it they begin at 1, and again after each navigation. */
  readonly numbers?: NumberSource;
  /** Keeps what is held under `beside.token` held as long as this lives. */
  readonly heartbeat?: Heartbeat;
}

export interface ProtocolCapture extends Capture {
  /** Lets the page forget what it holds under `beside.token`, whoever reads it. What is asked after that begins anew. */
  release(): Promise<void>;
}

/** Milliseconds for an expression in a paused frame, after which V8 ends it: the page must not hang by it. */
const FRAME_TIME = 500;
/** Milliseconds for what needs no answer. */
const LAST_WORD = { deadline: 1000 };
/** No object's number. */
const NOTHING = 0;

/** When the last request ends that reads by an agent; all who share its numbers share it. */
const turns = new WeakMap<NumberSource, Promise<void>>();

export function createProtocolCapture(session: ProtocolSession, options: ProtocolCaptureOptions = {}): ProtocolCapture {
  const { executionContextId, beside } = options;
  const context = executionContextId ?? null;
  // Groups belong to the session, which others may use too.
  const name = `memory-graph-${crypto.randomUUID()}`;
  const agentGroup = `${name}-agent`;
  /** Of the latest request's remote handles. */
  let group = `${name}-0`;
  let requests = 0;
  const token = beside?.token ?? `memory-graph-${crypto.randomUUID()}`;
  const numbers = options.numbers ?? { next: 1 };
  const agents = createAgents(session, { group: agentGroup, token, shared: beside !== undefined, numbers });
  const frameTime = options.expressionTime ?? FRAME_TIME;
  const expressions = createExpressions({ context, frameId: options.frameId, frameTime });
  const givenRoots = createGivenRoots(agents, expressions, { context, token, console: beside?.connection });
  const compile = createAccessorCompiler();
  const domain = debuggerDomain(session);
  const answers = createAnswers(domain);
  const stopRenewing = beside && options.heartbeat ? options.heartbeat(() => void agents.renew()) : () => {};

  async function read(
    roots: readonly RootRequest[],
    view: View,
    sought: ObjectId | null,
    ask: Asker,
  ): Promise<Outcome<Snapshot>> {
    const home = context ?? agents.first()?.context ?? null;
    // An agent is needed whatever the roots are: the page makes it while the expressions are parsed elsewhere.
    const making = agents.in(ask, home);
    const evaluating = givenRoots.evaluated(ask, roots);
    await Promise.allSettled([making, evaluating]);
    await making;
    const given = await evaluating;
    const [firstValue] = given.values.map(contextOf).filter((context) => context !== null);
    const agentContext = beside || context !== null ? home : (firstValue ?? home);
    const handle = await agents.in(ask, agentContext);
    const { specs, values } = await givenRoots.handedIn(ask, given, agentContext, handle);
    const accessors = await compile(view.accessors, (source) => expressions.parseFailure(ask, source));
    // chrome.debugger drops what is null, and what an object lacks the page's Object.prototype would answer for.
    const stackHooks = !agents.usesNativeTypes();
    const request = { view, sought: sought ?? NOTHING, next: numbers.next, roots: specs, stackHooks };
    const first = await callAgent(ask, handle, begin(accessors), [
      { value: request },
      { value: values.map(({ at }) => at) },
      ...values.map(({ value }) => value),
    ]);
    const reply = await answers.toTheEnd(ask, handle, first, view);
    const snapshot = readReply(reply, roots.map(labelOf));
    if (snapshot.ok) numbers.next = Math.max(numbers.next, snapshot.highest + 1);
    return snapshot;
  }

  /** Requests wait for each other, for an agent reads one thing at a time. */
  async function inTurn<T>(requestOptions: RequestOptions, work: (ask: () => Asker) => Promise<T>): Promise<T> {
    const before = turns.get(numbers);
    let done = () => {};
    turns.set(
      numbers,
      new Promise<void>((resolve) => {
        done = resolve;
      }),
    );
    await before;
    // A release that is late must not take what the next request holds.
    requests += 1;
    group = `${name}-${requests}`;
    const own = group;
    try {
      return await work(() => createAsker(session, requestOptions, own));
    } finally {
      void session.send('Runtime.releaseObjectGroup', { objectGroup: own }, LAST_WORD);
      done();
    }
  }

  async function actHere(target: ObjectId, deed: Deed, ask: Asker): Promise<Outcome<Done>> {
    const agent = agents.first();
    if (agent === null) return { ok: true, value: readDone(['gone']) };
    try {
      return { ok: true, value: await doThroughAgent(ask, agent.handle, target, deed, domain) };
    } catch (error) {
      if (error instanceof Failed) return { ok: false, failure: error.failure };
      throw error;
    }
  }

  async function attempt(
    roots: readonly RootRequest[],
    view: View,
    sought: ObjectId | null,
    asker: () => Asker,
  ): Promise<Outcome<Snapshot>> {
    const known = agents.first() !== null || expressions.isRooted();
    try {
      return await read(roots, view, sought, asker());
    } catch (error) {
      // Answers are typed by what the protocol promises: one of another shape shows only when it is read.
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
      // The handles were of a document that is gone since the capture before this one.
      return stale ? attempt(roots, view, sought, asker) : { ok: false, failure };
    }
  }

  return {
    way: 'debugger',
    capture: (roots, view, requestOptions) => inTurn(requestOptions, (asker) => attempt(roots, view, null, asker)),
    referrers: (target, roots, view, requestOptions) =>
      inTurn(requestOptions, (asker) => attempt(roots, view, target, asker)),
    act(target, deed, requestOptions) {
      // Only DevTools' own session has the functions that this takes, and it reaches all that this agent has numbered.
      if (beside?.connection) return doThroughDevTools(beside.connection, token, target, deed, requestOptions);
      return inTurn(requestOptions, (asker) => actHere(target, deed, asker()));
    },
    release: agents.release,
    async close() {
      stopRenewing();
      // With a connection of their own the others go on renewing.
      if (beside && !beside.connection) void agents.rest();
      agents.forget();
      await Promise.all([
        session.send('Runtime.releaseObjectGroup', { objectGroup: group }, LAST_WORD),
        session.send('Runtime.releaseObjectGroup', { objectGroup: agentGroup }, LAST_WORD),
      ]);
    },
  };
}

/**
 * Called on the agent. Without names of parameters, which a person's accessors would see.
 * @param accessors The text of a list.
 */
const begin = (accessors: string): string =>
  `function() { this.renew(); ${putArguments(1)} this.useAccessors(${accessors}); if (arguments[0].sought === ${NOTHING}) arguments[0].sought = null; return this.begin(arguments[0]); }`;
