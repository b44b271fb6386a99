/** Makes a picture from a snapshot: diagram, layout, counts. Every view of the panel uses it. */
import { buildDiagram } from '../../src/diagram/build.ts';
import { choose } from '../../src/diagram/choices.ts';
import type { Diagram, DiagramStats } from '../../src/diagram/diagram.ts';
import type { DrawnObjects } from '../../src/diagram/drawn.ts';
import { boxKeyOf } from '../../src/diagram/keys.ts';
import type { Amount, DiagramSettings, ViewSize } from '../../src/diagram/settings.ts';
import { countDiagram } from '../../src/diagram/stats.ts';
import { focusedOn, settingsForFolded } from '../../src/interest/focus.ts';
import { type PathsShown, settingsForPaths } from '../../src/interest/paths-shown.ts';
import { type Lay, type Readable, readable } from '../../src/interest/readable.ts';
import { readableSize, roomIn } from '../../src/interest/room.ts';
import type { Form } from '../../src/interest/selection.ts';
import { areAt, relocated } from '../../src/layout/beside/relocate.ts';
import type { Layout } from '../../src/layout/layout.ts';
import type { Placed, TextMeasure } from '../../src/layout/placed.ts';
import { applyLens } from '../../src/lenses/apply.ts';
import type { Lens } from '../../src/lenses/lens.ts';
import { internalsIn } from '../../src/lenses/recognize.ts';
import type { Grouper } from '../../src/overview/grouper.ts';
import type { ReadOptions } from '../../src/snapshot/read-options.ts';
import type { ObjectId, Part, Snapshot } from '../../src/snapshot/snapshot.ts';
import { sentence } from '../../src/transport/failure.ts';
import { say } from '../../src/words/say.ts';

import { createOverviews, drawnOverview, manyObjects, nothingOpened, type Overview } from './overview.ts';

/** Milliseconds each stage took, for the status line and the benchmark. */
export interface Times {
  readonly capture: number;
  readonly diagram: number;
  readonly layout: number;
}

/** A picture with all that it was made from. */
export interface Picture {
  /** What it shows, in the user's words. A picture of another subject is shown from its root. */
  readonly subject: string;
  readonly snapshot: Snapshot;
  readonly diagram: Diagram;
  readonly placed: Placed;
  readonly stats: DiagramStats;
  /** What of the snapshot is drawn; null for all. */
  readonly drawn: DrawnObjects | null;
  /** The settings with which it was drawn. */
  readonly settings: DiagramSettings;
  /** The name of the lens through which it is drawn; null for none. */
  readonly lens: string | null;
  /** Another snapshot as this picture shows its own: through its lens, from its root. */
  readonly seen: (snapshot: Snapshot) => Snapshot;
  /** Objects that could be in the picture. */
  readonly objects: number;
  /** The groups that are drawn; null where objects are drawn. */
  readonly overview: Overview | null;
  readonly times: Times;
  /** When all stages had ended and the picture went to the screen, as `performance.now()`. */
  readonly readyAt: number;
}

export type Painted =
  | { readonly ok: true; readonly picture: Picture }
  /** `message` is one sentence for the user. */
  | { readonly ok: false; readonly message: string };

/** How a picture is drawn, and what of it. */
export interface PictureSettings extends DiagramSettings {
  /** Objects that the user made the root, one after the other; the last one that was read is it. */
  readonly focus?: readonly ObjectId[];
  /** Only these paths are drawn. */
  readonly paths?: PathsShown;
  /** The lens through which the objects are drawn. */
  readonly lens?: Lens;
}

/** What to paint, and how. */
export interface PaintRequest {
  readonly snapshot: Snapshot;
  /** The options with which it was read. */
  readonly options: ReadOptions;
  readonly drawing: PictureSettings;
  readonly subject: string;
  /** Milliseconds that the capture took. */
  readonly captureTime: number;
  /** Called with a first picture, when the right one will take long. */
  readonly onRough?: (picture: Picture) => void;
}

export interface Painter {
  paint(request: PaintRequest, signal: AbortSignal): Promise<Painted>;
  /** The parts of an object of the snapshot as its box shows them: one part can stand for many. */
  partsOf(object: ObjectId, request: Pick<PaintRequest, 'snapshot' | 'options' | 'drawing'>): readonly Part[];
}

/** The number of objects from which on each stage takes so long that a user wants to see progress and be able to cancel. */
const LARGE = 2000;
/** Milliseconds: enough for a frame and for a pending click. */
const TURN = 20;

/** Lets the panel run between two stages of a large picture. Resolves to whether the picture is still wanted. */
async function isStillWanted({ objects }: Snapshot, abort: AbortSignal): Promise<boolean> {
  if (objects.size > LARGE) await new Promise((resolve) => setTimeout(resolve, TURN));
  return !abort.aborted;
}

const cancelled: Painted = { ok: false, message: sentence({ kind: 'aborted' }) };

