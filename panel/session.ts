/**
 * What the expression view knows and does: the expressions, the picture that stands, and the way from one to the other.
 * Its state lives in signals here and nowhere else; components read it. Knows no extension API and no DOM.
 */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Capture, RootRequest } from '../src/capture/capture.ts';
import type { Outcome, RequestOptions } from '../src/capture/connection.ts';
import { sentence } from '../src/capture/failure.ts';
import { defaultView, type ObjectId, type Snapshot, type View } from '../src/snapshot/snapshot.ts';
import type { HeapSource } from './heap/heap-source.ts';
import { type Opening, openIn } from './heap/opening.ts';
import type { Painter, Picture } from './painter.ts';

/** Milliseconds until a capture is given up: the page's own time budget, and as much again for the way. */
const CAPTURE_DEADLINE = 5000;

export interface Notice {
  /** `aside`: the picture shows something else than the expressions, on the person's word. */
  readonly kind: 'error' | 'stale' | 'aside';
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
  /** True when there is something that `redraw` would draw. */
  readonly drawable: ReadonlySignal<boolean>;
  /** Draws an expression together with the pinned ones. */
  draw(expression: string): Promise<void>;
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
  /** Who is asked for the next drawing. */
  readonly source: HeapSource;
  /** How the picture that stands was read. */
  readonly way: ReadonlySignal<Capture['way']>;
  /** Reads what is behind a `…` or `✂`, and draws it with the rest. */
  open(opening: Opening): Promise<void>;
  /**
   * Who refers to this object: draws the ways that lead to it from what is drawn, or from everything that `globalThis`
   * reaches.
   */
  drawReferrers(target: ObjectId, from: 'drawn' | 'everywhere'): Promise<void>;
  setView(view: View): void;
  /** Reads all of an object, or its slices again, and draws it with the rest. */
  expand(object: ObjectId, whole: boolean): Promise<void>;
  /** Draws what was read with the settings in force; `reread` asks the page first where the picture is of the page. */
  repaint(reread: boolean): Promise<void>;
  /** Draws a snapshot that is at hand, in place of what the page holds; `said` is one sentence about it. */
  showKept(snapshot: Snapshot, subject: string, said: string | null): Promise<void>;
  /** Says one sentence about something that went wrong. */
  complain(text: string): void;
  /** The page went elsewhere: the picture shows what was. */
  pageNavigated(): void;
}

