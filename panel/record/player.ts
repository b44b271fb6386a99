/**
 * Shows a recording at one of its steps, and goes from step to step: by itself, to the next change of the picture, to the next call.
 * The picture of a step is drawn as any other, so that all can be done with it. Knows no extension API and no DOM.
 */
import { batch, computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { ComparedFrames, Marks } from '../../src/diagram/compare.ts';
import type { Amount, BoxOverride, ViewSize } from '../../src/diagram/settings.ts';
import { isSameMoment, nextCall, nextChange, type Shown } from '../../src/recording/moment.ts';
import { frameId, type Recording, snapshotAt, standing } from '../../src/recording/recording.ts';
import type { Settings } from '../../src/settings/settings.ts';
import type { ObjectId, Snapshot } from '../../src/snapshot/snapshot.ts';
import { compareReadings } from '../compare/comparison.ts';
import { createOverrides } from '../reading/overrides.ts';
import type { Painter } from '../reading/picture.ts';
import type { Unread } from '../reading/read-more.ts';
import { createReader, followDrawing } from '../reading/reader.ts';
import type { Reading } from '../reading/reading.ts';
import { createShownIn } from '../reading/shown-in.ts';
import type { ViewActions } from '../reading/view/view-actions.ts';

export const speeds = ['slow', 'usual', 'fast', 'fastest'] as const;
export type Speed = (typeof speeds)[number];
/** Milliseconds for which a step is shown. */
const stays: Readonly<Record<Speed, number>> = { slow: 2000, usual: 800, fast: 300, fastest: 80 };

export interface Player {
  /** Index of the step that is shown. */
  readonly step: ReadonlySignal<number>;
  readonly playing: ReadonlySignal<boolean>;
  readonly speed: ReadonlySignal<Speed>;
  /** The picture of the step, or of one before it with the same content; null until there is one. */
  readonly reading: ReadonlySignal<Reading | null>;
  /** Whether that is the picture of the step itself. */
  readonly isDrawn: ReadonlySignal<boolean>;
  /** What this step changed. */
  readonly marks: ReadonlySignal<Marks | null>;
  goTo(step: number): void;
  change(direction: 1 | -1): void;
  call(direction: 1 | -1): void;
  play(): void;
  pause(): void;
  setSpeed(speed: Speed): void;
  resize(size: ViewSize): void;
  readonly amount: ReadonlySignal<Amount>;
  chooseAmount(amount: Amount | null): void;
  readonly overrides: ReadonlySignal<ReadonlyMap<ObjectId, BoxOverride>>;
  override(object: ObjectId, override: BoxOverride | null): void;
  readMore(unread: Unread, levels?: number): void;
  readonly view: ViewActions;
  close(): void;
}

/** Frames are known by their calls: those that stand at a step and at the one before it. */
function framesAt(recording: Recording, step: number): ComparedFrames {
  const before = step === 0 ? [] : standing(recording, step - 1);
  const now = standing(recording, step);
  const same = new Map<ObjectId, ObjectId>();
  for (const [depth, call] of now.entries()) if (before[depth] === call) same.set(frameId(depth), frameId(depth));
  return { same, unknown: { shown: new Set(), other: new Set() } };
}

/** The snapshots of the shown step and of the one before it. */
interface Moment {
  readonly now: Snapshot;
  readonly before: Snapshot | null;
  readonly frames: ComparedFrames;
}

/** Does the work once after the other: while a slider moves, some steps between are seen, and the last one always. */
function lastWins(work: () => Promise<void>): () => Promise<void> {
  let working: Promise<void> | null = null;
  let outdated = false;
  return () => {
    outdated = true;
    working ??= (async () => {
      while (outdated) {
        outdated = false;
        await work();
      }
      working = null;
    })();
    return working;
  };
}

let recordings = 0;

export function createPlayer(
  shown: ReadonlySignal<Shown | null>,
  painter: Painter,
  settings: ReadonlySignal<Settings>,
): Player {
  const step = signal(0);
  const playing = signal(false);
  const speed = signal<Speed>('usual');
  const at = signal<Moment | null>(null);
  const overrides = createOverrides();
  const shownIn = createShownIn();
  const openSource = async () => null;
  const reader = createReader({ painter, settings, overrides, openSource, shownIn, readAgain: () => reader.repaint() });
  const stopDrawing = followDrawing(reader);
  let heap = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const subjectOf = ({ recording }: Shown): string => recording.title;

  const draw = lastWins(drawStep);

  async function drawStep(): Promise<void> {
    const current = shown.peek();
    if (!current || current.recording.stops.length === 0) return;
    const { recording, moments } = current;
    const index = step.peek();
    const now = snapshotAt(recording, moments, index);
    const before = index === 0 ? null : snapshotAt(recording, moments, index - 1);
    const drawn = reader.state.peek().reading;
    const isDrawn = drawn?.heap === heap && isSameMoment(drawn.picture.snapshot, now);
    at.value = { now: isDrawn && drawn ? drawn.picture.snapshot : now, before, frames: framesAt(recording, index) };
    if (!isDrawn) await reader.show(now, subjectOf(current), { heap, message: null });
  }

  function goTo(next: number): Promise<void> {
    const last = (shown.peek()?.recording.stops.length ?? 1) - 1;
    step.value = Math.max(0, Math.min(last, next));
    return draw();
  }

  function pause(): void {
    clearTimeout(timer);
    playing.value = false;
  }

  function turn(): void {
    timer = setTimeout(async () => {
      const last = (shown.peek()?.recording.stops.length ?? 1) - 1;
      if (step.peek() >= last) return pause();
      await goTo(step.peek() + 1);
      if (playing.peek()) turn();
    }, stays[speed.peek()]);
  }

  const stopFollowing = effect(() => {
    const current = shown.value;
    untracked(() => {
      pause();
      recordings += 1;
      heap = `recording ${recordings}`;
      batch(() => {
        reader.present(null);
        at.value = null;
      });
      // While more is recorded, the newest is shown.
      const last = (current?.recording.stops.length ?? 1) - 1;
      void goTo(current?.recording.end === '' ? last : 0);
    });
  });

  const marks = computed(() => {
    const { reading } = reader.state.value;
    const moment = at.value;
    // The picture of another step is shown until this one is drawn.
    if (!reading || !moment?.before || reading.picture.snapshot !== moment.now) return null;
    if (isSameMoment(moment.before, moment.now)) return null;
    const other = { ...reading, picture: { ...reading.picture, snapshot: moment.before, drawn: null } };
    return compareReadings(other, reading, moment.frames).marks;
  });

  return {
    step,
    playing,
    speed,
    reading: computed(() => reader.state.value.reading),
    isDrawn: computed(() => reader.state.value.reading?.picture.snapshot === at.value?.now),
    marks,
    goTo(next) {
      pause();
      void goTo(next);
    },
    change(direction) {
      pause();
      const current = shown.peek();
      if (current) void goTo(nextChange(current, step.peek(), direction));
    },
    call(direction) {
      pause();
      const current = shown.peek();
      if (current) void goTo(nextCall(current, step.peek(), direction));
    },
    play() {
      const last = (shown.peek()?.recording.stops.length ?? 1) - 1;
      if (step.peek() >= last) void goTo(0);
      playing.value = true;
      turn();
    },
    pause,
    setSpeed(next) {
      speed.value = next;
    },
    resize: shownIn.resize,
    amount: computed(() => shownIn.amountOf(shown.value?.recording.title ?? '') ?? settings.value.drawing.amount),
    chooseAmount(amount) {
      const current = shown.peek();
      if (current) shownIn.choose(subjectOf(current), amount);
    },
    overrides: computed(() => overrides.of(reader.state.value.reading?.heap ?? '').overrides),
    override: reader.override,
    readMore: (unread, levels) => void reader.readMore(unread, levels),
    view: reader.view,
    close() {
      pause();
      stopFollowing();
      stopDrawing();
      shownIn.close();
      reader.close();
    },
  };
}
