/** Runs statements through DevTools' own session, and waits until they have ended. Their values are kept in the agent. */
import type { Connection } from '../../transport/devtools-session.ts';
import { sentence } from '../../transport/failure.ts';
import type { Outcome, RequestOptions } from '../../transport/outcome.ts';
import type { RootRequest } from '../capture.ts';
import { dropKeptScript, expectKeptScript, isKeptScript, programScript } from '../scripts/page-script.ts';

/** Milliseconds for what needs no answer. */
const LAST_WORD = 1000;
/** Milliseconds between two questions whether a program that waits has ended. */
const WAITING = 100;

/** Numbers the values that are to be kept, each once. */
export function createKeys(): () => number {
  let last = 0;
  return () => {
    last += 1;
    return last;
  };
}

/**
 * Runs the programs among the roots one after the other. Answers why some gave nothing, by position.
 * @param keyOf Under which each value is kept, by position: new ones, since a program that was canceled may end later.
 * @param makeAgent Sees to it that the page holds an agent, which is to keep the values.
 */
export async function runPrograms(
  connection: Connection,
  token: string,
  roots: readonly RootRequest[],
  keyOf: (index: number) => number | null,
  makeAgent: () => Promise<Outcome<unknown>>,
  options: RequestOptions,
): Promise<Outcome<ReadonlyMap<number, string>>> {
  const failures = new Map<number, string>();
  for (const [index, root] of roots.entries()) {
    const key = keyOf(index);
    if (root.type !== 'program' || key === null) continue;
    const made = await makeAgent();
    if (!made.ok) return made;
    await connection.evaluate(expectKeptScript(token, key), options);
    const ran = await connection.evaluate(programScript(token, root, key), options);
    if (!ran.ok && ran.failure.kind !== 'thrown' && ran.failure.kind !== 'syntax') return ran;
    if (!ran.ok) failures.set(index, sentence(ran.failure));
    else if (root.waits) {
      const ended = await untilKept(connection, token, key, options);
      if (!ended.ok) {
        // Its value must not be kept alive when it comes.
        void connection.evaluate(dropKeptScript(token, key), { deadline: LAST_WORD });
        return ended;
      }
    }
  }
  return { ok: true, value: failures };
}

async function untilKept(
  connection: Connection,
  token: string,
  key: number,
  options: RequestOptions,
): Promise<Outcome<null>> {
  const end = Date.now() + options.deadline;
  for (;;) {
    const kept = await connection.evaluate(isKeptScript(token, key), options);
    if (!kept.ok) return kept;
    if (kept.value === true) return { ok: true, value: null };
    // The agent that was to keep it is gone with its page.
    if (kept.value === null) return { ok: false, failure: { kind: 'navigated' } };
    if (options.signal?.aborted) return { ok: false, failure: { kind: 'aborted' } };
    if (Date.now() > end) return { ok: false, failure: { kind: 'timeout', milliseconds: options.deadline } };
    await new Promise((resolve) => setTimeout(resolve, WAITING));
  }
}
