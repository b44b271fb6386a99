/**
 * All the space that a box needs, and how references pass through it: the strip of its title, where arrows arrive, and the
 * lanes in which a reference that goes back, or to its own box, runs around the frame. This module ensures that no line
 * crosses the text of its own box; Graphviz only has to keep off the footprints.
 *
 * There are two directions: *along* the picture's direction and *across* it. References leave a box at its far side. Those that
 * go back turn off in lanes behind the box. The one that is nearest to its side gets the innermost lane, so that no two cross.
 * Arrows that come back arrive in the outermost lane and meet the frame from behind, further in than all that leave.
 */
import type { Box, BoxKey, Diagram } from '../diagram/diagram.ts';
import { cellSides, type EdgeDirection, portsOf, type Side } from './edge-directions.ts';
import { geometry, type MeasuredFrame } from './measure.ts';
import type { PlacedCell, Point, Rectangle } from './placed.ts';

/** Points. */
const lane = 7;
/** An arrow's head with its straight piece, behind the corner of its lane. */
export const arrowLength = 8;
const arrivalRoom = 14;
/** From an arrow that comes back to the next line that leaves. Any nearer, the arrow's head would touch that line. */
const arrivalInset = 9;
/** From such an arrow to the frame's corner when no line leaves there. Further in, its head would come near to lines that leave in the middle. */
const cornerInset = 6;
/** Space for each reference beyond the third that fans out from a box, and the maximum: flat lines are hard to follow. */
const fanRoom = 2;
const widestFan = 80;

/** Where an edge is attached to a box, relative to the footprint; Graphviz meets the middle of its `side`. */
export interface Anchor extends Rectangle {
  readonly name: string;
  readonly side: 'n' | 'e' | 's' | 'w';
}

/** Corners of a line, relative to the footprint: from a cell's border to the anchor, or from the anchor to an arrow's tip. */
export interface Approach {
  readonly anchor: Anchor;
  readonly path: readonly Point[];
}

/** A box before it is placed. Everything is relative to the footprint's top left corner, except the cells. */
export interface Footprint {
  readonly width: number;
  readonly height: number;
  /** The part of its length, behind the lanes, in which lines only fan out. */
  readonly fan: number;
  readonly frame: Rectangle;
  readonly title: PlacedCell;
  /** Relative to the frame's corner. */
  readonly figure: PlacedCell | null;
  readonly cells: readonly (readonly (PlacedCell | null)[])[];
  /** Where references leave, by port. */
  readonly departures: ReadonlyMap<number, Approach>;
  /** Where references arrive. `forward` is for references along the picture's direction. */
  readonly arrivals: ReadonlyMap<Side | 'forward', Approach>;
  /** The box's references to itself, by port, from the cell to the arrow's tip. */
  readonly loops: ReadonlyMap<number, readonly Point[]>;
}

/** A diagram's edges with their directions, and the space that they need in its boxes. */
export interface Directed {
  readonly edges: readonly EdgeDirection[];
  readonly footprints: readonly Footprint[];
  /** Boxes to which references lead through a circle. */
  readonly joined: ReadonlySet<BoxKey>;
}

/** What passes through a box. */
interface Traffic {
  readonly out: Map<number, EdgeDirection>;
  readonly back: Set<Side>;
  arrivesForward: boolean;
}

/** The footprint of every box of a diagram, in its order; `edges` are those of its references, `frames` its boxes' frames. */
export function footprintsOf(
  { boxes, references, direction }: Diagram,
  edges: readonly EdgeDirection[],
  frames: readonly MeasuredFrame[],
): readonly Footprint[] {
  const traffic = new Map<BoxKey, Traffic>();
  const trafficOf = (key: BoxKey): Traffic => {
    const known = traffic.get(key);
    if (known) return known;
    const none = { out: new Map(), back: new Set<Side>(), arrivesForward: false };
    traffic.set(key, none);
    return none;
  };
  references.forEach(({ from, port, to }, i) => {
    const edge = edges[i];
    if (!edge) return;
    trafficOf(from).out.set(port, edge);
    if (edge.kind === 'back') trafficOf(to).back.add(edge.side);
    if (edge.kind === 'forward') trafficOf(to).arrivesForward = true;
  });
  return boxes.flatMap((box, number): Footprint[] => {
    const frame = frames[number];
    return frame ? [footprintOf(box, direction, trafficOf(box.key), frame)] : [];
  });
}

