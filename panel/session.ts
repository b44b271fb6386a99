/**
 * What the expression view knows and does: the expressions, the picture that stands, and the way from one to the other.
 * Its state lives in signals here and nowhere else; components read it. Knows no extension API and no DOM.
 */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Capture, RootRequest } from '../src/capture/capture.ts';
import type { Outcome, RequestOptions } from '../src/capture/connection.ts';
import type { Deed } from '../src/capture/deed.ts';
import { sentence } from '../src/capture/failure.ts';
import type { HeapTarget } from '../src/capture/heaps.ts';
import type { OpenSource } from '../src/devtools/open-source.ts';
import { defaultView, type ObjectId, type Snapshot, type View } from '../src/snapshot/snapshot.ts';
import { captureDeadline } from './deadline.ts';
import { doDeed, type Said } from './deeds/deeds.ts';
import type { HeapSource } from './heap/heap-source.ts';
import { openIn, type Unread } from './heap/opening.ts';
import type { Painter, Picture } from './painter.ts';
import { referrersSaid } from './referrers.ts';

const FALLEN_BACK =
  'Without the debugger no frame or worker can be read: this picture shows what was there before, and the next one the page.';

const REPLACED = 'What you clicked is no longer there: this is what the page holds now.';

/** What stands on screen, and what it is of. */
interface Shown {
  readonly picture: Picture;
  /** `kept`: from a file, or handed over by the page's code; its objects cannot be asked for. */
  readonly origin: 'page' | 'kept';
  /** The page has gone to another document since. */
  readonly stale: boolean;
  readonly way: Capture['way'];
  /** What was read. */
  readonly view: View;
}

export interface Notice {
  /** `aside`: the picture shows something else than the expressions, on the person's word; `called`: on the page's. */
  readonly kind: 'error' | 'stale' | 'aside' | 'called';
  /** One sentence: what happened and what to do. */
  readonly text: string;
}

export interface Session {
  /** Drawn together with what is in the field. */
  readonly pinned: ReadonlySignal<readonly string[]>;
  readonly picture: ReadonlySignal<Picture | null>;
  readonly notice: ReadonlySignal<Notice | null>;
  /** True while a picture is on its way. */
  readonly busy: ReadonlySignal<boolean>;
  /** How many objects were found so far while one is on its way; 0 until it is known. */
  readonly found: ReadonlySignal<number>;
  /** What `redraw` would draw. */
  readonly expressions: ReadonlySignal<readonly string[]>;
  /** True when there is something that `redraw` would draw. */
  readonly drawable: ReadonlySignal<boolean>;
  /** Draws an expression together with the pinned ones. */
  draw(expression: string): Promise<void>;
  /** The same; where it cannot be evaluated all stays as it is, and nothing is said. Answers whether it is drawn. */
  drawIfThere(expression: string): Promise<boolean>;
  /** Picks the frame or worker with this id, null for the page, before the next drawing. */
  look(heap: string | null): void;
  /** Draws exactly these, in place of everything: pins all but the last. Rejects with the sentence of what failed. */
  drawExactly(expressions: readonly string[]): Promise<Picture>;
  /** Reads the page again and draws what was drawn. */
  redraw(): Promise<void>;
  pin(expression: string): Promise<void>;
  unpin(expression: string): Promise<void>;
  cancel(): void;
  dismissNotice(): void;
  /** The expression in the field, kept here so that the handle can set it. */
  readonly field: ReadonlySignal<string>;
  setField(text: string): void;
  readonly view: ReadonlySignal<View>;
  /** Goes up when numbers begin to mean other objects: after a navigation, in another frame or worker. */
  readonly heap: ReadonlySignal<number>;
  /** Who is asked for the next drawing. */
  readonly source: HeapSource;
  /** Reads another frame or worker from now on, and draws again. */
  pick(target: HeapTarget): Promise<void>;
  /** What the picture that stands is of, and how it was read; null when none stands. */
  readonly shown: ReadonlySignal<Shown | null>;
  /** Reads what is behind a `…` or `✂`, and draws it with the rest. */
  open(opening: Unread): Promise<void>;
  /**
   * Who refers to this object: draws the ways that lead to it from what is drawn, or from everything that `globalThis`
   * reaches.
   */
  drawReferrers(target: ObjectId, from: 'drawn' | 'everywhere'): Promise<void>;
  /** Why the objects of the picture cannot be asked for, one sentence; null where they can. */
  readonly refusal: ReadonlySignal<string | null>;
  /** Has DevTools do something with an object of the picture; `said` is how it went. */
  act(target: ObjectId, deed: Deed): Promise<void>;
  readonly said: ReadonlySignal<Said | null>;
  dismissSaid(): void;
  setView(view: View): void;
  /** Reads all of an object, or its slices again, and draws it with the rest. */
  expand(object: ObjectId, whole: boolean): Promise<void>;
  /** Draws what was read with the settings in force; `reread` asks the page first where the picture is of the page. */
  repaint(reread: boolean): Promise<void>;
  /** Draws a snapshot that is at hand, in place of what the page holds; `said` is one sentence about it. */
  showKept(snapshot: Snapshot, subject: string, said: string | null): Promise<void>;
  /** Draws what the page's own code gave to be drawn. */
  showCalled(snapshot: Snapshot, names: string): Promise<void>;
  /** Says one sentence about something that went wrong. */
  complain(text: string): void;
  /** The page went elsewhere: the picture shows what was. */
  pageNavigated(): void;
}

