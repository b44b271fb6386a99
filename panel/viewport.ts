/** Where the picture stands in the window: pure arithmetic on a shift and a scale. Lengths are CSS pixels. */

export interface Viewport {
  /** Where the picture's origin is, from the window's top left corner. */
  readonly x: number;
  readonly y: number;
  /** Window pixels for one point of the picture. */
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A tenth shows 5,000 nodes as texture, eight times shows one cell's pixels: beyond either nothing more can be seen. */
const SMALLEST = 0.02;
const LARGEST = 8;
const MARGIN = 12;

/** One notch of the keyboard or a button: six steps double. */
export const ZOOM_STEP = 2 ** (1 / 3);

/** Shows all of the picture, at most at 100 %, centred across and at the top, where its root is. */
export function fitInto(picture: Size, window: Size): Viewport {
  const available = { width: window.width - 2 * MARGIN, height: window.height - 2 * MARGIN };
  const scale = clamp(Math.min(1, available.width / picture.width, available.height / picture.height));
  return { scale, x: (window.width - picture.width * scale) / 2, y: MARGIN };
}

/** Full size, with the point of the picture that is now in the middle of the window staying there. */
export function actualSize(viewport: Viewport, window: Size): Viewport {
  return zoomAt(viewport, 1 / viewport.scale, { x: window.width / 2, y: window.height / 2 });
}

/** Scales by a factor; the picture's point under `anchor` (window pixels) stays under it. */
export function zoomAt(
  viewport: Viewport,
  factor: number,
  anchor: { readonly x: number; readonly y: number },
): Viewport {
  const scale = clamp(viewport.scale * factor);
  const ratio = scale / viewport.scale;
  return {
    scale,
    x: anchor.x - (anchor.x - viewport.x) * ratio,
    y: anchor.y - (anchor.y - viewport.y) * ratio,
  };
}

/** Shifts by window pixels, but never so far that less than a margin of the picture stays in sight. */
export function panBy(viewport: Viewport, dx: number, dy: number, picture: Size, window: Size): Viewport {
  const keep = 4 * MARGIN;
  return {
    scale: viewport.scale,
    x: between(viewport.x + dx, keep - picture.width * viewport.scale, window.width - keep),
    y: between(viewport.y + dy, keep - picture.height * viewport.scale, window.height - keep),
  };
}

function clamp(scale: number): number {
  return between(scale, SMALLEST, LARGEST);
}

function between(value: number, low: number, high: number): number {
  return Math.max(Math.min(low, high), Math.min(Math.max(low, high), value));
}
