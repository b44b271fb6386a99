/** Captures through DevTools' own session (`inspectedWindow.eval`): all that a script of the page can tell. */
import type { Root, Snapshot, View } from '../snapshot/snapshot.ts';
import { createAccessorCompiler } from './accessors.ts';
import { type Capture, labelOf, type RootRequest } from './capture.ts';
import { UNREACHABLE } from './command-line.ts';
import type { Connection, Failure, Outcome, RequestOptions } from './connection.ts';
import { doThroughDevTools } from './deed.ts';
import { sentence } from './failure.ts';
import { type Heartbeat, RENEW_EVERY, timedHeartbeat } from './heartbeat.ts';
import { readSent } from './long-reply.ts';
import { endPageCallsScript, pageCallScript, readPageCall } from './page-calls.ts';
import {
  ABSENT,
  type AgentRequest,
  type AskedExpression,
  captureScript,
  parseScript,
  releaseScript,
  renewScript,
} from './page-script.ts';

/** The number that the next agent of a heap begins with: none is given twice, whoever asked when an agent was lost. */
export interface NumberSource {
  next: number;
}

export interface EvalCapture extends Capture {
  /** Where the page holds the agent, for a capture through the debugger that is to give the same numbers. */
  readonly token: string;
  /** Where numbers go on, for both ways of asking. */
  readonly numbers: NumberSource;
  /**
   * What the page's own code has given to be drawn last since the last question, as it was at the moment of the call; null
   * when there is nothing. From the first question on the page can call.
   */
  pageCall(view: View, options: RequestOptions): Promise<Outcome<Snapshot | null>>;
  /** From now on until the next question the page cannot call. */
  endPageCalls(): Promise<void>;
  /** Lets the page forget, at once; what is asked after that begins anew. */
  release(): Promise<void>;
}

const NOT_REACHED: Failure = { kind: 'unreachable', what: 'getEventListeners and events' };

interface Asked extends AskedExpression {
  readonly label: string;
}

/** One instance a page and panel. */
export function createEvalCapture(connection: Connection, heartbeat: Heartbeat = timedHeartbeat): EvalCapture {
  // Random, so that no page can know the name; one a panel, so that two DevTools windows do not share a lease.
  const token = `memory-graph-${crypto.randomUUID()}`;
  // Numbers go on where they ended, so none is reused even when a lease was lost.
  const numbers: NumberSource = { next: 1 };
  const forget = connection.onNavigated(() => {
    numbers.next = 1;
  });
  const stopRenewing = heartbeat(() => void connection.evaluate(renewScript(token), { deadline: RENEW_EVERY }));

  const compile = createAccessorCompiler();

  async function ask(
    asked: readonly Asked[],
    request: AgentRequest,
    options: RequestOptions,
  ): Promise<Outcome<Snapshot>> {
    const accessors = await compile(request.view.accessors, async (source) => {
      const parsed = await connection.evaluate(parseScript(source), options);
      // Any other failure is the page's: the capture will tell it.
      return parsed.ok || parsed.failure.kind !== 'syntax' ? null : parsed.failure.message;
    });
    let reply = await connection.evaluate(captureScript(token, asked, request, null, accessors), options);
    if (reply.ok && reply.value === ABSENT)
      reply = await connection.evaluate(
        captureScript(token, asked, request, { firstId: numbers.next }, accessors),
        options,
      );
    if (!reply.ok) return reply;
    if (reply.value === UNREACHABLE) return { ok: false, failure: NOT_REACHED };
    const labels = asked.map(({ label }) => label);
    return readNumbered(reply.value, labels, options);
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

  async function endPageCalls(): Promise<void> {
    await connection.evaluate(endPageCallsScript(token), { deadline: 1000 });
  }

  /** One script holds all expressions, so one that does not parse spoils all: finds which. */
  async function unparsable(
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

  async function read(
    roots: readonly RootRequest[],
    request: AgentRequest,
    options: RequestOptions,
  ): Promise<Outcome<Snapshot>> {
    const failures = new Map<number, string>();
    const asked = new Map<number, Asked>();
    for (const [index, root] of roots.entries()) {
      if (root.type === 'expression' && root.frame === undefined)
        asked.set(index, { label: labelOf(root), expression: root.expression, again: root.again ?? null });
      else failures.set(index, 'Only the debugger can read this: attach it, then draw again.');
    }
    let outcome = await ask([...asked.values()], request, options);
    if (!outcome.ok && outcome.failure.kind === 'syntax') {
      const reasons = await unparsable([...asked.values()], options);
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
      const reason = failures.get(index) ?? 'The page did not answer for it.';
      const failed: Root = { label: labelOf(root), result: { ok: false, reason } };
      return failures.has(index) ? failed : (rest.next().value ?? failed);
    });
    return { ok: true, value: { ...outcome.value, roots: all } };
  }

  async function release(): Promise<void> {
    const scripts = [endPageCallsScript(token), releaseScript(token)];
    // All at once: when this goes, nothing is done later.
    await Promise.all(scripts.map((script) => connection.evaluate(script, { deadline: 1000 })));
  }

  return {
    way: 'eval',
    token,
    numbers,
    capture: (roots, view, options) => read(roots, { view, sought: null, next: numbers.next }, options),
    referrers: (target, roots, view, options) => read(roots, { view, sought: target, next: numbers.next }, options),
    act: (target, deed, options) => doThroughDevTools(connection, token, target, deed, options),
    async pageCall(view, options) {
      const request = { view, sought: null, next: numbers.next };
      let answer = await connection.evaluate(pageCallScript(token, request, null), options);
      if (answer.ok && answer.value === ABSENT)
        answer = await connection.evaluate(pageCallScript(token, request, { firstId: numbers.next }), options);
      if (!answer.ok) return answer;
      if (answer.value === UNREACHABLE) return { ok: false, failure: NOT_REACHED };
      const call = readPageCall(answer.value);
      return call === null ? { ok: true, value: null } : readNumbered(call.reply, call.names, options);
    },
    endPageCalls,
    release,
    async close() {
      stopRenewing();
      forget();
      await release();
    },
  };
}
