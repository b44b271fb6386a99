/**
 * Records the page while a person wants it, and has what was recorded last. A recording ends when its budget is used up, the page goes
 * elsewhere or the debugger is detached, and then everything is taken away again. Knows no extension API and no DOM.
 */
import { batch, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ActiveRecording, RecordProgress } from '../../src/recording/active.ts';
import { breakpointsAct } from '../../src/recording/breakpoints.ts';
import { type Shown, shownOf } from '../../src/recording/moment.ts';
import { defaultBudget, type RecordTarget, recordedView, startRecording } from '../../src/recording/record.ts';
import type { Recording, RecordingEnd } from '../../src/recording/recording.ts';
import { readOptionsOf, type Settings } from '../../src/settings/settings.ts';
import type { MapDecoder } from '../../src/source-maps/decoder.ts';
import { sentence } from '../../src/transport/failure.ts';
import type { RecorderBudget } from '../../src/wire/recorder-exchange.ts';
import { say } from '../../src/words/say.ts';
import type { DebuggerOwner } from '../reading/debugger-owner.ts';
import { errorMessage, type Message } from '../reading/messages.ts';
import { functionNamed, type OwnFunction, type OwnScript, type Sort, targetOf } from './choice.ts';
import type { GraphCalls, GraphFilms } from './graph-films.ts';
import { createListing, type Listing } from './listing.ts';

/** What is to be recorded, as the form has it. */
export interface Choice {
  readonly sort: Sort;
  /** The label or name of a function. */
  readonly function: string;
  /** The label of a script. */
  readonly file: string;
  readonly budget: RecorderBudget;
}

export type RecordState =
  | { readonly type: 'idle' }
  | { readonly type: 'starting' }
  /** The user deactivated breakpoints. Asks whether they may act meanwhile. */
  | { readonly type: 'asking' }
  | {
      readonly type: 'recording';
      readonly title: string;
      readonly progress: RecordProgress;
      readonly places: number;
      readonly left: number;
      readonly budget: RecorderBudget;
      /** Nothing is recorded before the user does something in the page. */
      readonly awaits: boolean;
      /** The page did not answer the last question. */
      readonly busy: boolean;
      /** The object at whose next change the page pauses. */
      readonly watched: number | null;
    }
  | { readonly type: 'stopping' };

export interface RecordSession extends Omit<Listing, 'chosen' | 'close'> {
  readonly state: ReadonlySignal<RecordState>;
  readonly choice: ReadonlySignal<Choice>;
  choose(change: Partial<Choice>): void;
  /** What was recorded, also while more is being recorded; null when nothing was. */
  readonly shown: ReadonlySignal<Shown | null>;
  readonly message: ReadonlySignal<Message | null>;
  /** The view is shown: attaches the debugger if the user allowed it. */
  want(): void;
  release(): void;
  start(): Promise<void>;
  /** Calls of `graph(…)` that were kept. */
  readonly graphCalls: ReadonlySignal<GraphCalls>;
  /** How many of them the user has seen, or does not want to see. */
  readonly graphSeen: Signal<number>;
  /** Shows them. */
  showGraphCalls(): Promise<void>;
  /** Answers `asking`. */
  answer(activates: boolean): void;
  stop(): Promise<void>;
  /** The page pauses when this object (or the variables of the function with a negative number) changes; null: no more. */
  watch(object: number | null): void;
  /** Shows a recording of a file. */
  open(recording: Recording): void;
  /** Shows nothing, so that something else can be recorded. */
  clear(): void;
  setMessage(message: Message | null): void;
  /** This page is closing. Answers the name of a recorder that may still be in the page. */
  close(): string | null;
}

interface Tools {
  readonly owner: DebuggerOwner;
  readonly decoder: MapDecoder;
  readonly settings: ReadonlySignal<Settings>;
  readonly films: GraphFilms;
  /** Takes a global name off the page, where the debugger was detached before it could. */
  sweep(name: string): void;
}

/** Milliseconds between two questions. */
const PACE = 250;
/** Milliseconds without a stop after which what an input did is over. */
const QUIET = 3000;

