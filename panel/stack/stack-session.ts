/**
 * What the stack view knows and does: follows every pause of the page and its workers, reads the stack, keeps the pictures
 * of the pauses and looks back at them. Its state is one plain value in one signal, because the tab and the pane in
 * Sources, two pages of their own, show the same. Knows no extension API and no DOM.
 */
import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Capture, RootRequest } from '../../src/capture/capture.ts';
import type { Failure } from '../../src/capture/connection.ts';
import type { Deed, Place } from '../../src/capture/deed.ts';
import { sentence } from '../../src/capture/failure.ts';
import type { OpenSource } from '../../src/devtools/open-source.ts';
import type { BoxOverride } from '../../src/diagram/settings.ts';
import { added, current, emptyHistory, lookedAt, replaced } from '../../src/history/history.ts';
import type { Step } from '../../src/pause/follow.ts';
import { followHeaps, type HeapsFollower, type StandingHeap } from '../../src/pause/follow-heaps.ts';
import { named } from '../../src/pause/naming.ts';
import { type PauseOriginals, withOriginals } from '../../src/pause/original-names.ts';
import type { PausedFrame } from '../../src/pause/pause.ts';
import { type StackOptions, stackRequest } from '../../src/pause/stack-request.ts';
import { drawingOf, readingOf, type Settings } from '../../src/settings/settings.ts';
import { defaultView, type ObjectId, type View } from '../../src/snapshot/snapshot.ts';
import type { MapDecoder } from '../../src/source-maps/decoder.ts';
import { captureDeadline } from '../deadline.ts';
import type { Attachment, DebuggerOwner } from '../debugger.ts';
import { doDeed, type Said } from '../deeds/deeds.ts';
import { openIn, type Unread } from '../heap/opening.ts';
import type { Painter } from '../painter.ts';
import { referrersSaid } from '../referrers.ts';
import {
  comparedEntry,
  marksOf,
  type PausedHeap,
  type PauseEntry,
  reasonOf,
  refusalOf,
  type StackState,
} from './stack-state.ts';
import { afterWatches, watchRoots } from './watches.ts';

/** Pauses that are kept. A picture of 1,000 objects takes about 2 MB, so the worst case stays below what a tab may use. */
const HISTORY_BOUND = 100;
/** Milliseconds that the view shows what stands before it says that the page runs, or reads: steps take less. */
const GRACE = 100;
const USER = 'stack';
const SUBJECT = 'the paused stack';

export interface StackSession {
  readonly state: ReadonlySignal<StackState>;
  /** Follows pauses as long as somebody wants it: the debugger is attached on the person's word. */
  want(who: string): void;
  release(who: string): void;
  /** Of the heap that is shown as paused. */
  step(step: Step): void;
  /** Of several heaps that stand still, shows this one and steps it from now on. */
  chooseHeap(id: string): void;
  /** Chooses the frame at this line of the pause that stands: watches are evaluated in it. */
  chooseFrame(line: number): void;
  /** Looks at the pause at this place of the history; beyond the ends means the ends. */
  look(place: number): void;
  compareWith(number: number | null): void;
  setOptions(options: StackOptions): void;
  addWatch(expression: string): void;
  removeWatch(expression: string): void;
  /** Evaluates a watch that waits, once. */
  runWatch(expression: string): void;
  /** Reads what is behind a `…` or `✂`, as long as the page stands where the picture shows it. */
  open(opening: Unread): void;
  /** Reads all of an object, or its slices again. */
  expand(object: ObjectId, whole: boolean): void;
  /** Draws one object in a way of its own; null takes that back. */
  override(object: ObjectId, override: BoxOverride | null): void;
  /** Has DevTools do something with an object of the pause that is looked at. */
  act(object: ObjectId, deed: Deed): void;
  dismissSaid(): void;
  /** Shows a place in Sources; `said` is why not. */
  openSource(place: Place): void;
  /** Who refers to this object: draws the ways to it from the stack, or also from what `globalThis` reaches. */
  drawReferrers(object: ObjectId, from: 'drawn' | 'everywhere'): void;
  /** Shows the pause again in place of what stands aside. */
  back(): void;
  /** The page went to another document, whether it is followed or not. */
  pageNavigated(): void;
}

/** What a stack is followed with beside the debugger. */
export interface StackTools {
  readonly decoder: MapDecoder;
  /** Reaches the page's objects when the debugger is detached. */
  readonly evalCapture: Capture;
  readonly openSource: OpenSource;
}

