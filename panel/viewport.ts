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

/** A picture's size, and where in its own points its top left corner is. */
export interface Extent extends Size {
  readonly origin: { readonly x: number; readonly y: number };
}

/** One notch of the keyboard or a button: six steps double. */
export const ZOOM_STEP = 2 ** (1 / 3);

/** Shows all of the picture, at most at 100 %, centred across and at the top, where its root is. */
export function fitInto(picture: Extent, window: Size): Viewport {
  const available = { width: window.width - 2 * MARGIN, height: window.height - 2 * MARGIN };
  const scale = clamp(Math.min(1, available.width / picture.width, available.height / picture.height));
  const { x, y } = picture.origin;
  return { scale, x: (window.width - picture.width * scale) / 2 - x * scale, y: MARGIN - y * scale };
}

/** True when all of the picture is in sight. */
function holds({ x, y, scale }: Viewport, { origin, width, height }: Extent, window: Size): boolean {
  const left = x + origin.x * scale;
  const top = y + origin.y * scale;
  return left >= 0 && top >= 0 && left + width * scale <= window.width && top + height * scale <= window.height;
}

/** A picture that could be so much larger in its window is not left as small as it is. */
const TOO_SMALL = 1.5;

/** True when a picture that took another's place can stay as that stood: all of it in sight, and not needlessly small. */
export function suits(viewport: Viewport, picture: Extent, window: Size): boolean {
  return holds(viewport, picture, window) && fitInto(picture, window).scale < TOO_SMALL * viewport.scale;
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
export function panBy(viewport: Viewport, dx: number, dy: number, picture: Extent, window: Size): Viewport {
  const keep = 4 * MARGIN;
  const { scale } = viewport;
  const left = picture.origin.x * scale;
  const top = picture.origin.y * scale;
  return {
    scale,
    x: between(viewport.x + dx, keep - picture.width * scale - left, window.width - keep - left),
    y: between(viewport.y + dy, keep - picture.height * scale - top, window.height - keep - top),
  };
}

/** Below this scale, text cannot be read any more. */
const READABLE = 0.6;

/** Puts a rectangle of the picture (points) into the middle, readably, unless it can be seen and read as it is. */
export function reveal(viewport: Viewport, rectangle: Extent, window: Size): Viewport {
  if (viewport.scale >= READABLE && holds(viewport, rectangle, window)) return viewport;
  const scale = viewport.scale >= READABLE ? viewport.scale : 1;
  const { origin, width, height } = rectangle;
  // Of what is larger than the window the beginning is shown.
  const start = (length: number, available: number): number => Math.max(MARGIN, (available - length * scale) / 2);
  return {
    scale,
    x: start(width, window.width) - origin.x * scale,
    y: start(height, window.height) - origin.y * scale,
  };
}

/** Shifts no further than it takes to see a rectangle of the picture (points); of a larger one the beginning. */
export function uncover(viewport: Viewport, { origin, width, height }: Extent, window: Size): Viewport {
  const { scale } = viewport;
  const place = (shift: number, start: number, length: number, available: number): number => {
    const low = MARGIN - start * scale;
    const high = available - MARGIN - (start + length) * scale;
    return high < low ? low : between(shift, low, high);
  };
  const x = place(viewport.x, origin.x, width, window.width);
  const y = place(viewport.y, origin.y, height, window.height);
  return x === viewport.x && y === viewport.y ? viewport : { scale, x, y };
}

function clamp(scale: number): number {
  return between(scale, SMALLEST, LARGEST);
}

function between(value: number, low: number, high: number): number {
  return Math.max(Math.min(low, high), Math.min(Math.max(low, high), value));
}
