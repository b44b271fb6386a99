/**
 * What the stack view knows and does: follows every pause of the page, reads its stack, keeps the pictures of the pauses
 * and looks back at them. Its state is one plain value in one signal, because the tab and the pane in Sources, two pages
 * of their own, show the same. Knows no extension API and no DOM.
 */
import { batch, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Capture, RootRequest } from '../../src/capture/capture.ts';
import type { Failure } from '../../src/capture/connection.ts';
import { sentence } from '../../src/capture/failure.ts';
import type { ProtocolSession } from '../../src/capture/protocol.ts';
import { comparePictures, type Marks } from '../../src/history/compare.ts';
import { added, current, emptyHistory, type History, lookedAt } from '../../src/history/history.ts';
import { followPauses, type PauseFollower, type Step } from '../../src/pause/follow.ts';
import type { Pause, SourceLocation } from '../../src/pause/pause.ts';
import { type StackLine, type StackOptions, stackRequest } from '../../src/pause/stack-request.ts';
import { defaultView } from '../../src/snapshot/snapshot.ts';
import type { Attachment, DebuggerOwner } from '../debugger.ts';
import type { Painter, Picture } from '../painter.ts';

/** Pauses that are kept. A picture of 1,000 objects takes about 2 MB, so the worst case stays below what a tab may use. */
export const HISTORY_BOUND = 100;
/** Milliseconds until reading a stack is given up. */
const CAPTURE_DEADLINE = 5000;
const USER = 'stack';

/** One pause that was drawn. */
export interface PauseEntry {
  /** Counts from 1, never reused: 1 is the first pause that was followed. */
  readonly number: number;
  /** Why the page stood still, in words. */
  readonly reason: string;
  /** Outermost first. */
  readonly lines: readonly StackLine[];
  /** Where it stood, and the text there where it could be had. */
  readonly where: SourceLocation | null;
  readonly source: string | null;
  readonly picture: Picture;
  /** Milliseconds from the pause event to the places of the picture. */
  readonly milliseconds: number;
}

export type Following =
  | { readonly type: 'off' }
  /** Waiting for the page to pause. */
  | { readonly type: 'running' }
  /** `entry` is the number of the pause's entry, null while it is being read. */
  | { readonly type: 'paused'; readonly entry: number | null };

export interface Watch {
  readonly expression: string;
  /** Has side effects: evaluated only when the person asks for it. */
  readonly waits: boolean;
}

export interface StackState {
  readonly following: Following;
  readonly history: History<PauseEntry>;
  /** Number of the pause that the one looked at is compared with; null for the one before it. */
  readonly comparedWith: number | null;
  /** What differs between the pause looked at and the one it is compared with; null where there is no other. */
  readonly marks: Marks | null;
  readonly options: StackOptions;
  readonly watches: readonly Watch[];
  /** One sentence when something went wrong. */
  readonly trouble: string | null;
}

export interface StackSession {
  readonly state: ReadonlySignal<StackState>;
  /** Follows pauses as long as somebody wants it: the debugger is attached on the person's word. */
  want(who: string): void;
  release(who: string): void;
  step(step: Step): void;
  /** Looks at the pause at this place of the history; beyond the ends means the ends. */
  look(place: number): void;
  compareWith(number: number | null): void;
  setOptions(options: StackOptions): void;
  addWatch(expression: string): void;
  removeWatch(expression: string): void;
  /** Evaluates a watch that waits, once. */
  runWatch(expression: string): void;
}

