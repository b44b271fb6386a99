/**
 * Sizes of frames and cells from the widths of their texts. Everything is in whole points, because Graphviz accepts only whole
 * points for a fixed cell. Positions nothing and does not know Graphviz.
 */
import { type Box, type Cell, type Diagram, undrawnText } from '../diagram/diagram.ts';
import { type DiagramSettings, defaultSettings } from '../diagram/settings.ts';
import type { PlacedCell, TextMeasure } from './placed.ts';
import { figureGeometry, figureSize } from './values/figure-size.ts';

/** Points, as in the original: cells are 17 to 18 high. */
export const geometry = {
  cellHeight: 18,
  indexHeight: 13,
  /** Between an index and the value that it belongs to. */
  indexGap: 3,
  minimumCellWidth: 18,
  /** The side of a color's square, and the space between it and the text. */
  swatch: 10,
  swatchGap: 5,
  /** For each of several references that leave from one cell. */
  portWidth: 9,
  emptyWidth: 26,
  emptyHeight: 14,
  titleHeight: 16,
  /** Space above a box without a title, for an arrow's head. */
  bareHeight: 9,
  /** Free space to the left and right of an arrow that comes down to the right of a title. */
  landing: 8,
} as const;

/** A frame with its cells, relative to the frame's corner. */
export interface MeasuredFrame {
  readonly width: number;
  readonly height: number;
  readonly titleWidth: number;
  /** Null for a box without a figure. `textWidth` is that of its words. */
  readonly figure: PlacedCell | null;
  readonly cells: readonly (readonly (PlacedCell | null)[])[];
}

/** Room between boxes of a rank, and between ranks. Points. */
export interface Gaps {
  readonly boxes: number;
  readonly ranks: number;
}

/** Graphviz attributes, which are in inches, override our settings. */
export function gapsOf({ style }: Diagram): Gaps {
  const { betweenBoxes, betweenRanks } = style?.spacing ?? defaultSettings.spacing;
  const graph = style?.graphviz.graph ?? {};
  const points = (inches: string | undefined, otherwise: number): number => {
    const asked = Number.parseFloat(inches ?? '') * 72;
    return Math.round(Number.isFinite(asked) ? Math.max(4, Math.min(500, asked)) : otherwise);
  };
  return { boxes: points(graph.nodesep, betweenBoxes), ranks: points(graph.ranksep, betweenRanks) };
}

type Spacing = DiagramSettings['spacing'];

/** The frames of a diagram's boxes, in their order. */
export function measureFrames({ boxes, direction, style }: Diagram, measure: TextMeasure): readonly MeasuredFrame[] {
  const { cellPadding, betweenCells, ...gaps } = style?.spacing ?? defaultSettings.spacing;
  const spacing = { ...gaps, cellPadding: Math.round(cellPadding), betweenCells: Math.round(betweenCells) };
  return boxes.map((box) => measureFrame(box, direction, spacing, measure));
}

/** Arrows from above come down to the right of the title. A box that has such arrows is wide enough for both. */
function measureFrame(
  box: Box,
  direction: Diagram['direction'],
  spacing: Spacing,
  measure: TextMeasure,
): MeasuredFrame {
  const title = [box.title, undrawnText(box)].filter((text) => text !== '').join(' ');
  const titleWidth = title === '' ? 0 : Math.ceil(measure.width(title, 'title'));
  const smallest = titleWidth + (direction === 'down' && titleWidth > 0 ? 2 * geometry.landing : 0);
  const between = spacing.betweenCells;
  const size = box.figure ? figureSize(box.figure, measure) : null;
  const inner = Math.max(smallest - 2 * between, size?.width ?? 0);
  const content = measureCells(box, inner, size ? between + size.height : 0, spacing, measure);
  const width = Math.max(content.width, smallest, size ? size.width + 2 * between : 0);
  const figure = size && {
    x: between,
    y: between,
    width:
      box.figure?.type === 'image'
        ? size.drawnWidth
        : Math.min(width - 2 * between, Math.max(size.width, figureGeometry.widest)),
    height: size.height,
    textWidth: size.wordsWidth,
  };
  return { ...content, width, titleWidth, figure };
}

