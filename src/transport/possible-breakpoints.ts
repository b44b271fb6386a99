/**
 * Where V8 can stop. V8 makes no fast code for a function that it was asked about, until a breakpoint in that function is removed.
 */
import type { Protocol } from 'devtools-protocol';
import type { Outcome, RequestOptions } from './outcome.ts';
import type { ProtocolSession } from './protocol.ts';

export type BreakLocation = Protocol.Debugger.BreakLocation;

/** @param start Null for all of a script; otherwise a position within the one function that is asked about. */
export async function possibleBreakpoints(
  session: ProtocolSession,
  scriptId: string,
  start: { readonly lineNumber: number; readonly columnNumber: number } | null,
  options: RequestOptions,
): Promise<Outcome<readonly BreakLocation[]>> {
  const found = await session.send(
    'Debugger.getPossibleBreakpoints',
    { start: { scriptId, lineNumber: 0, columnNumber: 0, ...start }, restrictToFunction: start !== null },
    options,
  );
  return found.ok ? { ok: true, value: found.value.locations } : found;
}

/** Lets V8 make fast code of functions again that it was asked about. One location of each is enough. */
export async function letOptimize(
  session: ProtocolSession,
  locations: readonly Pick<BreakLocation, 'scriptId' | 'lineNumber' | 'columnNumber'>[],
  options: RequestOptions,
): Promise<void> {
  await Promise.all(
    locations.map(async ({ scriptId, lineNumber, columnNumber }) => {
      const location = { scriptId, lineNumber, ...(columnNumber === undefined ? {} : { columnNumber }) };
      const set = await session.send('Debugger.setBreakpoint', { location, condition: 'false' }, options);
      if (set.ok) await session.send('Debugger.removeBreakpoint', { breakpointId: set.value.breakpointId }, options);
    }),
  );
}
