/**
 * Sizes of boxes and cells from the widths of their texts. Everything is in whole points, because Graphviz takes only
 * whole ones for a fixed cell. Places nothing and knows no Graphviz.
 */
import type { Box, BoxKey, Cell, Diagram } from '../diagram/diagram.ts';
import type { PlacedCell, Point, Rectangle, TextMeasure } from './placed.ts';
import { cellSides, type Side, type Way } from './ways.ts';

/** Points, as the original draws them: cells 17 to 18 high, 5 from each other and from the frame. */
export const geometry = {
  cellHeight: 18,
  indexHeight: 13,
  spacing: 5,
  /** Between an index and the value that it belongs to. */
  indexGap: 3,
  /** Left and right of a cell's text. */
  cellPadding: 5,
  minimumCellWidth: 18,
  emptyWidth: 26,
  emptyHeight: 14,
  titleHeight: 16,
  /** Free room between a title and an arrow that comes down beside it. */
  landingGap: 8,
  /** Room to the right of an arrow that comes down beside a title. */
  landingMargin: 8,
  /** Between the lanes in which references run around the box that they leave. */
  lane: 7,
  arrowLength: 8,
  /** Room outside the frame for an arrow that arrives there. */
  arrival: 10,
} as const;

/** A place of a box that an edge holds on to, relative to the footprint; Graphviz meets the middle of its `side`. */
export interface Anchor extends Rectangle {
  readonly name: string;
  readonly side: 'n' | 'e' | 's' | 'w';
}

/** How a reference gets from its cell to the edge of the box's footprint, and back to the frame if it refers to it. */
export interface Departure {
  readonly anchor: Anchor;
  /** Points from the cell's border on, relative to the footprint, to be drawn with rounded corners. */
  readonly path: readonly Point[];
}

/** Where references end: Graphviz leads them to the anchor, from there a straight arrow goes on to the `tip`. */
export interface Arrival {
  readonly anchor: Anchor;
  readonly tip: Point;
}

/** A box before it has a place. Everything is relative to the footprint's top left corner, except the cells. */
export interface MeasuredBox {
  /** All the room that the box needs, with its title and the lanes of references around it. */
  readonly width: number;
  readonly height: number;
  readonly frame: Rectangle;
  readonly title: PlacedCell;
  /** Relative to the frame's corner. */
  readonly cells: readonly (readonly (PlacedCell | null)[])[];
  /** By port. */
  readonly departures: ReadonlyMap<number, Departure>;
  /** `on` is the side that references along the picture's direction arrive at. */
  readonly arrivals: ReadonlyMap<Side | 'on', Arrival>;
  /** Paths of the box's references to itself, by port; the last point is the arrow's tip. */
  readonly loops: ReadonlyMap<number, readonly Point[]>;
}

interface Traffic {
  readonly out: Map<number, Way>;
  readonly back: Set<Side>;
  arrivesOn: boolean;
}

/** Measures every box of a diagram, in its order; `ways` are those of its references. */
export function measureDiagram(
  { boxes, references, direction }: Diagram,
  ways: readonly Way[],
  measure: TextMeasure,
): readonly MeasuredBox[] {
  const traffic = new Map<BoxKey, Traffic>();
  for (const { key } of boxes) traffic.set(key, { out: new Map(), back: new Set(), arrivesOn: false });
  references.forEach(({ from, port, to }, i) => {
    const way = ways[i];
    if (!way) return;
    traffic.get(from)?.out.set(port, way);
    const arriving = traffic.get(to);
    if (way.kind === 'back') arriving?.back.add(way.side);
    if (way.kind === 'on' && arriving) arriving.arrivesOn = true;
  });
  return boxes.map((box) => {
    const own = traffic.get(box.key);
    return measureBox(box, direction, own ?? { out: new Map(), back: new Set(), arrivesOn: false }, measure);
  });
}

