/** Decides whether a picture is wrapped to the proportions of the window in which it is shown. */
import type { Diagram } from '../../diagram/diagram.ts';
import { edgeDirections } from '../edge-directions.ts';
import { footprintsOf } from '../footprint.ts';
import { gapsOf, type MeasuredFrame } from '../measure.ts';
import { placeDiagram } from '../place.ts';
import type { Placed } from '../placed.ts';
import { wrappedPlaces } from './place-wrapped.ts';

/** Where a picture is shown. Its size is in points in which text can just be read. */
export interface Window {
  readonly width: number;
  readonly height: number;
  /**
   * When a picture is wrapped. `fits`: when only so it can be read, and nothing is shared. `larger`: when that makes its text clearly larger.
   * `last`: when otherwise nothing could be seen, because the picture before was not wrapped and most of it is still there.
   * `narrow`: when it is wider than the window, however far lines then run. It can become higher than the window.
   */
  readonly wraps: 'fits' | 'larger' | 'last' | 'narrow';
}

type Size = Pick<Placed, 'width' | 'height'>;

/** How many times larger the text of a picture has to be for it to be wrapped, and to be wrapped without asking Graphviz. */
const clearlyLarger = 1.4;
const muchLarger = 2.5;
/** Of the height at which text can be read: smaller text is a pattern, and smaller text yet cannot be seen. */
const farOut = 0.4;
const unseen = 0.1;

/** For each box, so many references to shared boxes can still be followed by eye. With more, a strip is better, as long as it can be seen. */
const mostShared = 0.05;

/** Wraps a diagram at most once, and only where it has to be known how large it is then. */
export function createWrapping(
  diagram: Diagram,
  frames: readonly MeasuredFrame[],
  window: Window | undefined,
  previous: Placed | null,
) {
  let made: Placed | null = null;
  let shared: number | null = null;
  /** The wrapped picture in place of one of this size whose text is smaller than `below`, when it is so many times larger. */
  const wrapped = (size: Size, below: number, times: number): Placed | null => {
    if (!window) return null;
    const text = textIn(window, size);
    if (text >= (window.wraps === 'last' ? Math.min(below, unseen) : below)) return null;
    const isSeen = text >= unseen || window.wraps === 'fits';
    shared ??= sharedReferences(diagram);
    if (isSeen && shared > (window.wraps === 'fits' ? 0 : mostShared * diagram.boxes.length)) return null;
    made ??= wrappedIn(window, diagram, frames, previous);
    return textIn(window, made) >= (window.wraps === 'fits' ? 1 : times * text) ? made : null;
  };
  return {
    /** Null when the picture stays as it is. */
    insteadOf: (placed: Placed): Placed | null =>
      window?.wraps === 'narrow'
        ? narrowed(window, diagram, frames, previous, placed)
        : wrapped(placed, 1, clearlyLarger),
    /** The same before Graphviz is asked, with about the size of its picture. */
    atOnceFor: (size: Size): Placed | null =>
      window?.wraps === 'fits' || window?.wraps === 'narrow' ? null : wrapped(size, farOut, muchLarger),
  };
}

/** How many times longer than the window a picture is made at most, so that it is no wider. */
const longest = 4;

/** The picture, wrapped until it is no wider than the window; null when it is not wider, or would be in any proportions. */
function narrowed(
  window: Window,
  diagram: Diagram,
  frames: readonly MeasuredFrame[],
  previous: Placed | null,
  placed: Placed,
): Placed | null {
  if (placed.width <= window.width) return null;
  for (let times = 1; times <= longest; times *= 2) {
    const made = wrappedIn({ width: window.width, height: window.height * times }, diagram, frames, previous);
    if (made.width <= window.width) return made;
  }
  return null;
}

/** The size of a picture's text, where 1 can just be read. */
const textIn = (window: Window, { width, height }: Size): number =>
  Math.min(window.width / width, window.height / height);

/** References to a box beside the first one, apart from those that go back. Their lines run far, and together. */
function sharedReferences(diagram: Diagram): number {
  const edges = edgeDirections(diagram, 'depthFirst');
  const forward = diagram.references.filter((_, i) => edges[i]?.kind === 'forward');
  return forward.length - new Set(forward.map(({ to }) => to)).size;
}

/** A picture in the proportions of a window. */
export function wrappedIn(
  { width, height }: Size,
  diagram: Diagram,
  frames: readonly MeasuredFrame[],
  previous: Placed | null = null,
): Placed {
  const edges = edgeDirections(diagram, 'depthFirst');
  const footprints = footprintsOf(diagram, edges, frames);
  const places = wrappedPlaces(diagram, edges, footprints, gapsOf(diagram), width / height);
  return placeDiagram(diagram, { tier: 'wrapped', edges, footprints, joined: new Set() }, places, previous);
}
