/**
 * One picture of one heap, and all that can be asked of it: the core of every view. What is read and drawn follows from the
 * settings and from the user's choices in that heap, and is stored nowhere else. A request that is overtaken changes nothing. One
 * that fails leaves the last picture as it is. Knows no extension API and no DOM.
 */
import { effect, type ReadonlySignal, untracked } from '@preact/signals';
import type { Assignable } from '../../src/capture/assignable.ts';
import type { ObjectAction } from '../../src/capture/scripts/object-action.ts';
import type { BoxOverride } from '../../src/diagram/settings.ts';
import type { ReadOptions } from '../../src/snapshot/read-options.ts';
import type { ObjectId, Part, Snapshot } from '../../src/snapshot/snapshot.ts';
import { say } from '../../src/words/say.ts';
import { errorMessage, type Message, notOfThePage } from './messages.ts';
import { performAction } from './object-actions.ts';
import type { HeapId, ObjectChoices } from './overrides.ts';
import type { Picture } from './picture.ts';
import { openIn, type Unread } from './read-more.ts';
import {
  derive,
  drawingAsText,
  type HandedOver,
  type Opened,
  type Question,
  type ReaderState,
  type ReaderTools,
  type Reading,
  type RetainerSearch,
} from './reading.ts';
import { createRequests, createSteps, type PaintedReading } from './requests.ts';
import { describeRetainers } from './retainers.ts';
import { createEdits } from './view/edits.ts';
import { openLevels } from './view/open-levels.ts';
import { createViewActions, type ViewActions } from './view/view-actions.ts';

export interface Reader {
  readonly state: ReadonlySignal<ReaderState>;
  /** The options with which a heap would be read now. */
  optionsOf(heap: HeapId, transport: Reading['transport']): ReadOptions;
  /** The settings with which a picture of this heap would be painted now, as in `Reading.paintedWith`. */
  paintedWithNow(reading: Pick<Reading, 'heap' | 'transport' | 'picture'>): string;
  /** Reads and draws. Resolves to null when that failed; then a message says why. */
  read(question: Question | Promise<Question>, from: () => Promise<Opened>): Promise<Reading | null>;
  /** The current reading, if its objects can be asked for. Otherwise null, and a message says why. */
  live(): Reading | null;
  /** Draws a snapshot that exists already. */
  show(snapshot: Snapshot, subject: string, of: HandedOver): Promise<void>;
  /** Shows an earlier reading. */
  present(reading: Reading | null): void;
  /** Draws what was read again. */
  repaint(): Promise<void>;
  /** Draws another reading again, from this snapshot. Resolves to null when that failed; then a message says why. */
  paintAgain(reading: Reading, snapshot: Snapshot, signal: AbortSignal): Promise<Reading | null>;
  /** Reads what is behind a `…` or `✂`; of an object also what it refers to, up to so many levels. */
  readMore(unread: Unread, levels?: number): Promise<void>;
  /** What of the picture is drawn. */
  readonly view: ViewActions;
  /** Reads the whole object, or only its slices again. */
  expand(object: ObjectId, whole: boolean): Promise<void>;
  /** Sets how one object is drawn; null removes that. */
  override(object: ObjectId, override: BoxOverride | null): void;
  /** Performs an action on an object of the picture. */
  act(object: ObjectId, action: ObjectAction, from: () => Promise<Opened>): Promise<void>;
  /** Gives something of the page the value of an expression. When that fails, a message says why. */
  assign(place: Assignable, expression: string, frame?: string): Promise<void>;
  /** The whole text of something in the picture; null when it is gone, which a message says. */
  textOf(place: Assignable): Promise<string | null>;
  /** Draws the retainers of an object. Resolves to null when there are none or it failed; then a message says so. */
  drawRetainers(
    object: ObjectId,
    search: RetainerSearch | Promise<RetainerSearch>,
    from: () => Promise<Opened>,
  ): Promise<Reading | null>;
  /** Nothing more can be read of the picture. `why` is one sentence. */
  freeze(why: string): void;
  setMessage(message: Message | null): void;
  setOutcome(outcome: Message | null): void;
  /** Cancels the current request at the user's request, with a message. */
  cancel(): void;
  /** Ends the current request without a message. */
  close(): void;
}