/** A reference that runs around its own box before it goes its way. */
interface Around {
  readonly port: number;
  readonly cell: PlacedCell;
  /** Side of the cell that it leaves from, and side of the box that it goes to. */
  readonly from: Side;
  readonly to: Side;
  readonly self: boolean;
}

function measureBox(box: Box, direction: Diagram['direction'], traffic: Traffic, measure: TextMeasure): MeasuredBox {
  const { spacing, titleHeight, landingGap, landingMargin, lane, arrival } = geometry;
  const titleText = Math.ceil(measure.width(box.title, 'title'));
  const smallest = titleText + (direction === 'down' ? landingGap + landingMargin : 0);
  const content = measureCells(box, smallest - 2 * spacing, measure);
  const frameWidth = Math.max(content.width, smallest);

  const ports = portCells(box, content.cells);
  const around = ports.flatMap(({ port, cell, side }): Around[] => {
    const way = traffic.out.get(port);
    if (way?.kind === 'self') return [{ port, cell, from: side, to: side === 'left' ? 'left' : 'right', self: true }];
    return way?.kind === 'back' && way.side !== side ? [{ port, cell, from: side, to: way.side, self: false }] : [];
  });
  const under = lanesUnder(around);
  const beside = around.filter(({ from }) => from !== 'below');
  const loopsRight = around.filter(({ self, to }) => self && to === 'right');
  const loopsLeft = around.filter(({ self, to }) => self && to === 'left');
  const toTheSide = beside.filter(({ self }) => !self);
  const lanes = Math.max(0, ...under.values(), ...[loopsLeft, loopsRight].map((loops) => countBeside(loops)));
  const outside = (loops: readonly Around[], back: boolean): number =>
    Math.max(back ? arrival : 0, loops.length === 0 ? 0 : geometry.arrowLength + (loops.length + 1) * lane);
  const left = Math.max(outside(loopsLeft, traffic.back.has('left')), direction === 'right' ? arrival : 0);
  const right = outside(loopsRight, traffic.back.has('right')) + toTheSide.length * lane;
  const below = Math.max(lanes === 0 ? 0 : (lanes + 1) * lane, traffic.back.has('below') ? arrival : 0);
  const frame = { x: left, y: titleHeight, width: frameWidth, height: content.height };
  const width = left + frameWidth + right;
  const height = titleHeight + content.height + below;
  const bottom = frame.y + frame.height;
  const frameRight = frame.x + frame.width;

  const departures = new Map<number, Departure>();
  const loops = new Map<number, readonly Point[]>();
  for (const { port, cell, side } of ports) {
    const place = { x: frame.x + cell.x, y: frame.y + cell.y, width: cell.width, height: cell.height };
    const start = middleOf(place, side);
    const lap = around.find((candidate) => candidate.port === port);
    if (!lap) {
      const anchor = { ...place, name: String(port), side: compass(side) };
      departures.set(port, { anchor, path: [start] });
    } else if (lap.self) {
      const order = (lap.to === 'right' ? loopsRight : loopsLeft).indexOf(lap);
      const out = geometry.arrowLength + (order + 1) * lane;
      const x = lap.to === 'right' ? frameRight + out : frame.x - out;
      if (side === 'below') {
        const y = bottom + (under.get(port) ?? 1) * lane;
        const tip = { x: frameRight, y: frame.y + Math.min(frame.height / 2, lane * (order + 1)) };
        loops.set(port, [start, { x: start.x, y }, { x, y }, { x, y: tip.y }, tip]);
      } else {
        const y = bottom + (order + 1) * lane + geometry.arrowLength;
        const inside = geometry.lane * (order + 1);
        const tipX = lap.to === 'right' ? frameRight - inside : frame.x + inside;
        loops.set(port, [start, { x, y: start.y }, { x, y }, { x: tipX, y }, { x: tipX, y: bottom }]);
      }
    } else if (lap.to === 'below') {
      const x = frameRight + (toTheSide.indexOf(lap) + 1) * lane;
      const anchor = { x: x - 1, y: height - 2, width: 2, height: 2, name: `b${port}`, side: 's' } as const;
      departures.set(port, { anchor, path: [start, { x, y: start.y }, { x, y: height }] });
    } else {
      const y = bottom + (under.get(port) ?? 1) * lane;
      const x = lap.to === 'left' ? 0 : width;
      const anchor = { x: lap.to === 'left' ? 0 : width - 2, y: y - 1, width: 2, height: 2 };
      departures.set(port, {
        anchor: { ...anchor, name: `b${port}`, side: compass(lap.to) },
        path: [start, { x: start.x, y }, { x, y }],
      });
    }
  }

  const arrivals = new Map<Side | 'on', Arrival>();
  if (traffic.arrivesOn && direction === 'down') {
    const x = frame.x + Math.max(Math.floor(frameWidth / 2), titleText + landingGap);
    const anchor = { x: x - 1, y: 0, width: 2, height: titleHeight, name: 'on', side: 'n' } as const;
    arrivals.set('on', { anchor, tip: { x, y: frame.y } });
  }
  if (traffic.arrivesOn && direction === 'right') {
    // The middle of the whole footprint's left side; place.ts bends the last bit onto the frame's middle.
    const anchor = { x: 0, y: 0, width, height, name: 'on', side: 'w' } as const;
    arrivals.set('on', { anchor, tip: { x: frame.x, y: frame.y + Math.floor(frame.height / 2) } });
  }
  const band = arrivalBand(box, frame, ports);
  for (const side of traffic.back) {
    const name = side;
    const y = band.y + band.height / 2;
    if (side === 'left') {
      arrivals.set(side, { anchor: { x: 0, width: 2, ...band, name, side: 'w' }, tip: { x: frame.x, y } });
    } else if (side === 'right') {
      arrivals.set(side, { anchor: { x: width - 2, width: 2, ...band, name, side: 'e' }, tip: { x: frameRight, y } });
    } else {
      const x = frame.x + Math.floor(frameWidth / 2);
      const anchor = { x: x - 1, y: height - 2, width: 2, height: 2, name, side: 's' } as const;
      arrivals.set(side, { anchor, tip: { x, y: bottom } });
    }
  }
  return {
    width,
    height,
    frame,
    title: { x: frame.x, y: 0, width: titleText, height: titleHeight, textWidth: titleText },
    cells: content.cells,
    departures,
    arrivals,
    loops,
  };
}

