/**
 * Finds the largest part of a snapshot that a user can read in a view: with text of nine pixels, all in sight. What fits is drawn
 * whole. Of anything else the most interesting part is drawn, found by laying out a few small diagrams. Makes the same choice for the
 * same snapshot, settings and view. Does not say what is not drawn: the cells do.
 */
import { buildDiagram } from '../diagram/build.ts';
import type { Diagram } from '../diagram/diagram.ts';
import type { DiagramSettings, ViewSize } from '../diagram/settings.ts';
import type { Placed } from '../layout/placed.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { mayFit, roomIn } from './room.ts';
import { createSelection, type Form, type Selection } from './selection.ts';

export interface ReadableRequest {
  readonly snapshot: Snapshot;
  /** An amount of `all` counts as `readable`. */
  readonly settings: DiagramSettings;
  readonly view: ViewSize;
  /** How the last picture of the same subject was drawn in this view. The next one is drawn alike when that fits. */
  readonly previous: Form | 'whole' | null;
  /** Whether what is there should stay exactly where it is. */
  readonly still?: boolean;
}

/**
 * Resolves to null when another layout was requested meanwhile. `beside`: what is there stays where it is, where that is possible.
 * `narrows`: what is wider than the view is wrapped, even if lines then run far.
 */
export type Lay = (diagram: Diagram, beside?: boolean, narrows?: boolean) => Promise<Placed | null>;

export interface Readable {
  readonly settings: DiagramSettings;
  readonly diagram: Diagram;
  readonly placed: Placed;
  /** Null when everything is drawn, as the settings say. */
  readonly form: Form | null;
  /** The number of objects that could be in the picture. */
  readonly objects: number;
}

/** More boxes than this cannot be read at once in any view. */
const mostBoxes = 150;
/** The number of rows of one object: usually, when that leaves too few objects, and when there is room. */
const usualRows = 12;
const fewRows = 8;
const manyRows = 20;
/** With this many boxes, more rows are better than a few more boxes. */
const enough = 20;
/** The first guess: as many boxes as mostly fit. */
const usualCount = 14;
/** The number of guesses for one form, after which the best so far is used. */
const mostTries = 4;
/** When a form fits less than this share of what it did before, a new form is searched. */
const stillGood = 0.7;

/** What a user opened is added to what is there, and they move the picture themselves, as long as it is no other one. */
const roomForOpened = 0.2;

/** Chooses, builds and lays out. Null when `lay` resolved to null. */
export async function readable(request: ReadableRequest, lay: Lay): Promise<Readable | null> {
  const { snapshot, settings, view, previous, still = false } = request;
  const selection = createSelection(snapshot, settings, view);
  const search = createSearch(request, selection, lay);
  const form = previous === 'whole' ? null : previous;
  const again = form && settings.amount === 'readable' ? await search.likeBefore(form) : null;
  if (again && again.form.count < selection.boxes) return again;
  const leastRoom = previous === 'whole' && selection.hasOpened ? roomForOpened : 1;
  if (selection.objects <= mostBoxes) {
    const diagram = buildDiagram(snapshot, selection.whole);
    if (mayFit(diagram, view) || leastRoom < 1) {
      const placed = await lay(diagram, still && previous === 'whole');
      if (!placed) return null;
      if (roomIn(placed, view) >= leastRoom)
        return { settings: selection.whole, diagram, placed, form: null, objects: selection.objects };
    }
  }
  if (typeof settings.amount === 'number') return search.largestText(settings.amount);
  return again ?? search.mostThatFits();
}

interface Tried extends Readable {
  readonly form: Form;
  /** Below 1 the picture cannot be read. */
  readonly room: number;
}

/** The numbers that are tried. */
interface Numbers {
  readonly smallest: number;
  readonly start: number;
  readonly largest: number;
}

