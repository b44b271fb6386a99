/** Parses a script of either kind. Never runs any of it. */
import { type Program, parse } from 'acorn';

/** Null for a text that does not parse: its syntax may be newer than the parser. */
export function parseScript(source: string): Program | null {
  for (const sourceType of ['script', 'module'] as const) {
    try {
      return parse(source, {
        ecmaVersion: 'latest',
        sourceType,
        allowHashBang: true,
        allowReturnOutsideFunction: true,
        allowAwaitOutsideFunction: sourceType === 'module',
      });
    } catch {
      // It is the other kind of script.
    }
  }
  return null;
}
