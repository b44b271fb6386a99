/** Captures through DevTools' own session (`inspectedWindow.eval`): all that a script of the page can read. */

import type { ReadOptions } from '../../snapshot/read-options.ts';
import type { Root, Snapshot } from '../../snapshot/snapshot.ts';
import type { Connection } from '../../transport/devtools-session.ts';
import { sentence } from '../../transport/failure.ts';
import { type Heartbeat, RENEW_EVERY, timedHeartbeat } from '../../transport/heartbeat.ts';
import type { Failure, Outcome, RequestOptions } from '../../transport/outcome.ts';
import { type CaptureRequest, noObject } from '../../wire/requests.ts';
import { say } from '../../words/say.ts';
import { type Capture, labelOf, type RootRequest } from '../capture.ts';
import { HARDENED, UNREACHABLE } from '../command-line.ts';
import type { NumberSource } from '../object-numbers.ts';
import { createAccessorCompiler } from '../scripts/accessors.ts';
import { doThroughDevTools } from '../scripts/object-action.ts';
import {
  ABSENT,
  type AskedExpression,
  captureScript,
  endPageCallsScript,
  parseScript,
  readRenewed,
  releaseScript,
  renewScript,
} from '../scripts/page-script.ts';
import { assignThroughDevTools } from './assign.ts';
import { readSent } from './long-reply.ts';
import { askComponents, askNames } from './names.ts';
import { pageCallScript, readPageCall } from './page-calls.ts';
import { createKeys, runPrograms } from './programs.ts';

export interface EvalCapture extends Capture {
  /** The name under which the page keeps the agent, for a capture through the debugger that must use the same numbers. */
  readonly token: string;
  /** The next number of the heap, for both transports. */
  readonly numbers: NumberSource;
  /**
   * What the page's own code asked to draw since the last question (only its latest call), as it was at the moment of the call; null
   * when there was no call. The page can call after the first question.
   */
  pageCall(view: ReadOptions, options: RequestOptions): Promise<Outcome<Snapshot | null>>;
  /**
   * Calls back when the page went to another document. `document.open()` is reported in the same way by DevTools, but keeps the page's
   * objects, and their numbers. Returns the unsubscriber.
   */
  onNavigated(listener: (url: string) => void): () => void;
  /** The page cannot call until the next question. */
  endPageCalls(): Promise<void>;
  /** Makes the page forget the agent at once. The next request makes a new one. */
  release(): Promise<void>;
}

/** Milliseconds for the question whether the document is the same. */
const HELD_DEADLINE = 1000;

const NOT_REACHED: Failure = { kind: 'unreachable', what: say('failure_events') };

interface Asked extends AskedExpression {
  readonly label: string;
}