export function createStackSession(
  owner: DebuggerOwner,
  painter: Painter,
  isLibrary: (url: string) => boolean,
): StackSession {
  const state = signal<StackState>({
    following: { type: 'off' },
    history: emptyHistory(HISTORY_BOUND),
    comparedWith: null,
    marks: null,
    options: { libraries: false, asynchronous: false },
    watches: [],
    trouble: null,
  });
  const wanting = new Set<string>();
  let follower: PauseFollower | null = null;
  let capture: Capture | null = null;
  let session: ProtocolSession | null = null;
  let standing: Pause | null = null;
  let running: AbortController | null = null;
  let lastNumber = 0;

  function change(next: Partial<StackState>): void {
    state.value = { ...state.value, ...next };
  }

  /** Puts the marks of what is looked at beside it. */
  function settle(next: Partial<StackState>): void {
    const merged = { ...state.value, ...next };
    state.value = { ...merged, marks: marksOf(merged) };
  }

  async function paused(pause: Pause): Promise<void> {
    standing = pause;
    change({ following: { type: 'paused', entry: null }, trouble: null });
    await draw(pause);
  }

  /** @param run A watch with side effects that the person wants evaluated, this once. */
  async function draw(pause: Pause, run: string | null = null): Promise<void> {
    const followed = follower;
    const read = capture;
    if (!followed || !read) return;
    running?.abort();
    const controller = new AbortController();
    running = controller;
    const { signal: aborted } = controller;
    const started = performance.now();
    const innermost = pause.frames.at(-1);
    const where = innermost?.location ?? null;
    const [globals, source] = await Promise.all([
      followed.globals(),
      where ? followed.sourceLine(where) : Promise.resolve(null),
    ]);
    const { root, lines } = stackRequest(pause, globals, state.value.options);
    const roots = [root, ...(await watchRoots(innermost?.callFrameId ?? null, run))];
    const captured = await read.capture(roots, defaultView, { signal: aborted, deadline: CAPTURE_DEADLINE });
    if (aborted.aborted) return;
    if (!captured.ok) return fail(captured.failure);
    const captureTime = performance.now() - started;
    const painted = await painter.paint(captured.value, 'the paused stack', captureTime, aborted);
    if (aborted.aborted) return;
    if (!painted.ok) return change({ trouble: painted.message });
    const known = state.value.following;
    const again = known.type === 'paused' ? known.entry : null;
    const entry: PauseEntry = {
      number: again ?? lastNumber + 1,
      reason: reasonOf(pause),
      lines,
      where,
      source,
      picture: painted.picture,
      milliseconds: performance.now() - started,
    };
    lastNumber = entry.number;
    const { history } = state.value;
    const next =
      again === null
        ? added(history, entry)
        : { ...history, entries: history.entries.map((one) => (one.number === again ? entry : one)) };
    settle({ history: next, following: { type: 'paused', entry: entry.number }, comparedWith: null, trouble: null });
  }

  function fail(failure: Failure): void {
    if (failure.kind !== 'aborted') change({ trouble: sentence(failure) });
  }

  /** The watches that may run by themselves, and the one that the person asked for, as roots. */
  async function watchRoots(frame: string | null, run: string | null): Promise<readonly RootRequest[]> {
    if (!frame || !session) return [];
    const checked: Watch[] = [];
    const roots: RootRequest[] = [];
    for (const { expression } of state.value.watches) {
      const waits = await hasSideEffects(session, frame, expression);
      checked.push({ expression, waits });
      if (!waits || expression === run) roots.push({ type: 'expression', expression, frame });
    }
    change({ watches: checked });
    return roots;
  }

  async function follow(attached: Attachment): Promise<void> {
    const { page } = attached.debugger;
    session = page;
    capture = attached.capture;
    change({ following: { type: 'running' }, trouble: null });
    const followed = await followPauses(page, isLibrary, {
      // The pause that stands is told before this returns.
      paused: (pause) => void ready.then(() => paused(pause)),
      resumed() {
        standing = null;
        running?.abort();
        change({ following: { type: 'running' } });
      },
    });
    if (!followed.ok) {
      release();
      fail(followed.failure);
      return;
    }
    if (session !== page) {
      await followed.value.close();
      return;
    }
    follower = followed.value;
    await follower.setAsync(state.value.options.asynchronous);
    begin();
  }

  let begin = (): void => {};
  let ready = Promise.resolve();
  function prepare(): void {
    ready = new Promise((resolve) => {
      begin = resolve;
    });
  }

  function release(): void {
    running?.abort();
    const followed = follower;
    follower = null;
    capture = null;
    session = null;
    standing = null;
    change({ following: { type: 'off' } });
    void followed?.close();
  }

  // Whoever attaches, and however it ends: the view follows while it is wanted.
  effect(() => {
    const attached = owner.attached.value;
    batch(() => {
      if (session && session !== attached?.debugger.page) release();
      if (attached && wanting.size > 0 && !session) {
        prepare();
        void follow(attached);
      }
    });
  });

  return {
    state,
    want(who) {
      wanting.add(who);
      const attached = owner.attached.peek();
      if (attached && !session) {
        prepare();
        void follow(attached);
      }
      void owner.want(USER);
    },
    release(who) {
      wanting.delete(who);
      if (wanting.size > 0) return;
      release();
      owner.release(USER);
    },
    step(step) {
      void follower?.step(step).then((outcome) => {
        if (!outcome.ok) fail(outcome.failure);
      });
    },
    look(place) {
      settle({ history: lookedAt(state.value.history, place) });
    },
    compareWith(number) {
      settle({ comparedWith: number });
    },
    setOptions(options) {
      change({ options });
      void follower?.setAsync(options.asynchronous);
      if (standing) void draw(standing);
    },
    addWatch(expression) {
      const text = expression.trim();
      if (!text || state.value.watches.some((watch) => watch.expression === text)) return;
      change({ watches: [...state.value.watches, { expression: text, waits: false }] });
      if (standing) void draw(standing);
    },
    removeWatch(expression) {
      change({ watches: state.value.watches.filter((watch) => watch.expression !== expression) });
      if (standing) void draw(standing);
    },
    runWatch(expression) {
      if (standing) void draw(standing, expression);
    },
  };
}

function marksOf({ history, comparedWith }: StackState): Marks | null {
  const shown = current(history);
  if (!shown) return null;
  const other =
    comparedWith === null
      ? history.entries[history.place - 1]
      : history.entries.find(({ number }) => number === comparedWith);
  if (!other || other === shown) return null;
  return comparePictures(
    other.picture.diagram,
    shown.picture.diagram,
    other.number < shown.number ? 'later' : 'earlier',
  );
}

async function hasSideEffects(session: ProtocolSession, callFrameId: string, expression: string): Promise<boolean> {
  const parameters = {
    callFrameId,
    expression: `(${expression}\n)`,
    throwOnSideEffect: true,
    silent: true,
    timeout: 500,
  };
  const evaluated = await session.send('Debugger.evaluateOnCallFrame', parameters, { deadline: 1000 });
  if (!evaluated.ok) return true;
  const thrown = evaluated.value.exceptionDetails?.exception?.description ?? '';
  return thrown.startsWith('EvalError: Possible side-effect');
}

function reasonOf({ reason, exception }: Pause): string {
  switch (reason) {
    case 'exception':
    case 'promiseRejection':
      return exception?.description?.split('\n', 1)[0] ?? 'exception';
    case 'debugCommand':
      return 'debugger command';
    case 'other':
    case 'step':
    case 'ambiguous':
      return '';
    default:
      return reason;
  }
}
