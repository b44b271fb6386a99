/**
 * State and actions of the stack view: it follows every pause of the page and its workers, reads the stack, keeps the pictures of
 * the pauses and goes back to them. Its state is one plain value in one signal, because the tab and the pane in Sources, which are
 * separate pages, show the same. Knows no extension API and no DOM.
 */

import { batch, computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import type { Assignable } from '../../src/capture/assignable.ts';
import type { Capture, RootRequest } from '../../src/capture/capture.ts';
import type { ObjectAction, Place } from '../../src/capture/scripts/object-action.ts';
import type { Amount, BoxOverride, ViewSize } from '../../src/diagram/settings.ts';
import type { Step } from '../../src/pause/follow.ts';
import { followHeaps, type HeapsFollower, type StandingHeap } from '../../src/pause/follow-heaps.ts';
import { withFramesOnly } from '../../src/pause/frames-only.ts';
import { FIRST_FRAME, LAST_FRAME, named } from '../../src/pause/naming.ts';
import type { PausedFrame } from '../../src/pause/pause.ts';
import { type StackOptions, sameLines } from '../../src/pause/stack-frames.ts';
import { readOptionsOf, type Settings } from '../../src/settings/settings.ts';
import type { ObjectId, Snapshot } from '../../src/snapshot/snapshot.ts';
import type { MapDecoder } from '../../src/source-maps/decoder.ts';
import type { Failure } from '../../src/transport/outcome.ts';
import { say } from '../../src/words/say.ts';
import type { Attachment, DebuggerOwner } from '../reading/debugger-owner.ts';
import { errorMessage, failureMessage } from '../reading/messages.ts';
import type { OpenSource } from '../reading/open-source.ts';
import { createOverrides, type HeapId, type Overrides } from '../reading/overrides.ts';
import type { Painter } from '../reading/picture.ts';
import type { Unread } from '../reading/read-more.ts';
import { createReader, isAtHand, type Reader } from '../reading/reader.ts';
import type { Opened } from '../reading/reading.ts';
import { createShownIn } from '../reading/shown-in.ts';
import type { ViewActions } from '../reading/view/view-actions.ts';
import { createPauseHistory, type PauseHistory } from './pause-history.ts';
import {
  frameNames,
  framesOnlyWords,
  namesOf,
  type PauseDetails,
  type PausedTarget,
  pauseQuestion,
  refusalAt,
} from './pause-reading.ts';
import { type PausedHeap, type PauseEntry, reasonOf, refusalOf, type StackState } from './stack-state.ts';

/** Milliseconds before the view shows that the page runs. Steps take less. */
const GRACE = 100;
/** The same for a pause that is being read, instead of which the view then shows the names of its frames. */
const READING_GRACE = 400;
/** How often a pause is read again because the page did not answer in time. */
const MOST_AGAIN = 3;
const USER = 'stack';

const GONE_ON = errorMessage(say('stack_goneOn'));
const UNREACHABLE = errorMessage(say('stack_unreachable'));

export interface StackSession {
  readonly state: ReadonlySignal<StackState>;
  /** Follows pauses while somebody wants it, and the user allows the debugger. */
  want(who: string): void;
  release(who: string): void;
  /** Steps or resumes the heap that is shown as paused, or pauses the page. */
  step(step: Step): void;
  /** Of several paused heaps, shows this one, which is stepped from now on. */
  chooseHeap(id: string): void;
  /** Chooses the frame at this line of the current pause. Watches are evaluated in it. */
  chooseFrame(line: number): void;
  /** Shows the pause at this index of the history, or the first or last one when it is out of range. */
  goTo(index: number): void;
  compareWith(number: number | null): void;
  setOptions(options: StackOptions): void;
  addWatch(expression: string): void;
  removeWatch(expression: string): void;
  /** Evaluates once a watch that waits for the user. */
  runWatch(expression: string): void;
  /** Tells how large a view of the stack is. As much is drawn as can be read in it. */
  resize(size: ViewSize): void;
  /** Draws another amount, also at the next pauses; null: as the settings say. */
  chooseAmount(amount: Amount | null): void;
  /** Draws another amount wherever none was chosen. */
  chooseAmountOfAll(amount: Amount | null): void;
  /** Reads what is behind a `…` or `✂`, while the page is still at the shown pause. */
  readMore(unread: Unread, levels?: number): void;
  /** What of the picture is drawn: folding, focus, paths, undo. */
  readonly view: ViewActions;
  /** Reads the whole object, or only its slices again. */
  expand(object: ObjectId, whole: boolean): void;
  /** Sets how one object is drawn; null removes that. */
  override(object: ObjectId, override: BoxOverride | null): void;
  /** Performs an action on an object of the shown pause. */
  act(object: ObjectId, action: ObjectAction): void;
  /** Gives something of the shown pause the value of an expression, evaluated in the chosen frame. */
  assign(place: Assignable, expression: string): Promise<void>;
  /** The whole text of something in the picture; null when it is gone. */
  textOf(place: Assignable): Promise<string | null>;
  dismissOutcome(): void;
  /** Shows a location in Sources. When that fails, `outcome` says why. */
  openSource(location: Place): void;
  /** Draws the retainers of this object, searched in the stack, or also in what `globalThis` reaches. */
  drawRetainers(object: ObjectId, from: 'drawn' | 'everywhere'): void;
  /** Shows the pause again instead of retainers. */
  back(): void;
  /** Reports that the page navigated, whether its pauses are followed or not. */
  pageNavigated(): void;
}

/** What the session needs besides the debugger. */
export interface StackTools {
  readonly decoder: MapDecoder;
  /** Reaches the page's objects when the debugger is detached. */
  readonly evalCapture: Capture;
  readonly openSource: OpenSource;
}

type Own = Pick<StackState, 'following' | 'options' | 'watches' | 'heldByDevTools' | 'bygone' | 'missed'>;

/** What the parts of the session have in common. */
interface Context {
  readonly owner: DebuggerOwner;
  readonly own: Signal<Own>;
  readonly retainers: Signal<StackState['retainers']>;
  readonly reader: Reader;
  /** Draws retainers, while the pause stays as it is. */
  readonly searcher: Reader;
  readonly pauses: PauseHistory;
  readonly overrides: Overrides;
  /** Counts how often names became known. */
  readonly names: Signal<number>;
  /** The paused heap that knows the names of a pause that was read. */
  readonly origins: WeakMap<PauseEntry['read'], StandingHeap>;
  isLibrary(frame: PausedFrame): boolean;
  change(next: Partial<Own>): void;
  fail(failure: Failure): void;
}

export function createStackSession(
  owner: DebuggerOwner,
  painter: Painter,
  settings: ReadonlySignal<Settings>,
  { decoder, evalCapture, openSource }: StackTools,
): StackSession {
  const own = signal<Own>({
    following: { type: 'off' },
    options: { libraries: false, asynchronous: false },
    watches: [],
    heldByDevTools: false,
    bygone: [],
    missed: 0,
  });
  const retainers = signal<StackState['retainers']>(null);
  const names = signal(0);
  const origins: Context['origins'] = new WeakMap();
  const overrides = createOverrides();
  const ignored = computed(() => settings.value.stack.ignored.map((pattern) => new RegExp(pattern)));
  const isLibrary = ({ location, isolated, original }: PausedFrame): boolean =>
    isolated || original?.ignored === true || ignored.peek().some((pattern) => pattern.test(location.url));
  const shownIn = createShownIn();
  const tools = { painter, settings, overrides, openSource, shownIn };
  const reader = createReader({
    ...tools,
    readAgain: async () => following.drawAgain(),
    editor: async () => {
      const entry = pauses.current.peek();
      const { shown, attachment } = following;
      if (entry && shown && attachment && entry.number === shown.entry)
        return opened(captureOf(attachment, shown.paused), heapOf(shown.paused));
      reader.setMessage(GONE_ON);
      return null;
    },
  });
  const searcher = createReader({ ...tools, readAgain: async () => {} });
  const pauses = createPauseHistory({
    isUpToDate: ({ reading, names: known }) =>
      known === names.value && reading.paintedWith === reader.paintedWithNow(reading),
    async repaint(entry, aborted) {
      const known = names.peek();
      const again = await namesOf(entry, origins.get(entry.read));
      if (aborted.aborted) return null;
      const reading = await reader.paintAgain(entry.reading, named(entry.read.snapshot, again.lines), aborted);
      return reading && { ...entry, ...again, reading, names: known };
    },
  });
  const context: Context = {
    owner,
    own,
    retainers,
    reader,
    searcher,
    pauses,
    overrides,
    names,
    origins,
    isLibrary,
    change(next) {
      own.value = { ...own.peek(), ...next };
    },
    fail(failure) {
      if (failure.kind !== 'aborted') reader.setMessage(failureMessage(failure));
    },
  };
  const following = createFollowing(context, decoder);
  // More is read of the pause that is shown.
  effect(() => reader.present(pauses.current.value?.reading ?? null));
  let reading = '';
  effect(() => {
    const { stack } = settings.value;
    const before = reading;
    reading = JSON.stringify([readOptionsOf(settings.value), stack]);
    if (reading !== before) untracked(following.drawAgain);
  });
  const message = computed(() => reader.state.value.message);
  const outcome = computed(() => reader.state.value.outcome);
  const shownOverrides = computed(() => overrides.of(pauses.current.value?.reading.heap ?? '').overrides);
  return {
    state: computed(() => ({
      ...own.value,
      ...pauses.state.value,
      overrides: shownOverrides.value,
      message: message.value,
      outcome: outcome.value,
      retainers: retainers.value,
      amount: shownIn.amountOf(pauses.current.value?.reading.picture.subject ?? '') ?? settings.value.drawing.amount,
    })),
    resize: shownIn.resize,
    view: reader.view,
    chooseAmountOfAll: (amount) => shownIn.choose(null, amount),
    chooseAmount(amount) {
      const subject = pauses.current.peek()?.reading.picture.subject;
      if (subject !== undefined) shownIn.choose(subject, amount);
    },
    ...followingActions(context, following),
    ...pauseActions(context, following),
    ...objectActions(context, following),
    override(object, override) {
      const entry = pauses.current.peek();
      if (!entry) return;
      batch(() => {
        overrides.override(entry.reading.heap, object, override);
        leaveRetainers(context);
      });
    },
    act(object, action) {
      const entry = pauses.current.peek();
      if (!entry || refusalOf(own.peek(), entry) !== null) return;
      const capture = captureFor(entry, following.attachment, evalCapture);
      if (capture) void reader.act(object, action, async () => opened(capture, entry.reading.heap));
      else reader.setOutcome(UNREACHABLE);
    },
    assign(place, expression) {
      const entry = pauses.current.peek();
      return reader.assign(place, expression, entry?.lines[entry.chosen]?.callFrameId ?? undefined);
    },
    textOf: reader.textOf,
    dismissOutcome: () => reader.setOutcome(null),
    openSource(location) {
      void openSource(location).then((text) => reader.setOutcome(text === null ? null : errorMessage(text)));
    },
  };
}

/** The heap of a document. Within it, a number means one object. */
const heapOf = ({ document }: Pick<StandingHeap, 'document'>): HeapId => `document ${document}`;

const captureOf = ({ capture, heaps }: Attachment, { heap }: StandingHeap): Capture =>
  heap.kind === 'page' ? capture : heaps.capture(heap);

const opened = (capture: Capture, heap: HeapId): Opened => ({ capture, heap: () => heap, instead: null });

const pausedHeap = ({ heap: { id, kind, name } }: StandingHeap): PausedHeap => ({ id, kind, name });

// --- following

interface Following {
  readonly attachment: Attachment | null;
  readonly follower: HeapsFollower | null;
  /** The paused target that is shown and stepped. */
  readonly shown: PausedTarget | null;
  /** All paused targets, in the order of their pauses. */
  readonly targets: readonly PausedTarget[];
  /** The ids of heaps that a button of this view is resuming. */
  readonly goingOn: Set<string>;
  show(target: PausedTarget): void;
  /** Reads the shown target again; `run` is a watch that is evaluated although it has side effects. */
  drawAgain(run?: string): void;
  /** Follows an attachment while the view is wanted; null for none. */
  attune(attached: Attachment | null, wanted: boolean): void;
  stop(): void;
}

function createFollowing(context: Context, decoder: MapDecoder): Following {
  const { own, reader, searcher, pauses, isLibrary, change, fail } = context;
  let attachment: Attachment | null = null;
  let follower: HeapsFollower | null = null;
  let targets: readonly PausedTarget[] = [];
  let shown: PausedTarget | null = null;
  const goingOn = new Set<string>();
  let soon: ReturnType<typeof setTimeout> | undefined;
  const drawing = createDrawing(context, {
    attachment: () => attachment,
    isShown: (target) => target === shown,
    settled() {
      clearTimeout(soon);
      change({ following: now() });
    },
  });

  /** Updates after a delay what is shown as paused. A step ends sooner, and each change costs a rendering. */
  function tellSoon(grace: number): void {
    clearTimeout(soon);
    soon = setTimeout(() => change({ following: now() }), grace);
  }

  function now(): StackState['following'] {
    if (!attachment) return { type: 'off' };
    if (!shown) return { type: 'running' };
    const { paused, entry, undrawn } = shown;
    const heaps = targets.map(({ paused }) => pausedHeap(paused));
    const { options, watches } = own.peek();
    const frames = entry === null ? frameNames(paused, { options, watches, run: null, isLibrary }) : [];
    return { type: 'paused', entry, frames, undrawn, heap: pausedHeap(paused), heaps };
  }

  /** Shows a paused target, and reads it unless it was read already. */
  function show(target: PausedTarget): void {
    shown = target;
    const index = pauses.state.peek().history.entries.findIndex(({ number }) => number === target.entry);
    if (index < 0) {
      tellSoon(READING_GRACE);
      void drawing.draw(target);
      return;
    }
    clearTimeout(soon);
    batch(() => {
      pauses.goTo(index);
      pauses.compareWith(null);
      change({ following: now() });
    });
  }

  function resumed(heapId: string): void {
    const gone = targets.find(({ paused }) => paused.heap.id === heapId);
    if (!gone) return;
    if (gone.entry === null) change({ missed: own.peek().missed + 1 });
    targets = targets.filter((target) => target !== gone);
    const heldByDevTools = goingOn.delete(heapId);
    if (heldByDevTools !== own.peek().heldByDevTools) change({ heldByDevTools });
    if (gone === shown) {
      reader.close();
      searcher.close();
      shown = targets.at(-1) ?? null;
      if (shown) show(shown);
    }
    tellSoon(shown?.entry === null ? READING_GRACE : GRACE);
  }

  function follow(attached: Attachment): void {
    attachment = attached;
    batch(() => {
      change({ following: { type: 'running' } });
      reader.setMessage(null);
    });
    follower = followHeaps(attached.heaps, decoder, own.peek().options.asynchronous, {
      paused(next) {
        const since = performance.now();
        const target: PausedTarget = { paused: next, since, entry: null, chosen: null, again: 0, undrawn: false };
        targets = [...targets.filter(({ paused }) => paused.heap.id !== next.heap.id), target];
        show(target);
      },
      resumed: (heap) => resumed(heap.id),
      left: (document) => change({ bygone: [...own.peek().bygone, document] }),
      failed: fail,
    });
  }

  function stop(): void {
    reader.close();
    searcher.close();
    clearTimeout(soon);
    const followed = follower;
    follower = null;
    attachment = null;
    targets = [];
    shown = null;
    change({ following: { type: 'off' } });
    void followed?.close();
  }

  return {
    get attachment() {
      return attachment;
    },
    get follower() {
      return follower;
    },
    get shown() {
      return shown;
    },
    get targets() {
      return targets;
    },
    goingOn,
    show,
    drawAgain(run) {
      if (shown) void drawing.draw(shown, { run: run ?? null });
    },
    attune(attached, wanted) {
      if (attachment && attachment !== attached) stop();
      if (attached && wanted && !attachment) follow(attached);
    },
    stop,
  };
}

/** What drawing a pause needs from following. */
interface Followed {
  attachment(): Attachment | null;
  isShown(target: PausedTarget): boolean;
  /** The pause was drawn, or cannot be. */
  settled(): void;
}

function createDrawing(context: Context, followed: Followed) {
  const { own, reader, searcher, pauses, overrides, names, origins, isLibrary, change } = context;
  let lastNumber = 0;
  let turns = 0;

  function keep(target: PausedTarget, drawn: Pick<PauseEntry, 'reading' | 'names'>, details: PauseDetails): void {
    const { paused } = target;
    const { lines, chosen, where, source, read, began } = details;
    const entry: PauseEntry = {
      number: target.entry ?? lastNumber + 1,
      heap: pausedHeap(paused),
      document: paused.document,
      reason: reasonOf(paused.pause),
      lines,
      chosen,
      where,
      source,
      ...drawn,
      milliseconds: performance.now() - began,
      read,
    };
    origins.set(entry.read, paused);
    lastNumber = Math.max(lastNumber, entry.number);
    target.entry = entry.number;
    target.undrawn = false;
    batch(() => {
      pauses.add(entry);
      change({ watches: own.peek().watches.map((watch) => details.outcomes.get(watch.expression) ?? watch) });
      followed.settled();
    });
  }

  /** What was opened in frames that are gone is not opened in others that have their numbers. */
  function forgetFrames({ pause, document }: StandingHeap): void {
    const heap = heapOf({ document });
    const before = pauses.state.peek().history.entries.findLast(({ reading }) => reading.heap === heap);
    if (!before) return;
    const end = FIRST_FRAME - sameLines(before.read.groups, before.read.pause, pause);
    const isKept = (id: ObjectId): boolean => id > end || id < LAST_FRAME;
    const { opened, ranges, expanded } = overrides.of(heap);
    const kept = {
      opened: opened.filter(isKept),
      expanded: expanded.filter(isKept),
      ranges: ranges.filter(({ id }) => isKept(id)),
    };
    if (
      kept.opened.length + kept.expanded.length + kept.ranges.length <
      opened.length + expanded.length + ranges.length
    )
      overrides.change(heap, kept);
  }

  /** Reads and paints a pause. @param refusal Why only its frames may be read; null when all may be. */
  async function take(target: PausedTarget, attached: Attachment, run: string | null, refusal: string | null) {
    const { paused } = target;
    const { options, watches } = own.peek();
    const known: { details: PauseDetails | null } = { details: null };
    let unread: string | null = null;
    let isLate = false;
    const question = pauseQuestion(
      target,
      { options, watches, run, isLibrary },
      (read) => {
        known.details = read;
      },
      () => unread,
    );
    const capture = withFramesOnly(
      captureOf(attached, paused),
      refusal,
      (failure) => framesOnlyWords(failure, paused.pause),
      (reason, mayPass) => {
        unread = reason;
        isLate = mayPass;
      },
    );
    const asked = reader
      .read(question, async () => opened(capture, heapOf(paused)))
      .catch((error) => {
        reader.close();
        reader.setMessage(failureMessage({ kind: 'corrupt', message: String(error) }));
        return null;
      });
    void pauses.waitFor(asked);
    return { reading: await asked, details: known.details, isLate };
  }

  /** `renaming`: only names change, so retainers stay shown. */
  async function draw(target: PausedTarget, { run = null as string | null, renaming = false } = {}): Promise<void> {
    const attached = followed.attachment();
    if (!attached) return;
    turns += 1;
    const turn = turns;
    if (!renaming) searcher.close();
    const { paused } = target;
    if (target.entry === null) forgetFrames(paused);
    const drawnNames = names.peek();
    const isUndrawn = (): boolean => turn === turns && followed.isShown(target) && target.entry === null;
    let taken = await take(target, attached, run, refusalAt(paused));
    // Its frames alone can be painted where all that was read cannot.
    if (!taken.reading && taken.details && isUndrawn())
      taken = await take(target, attached, null, reader.state.peek().message?.text ?? '');
    const { reading, details, isLate } = taken;
    if (!reading || !details) {
      if (!isUndrawn()) return;
      target.undrawn = true;
      return followed.settled();
    }
    batch(() => {
      keep(target, { reading, names: drawnNames }, details);
      if (!renaming) leaveRetainers(context);
    });
    if (isLate) void drawLater(target);
    if (!details.maps.loads) return;
    await paused.follower.originals.load(paused.pause);
    // Earlier pictures keep the page's names until they are shown again.
    if (paused.follower.originals.progress(paused.pause).maps > details.maps.maps) names.value += 1;
    if (followed.isShown(target)) await draw(target, { renaming: true });
  }

  /** Reads a pause again whose variables were not read in time, when the page answers. */
  async function drawLater(target: PausedTarget): Promise<void> {
    if (target.again >= MOST_AGAIN) return;
    target.again += 1;
    if ((await target.paused.follower.answers()) && followed.isShown(target)) await draw(target);
  }

  return { draw };
}

function leaveRetainers({ searcher, retainers }: Pick<Context, 'searcher' | 'retainers'>): void {
  searcher.close();
  searcher.present(null);
  retainers.value = null;
}

// --- what a user does

function followingActions({ owner, own, pauses, change, fail }: Context, following: Following) {
  const wanting = new Set<string>();
  // The view follows while it is wanted, whoever attached and however that ends.
  effect(() => {
    const attached = owner.attached.value;
    untracked(() => following.attune(attached, wanting.size > 0));
  });
  return {
    want(who) {
      wanting.add(who);
      following.attune(owner.attached.peek(), true);
      void owner.want(USER);
    },
    release(who) {
      wanting.delete(who);
      if (wanting.size > 0) return;
      following.stop();
      owner.release(USER);
    },
    step(step) {
      const { shown, follower } = following;
      // Between two pauses the buttons are still those of the first one.
      if (own.peek().following.type === 'paused' && !shown) return;
      const heap = shown?.paused.heap.id ?? '';
      if (step !== 'pause') following.goingOn.add(heap);
      void follower?.step(heap, step).then((outcome) => {
        if (outcome.ok) return;
        following.goingOn.delete(heap);
        fail(outcome.failure);
      });
    },
    chooseHeap(id) {
      const target = following.targets.find(({ paused }) => paused.heap.id === id);
      if (target && target !== following.shown) following.show(target);
    },
    chooseFrame(line) {
      const { shown } = following;
      const entry = pauses.current.peek();
      if (!shown || !entry || entry.number !== shown.entry || entry.chosen === line) return;
      if (!entry.lines[line]?.callFrameId) return;
      shown.chosen = line;
      if (own.peek().watches.length > 0) return following.drawAgain();
      pauses.replace(entry, { ...entry, chosen: line });
    },
    setOptions(options) {
      const before = own.peek().options;
      change({ options });
      if (options.asynchronous !== before.asynchronous) following.follower?.setAsync(options.asynchronous);
      // When more or fewer lines are shown, the index of a chosen line is no longer valid.
      if (following.shown) following.shown.chosen = null;
      following.drawAgain();
    },
    addWatch(expression) {
      const { watches } = own.peek();
      const text = expression.trim();
      if (!text || watches.some((watch) => watch.expression === text)) return;
      change({ watches: [...watches, { expression: text, waits: false, error: null }] });
      following.drawAgain();
    },
    removeWatch(expression) {
      change({ watches: own.peek().watches.filter((watch) => watch.expression !== expression) });
      following.drawAgain();
    },
    runWatch: (expression) => following.drawAgain(expression),
  } satisfies Partial<StackSession>;
}

function pauseActions(context: Context, following: Following) {
  const { reader, pauses, change } = context;
  return {
    goTo(index) {
      batch(() => {
        pauses.goTo(index);
        reader.setMessage(null);
        reader.setOutcome(null);
        leaveRetainers(context);
      });
    },
    compareWith: pauses.compareWith,
    back: () => leaveRetainers(context),
    pageNavigated() {
      // While pauses are followed, the follower reports navigations, in order with the pauses.
      if (following.attachment) return;
      change({ bygone: pauses.state.peek().history.entries.map(({ document }) => document) });
    },
  } satisfies Partial<StackSession>;
}

/** The actions that read more of the shown pause, while the page is still there. */
function objectActions({ reader, searcher, pauses, retainers }: Context, following: Following) {
  /** The shown pause, if the page is still there, so that more can be read. Otherwise a message says that it is not. */
  function live(): PauseEntry | null {
    const entry = pauses.current.peek();
    if (entry && entry.number === following.shown?.entry) return entry;
    reader.setMessage(GONE_ON);
    return null;
  }

  async function drawRetainers(object: ObjectId, from: 'drawn' | 'everywhere'): Promise<void> {
    const entry = live();
    const { shown, attachment } = following;
    if (!entry || !shown || !attachment) return;
    const { paused } = shown;
    const everything: RootRequest = { type: 'expression', expression: 'globalThis' };
    const search = {
      roots: from === 'drawn' ? [entry.read.root] : [entry.read.root, everything],
      origin: from === 'drawn' ? ('stack' as const) : ('stackAndGlobals' as const),
      finish: (snapshot: Snapshot) => named(snapshot, entry.lines),
    };
    const capture = captureOf(attachment, paused);
    const found = await searcher.drawRetainers(object, search, async () => opened(capture, heapOf(paused)));
    const { message } = searcher.state.peek();
    batch(() => {
      searcher.setMessage(null);
      if (found) retainers.value = { picture: found.picture, message };
      else if (message?.kind === 'done') reader.setOutcome(message);
      else if (message) reader.setMessage(message);
    });
  }

  return {
    readMore(unread, levels) {
      if (unread.type === 'getter') return reader.setMessage(errorMessage(say('getterAtPause')));
      const { reading } = reader.state.peek();
      if ((reading && isAtHand(unread, reading)) || live()) void reader.readMore(unread, levels);
    },
    expand(object, whole) {
      if (live()) void reader.expand(object, whole);
    },
    drawRetainers: (object, from) => void drawRetainers(object, from),
  } satisfies Partial<StackSession>;
}

/** The capture that can reach the objects of this pause by their numbers; null when none can. */
function captureFor({ heap: { id, kind } }: PauseEntry, attachment: Attachment | null, evalCapture: Capture) {
  if (kind === 'page') return evalCapture;
  const target = attachment?.heaps.list.find((listed) => listed.id === id);
  return target && attachment ? attachment.heaps.capture(target) : null;
}
