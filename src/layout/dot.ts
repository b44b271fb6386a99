/**
 * The question to Graphviz: boxes as tables of empty cells of fixed size, so that no text, font or escape can spoil the
 * answer. Only what an edge needs to hold on to becomes a cell of its own; the rest of a box is filler.
 */
import type { Box, BoxKey, Diagram } from '../diagram/diagram.ts';
import type { MeasuredBox } from './measure.ts';
import type { LayoutTier, PlacedCell } from './placed.ts';

/** Graphviz keeps a cell's width and height in 16 bits. */
const maximumSide = 60_000;

/** The port where arrows from above arrive; ports of cells are numbers. */
const landingPort = 'in';

/**
 * DOT of `diagram` for one tier. Node `n7` is box 7, the edge with `id` 12 is reference 12. References of a box to
 * itself are not in it: they are drawn in lanes that the box has measured for them.
 */
export function layoutDot(diagram: Diagram, sizes: readonly MeasuredBox[], tier: LayoutTier): string {
  const { boxes, references, direction } = diagram;
  const numbers = new Map<BoxKey, number>(boxes.map((box, number) => [box.key, number]));
  const graph = [
    `rankdir=${direction === 'down' ? 'TB' : 'LR'}`,
    'nodesep=0.3',
    'ranksep=0.4',
    ...(tier === 'rough' ? ['nslimit=1', 'nslimit1=1', 'mclimit=0.1', 'splines=line'] : []),
  ];
  const lines = ['digraph {', `graph [${graph.join(' ')}]`, 'node [shape=none margin=0]', 'edge [dir=none]'];
  boxes.forEach((box, number) => {
    const size = sizes[number];
    if (size) lines.push(`n${number} [label=<${table(box, size, direction)}>]`);
  });
  const ranks = tier === 'full' ? null : distances(diagram, numbers);
  const sides = new Map(boxes.map((box) => [box.key, tailSides(box)]));
  references.forEach(({ from, port, to }, id) => {
    const tail = numbers.get(from);
    const head = numbers.get(to);
    if (tail === undefined || head === undefined || tail === head) return;
    const levels = ranks ? (ranks[head] ?? 0) - (ranks[tail] ?? 0) : 1;
    const free = levels === 1 ? '' : ' constraint=false';
    const side = sides.get(from)?.get(port) ?? 's';
    const arrival = direction === 'down' ? 'n' : 'w';
    lines.push(`n${tail}:${port}:${side} -> n${head}:${landingPort}:${arrival} [id=${id}${free}]`);
  });
  lines.push('}');
  return lines.join('\n');
}

/** On which side of its cell each reference leaves: down from a horizontal box, outwards from a vertical one. */
export function tailSides({ rows, orientation }: Box): ReadonlyMap<number, 's' | 'e' | 'w'> {
  const sides = new Map<number, 's' | 'e' | 'w'>();
  for (const row of rows) {
    row.forEach((cell, column) => {
      if (cell?.port === null || cell?.port === undefined) return;
      sides.set(cell.port, orientation === 'horizontal' ? 's' : column === row.length - 1 ? 'e' : 'w');
    });
  }
  return sides;
}

/** For each box the number of references on the shortest way from a root. */
function distances({ boxes, references }: Diagram, numbers: ReadonlyMap<BoxKey, number>): readonly number[] {
  const targets: number[][] = boxes.map(() => []);
  for (const { from, to } of references) {
    const tail = numbers.get(from);
    const head = numbers.get(to);
    if (tail !== undefined && head !== undefined) targets[tail]?.push(head);
  }
  const ranks: number[] = boxes.map(() => -1);
  // Boxes stand depth-first from the roots, so that the first box that has no rank yet is a root of what is left.
  for (let start = 0; start < boxes.length; start++) {
    if (ranks[start] !== -1) continue;
    ranks[start] = 0;
    const queue = [start];
    for (let i = 0; i < queue.length; i++) {
      const tail = queue[i] ?? start;
      for (const head of targets[tail] ?? []) {
        if (ranks[head] !== -1) continue;
        ranks[head] = (ranks[tail] ?? 0) + 1;
        queue.push(head);
      }
    }
  }
  return ranks;
}

/** A box as rows of pieces, top to bottom; each row is a table of its own, so that no column binds two rows. */
function table(box: Box, size: MeasuredBox, direction: Diagram['direction']): string {
  const { frame, landing } = size;
  const rows: string[] = [];
  if (direction === 'down') {
    rows.push(row(size.width, frame.y, [{ x: landing.x - 1, width: 2, port: landingPort }]));
  } else {
    rows.push(row(size.width, frame.y, []));
  }
  let y = frame.y;
  for (const [r, placed] of size.cells.entries()) {
    const pieces = portCells(box, placed, r);
    const [first] = pieces;
    if (!first) continue;
    rows.push(row(size.width, frame.y + first.cell.y - y, []));
    rows.push(
      row(
        size.width,
        first.cell.height,
        pieces.map(({ cell, port }) => ({ x: cell.x, width: cell.width, port: String(port) })),
      ),
    );
    y = frame.y + first.cell.y + first.cell.height;
  }
  rows.push(row(size.width, size.height - y, []));
  const content = rows.join('');
  // To the right, the arrow arrives at the frame's left side, which is the table's own.
  const port = direction === 'down' ? '' : ` PORT="${landingPort}"`;
  return `<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0" BGCOLOR="#fff"${port}>${content}</TABLE>`;
}

function portCells(
  box: Box,
  placed: readonly (PlacedCell | null)[],
  row: number,
): readonly { readonly cell: PlacedCell; readonly port: number }[] {
  return placed.flatMap((cell, column) => {
    const port = box.rows[row]?.[column]?.port;
    return cell && port !== null && port !== undefined ? [{ cell, port }] : [];
  });
}

interface Piece {
  readonly x: number;
  readonly width: number;
  readonly port: string;
}

function row(width: number, height: number, pieces: readonly Piece[]): string {
  if (height <= 0) return '';
  if (pieces.length === 0) return `<TR>${filler(width, height)}</TR>`;
  let content = '';
  let x = 0;
  for (const piece of pieces) {
    content += filler(piece.x - x, height);
    content += cell(piece.width, height, ` PORT="${piece.port}"`);
    x = piece.x + piece.width;
  }
  content += filler(width - x, height);
  const inner = `<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0"><TR>${content}</TR></TABLE>`;
  return `<TR><TD>${inner}</TD></TR>`;
}

function filler(width: number, height: number): string {
  let content = '';
  for (let left = width; left > 0; left -= maximumSide) content += cell(Math.min(left, maximumSide), height, '');
  return content;
}

const cell = (width: number, height: number, port: string): string =>
  `<TD FIXEDSIZE="TRUE" WIDTH="${width}" HEIGHT="${height}"${port}></TD>`;
