/**
 * Finds positions for a diagram within a deadline. It asks Graphviz in a worker; when that takes too long, it ends the worker
 * and asks a cheaper question in a new one. The last answer needs no Graphviz, so there is always a picture. Never throws and
 * never makes a caller wait forever.
 */
import type { Diagram } from '../diagram/diagram.ts';
import { say } from '../words/say.ts';
import { placeBeside } from './beside/place-beside.ts';
import { layoutDot } from './dot.ts';
import { type EdgeDirection, edgeDirections, joinedBoxes } from './edge-directions.ts';
import { effortOf } from './effort.ts';
import { type Directed, footprintsOf } from './footprint.ts';
import type { LayoutAnswer, LayoutRequest } from './graphviz-worker.ts';
import { gapsOf, type MeasuredFrame, measureFrames } from './measure.ts';
import { createPictureMemory } from './picture-memory.ts';
import { aligned, type Places, type Plan, placeDiagram, readPlaces } from './place.ts';
import type { LayoutTier, Placed, TextMeasure } from './placed.ts';
import { staggeredLengths } from './staggered.ts';
import { isForest, tidyPlaces } from './tidy.ts';
import { keepingPlaces, placeSizes, type WithPlaces } from './values/free-places.ts';
import { createWrapping, type Window } from './wrapped/window.ts';

export type LayoutOutcome =
  | { readonly ok: true; readonly placed: Placed; readonly milliseconds: number }
  /** `message` is one sentence for the user. */
  | { readonly ok: false; readonly reason: 'aborted'; readonly message: string };

export interface LayoutOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds for each tier. */
  readonly deadline?: number;
  /** The current picture: boxes that are in both stay where they are, as far as possible. */
  readonly previous?: Placed | null;
  /** Called with a picture made without Graphviz, where Graphviz will take long. */
  readonly onRough?: (placed: Placed) => void;
  /** Boxes that are in both stay exactly where they are, and new ones go beside them, where that is possible. */
  readonly beside?: boolean;
  /** Where the picture is shown. What would be a strip in it is wrapped to its proportions. */
  readonly window?: Window;
  /** Also where a line finds no way between the boxes: then it goes straight, over what is in its way. */
  readonly anyhow?: boolean;
}

export interface Layout {
  /** One layout at a time: a request waits for those before it. Only its own signal ends it, because views share a layout. */
  layout(diagram: Diagram, measure: TextMeasure, options?: LayoutOptions): Promise<LayoutOutcome>;
  /** Ends the workers; a layout that is under way settles as aborted. */
  close(): void;
}

/**
 * Milliseconds. The tier is chosen by the estimated effort, so that the picture is the same however busy the machine is. This is for what
 * the estimate did not foresee.
 */
const defaultDeadline = 8000;

/** Estimated milliseconds: a user who steps through code waits no longer before the picture gets rougher. */
const mostEffort = 1200;

/** Estimated milliseconds from which on a rough picture comes first. */
const longEffort = 150;

/** With more boxes that share much, also a wrapped picture takes more than half a second: a rough one is painted before. */
const mostAtOnce = 2000;

/** Milliseconds: enough for a frame. */
const frame = 20;

/** Milliseconds. Loading takes about 0.1 s. After this time the worker was refused (CSP) and will never answer. */
const loadDeadline = 15_000;

/** Milliseconds. An aborted layout that ends within this time leaves a warm worker; a new one costs about as much. */
const grace = 150;

/** A question to Graphviz, or, with `dot` null, positions that need none. */
export type Question = (Plan & { readonly dot: string }) | QuestionWithAnswer;
type QuestionWithAnswer = Plan & { readonly dot: null; readonly places: Places };

/** With more boxes and references together, Graphviz does not answer in time or overflows its stack. */
const mostForGraphviz = 8_000;

/**
 * The questions of the tiers, the best picture first; each is made when it is needed. `frames` are those of the boxes. Equal
 * questions are asked once. The last one always includes its answer. Tiers that would take more than `most` estimated
 * milliseconds are left out.
 */
export function* planTiers(
  diagram: Diagram,
  frames: readonly MeasuredFrame[],
  most = Number.POSITIVE_INFINITY,
): Generator<Question, void> {
  const edges = edgeDirections(diagram, 'depthFirst');
  const joined = joinedBoxes(diagram, edges);
  const staggered = staggeredLengths(diagram, edges).size > 0;
  if (!staggered && joined.size === 0 && isForest(diagram, edges)) {
    yield withoutGraphviz(diagram, 'full', directed(diagram, frames, edges));
    return;
  }
  const byDistance = edgeDirections(diagram, 'distance');
  let cheaper: Directed | null = null;
  if (diagram.boxes.length + diagram.references.length <= mostForGraphviz) {
    let asked = '';
    for (const tier of ['full', 'ranked', 'rough'] as const) {
      const own = tier === 'full' ? edges : byDistance;
      if (most < Number.POSITIVE_INFINITY && effortOf(diagram, own) > most) continue;
      if (tier !== 'full') cheaper ??= directed(diagram, frames, own);
      const chosen = cheaper ?? directed(diagram, frames, own);
      const dot = layoutDot(diagram, chosen, tier);
      if (dot === asked) continue;
      asked = dot;
      yield { tier, ...chosen, dot };
    }
  }
  yield withoutGraphviz(diagram, 'simple', cheaper ?? directed(diagram, frames, byDistance));
}

