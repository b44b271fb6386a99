/**
 * Paints a part of a picture on a canvas, as src/drawing/picture.tsx does with elements. From far away it leaves out what would be
 * smaller than a pixel. Keeps nothing between two calls.
 */
import type { Marks } from '../../../src/diagram/compare.ts';
import type { Cell, PaletteName } from '../../../src/diagram/diagram.ts';
import { cellsOf } from '../../../src/diagram/lines.ts';
import { defaultSettings } from '../../../src/diagram/settings.ts';
import { cellFont, titleFont } from '../../../src/drawing/fonts.ts';
import { badges, type changedPorts, markColors } from '../../../src/drawing/marks.tsx';
import { fills as fillsOf, paletteOf, type Theme } from '../../../src/drawing/palettes.ts';
import type { Placed, PlacedBox, PlacedJoin, Point } from '../../../src/layout/placed.ts';
import type { Viewport } from '../viewport.ts';
import { paintFigures, paintSwatch } from './paint-values.ts';
import type { Part } from './sight.ts';

export type Context = CanvasRenderingContext2D;

/** Window pixels for one point, below which a part of a box is not painted. */
const LEAST_CELLS = 0.25;
const LEAST_TEXTS = 0.375;
const LEAST_HEADS = 0.2;
/** At this scale a title is large enough in its place. Below it labels take over (labels.ts). */
export const LEAST_TITLES = 0.75;
/** Window pixels of the thinnest line, and of the smallest box. */
const THINNEST = 0.6;
const SMALLEST = 1.5;
/** Radius of a key cell's corners, points, as in src/drawing/picture.tsx. */
const KEY_RADIUS = 5.7;
const HEAD_HALF_WIDTH = 3;

/** Whether texts are painted, which cost most of the time. */
export const hasTexts = ({ scale }: Viewport): boolean => scale >= LEAST_TEXTS;

/** Clears a canvas, and sets it up for the points of the picture. `ratio`: pixels of the canvas for one of the window. */
export function begin(context: Context, { x, y, scale }: Viewport, ratio: number): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * x, ratio * y);
}

export function paintBackground(context: Context, theme: Theme): void {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = paletteOf(theme).background;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
}

export function paintBoxes(
  context: Context,
  boxes: readonly PlacedBox[],
  scale: number,
  theme: Theme,
  name: PaletteName,
): void {
  const palette = paletteOf(theme);
  const least = SMALLEST / scale;
  for (const [fill, some] of byFill(boxes, theme, name)) {
    context.fillStyle = fill;
    for (const { frame } of some)
      context.fillRect(frame.x, frame.y, Math.max(least, frame.width), Math.max(least, frame.height));
  }
  if (scale >= LEAST_CELLS) paintCells(context, boxes, scale, theme);
  context.strokeStyle = palette.line;
  for (const roots of [false, true]) {
    context.lineWidth = Math.max(roots ? 3 : 1, (roots ? 1.2 : THINNEST) / scale);
    // A border of a box of few pixels would be all of it.
    if (!roots && scale < 0.08) continue;
    context.beginPath();
    for (const { box, frame } of boxes)
      if (box.root === roots) context.rect(frame.x, frame.y, frame.width, frame.height);
    context.stroke();
  }
  if (scale >= LEAST_TITLES) {
    context.font = titleFont;
    context.fillStyle = palette.title;
    context.textAlign = 'left';
    for (const { box, title } of boxes) context.fillText(box.title, title.x + 1, title.y + title.height - 5);
  }
}

function byFill(
  boxes: readonly PlacedBox[],
  theme: Theme,
  name: PaletteName,
): ReadonlyMap<string, readonly PlacedBox[]> {
  const fills = new Map<string, PlacedBox[]>();
  for (const each of boxes) {
    const fill = each.box.color?.[theme] ?? fillsOf[name][theme][each.box.category];
    const known = fills.get(fill);
    if (known) known.push(each);
    else fills.set(fill, [each]);
  }
  return fills;
}

const isDashed = ({ kind }: Cell): boolean => kind === 'hidden' || kind === 'holes';