/** What was opened is drawn whole, regardless of the slices of its type. */
const settingsFor = (
  { drawing, options: { ranges, expanded } }: Pick<PaintRequest, 'drawing' | 'options'>,
  internals: ReadonlySet<ObjectId> = new Set(),
  /** Objects whose rows are all shown. */
  rows: readonly ObjectId[] = [],
) => ({
  ...drawing,
  internals,
  opened: new Set([...ranges.map(({ id }) => id), ...expanded, ...(drawing.whole ?? []), ...rows]),
});

const rootsOf = ({ roots }: Snapshot): readonly ObjectId[] =>
  roots.flatMap(({ result }) => (result.ok && result.value.type === 'reference' ? [result.value.id] : []));

/** How a picture was chosen: the next one of the same subject in the same view is chosen alike. */
interface Choice {
  readonly form: Form | 'whole';
  readonly view: ViewSize;
  readonly amount: Amount;
}

interface Last {
  readonly subject: string;
  readonly placed: Placed;
  /** What the user chose for single objects, as text. */
  readonly choices: string;
  readonly choice: Choice | null;
  /** The number of boxes that were put beside others by a redraw, since all were arranged anew. */
  readonly added: number;
}

/** A redraw that adds or takes away more than this share of the boxes is arranged anew. So is one after many small ones. */
const SMALL_CHANGE = 0.15;
const MANY_ADDED = 0.4;

/** @param grouper Without one there are no overviews. */
export function createPainter(layout: Layout, measure: TextMeasure, grouper: Grouper | null = null): Painter {
  /** The last picture. The next one of the same subject keeps its boxes in place. */
  let last: Last | null = null;
  /** The last picture without focus or paths, to which the user goes back. */
  let lastUsual: Last | null = null;
  const overviewOf = createOverviews(grouper);

  return {
    partsOf(id, request) {
      const object = request.snapshot.objects.get(id);
      return object
        ? choose(request.snapshot, settingsFor(request))
            .shownParts(object)
            .map(({ part }) => part)
        : [];
    },
    async paint(request, abort) {
      try {
        return await paint(request, abort);
      } catch (error) {
        if (abort.aborted) return cancelled;
        return {
          ok: false,
          message: say('paint_failed', { message: error instanceof Error ? error.message : String(error) }),
        };
      }
    },
  };

  async function paint(request: PaintRequest, abort: AbortSignal): Promise<Painted> {
    const { snapshot, subject, captureTime, onRough } = request;
    if (!(await isStillWanted(snapshot, abort))) return cancelled;
    const started = performance.now();
    // A lens says which rows of what was asked for are worth showing.
    const shownWhole = request.drawing.lens ? rootsOf(snapshot) : [];
    const settings = settingsFor(request, internalsIn(snapshot, request.drawing.lens), shownWhole);
    const { amount, view, paths, lens, focus = [] } = settings;
    const root = focus.findLast((id) => snapshot.objects.has(id));
    const isUsual = paths === undefined && root === undefined;
    const seen = (snapshot: Snapshot): Snapshot => {
      const focused = root === undefined ? snapshot : focusedOn(snapshot, root);
      return lens ? applyLens(lens, focused) : focused;
    };
    const before = isUsual && lastUsual?.subject === subject ? lastUsual : last;
    const previous = before?.subject === subject ? before : null;
    const choices = choicesIn(request);
    const isChosen = previous !== null && previous.choices !== choices;
    let added = 0;
    let layoutTime = 0;
    /** Why there is no layout, in one sentence, where it was not canceled here. */
    let failure: string | null = null;
    /** Whether the picture before was of the same amount in the same view. */
    let keepsForm = false;
    let isWrapped = false;
    const isWhole = amount === 'all' || amount === 'everything' || amount === 'overview' || !view;
    let grouped: Overview | null = null;
    const finished = ({ diagram, placed, objects, settings }: Omit<Readable, 'form'>): Picture => {
      const readyAt = performance.now();
      const times = { capture: captureTime, diagram: readyAt - started - layoutTime, layout: layoutTime };
      const stats = countDiagram(diagram);
      const drawn = settings.drawn ?? null;
      const overview = grouped;
      const through = { lens: lens?.name ?? null, seen };
      return {
        subject,
        snapshot,
        diagram,
        placed,
        stats,
        drawn,
        settings,
        ...through,
        objects,
        overview,
        times,
        readyAt,
      };
    };
    const lay = async (diagram: Diagram, still = false, narrows = false): Promise<Placed | null> => {
      if (!(await isStillWanted(snapshot, abort))) return null;
      const asked = performance.now();
      const changed = previous ? changedBoxes(diagram, previous.placed) : 0;
      added = isChosen ? 0 : (previous?.added ?? 0) + changed;
      const size = diagram.boxes.length;
      const isSmall = changed <= Math.max(1, SMALL_CHANGE * size) && added <= Math.max(2, MANY_ADDED * size);
      const beside = (still || isWrapped) && (isChosen || isSmall);
      if (!beside) added = 0;
      const wraps = isWhole ? whenWhole(keepsForm && isSmall) : narrows ? 'narrow' : 'fits';
      const outcome = await layout.layout(diagram, measure, {
        signal: abort,
        previous: previous?.placed ?? null,
        beside,
        ...(view && settings.wrap && { window: { ...readableSize(view), wraps } }),
        ...(onRough &&
          !grouped &&
          (amount === 'all' || !view) && {
            onRough: (placed) => onRough(finished({ diagram, placed, settings, objects: diagram.boxes.length })),
          }),
      });
      layoutTime += performance.now() - asked;
      if (!outcome.ok) failure = outcome.message;
      return outcome.ok ? outcome.placed : null;
    };
    const drawnFrom = seen(snapshot);
    const form = isUsual ? formFor(previous?.choice, view, amount) : null;
    const still = form !== null && (isChosen || form !== 'whole');
    keepsForm = form !== null;
    isWrapped = form !== null && previous?.placed.tier === 'wrapped';
    const isGrouped =
      grouper !== null &&
      isUsual &&
      (amount === 'overview' || (amount === 'everything' && snapshot.objects.size > manyObjects));
    if (isGrouped)
      grouped = await overviewOf(snapshot, settings.groups ?? nothingOpened, () => isStillWanted(snapshot, abort));
    if (abort.aborted) return cancelled;
    if (isGrouped && !grouped) return { ok: false, message: say('overview_failed') };
    const chosen = grouped
      ? await drawnOverview(grouped, settings, lay)
      : paths !== undefined
        ? await larger(drawnFrom, settingsForPaths(drawnFrom, settings, paths), lay)
        : isWhole
          ? await whole(drawnFrom, settingsForFolded(drawnFrom, settings), lay, isUsual && isChosen)
          : await readable({ snapshot: drawnFrom, settings, view, previous: form, still }, lay);
    if (!(await isStillWanted(snapshot, abort))) return cancelled;
    if (!chosen) return failure === null ? cancelled : { ok: false, message: failure };
    const placed = await dragged(chosen, settings, layout, measure, abort);
    if (abort.aborted) return cancelled;
    const choice: Choice | null = view && isUsual ? { form: chosen.form ?? 'whole', view, amount } : null;
    // The next one is arranged beside this one as it was before boxes were dragged, so that they can go back.
    last = { subject, placed: chosen.placed, choices, choice, added };
    if (isUsual) lastUsual = last;
    return { ok: true, picture: finished({ ...chosen, placed }) };
  }
}