function createSearch({ snapshot, settings, view, still = false }: ReadableRequest, selection: Selection, lay: Lay) {
  const { objects } = selection;
  const most = Math.min(selection.boxes, mostBoxes);
  const directions = [settings.direction, settings.direction === 'down' ? 'right' : 'down'] as const;

  const attempt = async (form: Form, beside = false): Promise<Tried | null> => {
    const changed = selection.settingsOf(form);
    const diagram = buildDiagram(snapshot, changed);
    const placed = await lay(diagram, beside, form.narrow !== undefined);
    const isLeast = form.count + form.more <= selection.least;
    const room = placed && roomIn(placed, view, isLeast ? Number.POSITIVE_INFINITY : undefined);
    return placed && room !== null ? { settings: changed, diagram, placed, form, objects, room } : null;
  };

  /** The largest number that fits, found by guessing and halving. Null when not even the smallest fits, or `lay` resolved to null. */
  const largest = async (formOf: (number: number) => Form, numbers: Numbers): Promise<Tried | null> => {
    let best: Tried | null = null;
    let low = numbers.smallest - 1;
    let high = numbers.largest + 1;
    let next = Math.max(numbers.smallest, Math.min(numbers.start, numbers.largest));
    for (let tries = 1; high - low > 1; tries++) {
      const tried = await attempt(formOf(next));
      if (!tried) return null;
      if (tried.room >= 1) {
        best = tried;
        low = next;
      } else high = next;
      if (best && (tries >= mostTries || high - low <= Math.max(1, low / 10))) break;
      // Twice as many boxes take twice the room, in one direction or in both. After wrong guesses it halves.
      const guess = tries < mostTries ? Math.round(next * tried.room ** 1.2) : (low + high) >> 1;
      next = Math.max(low + 1, Math.min(high - 1, guess));
    }
    return best;
  };

  /** Fills the room that is left next to the ranks. */
  const filled = async (best: Tried): Promise<Tried> => {
    const left = Math.min(mostBoxes, selection.notDeeper(best.form.count));
    if (left === 0) return best;
    const start = Math.ceil((best.form.count * Math.max(0.2, best.room - 0.9)) / 2) + 1;
    return (await largest((more) => ({ ...best.form, more }), { smallest: 1, start, largest: left })) ?? best;
  };

  /** The best of a few forms. A form that cannot be clearly better is not tried, so most cases take one layout. */
  const mostThatFits = async (): Promise<Tried | null> => {
    let best: Tried | null = null;
    for (const rows of [usualRows, fewRows]) {
      if (best && (best.form.count >= enough || best.form.count === most)) break;
      for (const direction of directions) {
        const smallest: number = best ? Math.floor(1.1 * best.form.count) + 1 : Math.min(selection.least, most);
        if (smallest > most) break;
        const numbers: Numbers = { smallest, start: best ? smallest : usualCount, largest: most };
        best = (await largest((count) => ({ direction, rows, count, more: 0 }), numbers)) ?? best;
      }
    }
    if (!best) return fallback();
    if (best.form.count < most) best = await filled(best);
    const longer = best.form.rows === usualRows ? await attempt({ ...best.form, rows: manyRows }) : null;
    return longer && longer.room >= 1 ? longer : best;
  };

  /** What is drawn when no form fits. */
  const fallback = async (): Promise<Tried | null> => {
    const least = Math.min(selection.least, most);
    const form = { direction: 'right', rows: fewRows, more: 0 } as const;
    if (least > 1 && !selection.hasOpened) {
      for (const narrow of ['usual', 'short'] as const) {
        const tried = await attempt({ ...form, direction: 'down', count: least, narrow });
        if (!tried || tried.room >= 1) return tried;
      }
      const fewer = await largest((count) => ({ ...form, count }), { smallest: 2, start: 2, largest: least - 1 });
      if (fewer) return fewer;
    }
    return attempt({ ...form, count: selection.hasOpened ? Math.min(usualCount, most) : 1 });
  };

  return {
    mostThatFits,

    /** The same form with as many boxes as fit; null when that is much less than before. */
    async likeBefore(form: Form): Promise<Tried | null> {
      if (form.count < Math.min(selection.least, most)) return null;
      const same = await attempt(form, still);
      // What the user opened can be larger than any view.
      if (!same || selection.hasOpened || same.room >= 1) return same;
      const smallest = Math.max(selection.least, Math.ceil(stillGood * Math.min(form.count, most)));
      const start = form.count - 1;
      return largest((count) => ({ ...form, count, more: 0 }), { smallest, start, largest: start });
    },

    /** The form in which the text of this many objects is largest. */
    async largestText(count: number): Promise<Tried | null> {
      let best: Tried | null = null;
      for (const direction of directions) {
        const tried: Tried | null = await attempt({ direction, rows: usualRows, count, more: 0 });
        if (tried && (!best || tried.room > best.room)) best = tried;
      }
      return best;
    },
  };
}
