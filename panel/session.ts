/**
 * What the expression view knows and does: the expressions, the picture that stands, and the way from one to the other.
 * Its state lives in signals here and nowhere else; components read it. Knows no extension API and no DOM.
 */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Capture } from '../src/capture/capture.ts';
import { sentence } from '../src/capture/failure.ts';
import { defaultView, type View } from '../src/snapshot/snapshot.ts';
import type { HeapSource } from './heap/heap-source.ts';
import { type Opening, openIn } from './heap/opening.ts';
import type { Painter, Picture } from './painter.ts';

/** Milliseconds until a capture is given up: the page's own time budget, and as much again for the way. */
const CAPTURE_DEADLINE = 5000;

export interface Notice {
  readonly kind: 'error' | 'stale';
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
  /** How the picture that stands was read. */
  readonly way: ReadonlySignal<Capture['way']>;
  /** Reads what is behind a `…` or `✂`, and draws it with the rest. */
  open(opening: Opening): Promise<void>;
  setView(view: View): void;
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
  async function show(expressions: readonly string[]): Promise<Picture | null> {
    running.value?.abort();
    if (expressions.length === 0) {
      batch(() => {
        running.value = null;
        picture.value = null;
        notice.value = null;
      });
      return null;
    }
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
    const captured = await capture.capture(
      expressions.map((expression) => ({ type: 'expression', expression })),
      view.value,
      { signal: controller.signal, deadline: CAPTURE_DEADLINE },
    );
    if (!captured.ok) return fail(sentence(captured.failure));
    const snapshot = captured.value;
    const failed = snapshot.roots.flatMap(({ label, result }) => (result.ok ? [] : [{ label, reason: result.reason }]));
    const complaint = failed
      .map(({ label, reason }) => (expressions.length > 1 ? `${label}: ${reason}` : reason))
      .join(' ');
    if (failed.length === snapshot.roots.length) return fail(complaint);
    const captureTime = performance.now() - started;
    const painted = await painter.paint(snapshot, expressions.join('\n'), captureTime, controller.signal);
    if (!painted.ok) return fail(painted.message);
    if (running.value !== controller) return null;
    const next = painted.picture;
    batch(() => {
      running.value = null;
      picture.value = next;
      way.value = capture.way;
      notice.value = complaint ? { kind: 'error', text: complaint } : null;
    });
    return next;
  }

  return {
    pinned,
    field,
    picture,
    notice,
    view,
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
