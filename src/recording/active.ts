/**
 * A recording while it runs: takes over what the recorder in the page has, and ends it. Whatever happens, nothing of it stays: the
 * breakpoints are removed, and the recorder deletes its name.
 */
import type { Failure, Outcome, RequestOptions } from '../transport/outcome.ts';
import type { ProtocolSession } from '../transport/protocol.ts';
import { handoutTexts, type RecorderEnd, readToldHandout, recorderEnds } from '../wire/recorder-exchange.ts';
import type { RecordingBuilder } from './builder.ts';
import type { Recording, RecordingEnd } from './recording.ts';

export interface RecordProgress {
  readonly stops: number;
  /** Milliseconds that the recorder took of the page. */
  readonly milliseconds: number;
  /** Characters of what was taken over. */
  readonly characters: number;
  readonly end: RecordingEnd;
}

export interface ActiveRecording {
  /** The global name of its recorder. */
  readonly name: string;
  /** Places at which the program is recorded. */
  readonly places: number;
  /** Locations at which nothing is recorded. */
  readonly left: number;
  /** Takes over what was recorded since the last call. A page that is busy tells by itself what it has; `progress` has that, too. */
  poll(): Promise<Outcome<RecordProgress>>;
  readonly progress: RecordProgress;
  /** The program pauses when this object changes, or a variable of the function with this negative number; 0 ends that. */
  watch(object: number): Promise<void>;
  /** What was taken over so far. */
  sofar(): Recording;
  /** Ends it, and removes everything. The page may be busy: then what was taken over before is the recording. */
  stop(): Promise<Recording>;
  /** Ends it without waiting for anything, because this page is closing. */
  release(): void;
}

/** Milliseconds for what V8 answers at once, also while the page is busy. */
export const AT_ONCE: RequestOptions = { deadline: 5000 };
/** Milliseconds that a page may be busy before it answers. */
export const BUSY: RequestOptions = { deadline: 3000 };
export const GROUP = 'memory-graph-recording';

export interface Running {
  readonly name: string;
  /** The recorder in the page. */
  readonly handle: string;
  readonly breakpoints: readonly string[];
  /** The name of the function by which a busy page tells. */
  readonly binding: string;
  readonly builder: RecordingBuilder;
  readonly left: number;
  /** Ends what was begun before the recording. */
  finish(): Promise<void>;
}

export function createActive(session: ProtocolSession, running: Running): ActiveRecording {
  const { name: recorderName, handle, breakpoints, binding, builder, left, finish } = running;
  let progress: RecordProgress = { stops: 0, milliseconds: 0, characters: 0, end: '' };
  let stopping: Promise<Recording> | null = null;
  let turn = 1;
  /** Handouts that overtook others, by turn. */
  const early = new Map<number, readonly unknown[]>();
  let lost: RecordingEnd = '';

  const call = (functionDeclaration: string, options: RequestOptions) =>
    session.send(
      'Runtime.callFunctionOn',
      { objectId: handle, functionDeclaration, returnByValue: true, silent: true },
      options,
    );

  function take(handout: readonly [number, number, number, number, readonly unknown[]]): void {
    const [code, , milliseconds, number, texts] = handout;
    early.set(number, texts);
    let { characters } = progress;
    let end: RecorderEnd = recorderEnds[code] ?? 'failed';
    for (let next = early.get(turn); next; next = early.get(turn)) {
      early.delete(turn);
      turn += 1;
      for (const text of next) characters += typeof text === 'string' ? text.length : 0;
      if (!builder.add(next)) end = 'failed';
    }
    progress = {
      stops: builder.count,
      milliseconds: Math.max(milliseconds, progress.milliseconds),
      characters,
      end: progress.end || end,
    };
  }

  const stops = [
    session.on('Runtime.bindingCalled', ({ name, payload }) => {
      const told = name === binding ? readToldHandout(payload) : null;
      if (told) take(told);
    }),
    session.on('Runtime.executionContextsCleared', () => {
      lost ||= 'left';
    }),
    session.on('Inspector.targetCrashed', () => {
      lost ||= 'crashed';
    }),
    session.onClosed(() => {
      lost ||= 'detached';
    }),
  ];

  async function poll(): Promise<Outcome<RecordProgress>> {
    const taken = await call('function(){return this.take()}', BUSY);
    if (!taken.ok) {
      lost ||= lostBy(taken.failure);
      return taken;
    }
    const handout: unknown = taken.value.result.value;
    if (isHandout(handout)) take(handout);
    return { ok: true, value: progress };
  }

  async function disarm(): Promise<void> {
    // These reach a page that is busy for ever.
    await Promise.all(
      breakpoints.map((breakpointId) => session.send('Debugger.removeBreakpoint', { breakpointId }, AT_ONCE)),
    );
    let answers = true;
    if (lost === '') {
      // One that has ended by itself has told what it had.
      const hasEnded = progress.end !== '';
      const ending = Promise.all([call('function(){this.end()}', BUSY), poll()]);
      answers = !hasEnded && (await ending)[0].ok;
    }
    for (const stop of stops) stop();
    const rest = Promise.all([
      session.send('Runtime.releaseObjectGroup', { objectGroup: GROUP }, AT_ONCE),
      session.send('Runtime.removeBinding', { name: binding }, AT_ONCE),
      finish(),
    ]);
    // A busy page does this when it can.
    if (answers) await rest;
  }

  return {
    name: recorderName,
    places: breakpoints.length,
    left,
    get progress() {
      return lost === '' ? progress : { ...progress, end: progress.end || lost };
    },
    poll: async () => (stopping ? { ok: true, value: progress } : poll()),
    async watch(object) {
      await call(`function(){this.watch(${Math.trunc(object)})}`, BUSY);
    },
    sofar: () => builder.build(progress.end || lost),
    stop() {
      stopping ??= disarm().then(() => builder.build(progress.end || lost || 'stopped'));
      return stopping;
    },
    release() {
      void call('function(){this.end()}', AT_ONCE);
    },
  };
}

/** A page that is busy, or shows a dialog, is not lost. */
function lostBy({ kind }: Failure): RecordingEnd {
  if (kind === 'timeout' || kind === 'dialog' || kind === 'aborted' || kind === 'thrown') return '';
  if (kind === 'crashed') return 'crashed';
  return kind === 'navigated' ? 'left' : 'detached';
}

/** The page can have changed what it hands out. */
function isHandout(value: unknown): value is readonly [number, number, number, number, readonly unknown[]] {
  return (
    Array.isArray(value) &&
    value.slice(0, 4).every((number) => typeof number === 'number') &&
    Array.isArray(value[4]) &&
    value[4].length === handoutTexts
  );
}
