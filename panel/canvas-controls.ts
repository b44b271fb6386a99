/** Holds where the picture stands in the window and which box of it is selected, for the canvas and whatever moves it. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { BoxKey } from '../src/diagram/diagram.ts';
import {
  actualSize,
  type Extent,
  fitInto,
  panBy,
  reveal,
  type Size,
  suits,
  uncover,
  type Viewport,
  zoomAt,
} from './viewport.ts';

export interface CanvasControls {
  readonly viewport: ReadonlySignal<Viewport>;
  /** What is searched for in the picture; null while the search is closed. */
  readonly query: Signal<string | null>;
  /** Which match is looked at; counts on beyond the last, which is the first again. */
  readonly match: Signal<number>;
  /** The box that is selected, also while a picture stands that does not have it. */
  readonly selected: ReadonlySignal<BoxKey | null>;
  select(box: BoxKey | null): void;
  fit(): void;
  actualSize(): void;
  /** Scales by a factor around a point in window pixels, the middle by default. */
  zoom(factor: number, anchor?: { readonly x: number; readonly y: number }): void;
  /** Brings a rectangle of the picture, in points, into sight. */
  reveal(rectangle: Extent): void;
  /** Shifts the picture just so far that a rectangle of it, in points, is in sight. */
  uncover(rectangle: Extent): void;
  /** Moves the picture by window pixels. */
  pan(dx: number, dy: number): void;
  /** The canvas reports the sizes of its window and picture, in CSS pixels and points. */
  setWindow(size: Size): void;
  setPicture(extent: Extent): void;
}

/** CSS pixels at the bottom that an open search may hide. */
const SEARCH_HEIGHT = 34;

export function createCanvasControls(): CanvasControls {
  const viewport = signal<Viewport>({ x: 0, y: 0, scale: 1 });
  let window: Size = { width: 1, height: 1 };
  let picture: Extent = { origin: { x: 0, y: 0 }, width: 1, height: 1 };
  // As long as nobody has moved the picture it goes on fitting when the window changes.
  let fitted = true;
  const selected = signal<BoxKey | null>(null);
  const move = (next: Viewport) => {
    fitted = false;
    viewport.value = next;
  };
  const refit = () => {
    fitted = true;
    viewport.value = fitInto(picture, window);
  };
  return {
    viewport,
    query: signal<string | null>(null),
    match: signal(0),
    selected,
    select(box) {
      selected.value = box;
    },
    fit: refit,
    actualSize: () => move(actualSize(viewport.value, window)),
    zoom: (factor, anchor = { x: window.width / 2, y: window.height / 2 }) =>
      move(zoomAt(viewport.value, factor, anchor)),
    reveal: (rectangle) => {
      const next = reveal(viewport.value, rectangle, { ...window, height: window.height - SEARCH_HEIGHT });
      if (next !== viewport.value) move(next);
    },
    uncover: (rectangle) => {
      const next = uncover(viewport.value, rectangle, window);
      if (next !== viewport.value) move(next);
    },
    pan: (dx, dy) => move(panBy(viewport.value, dx, dy, picture, window)),
    setWindow(size) {
      // A hidden panel has no size; what it showed before is right again when it comes back.
      if (size.width === 0 || size.height === 0) return;
      window = size;
      if (fitted) refit();
    },
    setPicture(extent) {
      picture = extent;
      // What still has its room stays where the eye is.
      if (fitted && !suits(viewport.value, picture, window)) refit();
    },
  };
}
