/**
 * Finds places for a diagram within a deadline: asks Graphviz in a worker, and where the whole question takes too long,
 * ends that worker and asks a cheaper one in a fresh one. The last answer is always a picture: one without Graphviz.
 * Never throws and never keeps a caller waiting for ever.
 */
import type { Diagram } from '../diagram/diagram.ts';
import { layoutDot } from './dot.ts';
import { footprintsOf } from './footprint.ts';
import type { LayoutAnswer, LayoutRequest } from './graphviz-worker.ts';
import { gapsOf, type MeasuredFrame, measureFrames } from './measure.ts';
import { aligned, type Places, type Plan, placeDiagram, readPlaces } from './place.ts';
import type { LayoutTier, Placed, TextMeasure } from './placed.ts';
import { createPictureMemory } from './remembered.ts';
import { isForest, tidyPlaces } from './tidy.ts';
import { joinedBoxes, type Way, waysOf } from './ways.ts';

export type LayoutOutcome =
  | { readonly ok: true; readonly placed: Placed; readonly milliseconds: number }
  /** `message` is one sentence for the person. */
  | { readonly ok: false; readonly reason: 'aborted'; readonly message: string };

export interface LayoutOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds for each tier. */
  readonly deadline?: number;
  /** The picture that stands: boxes that are in both stay where they are, as far as that can be. */
  readonly previous?: Placed | null;
}

export interface Layout {
  /** One layout at a time: a newer request aborts an older one. */
  layout(diagram: Diagram, measure: TextMeasure, options?: LayoutOptions): Promise<LayoutOutcome>;
  /** Ends the workers; a layout that is under way settles as aborted. */
  close(): void;
}

/** A person who steps through code waits this long at most before the picture gets rougher. */
const defaultDeadline = 1500;

/** Loading takes about 0.1 s; where it takes this long, the worker was refused (CSP) and will never answer. */
const loadDeadline = 15_000;

/** An aborted layout that ends within this time leaves a warm worker; a fresh one costs about as much. */
const grace = 150;

/** A question to Graphviz, or, with `dot` null, places that need none. */
export type Question = Plan & ({ readonly dot: string } | { readonly dot: null; readonly places: Places });

/** Graphviz does not answer in time, or dies of its depth, when boxes and references together are more. */
const mostForGraphviz = 8_000;

/**
 * What is asked in each tier, the best picture first, each made when it is asked for; `frames` are those of the boxes.
 * Questions that are the same are
 * asked once. The last one always has its answer with it.
 */
export function* planTiers(diagram: Diagram, frames: readonly MeasuredFrame[]): Generator<Question, void> {
  let asked = '';
  const full = waysOf(diagram, 'full');
  if (joinedBoxes(diagram, full).size === 0 && isForest(diagram, full)) {
    yield withoutGraphviz(diagram, 'full', full, frames);
    return;
  }
  if (diagram.boxes.length + diagram.references.length <= mostForGraphviz) {
    for (const tier of ['full', 'ranked', 'rough'] as const) {
      const ways = tier === 'full' ? full : waysOf(diagram, tier);
      const footprints = footprintsOf(diagram, ways, frames);
      const joined = joinedBoxes(diagram, ways);
      const dot = layoutDot(diagram, ways, footprints, joined, tier);
      if (dot === asked) continue;
      asked = dot;
      yield { tier, ways, footprints, joined, dot };
    }
  }
  yield withoutGraphviz(diagram, 'simple', waysOf(diagram, 'simple'), frames);
}

function withoutGraphviz(
  diagram: Diagram,
  tier: LayoutTier,
  ways: readonly Way[],
  frames: readonly MeasuredFrame[],
): Question {
  const footprints = footprintsOf(diagram, ways, frames);
  const { corners, along } = tidyPlaces(diagram, ways, footprints, gapsOf(diagram));
  const places = { corners, along, joins: new Map(), splines: new Map() };
  return { tier, ways, footprints, joined: new Set(), dot: null, places };
}

type Answer =
  | { readonly type: 'json'; readonly json: string }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'timeout' }
  | { readonly type: 'aborted' };

/** What is used of a `Worker`. */
export interface LayoutWorker {
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: unknown): void;
  terminate(): void;
}

