/**
 * Finds the names that the functions of a pause use, so that nothing else is read of outer scopes. A pause waits for it only briefly.
 * A function that is not parsed by then counts as using every word of its text, and none when there is no text.
 */
import type { MapDecoder } from '../source-maps/decoder.ts';
import type { Pause, PausedFrame, SourceLocation } from './pause.ts';

export interface UsedNames {
  /** The used names of each frame; of a frame that is not shown, none. */
  of(pause: Pause, isShown: (index: number) => boolean): Promise<readonly (readonly string[])[]>;
  /** Forgets all: the scripts are gone. */
  clear(): void;
}

/** Milliseconds. Names take a few, but for the first ones a worker must start, and what is read without them is not read again. */
const PATIENCE = 1000;
/** Characters. A longer function would use most names of its script. */
const LONGEST = 1_000_000;
/** Characters in which words are looked for. */
const MOST_WORDS = 50_000;
const nothing: readonly string[] = [];

interface Promised {
  readonly names: Promise<readonly string[]>;
  /** Empty until it is there. */
  text: string;
}

const wordsOf = (text: string): readonly string[] => [
  ...new Set(text.slice(0, MOST_WORDS).match(/[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu)),
];

interface Range {
  readonly start: SourceLocation;
  /** The position behind the last character. */
  readonly end: { readonly line: number; readonly column: number };
}

/** @param textOf Resolves to the text of a range of a script; null when it is not available. */
export function createUsedNames(
  decoder: Pick<MapDecoder, 'usedNames'>,
  textOf: (start: SourceLocation, end: Range['end'] | null) => Promise<string | null>,
): UsedNames {
  const known = new Map<string, Promised>();

  function usedBy(frame: PausedFrame): Promised {
    const range = rangeOf(frame);
    const { scriptId, line, column } = range?.start ?? frame.location;
    const key = range ? `${scriptId}:${line}:${column}` : scriptId;
    const before = known.get(key);
    if (before) return before;
    const onText = (text: string): void => {
      promised.text = text;
    };
    const promised: Promised = { names: read(range, frame, onText), text: '' };
    known.set(key, promised);
    return promised;
  }

  async function read(
    range: Range | null,
    { location }: PausedFrame,
    onText: (text: string) => void,
  ): Promise<readonly string[]> {
    const start = range?.start ?? { ...location, line: 0, column: 0 };
    const text = await textOf(start, range?.end ?? null);
    if (text === null || text.length > LONGEST) return nothing;
    onText(text);
    return decoder.usedNames(text);
  }

  return {
    async of({ frames }, isShown) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<null>((resolve) => {
        timer = setTimeout(() => resolve(null), PATIENCE);
      });
      const names = await Promise.all(
        frames.map(async (frame, index) => {
          if (!isShown(index) || !hasOuter(frame)) return nothing;
          const promised = usedBy(frame);
          return (await Promise.race([promised.names, late])) ?? wordsOf(promised.text);
        }),
      );
      clearTimeout(timer);
      return names;
    },
    clear: () => known.clear(),
  };
}

/** Whether the frame has outer scopes, of which used names are read. Functions can use at least the variables of scripts. */
const hasOuter = ({ scopes }: PausedFrame): boolean => scopes.length > 0;

/** The range of the function's text; null for code outside of functions, which is the whole script. */
function rangeOf({ functionLocation, location, scopes }: PausedFrame): Range | null {
  const local = scopes.find(
    ({ type, startLocation }) => type === 'local' && startLocation?.scriptId === location.scriptId,
  );
  const end = local?.endLocation;
  if (!functionLocation || !end) return null;
  return { start: functionLocation, end: { line: end.lineNumber, column: end.columnNumber ?? 0 } };
}
