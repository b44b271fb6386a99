/**
 * The questions and readings of a reader, as plain data. Also derives, from the settings and the user's choices in a heap, what is
 * read of the heap and how it is drawn. Stores nothing.
 */

import type { ReadonlySignal } from '@preact/signals';
import type { Capture, RootRequest } from '../../src/capture/capture.ts';
import type { Lens } from '../../src/lenses/lens.ts';
import { shippedLenses } from '../../src/lenses/shipped.ts';
import { drawingOf, readOptionsOf, type Settings } from '../../src/settings/settings.ts';
import type { ReadOptions } from '../../src/snapshot/read-options.ts';
import type { ObjectId, Snapshot } from '../../src/snapshot/snapshot.ts';
import type { Failure } from '../../src/transport/outcome.ts';
import type { Message } from './messages.ts';
import type { OpenSource } from './open-source.ts';
import type { HeapId, Overrides } from './overrides.ts';
import type { Painter, Picture, PictureSettings } from './picture.ts';
import type { Search } from './retainers.ts';
import type { ShownIn } from './shown-in.ts';

/** A picture with its heap, and how it was read. */
export interface Reading {
  readonly picture: Picture;
  readonly heap: HeapId;
  /** `none`: the snapshot came from a file or from the page's own code, so nothing can be asked about its objects. */
  readonly transport: Capture['transport'] | 'none';
  /** The options with which it was read. */
  readonly options: ReadOptions;
  /** The settings with which it was painted, as text. When other settings would be used now, the picture is out of date. */
  readonly paintedWith: string;
  /** A sentence that says why nothing more can be read; null when it can. */
  readonly frozen: string | null;
}

export interface ReaderState {
  readonly reading: Reading | null;
  /** The current request, how many objects it found so far, and whether it may wait for a program of the user. */
  readonly running: { readonly found: number; readonly waits: boolean } | null;
  /** About the picture, or about a request that failed. */
  readonly message: Message | null;
  /** The result of the last action on an object. */
  readonly outcome: Message | null;
  /** The lenses that fit a snapshot only when more of its root is read than is shown. */
  readonly recognized: { readonly snapshot: Snapshot; readonly lenses: readonly Lens[] } | null;
}

/** What a reader is asked to read. */
export interface Question {
  /** What the picture shows, in the user's words. */
  readonly subject: string;
  readonly roots: readonly RootRequest[];
  /** The user asked what is there now, so getters that were run for an earlier picture run again. */
  readonly anew?: boolean;
  /** When it was asked, as `performance.now()`; by default now. */
  readonly since?: number;
  /** Objects (functions, for example) to read because of what was read. The heap is then read once more, with them. */
  further?(snapshot: Snapshot, asked: Asked): readonly ObjectId[];
  /** Chooses what is drawn of the snapshot; by default all of it. */
  finish?(snapshot: Snapshot, asked: Asked): Finished | Promise<Finished>;
}

/** How a snapshot was read. */
export interface Asked {
  readonly transport: Capture['transport'];
  readonly options: ReadOptions;
}

export type Finished =
  | { readonly snapshot: Snapshot; readonly message: Message | null; readonly subject?: string }
  /** There is nothing to draw. `keeps`: the last picture stays. A null message leaves the current one. */
  | { readonly snapshot: null; readonly message: Message | null; readonly keeps: boolean };

/** What answers a question. */
export interface Opened {
  readonly capture: Capture;
  /** The heap that it reads now. After a navigation it is another one. */
  heap(): HeapId;
  /** Why it is not what the user wants; null when it is. */
  readonly instead: Failure | null;
}

/** Where a search for retainers starts. */
export interface RetainerSearch {
  readonly roots: readonly RootRequest[];
  /** The roots in words. */
  readonly origin: Search['origin'];
  /** Chooses what is drawn of what was found; by default all of it. */
  finish?(snapshot: Snapshot): Snapshot;
}