interface PortCell {
  readonly port: number;
  /** Relative to the footprint. */
  readonly cell: Rectangle;
  readonly side: Side;
  readonly edge: EdgeDirection | undefined;
}

function footprintOf(box: Box, direction: Diagram['direction'], traffic: Traffic, measured: MeasuredFrame): Footprint {
  const down = direction === 'down';
  const far: Side = down ? 'below' : 'right';
  /** The two sides that references which go back may use: at the start and at the end of the box, across the direction. */
  const starting: Side = down ? 'left' : 'above';
  const ending: Side = down ? 'right' : 'below';

  const inner = portCells(box, measured.cells, traffic);
  const turning = inner.filter(({ side, edge }) => side === far && edge && edge.kind !== 'forward');
  const toStart = turning.filter(({ edge }) => edge?.kind === 'back' && edge.side === starting);
  const toEnd = turning.filter((port) => !toStart.includes(port)).reverse();
  const sideways = inner.filter(({ side }) => side !== far);
  const sidewaysLoops = sideways.filter(({ edge }) => edge?.kind === 'self');
  const loopsFar = toEnd.filter(({ edge }) => edge?.kind === 'self');
  const arrivesBehind = inner.every(({ side }) => side === far);

  const roomBehind = (leaving: number, arriving: boolean): number => {
    if (arriving) return arrivalLane(leaving) + 4;
    return leaving === 0 ? 0 : leaving * lane + 5;
  };
  const comesBack = (side: Side): boolean => traffic.back.has(side);
  const fan = Math.min(
    widestFan,
    fanRoom * Math.max(0, inner.filter(({ edge }) => edge?.kind === 'forward').length - 3),
  );
  const behind = Math.max(
    roomBehind(toStart.length, arrivesBehind && comesBack(starting)),
    roomBehind(toEnd.length, arrivesBehind && comesBack(ending)),
    sidewaysLoops.length === 0 ? 0 : loopLane(sidewaysLoops.length - 1) + 5,
  );
  const loopsTo = (side: Side): readonly PortCell[] => sidewaysLoops.filter((port) => port.side === side);
  /** References that leave sideways and have to turn; the one nearest to the corner, which is innermost, first. */
  const turningFrom = (side: Side): readonly PortCell[] =>
    sideways
      .filter(
        (port) => port.side === side && (port.edge?.kind === 'forward' || (side === 'left' && !down && !isLoop(port))),
      )
      .reverse();
  const loopRoom = (loops: readonly PortCell[]): number => (loops.length === 0 ? 0 : loopLane(loops.length - 1));
  const endLoops = [...loopsFar, ...loopsTo(ending)];
  /** Lanes along the box for references that left at a side; those that left at the near side come around to the end. */
  const startLanes = turningFrom('left');
  const endLanes = down ? turningFrom('right') : [...turningFrom('below'), ...turningFrom('left')];
  const room = (loops: readonly PortCell[], lanes: readonly PortCell[], side: Side): number => {
    const taken = loopRoom(loops) + lanes.length * lane;
    return Math.max(taken === 0 ? 0 : taken + 5, !arrivesBehind && comesBack(side) ? arrivalRoom : 0);
  };
  const endMargin = room(endLoops, endLanes, ending);
  const leftMargin = room(loopsTo('left'), startLanes, starting) + (down ? 0 : arrivalRoom);
  const frame = {
    x: leftMargin,
    y: measured.titleWidth === 0 ? geometry.bareHeight : geometry.titleHeight,
    width: measured.width,
    height: measured.height,
  };
  const width = frame.x + frame.width + (down ? endMargin : behind + fan);
  const height = frame.y + frame.height + (down ? behind + fan : endMargin);

  const at = (across: number, along: number): Point => (down ? { x: across, y: along } : { x: along, y: across });
  const acrossOf = ({ x, y }: Point): number => (down ? x : y);
  const frameStart = down ? frame.x : frame.y;
  const frameEnd = down ? frame.x + frame.width : frame.y + frame.height;
  const frameFar = down ? frame.y + frame.height : frame.x + frame.width;
  const frameNear = down ? frame.y : frame.x;
  const end = down ? width : height;
  const anchorAt = (name: string, across: number, along: number, side: Side): Anchor => {
    const start = across === 0 ? 0 : across - 2;
    return { ...at(start, Math.floor(along) - 1), width: 2, height: 2, name, side: compass[side] };
  };

  const departures = new Map<number, Approach>();
  const loops = new Map<number, readonly Point[]>();
  for (const port of inner) {
    const cell = { ...port.cell, x: port.cell.x + frame.x, y: port.cell.y + frame.y };
    const start = middleOf(cell, port.side);
    const across = acrossOf(start);
    if (sidewaysLoops.includes(port)) {
      loops.set(port.port, sidewaysLoop(start, port.side, frame, loopsTo(port.side).indexOf(port)));
    } else if (sideways.includes(port)) {
      const name = String(port.port);
      const outAt = (side: Side, lanes: readonly PortCell[]): number => {
        const isLeft = side === 'left';
        const out = loopRoom(isLeft ? loopsTo('left') : endLoops) + (lanes.indexOf(port) + 1) * lane;
        return isLeft ? frame.x - out : frameEnd + out;
      };
      const laneEnd = frameFar + behind;
      const leaves = (across: number): Anchor => ({
        ...at(across - 1, laneEnd - 2),
        width: 2,
        height: 2,
        name,
        side: compass[far],
      });
      const back = port.edge?.kind === 'back';
      if (!down && port.side === 'left') {
        const x = outAt('left', startLanes);
        const y = back ? height : outAt('below', endLanes);
        const corner = [start, { x, y: start.y }, { x, y }];
        departures.set(
          port.port,
          back
            ? { anchor: { x: x - 1, y: height - 2, width: 2, height: 2, name, side: 's' }, path: corner }
            : { anchor: leaves(y), path: [...corner, at(y, laneEnd)] },
        );
      } else if (back) {
        const border = port.side === starting ? 0 : end;
        const along = down ? start.y : start.x;
        departures.set(port.port, {
          anchor: anchorAt(name, border, along, port.side),
          path: [start, at(border, along)],
        });
      } else {
        const out = outAt(port.side, port.side === 'left' ? startLanes : endLanes);
        const along = down ? start.y : start.x;
        departures.set(port.port, { anchor: leaves(out), path: [start, at(out, along), at(out, laneEnd)] });
      }
    } else if (!turning.includes(port)) {
      departures.set(port.port, {
        anchor: { ...cell, name: String(port.port), side: compass[port.side] },
        path: [start],
      });
    } else if (port.edge?.kind === 'self') {
      const order = loopsFar.indexOf(port);
      const along = frameFar + (toEnd.indexOf(port) + 1) * lane;
      const out = frameEnd + loopLane(order);
      const tip = frameNear + Math.min((frameFar - frameNear) / 2, (order + 1) * lane);
      loops.set(port.port, [start, at(across, along), at(out, along), at(out, tip), at(frameEnd, tip)]);
    } else {
      const leaving = toStart.includes(port) ? toStart : toEnd;
      const along = frameFar + (leaving.indexOf(port) + 1) * lane;
      const border = leaving === toStart ? 0 : end;
      departures.set(port.port, {
        anchor: anchorAt(`b${port.port}`, border, along, leaving === toStart ? starting : ending),
        path: [start, at(across, along), at(border, along)],
      });
    }
  }

  const arrivals = new Map<Side | 'forward', Approach>();
  if (traffic.arrivesForward)
    arrivals.set('forward', arrivalForward(down, { width, height }, frame, measured.titleWidth));
  for (const side of traffic.back) {
    const leaving = side === starting ? toStart : toEnd;
    const inwards = side === starting ? 1 : -1;
    const border = side === starting ? 0 : end;
    if (arrivesBehind) {
      const innermost = leaving.at(-1);
      const corner = side === starting ? frameStart : frameEnd;
      const inwardsOfLines = innermost
        ? acrossOf(middleOf(innermost.cell, far)) + (down ? frame.x : frame.y) + inwards * arrivalInset
        : corner + inwards * cornerInset;
      const across = Math.max(frameStart + cornerInset, Math.min(frameEnd - cornerInset, inwardsOfLines));
      const along = frameFar + arrivalLane(leaving.length);
      arrivals.set(side, {
        anchor: anchorAt(side, border, along, side),
        path: [at(border, along), at(across, along), at(across, frameFar)],
      });
    } else {
      // Lines leave on this side, so arrows arrive in the border before the first cell.
      const along = frameNear + 3;
      arrivals.set(side, {
        anchor: anchorAt(side, border, along, side),
        path: [at(border, along), at(side === starting ? frameStart : frameEnd, along)],
      });
    }
  }
  return {
    width,
    height,
    fan,
    frame,
    title: { x: frame.x, y: 0, width: measured.titleWidth, height: frame.y, textWidth: measured.titleWidth },
    figure: measured.figure,
    cells: measured.cells,
    departures,
    arrivals,
    loops,
  };
}

