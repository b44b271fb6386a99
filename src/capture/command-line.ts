/**
 * The start of the scripts for DevTools' own session: its command line (src/page/devtools/command-line.ts), whose functions DevTools puts
 * into the global scope unless the page has something of that name.
 */
import source from 'virtual:command-line';
import type { CommandLine } from '../wire/command-line.ts';

export type { Poll } from '../wire/command-line.ts';
export type { CallsHandout, RecorderBudget } from '../wire/recorder-exchange.ts';

/** The answer of a script when the command line cannot find out whether the page has an agent. */
export const UNREACHABLE = 'unreachable';

/** The answer of a script that needs an agent in a page that made accessors of what every object inherits. */
export const HARDENED = 'hardened';

/** An expression that evaluates to the command line, in a script where `this` is the global object. */
export const COMMAND_LINE = `(${source})(this)`;

/** A script that calls one function of the command line. */
export function commandLineScript<M extends keyof CommandLine>(
  method: M,
  ...values: Parameters<CommandLine[M]>
): string {
  return `${COMMAND_LINE}.${method}(${values.map((value) => JSON.stringify(value)).join(', ')})`;
}
