/** Paints what stands beside texts and above cells: colors and figures, as src/drawing/ does with elements. */
import type { Cell } from '../../../src/diagram/diagram.ts';
import { type FigurePath, figurePaths, figureWords } from '../../../src/drawing/figures.tsx';
import { titleFont } from '../../../src/drawing/fonts.ts';
import type { Palette } from '../../../src/drawing/palettes.ts';
import { geometry } from '../../../src/layout/measure.ts';
import type { PlacedBox } from '../../../src/layout/placed.ts';
import { figureGeometry } from '../../../src/layout/values/figure-size.ts';

/** Opacity of what is filled; what is not in it is a line. */
const filled: Readonly<Partial<Record<FigurePath['name'], number>>> = {
  'mg-gap': 0.22,
  'mg-overlap': 0.22,
  'mg-bar': 0.55,
  'mg-checks': 0.12,
};

/** The figures of boxes. Images are not painted: they would have to be decoded first. */
export function paintFigures(context: CanvasRenderingContext2D, boxes: readonly PlacedBox[], palette: Palette): void {
  for (const { box, frame, figure: place } of boxes) {
    if (!box.figure || !place) continue;
    context.save();
    context.translate(frame.x + place.x, frame.y + place.y);
    const height = place.height - figureGeometry.words;
    context.fillStyle = palette.background;
    context.fillRect(0, 0, place.width, height);
    for (const { name, d } of figurePaths(box.figure, place.width, height)) {
      const path = new Path2D(d);
      const opacity = filled[name];
      context.globalAlpha = opacity ?? 1;
      context.fillStyle = palette.line;
      context.strokeStyle = palette.text;
      if (opacity !== undefined) context.fill(path);
      context.globalAlpha = 1;
      if (opacity === undefined || name === 'mg-bar') context.stroke(path);
    }
    context.font = titleFont;
    context.textAlign = 'left';
    context.fillStyle = palette.index;
    context.fillText(figureWords(box.figure), 0, place.height - 3);
    context.restore();
  }
}

/** The color before the text of a cell. @param middle Of the cell. @returns How far the text moves to the right. */
export function paintSwatch(
  context: CanvasRenderingContext2D,
  { swatch }: Cell,
  middle: { readonly x: number; readonly y: number },
  textWidth: number,
): number {
  if (!swatch) return 0;
  const side = geometry.swatch;
  const moved = (side + geometry.swatchGap) / 2;
  const before = context.fillStyle;
  context.fillStyle = swatch.fill;
  context.globalAlpha = swatch.opacity;
  context.fillRect(middle.x - textWidth / 2 - moved, middle.y - side / 2, side, side);
  context.globalAlpha = 1;
  context.strokeRect(middle.x - textWidth / 2 - moved, middle.y - side / 2, side, side);
  context.fillStyle = before;
  return moved;
}