function paintCells(context: Context, boxes: readonly PlacedBox[], scale: number, theme: Theme): void {
  const palette = paletteOf(theme);
  context.lineWidth = 1;
  context.strokeStyle = palette.line;
  context.globalAlpha = 0.65;
  for (const dashed of [false, true]) {
    context.setLineDash(dashed ? [2, 2] : []);
    context.beginPath();
    eachCell(boxes, (cell, x, y, width, height) => {
      if (cell.kind === 'index' || isDashed(cell) !== dashed) return;
      if (cell.kind === 'key') context.roundRect(x, y, width, height, KEY_RADIUS);
      else context.rect(x, y, width, height);
    });
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
  if (scale < LEAST_TEXTS) return;
  paintFigures(context, boxes, palette);
  for (const quiet of [false, true]) {
    context.font = cellFont;
    context.fillStyle = quiet ? palette.index : palette.text;
    eachCell(boxes, (cell, x, y, width, height, right, textWidth) => {
      const isQuiet = cell.kind === 'index' || cell.kind === 'holes';
      if (cell.text === '' || isQuiet !== quiet) return;
      const italic = cell.kind === 'holes' || (cell.variable !== undefined && cell.variable.of !== 'own');
      if (italic) context.font = `italic ${cellFont}`;
      context.textAlign = right ? 'right' : 'center';
      const moved = paintSwatch(context, cell, { x: x + width / 2, y: y + height / 2 }, textWidth);
      context.fillText(cell.text, right ? x + width : x + width / 2 + moved, y + height / 2 + 4);
      if (cell.variable?.of === 'module') underline(context, x + width / 2, y + height / 2 + 6, textWidth);
      if (italic) context.font = cellFont;
    });
  }
}

function underline(context: CanvasRenderingContext2D, middle: number, y: number, width: number): void {
  context.setLineDash([1, 2]);
  context.strokeStyle = context.fillStyle;
  context.beginPath();
  context.moveTo(middle - width / 2, y);
  context.lineTo(middle + width / 2, y);
  context.stroke();
  context.setLineDash([]);
}

type CellPainter = (
  cell: Cell,
  x: number,
  y: number,
  width: number,
  height: number,
  right: boolean,
  textWidth: number,
) => void;

function eachCell(boxes: readonly PlacedBox[], paint: CellPainter): void {
  for (const { box, frame, cells } of boxes) {
    for (let r = 0; r < box.rows.length; r++) {
      const row = box.rows[r] ?? [];
      for (let column = 0; column < row.length; column++) {
        const cell = row[column];
        const place = cells[r]?.[column];
        if (!cell || !place) continue;
        const right = cell.kind === 'index' && box.orientation === 'vertical' && column === 0;
        paint(cell, frame.x + place.x, frame.y + place.y, place.width, place.height, right, place.textWidth);
      }
    }
  }
}

type Lines = Pick<Part, 'references' | 'joins'>;

/** @param heavier Points that a line is wider than usual. */
export function paintLines(context: Context, lines: Lines, scale: number, theme: Theme, heavier = 0): void {
  const { references, joins } = lines;
  const palette = paletteOf(theme);
  context.strokeStyle = palette.line;
  context.fillStyle = palette.line;
  context.lineJoin = 'round';
  context.lineWidth = Math.max(1 + heavier, (THINNEST + heavier) / scale);
  // From far away many lines are close together. Where they are, it is dark.
  context.globalAlpha = heavier === 0 && scale < LEAST_HEADS ? 0.5 : 1;
  for (const dashed of [false, true]) {
    context.setLineDash(dashed ? [4, 3] : []);
    context.beginPath();
    for (const { reference, points } of references) if ((reference.hidden ?? false) === dashed) trace(context, points);
    if (!dashed) for (const { points } of joins) trace(context, points);
    context.stroke();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
  if (scale < LEAST_HEADS && heavier === 0) return;
  context.beginPath();
  const least = heavier === 0 ? 1 : Math.max(1, LEAST_HEADS / scale);
  for (const { points, tip, joins: toCircle } of references) if (!toCircle) head(context, points, tip, least);
  for (const { points, tip } of joins) head(context, points, tip, least);
  context.fill();
  if (scale < LEAST_HEADS) return;
  context.lineWidth = 1 + heavier;
  context.stroke();
  paintCircles(context, joins, theme);
}

function paintCircles(context: Context, joins: readonly PlacedJoin[], theme: Theme): void {
  context.fillStyle = paletteOf(theme).background;
  context.beginPath();
  for (const { centre, radius } of joins) {
    context.moveTo(centre.x + radius, centre.y);
    context.arc(centre.x, centre.y, radius, 0, 2 * Math.PI);
  }
  context.fill();
  context.stroke();
}

function trace(context: Context, points: readonly Point[]): void {
  const [start] = points;
  if (!start) return;
  context.moveTo(start.x, start.y);
  for (let at = 1; at + 2 < points.length; at += 3) {
    const [a, b, c] = [points[at], points[at + 1], points[at + 2]];
    if (a && b && c) context.bezierCurveTo(a.x, a.y, b.x, b.y, c.x, c.y);
  }
}

function head(context: Context, points: readonly Point[], tip: Point, size: number): void {
  const foot = points.at(-1) ?? tip;
  const [dx, dy] = [size * (tip.x - foot.x), size * (tip.y - foot.y)];
  const length = Math.hypot(dx, dy) || 1;
  const [ax, ay] = [(-dy / length) * HEAD_HALF_WIDTH * size, (dx / length) * HEAD_HALF_WIDTH * size];
  context.moveTo(tip.x - dx + ax, tip.y - dy + ay);
  context.lineTo(tip.x, tip.y);
  context.lineTo(tip.x - dx - ax, tip.y - dy - ay);
  context.closePath();
}

/** Heavier frames of the boxes that are lit up. */
export function paintFrames(context: Context, boxes: readonly PlacedBox[], scale: number, theme: Theme): void {
  context.strokeStyle = paletteOf(theme).line;
  context.lineWidth = Math.max(2.5, 2 / scale);
  context.beginPath();
  for (const { frame } of boxes) context.rect(frame.x, frame.y, frame.width, frame.height);
  context.stroke();
}

/** Radius of a badge in points, and its least radius in window pixels. */
const BADGE = 6;
const LEAST_BADGE = 3;

/** What changed, as src/drawing/marks.tsx shows it. From far away the badges keep a size that can be seen. */
export function paintMarks(
  context: Context,
  part: Part,
  marks: Marks,
  ports: ReturnType<typeof changedPorts>,
  scale: number,
  theme: Theme,
): void {
  const { mark, on } = markColors[theme];
  context.strokeStyle = mark;
  for (const { reference, points } of part.references) {
    const change = ports.get(`${reference.from}:${reference.port}`);
    if (!change) continue;
    context.lineWidth = Math.max(2.5, 1.5 / scale);
    context.setLineDash(change === 'gone' ? [5, 4] : []);
    context.beginPath();
    trace(context, points);
    context.stroke();
  }
  const radius = Math.max(BADGE, LEAST_BADGE / scale);
  for (const { box, frame, cells } of part.boxes) {
    const marked = marks.boxes.get(box.key);
    if (!marked) continue;
    context.lineWidth = Math.max(2, 1.5 / scale);
    context.setLineDash(marked.change === 'gone' ? [4, 3] : []);
    if (marked.change !== 'changed' || scale < LEAST_CELLS)
      context.strokeRect(frame.x, frame.y, frame.width, frame.height);
    if (scale >= LEAST_CELLS) {
      for (const { key, at } of cellsOf(box)) {
        const place = cells[at.row]?.[at.column];
        if (place && marked.cells.has(key))
          context.strokeRect(frame.x + place.x, frame.y + place.y, place.width, place.height);
      }
    }
    context.setLineDash([]);
    context.fillStyle = mark;
    context.beginPath();
    context.arc(frame.x + frame.width, frame.y, radius, 0, 2 * Math.PI);
    context.fill();
    if (radius * scale < 4) continue;
    context.font = `bold ${(11 * radius) / BADGE}px sans-serif`;
    context.fillStyle = on;
    context.textAlign = 'center';
    context.fillText(badges[marked.change], frame.x + frame.width, frame.y + (3.5 * radius) / BADGE);
  }
  context.setLineDash([]);
}

/** Everything, small: for the map of the whole. `across` and `down`: pixels for one point. */
export function paintMap(context: Context, placed: Placed, across: number, down: number, theme: Theme): void {
  const { origin, boxes, references, diagram } = placed;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.strokeStyle = paletteOf(theme).line;
  context.lineWidth = 1;
  context.globalAlpha = references.length > 1000 ? 0.12 : 0.35;
  context.beginPath();
  for (const { points } of references) {
    const [start, end] = [points[0], points.at(-1)];
    if (!start || !end) continue;
    context.moveTo((start.x - origin.x) * across, (start.y - origin.y) * down);
    context.lineTo((end.x - origin.x) * across, (end.y - origin.y) * down);
  }
  context.stroke();
  context.globalAlpha = 1;
  for (const [fill, some] of byFill(boxes, theme, (diagram.style ?? defaultSettings).palette)) {
    context.fillStyle = fill;
    for (const { frame } of some) {
      const [x, y] = [(frame.x - origin.x) * across, (frame.y - origin.y) * down];
      context.fillRect(x, y, Math.max(1, frame.width * across), Math.max(1, frame.height * down));
    }
  }
}
