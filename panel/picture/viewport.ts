/** The position of the picture in its window: pure arithmetic on a shift and a scale. Lengths are CSS pixels. */

export interface Viewport {
  /** The picture's origin, from the window's top left corner. */
  readonly x: number;
  readonly y: number;
  /** Window pixels for one point of the picture. */
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Limits of zooming: smaller, a large graph is only a texture; larger, a cell shows its pixels. */
const SMALLEST = 0.02;
const LARGEST = 8;
const MARGIN = 12;

/** A picture's size, and its top left corner in its own points. */
export interface Extent extends Size {
  readonly origin: { readonly x: number; readonly y: number };
}

/** The factor of one zoom step by a key or button. Three steps double the size. */
export const ZOOM_STEP = 2 ** (1 / 3);

/** Shows the whole picture, at 100% at most, centered horizontally and at the top, where its root is. */
export function fitInto(picture: Extent, window: Size): Viewport {
  const available = { width: window.width - 2 * MARGIN, height: window.height - 2 * MARGIN };
  // A window of almost no size has no room for the margin.
  const scale = Math.max(1e-6, Math.min(1, available.width / picture.width, available.height / picture.height));
  const { x, y } = picture.origin;
  return { scale, x: (window.width - picture.width * scale) / 2 - x * scale, y: MARGIN - y * scale };
}

/** Text of cells is 12 pixels high at 100%, and is read with ease from 9 pixels on. */
const EASY = 9 / 12;

/** A narrower or lower window has room for hardly two boxes. */
const ROOMY: Size = { width: 400, height: 250 };

/**
 * Fits a picture; in a small window only in one direction where that keeps the text readable. In the other direction the
 * picture goes on, from its beginning, or from what has to be in sight where that is not at the beginning.
 */
export function startIn(picture: Extent, window: Size, needed: Extent | null = null): Viewport {
  const fitted = fitInto(picture, window);
  if (fitted.scale >= EASY || (window.width >= ROOMY.width && window.height >= ROOMY.height)) return fitted;
  const across = (window.width - 2 * MARGIN) / picture.width;
  const down = (window.height - 2 * MARGIN) / picture.height;
  if (Math.max(across, down) < EASY) return fitted;
  const start = MARGIN - picture.origin.x * EASY;
  const middle = (window.width - picture.width * EASY) / 2 - picture.origin.x * EASY;
  const begun = { scale: EASY, x: across < EASY ? start : middle, y: MARGIN - picture.origin.y * EASY };
  if (!needed || contains(begun, needed, window)) return begun;
  const from = (begin: number, end: number, available: number): number =>
    Math.max(MARGIN - begin * EASY, available - MARGIN - end * EASY);
  const { origin, width, height } = picture;
  return across < EASY
    ? { ...begun, x: from(needed.origin.x, origin.x + width, window.width) }
    : { ...begun, y: from(needed.origin.y, origin.y + height, window.height) };
}

/** True when the whole picture is in sight. */
export function contains({ x, y, scale }: Viewport, { origin, width, height }: Extent, window: Size): boolean {
  const left = x + origin.x * scale;
  const top = y + origin.y * scale;
  return left >= 0 && top >= 0 && left + width * scale <= window.width && top + height * scale <= window.height;
}

/** A picture that could be larger than it is by this factor is fitted again. */
const TOO_SMALL = 1.5;

/** True when a new picture can keep this viewport: all of it is in sight, and it is not needlessly small. */
export function suits(viewport: Viewport, picture: Extent, window: Size, needed: Extent | null = null): boolean {
  const start = startIn(picture, window, needed);
  const goesOn = start.scale > fitInto(picture, window).scale;
  const begins = Math.abs(viewport.x - start.x) < 1 && Math.abs(viewport.y - start.y) < 1;
  const inSight = contains(viewport, picture, window) || (goesOn && begins);
  return inSight && start.scale < TOO_SMALL * viewport.scale;
}

/** The point of the window, nearest to its middle, where the picture is: what zooming by keys keeps in place. */
export function middleIn({ x, y, scale }: Viewport, { origin, width, height }: Extent, window: Size): Extent['origin'] {
  const left = x + origin.x * scale;
  const top = y + origin.y * scale;
  return {
    x: between(window.width / 2, left, left + width * scale),
    y: between(window.height / 2, top, top + height * scale),
  };
}

/** Shows the picture at 100%. The point `anchor` of the window stays where it is. */
export const actualSize = (viewport: Viewport, anchor: Extent['origin']): Viewport =>
  zoomAt(viewport, 1 / viewport.scale, anchor);

/** Scales by a factor. The point of the picture under `anchor` (window pixels) stays there. */
export function zoomAt(
  viewport: Viewport,
  factor: number,
  anchor: { readonly x: number; readonly y: number },
): Viewport {
  const scale = clamp(viewport.scale * factor, viewport.scale);
  const ratio = scale / viewport.scale;
  return {
    scale,
    x: anchor.x - (anchor.x - viewport.x) * ratio,
    y: anchor.y - (anchor.y - viewport.y) * ratio,
  };
}

/** Moves by window pixels, but always leaves a margin of the picture in sight. */
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

/** Moves a point of the picture to the middle of the window. */
export const centre = ({ scale }: Viewport, { x, y }: Extent['origin'], window: Size): Viewport => ({
  scale,
  x: window.width / 2 - x * scale,
  y: window.height / 2 - y * scale,
});

/** Below this scale, text cannot be read. */
const READABLE = 0.6;

/** Moves a rectangle of the picture (points) to the middle, at a readable scale, unless it can be seen and read already. */
export function reveal(viewport: Viewport, rectangle: Extent, window: Size): Viewport {
  if (viewport.scale >= READABLE && contains(viewport, rectangle, window)) return viewport;
  const scale = viewport.scale >= READABLE ? viewport.scale : 1;
  const { origin, width, height } = rectangle;
  // The start of a rectangle that is larger than the window is shown.
  const start = (length: number, available: number): number => Math.max(MARGIN, (available - length * scale) / 2);
  return {
    scale,
    x: start(width, window.width) - origin.x * scale,
    y: start(height, window.height) - origin.y * scale,
  };
}

/** Moves just enough to show a rectangle of the picture (points), or the start of one that is larger than the window. */
export function uncover(viewport: Viewport, { origin, width, height }: Extent, window: Size): Viewport {
  const { scale } = viewport;
  const shifted = (shift: number, start: number, length: number, available: number): number => {
    const low = MARGIN - start * scale;
    const high = available - MARGIN - (start + length) * scale;
    return high < low ? low : between(shift, low, high);
  };
  const x = shifted(viewport.x, origin.x, width, window.width);
  const y = shifted(viewport.y, origin.y, height, window.height);
  return x === viewport.x && y === viewport.y ? viewport : { scale, x, y };
}

/** True when fitting would make text too small that can be read now: what a user opened is not worth that. */
export function wouldShrink(viewport: Viewport, picture: Extent, window: Size): boolean {
  return viewport.scale >= EASY && startIn(picture, window).scale < EASY;
}

/** A picture that was fitted smaller than the limit does not jump to it. */
function clamp(scale: number, now: number): number {
  return between(scale, Math.min(SMALLEST, now), LARGEST);
}

function between(value: number, low: number, high: number): number {
  return Math.max(Math.min(low, high), Math.min(Math.max(low, high), value));
}
