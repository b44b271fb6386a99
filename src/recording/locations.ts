/** Where a script can stop, asked so that V8 still makes fast code of all functions that are not recorded. */
import { lineStarts } from '../source-maps/line-starts.ts';
import type { Outcome, RequestOptions } from '../transport/outcome.ts';
import { type BreakLocation, letOptimize, possibleBreakpoints } from '../transport/possible-breakpoints.ts';
import type { ProtocolSession } from '../transport/protocol.ts';
import { type Analysis, functionAt } from './analysis.ts';

export interface ScriptText {
  readonly source: string;
  /** Where the script begins in its file. */
  readonly startLine: number;
  readonly startColumn: number;
}

/** A part of a script, in offsets of its text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** @param range The functions that lie within it are asked about, and no others; null for all of the script. */
export async function locationsIn(
  session: ProtocolSession,
  scriptId: string,
  text: ScriptText,
  { functions }: Analysis,
  range: Range | null,
  options: RequestOptions,
): Promise<Outcome<readonly BreakLocation[]>> {
  if (range === null) return possibleBreakpoints(session, scriptId, null, options);
  const positionAt = positionsOf(text);
  const within = functions.filter(({ start, end }) => range.start <= start && end <= range.end);
  const all: BreakLocation[] = [];
  // The character before a body is the function's own, while the body can begin with another function.
  for (const asked of within.map(({ body }) => possibleBreakpoints(session, scriptId, positionAt(body - 1), options))) {
    const found = await asked;
    if (!found.ok) return found;
    all.push(...found.value);
  }
  const column = (location: BreakLocation): number => location.columnNumber ?? 0;
  all.sort((a, b) => a.lineNumber - b.lineNumber || column(a) - column(b));
  return { ok: true, value: all };
}

/** Ends what asking for locations cost functions of which none is recorded. */
export async function releaseUnrecorded(
  session: ProtocolSession,
  text: ScriptText,
  analysis: Analysis,
  asked: readonly BreakLocation[],
  isRecorded: (location: BreakLocation) => boolean,
  options: RequestOptions,
): Promise<void> {
  const offsets = offsetsOf(text);
  /** One location of each function. */
  const byFunction = new Map<unknown, BreakLocation>();
  const recorded = new Set<unknown>();
  for (const location of asked) {
    const { lineNumber, columnNumber = 0, type } = location;
    const owner = functionAt(analysis, offsets({ lineNumber, columnNumber }), type === 'return') ?? location;
    if (isRecorded(location)) recorded.add(owner);
    byFunction.set(owner, location);
  }
  const free = [...byFunction].filter(([owner]) => !recorded.has(owner)).map(([, location]) => location);
  await letOptimize(session, free, options);
}

/** The offset in the text of a location of its file. */
export function offsetsOf({
  source,
  startLine,
  startColumn,
}: ScriptText): (location: Pick<BreakLocation, 'lineNumber' | 'columnNumber'>) => number {
  const starts = lineStarts(source);
  return ({ lineNumber, columnNumber = 0 }) => {
    const line = lineNumber - startLine;
    return (starts[line] ?? source.length) + columnNumber - (line === 0 ? startColumn : 0);
  };
}

/** The location in its file of an offset in the text. */
function positionsOf({ source, startLine, startColumn }: ScriptText) {
  const starts = lineStarts(source);
  return (offset: number): { readonly lineNumber: number; readonly columnNumber: number } => {
    const line = starts.findLastIndex((start) => start <= offset);
    const column = offset - (starts[line] ?? 0);
    return { lineNumber: line + startLine, columnNumber: column + (line === 0 ? startColumn : 0) };
  };
}
