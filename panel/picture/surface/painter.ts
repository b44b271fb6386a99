/**
 * Paints a large picture on canvases, at most once a frame. What takes longer than a frame is painted when the hand rests: until then
 * the last painting is moved. Knows nothing of elements besides its canvases.
 */
import type { Marks } from '../../../src/diagram/compare.ts';
import { defaultSettings } from '../../../src/diagram/settings.ts';
import { titleFontFamily } from '../../../src/drawing/fonts.ts';
import { changedPorts } from '../../../src/drawing/marks.tsx';
import { paletteOf, type Theme } from '../../../src/drawing/palettes.ts';
import type { Placed, PlacedBox, Rectangle } from '../../../src/layout/placed.ts';
import { say } from '../../../src/words/say.ts';
import type { Size, Viewport } from '../viewport.ts';
import { byImportance, LABEL_SIZE, labelsFor } from './labels.ts';
import type { Lit } from './lit.ts';
import {
  begin,
  type Context,
  hasTexts,
  LEAST_TITLES,
  paintBackground,
  paintBoxes,
  paintFrames,
  paintLines,
  paintMarks,
} from './paint.ts';
import { createSight, type Part, type Sight } from './sight.ts';

/** The canvases, from the back to the front. */
export interface Canvases {
  readonly boxes: HTMLCanvasElement;
  readonly lines: HTMLCanvasElement;
  /** What is lit up, marks and matches. */
  readonly signs: HTMLCanvasElement;
  readonly labels: HTMLCanvasElement;
}

/** What is painted. */
export interface Painted {
  readonly placed: Placed;
  readonly marks: Marks | null;
  readonly lit: Lit | null;
  readonly rings: readonly Rectangle[];
}

export interface SurfacePainter {
  /** Where things are in the current picture. */
  readonly sight: Sight;
  show(painted: Painted): void;
  /** Moves the picture. */
  move(viewport: Viewport): void;
  resize(size: Size): void;
  /** Paints anew in the theme of the page. */
  repaint(): void;
  close(): void;
}

export interface PainterTools {
  readonly theme: () => Theme;
  /** Whether what is in two pictures moves from one to the next. */
  readonly moves: () => boolean;
  /** Called when the picture begins to move (null), and with what is in sight when it rests. */
  readonly onRest: (part: Part | null, viewport: Viewport) => void;
}

/** Milliseconds without a move after which the hand rests. */
const REST = 120;
/** Milliseconds in which a picture moves into the next. */
const GLIDE = 250;
/** What may be painted in each frame: a text counts as much as a box or a curve. */
const LIVE = 1500;

export function createSurfacePainter(canvases: Canvases, placed: Placed, tools: PainterTools): SurfacePainter {
  const contexts = contextsOf(canvases);
  let sight = createSight(placed);
  let important: readonly PlacedBox[] | null = null;
  let now: Painted = { placed, marks: null, lit: null, rings: [] };
  let ports: ReturnType<typeof changedPorts> = new Map();
  let viewport: Viewport = { x: 0, y: 0, scale: 1 };
  let size: Size = { width: 0, height: 0 };
  /** Where the canvases were painted last; null when they are out of date. */
  let paintedAt: Viewport | null = null;
  let moving = false;
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let glide: { readonly from: ReadonlyMap<string, PlacedBox>; readonly since: number } | null = null;

  const schedule = (): void => {
    frame ||= requestAnimationFrame(paint);
  };
  const rest = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      moving = false;
      schedule();
    }, REST);
  };

  const paint = (time: number): void => {
    frame = 0;
    if (size.width === 0 || size.height === 0) return;
    const area = areaOf(viewport, size);
    const part = sight.within(area);
    const progress = glide ? Math.min(1, (time - glide.since) / GLIDE) : 1;
    if (progress < 1) {
      paintAll(glided(part, glide?.from ?? new Map(), easeOut(Math.max(0, progress))), progress);
      schedule();
      return;
    }
    glide = null;
    if (paintedAt === viewport) paintSigns(part, tools.theme(), devicePixelRatio);
    else if (!moving || paintedAt === null || costOf(part, viewport) <= LIVE) paintAll(part, 1);
    else moveCanvases(paintedAt);
    if (!moving) tools.onRest(part, viewport);
  };

  const paintAll = (part: Part, lines: number): void => {
    const theme = tools.theme();
    const { scale } = viewport;
    const ratio = devicePixelRatio;
    for (const canvas of Object.values(canvases)) {
      fitCanvas(canvas, size, ratio);
      canvas.style.transform = '';
    }
    begin(contexts.boxes, viewport, ratio);
    paintBackground(contexts.boxes, theme);
    const { palette } = now.placed.diagram.style ?? defaultSettings;
    paintBoxes(contexts.boxes, part.boxes, scale, theme, palette);
    begin(contexts.lines, viewport, ratio);
    contexts.lines.canvas.style.opacity = lines < 1 ? String(lines) : '';
    paintLines(contexts.lines, part, scale, theme);
    paintTitles(part, theme, ratio);
    paintSigns(part, theme, ratio);
    paintedAt = viewport;
  };

  const paintSigns = (part: Part, theme: Theme, ratio: number): void => {
    const context = contexts.signs;
    const { scale } = viewport;
    begin(context, viewport, ratio);
    if (now.lit) {
      paintLines(context, now.lit, scale, theme, 1.25);
      paintFrames(context, now.lit.boxes, scale, theme);
    }
    if (now.marks) paintMarks(context, part, now.marks, ports, scale, theme);
    paintRings(context, now.rings, scale);
  };

  const paintTitles = (part: Part, theme: Theme, ratio: number): void => {
    begin(contexts.labels, viewport, ratio);
    if (viewport.scale >= LEAST_TITLES) return;
    important ??= byImportance(now.placed);
    const inSight = part.boxes.length === important.length ? important : inOrderOf(important, part.boxes);
    paintLabels(contexts.labels, inSight, viewport, size, ratio, theme);
  };

  const moveCanvases = (from: Viewport): void => {
    const scale = viewport.scale / from.scale;
    const [x, y] = [viewport.x - from.x * scale, viewport.y - from.y * scale];
    for (const canvas of Object.values(canvases)) canvas.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  };

  return {
    get sight() {
      return sight;
    },
    show(next) {
      const { placed } = next;
      if (placed !== now.placed) {
        const from = now.placed;
        sight = createSight(placed);
        important = null;
        glide = tools.moves() && paintedAt ? { from: byKey(from), since: performance.now() } : null;
        paintedAt = null;
        tools.onRest(null, viewport);
      }
      if (next.marks !== now.marks || placed !== now.placed)
        ports = next.marks ? changedPorts(placed, next.marks) : new Map();
      now = next;
      schedule();
    },
    move(next) {
      if (next.x === viewport.x && next.y === viewport.y && next.scale === viewport.scale) return;
      viewport = next;
      if (paintedAt && !moving) {
        moving = true;
        tools.onRest(null, viewport);
      }
      if (paintedAt) rest();
      schedule();
    },
    resize(next) {
      if (next.width === size.width && next.height === size.height) return;
      size = next;
      paintedAt = null;
      schedule();
    },
    repaint() {
      paintedAt = null;
      schedule();
    },
    close() {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
    },
  };
}