/** One instance for each page and panel. */
export function createEvalCapture(connection: Connection, heartbeat: Heartbeat = timedHeartbeat): EvalCapture {
  // Random, so that no page can know the name. Each panel has its own, so that two DevTools windows do not share a lease.
  const token = `memory-graph-${crypto.randomUUID()}`;
  // Numbers continue after a lost lease, so that none is reused.
  const numbers: NumberSource = { next: 1 };
  const agent = createLeasing(connection, token, numbers);
  const { checked, onNavigated, forget } = followDocument(connection, agent);
  const stopRenewing = heartbeat(() => void agent.renew());

  const [newKey, compile] = [createKeys(), createAccessorCompiler()];

  async function ask(
    asked: readonly Asked[],
    request: CaptureRequest,
    options: RequestOptions,
  ): Promise<Outcome<Snapshot>> {
    if (!agent.canBeMade()) return { ok: false, failure: { kind: 'hardened' } };
    const accessors = await compile(request.view.accessors, (source) => parseFailure(connection, source, options));
    let reply = await connection.evaluate(captureScript(token, asked, request, null, accessors), options);
    if (reply.ok && reply.value === ABSENT)
      reply = await connection.evaluate(
        captureScript(token, asked, request, { firstId: numbers.next }, accessors),
        options,
      );
    if (!reply.ok) return reply;
    const failure = agent.failureIn(reply.value);
    if (failure) return { ok: false, failure };
    return readNumbered(
      reply.value,
      asked.map(({ label }) => label),
      options,
    );
  }

  async function readNumbered(
    sent: unknown,
    labels: readonly string[],
    options: RequestOptions,
  ): Promise<Outcome<Snapshot>> {
    const snapshot = await readSent(connection, token, sent, labels, options);
    if (snapshot.ok) numbers.next = Math.max(numbers.next, snapshot.highest + 1);
    return snapshot;
  }

  async function read(
    roots: readonly RootRequest[],
    request: CaptureRequest,
    options: RequestOptions,
  ): Promise<Outcome<Snapshot>> {
    await checked();
    const { asked, failures } = askedFor(roots, newKey);
    const ran = await runPrograms(
      connection,
      token,
      roots,
      (index) => asked.get(index)?.kept ?? null,
      () => ask([], request, options),
      options,
    );
    if (!ran.ok) return ran;
    for (const [index, reason] of ran.value) {
      failures.set(index, reason);
      asked.delete(index);
    }
    let outcome = await ask([...asked.values()], request, options);
    if (!outcome.ok && outcome.failure.kind === 'syntax') {
      const reasons = await unparsable(connection, [...asked.values()], options);
      if (!reasons.ok) return reasons;
      for (const [index, one] of asked) {
        const reason = reasons.value.get(one);
        if (reason === undefined) continue;
        failures.set(index, reason);
        asked.delete(index);
      }
      outcome = await ask([...asked.values()], request, options);
    }
    if (!outcome.ok || failures.size === 0) return outcome;
    const rest = outcome.value.roots[Symbol.iterator]();
    const all = roots.map((root, index): Root => {
      const reason = failures.get(index) ?? say('noAnswer');
      const failed: Root = { label: labelOf(root), result: { ok: false, reason } };
      return failures.has(index) ? failed : (rest.next().value ?? failed);
    });
    return { ok: true, value: { ...outcome.value, roots: all } };
  }

  const readAgain = askedAgain(read, checked);

  async function release(): Promise<void> {
    // The lease of an agent from before ends by itself.
    if (numbers.hardened) return;
    const scripts = [endPageCallsScript(token), releaseScript(token)];
    // All at once, because nothing runs later when this page is closing.
    await Promise.all(scripts.map((script) => connection.evaluate(script, { deadline: 1000 })));
  }

  return {
    transport: 'eval',
    token,
    numbers,
    capture: (roots, view, options) =>
      readAgain(roots, { view: withoutGetters(view), sought: noObject, next: numbers.next }, options),
    retainers: (target, roots, view, options) =>
      readAgain(roots, { view: withoutGetters(view), sought: target, next: numbers.next }, options),
    act: (target, action, options) => doThroughDevTools(connection, token, target, action, options),
    ...assignThroughDevTools(connection, token),
    async pageCall(view, options) {
      const request = { view: withoutGetters(view), sought: noObject, next: numbers.next };
      let answer = await connection.evaluate(pageCallScript(token, request, null), options);
      if (answer.ok && answer.value === ABSENT)
        answer = await connection.evaluate(pageCallScript(token, request, { firstId: numbers.next }), options);
      if (!answer.ok) return answer;
      const failure = agent.failureIn(answer.value);
      if (failure) return { ok: false, failure };
      const call = readPageCall(answer.value);
      return call === null ? { ok: true, value: null } : readNumbered(call.reply, call.names, options);
    },
    names: async (path, options) =>
      agent.canBeMade() ? askNames(connection, token, numbers.next, path, options) : { ok: true, value: [] },
    components: async (options) =>
      agent.canBeMade() ? askComponents(connection, token, numbers.next, options) : { ok: true, value: [] },
    onNavigated,
    async endPageCalls() {
      if (numbers.hardened) return;
      await connection.evaluate(endPageCallsScript(token), { deadline: 1000 });
    },
    release,
    async close() {
      stopRenewing();
      forget();
      await release();
    },
  };
}

type Read = (
  roots: readonly RootRequest[],
  request: CaptureRequest,
  options: RequestOptions,
) => Promise<Outcome<Snapshot>>;

/** What fails because the document was opened again is asked once more, but for programs, which would run twice. */
function askedAgain(read: Read, isSame: () => Promise<boolean>): Read {
  return async (roots, request, options) => {
    const outcome = await read(roots, request, options);
    if (outcome.ok || outcome.failure.kind !== 'navigated') return outcome;
    return (await isSame()) && roots.every(({ type }) => type !== 'program') ? read(roots, request, options) : outcome;
  };
}

type Leasing = ReturnType<typeof createLeasing>;

