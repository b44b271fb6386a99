/** How much room the figure of a box needs. */
import type { Figure } from '../../diagram/diagram.ts';
import type { TextMeasure } from '../placed.ts';

/** Points. */
export const figureGeometry = {
  /** The line of words below. */
  words: 15,
  line: { width: 120, height: 28 },
  /** A wider box gets no wider line or bars. */
  widest: 260,
  /** The longer side of an image; a small image is enlarged to it. */
  image: 96,
  placeholder: { width: 72, height: 30 },
  bytesWidth: 160,
  /** A view of a buffer, and the space to the next one. */
  bar: 8,
  barGap: 3,
} as const;

export interface FigureSize {
  /** Of the drawing and its words. */
  readonly width: number;
  readonly height: number;
  readonly drawnWidth: number;
  readonly wordsWidth: number;
}

export function figureSize(figure: Figure, measure: TextMeasure): FigureSize {
  const wordsWidth = Math.ceil(measure.width(figure.words.join(' · '), 'title'));
  const { width, height } = drawingSize(figure);
  return { width: Math.max(width, wordsWidth), height: height + figureGeometry.words, drawnWidth: width, wordsWidth };
}

function drawingSize(figure: Figure): { readonly width: number; readonly height: number } {
  const { line, image, placeholder, bytesWidth, bar, barGap } = figureGeometry;
  switch (figure.type) {
    case 'sparkline':
      return line;
    case 'image': {
      if (!figure.picture) return placeholder;
      const { columns, rows } = figure.picture;
      const scale = image / Math.max(columns, rows);
      return { width: Math.max(1, Math.round(columns * scale)), height: Math.max(1, Math.round(rows * scale)) };
    }
    case 'bytes':
      return { width: bytesWidth, height: figure.bars.length * (bar + barGap) + barGap };
  }
}