export interface ReaderTools {
  readonly painter: Painter;
  readonly settings: ReadonlySignal<Settings>;
  readonly overrides: Overrides;
  readonly openSource: OpenSource;
  /**
   * Reads what is shown again, because more of the object `sought` is wanted, or as much as before when it is null.
   * @param anew What the roots are now, not the objects that they were.
   */
  readAgain(sought: ObjectId | null, anew?: boolean): Promise<unknown>;
  /** What gives values to the page; null when it is not there, which a message says. Missing where nothing is edited. */
  editor?(): Promise<Opened | null>;
  /** The view that the pictures are for. Without one all is drawn. */
  readonly shownIn?: ShownIn;
  /** Whether a first, rough picture is shown while the right one is laid out. */
  readonly showsRough?: boolean;
  /** Whether alike objects are grouped, where everything would be too many. */
  readonly offersOverview?: boolean;
  /** Read options of this view that differ from the settings. */
  base?(transport: Reading['transport']): Partial<ReadOptions>;
  /** Changes the drawing settings for this view. */
  restyle?(drawing: PictureSettings, transport: Reading['transport']): PictureSettings;
}

/** A snapshot whose objects cannot be asked for. */
export interface HandedOver {
  readonly heap: HeapId;
  readonly message: Message | null;
}

export interface Derived {
  /** The options with which a heap would be read now. */
  optionsOf(heap: HeapId, transport: Reading['transport']): ReadOptions;
  /** The settings with which a picture of this heap would be drawn now. */
  drawingOf(of: Pick<Reading, 'heap' | 'transport'>, subject: string): PictureSettings;
}

/** All lenses: those of the user first. */
export const lensesOf = ({ lenses }: Settings): readonly Lens[] => [...lenses, ...shippedLenses];

export const lensNamed = (name: string | null, settings: Settings): Lens | null =>
  name === null ? null : (lensesOf(settings).find((lens) => lens.name === name) ?? null);

/** The fields of an object that are read whole for a lens. */
const WHOLE = { begin: 80, middle: 5, end: 15 };

/** What is read because of a lens. What functions close over, only the debugger reads. */
const readsOf = (lens: Lens | null, transport: Reading['transport']): Partial<ReadOptions> => ({
  ...(lens?.reads?.closures && transport === 'debugger' && { scopes: true, functions: true }),
  ...(lens?.reads?.whole && { slices: WHOLE }),
  ...(lens?.reads?.nonEnumerable && { nonEnumerable: true }),
});

/** A computed signal that reads these answers depends on them. */
export function derive({ settings, overrides, shownIn, offersOverview, base, restyle }: ReaderTools): Derived {
  return {
    optionsOf(heap, transport) {
      const { opened, ranges, expanded, getters, lens } = overrides.of(heap);
      const deeper = readsOf(lensNamed(lens, settings.value), transport);
      return { ...readOptionsOf(settings.value), ...base?.(transport), ...deeper, opened, ranges, expanded, getters };
    },
    drawingOf({ heap, transport }, subject) {
      const chosen = overrides.of(heap);
      const all = drawingOf(settings.value, chosen.overrides);
      const view = shownIn?.size.value;
      const { whole, folded, focus, paths } = chosen;
      const lens = lensNamed(chosen.lens, settings.value);
      const amount = shownIn?.amountOf(subject) ?? (offersOverview && all.amount === 'all' ? 'everything' : all.amount);
      const drawing: PictureSettings = {
        ...all,
        ...(view && { view, amount, asked: chosen.opened, groups: chosen.groups }),
        ...(whole.length > 0 && { whole }),
        ...(folded.length > 0 && { folded }),
        ...(focus.length > 0 && { focus }),
        ...(paths && { paths }),
        ...(lens && { lens }),
      };
      return restyle?.(drawing, transport) ?? drawing;
    },
  };
}

export const drawingAsText = (drawing: PictureSettings): string => JSON.stringify([drawing, [...drawing.objects]]);
