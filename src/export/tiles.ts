/** Cuts a picture that no single image or page can hold into equal tiles. Pure. */

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Tiles of at most `longest` wide and high, row by row from the top left. */
export function tilesOf({ width, height }: Pick<Area, 'width' | 'height'>, longest: number): readonly Area[] {
  const columns = Math.max(1, Math.ceil(width / longest));
  const rows = Math.max(1, Math.ceil(height / longest));
  const tile = { width: width / columns, height: height / rows };
  return Array.from({ length: columns * rows }, (_, index) => ({
    ...tile,
    x: (index % columns) * tile.width,
    y: Math.floor(index / columns) * tile.height,
  }));
}

/** The SVG of a file, showing an area of it alone. `area` counts from the picture's top left corner. */
export function showingArea(svg: string, { x, y, width, height }: Area): string {
  return svg.replace(/<svg[^>]*>/, (root) =>
    root
      .replace(/viewBox="([-\d.]+) ([-\d.]+) [^"]*"/, (_, left, top) => {
        return `viewBox="${Number(left) + x} ${Number(top) + y} ${width} ${height}"`;
      })
      .replace(/ width="[^"]*"/, ` width="${width}"`)
      .replace(/ height="[^"]*"/, ` height="${height}"`),
  );
}