/** The lane under the frame of each reference that needs one, from 1: the cell that is nearest its side goes innermost. */
function lanesUnder(around: readonly Around[]): ReadonlyMap<number, number> {
  const lanes = new Map<number, number>();
  for (const side of ['left', 'right'] as const) {
    const there = around.filter(({ from, to }) => from === 'below' && to === side);
    if (side === 'right') there.reverse();
    there.forEach(({ port }, order) => {
      lanes.set(port, order + 1);
    });
  }
  return lanes;
}

/** Lanes under the frame that loops from the side of a vertical box need, arrow included. */
const countBeside = (loops: readonly Around[]): number => {
  const count = loops.filter(({ from }) => from !== 'below').length;
  return count === 0 ? 0 : count + 1;
};

/**
 * Where arrows arrive from the side: beside the reference cells of a horizontal box, whose lines leave downwards; in
 * the border above the first cell of a vertical one, whose lines leave to that very side.
 */
function arrivalBand(
  box: Box,
  frame: Rectangle,
  ports: readonly { readonly cell: PlacedCell }[],
): { readonly y: number; readonly height: number } {
  const [first] = ports;
  if (!first) return { y: frame.y + Math.floor(frame.height / 2) - 1, height: 2 };
  if (box.orientation === 'horizontal') return { y: frame.y + first.cell.y, height: first.cell.height };
  return { y: frame.y + 2, height: 2 };
}