/**
 * @param openSource Shows a place in Sources.
 * @param named What a text asks for that only the panel knows; `gone` when it is to be had no more, null for all others.
 */
export function createSession(
  source: HeapSource,
  painter: Painter,
  openSource: OpenSource,
  named: (text: string) => RootRequest | 'gone' | null = () => null,
): Session {
  const pinned = signal<readonly string[]>([]);
  const field = signal('');
  const current = signal<string | null>(null);
  const shown = signal<Shown | null>(null);
  const picture = computed(() => shown.value?.picture ?? null);
  const notice = signal<Notice | null>(null);
  const said = signal<Said | null>(null);
  const refusal = computed(() =>
    shown.value?.origin === 'page' && !shown.value.stale
      ? null
      : 'This picture is not of the page as it is now, so no more of it can be read: draw an expression first.',
  );
  const view = signal(defaultView);
  const heap = signal(0);
  const running = signal<AbortController | null>(null);
  const found = signal(0);
  const expressions = computed(wanted);
  const drawable = computed(() => expressions.value.length > 0);

  function wanted(): readonly string[] {
    const expression = current.value;
    if (expression === null || pinned.value.includes(expression)) return pinned.value;
    return [...pinned.value, expression];
  }

  /**
   * Resolves to the picture that now stands, or null when a notice says why there is none.
   * @param standing The picture that is gone on with: its objects are read again, whatever the expressions would give now.
   * @param sought An object of it that is to be in the next one.
   * @param tried One of them that is drawn only if it can be evaluated; else nothing is drawn or said.
   */
  function show(
    expressions: readonly string[],
    standing: Picture | null = null,
    sought: ObjectId | null = null,
    tried: string | null = null,
  ): Promise<Picture | null> {
    running.value?.abort();
    if (expressions.length === 0) {
      batch(() => {
        running.value = null;
        shown.value = null;
        notice.value = null;
      });
      return Promise.resolve(null);
    }
    const roots = rootsOf(expressions, standing);
    if (roots === null) return Promise.resolve(null);
    return take(
      expressions.join('\n'),
      (capture, options) => capture.capture(roots, view.value, options),
      (snapshot) => {
        if (snapshot.roots.some(({ label, result }) => label === tried && !result.ok))
          return { fatal: true, notice: null };
        const failed = snapshot.roots.flatMap(({ label, result }) =>
          result.ok ? [] : [expressions.length > 1 ? `${label}: ${result.reason}` : result.reason],
        );
        if (failed.length === 0) {
          if (sought === null || snapshot.objects.has(sought)) return null;
          return { fatal: false, notice: { kind: 'error', text: REPLACED } };
        }
        const text = failed.join(' ');
        return { fatal: failed.length === snapshot.roots.length, notice: { kind: 'error', text } };
      },
    );
  }

  /** Null, with a notice, when one of them cannot be had any more. */
  function rootsOf(expressions: readonly string[], standing: Picture | null): readonly RootRequest[] | null {
    const roots: RootRequest[] = [];
    for (const expression of expressions) {
      const drawn = standing?.snapshot.roots.find(({ label }) => label === expression)?.result;
      const again = drawn?.ok && drawn.value.type === 'reference' ? drawn.value.id : null;
      const root = named(expression) ?? toRoot(expression, again);
      if (root === 'gone') {
        batch(() => {
          running.value = null;
          notice.value = {
            kind: 'error',
            text: `${expression} is gone: the console was cleared, the page went elsewhere, or the debugger was detached.`,
          };
        });
        return null;
      }
      roots.push(root);
    }
    return roots;
  }

  /**
   * Captures and draws. `judge` says what is to be told of the snapshot, and whether there is nothing in it to draw; the
   * last picture stays when there is not.
   */
  async function take(
    subject: string,
    ask: (capture: Capture, options: RequestOptions) => Promise<Outcome<Snapshot>>,
    judge: (
      snapshot: Snapshot,
      way: Capture['way'],
    ) => { readonly fatal: boolean; readonly notice: Notice | null } | null,
  ): Promise<Picture | null> {
    running.value?.abort();
    const controller = new AbortController();
    running.value = controller;
    found.value = 0;
    const onProgress = (objects: number): void => {
      if (running.value === controller) found.value = objects;
    };
    const end = (said: Notice | null): null => {
      // A newer request has taken over and will say how it went.
      if (running.value === controller) {
        batch(() => {
          running.value = null;
          if (said) notice.value = said;
        });
      }
      return null;
    };
    const fail = (text: string): null =>
      end({ kind: 'error', text: controller.signal.aborted ? sentence({ kind: 'aborted' }) : text });
    const read = view.value;
    const started = performance.now();
    const { capture, instead } = await source.open();
    const options = { signal: controller.signal, deadline: captureDeadline(read), onProgress };
    const captured = await ask(capture, options);
    if (!captured.ok) return fail(sentence(captured.failure));
    const judgement = judge(captured.value, capture.way);
    if (judgement?.fatal) return judgement.notice ? fail(judgement.notice.text) : end(null);
    const captureTime = performance.now() - started;
    const painted = await painter.paint(captured.value, read, subject, captureTime, controller.signal);
    if (!painted.ok) return fail(painted.message);
    if (running.value !== controller) return null;
    batch(() => {
      running.value = null;
      shown.value = { picture: painted.picture, origin: 'page', stale: false, way: capture.way, view: read };
      const aside: Notice | null = instead && { kind: 'error', text: sentence(instead) };
      notice.value = judgement?.notice ?? aside;
    });
    return painted.picture;
  }

  /** Draws a snapshot that is at hand; `of` is what it is of. */
  async function paintAgain(
    snapshot: Snapshot,
    subject: string,
    captureTime: number,
    said: Notice | null,
    of: Omit<Shown, 'picture'>,
  ) {
    running.value?.abort();
    const controller = new AbortController();
    running.value = controller;
    found.value = 0;
    const painted = await painter.paint(snapshot, of.view, subject, captureTime, controller.signal);
    if (running.value !== controller) return;
    batch(() => {
      running.value = null;
      if (painted.ok) shown.value = { ...of, picture: painted.picture };
      notice.value = painted.ok ? said : { kind: 'error', text: painted.message };
    });
  }

  /** The picture, if its objects can be asked for; says why not where they cannot. */
  function live(): Picture | null {
    const text = refusal.value;
    if (text === null) return picture.value;
    notice.value = { kind: 'error', text };
    return null;
  }

  /** Another heap has other objects under the same numbers. */
  function forgetNumbers(): void {
    view.value = { ...view.value, opened: [], ranges: [], expanded: [] };
    heap.value += 1;
  }

  /** The standing picture is of what was there before: its numbers must not be asked for in what comes. */
  function leaveHeap(): void {
    const standing = shown.value;
    batch(() => {
      forgetNumbers();
      if (standing?.origin === 'page') shown.value = { ...standing, stale: true };
    });
  }

  source.onFallenBack(() => {
    running.value?.abort();
    batch(() => {
      running.value = null;
      leaveHeap();
      notice.value = { kind: 'stale', text: FALLEN_BACK };
    });
  });

  source.onLeft(({ kind }) => {
    if (shown.value?.origin !== 'page' || shown.value.stale) return;
    batch(() => {
      leaveHeap();
      const what = kind === 'worker' ? 'The worker has ended' : 'The frame went to another document or is gone';
      notice.value = { kind: 'stale', text: `${what}: this picture shows what was there before.` };
    });
  });

  return {
    pinned,
    field,
    picture,
    notice,
    view,
    heap,
    source,
    shown,
    expressions,
    drawable,
    refusal,
    said,
    dismissSaid() {
      said.value = null;
    },
    busy: computed(() => running.value !== null),
    found,
    setField: (text) => {
      field.value = text;
    },
    look(heap) {
      const target = source.targets.value.find(({ id, kind }) => (heap === null ? kind === 'page' : id === heap));
      if (!target || target.id === source.target.value?.id) return;
      source.pick(target);
      leaveHeap();
    },
    setView: (next) => {
      view.value = next;
    },
    async draw(expression) {
      current.value = expression.trim() || null;
      await show(wanted());
    },
    async drawIfThere(expression) {
      const before = current.value;
      current.value = expression;
      const drawn = await show(wanted(), null, null, expression);
      if (drawn === null && current.value === expression) current.value = before;
      return drawn !== null;
    },
    async drawExactly(expressions) {
      batch(() => {
        pinned.value = [...new Set(expressions.slice(0, -1))];
        current.value = expressions.at(-1) ?? null;
        field.value = current.value ?? '';
      });
      const drawn = await show(wanted());
      if (drawn) return drawn;
      if (expressions.length === 0) throw new Error('There is nothing to draw: pass at least one expression.');
      throw new Error(notice.value?.text ?? 'Another drawing took the place of this one.');
    },
    async redraw() {
      await show(wanted());
    },
    async open(opening) {
      const standing = live();
      if (!standing) return;
      const { snapshot } = standing;
      view.value = openIn(view.value, (id) => painter.partsOf(id, snapshot, view.value), opening);
      await show(wanted(), standing, opening.object);
    },
    async pick(target) {
      source.pick(target);
      leaveHeap();
      await show(wanted());
    },
    async drawReferrers(target, from) {
      const standing = live();
      if (!standing) return;
      const roots = rootsOf(from === 'drawn' ? wanted() : ['globalThis'], standing);
      if (roots === null) return;
      await take(
        `who refers to #${target}`,
        (capture, options) => capture.referrers(target, roots, view.value, options),
        (snapshot, way) => {
          const place = from === 'drawn' ? 'what was drawn' : 'globalThis';
          const { found, text } = referrersSaid(target, snapshot, { place, way, scopes: view.value.scopes });
          return { fatal: !found, notice: { kind: 'aside', text } };
        },
      );
    },
    async act(target, deed) {
      if (!live()) return;
      said.value = null;
      const { capture } = await source.open();
      // The debugger may have been refused, or another frame picked, in the meantime.
      if (refusal.value !== null) return;
      said.value = await doDeed(capture, target, deed, openSource);
    },
    async expand(object, whole) {
      const standing = live();
      if (!standing) return;
      const others = view.value.expanded.filter((id) => id !== object);
      view.value = { ...view.value, expanded: whole ? [...others, object] : others };
      await show(wanted(), standing, object);
    },
    async repaint(reread) {
      const standing = shown.value;
      if (!standing) return;
      const { subject, snapshot, times } = standing.picture;
      // What is on its way would come with the old settings.
      const ofWanted = standing.origin === 'page' && !standing.stale && subject === wanted().join('\n');
      if (ofWanted && (reread || running.value)) await show(wanted(), standing.picture);
      else await paintAgain(snapshot, subject, times.capture, notice.value, standing);
    },
    showKept: (snapshot, subject, said) =>
      paintAgain(snapshot, subject, 0, said === null ? null : { kind: 'aside', text: said }, {
        origin: 'kept',
        stale: false,
        way: 'eval',
        view: view.value,
      }),
    showCalled: (snapshot, names) =>
      paintAgain(
        snapshot,
        names,
        0,
        { kind: 'called', text: `The page's own code drew this: ${names}.` },
        { origin: 'kept', stale: false, way: 'eval', view: view.value },
      ),
    complain(text) {
      notice.value = { kind: 'error', text };
    },
    async pin(expression) {
      const text = expression.trim();
      if (!text) return;
      batch(() => {
        if (!pinned.value.includes(text)) pinned.value = [...pinned.value, text];
        current.value = null;
        field.value = '';
      });
      await show(wanted());
    },
    async unpin(expression) {
      pinned.value = pinned.value.filter((other) => other !== expression);
      await show(wanted());
    },
    cancel() {
      running.value?.abort();
    },
    dismissNotice() {
      notice.value = null;
    },
    pageNavigated() {
      const standing = shown.value;
      batch(() => {
        leaveHeap();
        if (standing?.origin !== 'page') return;
        notice.value = {
          kind: 'stale',
          text: 'The page went to another document: this picture shows what was there before.',
        };
      });
    },
  };
}

/** `queryObjects(Class)`, as in DevTools' console, asks for all instances of a class; anything else is evaluated. */
function toRoot(expression: string, again: ObjectId | null): RootRequest {
  const [, inside] = /^queryObjects\(([\s\S]+)\)$/.exec(expression.trim()) ?? [];
  return inside !== undefined && isBalanced(inside)
    ? { type: 'instances', expression: inside }
    : { type: 'expression', expression, ...(again === null ? {} : { again }) };
}

/** Whether no parenthesis closes that was not opened: `A).map(f(x` is the middle of a longer expression. */
function isBalanced(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === '(') open += 1;
    else if (character === ')') open -= 1;
    if (open < 0) return false;
  }
  return open === 0;
}
