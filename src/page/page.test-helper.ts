/** A realm of its own with the built agent in it, for tests: as a page is to the extension. */
import { type Context, createContext, runInContext } from 'node:vm';
import source from 'virtual:agent';
import { defaultReadOptions, type ReadOptions } from '../snapshot/read-options.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { textForm } from '../snapshot/text-form.test-helper.ts';
import { readReply } from '../wire/reader.ts';

export interface Page {
  /** Runs a script and answers its value, which belongs to the page's realm. */
  run(script: string): unknown;
  /** What crosses, after the journey as JSON. */
  reply(expressions: readonly string[], view?: Partial<ReadOptions>): unknown;
  capture(expressions: readonly string[], view?: Partial<ReadOptions>): Snapshot;
  /** The text form of one root's value, or of the objects that it leads to. */
  text(expression: string, view?: Partial<ReadOptions>): string;
  /** The value of an expression of the page in which `agent` is the agent. */
  ask(expression: string): unknown;
}

/** `script` runs before the agent comes. */
export function openPage(script = ''): Page {
  const context: Context = createContext({});
  const run = (text: string): unknown => runInContext(text, context);
  run(script);
  const agent = `held${Math.random().toString(36).slice(2)}`;
  run(`const ${agent} = (${source})(this, 1)`);
  const reply = (expressions: readonly string[], view: Partial<ReadOptions> = {}): unknown => {
    const request = JSON.stringify({ view: { ...defaultReadOptions, time: 60_000, ...view }, next: 1 });
    const thunks = expressions.map((expression) => `() => (${expression}\n)`);
    return JSON.parse(JSON.stringify(run(`${agent}.capture(${request}, [${thunks.join(', ')}])`)));
  };
  const capture = (expressions: readonly string[], view: Partial<ReadOptions> = {}): Snapshot => {
    const result = readReply(reply(expressions, view), expressions);
    if (!result.ok) throw new Error(result.failure.message);
    return result.value;
  };
  return {
    ask: (expression) =>
      run(`((agent) => (${expression}
))(${agent})`),
    run,
    reply,
    capture,
    text: (expression, view) =>
      textForm(capture([expression], view))
        .slice(expression.length + 3)
        .replace(/^#\d+\n/, ''),
  };
}
