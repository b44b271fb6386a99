/**
 * What the user chose for single objects: which of their parts are read, how they are drawn, and what of the picture is drawn. Choices
 * are keyed by heap, because a number means one object only within a heap. So nothing has to be forgotten, and no choice reaches
 * another heap. Each change of a heap's choices can be undone.
 */
import { signal } from '@preact/signals';
import type { BoxOverride, DiagramSettings } from '../../src/diagram/settings.ts';
import type { PathsShown } from '../../src/interest/paths-shown.ts';
import type { ReadOptions } from '../../src/snapshot/read-options.ts';
import type { ObjectId } from '../../src/snapshot/snapshot.ts';

/** A target and its document, or a file. Within one heap a number means one object. */
export type HeapId = string;

/** A value that was given to something of the page. */
export interface Edit {
  readonly change: number;
  /** A variable, so that the roots are evaluated anew. */
  readonly variable: boolean;
}

/** The choices for the objects of one heap. */
export interface ObjectChoices extends Pick<ReadOptions, 'opened' | 'ranges' | 'expanded' | 'getters'> {
  /** How single objects are drawn. Overrides the settings. */
  readonly overrides: ReadonlyMap<ObjectId, BoxOverride>;
  /** Objects whose rows are all shown, as far as they were read. */
  readonly whole: readonly ObjectId[];
  /** Objects whose references are not followed. */
  readonly folded: readonly ObjectId[];
  /** The objects that were made the root, one after the other. The last one is the root. */
  readonly focus: readonly ObjectId[];
  /** Only paths to some objects are drawn; null for the usual picture. */
  readonly paths: PathsShown | null;
  /** The name of the lens through which it is drawn; null for none. */
  readonly lens: string | null;
  /** What the user changed in the page, oldest first, by the numbers that the page gave the changes. */
  readonly edits: readonly Edit[];
  /** What of an overview was opened. */
  readonly groups: NonNullable<DiagramSettings['groups']>;
}

export interface Overrides {
  /** The current choices in this heap. A computed signal that reads them depends on them. */
  of(heap: HeapId): ObjectChoices;
  /** `joined`: belongs to the change before, and is undone with it. */
  change(heap: HeapId, choices: Partial<ObjectChoices>, joined?: boolean): void;
  /** Sets how one object is drawn; null removes that. */
  override(heap: HeapId, object: ObjectId, override: BoxOverride | null): void;
  /** Returns to the choices before the last change, or after an undone one. Signals track `canUndo` and `canRedo`. */
  undo(heap: HeapId): void;
  redo(heap: HeapId): void;
  canUndo(heap: HeapId): boolean;
  canRedo(heap: HeapId): boolean;
}

const none: ObjectChoices = {
  opened: [],
  ranges: [],
  expanded: [],
  getters: [],
  overrides: new Map(),
  whole: [],
  folded: [],
  focus: [],
  paths: null,
  lens: null,
  edits: [],
  groups: { opened: [], taken: [] },
};

/** The number of changes that can be undone. */
const REMEMBERED = 200;

interface History {
  readonly now: ObjectChoices;
  /** The newest last. */
  readonly past: readonly ObjectChoices[];
  /** The next one last. */
  readonly future: readonly ObjectChoices[];
}

const start: History = { now: none, past: [], future: [] };

export function createOverrides(): Overrides {
  const heaps = signal<ReadonlyMap<HeapId, History>>(new Map());
  const historyOf = (heap: HeapId): History => heaps.value.get(heap) ?? start;
  const set = (heap: HeapId, history: History): void => {
    heaps.value = new Map([...heaps.peek(), [heap, history]]);
  };
  const change: Overrides['change'] = (heap, choices, joined = false) => {
    const { now, past } = heaps.peek().get(heap) ?? start;
    const kept = joined ? past : [...past, now].slice(-REMEMBERED);
    set(heap, { now: { ...now, ...choices }, past: kept, future: [] });
  };
  return {
    of: (heap) => historyOf(heap).now,
    change,
    override(heap, object, override) {
      const overrides = new Map(heaps.peek().get(heap)?.now.overrides);
      if (override === null) overrides.delete(object);
      else overrides.set(object, override);
      change(heap, { overrides });
    },
    undo(heap) {
      const { now, past, future } = heaps.peek().get(heap) ?? start;
      const before = past.at(-1);
      if (before) set(heap, { now: before, past: past.slice(0, -1), future: [...future, now] });
    },
    redo(heap) {
      const { now, past, future } = heaps.peek().get(heap) ?? start;
      const after = future.at(-1);
      if (after) set(heap, { now: after, past: [...past, now], future: future.slice(0, -1) });
    },
    canUndo: (heap) => historyOf(heap).past.length > 0,
    canRedo: (heap) => historyOf(heap).future.length > 0,
  };
}
