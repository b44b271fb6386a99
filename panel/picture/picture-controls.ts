/** The position of the picture in its window and the selected box, for the canvas and for everything that moves the picture. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { BoxKey } from '../../src/diagram/diagram.ts';
import {
  actualSize,
  centre,
  contains,
  type Extent,
  fitInto,
  middleIn,
  panBy,
  reveal,
  type Size,
  startIn,
  suits,
  uncover,
  type Viewport,
  wouldShrink,
  zoomAt,
} from './viewport.ts';

export interface PictureControls {
  readonly viewport: ReadonlySignal<Viewport>;
  /** The window onto the picture. */
  readonly size: ReadonlySignal<Size>;
  /** The text that is searched for in the picture; null while the search is closed. */
  readonly query: Signal<string | null>;
  /** The number of the current match. Beyond the last one it continues with the first. */
  readonly match: Signal<number>;
  /** Whether the list of shared objects is open. */
  readonly listed: Signal<boolean>;
  /** The selected box. It stays selected while a picture without it is shown. */
  readonly selected: ReadonlySignal<BoxKey | null>;
  select(box: BoxKey | null): void;
  fit(): void;
  /** Shows a new picture: as `fit`, but in a small window only as small as it can be read. */
  start(): void;
  /** Shows what was shown before. */
  restore(viewport: Viewport): void;
  /** Shows a rectangle of the picture, in points, at 100%. */
  zoomTo(rectangle: Extent): void;
  actualSize(): void;
  /** Scales by a factor around a point in window pixels, by default the middle or what of the picture is nearest to it. */
  zoom(factor: number, anchor?: { readonly x: number; readonly y: number }): void;
  /** Brings a rectangle of the picture, in points, into sight. */
  reveal(rectangle: Extent): void;
  /** Moves the picture just enough to bring a rectangle of it, in points, into sight. */
  uncover(rectangle: Extent): void;
  /** Moves a point of the picture to the middle of the window. */
  centre(point: Extent['origin']): void;
  /** Moves the picture by window pixels. */
  pan(dx: number, dy: number): void;
  /** The canvas reports the size of its window in CSS pixels, and that of its picture in points. */
  setWindow(size: Size): void;
  /**
   * @param chosen what is in it was chosen so that it can be read, but for what a user opened
   * @param needed the box that has to be in sight; null for none
   */
  setPicture(extent: Extent, chosen: boolean, needed?: Needed | null): void;
}

/** A box, and where it is in the picture, in points. */
export interface Needed extends Extent {
  readonly key: BoxKey;
}

/** CSS pixels at the bottom that an open search may hide. */
const SEARCH_HEIGHT = 34;

export function createPictureControls(): PictureControls {
  const viewport = signal<Viewport>({ x: 0, y: 0, scale: 1 });
  const size = signal<Size>({ width: 1, height: 1 });
  let picture: Extent = { origin: { x: 0, y: 0 }, width: 1, height: 1 };
  let needed: Needed | null = null;
  // Until the user moves the picture, it is fitted again whenever the window changes.
  let fitted = true;
  const selected = signal<BoxKey | null>(null);
  const move = (next: Viewport) => {
    fitted = false;
    viewport.value = next;
  };
  const refit = (place: typeof startIn) => {
    fitted = true;
    viewport.value = place(picture, size.value, needed);
  };
  return {
    viewport,
    size,
    query: signal<string | null>(null),
    match: signal(0),
    listed: signal(false),
    selected,
    select(box) {
      selected.value = box;
    },
    fit: () => refit(fitInto),
    start: () => refit(startIn),
    restore: move,
    zoomTo: (rectangle) => move(reveal({ ...viewport.value, scale: 0 }, rectangle, size.value)),
    actualSize: () => move(actualSize(viewport.value, middleIn(viewport.value, picture, size.value))),
    zoom: (factor, anchor = middleIn(viewport.value, picture, size.value)) =>
      move(zoomAt(viewport.value, factor, anchor)),
    reveal: (rectangle) => {
      const next = reveal(viewport.value, rectangle, { ...size.value, height: size.value.height - SEARCH_HEIGHT });
      if (next !== viewport.value) move(next);
    },
    uncover: (rectangle) => {
      const next = uncover(viewport.value, rectangle, size.value);
      if (next !== viewport.value) move(next);
    },
    centre: (point) => move(centre(viewport.value, point, size.value)),
    pan: (dx, dy) => move(panBy(viewport.value, dx, dy, picture, size.value)),
    setWindow(next) {
      // A hidden panel has no size. Its old viewport is right again when it is shown.
      if (next.width === 0 || next.height === 0) return;
      size.value = next;
      if (fitted) refit(startIn);
    },
    setPicture(extent, chosen, box = null) {
      const isOther = box !== null && box.key !== needed?.key;
      const wasInSight = needed !== null && contains(viewport.value, needed, size.value);
      picture = extent;
      needed = box;
      // Where the user put the picture, it moves only for another box, and so that this one does not go out of sight.
      if (!fitted && box && (isOther || wasInSight)) viewport.value = uncover(viewport.value, box, size.value);
      if (!fitted || (chosen && wouldShrink(viewport.value, picture, size.value))) return;
      // A picture that still suits the size.value stays where it is.
      if (!suits(viewport.value, picture, size.value, needed)) refit(startIn);
    },
  };
}
