/**
 * What the user does to the picture of a reading without changing its subject: open, fold, focus, show only paths, and undo. Asks the
 * page only for what was not read yet.
 */
import { computed, type ReadonlySignal } from '@preact/signals';
import type { Lens } from '../../../src/lenses/lens.ts';
import { lensesFor } from '../../../src/lenses/recognize.ts';
import type { Settings } from '../../../src/settings/settings.ts';
import { stepsFrom } from '../../../src/snapshot/paths.ts';
import { waysIn } from '../../../src/snapshot/shared-objects.ts';
import type { ObjectId, Snapshot } from '../../../src/snapshot/snapshot.ts';
import type { Edit, HeapId, ObjectChoices, Overrides } from '../overrides.ts';
import { lensesOf, lensNamed, type ReaderState, type Reading } from '../reading.ts';

/** What of the picture differs from the usual one. */
export interface ViewState {
  /** The object that is the root now, as a path; null for the roots that were asked for. */
  readonly focus: string | null;
  /** The objects to which only the paths are drawn; null when all is drawn. */
  readonly pathsTo: readonly ObjectId[] | null;
  readonly folded: readonly ObjectId[];
  /** The lens through which it is drawn; null for none. */
  readonly lens: Lens | null;
  /** The lenses that recognise what was asked for. */
  readonly offered: readonly Lens[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export interface ViewActions {
  readonly state: ReadonlySignal<ViewState>;
  /** Follows the references of an object no more, or again. */
  fold(object: ObjectId, on: boolean): void;
  /** Makes an object the root. */
  focusOn(object: ObjectId): void;
  /** Draws only the shortest path to an object, or all paths to it. */
  showPaths(object: ObjectId, every: boolean): void;
  /** Leaves the paths, or else the last focus. */
  back(): void;
  /** Draws through a lens; null: the plain truth. */
  useLens(name: string | null): Promise<void>;
  undo(): Promise<void>;
  redo(): Promise<void>;
}

export interface ViewTools {
  readonly state: ReadonlySignal<ReaderState>;
  readonly overrides: Overrides;
  readonly settings: ReadonlySignal<Settings>;
  /** Reads again what is shown; `anew`: whatever the roots are now. */
  readAgain(anew?: boolean): Promise<unknown>;
  /** Takes a change of the page back, or makes it again. Resolves to whether it was done; if not, a message says why. */
  reassign(edit: Edit): Promise<boolean>;
}

/** The state of a picture about which nothing was chosen. */
const usual: ViewState = {
  focus: null,
  pathsTo: null,
  folded: [],
  lens: null,
  offered: [],
  canUndo: false,
  canRedo: false,
};

export function createViewActions({ state, overrides, settings, readAgain, reassign }: ViewTools): ViewActions {
  const shown = (): Reading | null => state.peek().reading;
  const change = (choose: (choices: ObjectChoices, snapshot: Snapshot) => Partial<ObjectChoices>): void => {
    const reading = shown();
    if (reading) overrides.change(reading.heap, choose(overrides.of(reading.heap), reading.picture.snapshot));
  };
  const travel = async (go: (heap: HeapId) => void): Promise<void> => {
    const reading = shown();
    if (!reading) return;
    const before = overrides.of(reading.heap);
    go(reading.heap);
    const after = overrides.of(reading.heap);
    const edit = editBetween(before, after);
    if (edit) {
      if (reading.frozen === null && (await reassign(edit))) await readAgain(edit.variable);
      return;
    }
    // What was read only for a lens is no part of the plain truth as the settings have it.
    const isOther = before.lens !== after.lens;
    const lenses = isOther ? [before.lens, after.lens].map((name) => lensNamed(name, settings.peek())) : [];
    const readsOther = lenses.some((lens) => lens?.reads !== undefined);
    if (reading.frozen === null && (readsOther || needsReading(before, after, reading))) await readAgain();
  };
  return {
    state: computed(() => {
      const { reading, recognized } = state.value;
      if (!reading) return usual;
      const { heap, picture } = reading;
      const { focus, paths, folded, lens } = overrides.of(heap);
      const root = focus.findLast((id) => picture.snapshot.objects.has(id));
      return {
        focus: root === undefined ? null : (waysIn(picture.snapshot).to(root)[0]?.text ?? `#${root}`),
        pathsTo: paths?.to ?? null,
        folded,
        lens: lensNamed(lens, settings.value),
        offered:
          recognized?.snapshot === picture.snapshot
            ? recognized.lenses
            : lensesFor(picture.snapshot, lensesOf(settings.value)),
        canUndo: overrides.canUndo(heap),
        canRedo: overrides.canRedo(heap),
      };
    }),
    fold: (object, on) =>
      change(({ folded, opened }, { objects }) => {
        const others = folded.filter((id) => id !== object);
        if (!on) return { folded: others };
        const parts = objects.get(object);
        const behind = new Set(parts ? stepsFrom(parts).map(({ to }) => to) : []);
        return { folded: [...others, object], opened: opened.filter((id) => !behind.has(id)) };
      }),
    focusOn: (object) =>
      change(({ focus }) => ({ focus: [...focus.filter((id) => id !== object), object], paths: null })),
    showPaths: (object, every) => change(() => ({ paths: { to: [object], every, added: [] } })),
    back: () => change(({ focus, paths }) => (paths ? { paths: null } : { focus: focus.slice(0, -1) })),
    useLens: (name) => travel((heap) => overrides.change(heap, { lens: name, paths: null })),
    undo: () => travel(overrides.undo),
    redo: () => travel(overrides.redo),
  };
}

/** The change of the page in which two choices differ. */
function editBetween({ edits: one }: ObjectChoices, { edits: other }: ObjectChoices): Edit | undefined {
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
  return longer.length === shorter.length ? undefined : longer.at(-1);
}

/** Whether more or less is to be read than was: all other choices are about what is drawn of it. */
function needsReading(before: ObjectChoices, after: ObjectChoices, { options, picture }: Reading): boolean {
  const read = ({ ranges, expanded, getters }: ObjectChoices): string => JSON.stringify([ranges, expanded, getters]);
  if (read(before) !== read(after)) return true;
  const { objects } = picture.snapshot;
  const isLess = before.opened.some((id) => !after.opened.includes(id) && options.opened.includes(id));
  const isMore = after.opened.some((id) => !before.opened.includes(id) && objects.get(id)?.cut !== null);
  return isLess || isMore;
}
