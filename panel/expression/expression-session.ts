/**
 * State and actions of the expression view: the expressions, the heap in which they are evaluated, and when they are drawn again.
 * The reader has the picture and all that is asked of it. Knows no extension API and no DOM.
 */

import { batch, computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import type { Assignable } from '../../src/capture/assignable.ts';
import type { HeapTarget } from '../../src/capture/debugger/target-sessions.ts';
import type { ObjectAction } from '../../src/capture/scripts/object-action.ts';
import type { BoxKey } from '../../src/diagram/diagram.ts';
import type { Amount, BoxOverride, ViewSize } from '../../src/diagram/settings.ts';
import { readOptionsOf, type Settings } from '../../src/settings/settings.ts';
import type { ReadOptions } from '../../src/snapshot/read-options.ts';
import type { ObjectId, Snapshot } from '../../src/snapshot/snapshot.ts';
import type { NamesByDistance } from '../../src/wire/requests.ts';
import { say } from '../../src/words/say.ts';
import type { HeapSource } from '../reading/heap-source.ts';
import { errorMessage, type Message, notOfThePage, pageLeft, staleMessage } from '../reading/messages.ts';
import type { OpenSource } from '../reading/open-source.ts';
import { createOverrides, type HeapId, type ObjectChoices, type Overrides } from '../reading/overrides.ts';
import { groupOfBox } from '../reading/overview.ts';
import type { Painter, Picture } from '../reading/picture.ts';
import type { Unread } from '../reading/read-more.ts';
import { createReader, followDrawing, type Reader } from '../reading/reader.ts';
import type { Finished, Question, Reading } from '../reading/reading.ts';
import { createShownIn, type ShownIn } from '../reading/shown-in.ts';
import type { ViewActions } from '../reading/view/view-actions.ts';
import { type NamedRoots, rootsOf } from './roots.ts';

const FALLEN_BACK = staleMessage(say('fallenBack'));

const REPLACED = errorMessage(say('replaced'));

export interface Session {
  /** Expressions that are drawn together with the one in the field. */
  readonly pinned: ReadonlySignal<readonly string[]>;
  /** The expression in the field. It is here so that the automation handle can set it. */
  readonly field: ReadonlySignal<string>;
  /** The expressions that `redraw` would draw. */
  readonly expressions: ReadonlySignal<readonly string[]>;
  /** True when `redraw` would draw something. */
  readonly drawable: ReadonlySignal<boolean>;
  /** The current reading; null when nothing is shown. */
  readonly reading: ReadonlySignal<Reading | null>;
  readonly picture: ReadonlySignal<Picture | null>;
  /** Since then the page navigated, or another heap was picked. */
  readonly stale: ReadonlySignal<boolean>;
  /** A sentence that says why the objects of the picture cannot be asked for; null when they can. */
  readonly refusal: ReadonlySignal<string | null>;
  readonly message: ReadonlySignal<Message | null>;
  /** The result of the last action on an object. */
  readonly outcome: ReadonlySignal<Message | null>;
  /** True while a request is under way. */
  readonly busy: ReadonlySignal<boolean>;
  /** The number of objects that the current request found so far; 0 until it is known. */
  readonly found: ReadonlySignal<number>;
  /** True while it waits for what the expression awaits. */
  readonly waiting: ReadonlySignal<boolean>;
  /** The options with which the next drawing would read. */
  readonly options: ReadonlySignal<ReadOptions>;
  /** How single objects of the picture are drawn. */
  readonly overrides: ReadonlySignal<ReadonlyMap<ObjectId, BoxOverride>>;
  /** The heap that the next drawing reads. In another heap the same numbers mean other objects. */
  readonly heap: ReadonlySignal<HeapId>;
  /** What answers the next drawing. */
  readonly source: HeapSource;
  /** Draws an expression together with the pinned ones. */
  draw(expression: string): Promise<void>;
  /** The same, but when it cannot be evaluated nothing changes, without a message. Resolves to whether it was drawn. */
  drawIfThere(expression: string): Promise<boolean>;
  /** Draws exactly these expressions: pins all but the last. Rejects with the sentence of a failure. */
  drawExactly(expressions: readonly string[]): Promise<Picture>;
  /** Reads the page again and draws what was drawn. */
  redraw(): Promise<void>;
  /** The same without being asked to: evaluates nothing that has side effects. When that is not possible, `refreshing` ends. */
  refresh(): Promise<void>;
  /** Whether the picture is to be refreshed every second while it is seen. */
  readonly refreshing: ReadonlySignal<boolean>;
  setRefreshing(on: boolean): void;
  /** Draws the expressions that were drawn before (-1) or after (1) these. */
  goBack(step: 1 | -1): Promise<void>;
  pin(expression: string): Promise<void>;
  /** The names that an expression can go on with behind `path`; none where the page cannot be asked in time. */
  namesAlong(path: readonly string[]): Promise<NamesByDistance>;
  unpin(expression: string): Promise<void>;
  setField(text: string): void;
  /** The pins and the text of the field as they were. Draws nothing. */
  restore(pinned: readonly string[], field: string): void;
  cancel(): void;
  dismiss(): void;
  dismissOutcome(): void;
  /** Reads another frame or worker from now on, and draws again. */
  pick(target: HeapTarget): Promise<void>;
  /** Picks the frame or worker with this id (null for the page) for the next drawing. */
  pickById(id: string | null): void;
  /** Called with the view's new size, which decides how much can be read in it. */
  resize(size: ViewSize): void;
  /** How much of the picture's subject is drawn. */
  readonly amount: ReadonlySignal<Amount>;
  /** Draws another amount of it, also from now on; null: as the settings say. */
  chooseAmount(amount: Amount | null): void;
  /** The same for every subject that nothing was chosen for. */
  chooseAmountOfAll(amount: Amount | null): void;
  /** Shows the parts of a group, given by its box. */
  openGroup(box: BoxKey): void;
  /** Shows an object beside its group. */
  takeOut(object: ObjectId): void;
  /** Undoes both. */
  closeGroups(): void;
  /** Reads what is behind a `…` or `✂`, and draws it with the rest. */
  readMore(unread: Unread, levels?: number): Promise<void>;
  /** What of the picture is drawn: folding, focus, paths, undo. */
  readonly view: ViewActions;
  /** Reads the whole object, or only its slices again, and draws it with the rest. */
  expand(object: ObjectId, whole: boolean): Promise<void>;
  /** Sets how one object is drawn; null removes that. */
  override(object: ObjectId, override: BoxOverride | null): void;
  /** Draws the retainers of this object, searched in what is drawn or in everything that `globalThis` reaches. */
  drawRetainers(object: ObjectId, from: 'drawn' | 'everywhere'): Promise<void>;
  /** Performs an action on an object of the picture. */
  act(object: ObjectId, action: ObjectAction): Promise<void>;
  /** Gives something of the picture the value of an expression. */
  assign(place: Assignable, expression: string): Promise<void>;
  /** The whole text of something in the picture; null when it is gone. */
  textOf(place: Assignable): Promise<string | null>;
  /** Lights up a DOM node of the picture in the page, as far as the debugger is attached; null ends it. */
  pointAt(object: ObjectId | null): void;
  /** Overrides read options until the settings that they come from change. */
  changeOptions(change: Partial<ReadOptions>): void;
  /** Draws the content of a file; `text` is one sentence about it, or null. */
  showFile(snapshot: Snapshot, subject: string, text: string | null): Promise<void>;
  /** Draws what the page's own code asked for. */
  showCalled(snapshot: Snapshot, names: string): Promise<void>;
  /** Shows one sentence about a failure. */
  report(text: string): void;
  /** Reports that the page navigated: the picture shows the earlier document. */
  pageNavigated(): void;
  close(): void;
}

/** What the view gets from the rest of the panel. */
export interface SessionTools {
  readonly source: HeapSource;
  readonly painter: Painter;
  readonly settings: ReadonlySignal<Settings>;
  /** Shows a location in Sources. */
  readonly openSource: OpenSource;
  readonly named?: NamedRoots;
}

export function createSession(tools: SessionTools): Session {
  const { source, painter, settings, openSource } = tools;
  const overrides = createOverrides();
  const changed = signal<Partial<ReadOptions>>({});
  const shownIn = createShownIn();
  const expressions = createExpressions();
  const reader = createReader({
    painter,
    settings,
    overrides,
    openSource,
    shownIn,
    showsRough: true,
    readAgain: (sought, anew = false) =>
      drawing.draw({
        drawn: anew ? null : (reader.state.peek().reading?.picture ?? null),
        runs: false,
        ...(sought !== null && { sought }),
      }),
    editor: source.open,
    offersOverview: true,
    base: () => ({
      ...changed.value,
      ...(shownIn.amountOf(expressions.signals.expressions.value.join('\n')) === 'overview' && forOverview),
    }),
  });
  const drawing = createDrawing(source, reader, expressions, tools.named ?? (() => null));
  const parts = { reader, expressions, drawing, changed, overrides, shownIn };
  const stops = [followSource(source, reader), followSettings(settings, parts), followOverview(parts)];
  const { state } = reader;
  const reading = computed(() => state.value.reading);
  return {
    ...expressions.signals,
    drawable: computed(() => expressions.signals.expressions.value.length > 0),
    source,
    heap: source.heap,
    reading,
    picture: computed(() => reading.value?.picture ?? null),
    stale: computed(() => isStale(reading.value)),
    amount: computed(() => amountOf(reading.value, shownIn, settings.value)),
    refusal: computed(() => (reading.value ? reading.value.frozen : notOfThePage)),
    message: computed(() => state.value.message),
    outcome: computed(() => state.value.outcome),
    busy: computed(() => state.value.running !== null),
    found: computed(() => state.value.running?.found ?? 0),
    waiting: computed(() => state.value.running?.waits === true),
    options: computed(() => reader.optionsOf(source.heap.value, 'eval')),
    overrides: computed(() => overrides.of(reading.value?.heap ?? source.heap.value).overrides),
    ...expressionActions(parts),
    ...pictureActions(source, parts),
    close() {
      for (const stop of stops) stop();
      reader.close();
      shownIn.close();
    },
  };
}

interface Parts {
  readonly reader: Reader;
  readonly expressions: ReturnType<typeof createExpressions>;
  readonly drawing: Drawing;
  /** Read options that differ from the settings. */
  readonly changed: Signal<Partial<ReadOptions>>;
  readonly overrides: Overrides;
  readonly shownIn: ShownIn;
}

const amountOf = (reading: Reading | null, shownIn: ShownIn, { drawing }: Settings): Amount =>
  shownIn.amountOf(reading?.picture.subject ?? '') ?? drawing.amount;

const isStale = (reading: Reading | null): boolean =>
  reading !== null && reading.frozen !== null && reading.transport !== 'none';

/** How much is read for an overview: groups of a part would say wrong numbers. */
const forOverview: Partial<ReadOptions> = {
  objects: 200_000,
  depth: 200_000,
  time: 30_000,
  text: 200,
  slices: { begin: 200_000, middle: 0, end: 0 },
};

// --- expressions

function createExpressions() {
  const pinned = signal<readonly string[]>([]);
  const field = signal('');
  const current = signal<string | null>(null);
  const expressions = computed(() => {
    const expression = current.value;
    if (expression === null || pinned.value.includes(expression)) return pinned.value;
    return [...pinned.value, expression];
  });
  const past = createPast();
  return { pinned, field, current, past, signals: { pinned, field, expressions } };
}

/** The expressions of one picture. */
interface Drawn {
  readonly pinned: readonly string[];
  readonly current: string | null;
}

/** Pictures that `goBack` can return to. */
const MOST_PAST = 50;

/** What was drawn, oldest first, and where in it the picture is. Holds texts, never values. */
function createPast() {
  let entries: readonly Drawn[] = [];
  let index = -1;
  const textOf = ({ pinned, current }: Drawn): string => [...pinned, current ?? ''].join('\n');
  return {
    /** What the picture shows; null before the first. */
    shown: (): Drawn | null => entries[index] ?? null,
    drawn(next: Drawn): void {
      const shown = entries[index];
      if (shown && textOf(shown) === textOf(next)) return;
      entries = [...entries.slice(0, index + 1), next].slice(-MOST_PAST);
      index = entries.length - 1;
    },
    /** Null at either end. */
    go(step: 1 | -1): Drawn | null {
      const entry = entries[index + step];
      if (!entry) return null;
      index += step;
      return entry;
    },
  };
}

interface Drawing {
  /**
   * Reads and draws the expressions; null when a message says why there is no picture.
   * - `drawn`: the picture to continue: its objects are read again, whatever the expressions would return now.
   * - `sought`: an object of it that must be in the next picture.
   * - `tried`: an expression. When it cannot be evaluated, nothing is drawn and there is no message.
   */
  draw(how?: {
    readonly drawn?: Picture | null;
    readonly sought?: ObjectId;
    readonly tried?: string;
    /** What was entered just now: statements run, however often they have been drawn. */
    readonly fresh?: string | null;
    /** Whether getters that were run for the picture run again; by default when its objects are not the same. */
    readonly runs?: boolean;
    /** Nobody asked for it: only what has no side effects is evaluated. */
    readonly pure?: boolean;
  }): Promise<Picture | null>;
  drawRetainers(object: ObjectId, from: 'drawn' | 'everywhere'): Promise<void>;
  /** Whether the picture is that of the expressions, in the current heap. */
  isDrawn(reading: Reading): boolean;
}

function createDrawing(
  source: HeapSource,
  reader: Reader,
  { signals, past, pinned, current }: Parts['expressions'],
  named: NamedRoots,
): Drawing {
  const { expressions } = signals;
  const askedFor = (texts: readonly string[], drawn: Picture | null, fresh: string | null, pure = false) => {
    const { reading } = reader.state.peek();
    const ran = reading?.frozen === null ? reading.picture.snapshot : null;
    const roots = rootsOf(texts, { drawn: drawn?.snapshot ?? null, ran, fresh, pure }, named);
    if (roots.ok) return roots.roots;
    const { gone } = roots;
    reader.close();
    reader.setMessage(errorMessage(say('objectGone', { expression: gone })));
    return null;
  };
  return {
    async draw({ drawn = null, sought, tried, fresh = null, pure = false, runs = drawn === null && !pure } = {}) {
      const wanted = expressions.peek();
      if (wanted.length === 0) {
        batch(() => {
          reader.close();
          reader.present(null);
          reader.setMessage(null);
        });
        return null;
      }
      const roots = askedFor(wanted, drawn, fresh, pure);
      if (!roots) return null;
      const question: Question = {
        subject: wanted.join('\n'),
        roots,
        anew: runs,
        finish(snapshot) {
          if (snapshot.roots.some(({ label, result }) => label === tried && !result.ok))
            return { snapshot: null, message: null, keeps: true };
          return judged(snapshot, wanted.length > 1, sought ?? null);
        },
      };
      const reading = await reader.read(question, source.open);
      if (reading) past.drawn({ pinned: pinned.peek(), current: current.peek() });
      return reading?.picture ?? null;
    },
    async drawRetainers(object, from) {
      if (reader.live() === null) return;
      const texts = from === 'drawn' ? expressions.peek() : ['globalThis'];
      const roots = askedFor(texts, reader.state.peek().reading?.picture ?? null, null);
      const origin = from === 'drawn' ? 'drawn' : 'globals';
      if (roots) await reader.drawRetainers(object, { roots, origin }, source.open);
    },
    isDrawn: (reading) => reading.frozen === null && reading.picture.subject === expressions.peek().join('\n'),
  };
}

/** The message about a snapshot, and whether it has anything to draw. */
function judged(snapshot: Snapshot, several: boolean, sought: ObjectId | null): Finished {
  const failed = snapshot.roots.flatMap(({ label, result }) =>
    result.ok ? [] : [several ? say('failedExpression', { expression: label, reason: result.reason }) : result.reason],
  );
  if (failed.length === 0) {
    const there = sought === null || snapshot.objects.has(sought);
    return { snapshot, message: there ? null : REPLACED };
  }
  const message = errorMessage(failed.join(' '));
  if (failed.length === snapshot.roots.length) return { snapshot: null, message, keeps: true };
  return { snapshot, message };
}

function expressionActions({ reader, expressions, drawing }: Parts) {
  const { pinned, field, current, past } = expressions;
  const refreshing = signal(false);
  return {
    refreshing,
    setRefreshing(on) {
      refreshing.value = on;
    },
    async refresh() {
      const { reading, running } = reader.state.peek();
      if (running || !reading || !drawing.isDrawn(reading)) return;
      // Without the debugger only the objects that were drawn are read again.
      const drawn = reading.transport === 'eval' ? reading.picture : null;
      const next = await drawing.draw({ drawn, pure: true });
      if (next === null && reader.state.peek().message?.kind === 'error') refreshing.value = false;
    },
    async draw(expression) {
      current.value = expression.trim() || null;
      await drawing.draw({ fresh: current.value });
    },
    async drawIfThere(expression) {
      const before = current.value;
      current.value = expression;
      const drawn = await drawing.draw({ tried: expression });
      if (drawn === null && current.value === expression) current.value = before;
      return drawn !== null;
    },
    async drawExactly(all) {
      batch(() => {
        pinned.value = [...new Set(all.slice(0, -1))];
        current.value = all.at(-1) ?? null;
        field.value = current.value ?? '';
      });
      const drawn = await drawing.draw({ fresh: current.value });
      if (drawn) return drawn;
      if (all.length === 0) throw new Error(say('nothingToDraw'));
      throw new Error(reader.state.peek().message?.text ?? say('overtaken'));
    },
    async redraw() {
      // After an expression that failed, the picture is refreshed that stands.
      const shown = past.shown();
      if (shown && reader.state.peek().message?.kind === 'error' && reader.state.peek().reading) {
        batch(() => {
          pinned.value = shown.pinned;
          current.value = shown.current;
        });
      }
      await drawing.draw();
    },
    restore(pins, text) {
      batch(() => {
        pinned.value = pins;
        field.value = text;
      });
    },
    async goBack(step) {
      const entry = past.go(step);
      if (!entry) return;
      batch(() => {
        pinned.value = entry.pinned;
        current.value = entry.current;
        field.value = entry.current ?? '';
      });
      await drawing.draw();
    },
    async pin(expression) {
      const text = expression.trim();
      if (!text) return;
      batch(() => {
        if (!pinned.value.includes(text)) pinned.value = [...pinned.value, text];
        current.value = null;
        field.value = '';
      });
      await drawing.draw({ fresh: text });
    },
    async unpin(expression) {
      pinned.value = pinned.value.filter((other) => other !== expression);
      await drawing.draw();
    },
    setField(text) {
      field.value = text;
    },
  } satisfies Partial<Session>;
}

// --- the picture

/** Milliseconds for what a user points at: later, they point at something else. */
const POINTING = 1000;

function pictureActions(source: HeapSource, { reader, drawing, changed, overrides, shownIn }: Parts) {
  let files = 0;
  let pointed: ObjectId | null = null;
  const changeGroups = (
    { heap }: Reading,
    change: (groups: ObjectChoices['groups']) => ObjectChoices['groups'],
  ): void => overrides.change(heap, { groups: change(overrides.of(heap).groups) });
  return {
    cancel: reader.cancel,
    namesAlong: source.namesAlong,
    dismiss: () => reader.setMessage(null),
    dismissOutcome: () => reader.setOutcome(null),
    async pick(target) {
      batch(() => {
        source.pick(target);
        reader.freeze(notOfThePage);
      });
      await drawing.draw();
    },
    pickById(id) {
      const target = source.targets.value.find((one) => (id === null ? one.kind === 'page' : one.id === id));
      if (!target || target.id === source.target.value?.id) return;
      batch(() => {
        source.pick(target);
        reader.freeze(notOfThePage);
      });
    },
    resize: shownIn.resize,
    chooseAmount(amount) {
      const { reading } = reader.state.peek();
      if (!reading) return;
      const { subject } = reading.picture;
      const before = shownIn.amountOf(subject);
      const reads = (amount === 'overview') !== (before === 'overview');
      const readAgain = async (): Promise<void> => {
        const drawn = await drawing.draw({ drawn: reading.picture });
        // It was canceled. Groups of the part that was read before would say wrong numbers.
        if (!drawn && shownIn.amountOf(subject) === amount) shownIn.choose(subject, before);
      };
      batch(() => {
        shownIn.choose(subject, amount);
        if (reads && drawing.isDrawn(reading)) void readAgain();
      });
    },
    openGroup(box) {
      const { reading } = reader.state.peek();
      const key = reading?.picture.overview && groupOfBox(reading.picture.overview, box)?.key;
      if (reading && key) changeGroups(reading, ({ opened, taken }) => ({ opened: [...opened, key], taken }));
    },
    takeOut(object) {
      const { reading } = reader.state.peek();
      if (reading) changeGroups(reading, ({ opened, taken }) => ({ opened, taken: [...new Set([...taken, object])] }));
    },
    closeGroups() {
      const { reading } = reader.state.peek();
      if (reading) changeGroups(reading, () => ({ opened: [], taken: [] }));
    },
    chooseAmountOfAll: (amount) => shownIn.choose(null, amount),
    readMore: reader.readMore,
    view: reader.view,
    expand: reader.expand,
    override: reader.override,
    drawRetainers: drawing.drawRetainers,
    assign: (place, expression) => reader.assign(place, expression),
    textOf: reader.textOf,
    pointAt(object) {
      if (object === pointed || reader.state.peek().reading?.transport !== 'debugger') return;
      pointed = object;
      void source.open().then(({ capture }) => {
        // By then something else may be pointed at.
        if (pointed === object) void capture.lightUp(object, { deadline: POINTING });
      });
    },
    act: (object, action) => reader.act(object, action, source.open),
    changeOptions({ opened, ranges, expanded, ...others }) {
      overrides.change(source.heap.peek(), {
        ...(opened && { opened }),
        ...(ranges && { ranges }),
        ...(expanded && { expanded }),
      });
      changed.value = { ...changed.value, ...others };
    },
    async showFile(snapshot, subject, text) {
      files += 1;
      const message: Message | null = text === null ? null : { kind: 'other', text };
      await reader.show(snapshot, subject, { heap: `file ${files}`, message });
    },
    async showCalled(snapshot, names) {
      const message: Message = { kind: 'called', text: say('calledByPage', { names }) };
      // These are objects of the page, with the numbers of its heap.
      await reader.show(snapshot, names, { heap: source.pageHeap.peek(), message });
    },
    report: (text) => reader.setMessage(errorMessage(text)),
    pageNavigated() {
      batch(() => {
        const { reading } = reader.state.peek();
        source.pageNavigated();
        reader.freeze(notOfThePage);
        if (reading && reading.transport !== 'none') reader.setMessage(pageLeft);
      });
    },
  } satisfies Partial<Session>;
}

/** Reads more for an overview that everything was too much for. */
function followOverview({ reader, drawing, shownIn }: Parts): () => void {
  return effect(() => {
    const { reading, running } = reader.state.value;
    if (!reading || running || reading.picture.overview === null) return;
    const { subject, snapshot } = reading.picture;
    const isPart = snapshot.cuts.size > 0 || hasHidden(snapshot);
    if (shownIn.amountOf(subject) !== null || !isPart || !drawing.isDrawn(reading)) return;
    untracked(() =>
      batch(() => {
        shownIn.choose(subject, 'overview');
        void drawing.draw({ drawn: reading.picture });
      }),
    );
  });
}

function hasHidden({ objects }: Snapshot): boolean {
  for (const { parts } of objects.values()) if (parts.some(({ type }) => type === 'hidden')) return true;
  return false;
}

/** Freezes the picture when the picked frame or worker navigates or goes away. */
function followSource(source: HeapSource, reader: Reader): () => void {
  const stops = [
    source.onFallenBack(() =>
      batch(() => {
        reader.close();
        reader.freeze(notOfThePage);
        reader.setMessage(FALLEN_BACK);
      }),
    ),
    source.onLeft(({ kind }) => {
      if (reader.state.peek().reading?.frozen !== null) return;
      const what = say(kind === 'worker' ? 'workerEnded' : 'frameNavigated');
      batch(() => {
        reader.freeze(notOfThePage);
        reader.setMessage(staleMessage(what));
      });
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Asks the page again only when the read options change. Otherwise it draws what was read again. */
function followSettings(settings: ReadonlySignal<Settings>, { reader, drawing, changed }: Parts): () => void {
  let before: string | null = null;
  const stopReading = effect(() => {
    const options = JSON.stringify(readOptionsOf(settings.value));
    if (options === before) return;
    before = options;
    untracked(() => {
      changed.value = {};
      const { reading } = reader.state.peek();
      if (reading && drawing.isDrawn(reading)) void drawing.draw({ drawn: reading.picture });
    });
  });
  const stopDrawing = followDrawing(reader);
  return () => {
    stopReading();
    stopDrawing();
  };
}
