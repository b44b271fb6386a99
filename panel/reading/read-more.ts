/** Turns a click on `…` or `✂` into a change of what is opened. Pure. */

import type { GetterRun, PartRange, ReadOptions } from '../../src/snapshot/read-options.ts';
import type { ObjectId, Part } from '../../src/snapshot/snapshot.ts';

/** The number of parts that one click on `…` adds: as many as a user can read, drawn within a tenth of a second. */
const PARTS_A_CLICK = 100;

export type Opening =
  | Unread
  /** An object whose box is collapsed. Everything is read already and has to be drawn. */
  | { readonly type: 'collapsed'; readonly object: ObjectId };

export type Unread =
  /** The `ordinal`-th `…` of an object, from 0. */
  | { readonly type: 'hidden'; readonly object: ObjectId; readonly ordinal: number }
  /** An object behind a `✂`. */
  | { readonly type: 'cut'; readonly object: ObjectId }
  /** An object of which a part is read only on request. */
  | { readonly type: 'unasked'; readonly object: ObjectId }
  /** A getter of the page, which is to run; all of the object when the name is null. */
  | { readonly type: 'getter'; readonly object: ObjectId; readonly name: string | null }
  /** The pixels of an image. */
  | { readonly type: 'image'; readonly object: ObjectId };

/**
 * Adds what was clicked to what is opened; returns the same when there is nothing to read. `partsOf` returns the parts of an object
 * as its box shows them. A getter runs once for each `run`.
 */
export function openIn<T extends Pick<ReadOptions, 'opened' | 'ranges' | 'getters'>>(
  opened: T,
  partsOf: (object: ObjectId) => readonly Part[],
  opening: Unread,
  run: GetterRun['run'],
): T {
  switch (opening.type) {
    case 'cut':
    case 'unasked':
    case 'image':
      if (opened.opened.includes(opening.object)) return opened;
      return { ...opened, opened: [...opened.opened, opening.object] };
    case 'getter': {
      const { object: id, name } = opening;
      return {
        ...opened,
        getters: [...opened.getters, { id, all: name === null, name: name ?? '', run, round: 0, refused: '' }],
      };
    }
    case 'hidden': {
      const part = partsOf(opening.object).filter(({ type }) => type === 'hidden')[opening.ordinal];
      if (part?.type !== 'hidden') return opened;
      const { of, index, count } = part;
      const range: PartRange = { id: opening.object, of, from: index, to: index + Math.min(count, PARTS_A_CLICK) };
      return { ...opened, ranges: [...opened.ranges, range] };
    }
  }
}