const directed = (diagram: Diagram, frames: readonly MeasuredFrame[], edges: readonly EdgeDirection[]): Directed => ({
  edges,
  footprints: footprintsOf(diagram, edges, frames),
  joined: joinedBoxes(diagram, edges),
});

/** The size of a picture without its lines. */
function spanOf({ footprints, places: { corners } }: QuestionWithAnswer): {
  readonly width: number;
  readonly height: number;
} {
  let [left, top, right, bottom] = [0, 0, 0, 0];
  corners.forEach(({ x, y }, number) => {
    const { width = 0, height = 0 } = footprints[number] ?? {};
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  });
  return { width: right - left, height: bottom - top };
}

function withoutGraphviz(diagram: Diagram, tier: LayoutTier, { edges, footprints }: Directed): QuestionWithAnswer {
  const { corners, along } = tidyPlaces(diagram, edges, footprints, gapsOf(diagram));
  const places = { corners, along, joins: new Map(), splines: new Map() };
  return { tier, edges, footprints, joined: new Set(), dot: null, places };
}

type Answer =
  | { readonly type: 'json'; readonly json: string }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'timeout' }
  | { readonly type: 'aborted' };

/** The part of `Worker` that this needs. */
export interface LayoutWorker {
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(message: unknown): void;
  terminate(): void;
}

/** @param startWorker Starts graphviz-worker.ts as a module worker. It is called again after each worker that was ended. */
export function createLayout(startWorker: () => LayoutWorker): Layout {
  const closing = new AbortController();
  let last: Promise<unknown> = Promise.resolve();
  const memory = createPictureMemory();
  const { ask, close } = createEngines(startWorker);

  const lay = async (
    { diagram, owners }: WithPlaces,
    measure: TextMeasure,
    { deadline = defaultDeadline, previous = null, beside = false, anyhow = false, onRough, window }: LayoutOptions,
    signal: AbortSignal,
  ): Promise<LayoutOutcome> => {
    const started = performance.now();
    if (signal.aborted) return ended;
    const frames = placeSizes(measureFrames(diagram, measure), owners);
    const changed = beside && previous ? placeBeside(diagram, frames, previous, anyhow) : null;
    if (changed) return { ok: true, placed: changed, milliseconds: performance.now() - started };
    const finished = (placed: Placed): LayoutOutcome => ({
      ok: true,
      placed,
      milliseconds: performance.now() - started,
    });
    const known = memory.recall(diagram, frames, window);
    if (known) {
      const placed = aligned(known, previous);
      memory.keep(frames, placed, window);
      return finished(placed);
    }
    const wrapping = createWrapping(diagram, frames, window, previous);
    let best = true;
    let first = true;
    for (const question of planTiers(diagram, frames, mostEffort)) {
      if (signal.aborted) return ended;
      if (first && (question.dot === null || effortOf(diagram, question.edges) > longEffort)) {
        const rough = question.dot === null ? question : withoutGraphviz(diagram, 'simple', question);
        const showRough = () => onRough?.(placeDiagram(diagram, rough, rough.places, previous));
        const isShared = question.dot !== null || question.tier === 'simple';
        const isSlow = onRough !== undefined && isShared && diagram.boxes.length > mostAtOnce;
        if (isSlow) {
          showRough();
          await delay(frame).promise;
          if (signal.aborted) return ended;
        }
        const instead = wrapping.atOnceFor(spanOf(rough));
        if (instead) {
          memory.keep(frames, instead, window);
          return finished(instead);
        }
        if (question.dot !== null && !isSlow) showRough();
      }
      first = false;
      const answer = await answered(question, diagram, deadline, previous, signal);
      if (answer === 'aborted') return ended;
      if (answer) {
        const placed = wrapping.insteadOf(answer) ?? answer;
        // A rough picture is not kept, because only a busy machine may have made it rough.
        if (best) memory.keep(frames, placed, window);
        return finished(placed);
      }
      best = false;
    }
    throw new Error('The last question has its answer with it.');
  };

  /** Null when Graphviz did not answer in time, failed, or left out a box. A simpler question may work. */
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
    layout(diagram, measure, options = {}) {
      const { signal } = options;
      const either = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
      const { kept, seen, changed } = keepingPlaces(diagram, options);
      const outcome = last
        .then(() => lay(kept, measure, { ...options, ...changed }, either))
        .then((found) => (found.ok ? { ...found, placed: seen(found.placed) } : found));
      last = outcome.catch(() => undefined);
      return outcome;
    },
    close() {
      closing.abort();
      close();
    },
  };
}

/** The workers that ask Graphviz: one that answers, and one that is loaded while that takes long. */
function createEngines(startWorker: () => LayoutWorker) {
  let engine: Engine | null = null;
  let spare: Engine | null = null;

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
        return { type: 'failed', message: state === 'elapsed' ? say('failure_silentWorker') : state.message };
      }
      // A new worker needs 0.1 s to load. It loads while the slow one may still answer.
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

  return {
    ask,
    close(): void {
      engine?.stop();
      spare?.stop();
      engine = null;
      spare = null;
    },
  };
}

const ended: LayoutOutcome = { ok: false, reason: 'aborted', message: say('layout_ended') };

interface Engine {
  /** Settles once; with the reason when Graphviz cannot be loaded. */
  readonly ready: Promise<'ready' | { readonly type: 'failed'; readonly message: string }>;
  /** Resolves when the current run ends; null when there is none. */
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
  worker.onerror = (event) => broken(event.message || say('failure_noWorker'));
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
