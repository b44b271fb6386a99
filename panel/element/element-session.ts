/**
 * What the pane in Elements knows and does: draws the JavaScript side of the selected element, its own properties and its
 * listeners, and what they refer to. Asks the page only while it is seen. Knows no extension API and no DOM.
 */
import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Capture, RootRequest } from '../../src/capture/capture.ts';
import { TOOL_LINES } from '../../src/capture/command-line.ts';
import type { Deed } from '../../src/capture/deed.ts';
import { sentence } from '../../src/capture/failure.ts';
import type { OpenSource } from '../../src/devtools/open-source.ts';
import type { DiagramSettings } from '../../src/diagram/settings.ts';
import { drawingOf, readingOf, type Settings } from '../../src/settings/settings.ts';
import { defaultView, type ObjectId, type Snapshot, type View } from '../../src/snapshot/snapshot.ts';
import { captureDeadline } from '../deadline.ts';
import { doDeed, type Said } from '../deeds/deeds.ts';
import { openIn, type Unread } from '../heap/opening.ts';
import type { Painter, Picture } from '../painter.ts';

export interface ElementSession {
  readonly picture: ReadonlySignal<Picture | null>;
  /** What made the picture. */
  readonly way: ReadonlySignal<Capture['way']>;
  /** One sentence when there is nothing to draw. */
  readonly trouble: ReadonlySignal<string | null>;
  readonly said: ReadonlySignal<Said | null>;
  dismissSaid(): void;
  /** Reads the selected element again. */
  redraw(): void;
  /** Another element is selected: what was opened in the one before is closed. */
  selectionChanged(): void;
  open(opening: Unread): void;
  act(object: ObjectId, deed: Deed): void;
  close(): void;
}

/** What the session is told of DevTools. */
export interface ElementTools {
  readonly shown: ReadonlySignal<boolean>;
  readonly settings: ReadonlySignal<Settings>;
  /** Who is asked now: the debugger where it is attached. */
  capture(): Capture;
  readonly openSource: OpenSource;
}

/** A pane is narrow: what is further away than this is read at a click. */
export const DEPTH = 3;

/**
 * The listeners by their types, with what is special of them. Written without what a page may have replaced;
 * `getEventListeners` is of DevTools' command line.
 */
const LISTENERS = `(() => {
  ${TOOL_LINES}
  const listeners = tool('getEventListeners');
  if (!listeners) throw 'the page has a getEventListeners of its own';
  // A copy of own properties alone: the page may have put a getter on Object.prototype.
  const all = { __proto__: null, ...listeners($0) };
  const shown = { __proto__: null };
  for (const type in all) {
    const list = all[type];
    for (let index = 0; index < list.length; index += 1) {
      const { listener, useCapture, once, passive } = list[index];
      const name = type + (useCapture ? ' capture' : '') + (once ? ' once' : '') + (passive ? ' passive' : '');
      let free = name;
      for (let number = 2; free in shown; number += 1) free = name + ' ' + number;
      shown[free] = listener;
    }
  }
  return shown;
})()`;

const ROOTS: readonly RootRequest[] = [
  { type: 'expression', expression: '$0' },
  { type: 'expression', expression: LISTENERS, label: 'listeners' },
];

/** Characters: the pane has room for some 40, and longer texts are whole in their hints. */
const LONGEST = 24;

const shortened = (text: DiagramSettings['text']): DiagramSettings['text'] => ({
  ...text,
  maximumLength: Math.min(text.maximumLength, LONGEST),
});

/** An address is wider than the pane; the menu of a function leads there. */
const withoutLocations = (keys: DiagramSettings['keys']): DiagramSettings['keys'] => ({
  ...keys,
  hidePattern: [keys.hidePattern, String.raw`^\[\[FunctionLocation\]\]$`].filter((part) => part !== '').join('|'),
});