export function createRecordSession({ owner, decoder, settings, films, sweep }: Tools): RecordSession {
  const user = `record ${crypto.randomUUID()}`;
  const state = signal<RecordState>({ type: 'idle' });
  const choice = signal<Choice>({ sort: 'function', function: '', file: '', budget: defaultBudget });
  const shown = signal<Shown | null>(null);
  const message = signal<Message | null>(null);
  const graphSeen = signal(0);
  let wanted = false;

  const isLibrary = (url: string): boolean =>
    settings.peek().stack.ignored.some((pattern) => new RegExp(pattern).test(url));

  const running = createRunning({ state, shown, message }, (name, end) => {
    if (end === 'detached') sweep(name);
    if (!wanted) owner.release(user);
  });
  const listing = createListing(owner, isLibrary, () => wanted);
  const { scripts, functions, list } = listing;

  const fail = (text: string): void => {
    batch(() => {
      state.value = { type: 'idle' };
      message.value = errorMessage(text);
    });
  };

  /** Needs no debugger. */
  async function recordGraph(): Promise<void> {
    const { budget } = choice.peek();
    const started = await films.record(budget);
    if (!started.ok) return fail(sentence(started.failure));
    running.begin(started.value, { title: say('record_title_graph'), budget, endsQuietly: false });
  }

  async function start(activates: boolean | null): Promise<void> {
    if (running.isActive() || state.peek().type === 'starting') return;
    batch(() => {
      state.value = { type: 'starting' };
      message.value = null;
    });
    if (choice.peek().sort === 'graph') return recordGraph();
    const attached = await owner.want(user);
    if (!attached.ok) return fail(sentence(attached.failure));
    // The page may have loaded more since the scripts were listed.
    await list();
    const chosen = listing.chosen();
    if (!chosen) return fail(say('record_noScripts'));
    const what = meant(choice.peek(), scripts.peek() ?? [], functions.peek() ?? []);
    if (typeof what === 'string') return fail(what);
    if (activates === null) {
      const acts = await breakpointsAct(chosen.session, { deadline: 3000 });
      if (acts.ok && !acts.value) {
        state.value = { type: 'asking' };
        return;
      }
    }
    const { sort, budget } = choice.peek();
    const { slices } = readOptionsOf(settings.peek());
    const longest = (one: 'begin' | 'middle' | 'end'): number => Math.max(slices[one], recordedView.slices[one]);
    const started = await startRecording(chosen.session, {
      ...what,
      budget,
      view: { ...recordedView, slices: { begin: longest('begin'), middle: longest('middle'), end: longest('end') } },
      awaitsInput: sort === 'input',
      fromLoad: sort === 'load',
      activates: activates === true,
      decoder,
      isLibrary,
    });
    if (!started.ok) return fail(sentence(started.failure));
    running.begin(started.value, { title: what.title, budget, endsQuietly: sort === 'input' });
  }

  return {
    state,
    choice,
    choose(change) {
      choice.value = { ...choice.peek(), ...change };
    },
    heaps: listing.heaps,
    heap: listing.heap,
    scripts,
    functions,
    shown,
    message,
    want() {
      wanted = true;
      void owner.want(user).then((outcome) => {
        if (outcome.ok && scripts.peek() === null) void list();
      });
    },
    release() {
      wanted = false;
      if (!running.isActive() && state.peek().type === 'idle') owner.release(user);
    },
    list,
    start: () => start(null),
    graphCalls: films.calls,
    graphSeen,
    async showGraphCalls() {
      const recording = await films.show();
      if (!recording || running.isActive()) return;
      const { all, kept } = films.calls.peek();
      batch(() => {
        graphSeen.value = all;
        shown.value = shownOf(recording);
        message.value = all > kept ? { kind: 'done', text: say('record_graphLeft', { kept, all }) } : null;
      });
    },
    answer(activates) {
      if (state.peek().type !== 'asking') return;
      state.value = { type: 'idle' };
      if (activates) void start(true);
    },
    stop: running.finish,
    watch: running.watch,
    open(recording) {
      batch(() => {
        shown.value = shownOf(recording);
        message.value = null;
      });
    },
    clear() {
      if (!running.isActive()) shown.value = null;
      void list();
    },
    setMessage(next) {
      message.value = next;
    },
    close() {
      listing.close();
      const name = running.release();
      owner.release(user);
      return name;
    },
  };
}