const isLoop = ({ edge }: PortCell): boolean => edge?.kind === 'self';

/** How far behind the frame arrows arrive, with `leaving` lanes in between. */
const arrivalLane = (leaving: number): number => Math.max(arrivalRoom, (leaving + 1) * lane);

/** The distance from the frame at which loop number `order` of a side runs. */
const loopLane = (order: number): number => arrowLength + (order + 1) * lane;

/** Where references along the picture's direction arrive: right of the title, or at the frame's left side. */
function arrivalForward(
  down: boolean,
  size: { readonly width: number; readonly height: number },
  frame: Rectangle,
  titleWidth: number,
): Approach {
  if (down) {
    // In the frame's middle, unless the title is there.
    const afterTitle = titleWidth === 0 ? 0 : titleWidth + geometry.landing;
    const x = frame.x + Math.max(Math.floor(frame.width / 2), afterTitle);
    const anchor = { x: x - 1, y: 0, width: 2, height: frame.y, name: 'forward', side: 'n' } as const;
    return {
      anchor,
      path: [
        { x, y: 0 },
        { x, y: frame.y },
      ],
    };
  }
  // Graphviz leads the reference to the middle of the footprint's left side, which is near.
  const y = frame.y + Math.floor(frame.height / 2);
  return {
    anchor: { x: 0, y: 0, ...size, name: 'forward', side: 'w' },
    path: [
      { x: 0, y },
      { x: frame.x, y },
    ],
  };
}

