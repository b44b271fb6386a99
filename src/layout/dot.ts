/**
 * The question to Graphviz: boxes as tables of empty cells of fixed size, so that no text, font or escape can spoil the
 * answer. Only what an edge holds on to becomes a cell of its own; the rest of a box is filler.
 */
import type { BoxKey, Diagram } from '../diagram/diagram.ts';
import { type DiagramSettings, defaultSettings } from '../diagram/settings.ts';
import type { Anchor, Footprint } from './footprint.ts';
import { gapsOf } from './measure.ts';
import type { LayoutTier } from './placed.ts';
import type { Way } from './ways.ts';

/** Graphviz keeps a cell's width and height in 16 bits. */
const maximumSide = 60_000;

/**
 * DOT of `diagram` for one tier. Node `n7` is box 7, the edge with `id` 12 is reference 12; one that goes back is written
 * from its target to its origin, so that Graphviz meets no cycle. References of a box to itself are not in it: they run in
 * lanes that the box has room for. `joined` boxes have a circle, `j7`, before them, whose edge has the `id` 7 above the
 * number of references.
 */
export function layoutDot(
  diagram: Diagram,
  ways: readonly Way[],
  footprints: readonly Footprint[],
  joined: ReadonlySet<BoxKey>,
  tier: LayoutTier,
): string {
  const gaps = gapsOf(diagram);
  const { boxes, references, direction } = diagram;
  const onwards = direction === 'down' ? 's' : 'e';
  const numbers = new Map<BoxKey, number>(boxes.map((box, number) => [box.key, number]));
  const graph = [
    `rankdir=${direction === 'down' ? 'TB' : 'LR'}`,
    `nodesep=${inches(gaps.boxes)}`,
    `ranksep=${inches(gaps.ranks)}`,
    ...(tier === 'rough' ? ['nslimit=1', 'nslimit1=1', 'mclimit=0.1', 'splines=line'] : []),
  ];
  const lines = ['digraph {', `graph [${graph.join(' ')}]`, 'node [shape=none margin=0]', 'edge [dir=none]'];
  const { diameter, ranks } = joinsOf(diagram);
  footprints.forEach((footprint, number) => {
    const key = boxes[number]?.key;
    const arrival = footprint.arrivals.get('on')?.anchor;
    if (key !== undefined && joined.has(key) && arrival) {
      lines.push(
        `j${number} [shape=circle fixedsize=true label="" width=${inches(diameter)} height=${inches(diameter)}]`,
      );
      const end = `n${number}:${arrival.name}:${arrival.side}`;
      lines.push(
        `j${number}:${onwards} -> ${end} [id=${references.length + number} minlen=${Math.max(1, ranks)} weight=2]`,
      );
    }
    lines.push(`n${number} [label=<${table(footprint)}>]`);
  });
  references.forEach(({ from, port, to }, id) => {
    const way = ways[id];
    const tail = numbers.get(from);
    const head = numbers.get(to);
    if (!way || way.kind === 'self' || tail === undefined || head === undefined) return;
    const departure = footprints[tail]?.departures.get(port);
    const arrival = footprints[head]?.arrivals.get(way.kind === 'back' ? way.side : 'on');
    if (!departure || !arrival) return;
    const start = `n${tail}:${departure.anchor.name}:${departure.anchor.side}`;
    const joins = way.kind === 'on' && joined.has(to);
    const end = joins ? `j${head}` : `n${head}:${arrival.anchor.name}:${arrival.anchor.side}`;
    if (way.kind === 'on') lines.push(`${start} -> ${end} [id=${id}]`);
    else lines.push(`${end} -> ${start} [id=${id}${way.ranked ? '' : ' constraint=false'}]`);
  });
  lines.push('}');
  return lines.join('\n');
}

export function joinsOf({ style }: Diagram): DiagramSettings['joins'] {
  const { diameter, ...joins } = style?.joins ?? defaultSettings.joins;
  return { ...joins, diameter: 2 * Math.round(diameter / 2) };
}

const inches = (points: number): string => (points / 72).toFixed(4);

/** Nothing but the cells; they have no border either, where their table has none. */
const bare = 'BORDER="0" CELLPADDING="0" CELLSPACING="0"';

/** A box as bands of pieces, top to bottom; each band is a table of its own, so that no column binds two of them. */
function table({ width, height, departures, arrivals }: Footprint): string {
  const pieces: Anchor[] = [];
  let whole = '';
  for (const { anchor } of [...departures.values(), ...arrivals.values()]) {
    if (anchor.height === height) whole = ` PORT="${anchor.name}"`;
    else pieces.push(anchor);
  }
  pieces.sort((a, b) => a.y - b.y || a.x - b.x);
  const rows: string[] = [];
  let y = 0;
  for (let i = 0; i < pieces.length; ) {
    const first = pieces[i];
    if (!first) break;
    const band = pieces.filter((piece) => piece.y === first.y);
    i += band.length;
    rows.push(row(width, first.y - y, []), row(width, first.height, band));
    y = first.y + first.height;
  }
  rows.push(row(width, height - y, []));
  return `<TABLE ${bare}${whole}>${rows.join('')}</TABLE>`;
}

function row(width: number, height: number, pieces: readonly Anchor[]): string {
  if (height <= 0) return '';
  if (pieces.length === 0 && width <= maximumSide) return `<TR>${filler(width, height)}</TR>`;
  let content = '';
  let x = 0;
  for (const piece of pieces) {
    content += filler(piece.x - x, height);
    content += cell(piece.width, height, ` PORT="${piece.name}"`);
    x = piece.x + piece.width;
  }
  content += filler(width - x, height);
  return `<TR><TD><TABLE ${bare}><TR>${content}</TR></TABLE></TD></TR>`;
}

function filler(width: number, height: number): string {
  let content = '';
  for (let left = width; left > 0; left -= maximumSide) content += cell(Math.min(left, maximumSide), height, '');
  return content;
}

const cell = (width: number, height: number, port: string): string =>
  `<TD FIXEDSIZE="TRUE" WIDTH="${width}" HEIGHT="${height}"${port}></TD>`;