export function createElementSession(
  painter: Painter,
  { shown, settings, capture, openSource }: ElementTools,
): ElementSession {
  const picture = signal<Picture | null>(null);
  const way = signal<Capture['way']>('eval');
  const trouble = signal<string | null>(null);
  const said = signal<Said | null>(null);
  let opened: Pick<View, 'opened' | 'ranges' | 'expanded'> = { opened: [], ranges: [], expanded: [] };
  let running: AbortController | null = null;

  async function draw(): Promise<void> {
    running?.abort();
    if (!shown.peek()) return;
    const controller = new AbortController();
    running = controller;
    const { signal: aborted } = controller;
    const asked = performance.now();
    const asking = capture();
    const exact = asking.way === 'debugger';
    const view = { ...defaultView, ...readingOf(settings.peek()), ...opened, depth: DEPTH, scopes: exact };
    const options = { signal: aborted, deadline: captureDeadline(view) };
    let captured = await asking.capture(ROOTS, view, options);
    const functions = exact && captured.ok ? listenersIn(captured.value) : [];
    // A function within something is read when it is asked for, which takes its number.
    if (functions.length > 0)
      captured = await asking.capture(ROOTS, { ...view, opened: [...view.opened, ...functions] }, options);
    if (aborted.aborted) return;
    if (!captured.ok) {
      trouble.value = sentence(captured.failure);
      return;
    }
    const snapshot = told(captured.value);
    if (!snapshot) {
      picture.value = null;
      trouble.value = 'No element is selected here, or it is in a frame of another origin: select one of the page.';
      return;
    }
    const drawing = drawingOf(settings.peek(), new Map());
    // Where closures are known, a function is more than its name.
    const types = exact
      ? { ...drawing.types, function: { ...drawing.types.function, display: 'box' } as const }
      : drawing.types;
    painter.setSettings({ ...drawing, types, keys: withoutLocations(drawing.keys), text: shortened(drawing.text) });
    const [root] = snapshot.roots;
    const subject = root?.result.ok && root.result.value.type === 'reference' ? `element #${root.result.value.id}` : '';
    const painted = await painter.paint(snapshot, view, subject, performance.now() - asked, aborted);
    if (aborted.aborted) return;
    way.value = asking.way;
    trouble.value = painted.ok ? null : painted.message;
    if (painted.ok) picture.value = painted.picture;
  }

  const stop = effect(() => {
    shown.value;
    settings.value;
    untracked(() => void draw());
  });

  return {
    picture,
    way,
    trouble,
    said,
    dismissSaid() {
      said.value = null;
    },
    redraw: () => void draw(),
    selectionChanged() {
      opened = { opened: [], ranges: [], expanded: [] };
      said.value = null;
      void draw();
    },
    open(opening) {
      const standing = picture.value;
      if (!standing) return;
      const { snapshot } = standing;
      const view = { ...defaultView, ...opened };
      opened = openIn(view, (id) => painter.partsOf(id, snapshot, view), opening);
      void draw();
    },
    act(object, deed) {
      said.value = null;
      void doDeed(capture(), object, deed, openSource).then((text) => {
        said.value = text;
      });
    },
    close() {
      stop();
      running?.abort();
    },
  };
}

/** The functions that listen. */
function listenersIn({ roots, objects }: Snapshot): readonly ObjectId[] {
  const root = roots[1]?.result;
  const held = root?.ok && root.value.type === 'reference' ? objects.get(root.value.id) : undefined;
  return (held?.parts ?? []).flatMap((part) =>
    part.type === 'property' && part.value.type === 'reference' ? [part.value.id] : [],
  );
}

/** Without the listeners where there are none; null where no element is selected. */
function told(snapshot: Snapshot): Snapshot | null {
  const [element, listeners] = snapshot.roots;
  if (!element?.result.ok || element.result.value.type !== 'reference') return null;
  if (listeners && !listeners.result.ok) return snapshot;
  const some = listeners?.result.ok && listeners.result.value.type === 'reference';
  const held = some && snapshot.objects.get(listeners.result.value.id);
  return held && held.parts.length > 0 ? snapshot : { ...snapshot, roots: [element] };
}
