/**
 * The state of a reader, and the one request that may change it. A newer request ends the older one, and a request that was
 * overtaken changes nothing.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Capture } from '../../src/capture/capture.ts';
import type { ReadOptions } from '../../src/snapshot/read-options.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import type { Outcome, RequestOptions } from '../../src/transport/outcome.ts';
import { captureDeadline, isWaited } from './deadline.ts';
import { errorMessage, failureMessage, type Message, notOfThePage, pageLeft } from './messages.ts';
import type { Painter, PaintRequest, Picture } from './picture.ts';
import {
  type Derived,
  drawingAsText,
  type Finished,
  lensesOf,
  type Opened,
  type Question,
  type ReaderState,
  type ReaderTools,
  type Reading,
} from './reading.ts';
import { recognizeMore } from './view/recognize-more.ts';

export interface Requests {
  readonly state: ReadonlySignal<ReaderState>;
  change(next: Partial<ReaderState>): void;
  begin(): AbortController;
  /** Returns whether the request was still the newest. If not, only the newer one reports its result. */
  end(controller: AbortController, next: Partial<ReaderState>): boolean;
  fail(controller: AbortController, message: Message): null;
  /** Cancels the current request at the user's request, with a message. */
  cancel(): void;
  /** Ends the current request without a message. */
  close(): void;
}

export function createRequests(): Requests {
  const state = signal<ReaderState>({
    reading: null,
    running: null,
    message: null,
    outcome: null,
    recognized: null,
  });
  let running: AbortController | null = null;
  const change = (next: Partial<ReaderState>): void => {
    state.value = { ...state.peek(), ...next };
  };
  const end = (controller: AbortController, next: Partial<ReaderState>): boolean => {
    if (running !== controller) return false;
    running = null;
    change({ ...next, running: null });
    return true;
  };
  return {
    state,
    change,
    begin() {
      running?.abort();
      running = new AbortController();
      change({ running: { found: 0, waits: false } });
      return running;
    },
    end,
    fail(controller, message) {
      end(controller, { message: controller.signal.aborted ? failureMessage({ kind: 'aborted' }) : message });
      return null;
    },
    cancel: () => running?.abort(),
    close() {
      running?.abort();
      running = null;
      if (state.peek().running) change({ running: null });
    },
  };
}

/** Asks a capture one question. */
export type Ask = (capture: Capture, options: ReadOptions, request: RequestOptions) => Promise<Outcome<Snapshot>>;

export type PaintedReading =
  | { readonly ok: true; readonly reading: Reading }
  | { readonly ok: false; readonly message: Message };

export interface Steps {
  /** Draws a snapshot. */
  paint(
    request: Omit<PaintRequest, 'drawing' | 'onRough'>,
    of: Pick<Reading, 'heap' | 'transport' | 'frozen'>,
    signal: AbortSignal,
    /** Called with a first picture, when the right one will take long. */
    onRough?: (reading: Reading) => void,
  ): Promise<PaintedReading>;
  /** Reads and draws, as one request. */
  take(question: Question | Promise<Question>, from: () => Promise<Opened>, ask: Ask): Promise<Reading | null>;
}

const inRound = (options: ReadOptions, round: number): ReadOptions =>
  options.getters.length === 0 ? options : { ...options, getters: options.getters.map((run) => ({ ...run, round })) };

/** @param showsRough Whether a first, rough picture is shown while the right one is laid out. */
export function createSteps(
  painter: Painter,
  requests: Requests,
  derived: Derived,
  settings: ReaderTools['settings'],
  showsRough: boolean,
): Steps {
  const { state, change, begin, end, fail } = requests;

  const recognize = async (capture: Capture, { picture: { snapshot }, options }: Reading, signal: AbortSignal) => {
    const lenses = await recognizeMore(capture, snapshot, options, lensesOf(settings.peek()), signal);
    if (lenses.length > 0 && state.peek().reading?.picture.snapshot === snapshot)
      change({ recognized: { snapshot, lenses } });
  };

  /** Counts how often the user asked what is there now. */
  let round = 0;

  const paint: Steps['paint'] = async (request, of, signal, onRough) => {
    const drawing = derived.drawingOf(of, request.subject);
    const { heap, transport, frozen } = of;
    const paintedWith = drawingAsText(drawing);
    const readingOf = (picture: Picture): Reading => {
      return { picture, heap, transport, options: request.options, paintedWith, frozen };
    };
    const rough = onRough && { onRough: (picture: Picture) => onRough(readingOf(picture)) };
    const painted = await painter.paint({ ...request, drawing, ...rough }, signal);
    if (!painted.ok) return { ok: false, message: errorMessage(painted.message) };
    return { ok: true, reading: readingOf(painted.picture) };
  };

  return {
    paint,
    async take(questioned, from, ask) {
      const controller = begin();
      const began = performance.now();
      const question = await questioned;
      const { capture, heap, instead } = await from();
      const { transport } = capture;
      if (question.anew) round += 1;
      const options = inRound(derived.optionsOf(heap(), transport), round);
      const asked = { transport, options };
      const request: RequestOptions = {
        signal: controller.signal,
        deadline: captureDeadline(options, question.roots),
        onProgress(found) {
          if (!controller.signal.aborted) change({ running: { found, waits: false } });
        },
      };
      if (controller.signal.aborted) return fail(controller, failureMessage({ kind: 'aborted' }));
      if (isWaited(question.roots)) change({ running: { found: 0, waits: true } });
      let captured = await ask(capture, options, request);
      const further = captured.ok ? (question.further?.(captured.value, asked) ?? []) : [];
      if (further.length > 0)
        captured = await ask(capture, { ...options, opened: [...options.opened, ...further] }, request);
      if (!captured.ok) return fail(controller, failureMessage(captured.failure));
      const of = { heap: heap(), transport, frozen: null };
      const captureTime = performance.now() - (question.since ?? began);
      const whole: Finished = { snapshot: captured.value, message: null };
      const finished = (await question.finish?.(captured.value, asked)) ?? whole;
      if (finished.snapshot === null) {
        if (finished.message && finished.keeps) return fail(controller, finished.message);
        end(controller, finished.keeps ? {} : { reading: null, message: finished.message });
        return null;
      }
      const { snapshot, subject = question.subject } = finished;
      const onRough = (reading: Reading): void => {
        if (!controller.signal.aborted && heap() === of.heap) change({ reading });
      };
      const wanted = { snapshot, options, subject, captureTime };
      const painted = await paint(wanted, of, controller.signal, showsRough ? onRough : undefined);
      if (!painted.ok) return fail(controller, painted.message);
      // The page navigated while it was drawn.
      const left = heap() !== of.heap;
      const reading = left ? { ...painted.reading, frozen: notOfThePage } : painted.reading;
      const message = left ? pageLeft : (finished.message ?? (instead && failureMessage(instead)));
      if (!end(controller, { reading, message })) return null;
      if (!left) void recognize(capture, reading, controller.signal);
      return reading;
    },
  };
}