function contextsOf({ boxes, lines, signs, labels }: Canvases): Readonly<Record<keyof Canvases, Context>> {
  const contextOf = (canvas: HTMLCanvasElement): Context => {
    const context = canvas.getContext('2d');
    if (!context) throw new Error(say('failure_noCanvas'));
    return context;
  };
  return { boxes: contextOf(boxes), lines: contextOf(lines), signs: contextOf(signs), labels: contextOf(labels) };
}

function fitCanvas(canvas: HTMLCanvasElement, { width, height }: Size, ratio: number): void {
  const [w, h] = [Math.ceil(width * ratio), Math.ceil(height * ratio)];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
}

/** The part of the picture that is in the window, in points. */
const areaOf = ({ x, y, scale }: Viewport, { width, height }: Size): Rectangle => ({
  x: -x / scale,
  y: -y / scale,
  width: width / scale,
  height: height / scale,
});

function costOf({ boxes, references }: Part, viewport: Viewport): number {
  let cost = boxes.length + references.length;
  if (hasTexts(viewport)) for (const { box } of boxes) cost += 2 * box.lines.length;
  return cost;
}

const byKey = ({ boxes }: Placed): ReadonlyMap<string, PlacedBox> =>
  new Map(boxes.map((placed) => [placed.box.key, placed]));

const easeOut = (progress: number): number => 1 - (1 - progress) ** 3;

/** The boxes on their way from where they were. */
function glided(part: Part, from: ReadonlyMap<string, PlacedBox>, progress: number): Part {
  const between = (a: number, b: number): number => a + (b - a) * progress;
  const boxes = part.boxes.map((placed): PlacedBox => {
    const was = from.get(placed.box.key);
    if (!was) return placed;
    const [dx, dy] = [
      between(was.frame.x, placed.frame.x) - placed.frame.x,
      between(was.frame.y, placed.frame.y) - placed.frame.y,
    ];
    if (dx === 0 && dy === 0) return placed;
    const { frame, title } = placed;
    return {
      ...placed,
      frame: { ...frame, x: frame.x + dx, y: frame.y + dy },
      title: { ...title, x: title.x + dx, y: title.y + dy },
    };
  });
  return { ...part, boxes };
}

function inOrderOf(important: readonly PlacedBox[], some: readonly PlacedBox[]): readonly PlacedBox[] {
  const inSight = new Set(some.map(({ box }) => box.key));
  return important.filter(({ box }) => inSight.has(box.key));
}

/** Points between a match and its ring, as in panel/picture/find/find-bar.tsx. */
const RING = 3;

function paintRings(context: Context, rings: readonly Rectangle[], scale: number): void {
  if (rings.length === 0) return;
  context.strokeStyle = getComputedStyle(context.canvas).getPropertyValue('--accent').trim() || '#0b57d0';
  context.lineWidth = Math.max(1.5, 1.5 / scale);
  context.setLineDash([]);
  const distance = Math.max(RING, RING / scale);
  context.beginPath();
  for (const { x, y, width, height } of rings)
    context.rect(x - distance, y - distance, width + 2 * distance, height + 2 * distance);
  context.stroke();
}

function paintLabels(
  context: Context,
  boxes: readonly PlacedBox[],
  viewport: Viewport,
  size: Size,
  ratio: number,
  theme: Theme,
): void {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.font = `${LABEL_SIZE}px ${titleFontFamily}`;
  context.textAlign = 'left';
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = paletteOf(theme).background;
  context.fillStyle = paletteOf(theme).text;
  for (const { text, x, y } of labelsFor(boxes, viewport, size, (text) => context.measureText(text).width)) {
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
}
