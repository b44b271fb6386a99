/** Reads the source of scripts: lines, ranges, and where functions begin. Keeps what was read, as far as that is not too much. */
import type { ScriptFacts } from '../transport/debugger-domain.ts';
import type { RequestOptions } from '../transport/outcome.ts';
import type { ProtocolSession } from '../transport/protocol.ts';
import { functionOf, type PausedFrame, type SourceLocation } from './pause.ts';

export interface Sources {
  /** The text of the line without its indentation; null when the script or the line is not available. */
  line(location: SourceLocation): Promise<string | null>;
  /** The text of a range, or of the whole script. */
  text(start: SourceLocation, end: { readonly line: number; readonly column: number } | null): Promise<string | null>;
  /** A few lines that end at the location, and nothing of a script that a tool wrote. */
  before(location: SourceLocation): Promise<string | null>;
  /** The class whose body the location is in, outside of its methods; its name is empty when it has none. Null when it is in no class. */
  classAround(location: SourceLocation): Promise<string | null>;
  /** Whether the frame is where its function begins, and has not gone back there in a loop. */
  isAtEntry(frame: PausedFrame): Promise<boolean>;
  /** Whether the statement in which the frame is has an `await` or `yield`, as far as that is to be seen in its line. */
  mayWait(frame: PausedFrame): Promise<boolean>;
  /** Forgets all: the scripts are gone. */
  clear(): void;
}

/** Characters of a script that are kept to show its lines. A larger bundle is read again each time. */
const SOURCE_LIMIT = 5_000_000;
const LINE_LIMIT = 200;
/** Characters before a method in which its class is looked for. */
const CLASS_LIMIT = 200_000;
/** Lines in which the call is looked for that a function is an argument of. */
const LINES_BEFORE = 3;

/** The name of the class whose body begins after this text; null when none does. */
function className(before: string): string | null {
  const found = /\bclass\b(?:\s+([\p{ID_Start}$_][\p{ID_Continue}$]*))?(?:\s+extends\s[^{};]*|\s*)$/u.exec(before);
  if (!found) return null;
  return found[1] === 'extends' ? '' : (found[1] ?? '');
}

export function createSources(
  session: ProtocolSession,
  scripts: ReadonlyMap<string, ScriptFacts>,
  options: RequestOptions,
): Sources {
  const sources = new Map<string, readonly string[]>();
  /** Where each function begins to run. */
  const entries = new Map<string, Promise<SourceLocation | null>>();

  async function linesOf(scriptId: string): Promise<readonly string[] | null> {
    const known = sources.get(scriptId);
    if (known) return known;
    const source = await session.send('Debugger.getScriptSource', { scriptId }, options);
    if (!source.ok) return null;
    const split = source.value.scriptSource.split(/\r\n|[\n\r\u2028\u2029]/);
    if (source.value.scriptSource.length <= SOURCE_LIMIT) sources.set(scriptId, split);
    return split;
  }

  /** The script's own position: its source can begin inside a page. */
  function within({ scriptId }: SourceLocation, { line, column }: { readonly line: number; readonly column: number }) {
    const { startLine = 0, startColumn = 0 } = scripts.get(scriptId) ?? {};
    return { line: line - startLine, column: column - (line === startLine ? startColumn : 0) };
  }

  async function lineBefore(location: SourceLocation): Promise<string | null> {
    const { line, column } = within(location, location);
    return (await linesOf(location.scriptId))?.[line]?.slice(0, column) ?? null;
  }

  async function entryOf({ functionLocation }: PausedFrame): Promise<SourceLocation | null> {
    if (!functionLocation) return null;
    const { scriptId, line: lineNumber, column: columnNumber } = functionLocation;
    const parameters = { start: { scriptId, lineNumber, columnNumber }, restrictToFunction: true };
    const possible = await session.send('Debugger.getPossibleBreakpoints', parameters, options);
    const [first] = possible.ok ? possible.value.locations : [];
    return first ? { ...functionLocation, line: first.lineNumber, column: first.columnNumber ?? 0 } : null;
  }

  return {
    async line(location) {
      const line = (await linesOf(location.scriptId))?.[within(location, location).line];
      return line?.trim().slice(0, LINE_LIMIT) ?? null;
    },
    async text(start, end) {
      const all = await linesOf(start.scriptId);
      if (!all) return null;
      if (!end) return all.join('\n');
      const [from, to] = [within(start, start), within(start, end)];
      const text = all.slice(from.line, to.line + 1);
      const last = text.length - 1;
      text[last] = (text[last] ?? '').slice(0, to.column);
      text[0] = (text[0] ?? '').slice(from.column);
      return text.join('\n');
    },
    async before(location) {
      if (scripts.get(location.scriptId)?.sourceMapUrl) return null;
      const all = await linesOf(location.scriptId);
      if (!all) return null;
      const { line } = within(location, location);
      return [...all.slice(Math.max(0, line - LINES_BEFORE), line), (await lineBefore(location)) ?? ''].join('\n');
    },
    async classAround(location) {
      const all = await linesOf(location.scriptId);
      const { line } = within(location, location);
      const before = (await lineBefore(location)) ?? '';
      if (!all) return null;
      let depth = 0;
      let text = before.slice(-CLASS_LIMIT);
      for (let read = 0, at = line; read < CLASS_LIMIT; text = all[--at] ?? '') {
        for (let index = text.length - 1; index >= 0; index -= 1) {
          const character = text[index] ?? '';
          if (')]}'.includes(character)) depth += 1;
          else if ('([{'.includes(character) && depth-- === 0) {
            if (character !== '{') return null;
            return className([...all.slice(Math.max(0, at - LINES_BEFORE), at), text.slice(0, index)].join('\n'));
          }
        }
        read += text.length + 1;
        if (at === 0) return null;
      }
      return null;
    },
    async isAtEntry(frame) {
      const name = functionOf(frame);
      const entry = entries.get(name) ?? entryOf(frame);
      entries.set(name, entry);
      const [first, { location }] = [await entry, frame];
      if (first?.line !== location.line || first.column !== location.column) return false;
      // A loop comes back to its head.
      return !/\b(?:while|for)\s*\([^)]*$/.test((await lineBefore(location)) ?? '');
    },
    async mayWait({ location }) {
      const { line, column } = within(location, location);
      const text = (await linesOf(location.scriptId))?.[line];
      // Without its text nobody knows.
      if (text === undefined) return true;
      const start = /[^;{}]*$/.exec(text.slice(0, column))?.[0] ?? '';
      const end = /^[^;{}]*/.exec(text.slice(column))?.[0] ?? '';
      return /\b(?:await|yield)\b/.test(start + end);
    },
    clear() {
      sources.clear();
      entries.clear();
    },
  };
}
