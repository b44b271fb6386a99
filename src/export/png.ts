/** The picture as a PNG, drawn on a canvas. Needs a document. Scales down a picture that is too large for a canvas, and reports that. */
import { say } from '../words/say.ts';
import { type Area, tilesOf } from './tiles.ts';

/** Pixels. Beyond this, a canvas of Chromium stays empty, without an error. */
const longestSide = 16_384;
const largestArea = 16_384 * 16_384;

export interface PngOptions {
  /** The size of the picture in points. */
  readonly width: number;
  readonly height: number;
  /** Pixels per point. */
  readonly scale: number;
}

export interface Png {
  readonly blob: Blob;
  /** The scale of the PNG. It is smaller than requested where a canvas would be too small. */
  readonly scale: number;
}

/** Pixels per point from which on text can be read. */
const readable = 1;
/** Files of one picture. More would be of no use to anybody. */
const mostTiles = 60;

/** The largest scale that fits, up to the requested one. */
export function fittingScale({ width, height, scale }: PngOptions): number {
  return Math.min(scale, longestSide / Math.max(width, height), Math.sqrt(largestArea / (width * height)));
}

/**
 * How a picture becomes images in which its text can be read: one, smaller than was asked for where it must be, or several.
 * `scale` is theirs.
 */
export function imagesOf(options: PngOptions): { readonly scale: number; readonly tiles: readonly Area[] } {
  const { width, height } = options;
  const fitting = fittingScale(options);
  const wanted = [options.scale, readable].find(
    (scale) => scale <= options.scale && tilesOf(options, longestSide / scale).length <= mostTiles,
  );
  if (fitting >= Math.min(readable, options.scale) || wanted === undefined)
    return { scale: fitting, tiles: [{ x: 0, y: 0, width, height }] };
  return { scale: wanted, tiles: tilesOf(options, longestSide / wanted) };
}

/** The part around the root, at the top left, that one image holds with text that can be read. */
export function firstPart({ width, height, scale }: PngOptions): Area {
  const longest = longestSide / Math.min(scale, readable);
  return { x: 0, y: 0, width: Math.min(width, longest), height: Math.min(height, longest) };
}

/** @throws when the browser cannot draw the SVG or has no memory for a canvas of this size, with what to do. */
export async function toPng(svg: string, options: PngOptions): Promise<Png> {
  const scale = fittingScale(options);
  const width = Math.max(1, Math.floor(options.width * scale));
  const height = Math.max(1, Math.floor(options.height * scale));
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    if (!context) throw new Error(say('png_noCanvas'));
    context.drawImage(image, 0, 0, width, height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error(say('png_noMemory'));
    return { blob, scale };
  } finally {
    URL.revokeObjectURL(url);
  }
}
