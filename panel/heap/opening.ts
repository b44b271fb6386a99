/** What a click on `…` or `✂` asks for; where it is to be read, as a change of the view. Pure. */
import type { ObjectId, Part, PartRange, View } from '../../src/snapshot/snapshot.ts';

/** Parts that one click on `…` brings: as many as are still looked through, and drawn within a blink. */
const PARTS_A_CLICK = 100;

export type Opening =
  | Unread
  /** An object whose box is collapsed: all is read, and to be drawn. */
  | { readonly type: 'collapsed'; readonly object: ObjectId };

export type Unread =
  /** The `ordinal`-th `…` of an object, from 0. */
  | { readonly type: 'hidden'; readonly object: ObjectId; readonly ordinal: number }
  /** An object behind a `✂`. */
  | { readonly type: 'cut'; readonly object: ObjectId };

/**
 * The view that also shows what was asked for; the same view when there is nothing behind it. `partsOf` gives the parts of
 * an object as its box shows them.
 */
export function openIn(view: View, partsOf: (object: ObjectId) => readonly Part[], opening: Unread): View {
  switch (opening.type) {
    case 'cut':
      if (view.opened.includes(opening.object)) return view;
      return { ...view, opened: [...view.opened, opening.object] };
    case 'hidden': {
      const part = partsOf(opening.object).filter(({ type }) => type === 'hidden')[opening.ordinal];
      if (part?.type !== 'hidden') return view;
      const { of, index, count } = part;
      const range: PartRange = { id: opening.object, of, from: index, to: index + Math.min(count, PARTS_A_CLICK) };
      return { ...view, ranges: [...view.ranges, range] };
    }
  }
}
