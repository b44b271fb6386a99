/**
 * Finds places for a diagram within a deadline: asks Graphviz in a worker, and where the whole question takes too long,
 * ends that worker and asks a cheaper one in a fresh one. Never throws and never keeps a caller waiting for ever.
 */
import type { Diagram } from '../diagram/diagram.ts';
import { layoutDot } from './dot.ts';
import { footprintsOf } from './footprint.ts';
import type { LayoutAnswer, LayoutRequest } from './graphviz-worker.ts';
import { type Plan, placeDiagram } from './place.ts';
import type { Placed, TextMeasure } from './placed.ts';
import { waysOf } from './ways.ts';

export type LayoutOutcome =
  | { readonly ok: true; readonly placed: Placed; readonly milliseconds: number }
  /** `message` is one sentence for the person: what happened and what to do. */
  | { readonly ok: false; readonly reason: 'timeout' | 'aborted' | 'failed'; readonly message: string };

export interface LayoutOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds for each tier. */
  readonly deadline?: number;
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

/** What is asked in each tier, the best picture first. Questions that are the same are asked once. */
export function planTiers(diagram: Diagram, measure: TextMeasure): readonly (Plan & { readonly dot: string })[] {
  const plans = (['full', 'ranked', 'rough'] as const).map((tier) => {
    const ways = waysOf(diagram, tier);
    const footprints = footprintsOf(diagram, ways, measure);
    return { tier, ways, footprints, dot: layoutDot(diagram, ways, footprints, tier) };
  });
  return plans.filter(({ dot }, i) => dot !== plans[i - 1]?.dot);
}

/** What to tell when Graphviz gave up with `message`. */
export function failureSentence(message: string): string {
  return /call stack|RangeError|memory/i.test(message)
    ? 'The graph is too deep to be laid out: lower the depth, or start from an object further in.'
    : `Graphviz could not lay out the graph (${message}): show fewer objects and try again.`;
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
    signal: AbortSignal,
  ): Promise<LayoutOutcome> => {
    const started = performance.now();
    let outcome: LayoutOutcome = tooSlow(deadline);
    for (const plan of planTiers(diagram, measure)) {
      if (signal.aborted) return overtaken;
      const answer = await ask(plan.dot, deadline, signal);
      switch (answer.type) {
        case 'json':
          try {
            const placed = placeDiagram(diagram, plan, answer.json);
            return { ok: true, placed, milliseconds: performance.now() - started };
          } catch (error) {
            outcome = { ok: false, reason: 'failed', message: failureSentence(String(error)) };
            break;
          }
        case 'failed':
          outcome = { ok: false, reason: 'failed', message: failureSentence(answer.message) };
          break;
        case 'timeout':
          outcome = tooSlow(deadline);
          break;
        case 'aborted':
          return overtaken;
      }
    }
    return outcome;
  };

  return {
    layout(diagram, measure, { signal, deadline = defaultDeadline } = {}) {
      current?.abort();
      const own = new AbortController();
      current = own;
      const either = signal ? AbortSignal.any([signal, own.signal]) : own.signal;
      const outcome = last.then(() => lay(diagram, measure, deadline, either));
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

const tooSlow = (deadline: number): LayoutOutcome => ({
  ok: false,
  reason: 'timeout',
  message: `Laying out the graph took more than ${deadline / 1000} s even in its roughest form: show fewer objects or a smaller depth.`,
});

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
      const request: LayoutRequest = { id: runs, dot, engine: 'dot' };
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
