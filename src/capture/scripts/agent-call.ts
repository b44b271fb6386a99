/**
 * Calls of the agent, typed by the map of src/wire/requests.ts: as text in a script, or as a function that the debugger calls on the
 * agent's remote handle. Must add no name that a user's accessors, which are part of such a text, could see.
 */
import type { Protocol } from 'devtools-protocol';
import type { AgentCalls } from '../../wire/requests.ts';

type CallArgument = Protocol.Runtime.CallArgument;

/** A value of the page, as an argument of the protocol. */
export class Handed {
  constructor(readonly argument: CallArgument) {}
}

/** Any number of such values. */
export class HandedList {
  constructor(readonly list: readonly CallArgument[]) {}
}

/** The text of an expression, such as functions that a user typed. */
export class Source {
  constructor(readonly text: string) {}
}

/** Arguments other than plain data, at the capture's end of the wire. */
export interface CaptureEnd {
  readonly value: Handed;
  /** In a script, the text of an expression. */
  readonly boxed: Handed | Source;
  /** In a script, the text of a list. */
  readonly values: HandedList | Source;
  readonly thunk: Source;
  readonly variable: Source;
  readonly roots: Source;
  readonly accessors: Source;
}

type Calls = AgentCalls<CaptureEnd>;

/** Parameters of `Runtime.callFunctionOn`. `answer` is only a type, that of the agent's answer. */
export interface AgentCall<A> {
  readonly functionDeclaration: string;
  readonly arguments: CallArgument[];
  readonly answer?: A;
}

/** A call on the agent's remote handle. */
export function agentCall<M extends keyof Calls>(
  method: M,
  ...values: Parameters<Calls[M]>
): AgentCall<ReturnType<Calls[M]>> {
  const handed: CallArgument[] = [];
  const given = values.map((value: unknown) => {
    if (value instanceof Source) return value.text;
    // `chrome.debugger` drops null.
    if (value === null) return 'null';
    const from = handed.length;
    if (value instanceof HandedList) {
      for (const argument of value.list) handed.push(argument);
      return `{ __proto__: null, list: arguments, from: ${from} }`;
    }
    handed.push(value instanceof Handed ? value.argument : { value });
    return `arguments[${from}]`;
  });
  return { functionDeclaration: `function() { return this.${method}(${given.join(', ')}); }`, arguments: handed };
}

/** A call as text, for a script in which `agent` is the agent. */
export function agentCallText<M extends keyof Calls>(method: M, ...values: Parameters<Calls[M]>): string {
  const given = values.map((value: unknown) => (value instanceof Source ? value.text : JSON.stringify(value)));
  return `agent.${method}(${given.join(', ')})`;
}