/** Where the user put boxes: their lines are drawn anew. */
async function dragged(
  { placed, diagram }: Pick<Readable, 'placed' | 'diagram'>,
  { objects }: DiagramSettings,
  layout: Layout,
  measure: TextMeasure,
  signal: AbortSignal,
): Promise<Placed> {
  const places = new Map([...objects].flatMap(([id, { place }]) => (place ? [[boxKeyOf(id), place] as const] : [])));
  const target = places.size === 0 ? null : relocated(placed, places);
  if (!target) return placed;
  const outcome = await layout.layout(diagram, measure, { signal, previous: target, beside: true, anyhow: true });
  // Where a line finds no way, everything stays where it was arranged.
  return outcome.ok && areAt(outcome.placed, places) ? outcome.placed : placed;
}

/** What the user chose for single objects: a change of it changes the picture only there. */
function choicesIn({ drawing, options: { ranges, expanded } }: PaintRequest): string {
  const { asked, whole, folded, objects, lens } = drawing;
  return JSON.stringify([lens?.name, asked, whole, folded, ranges, expanded, [...objects]]);
}

/** The number of boxes that are in one of them only. */
function changedBoxes({ boxes }: Diagram, { boxes: before }: Placed): number {
  const keys = new Set(before.map(({ box }) => box.key));
  const common = boxes.filter(({ key }) => keys.has(key)).length;
  return boxes.length + before.length - 2 * common;
}

async function whole(snapshot: Snapshot, settings: DiagramSettings, lay: Lay, still = false): Promise<Readable | null> {
  const diagram = buildDiagram(snapshot, settings);
  const placed = await lay(diagram, still);
  return placed && { settings, diagram, placed, form: null, objects: diagram.boxes.length };
}

/** Of both directions, that in which the picture is larger in its view. */
async function larger(snapshot: Snapshot, settings: DiagramSettings, lay: Lay): Promise<Readable | null> {
  const one = await whole(snapshot, settings, lay);
  const { view, direction } = settings;
  if (!one || !view || roomIn(one.placed, view) >= 1) return one;
  const other = await whole(snapshot, { ...settings, direction: direction === 'down' ? 'right' : 'down' }, lay);
  return other && roomIn(other.placed, view) > roomIn(one.placed, view) ? other : one;
}

const whenWhole = (isAlike: boolean) => (isAlike ? 'last' : 'larger');

const formFor = (
  choice: Choice | null | undefined,
  view: ViewSize | undefined,
  amount: Amount,
): Choice['form'] | null =>
  view && choice?.amount === amount && choice.view.width === view.width && choice.view.height === view.height
    ? choice.form
    : null;