/**
 * Keeps the page's agent, as long as that asks nothing of the page. To find the agent in a hardened page runs one of its accessors, so
 * it is asked for at most once there.
 */
function createLeasing(connection: Connection, token: string, numbers: NumberSource) {
  /** A script has made or found an agent in this document. */
  let found = false;
  const mayBeHeld = (): boolean => found || numbers.next > 1;
  const renewed = async (deadline: number): Promise<boolean> => {
    const answer = await connection.evaluate(renewScript(token), { deadline });
    if (!answer.ok) return false;
    const { held, hardened } = readRenewed(answer.value);
    if (hardened) numbers.hardened = true;
    return held;
  };
  return {
    canBeMade: (): boolean => found || numbers.hardened !== true,
    /** Why a script got no answer of an agent; null where it got one. */
    failureIn(answer: unknown): Failure | null {
      if (answer === UNREACHABLE) return NOT_REACHED;
      if (answer === HARDENED) numbers.hardened = true;
      found = answer !== HARDENED;
      return found ? null : { kind: 'hardened' };
    },
    async renew(): Promise<void> {
      if (mayBeHeld() && !numbers.hardened) await renewed(RENEW_EVERY);
    },
    /** Another document may have begun. Resolves to whether it is the same one, since it holds the agent. */
    async leave(): Promise<boolean> {
      const [wasHeld, next] = [mayBeHeld(), numbers.next];
      found = false;
      numbers.next = 1;
      numbers.hardened = false;
      // A question that is asked while the event is reported would fail with it.
      await Promise.resolve();
      if (!wasHeld || !(await renewed(HELD_DEADLINE))) return false;
      found = true;
      numbers.next = Math.max(numbers.next, next);
      return true;
    },
  };
}

/** Starts the numbers again in each document, unless the page still holds the agent: then it is the same one. */
function followDocument(connection: Connection, agent: Leasing) {
  const listeners = new Set<(url: string) => void>();
  let checking: Promise<boolean> = Promise.resolve(false);

  async function check(url: string): Promise<boolean> {
    const same = await agent.leave();
    if (!same) for (const listener of [...listeners]) listener(url);
    return same;
  }

  const forget = connection.onNavigated((url) => {
    checking = check(url);
  });
  return {
    /** Resolves when it is known which document is there: whether the latest navigation was to the same one. */
    checked: () => checking,
    onNavigated(listener: (url: string) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    forget,
  };
}

/** What is asked of the page for the roots, by position, and why nothing is asked for the others. */
function askedFor(roots: readonly RootRequest[], newKey: () => number) {
  const failures = new Map<number, string>();
  const asked = new Map<number, Asked>();
  for (const [index, root] of roots.entries()) {
    if (root.type === 'expression' && root.pure && root.again === undefined) failures.set(index, say('pureOnly'));
    else if (root.type === 'expression' && root.frame === undefined)
      asked.set(index, { label: labelOf(root), expression: root.expression, again: root.again ?? null, kept: null });
    else if (root.type === 'program')
      asked.set(index, { label: labelOf(root), expression: 'undefined', again: null, kept: newKey() });
    else failures.set(index, say('debuggerOnly'));
  }
  return { asked, failures };
}

/** What is wrong with a source, null when it parses, or undefined without an answer, as from an aborted drawing. */
async function parseFailure(
  connection: Connection,
  source: string,
  options: RequestOptions,
): Promise<string | null | undefined> {
  const parsed = await connection.evaluate(parseScript(source), options);
  if (parsed.ok) return null;
  return parsed.failure.kind === 'syntax' ? parsed.failure.message : undefined;
}

/** Without the debugger nobody knows whether the page is paused, and then no getter may run. */
const withoutGetters = (view: ReadOptions): ReadOptions =>
  view.getters.length === 0 ? view : { ...view, getters: [] };

/** One script has all expressions, so one that does not parse spoils all. Finds which one it is. */
async function unparsable(
  connection: Connection,
  asked: readonly Asked[],
  options: RequestOptions,
): Promise<Outcome<ReadonlyMap<Asked, string>>> {
  const reasons = new Map<Asked, string>();
  for (const one of asked) {
    const parsed = await connection.evaluate(parseScript(one.expression), options);
    if (parsed.ok) continue;
    if (parsed.failure.kind !== 'syntax') return parsed;
    reasons.set(one, sentence(parsed.failure));
  }
  return { ok: true, value: reasons };
}