/** A loop from a cell at the side of its box, around the corner, to the frame's next side. */
function sidewaysLoop(start: Point, side: Side, frame: Rectangle, order: number): readonly Point[] {
  const out = loopLane(order);
  const inside = (order + 1) * lane;
  const right = frame.x + frame.width;
  const bottom = frame.y + frame.height;
  if (side === 'below') {
    const [x, y] = [right + out, bottom + out];
    const tip = { x: right, y: bottom - inside };
    return [start, { x: start.x, y }, { x, y }, { x, y: tip.y }, tip];
  }
  const x = side === 'left' ? frame.x - out : right + out;
  const y = bottom + out;
  const tip = { x: side === 'left' ? frame.x + inside : right - inside, y: bottom };
  return [start, { x, y: start.y }, { x, y }, { x: tip.x, y }, tip];
}

function portCells(box: Box, cells: Footprint['cells'], { out }: Traffic): readonly PortCell[] {
  const sides = cellSides(box);
  const found: PortCell[] = [];
  box.rows.forEach((row, r) => {
    row.forEach((cell, column) => {
      const area = cells[r]?.[column];
      if (!cell || !area) return;
      const ports = portsOf(cell);
      ports.forEach((port, i) => {
        const side = sides.get(port);
        if (side) found.push({ port, cell: share(area, side, i, ports.length), side, edge: out.get(port) });
      });
    });
  });
  return found;
}

/** The part of the cell's side from which one of several references of the cell leaves. */
function share(cell: Rectangle, side: Side, i: number, count: number): Rectangle {
  const { x, y, width, height } = cell;
  if (count === 1) return { x, y, width, height };
  // Graphviz accepts only whole points.
  if (side === 'below') {
    const part = Math.floor(width / count);
    return { x: x + i * part, y, width: part, height };
  }
  const part = Math.max(2, Math.floor(height / count));
  return { x, y: y + Math.min(i * part, height - part), width, height: part };
}

function middleOf({ x, y, width, height }: Rectangle, side: Side): Point {
  switch (side) {
    case 'above':
      return { x: x + width / 2, y };
    case 'left':
      return { x, y: y + height / 2 };
    case 'right':
      return { x: x + width, y: y + height / 2 };
    case 'below':
      return { x: x + width / 2, y: y + height };
  }
}

/** Graphviz' names for the sides. */
export const compass = { left: 'w', right: 'e', above: 'n', below: 's' } as const satisfies Record<
  Side,
  Anchor['side']
>;