function portCells(
  box: Box,
  cells: MeasuredBox['cells'],
): readonly { readonly port: number; readonly cell: PlacedCell; readonly side: Side }[] {
  const sides = cellSides(box);
  return box.rows.flatMap((row, r) =>
    row.flatMap((cell, column) => {
      const place = cells[r]?.[column];
      const side = cell?.port === null || cell?.port === undefined ? undefined : sides.get(cell.port);
      return place && side && cell?.port !== null && cell?.port !== undefined
        ? [{ port: cell.port, cell: place, side }]
        : [];
    }),
  );
}

function middleOf({ x, y, width, height }: Rectangle, side: Side): Point {
  switch (side) {
    case 'left':
      return { x, y: y + height / 2 };
    case 'right':
      return { x: x + width, y: y + height / 2 };
    case 'below':
      return { x: x + width / 2, y: y + height };
  }
}

function compass(side: Side): 'e' | 's' | 'w' {
  switch (side) {
    case 'left':
      return 'w';
    case 'right':
      return 'e';
    case 'below':
      return 's';
  }
}

interface Content {
  readonly width: number;
  readonly height: number;
  readonly cells: readonly (readonly (PlacedCell | null)[])[];
}

function measureCells({ rows }: Box, innerWidth: number, measure: TextMeasure): Content {
  const { spacing, emptyWidth, emptyHeight } = geometry;
  const columns = rows[0]?.length ?? 0;
  if (columns === 0) return { width: emptyWidth, height: emptyHeight, cells: rows.map(() => []) };

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
      width = Math.max(width, cellWidth(cell, texts[r]?.[column] ?? 0));
    });
    widths.push(width);
    gaps.push(column === columns - 1 ? 0 : onlyIndices ? geometry.indexGap : spacing);
  }
  stretch(widths, innerWidth - sum(gaps));

  const heights = rows.map((row) =>
    row.every((cell) => cell === null || cell.kind === 'index') ? geometry.indexHeight : geometry.cellHeight,
  );
  const cells: (PlacedCell | null)[][] = [];
  let y = spacing;
  rows.forEach((row, r) => {
    const height = heights[r] ?? 0;
    // An index row belongs to the row below it and stands close to it.
    if (r > 0) y += heights[r - 1] === geometry.indexHeight ? 0 : spacing;
    let x = spacing;
    cells.push(
      row.map((cell, column) => {
        const place = cell ? { x, y, width: widths[column] ?? 0, height, textWidth: texts[r]?.[column] ?? 0 } : null;
        x += (widths[column] ?? 0) + (gaps[column] ?? 0);
        return place;
      }),
    );
    y += height;
  });
  return { width: sum(widths) + sum(gaps) + 2 * spacing, height: y + spacing, cells };
}

/** Widens the last column of one or two, all columns of more, until `widths` come to `total`. */
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

function cellWidth(cell: Cell, text: number): number {
  if (cell.kind === 'index') return text;
  return Math.max(geometry.minimumCellWidth, text + 2 * geometry.cellPadding);
}

/** Advance of the usual monospace fonts (Menlo, DejaVu Sans Mono) at 12 px; Consolas and SF Mono are narrower. */
const cellAdvance = 0.602 * 12;

/** Average advance of a bold or wide sans at 11 px, so that a table's width is never too small. */
const titleAdvance = 0.62 * 11;

const zeroWidth = /[\p{M}\u200d]/u;
const doubleWidth =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

/** A measure without a canvas, for Node and for exports: the same text has the same width everywhere. */
export const tableMeasure: TextMeasure = {
  width(text, style) {
    const advance = style === 'cell' ? cellAdvance : titleAdvance;
    let columns = 0;
    for (const character of text) {
      if (zeroWidth.test(character)) continue;
      columns += doubleWidth.test(character) ? 2 : 1;
    }
    return columns * advance;
  },
};