/** Whether it was read and is only not drawn, so that nobody has to be asked for it. */
export function isAtHand(unread: Unread, { picture: { drawn, snapshot } }: Reading): boolean {
  const object = snapshot.objects.get(unread.object);
  if (drawn === null || !object || object.cut !== null) return false;
  if (unread.type !== 'hidden') return unread.type === 'cut';
  const rows = drawn.rows.get(object.id);
  if (!rows) return false;
  const clicked = rows.map(({ part }) => part).filter(({ type }) => type === 'hidden')[unread.ordinal];
  return clicked !== undefined && !object.parts.some((part) => standsFor(clicked, part));
}

/** Whether a `…` stands for these parts, which were not read, among others. */
function standsFor(shown: Part, unread: Part): boolean {
  if (shown.type !== 'hidden' || unread.type !== 'hidden' || shown.of !== unread.of) return false;
  if (shown.of === 'property') return shown.scope === unread.scope;
  return unread.index < shown.index + shown.count && shown.index < unread.index + unread.count;
}

export function createReader(tools: ReaderTools): Reader {
  const { painter, overrides } = tools;
  const derived = derive(tools);
  const requests = createRequests();
  const { state, change, begin, end, fail } = requests;
  const edits = createEdits(tools, requests, live);
  const { paint, take } = createSteps(painter, requests, derived, tools.settings, tools.showsRough === true);

  function live(): Reading | null {
    const { reading } = state.peek();
    if (reading?.frozen) change({ message: errorMessage(reading.frozen) });
    return reading?.frozen === null ? reading : null;
  }

  function paintedAgain(reading: Reading, snapshot: Snapshot, signal: AbortSignal): Promise<PaintedReading> {
    const { subject, times } = reading.picture;
    return paint({ snapshot, options: reading.options, subject, captureTime: times.capture }, reading, signal);
  }

  async function choose(reading: Reading, choices: Partial<ObjectChoices>, sought: ObjectId): Promise<void> {
    overrides.change(reading.heap, choices);
    await tools.readAgain(sought);
  }

  return {
    state,
    live,
    optionsOf: derived.optionsOf,
    paintedWithNow: (reading) => drawingAsText(derived.drawingOf(reading, reading.picture.subject)),
    read: (question, from) =>
      take(question, from, async (capture, options, request) =>
        capture.capture((await question).roots, options, request),
      ),
    async show(snapshot, subject, { heap, message }) {
      const controller = begin();
      const request = { snapshot, options: derived.optionsOf(heap, 'none'), subject, captureTime: 0 };
      const of = { heap, transport: 'none', frozen: notOfThePage } as const;
      const painted = await paint(request, of, controller.signal);
      if (painted.ok) end(controller, { reading: painted.reading, message });
      else fail(controller, painted.message);
    },
    present(reading) {
      if (reading !== state.peek().reading) change({ reading });
    },
    async repaint() {
      const { reading } = state.peek();
      if (!reading) return;
      const controller = begin();
      const painted = await paintedAgain(reading, reading.picture.snapshot, controller.signal);
      if (!painted.ok) return void fail(controller, painted.message);
      // The picture may have been frozen in the meantime.
      const frozen = state.peek().reading?.frozen ?? null;
      end(controller, { reading: { ...painted.reading, frozen } });
    },
    async paintAgain(reading, snapshot, signal) {
      const painted = await paintedAgain(reading, snapshot, signal);
      if (painted.ok) return painted.reading;
      if (!signal.aborted) change({ message: painted.message });
      return null;
    },
    view: createViewActions({
      state,
      overrides,
      settings: tools.settings,
      readAgain: (anew) => tools.readAgain(null, anew),
      reassign: edits.reassign,
    }),
    assign: edits.assign,
    textOf: edits.textOf,
    async readMore(unread, levels = 1) {
      if (unread.type === 'cut')
        return openLevels({ state, overrides, live, readAgain: tools.readAgain }, unread.object, levels);
      const { reading: shown } = state.peek();
      if (shown && isAtHand(unread, shown)) {
        const { whole } = overrides.of(shown.heap);
        overrides.change(shown.heap, { whole: [...whole, unread.object] });
        return;
      }
      const reading = live();
      if (!reading) return;
      const { options, picture } = reading;
      const { snapshot, subject, drawn } = picture;
      const drawing = derived.drawingOf(reading, subject);
      const request = { snapshot, options, drawing: drawn ? { ...drawing, drawn } : drawing };
      if (unread.type === 'getter' && reading.transport !== 'debugger') {
        change({ message: errorMessage(say('getterNeedsDebugger')) });
        return;
      }
      const { opened, ranges, getters } = overrides.of(reading.heap);
      const next = openIn(
        { opened, ranges, getters },
        (id) => painter.partsOf(id, request),
        unread,
        crypto.randomUUID(),
      );
      await choose(reading, next, unread.object);
    },
    async expand(object, whole) {
      const reading = live();
      if (!reading) return;
      const others = overrides.of(reading.heap).expanded.filter((id) => id !== object);
      await choose(reading, { expanded: whole ? [...others, object] : others }, object);
    },
    override(object, override) {
      const { reading } = state.peek();
      if (reading) overrides.override(reading.heap, object, override);
    },
    async act(object, action, from) {
      if (!live()) return;
      change({ outcome: null });
      const { capture } = await from();
      // In the meantime the debugger may have been refused, or another frame picked.
      if (state.peek().reading?.frozen !== null) return;
      change({ outcome: await performAction(capture, object, action, tools.openSource) });
    },
    drawRetainers(object, search, from) {
      const question = retainerQuestion(object, search);
      return take(question, from, async (capture, options, request) =>
        capture.retainers(object, (await question).roots, options, request),
      );
    },
    freeze(why) {
      const { reading } = state.peek();
      if (reading && reading.frozen === null) change({ reading: { ...reading, frozen: why } });
    },
    setMessage: (message) => change({ message }),
    setOutcome: (outcome) => change({ outcome }),
    cancel: requests.cancel,
    close: requests.close,
  };
}

