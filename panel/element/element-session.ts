/**
 * State and actions of the pane in Elements: it draws the JavaScript side of the selected element, its own properties and its
 * listeners, and what they refer to. Asks the page only while the pane is shown. Knows no extension API and no DOM.
 */

import { computed, effect, type ReadonlySignal, untracked } from '@preact/signals';
import type { Assignable } from '../../src/capture/assignable.ts';
import type { Capture, RootRequest } from '../../src/capture/capture.ts';
import { COMMAND_LINE } from '../../src/capture/command-line.ts';
import type { ObjectAction } from '../../src/capture/scripts/object-action.ts';
import type { Amount, BoxOverride, DiagramSettings, ViewSize } from '../../src/diagram/settings.ts';
import type { Settings } from '../../src/settings/settings.ts';
import type { ObjectId, Snapshot } from '../../src/snapshot/snapshot.ts';
import { say } from '../../src/words/say.ts';
import { errorMessage } from '../reading/messages.ts';
import type { OpenSource } from '../reading/open-source.ts';
import { createOverrides } from '../reading/overrides.ts';
import type { Painter } from '../reading/picture.ts';
import type { Unread } from '../reading/read-more.ts';
import { createReader, followDrawing } from '../reading/reader.ts';
import type { Finished, Opened, Question, ReaderState } from '../reading/reading.ts';
import { createShownIn } from '../reading/shown-in.ts';
import type { ViewActions } from '../reading/view/view-actions.ts';

export interface ElementSession {
  /** The picture, or one sentence when there is nothing to draw. */
  readonly state: ReadonlySignal<ReaderState>;
  /** How much of what was read is drawn. */
  readonly amount: ReadonlySignal<Amount>;
  /** Draws another amount of every element; null: as the settings say. */
  chooseAmount(amount: Amount | null): void;
  /** Called with the pane's new size, which decides how much can be read in it. */
  resize(size: ViewSize): void;
  dismissOutcome(): void;
  /** Reads the selected element again. */
  redraw(): void;
  /** Another element was selected, or the page navigated. What was opened for the earlier element is closed. */
  selectionChanged(): void;
  readMore(unread: Unread): void;
  act(object: ObjectId, action: ObjectAction): void;
  /** What of the picture is drawn, and undo. */
  readonly view: ViewActions;
  /** Puts the box of an object somewhere else, until another element is selected. */
  moveBox(object: ObjectId, place: NonNullable<BoxOverride['place']>): void;
  assign(place: Assignable, expression: string): Promise<void>;
  /** The whole text; null when it is gone, which a message says. */
  textOf(place: Assignable): Promise<string | null>;
  close(): void;
}

/** What the session gets from DevTools. */
export interface ElementTools {
  readonly shown: ReadonlySignal<boolean>;
  readonly settings: ReadonlySignal<Settings>;
  /** The capture to ask now: that of the debugger when it is attached. */
  capture(): Capture;
  readonly openSource: OpenSource;
}

/** The depth of reading. The pane is narrow, so what is further away is read at a click. */
const DEPTH = 3;

/**
 * The listeners by their types, with their options. It uses nothing that a page may have replaced; `getEventListeners` belongs to
 * DevTools' command line.
 */
const LISTENERS = `${COMMAND_LINE}.listenersOf($0)`;

const ROOTS: readonly RootRequest[] = [
  { type: 'expression', expression: '$0' },
  { type: 'expression', expression: LISTENERS, label: 'listeners' },
];

/** Characters. The pane has space for about 40, and tooltips show longer texts whole. */
const LONGEST = 24;

const shortened = (text: DiagramSettings['text']): DiagramSettings['text'] => ({
  ...text,
  maximumLength: Math.min(text.maximumLength, LONGEST),
});

/** Hides locations of functions, which are wider than the pane. The menu of a function leads there. */
const withoutLocations = (keys: DiagramSettings['keys']): DiagramSettings['keys'] => ({
  ...keys,
  hidePattern: [keys.hidePattern, String.raw`^\[\[FunctionLocation\]\]$`].filter((part) => part !== '').join('|'),
});

