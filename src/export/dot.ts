/**
 * The diagram as DOT with its texts and colors: plain `dot` draws the same boxes and references from it. Every text is made
 * safe for Graphviz, which silently blanks a whole box because of one character that it rejects.
 */
import type { Box, Cell, Diagram } from '../diagram/diagram.ts';
import { defaultSettings } from '../diagram/settings.ts';
import { figureText } from '../diagram/values/figures.ts';
import { paletteOf, type Theme } from '../drawing/palettes.ts';
import { joinsOf } from '../layout/dot.ts';
import { cellSides, edgeDirections, joinedBoxes, portsOf } from '../layout/edge-directions.ts';
import { compass } from '../layout/footprint.ts';

/** A font that Graphviz measures correctly. */
const cellFontName = 'Courier';
const titleFontName = 'Helvetica';

/** `background` `none` lets the page's own color show through. */
export function toDot(
  diagram: Diagram,
  theme: Theme,
  { background: shown = 'theme' }: { readonly background?: 'theme' | 'none' } = {},
): string {
  const { background, text, line } = paletteOf(theme);
  const { graphviz, spacing } = diagram.style ?? defaultSettings;
  const numbers = new Map(diagram.boxes.map((box, number) => [box.key, number]));
  const edges = edgeDirections(diagram, 'depthFirst');
  const joined = joinedBoxes(diagram, edges);
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
    const joins = edges[i]?.kind === 'forward' && joined.has(to);
    const own = [...(joins ? ['dir=none'] : []), ...(hidden ? ['style=dashed'] : [])];
    const end = `${joins ? 'j' : 'n'}${numbers.get(to)}`;
    lines.push(`  ${start} -> ${end}${own.length === 0 ? '' : ` [${own.join(' ')}]`}`);
  });
  lines.push('}', '');
  return lines.join('\n');
}

const inches = (points: number): string => (points / 72).toFixed(3);

/** Attributes that would make Graphviz read files, or draw what is not ours. */
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

/** A list of DOT attributes: ours, overridden by what the user set. An invalid name or value cannot break out of the list. */
function attributes(ours: Readonly<Record<string, string>>, theirs: Readonly<Record<string, string>>): string {
  const own = Object.entries(theirs).filter(([name]) => /^[a-z_]+$/i.test(name) && !refused.has(name.toLowerCase()));
  return Object.entries({ ...ours, ...Object.fromEntries(own) })
    .map(([name, value]) => `${name}=${quoted(value)}`)
    .join(' ');
}

/** For each port of a reference, the DOT port of its cell and the side on which the reference leaves. */
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
  const { spacing, palette } = style ?? defaultSettings;
  const { fills, line, text } = paletteOf(theme, palette);
  const { betweenCells } = spacing;
  const fill = box.color?.[theme] ?? fills[box.category];
  const columns = Math.max(1, box.rows[0]?.length ?? 1);
  const frame = `BORDER="${box.root ? 3 : 1}" CELLBORDER="1" CELLSPACING="${Math.round(betweenCells)}" CELLPADDING="2" COLOR="${line}" BGCOLOR="${fill}"`;
  // The title is inside the frame, because Graphviz ends an arrow at the outline of the whole node.
  const name =
    box.title === '' && (box.rows.length > 0 || box.figure)
      ? ''
      : `<TR><TD BORDER="0" CELLPADDING="0" ALIGN="LEFT" COLSPAN="${columns}">${font(`FACE="${titleFontName}" POINT-SIZE="11" COLOR="${text}"`, html(box.title))}</TD></TR>`;
  const rows = box.rows.map((row) => `<TR>${row.map((cell) => tableCell(cell, theme)).join('')}</TR>`);
  const figure = (box.figure ? figureText(box.figure) : []).map(
    (line) => `<TR><TD BORDER="0" CELLPADDING="0" ALIGN="LEFT" COLSPAN="${columns}">${html(line)}</TD></TR>`,
  );
  return `<TABLE ${frame}>${name}${figure.join('')}${rows.join('')}</TABLE>`;
}

function tableCell(cell: Cell | null, theme: Theme): string {
  if (!cell) return '<TD BORDER="0"></TD>';
  const [first] = portsOf(cell);
  const port = first === undefined ? '' : ` PORT="${first}"`;
  const tooltip = cell.hint === null ? '' : ` TITLE="${html(cell.hint)}"`;
  const swatch = cell.swatch ? `${font(`COLOR="${cell.swatch.fill}"`, '■')} ` : '';
  const link = cell.link === undefined ? '' : ` HREF="${html(cell.link)}"`;
  const text = swatch + html(cell.text);
  switch (cell.kind) {
    case 'index':
      return `<TD BORDER="0" CELLPADDING="0">${font(`COLOR="${paletteOf(theme).index}"`, text)}</TD>`;
    case 'key':
      return `<TD STYLE="ROUNDED"${port}${tooltip}>${variableText(cell, text)}</TD>`;
    case 'reference':
      return `<TD${port} WIDTH="18" HEIGHT="18">${text}</TD>`;
    case 'hidden':
    case 'holes':
      return `<TD STYLE="DASHED"${port}${tooltip}>${text}</TD>`;
    case 'value':
    case 'cut':
      return `<TD${port}${tooltip}${link}>${text}</TD>`;
  }
}

function variableText({ variable }: Cell, text: string): string {
  if (text === '' || variable === undefined || variable.of === 'own') return text;
  return variable.of === 'module' ? `<I><U>${text}</U></I>` : `<I>${text}</I>`;
}

/** To Graphviz an empty `<FONT>` is a syntax error. */
const font = (attributes: string, text: string): string => (text === '' ? '' : `<FONT ${attributes}>${text}</FONT>`);

/** Control characters, lone surrogates and noncharacters: each of them blanks the whole label. */
const unsafe = /[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

const html = (text: string): string =>
  text
    .replace(unsafe, (character) => (character === '\n' ? ' ' : '\ufffd'))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // Graphviz draws several spaces as one, and drops spaces at the ends.
    .replace(/^ | (?= )| $/g, '&#160;');

/** A DOT string. Only the quote needs an escape; a backslash would start one of DOT's own. */
const quoted = (text: string): string =>
  `"${text.replace(unsafe, ' ').replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
