/**
 * The diagram as DOT with its texts and colours: plain `dot` draws the same boxes and references from it. Every text is
 * made safe for Graphviz, which blanks a whole box in silence over one character that it does not like.
 */
import type { Box, Cell, Diagram } from '../diagram/diagram.ts';
import { defaultSettings } from '../diagram/settings.ts';
import { palettes, type Theme } from '../drawing/theme.ts';
import { joinsOf } from '../layout/dot.ts';
import { compass } from '../layout/footprint.ts';
import { cellSides, joinedBoxes, portsOf, waysOf } from '../layout/ways.ts';

/** One font, and one that Graphviz measures rightly. */
const cellFontName = 'Courier';
const titleFontName = 'Helvetica';

/** `background` `none` leaves the page's own colour to show through. */
export function toDot(
  diagram: Diagram,
  theme: Theme,
  { background: shown = 'theme' }: { readonly background?: 'theme' | 'none' } = {},
): string {
  const { background, text, line } = palettes[theme];
  const { graphviz, spacing } = diagram.style ?? defaultSettings;
  const numbers = new Map(diagram.boxes.map((box, number) => [box.key, number]));
  const ways = waysOf(diagram, 'full');
  const joined = joinedBoxes(diagram, ways);
  const { diameter, ranks } = joinsOf(diagram);
  const graph = {
    rankdir: diagram.direction === 'down' ? 'TB' : 'LR',
    nodesep: inches(spacing.betweenBoxes),
    ranksep: inches(spacing.betweenRanks),
    bgcolor: shown === 'none' ? 'transparent' : background,
  };
  const node = { shape: 'none', margin: '0', fontname: cellFontName, fontsize: '12', fontcolor: text };
  const lines = [
    'digraph {',
    `  graph [${attributes(graph, graphviz.graph)}]`,
    `  node [${attributes(node, graphviz.node)}]`,
    `  edge [${attributes({ color: line, arrowsize: '0.7' }, graphviz.edge)}]`,
  ];
  diagram.boxes.forEach((box, number) => {
    lines.push(`  n${number} [tooltip=${quoted(box.title)} label=<${table(box, diagram, theme)}>]`);
    if (!joined.has(box.key)) return;
    const width = inches(diameter);
    lines.push(
      `  j${number} [shape=circle fixedsize=true label="" width=${width} height=${width} color="${line}"]`,
      `  j${number} -> n${number} [minlen=${Math.max(1, ranks)}]`,
    );
  });
  const exits = new Map(diagram.boxes.map((box) => [box.key, exitsOf(box)]));
  diagram.references.forEach(({ from, port, to, hidden }, i) => {
    const start = `n${numbers.get(from)}:${exits.get(from)?.get(port) ?? port}`;
    const joins = ways[i]?.kind === 'on' && joined.has(to);
    const own = [...(joins ? ['dir=none'] : []), ...(hidden ? ['style=dashed'] : [])];
    const end = `${joins ? 'j' : 'n'}${numbers.get(to)}`;
    lines.push(`  ${start} -> ${end}${own.length === 0 ? '' : ` [${own.join(' ')}]`}`);
  });
  lines.push('}', '');
  return lines.join('\n');
}

const inches = (points: number): string => (points / 72).toFixed(3);

/** Attributes that would have Graphviz read files, or draw what is not ours. */
const refused = new Set([
  'image',
  'imagepath',
  'shapefile',
  'stylesheet',
  'fontpath',
  '_background',
  'label',
  'xlabel',
]);

/** A list of DOT attributes: ours, and over them what a person set. A name or value that is none cannot break out. */
function attributes(ours: Readonly<Record<string, string>>, theirs: Readonly<Record<string, string>>): string {
  const own = Object.entries(theirs).filter(([name]) => /^[a-z_]+$/i.test(name) && !refused.has(name.toLowerCase()));
  return Object.entries({ ...ours, ...Object.fromEntries(own) })
    .map(([name, value]) => `${name}=${quoted(value)}`)
    .join(' ');
}

/** For each port the one of its cell, and the side on which references leave. */
function exitsOf(box: Box): ReadonlyMap<number, string> {
  const sides = cellSides(box);
  const exits = new Map<number, string>();
  for (const row of box.rows) {
    for (const cell of row) {
      if (!cell) continue;
      const ports = portsOf(cell);
      for (const port of ports) exits.set(port, `${ports[0]}:${compass[sides.get(port) ?? 'below']}`);
    }
  }
  return exits;
}

function table(box: Box, { style }: Diagram, theme: Theme): string {
  const { fills, line, text } = palettes[theme];
  const { betweenCells } = (style ?? defaultSettings).spacing;
  const fill = box.colour?.[theme] ?? fills[box.category];
  const columns = Math.max(1, box.rows[0]?.length ?? 1);
  const frame = `BORDER="${box.root ? 3 : 1}" CELLBORDER="1" CELLSPACING="${Math.round(betweenCells)}" CELLPADDING="2" COLOR="${line}" BGCOLOR="${fill}"`;
  // Inside the frame, where no arrow comes: Graphviz ends an arrow at the outline of the whole node.
  const name =
    box.title === '' && box.rows.length > 0
      ? ''
      : `<TR><TD BORDER="0" CELLPADDING="0" ALIGN="LEFT" COLSPAN="${columns}">${font(`FACE="${titleFontName}" POINT-SIZE="11" COLOR="${text}"`, html(box.title))}</TD></TR>`;
  const rows = box.rows.map((row) => `<TR>${row.map((cell) => tableCell(cell, theme)).join('')}</TR>`);
  return `<TABLE ${frame}>${name}${rows.join('')}</TABLE>`;
}

function tableCell(cell: Cell | null, theme: Theme): string {
  if (!cell) return '<TD BORDER="0"></TD>';
  const [first] = portsOf(cell);
  const port = first === undefined ? '' : ` PORT="${first}"`;
  const tooltip = cell.hint === null ? '' : ` TITLE="${html(cell.hint)}"`;
  const text = html(cell.text);
  switch (cell.kind) {
    case 'index':
      return `<TD BORDER="0" CELLPADDING="0">${font(`COLOR="${palettes[theme].index}"`, text)}</TD>`;
    case 'key':
      return `<TD STYLE="ROUNDED"${port}${tooltip}>${text}</TD>`;
    case 'reference':
      return `<TD${port} WIDTH="18" HEIGHT="18">${text}</TD>`;
    case 'hidden':
    case 'holes':
      return `<TD STYLE="DASHED"${port}${tooltip}>${text}</TD>`;
    case 'value':
    case 'cut':
      return `<TD${port}${tooltip}>${text}</TD>`;
  }
}

/** Graphviz takes an empty `<FONT>` for a syntax error. */
const font = (attributes: string, text: string): string => (text === '' ? '' : `<FONT ${attributes}>${text}</FONT>`);

/** Control characters, lone surrogates and non-characters: any of them blanks the whole label. */
const unsafe = /[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

const html = (text: string): string =>
  text
    .replace(unsafe, (character) => (character === '\n' ? ' ' : '\ufffd'))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // Graphviz draws several spaces as one, and none at the ends.
    .replace(/^ | (?= )| $/g, '&#160;');

/** A DOT string, in which only the quote needs an escape; a backslash would start one of dot's own. */
const quoted = (text: string): string =>
  `"${text.replace(unsafe, ' ').replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