/** Draws functions as boxes, for when their closures are known. */
const asBoxes = ({ types }: DiagramSettings): DiagramSettings['types'] => ({
  ...types,
  function: { ...types.function, display: 'box' },
});

const NONE = errorMessage(say('noElement'));

export function createElementSession(
  painter: Painter,
  { shown, settings, capture, openSource }: ElementTools,
): ElementSession {
  /** Counts selections. What was opened belongs to one of them. */
  let selections = 0;
  const open = async (): Promise<Opened> => ({
    capture: capture(),
    heap: () => `selection ${selections}`,
    instead: null,
  });
  const shownIn = createShownIn();
  const overrides = createOverrides();
  const reader = createReader({
    shownIn,
    painter,
    settings,
    overrides,
    openSource,
    readAgain: draw,
    editor: open,
    base: (transport) => ({ depth: DEPTH, scopes: transport === 'debugger' }),
    restyle: (drawing, transport) => ({
      ...drawing,
      types: transport === 'debugger' ? asBoxes(drawing) : drawing.types,
      keys: withoutLocations(drawing.keys),
      text: shortened(drawing.text),
    }),
  });

  async function draw(): Promise<void> {
    reader.close();
    if (!shown.peek()) return;
    const question: Question = {
      subject: '',
      roots: ROOTS,
      // A function inside an object is read only by its number, which the first reading gives.
      further: (snapshot, { transport }) => (transport === 'debugger' ? listenersIn(snapshot) : []),
      finish,
    };
    await reader.read(question, open);
  }

  const stop = effect(() => {
    shown.value;
    settings.value;
    untracked(() => void draw());
  });
  const stopDrawing = followDrawing(reader);

  return {
    state: reader.state,
    amount: computed(() => shownIn.amountOf('') ?? settings.value.drawing.amount),
    chooseAmount: (amount) => shownIn.choose(null, amount),
    resize: shownIn.resize,
    dismissOutcome: () => reader.setOutcome(null),
    redraw: () => void draw(),
    selectionChanged() {
      selections += 1;
      reader.setOutcome(null);
      void draw();
    },
    readMore: (unread) => void reader.readMore(unread),
    act: (object, action) => void reader.act(object, action, open),
    // Of every element a lens would be offered, for which the pane has no room.
    view: { ...reader.view, state: computed(() => ({ ...reader.view.state.value, offered: [] })) },
    moveBox(object, place) {
      const heap = reader.state.peek().reading?.heap;
      if (heap !== undefined) reader.override(object, { ...overrides.of(heap).overrides.get(object), place });
    },
    assign: (place, expression) => reader.assign(place, expression),
    textOf: reader.textOf,
    close() {
      stop();
      stopDrawing();
      reader.close();
      shownIn.close();
    },
  };
}

/** The listeners of the element, as functions. */
function listenersIn({ roots, objects }: Snapshot): readonly ObjectId[] {
  const root = roots[1]?.result;
  const listeners = root?.ok && root.value.type === 'reference' ? objects.get(root.value.id) : undefined;
  return (listeners?.parts ?? []).flatMap((part) =>
    part.type === 'property' && part.value.type === 'reference' ? [part.value.id] : [],
  );
}

/** Leaves out the listeners when there are none. Draws nothing when no element is selected. */
function finish(snapshot: Snapshot): Finished {
  const [element, listeners] = snapshot.roots;
  if (!element?.result.ok || element.result.value.type !== 'reference')
    return { snapshot: null, message: NONE, keeps: false };
  const finished = { message: null, subject: say('element_subject', { number: String(element.result.value.id) }) };
  if (listeners && !listeners.result.ok) {
    // Nothing else makes the command line throw.
    const failed = { ...listeners, result: { ok: false, reason: say('unread_ownListeners') } } as const;
    return { ...finished, snapshot: { ...snapshot, roots: [element, failed] } };
  }
  const some = listeners?.result.ok && listeners.result.value.type === 'reference';
  const list = some && snapshot.objects.get(listeners.result.value.id);
  return { ...finished, snapshot: list && list.parts.length > 0 ? snapshot : { ...snapshot, roots: [element] } };
}