interface Running {
  isActive(): boolean;
  /** @param endsQuietly It is over when nothing runs for a while. */
  begin(
    active: ActiveRecording,
    of: { readonly title: string; readonly budget: RecorderBudget; readonly endsQuietly: boolean },
  ): void;
  finish(): Promise<void>;
  watch(object: number | null): void;
  /** Ends it without waiting. Answers its recorder's name. */
  release(): string | null;
}

/** The recording that runs: asks again and again what there is, and ends it when it is over. */
function createRunning(
  {
    state,
    shown,
    message,
  }: {
    readonly state: Signal<RecordState>;
    readonly shown: Signal<Shown | null>;
    readonly message: Signal<Message | null>;
  },
  onEnd: (name: string, end: RecordingEnd) => void,
): Running {
  let active: ActiveRecording | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function follow(running: ActiveRecording, endsQuietly: boolean, since: number, before = 0): void {
    timer = setTimeout(async () => {
      const polled = await running.poll();
      const now = state.peek();
      if (active !== running || now.type !== 'recording') return;
      const { progress } = running;
      const { stops, end } = progress;
      const isNew = stops > before;
      state.value = { ...now, progress, awaits: now.awaits && stops === 0, busy: !polled.ok && end === '' };
      const time = performance.now();
      if (end !== '' || (endsQuietly && stops > 0 && !isNew && time - since > QUIET)) return void finish();
      // What was recorded so far is shown when the program rests.
      if (stops > 0 && !isNew && shown.peek()?.recording.stops.length !== stops) shown.value = shownOf(running.sofar());
      follow(running, endsQuietly, isNew ? time : since, stops);
    }, PACE);
  }

  async function finish(): Promise<void> {
    const running = active;
    if (!running) return;
    clearTimeout(timer);
    active = null;
    state.value = { type: 'stopping' };
    const recording = await running.stop();
    const isEmpty = recording.stops.length === 0;
    batch(() => {
      state.value = { type: 'idle' };
      shown.value = isEmpty ? null : shownOf(recording);
      message.value = isEmpty ? errorMessage(say('record_nothingRan', { title: recording.title })) : null;
    });
    onEnd(running.name, recording.end);
  }

  return {
    isActive: () => active !== null,
    begin(begun, { title, budget, endsQuietly }) {
      active = begun;
      const { progress, places, left } = begun;
      batch(() => {
        shown.value = null;
        state.value = {
          type: 'recording',
          title,
          progress,
          places,
          left,
          budget,
          awaits: endsQuietly,
          busy: false,
          watched: null,
        };
      });
      follow(begun, endsQuietly, performance.now());
    },
    finish,
    watch(object) {
      const now = state.peek();
      if (!active || now.type !== 'recording') return;
      void active.watch(object ?? 0);
      state.value = { ...now, watched: object };
    },
    release() {
      clearTimeout(timer);
      const name = active?.name ?? null;
      active?.release();
      active = null;
      return name;
    },
  };
}

interface Meant {
  readonly title: string;
  readonly targets: readonly RecordTarget[];
  readonly context: number | null;
}

/** What the choice comes to; a text says why there is nothing. */
function meant(
  { sort, function: name, file }: Choice,
  all: readonly OwnScript[],
  functions: readonly OwnFunction[],
): Meant | string {
  switch (sort) {
    case 'graph':
      return say('record_noGraph');
    case 'function': {
      const found = functionNamed(functions, name.trim());
      if (!found) return name.trim() === '' ? say('record_nameOne') : say('record_noFunction', { name: name.trim() });
      const { start, end, script } = found;
      return { title: found.name, targets: [targetOf(script, { start, end })], context: script.facts.context };
    }
    case 'file': {
      const script = all.find(({ label }) => label === file) ?? all[0];
      if (!script) return say('record_noScripts');
      return { title: script.label, targets: [targetOf(script)], context: script.facts.context };
    }
    case 'input':
    case 'everything':
    case 'load':
      if (all.length === 0) return say('record_noScripts');
      return {
        title: say(`record_title_${sort}`),
        targets: all.map((script) => targetOf(script)),
        context: all[0]?.facts.context ?? null,
      };
  }
}