/** Draws what was read again whenever the settings or the user's choices differ from those of the picture. Returns the end of it. */
export function followDrawing(reader: Reader): () => void {
  /** The picture that was repainted last, and its settings. If that fails, it is not tried again. */
  let tried: { readonly picture: Picture; readonly paintedWith: string } | null = null;
  return effect(() => {
    const { reading, running } = reader.state.value;
    // A current request will be painted with the settings of that time.
    if (!reading || running) return;
    const paintedWith = reader.paintedWithNow(reading);
    if (paintedWith === reading.paintedWith) return;
    if (tried?.picture === reading.picture && tried.paintedWith === paintedWith) return;
    tried = { picture: reading.picture, paintedWith };
    untracked(() => void reader.repaint());
  });
}

async function retainerQuestion(object: ObjectId, search: RetainerSearch | Promise<RetainerSearch>): Promise<Question> {
  const { roots, origin, finish } = await search;
  return {
    subject: say('subject_retainers', { number: String(object) }),
    roots,
    finish(snapshot, { transport, options: { scopes } }) {
      const { found, text } = describeRetainers(object, snapshot, { origin, transport, scopes });
      if (!found) return { snapshot: null, message: { kind: 'done', text }, keeps: true };
      return { snapshot: finish?.(snapshot) ?? snapshot, message: { kind: 'other', text } };
    },
  };
}
