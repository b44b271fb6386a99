/** Captures what expressions of the page reach, over a connection. One instance a page and panel. */
import { readReply } from '../snapshot/reader.ts';
import type { Root, Snapshot, View } from '../snapshot/snapshot.ts';
import type { Connection, Outcome, RequestOptions } from './connection.ts';
import { sentence } from './failure.ts';
import { ABSENT, captureScript, parseScript, RENEW_EVERY, releaseScript, renewScript } from './page-script.ts';

export interface Capture {
  /**
   * Reads what the expressions reach. An expression that does not parse or throws becomes a failed root; the others are
   * read all the same. Fails as a whole only when the page could not be asked.
   */
  expressions(expressions: readonly string[], view: View, options: RequestOptions): Promise<Outcome<Snapshot>>;
  /** Lets the page forget all that this capture left in it. */
  close(): void;
}

export function createCapture(connection: Connection): Capture {
  // Random, so that no page can know the name; one a panel, so that two DevTools windows do not share a lease.
  const token = `memory-graph-${crypto.randomUUID()}`;
  // Numbers go on where they ended, so none is reused even when a lease was lost.
  let nextId = 1;
  const forget = connection.onNavigated(() => {
    nextId = 1;
  });
  const renewal = setInterval(() => {
    if (nextId > 1) void connection.evaluate(renewScript(token), { deadline: RENEW_EVERY });
  }, RENEW_EVERY);

  async function ask(expressions: readonly string[], view: View, options: RequestOptions): Promise<Outcome<unknown>> {
    const reply = await connection.evaluate(captureScript(token, expressions, view, null), options);
    if (!reply.ok || reply.value !== ABSENT) return reply;
    return connection.evaluate(captureScript(token, expressions, view, { firstId: nextId }), options);
  }

  async function captureParsed(
    expressions: readonly string[],
    view: View,
    options: RequestOptions,
  ): Promise<Outcome<Snapshot>> {
    const reply = await ask(expressions, view, options);
    if (!reply.ok) return reply;
    const snapshot = readReply(reply.value, expressions);
    if (snapshot.ok) for (const id of snapshot.value.objects.keys()) nextId = Math.max(nextId, id + 1);
    return snapshot;
  }

  /** One script holds all expressions, so one that does not parse spoils all: find which, read the others. */
  async function captureParsable(
    expressions: readonly string[],
    view: View,
    options: RequestOptions,
  ): Promise<Outcome<Snapshot>> {
    const failures = new Map<number, string>();
    for (const [index, expression] of expressions.entries()) {
      const parsed = await connection.evaluate(parseScript(expression), options);
      if (parsed.ok) continue;
      if (parsed.failure.kind !== 'syntax') return parsed;
      failures.set(index, sentence(parsed.failure));
    }
    const outcome = await captureParsed(
      expressions.filter((_, index) => !failures.has(index)),
      view,
      options,
    );
    if (!outcome.ok) return outcome;
    const rest = outcome.value.roots[Symbol.iterator]();
    const roots = expressions.map((label, index): Root => {
      const reason = failures.get(index);
      if (reason !== undefined) return { label, result: { ok: false, reason } };
      return rest.next().value ?? { label, result: { ok: false, reason: 'The page did not answer for it.' } };
    });
    return { ok: true, value: { ...outcome.value, roots } };
  }

  return {
    async expressions(expressions, view, options) {
      const outcome = await captureParsed(expressions, view, options);
      if (outcome.ok || outcome.failure.kind !== 'syntax') return outcome;
      return captureParsable(expressions, view, options);
    },
    close() {
      clearInterval(renewal);
      forget();
      void connection.evaluate(releaseScript(token), { deadline: 1000 });
    },
  };
}
