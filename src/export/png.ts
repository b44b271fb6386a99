/** The picture as a PNG, through a canvas. Needs a document; scales down what a canvas could not hold, and says so. */

/** Chromium gives an empty canvas, without an error, beyond either (LAYOUT: 16,384 px a side; the area is its square). */
const longestSide = 16_384;
const largestArea = 16_384 * 16_384;

export interface PngOptions {
  /** Of the picture, in points. */
  readonly width: number;
  readonly height: number;
  /** Pixels a point. */
  readonly scale: number;
}

export interface Png {
  readonly blob: Blob;
  /** The scale that it has, which is smaller than the one that was asked for where a canvas is too small for that. */
  readonly scale: number;
}

/** The scale that fits, at most the one asked for. */
export function fittingScale({ width, height, scale }: PngOptions): number {
  return Math.min(scale, longestSide / Math.max(width, height), Math.sqrt(largestArea / (width * height)));
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
    if (!context) throw new Error('This browser gives no canvas to draw on: save an SVG instead.');
    context.drawImage(image, 0, 0, width, height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('There is not enough memory for a PNG of this size: choose a smaller scale.');
    return { blob, scale };
  } finally {
    URL.revokeObjectURL(url);
  }
}
