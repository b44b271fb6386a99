/**
 * Makes a recording of what was kept of calls of `graph(…)`: each is a step, with its values as they were. The calls of one place in the
 * code are one call of the recording, so that its variables can be followed.
 */
import { parseExpressionAt } from 'acorn';
import { lineStarts } from '../../source-maps/line-starts.ts';
import { type CallsHandout, recorderEnds } from '../../wire/recorder-exchange.ts';
import { say } from '../../words/say.ts';
import { analyze, functionAt } from '../analysis.ts';
import { createRecordingBuilder } from '../builder.ts';
import type { RecordedFunction, RecordedPlace } from '../plan.ts';
import type { Recording } from '../recording.ts';

export interface GraphFilm {
  add(handout: CallsHandout): void;
  /** Calls so far, also those that are not kept. */
  readonly calls: number;
  readonly kept: number;
  /** Milliseconds of the page, and characters that were taken over. */
  readonly milliseconds: number;
  readonly characters: number;
  readonly end: Recording['end'];
  /** The addresses of the files in which the calls stand. */
  urls(): readonly string[];
  /** @param sources The texts of files by their addresses, as far as they are known. */
  build(sources: ReadonlyMap<string, string>, end: Recording['end']): Recording;
}

export function createGraphFilm(): GraphFilm {
  const handouts: (readonly unknown[])[] = [];
  const callers: Caller[] = [];
  let calls = 0;
  let kept = 0;
  let milliseconds = 0;
  let characters = 0;
  let end: Recording['end'] = '';
  let exact = true;
  return {
    add([, count, isExact, [code, stops, spent, , texts], places]) {
      calls = count;
      exact = isExact;
      kept = stops;
      milliseconds = spent;
      end = recorderEnds[code] ?? 'failed';
      if (texts.length > 0) handouts.push(texts);
      for (const text of texts) characters += typeof text === 'string' ? text.length : 0;
      callers.push(...places.split('\n').slice(0, -1).map(callerOf));
    },
    get calls() {
      return calls;
    },
    get kept() {
      return kept;
    },
    get milliseconds() {
      return milliseconds;
    },
    get characters() {
      return characters;
    },
    get end() {
      return end;
    },
    urls: () => [...new Set(callers.map(({ url }) => url).filter((url) => url !== ''))],
    build(sources, why) {
      const urls = [...new Set(callers.map(({ url }) => url))];
      const sourceOf = ({ url }: Caller): string => sources.get(url) ?? '';
      const builder = createRecordingBuilder({
        title: say('record_title_graph'),
        scripts: urls.map((url) => ({ url, source: sources.get(url) ?? '', startLine: 0 })),
        functions: callers.map((caller) => functionOf(caller, sourceOf(caller))),
        places: callers.map(({ url, line, column }, index): RecordedPlace => {
          return { ...anywhere, function: index, script: urls.indexOf(url), line, column };
        }),
        exact,
      });
      for (const texts of handouts) builder.add(texts);
      return builder.build(end || why);
    },
  };
}

/** A film of calls, as opposed to a recording of code. */
export const isGraphFilm = ({ functions }: Pick<Recording, 'functions'>): boolean =>
  functions.length > 0 && functions.every(({ kind }) => kind === 'graph');

const anywhere = {
  kind: 0,
  calls: [],
  throws: false,
  suspends: false,
  inTry: false,
  repeats: false,
  once: false,
  returns: null,
  unready: [],
};

interface Caller {
  readonly name: string;
  /** Empty for a script without an address. */
  readonly url: string;
  /** Both count from 0. */
  readonly line: number;
  readonly column: number;
}

/** A line of a stack: `insert (http://x/app.js:12:5)`, or without a function. */
function callerOf(text: string): Caller {
  const [, name = '', url = '', line, column] = /^(?:(.*?) \()?(.*?):(\d+):(\d+)\)?$/.exec(text) ?? [];
  const isAddress = /^[a-z][\w+.-]*:/i.test(url);
  const at = { line: Math.max(0, Number(line ?? 1) - 1), column: Math.max(0, Number(column ?? 1) - 1) };
  return { name, url: isAddress ? url : '', ...at };
}

/** Values of a call that have a name. */
const mostValues = 60;

/** A frame whose variables are the values, called as the code calls them. */
function functionOf({ line, column }: Caller, source: string): RecordedFunction {
  const offset = (lineStarts(source)[line] ?? 0) + column;
  const named = argumentsAt(source, offset);
  const nameOf = (index: number): string =>
    named[index] ?? (index === 0 ? say('record_graphValue') : say('record_graphNextValue', { number: index + 1 }));
  const parameters = Array.from({ length: mostValues }, (_, index) => nameOf(index));
  return {
    name: 'graph',
    shown: 'graph',
    kind: 'graph',
    parameters: named,
    variables: parameters.map((shown, index) => ({ name: String(index + 1), shown, outer: false })),
    pairs: pairsAround(source, offset).filter(({ array, index }) => named.includes(array) && named.includes(index)),
  };
}

/** Characters of an argument that can be its name. */
const longestName = 30;

/** The texts of the arguments of the call at an offset. Empty where there is no call, as at a log point. */
function argumentsAt(source: string, offset: number): readonly string[] {
  try {
    const found = parseExpressionAt(source, offset, { ecmaVersion: 'latest', allowAwaitOutsideFunction: true });
    const first = found.type === 'SequenceExpression' ? found.expressions[0] : found;
    if (first?.type !== 'CallExpression') return [];
    return first.arguments.map(({ start, end }) => {
      const text = source.slice(start, end).replace(/\s+/g, ' ');
      return text.length > longestName ? `${text.slice(0, longestName)}…` : text;
    });
  } catch {
    return [];
  }
}

/** Index variables of the function around an offset, also in a script inside of a page. */
function pairsAround(source: string, offset: number): RecordedFunction['pairs'] {
  const open = source.lastIndexOf('<script', offset);
  const begin = open < 0 ? 0 : source.indexOf('>', open) + 1;
  const close = open < 0 ? -1 : source.indexOf('</script', offset);
  const analysis = analyze(source.slice(begin, close < 0 ? undefined : close));
  return (analysis && functionAt(analysis, offset - begin, false)?.pairs) ?? [];
}
