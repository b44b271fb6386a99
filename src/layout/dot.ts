/**
 * The question to Graphviz: boxes as tables of empty cells of fixed size, so that no text, font or escape can spoil the
 * answer. Only the end of an edge becomes a cell of its own; the rest of a box is filler.
 */
import type { BoxKey, Diagram } from '../diagram/diagram.ts';
import { type DiagramSettings, defaultSettings } from '../diagram/settings.ts';
import type { Anchor, Directed, Footprint } from './footprint.ts';
import { gapsOf } from './measure.ts';
import type { LayoutTier } from './placed.ts';
import { staggeredLengths } from './staggered.ts';

/** Graphviz stores a cell's width and height in 16 bits. */
const maximumSide = 60_000;

/**
 * DOT of `diagram` for one tier. Node `n7` is box 7, and the edge with `id` 12 is reference 12. A reference that goes back is
 * written from its target to its origin, so that Graphviz sees no cycle. References of a box to itself are left out: they run
 * in lanes inside the box's footprint. A `joined` box 7 has a circle, `j7`, before it. The `id` of the circle's edge is the
 * number of references plus 7.
 */
export function layoutDot(diagram: Diagram, { edges, footprints, joined }: Directed, tier: LayoutTier): string {
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
  const lengths = staggeredLengths(diagram, edges);
  // Children stay in the order of their cells, whatever crosses then.
  const keeping = new Set(references.flatMap(({ from, free }) => (free ? [from] : [])));
  footprints.forEach((footprint, number) => {
    const key = boxes[number]?.key;
    const arrival = footprint.arrivals.get('forward')?.anchor;
    if (key !== undefined && joined.has(key) && arrival) {
      lines.push(
        `j${number} [shape=circle fixedsize=true label="" width=${inches(diameter)} height=${inches(diameter)}]`,
      );
      const end = `n${number}:${arrival.name}:${arrival.side}`;
      lines.push(
        `j${number}:${onwards} -> ${end} [id=${references.length + number} minlen=${Math.max(1, ranks)} weight=2]`,
      );
    }
    const ordered = key !== undefined && keeping.has(key) ? ' ordering=out' : '';
    lines.push(`n${number} [label=<${table(footprint)}>${ordered}]`);
  });
  references.forEach(({ from, port, to, free }, id) => {
    const edge = edges[id];
    const tail = numbers.get(from);
    const head = numbers.get(to);
    if (!edge || edge.kind === 'self' || tail === undefined || head === undefined) return;
    const departure = footprints[tail]?.departures.get(port);
    const arrival = footprints[head]?.arrivals.get(edge.kind === 'back' ? edge.side : 'forward');
    if (!departure || !arrival) return;
    const start = `n${tail}:${departure.anchor.name}:${departure.anchor.side}`;
    const joins = edge.kind === 'forward' && joined.has(to);
    const end = joins ? `j${head}` : `n${head}:${arrival.anchor.name}:${arrival.anchor.side}`;
    const length = lengths.get(id);
    // The child may refer back. Two references would pull it below its parent, into the place that is kept free.
    const weight = free ? ' weight=3' : '';
    if (edge.kind === 'forward')
      lines.push(`${start} -> ${end} [id=${id}${length ? ` minlen=${length}` : ''}${weight}]`);
    else lines.push(`${end} -> ${start} [id=${id}${edge.ranked ? '' : ' constraint=false'}]`);
  });
  lines.push('}');
  return lines.join('\n');
}

export function joinsOf({ style }: Diagram): DiagramSettings['joins'] {
  const { diameter, ...joins } = style?.joins ?? defaultSettings.joins;
  return { ...joins, diameter: 2 * Math.round(diameter / 2) };
}

const inches = (points: number): string => (points / 72).toFixed(4);

/** Only the cells, without borders: a cell has none where its table has none. */
const bare = 'BORDER="0" CELLPADDING="0" CELLSPACING="0"';

/** A box as bands of pieces, top to bottom. Each band is a table of its own, so that no column joins two bands. */
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
