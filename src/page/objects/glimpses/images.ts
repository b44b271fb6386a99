/**
 * Writes images: their size and, made small, their pixels. Draws a canvas or bitmap on a canvas of its own, which changes nothing about
 * it and gives it no context.
 */
import { Glimpse, ImageState, longestSide } from '../../../wire/format.ts';
import type { ImageSort } from '../../realm/builtin-table.ts';
import { isObject } from '../../realm/safe-read.ts';
import type { WalkContext } from '../../visit/walk-context.ts';

/** The number of images whose pixels are read in one capture without being asked for. */
const mostAtOnce = 16;

export interface ImageWriter {
  /** Starts a capture. */
  begin(): void;
  /** Answers whether it is an image. */
  write(target: object, id: number, className: string): boolean;
}

export function createImageWriter(context: WalkContext): ImageWriter {
  const { builtins, budget, safe, record } = context;
  const { body } = record;
  const { apply } = builtins;
  const { images } = builtins.browser;
  let readAtOnce = 0;

  function writeSize(sort: ImageSort, target: object): { readonly width: number; readonly height: number } | null {
    const width = safe.ask(sort.width, target);
    const height = safe.ask(sort.height, target);
    if (!isSide(width) || !isSide(height)) return null;
    body.digit(Glimpse.Image);
    body.number(width);
    body.number(height);
    return { width, height };
  }

  /** @param bytes Of so many columns and rows, four for each pixel. @param unit What is multiplied to get 0 to 255. */
  function writePixels(bytes: { readonly [index: number]: unknown }, width: number, height: number, unit = 1): void {
    const columns = shrunk(width, height);
    const rows = shrunk(height, width);
    body.digit(ImageState.Read);
    body.number(columns);
    body.number(rows);
    for (let row = 0; row < rows; row += 1) {
      const y = whole(((row + 0.5) * height) / rows);
      for (let column = 0; column < columns; column += 1) {
        const at = 4 * (y * width + whole(((column + 0.5) * width) / columns));
        const color = byte(bytes[at], unit) * 65536 + byte(bytes[at + 1], unit) * 256 + byte(bytes[at + 2], unit);
        body.digit((color >> 18) & 63);
        body.digit((color >> 12) & 63);
        body.digit((color >> 6) & 63);
        body.digit(color & 63);
        body.digit(byte(bytes[at + 3], unit) >> 2);
      }
    }
  }

  /** The bytes of the image, drawn small; undefined when nobody may read them. */
  function drawnBytes(target: object, columns: number, rows: number): unknown {
    try {
      const made = images.makeContext?.(columns, rows);
      if (!isObject(made)) return undefined;
      apply(images.drawImage, made, [target, 0, 0, columns, rows]);
      const data = apply(images.getImageData, made, [0, 0, columns, rows]);
      return isObject(data) ? safe.ask(images.dataOf, data) : undefined;
    } catch {
      return undefined;
    }
  }

  function writeImageData(target: object, wanted: boolean): boolean {
    const size = writeSize(images.imageData, target);
    if (size === null) return false;
    const bytes = safe.ask(images.dataOf, target);
    if (!wanted && readAtOnce >= mostAtOnce) body.digit(ImageState.Unread);
    else if (!isIndexed(bytes) || bytes[0] === undefined) body.digit(ImageState.Empty);
    else {
      readAtOnce += 1;
      // An image of half floats has 0 for black and 1 for white.
      const areBytes = safe.ask(builtins.binaries.typedArrayByteLength, bytes) === size.width * size.height * 4;
      writePixels(bytes, size.width, size.height, areBytes ? 1 : 255);
    }
    return true;
  }

  function writeDrawn(sort: ImageSort, target: object, wanted: boolean): boolean {
    const size = writeSize(sort, target);
    if (size === null) return false;
    const { width, height } = size;
    if (width === 0 || height === 0) body.digit(ImageState.Empty);
    else if (!wanted || budget.isOver()) body.digit(ImageState.Unread);
    else {
      const columns = shrunk(width, height);
      const rows = shrunk(height, width);
      const bytes = drawnBytes(target, columns, rows);
      if (isIndexed(bytes)) writePixels(bytes, columns, rows);
      else body.digit(ImageState.Protected);
    }
    return true;
  }

  const isWanted = (id: number): boolean => context.isOpened(id) || context.isExpanded(id);

  return {
    begin() {
      readAtOnce = 0;
    },
    write(target, id, className) {
      if (!context.view.images) return false;
      if (className === images.imageData.name) return writeImageData(target, isWanted(id));
      for (let index = 0; index < images.drawnCount; index += 1) {
        const sort = images.drawn[index];
        if (sort !== undefined && className === sort.name) return writeDrawn(sort, target, isWanted(id));
      }
      return false;
    },
  };
}

/** A side of an image, made so small that the longer one of both fits. */
function shrunk(side: number, other: number): number {
  const longer = side > other ? side : other;
  if (longer <= longestSide) return side;
  const small = whole((side * longestSide) / longer);
  return small < 1 ? 1 : small;
}

function byte(value: unknown, unit: number): number {
  if (typeof value !== 'number' || !(value > 0)) return 0;
  const scaled = value * unit;
  return scaled > 255 ? 255 : whole(scaled);
}

function whole(value: number): number {
  return value - (value % 1);
}

function isSide(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value % 1 === 0;
}

function isIndexed(value: unknown): value is { readonly [index: number]: unknown } {
  return isObject(value);
}