export function createSession(source: HeapSource, painter: Painter): Session {
  const pinned = signal<readonly string[]>([]);
  const field = signal('');
  const current = signal<string | null>(null);
  const picture = signal<Picture | null>(null);
  const notice = signal<Notice | null>(null);
  const view = signal(defaultView);
  const way = signal<Capture['way']>('eval');
  const running = signal<AbortController | null>(null);
  const drawable = computed(() => wanted().length > 0);

  function wanted(): readonly string[] {
    const expression = current.value;
    if (expression === null || pinned.value.includes(expression)) return pinned.value;
    return [...pinned.value, expression];
  }

  /** Resolves to the picture that now stands, or null when a notice says why there is none. */
  function show(expressions: readonly string[]): Promise<Picture | null> {
    running.value?.abort();
    if (expressions.length === 0) {
      batch(() => {
        running.value = null;
        picture.value = null;
        notice.value = null;
      });
      return Promise.resolve(null);
    }
    const roots = expressions.map(toRoot);
    return take(
      expressions.join('\n'),
      (capture, options) => capture.capture(roots, view.value, options),
      (snapshot) => {
        const failed = snapshot.roots.flatMap(({ label, result }) =>
          result.ok ? [] : [expressions.length > 1 ? `${label}: ${result.reason}` : result.reason],
        );
        if (failed.length === 0) return null;
        const text = failed.join(' ');
        return { fatal: failed.length === snapshot.roots.length, notice: { kind: 'error', text } };
      },
    );
  }

  /**
   * Captures and draws. `judge` says what is to be told of the snapshot, and whether there is nothing in it to draw; the
   * last picture stays when there is not.
   */
  async function take(
    subject: string,
    ask: (capture: Capture, options: RequestOptions) => Promise<Outcome<Snapshot>>,
    judge: (snapshot: Snapshot) => { readonly fatal: boolean; readonly notice: Notice } | null,
  ): Promise<Picture | null> {
    running.value?.abort();
    const controller = new AbortController();
    running.value = controller;
    const fail = (text: string): null => {
      // A newer request has taken over and will say how it went.
      if (running.value === controller) {
        batch(() => {
          running.value = null;
          notice.value = { kind: 'error', text };
        });
      }
      return null;
    };
    const started = performance.now();
    const capture = await source.open();
    const captured = await ask(capture, { signal: controller.signal, deadline: CAPTURE_DEADLINE });
    if (!captured.ok) return fail(sentence(captured.failure));
    const judgement = judge(captured.value);
    if (judgement?.fatal) return fail(judgement.notice.text);
    const captureTime = performance.now() - started;
    const painted = await painter.paint(captured.value, subject, captureTime, controller.signal);
    if (!painted.ok) return fail(painted.message);
    if (running.value !== controller) return null;
    batch(() => {
      running.value = null;
      picture.value = painted.picture;
      way.value = capture.way;
      notice.value = judgement?.notice ?? null;
    });
    return painted.picture;
  }

  /** Draws a snapshot that is at hand. */
  async function paintAgain(snapshot: Snapshot, subject: string, captureTime: number, said: Notice | null) {
    running.value?.abort();
    const controller = new AbortController();
    running.value = controller;
    const painted = await painter.paint(snapshot, subject, captureTime, controller.signal);
    if (running.value !== controller) return;
    batch(() => {
      running.value = null;
      if (painted.ok) picture.value = painted.picture;
      notice.value = painted.ok ? said : { kind: 'error', text: painted.message };
    });
  }

  return {
    pinned,
    field,
    picture,
    notice,
    view,
    source,
    way,
    drawable,
    busy: computed(() => running.value !== null),
    setField: (text) => {
      field.value = text;
    },
    setView: (next) => {
      view.value = next;
    },
    async draw(expression) {
      current.value = expression.trim() || null;
      await show(wanted());
    },
    async drawExactly(expressions) {
      batch(() => {
        pinned.value = [...new Set(expressions.slice(0, -1))];
        current.value = expressions.at(-1) ?? null;
        field.value = current.value ?? '';
      });
      const drawn = await show(wanted());
      if (!drawn) throw new Error(notice.value?.text ?? 'There is nothing to draw: pass at least one expression.');
      return drawn;
    },
    async redraw() {
      await show(wanted());
    },
    async open(opening) {
      const standing = picture.value;
      if (!standing) return;
      view.value = openIn(view.value, standing.snapshot.objects, opening);
      await show(wanted());
    },
    async drawReferrers(target, from) {
      const roots = from === 'drawn' ? wanted() : ['globalThis'];
      await take(
        `who refers to #${target}`,
        (capture, options) => capture.referrers(target, roots.map(toRoot), view.value, options),
        (snapshot) => {
          const place = from === 'drawn' ? 'what was drawn' : 'globalThis';
          const found = snapshot.objects.has(target);
          const unfinished = snapshot.cuts.has('time') ? ', as far as the time allowed' : '';
          const text = found
            ? `The ways from ${place} to object #${target}${unfinished}.`
            : `No way leads from ${place} to object #${target}${unfinished}.`;
          return { fatal: !found, notice: { kind: 'aside', text } };
        },
      );
    },
    async expand(object, whole) {
      const others = view.value.expanded.filter((id) => id !== object);
      view.value = { ...view.value, expanded: whole ? [...others, object] : others };
      await show(wanted());
    },
    async repaint(reread) {
      const standing = picture.value;
      if (!standing) return;
      // What is on its way would come with the old settings.
      const ofPage = standing.subject === wanted().join('\n') && notice.value?.kind !== 'stale';
      if (ofPage && (reread || running.value)) await show(wanted());
      else await paintAgain(standing.snapshot, standing.subject, standing.times.capture, notice.value);
    },
    showKept: (snapshot, subject, said) =>
      paintAgain(snapshot, subject, 0, said === null ? null : { kind: 'aside', text: said }),
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
      if (!picture.value) return;
      notice.value = {
        kind: 'stale',
        text: 'The page went to another document: this picture shows what was there before.',
      };
    },
  };
}

/** `queryObjects(Class)`, as in DevTools' console, asks for all instances of a class; anything else is evaluated. */
function toRoot(expression: string): RootRequest {
  const instances = /^queryObjects\(([\s\S]+)\)$/.exec(expression.trim());
  return instances?.[1] ? { type: 'instances', expression: instances[1] } : { type: 'expression', expression };
}