/** `startWorker` starts graphviz-worker.ts as a module worker; it is called again after every worker that was ended. */
export function createLayout(startWorker: () => LayoutWorker): Layout {
  let engine: Engine | null = null;
  let spare: Engine | null = null;
  let current: AbortController | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const memory = createPictureMemory();

  const drop = (lost: Engine): void => {
    lost.stop();
    if (engine === lost) {
      engine = spare;
      spare = null;
    }
  };

  const take = async (): Promise<Engine> => {
    const busy = engine?.busy ?? null;
    if (engine && busy !== null) {
      const timer = delay(grace);
      const state = await Promise.race([busy, timer.promise]);
      timer.cancel();
      if (state === 'elapsed') drop(engine);
    }
    engine ??= createEngine(startWorker());
    return engine;
  };

  const ask = async (dot: string, deadline: number, signal: AbortSignal): Promise<Answer> => {
    const taken = await take();
    const aborted = abortion(signal);
    const timers = new Set<{ cancel(): void }>();
    const elapsed = (milliseconds: number): Promise<'elapsed'> => {
      const timer = delay(milliseconds);
      timers.add(timer);
      return timer.promise;
    };
    try {
      const state = await Promise.race([taken.ready, elapsed(loadDeadline), aborted.promise]);
      if (state === 'aborted') return { type: 'aborted' };
      if (state !== 'ready') {
        drop(taken);
        return { type: 'failed', message: state === 'elapsed' ? 'its worker does not answer' : state.message };
      }
      // A fresh worker needs 0.1 s to load: it does so while the slow one still has its chance.
      elapsed(deadline / 2).then(() => {
        spare ??= createEngine(startWorker());
      });
      const answer = await Promise.race([taken.run(dot), elapsed(deadline), aborted.promise]);
      if (answer === 'aborted') return { type: 'aborted' };
      if (answer === 'elapsed') {
        drop(taken);
        return { type: 'timeout' };
      }
      if (answer.type === 'failed') drop(taken);
      return answer;
    } finally {
      for (const timer of timers) timer.cancel();
      aborted.cancel();
    }
  };

  const lay = async (
    diagram: Diagram,
    measure: TextMeasure,
    deadline: number,
    previous: Placed | null,
    signal: AbortSignal,
  ): Promise<LayoutOutcome> => {
    const started = performance.now();
    if (signal.aborted) return overtaken;
    const frames = measureFrames(diagram, measure);
    const known = memory.recall(diagram, frames);
    if (known) {
      const placed = aligned(known, previous);
      memory.keep(frames, placed);
      return { ok: true, placed, milliseconds: performance.now() - started };
    }
    let best = true;
    for (const question of planTiers(diagram, frames)) {
      if (signal.aborted) return overtaken;
      const placed = await answered(question, diagram, deadline, previous, signal);
      if (placed === 'aborted') return overtaken;
      if (placed) {
        // What a busy machine made rough is not to stay rough.
        if (best) memory.keep(frames, placed);
        return { ok: true, placed, milliseconds: performance.now() - started };
      }
      best = false;
    }
    throw new Error('The last question has its answer with it.');
  };

  /** Null where Graphviz did not answer in time, gave up, or left out a box: a simpler question may do. */
  const answered = async (
    question: Question,
    diagram: Diagram,
    deadline: number,
    previous: Placed | null,
    signal: AbortSignal,
  ): Promise<Placed | 'aborted' | null> => {
    if (question.dot === null) return placeDiagram(diagram, question, question.places, previous);
    const answer = await ask(question.dot, deadline, signal);
    switch (answer.type) {
      case 'json':
        try {
          return placeDiagram(diagram, question, readPlaces(diagram, question, answer.json), previous);
        } catch {
          return null;
        }
      case 'failed':
      case 'timeout':
        return null;
      case 'aborted':
        return 'aborted';
    }
  };

  return {
    layout(diagram, measure, { signal, deadline = defaultDeadline, previous = null } = {}) {
      current?.abort();
      const own = new AbortController();
      current = own;
      const either = signal ? AbortSignal.any([signal, own.signal]) : own.signal;
      const outcome = last.then(() => lay(diagram, measure, deadline, previous, either));
      last = outcome.catch(() => undefined);
      return outcome;
    },
    close() {
      current?.abort();
      engine?.stop();
      spare?.stop();
      engine = null;
      spare = null;
    },
  };
}

const overtaken: LayoutOutcome = {
  ok: false,
  reason: 'aborted',
  message: 'A newer picture was asked for before this one was laid out.',
};

interface Engine {
  /** Settles once, with why not where Graphviz cannot be loaded. */
  readonly ready: Promise<'ready' | { readonly type: 'failed'; readonly message: string }>;
  /** Resolves when the run that is under way ends; null when none is. */
  readonly busy: Promise<void> | null;
  run(dot: string): Promise<Extract<Answer, { type: 'json' | 'failed' }>>;
  stop(): void;
}

function createEngine(worker: LayoutWorker): Engine {
  let runs = 0;
  let busy: Promise<void> | null = null;
  let settle: ((answer: Extract<Answer, { type: 'json' | 'failed' }>) => void) | null = null;
  const loaded = deferred<'ready' | { readonly type: 'failed'; readonly message: string }>();
  const broken = (message: string): void => {
    loaded.resolve({ type: 'failed', message });
    settle?.({ type: 'failed', message });
  };
  worker.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => {
    switch (data.type) {
      case 'ready':
        loaded.resolve('ready');
        break;
      case 'unusable':
        broken(data.message);
        break;
      case 'laidOut':
        if (data.id === runs) settle?.({ type: 'json', json: data.json });
        break;
      case 'failed':
        if (data.id === runs) settle?.({ type: 'failed', message: data.message });
        break;
    }
  };
  worker.onerror = (event) => broken(event.message || 'its worker could not be started');
  return {
    ready: loaded.promise,
    get busy() {
      return busy;
    },
    run(dot) {
      runs += 1;
      const request: LayoutRequest = { id: runs, dot };
      const answered = new Promise<Extract<Answer, { type: 'json' | 'failed' }>>((resolve) => {
        settle = resolve;
      });
      busy = answered.then(() => {
        busy = null;
        settle = null;
      });
      worker.postMessage(request);
      return answered;
    },
    stop: () => worker.terminate(),
  };
}

function delay(milliseconds: number) {
  const { promise, resolve } = deferred<'elapsed'>();
  const timer = setTimeout(() => resolve('elapsed'), milliseconds);
  return { promise, cancel: () => clearTimeout(timer) };
}

/** A promise and its key; `Promise.withResolvers` is newer than the oldest Node that runs the tests. */
function deferred<T>() {
  let resolve = (_: T): void => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: (value: T) => resolve(value) };
}

function abortion(signal: AbortSignal) {
  const { promise, resolve } = deferred<'aborted'>();
  const abort = (): void => resolve('aborted');
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return { promise, cancel: () => signal.removeEventListener('abort', abort) };
}