/** @param above The height of what stands above the cells. */
function measureCells(
  { rows }: Box,
  innerWidth: number,
  above: number,
  { betweenCells: spacing, cellPadding }: Spacing,
  measure: TextMeasure,
): Omit<MeasuredFrame, 'titleWidth' | 'figure'> {
  const { emptyWidth, emptyHeight } = geometry;
  const columns = rows[0]?.length ?? 0;
  if (columns === 0) {
    const height = above === 0 ? emptyHeight : above + spacing;
    return { width: emptyWidth, height, cells: rows.map(() => []) };
  }

  const texts = rows.map((row) => row.map((cell) => (cell ? textWidth(cell, measure) : 0)));
  const widths: number[] = [];
  const gaps: number[] = [];
  for (let column = 0; column < columns; column++) {
    let width = 0;
    let onlyIndices = true;
    rows.forEach((row, r) => {
      const cell = row[column];
      if (!cell) return;
      if (cell.kind !== 'index') onlyIndices = false;
      width = Math.max(width, cellWidth(cell, texts[r]?.[column] ?? 0, cellPadding));
    });
    widths.push(width);
    gaps.push(column === columns - 1 ? 0 : onlyIndices ? geometry.indexGap : spacing);
  }
  stretch(widths, innerWidth - sum(gaps));

  const heights = rows.map((row) =>
    row.every((cell) => cell === null || cell.kind === 'index') ? geometry.indexHeight : geometry.cellHeight,
  );
  const cells: (PlacedCell | null)[][] = [];
  let y = above + spacing;
  rows.forEach((row, r) => {
    const height = heights[r] ?? 0;
    // An index row belongs to the row below it and is close to it.
    if (r > 0) y += heights[r - 1] === geometry.indexHeight ? 0 : spacing;
    let x = spacing;
    cells.push(
      row.map((cell, column) => {
        const placed = cell ? { x, y, width: widths[column] ?? 0, height, textWidth: texts[r]?.[column] ?? 0 } : null;
        x += (widths[column] ?? 0) + (gaps[column] ?? 0);
        return placed;
      }),
    );
    y += height;
  });
  return { width: sum(widths) + sum(gaps) + 2 * spacing, height: y + spacing, cells };
}

/** Widens the columns until `widths` add up to `total`: the last of one or two, all of more. */
function stretch(widths: number[], total: number): void {
  const missing = total - sum(widths);
  if (missing <= 0) return;
  const last = widths.length - 1;
  if (widths.length <= 2) {
    widths[last] = (widths[last] ?? 0) + missing;
    return;
  }
  const each = Math.ceil(missing / widths.length);
  for (let i = 0; i <= last; i++) widths[i] = (widths[i] ?? 0) + each;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const textWidth = (cell: Cell, measure: TextMeasure): number =>
  cell.text === '' ? 0 : Math.ceil(measure.width(cell.text, 'cell'));

function cellWidth(cell: Cell, text: number, padding: number): number {
  if (cell.kind === 'index') return text;
  const ports = cell.hiddenPorts?.length ?? 0;
  const swatch = cell.swatch ? geometry.swatch + geometry.swatchGap : 0;
  return Math.max(geometry.minimumCellWidth, text + swatch + 2 * padding, ports * geometry.portWidth);
}

/** Advance of the usual monospace fonts (Menlo, DejaVu Sans Mono) at 12 px; Consolas and SF Mono are narrower. */
const cellAdvance = 0.602 * 12;

const titleSize = 11;

/** Advances of a sans font, relative to its size, between the widest and the narrowest of the usual ones. */
const narrow = /[ijlI|!'.,:;()[\]{} ftr/\\]/;
const wide = /[mwMW@%ƒ…]/;
const capital = /[\p{Lu}#0-9_$]/u;

function titleAdvance(character: string): number {
  if (narrow.test(character)) return 0.34;
  if (wide.test(character)) return 0.92;
  return capital.test(character) ? 0.66 : 0.58;
}

const zeroWidth = /[\p{M}\u200d]/u;
const doubleWidth =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

/** A measure without a canvas, for Node and for exports: the same text has the same width everywhere. */
export const tableMeasure: TextMeasure = {
  width(text, style) {
    let width = 0;
    for (const character of text) {
      if (zeroWidth.test(character)) continue;
      const advance = style === 'cell' ? cellAdvance : titleAdvance(character) * titleSize;
      width += doubleWidth.test(character) ? (style === 'cell' ? 2 * cellAdvance : titleSize) : advance;
    }
    return width;
  },
};
