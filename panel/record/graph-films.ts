/**
 * The calls of `graph(…)` in a page, each as it was then: kept without being asked, within a budget, and anew when they are recorded.
 * Knows no extension API and no DOM.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { ActiveRecording, RecordProgress } from '../../src/recording/active.ts';
import { createGraphFilm, type GraphFilm } from '../../src/recording/graph-calls/graph-film.ts';
import type { Recording, RecordingEnd } from '../../src/recording/recording.ts';
import type { Failure, Outcome } from '../../src/transport/outcome.ts';
import type { CallsHandout, RecorderBudget } from '../../src/wire/recorder-exchange.ts';
import { say } from '../../src/words/say.ts';

/** Calls, and how many of them are kept. */
export interface GraphCalls {
  readonly all: number;
  readonly kept: number;
}

export interface GraphFilms {
  /** Of the newest film; none before the first call. */
  readonly calls: ReadonlySignal<GraphCalls>;
  /** The newest film; null when there was no call. */
  show(): Promise<Recording | null>;
  /** Begins a film, of the page's own calls, too. */
  record(budget: RecorderBudget): Promise<Outcome<ActiveRecording>>;
}

/** What the page hands out, and the files of its code. */
export interface GraphSource {
  takeCalls(): Promise<void>;
  /** Answers the number of the film; null where there is no `graph`. */
  beginCalls(budget: RecorderBudget, inPage: boolean): Promise<number | null>;
  /** The text of a file; null where nobody has it. */
  sourceOf(url: string): Promise<string | null>;
}

/** What is kept of calls that nobody recorded: a second of the page's time at most. */
export const unaskedBudget: RecorderBudget = { stops: 1000, milliseconds: 1000, characters: 4_000_000 };

const NO_GRAPH: Failure = { kind: 'thrown', message: say('record_noGraph') };

export function createGraphFilms(source: GraphSource): GraphFilms & {
  /** What the page handed out. */
  add(handout: CallsHandout): void;
  /** The page went elsewhere. The film of the last document stays until there are calls in this one. */
  navigated(): void;
} {
  let film = createGraphFilm();
  let number = 1;
  let documents = 0;
  let shown = 0;
  const calls = signal<GraphCalls>({ all: 0, kept: 0 });
  const texts = new Map<string, string>();

  async function built(of: GraphFilm, end: RecordingEnd): Promise<Recording> {
    for (const url of of.urls()) if (!texts.has(url)) texts.set(url, (await source.sourceOf(url)) ?? '');
    return of.build(texts, end);
  }

  return {
    calls,
    add(handout) {
      const [next, count] = handout;
      if (count === 0) return;
      if (next !== number || documents !== shown) {
        film = createGraphFilm();
        number = next;
        shown = documents;
      }
      film.add(handout);
      calls.value = { all: film.calls, kept: film.kept };
    },
    navigated() {
      documents += 1;
      texts.clear();
    },
    async show() {
      await source.takeCalls();
      return film.calls === 0 ? null : built(film, 'stopped');
    },
    async record(budget) {
      const begun = await source.beginCalls(budget, true);
      if (begun === null) return { ok: false, failure: NO_GRAPH };
      const own = createGraphFilm();
      film = own;
      number = begun;
      shown = documents;
      const document = documents;
      let stopped: Promise<Recording> | null = null;
      const end = (): RecordingEnd => own.end || (document === documents ? '' : 'left');
      const progress = (): RecordProgress => {
        const { kept: stops, milliseconds, characters } = own;
        return { stops, milliseconds, characters, end: end() };
      };
      const active: ActiveRecording = {
        name: '',
        places: 0,
        left: 0,
        get progress() {
          return progress();
        },
        async poll() {
          await source.takeCalls();
          return { ok: true, value: progress() };
        },
        watch: async () => {},
        sofar: () => own.build(texts, end()),
        stop() {
          stopped ??= (async () => {
            await source.takeCalls();
            const recording = await built(own, end() || 'stopped');
            await source.beginCalls(unaskedBudget, false);
            return recording;
          })();
          return stopped;
        },
        release() {
          void source.beginCalls(unaskedBudget, false);
        },
      };
      return { ok: true, value: active };
    },
  };
}