export function createStackSession(
  owner: DebuggerOwner,
  painter: Painter,
  settings: ReadonlySignal<Settings>,
  { decoder, evalCapture, openSource }: StackTools,
): StackSession {
  const state = signal<StackState>({
    following: { type: 'off' },
    history: emptyHistory(HISTORY_BOUND),
    comparedWith: null,
    marks: null,
    options: { libraries: false, asynchronous: false },
    watches: [],
    overrides: new Map(),
    view: { ...defaultView, ...readingOf(settings.peek()) },
    trouble: null,
    said: null,
    bygone: [],
    aside: null,
  });
  const wanting = new Set<string>();
  let attachment: Attachment | null = null;
  let follower: HeapsFollower | null = null;
  /** What stands still, the one that paused last at the end. */
  let standing: readonly Stand[] = [];
  /** The one of them that is shown and stepped. */
  let shown: Stand | null = null;
  let running: AbortController | null = null;
  let searching: AbortController | null = null;
  let repainting: AbortController | null = null;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let lastNumber = 0;
  /** The document that was drawn last: what was opened and overridden in the one before means other objects. */
  let document = 0;
  let way = 0;
  /** Whom to ask for the names of a pause that was read. */
  const origins = new WeakMap<PauseEntry['read'], StandingHeap>();
  let ignored = ignoredBy(settings.peek());

  function change(next: Partial<StackState>): void {
    state.value = { ...state.value, ...next };
  }

  /** Puts the marks of what is looked at beside it. */
  function settle(next: Partial<StackState>): void {
    const merged = { ...state.value, ...next };
    state.value = { ...merged, marks: marksOf(merged) };
    void refresh();
  }

  function fail(failure: Failure): void {
    if (failure.kind !== 'aborted') change({ trouble: sentence(failure) });
  }

  /** What stands still by now, told after a while: a step is over sooner, and each telling costs a rendering. */
  function tellSoon(): void {
    clearTimeout(soon);
    soon = setTimeout(() => change({ following: followingNow() }), GRACE);
  }

  function followingNow(): StackState['following'] {
    if (!attachment) return { type: 'off' };
    if (!shown) return { type: 'running' };
    return {
      type: 'paused',
      entry: shown.entry,
      heap: pausedHeap(shown.standing),
      heaps: standing.map(({ standing }) => pausedHeap(standing)),
    };
  }

  function isLibrary({ location, isolated, original }: PausedFrame): boolean {
    return isolated || original?.ignored === true || ignored.some((pattern) => pattern.test(location.url));
  }

  // --- pauses

  function paused(next: StandingHeap): void {
    const stand: Stand = { standing: next, since: performance.now(), entry: null, chosen: null };
    standing = [...standing.filter((other) => other.standing.heap.id !== next.heap.id), stand];
    void show(stand);
  }

  function resumed(heapId: string): void {
    const gone = standing.find((stand) => stand.standing.heap.id === heapId);
    if (!gone) return;
    standing = standing.filter((stand) => stand !== gone);
    if (gone === shown) {
      running?.abort();
      searching?.abort();
      shown = standing.at(-1) ?? null;
      if (shown) void show(shown);
    }
    tellSoon();
  }

  /** Looks at what stands still, and reads it unless it has been. */
  async function show(stand: Stand): Promise<void> {
    shown = stand;
    const place = state.value.history.entries.findIndex(({ number }) => number === stand.entry);
    if (place < 0) {
      tellSoon();
      await draw(stand);
      return;
    }
    clearTimeout(soon);
    settle({ history: lookedAt(state.value.history, place), following: followingNow(), comparedWith: null });
  }

  /**
   * @param run A watch with side effects that the person wants evaluated, this once.
   * @param renaming Only names are to change: what stands aside stays.
   */
  async function draw(stand: Stand, run: string | null = null, renaming = false): Promise<void> {
    const attached = attachment;
    if (!attached) return;
    running?.abort();
    repainting?.abort();
    if (!renaming) searching?.abort();
    const controller = new AbortController();
    running = controller;
    const { signal: aborted } = controller;
    const { pause, follower: followed } = stand.standing;
    if (stand.standing.document !== document) forgetObjects(stand.standing.document);
    const { options, watches, view } = state.value;
    const asked = stand.entry === null ? stand.since : performance.now();
    const qualifying = followed.qualified(pause);
    const [originals, globals] = await Promise.all([followed.originals.known(pause), followed.globals()]);
    const { root, lines } = stackRequest(withOriginals(pause, originals), globals, options, isLibrary);
    const chosen = stand.chosen ?? lines.length - 1;
    const frame = lines[chosen]?.callFrameId ?? null;
    const capture = captureOf(attached, stand.standing);
    const [captured, qualified, source] = await Promise.all([
      capture.capture([root, ...watchRoots(watches, frame, run)], view, {
        signal: aborted,
        deadline: captureDeadline(view),
      }),
      qualifying,
      lineOf(stand.standing, originals),
    ]);
    if (aborted.aborted) return;
    if (!captured.ok) return fail(captured.failure);
    const { snapshot, outcomes } = afterWatches(captured.value);
    const captureTime = performance.now() - asked;
    const final = withOriginals(qualified, originals);
    const labelled = stackRequest(final, null, options, isLibrary).lines;
    const drawnWay = way;
    const painted = await painter.paint(named(snapshot, labelled), view, SUBJECT, captureTime, aborted);
    if (aborted.aborted) return;
    if (!painted.ok) return change({ trouble: painted.message });
    const entry: PauseEntry = {
      number: stand.entry ?? lastNumber + 1,
      heap: pausedHeap(stand.standing),
      document,
      reason: reasonOf(pause),
      lines: labelled,
      chosen,
      where: final.frames.at(-1)?.location ?? null,
      source,
      picture: painted.picture,
      milliseconds: performance.now() - asked,
      read: { snapshot, pause: qualified, options, view },
      way: drawnWay,
    };
    const { history } = state.value;
    const again = stand.entry !== null;
    origins.set(entry.read, stand.standing);
    lastNumber = Math.max(lastNumber, entry.number);
    stand.entry = entry.number;
    clearTimeout(soon);
    settle({
      history: again ? replaced(history, ({ number }) => number === entry.number, entry) : added(history, entry),
      following: followingNow(),
      comparedWith: null,
      watches: state.value.watches.map((watch) => outcomes.get(watch.expression) ?? watch),
      trouble: null,
      ...(renaming ? {} : { aside: null }),
    });
    if (!(await followed.originals.load(pause))) return;
    // The pictures of before have the names of the page, until they are looked at.
    way += 1;
    if (stand === shown) await draw(stand, null, true);
    else await refresh();
  }

  function drawAgain(run: string | null = null): void {
    if (shown) void draw(shown, run);
  }

  function forgetObjects(next: number): void {
    document = next;
    const { view, overrides } = state.value;
    change({ view: { ...view, expanded: [], opened: [], ranges: [] } });
    if (overrides.size === 0) return;
    change({ overrides: new Map() });
    setDrawing();
  }

  /** The picture is of the page as it stands, so that more can be read; says so where it is not. */
  function live(): PauseEntry | null {
    const entry = current(state.value.history);
    if (entry && shown && entry.number === shown.entry) return entry;
    change({ trouble: 'The page has gone on from this pause, so no more of it can be read: pause it again.' });
    return null;
  }

  async function act(object: ObjectId, deed: Deed): Promise<void> {
    const entry = current(state.value.history);
    if (!entry || refusalOf(state.value, entry) !== null) return;
    change({ said: null });
    const capture = captureFor(entry);
    const said: Said | null = capture
      ? await doDeed(capture, object, deed, openSource)
      : { kind: 'error', text: 'Only the debugger reaches this worker or frame: attach it, then pause there again.' };
    change({ said });
  }

  /** Who reaches the objects of this pause by their numbers now. */
  function captureFor({ heap: { id, kind } }: PauseEntry): Capture | null {
    if (kind === 'page') return evalCapture;
    const target = attachment?.heaps.list.find((listed) => listed.id === id);
    return target && attachment ? attachment.heaps.capture(target) : null;
  }

  async function drawReferrers(object: ObjectId, from: 'drawn' | 'everywhere'): Promise<void> {
    const entry = live();
    const stand = shown;
    const attached = attachment;
    if (!entry || !stand || !attached) return;
    searching?.abort();
    const controller = new AbortController();
    searching = controller;
    const { pause, follower: followed } = stand.standing;
    const { options, view } = state.value;
    const { root } = stackRequest(pause, await followed.globals(), options, isLibrary);
    const roots: readonly RootRequest[] =
      from === 'drawn' ? [root] : [root, { type: 'expression', expression: 'globalThis' }];
    const asked = performance.now();
    const captured = await captureOf(attached, stand.standing).referrers(object, roots, view, {
      signal: controller.signal,
      deadline: captureDeadline(view),
    });
    if (controller.signal.aborted) return;
    if (!captured.ok) return fail(captured.failure);
    const place = from === 'drawn' ? 'the stack' : 'the stack and globalThis';
    const { found, text } = referrersSaid(object, captured.value, { place, way: 'debugger', scopes: view.scopes });
    if (!found) return change({ said: { kind: 'done', text } });
    const snapshot = named(captured.value, entry.lines);
    const subject = `who refers to #${object}`;
    const painted = await painter.paint(snapshot, view, subject, performance.now() - asked, controller.signal);
    if (controller.signal.aborted) return;
    change(painted.ok ? { aside: { picture: painted.picture, text } } : { trouble: painted.message });
  }

  function setView(view: View): void {
    change({ view });
    drawAgain();
  }

  // --- drawing again what was read

  function setDrawing(): void {
    way += 1;
    painter.setSettings(drawingOf(settings.peek(), state.peek().overrides));
  }

  /** Draws the pictures that are looked at from what was read, when the way of drawing is another one by now. */
  async function refresh(): Promise<void> {
    const stale = [current(state.value.history), comparedEntry(state.value)].find(
      (entry): entry is PauseEntry => entry !== null && entry.way !== way,
    );
    if (!stale) return;
    repainting?.abort();
    const controller = new AbortController();
    repainting = controller;
    const drawnWay = way;
    const { read, picture } = stale;
    const again = await namesOf(stale);
    if (controller.signal.aborted) return;
    const snapshot = named(read.snapshot, again.lines);
    const painted = await painter.paint(snapshot, read.view, SUBJECT, picture.times.capture, controller.signal);
    if (controller.signal.aborted) return;
    if (!painted.ok) return change({ trouble: painted.message });
    const entry = { ...stale, ...again, picture: painted.picture, way: drawnWay };
    // Not in the place of one that was read again meanwhile.
    settle({ history: replaced(state.value.history, (one) => one === stale, entry) });
  }

  /** The lines of a pause with the names that are known by now. */
  async function namesOf({
    read,
    lines,
    where,
    source,
  }: PauseEntry): Promise<Pick<PauseEntry, 'lines' | 'where' | 'source'>> {
    const origin = origins.get(read);
    const originals = await origin?.follower.originals.known(read.pause);
    const pause = originals ? withOriginals(read.pause, originals) : read.pause;
    const next = stackRequest(pause, null, read.options, isLibrary).lines;
    // A map that tells of libraries would fold other frames: what was read stays as it was read.
    if (!originals || next.length !== lines.length) return { lines, where, source };
    return {
      lines: next.map((line, index) => ({ ...line, callFrameId: lines[index]?.callFrameId ?? null })),
      where: pause.frames.at(-1)?.location ?? null,
      source: originals.frames.at(-1)?.text?.trim() ?? source,
    };
  }

  // --- following

  function follow(attached: Attachment): void {
    attachment = attached;
    change({ following: { type: 'running' }, trouble: null });
    follower = followHeaps(attached.heaps, decoder, state.value.options.asynchronous, {
      paused,
      resumed: (heap) => resumed(heap.id),
      left: (gone) => change({ bygone: [...state.value.bygone, gone] }),
      failed: fail,
    });
  }

  function unfollow(): void {
    running?.abort();
    searching?.abort();
    clearTimeout(soon);
    const followed = follower;
    follower = null;
    attachment = null;
    standing = [];
    shown = null;
    change({ following: { type: 'off' } });
    void followed?.close();
  }

  function attune(attached: Attachment | null): void {
    if (attachment && attachment !== attached) unfollow();
    if (attached && wanting.size > 0 && !attachment) follow(attached);
  }

  // Whoever attaches, and however it ends: the view follows while it is wanted.
  effect(() => {
    const attached = owner.attached.value;
    untracked(() => attune(attached));
  });
  let reading = '';
  let drawing = '';
  effect(() => {
    const next = settings.value;
    untracked(() => {
      const view = readingOf(next);
      const before = { reading, drawing };
      reading = JSON.stringify([view, next.stack]);
      drawing = JSON.stringify(next.drawing);
      if (drawing !== before.drawing) setDrawing();
      if (reading !== before.reading) {
        ignored = ignoredBy(next);
        change({ view: { ...state.value.view, ...view } });
        if (shown) return drawAgain();
      }
      void refresh();
    });
  });

  return {
    state,
    want(who) {
      wanting.add(who);
      attune(owner.attached.peek());
      void owner.want(USER);
    },
    release(who) {
      wanting.delete(who);
      if (wanting.size > 0) return;
      unfollow();
      owner.release(USER);
    },
    step(step) {
      const { following } = state.value;
      // Between two pauses the buttons still stand for the one before.
      if (following.type === 'paused' && !shown) return;
      void follower?.step(shown?.standing.heap.id ?? '', step).then((outcome) => {
        if (!outcome.ok) fail(outcome.failure);
      });
    },
    chooseHeap(id) {
      const stand = standing.find(({ standing }) => standing.heap.id === id);
      if (stand && stand !== shown) void show(stand);
    },
    chooseFrame(line) {
      const entry = current(state.value.history);
      if (!shown || !entry || entry.number !== shown.entry || entry.chosen === line) return;
      if (!entry.lines[line]?.callFrameId) return;
      shown.chosen = line;
      if (state.value.watches.length > 0) return drawAgain();
      const chosen = { ...entry, chosen: line };
      settle({ history: replaced(state.value.history, (one) => one === entry, chosen) });
    },
    look(place) {
      searching?.abort();
      settle({ history: lookedAt(state.value.history, place), trouble: null, said: null, aside: null });
    },
    compareWith(number) {
      settle({ comparedWith: number });
    },
    setOptions(options) {
      const before = state.value.options;
      change({ options });
      if (options.asynchronous !== before.asynchronous) follower?.setAsync(options.asynchronous);
      // A chosen line is another one when more or fewer are shown.
      if (shown) shown.chosen = null;
      drawAgain();
    },
    addWatch(expression) {
      const text = expression.trim();
      if (!text || state.value.watches.some((watch) => watch.expression === text)) return;
      change({ watches: [...state.value.watches, { expression: text, waits: false, error: null }] });
      drawAgain();
    },
    removeWatch(expression) {
      change({ watches: state.value.watches.filter((watch) => watch.expression !== expression) });
      drawAgain();
    },
    runWatch: (expression) => drawAgain(expression),
    open(opening) {
      const entry = live();
      if (!entry) return;
      const { view } = state.value;
      const { snapshot } = entry.picture;
      setView(openIn(view, (id) => painter.partsOf(id, snapshot, view), opening));
    },
    expand(object, whole) {
      if (!live()) return;
      const { view } = state.value;
      const others = view.expanded.filter((id) => id !== object);
      setView({ ...view, expanded: whole ? [...others, object] : others });
    },
    override(object, override) {
      const entry = current(state.value.history);
      if (entry?.document !== document) return;
      const overrides = new Map(state.value.overrides);
      if (override === null) overrides.delete(object);
      else overrides.set(object, override);
      change({ overrides, aside: null });
      setDrawing();
      void refresh();
    },
    act: (object, deed) => void act(object, deed),
    dismissSaid: () => change({ said: null }),
    openSource(place) {
      void openSource(place).then((text) => change({ said: text === null ? null : { kind: 'error', text } }));
    },
    drawReferrers: (object, from) => void drawReferrers(object, from),
    back: () => change({ aside: null }),
    pageNavigated() {
      // Who follows is told in order with the pauses.
      if (!attachment) change({ bygone: state.value.history.entries.map(({ document }) => document) });
    },
  };
}

const captureOf = ({ capture, heaps }: Attachment, { heap }: StandingHeap): Capture =>
  heap.kind === 'page' ? capture : heaps.capture(heap);

/** A heap that stands still, and what was done with it. */
interface Stand {
  readonly standing: StandingHeap;
  /** When it paused, as `performance.now()` says. */
  readonly since: number;
  /** Number of its entry in the history, null before it is drawn. */
  entry: number | null;
  /** Index of the line that the person chose; null for the innermost. */
  chosen: number | null;
}

/** The text of the line where it stands, as a person wrote it; null where it is not to be had. */
async function lineOf({ pause, follower }: StandingHeap, { frames }: PauseOriginals): Promise<string | null> {
  const original = frames.at(-1);
  if (original) return original.text?.trim() ?? null;
  const where = pause.frames.at(-1)?.location;
  return where ? follower.sourceLine(where) : null;
}

const pausedHeap = ({ heap: { id, kind, name } }: StandingHeap): PausedHeap => ({ id, kind, name });

function ignoredBy({ stack }: Settings): readonly RegExp[] {
  return stack.ignored.map((pattern) => new RegExp(pattern));
}
