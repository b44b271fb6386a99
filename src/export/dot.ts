/**
 * The diagram as DOT with its texts and colours: plain `dot` draws the same boxes and references from it. Every text is
 * made safe for Graphviz, which blanks a whole box in silence over one character that it does not like.
 */
import type { Box, Cell, Diagram } from '../diagram/diagram.ts';
import { palettes, type Theme } from '../drawing/theme.ts';
import { compass } from '../layout/footprint.ts';
import { cellSides } from '../layout/ways.ts';

/** One font, and one that Graphviz measures rightly. */
const cellFontName = 'Courier';
const titleFontName = 'Helvetica';

export function toDot(diagram: Diagram, theme: Theme): string {
  const { background, text, line } = palettes[theme];
  const numbers = new Map(diagram.boxes.map((box, number) => [box.key, number]));
  const lines = [
    'digraph {',
    `  graph [rankdir=${diagram.direction === 'down' ? 'TB' : 'LR'} bgcolor="${background}"]`,
    `  node [shape=none margin=0 fontname="${cellFontName}" fontsize=12 fontcolor="${text}"]`,
    `  edge [color="${line}" arrowsize=0.7]`,
  ];
  diagram.boxes.forEach((box, number) => {
    lines.push(`  n${number} [tooltip=${quoted(box.title)} label=<${table(box, theme)}>]`);
  });
  const sides = new Map(diagram.boxes.map((box) => [box.key, cellSides(box)]));
  for (const { from, port, to } of diagram.references) {
    lines.push(
      `  n${numbers.get(from)}:${port}:${compass[sides.get(from)?.get(port) ?? 'below']} -> n${numbers.get(to)}`,
    );
  }
  lines.push('}', '');
  return lines.join('\n');
}

function table(box: Box, theme: Theme): string {
  const { fills, line, text } = palettes[theme];
  const columns = Math.max(1, box.rows[0]?.length ?? 1);
  const frame = `BORDER="${box.root ? 3 : 1}" CELLBORDER="1" CELLSPACING="5" CELLPADDING="2" COLOR="${line}" BGCOLOR="${fills[box.category]}"`;
  // Inside the frame, where no arrow comes: Graphviz ends an arrow at the outline of the whole node.
  const name = `<TR><TD BORDER="0" CELLPADDING="0" ALIGN="LEFT" COLSPAN="${columns}">${font(`FACE="${titleFontName}" POINT-SIZE="11" COLOR="${text}"`, html(box.title))}</TD></TR>`;
  const rows = box.rows.map((row) => `<TR>${row.map((cell) => tableCell(cell, theme)).join('')}</TR>`);
  return `<TABLE ${frame}>${name}${rows.join('')}</TABLE>`;
}

function tableCell(cell: Cell | null, theme: Theme): string {
  if (!cell) return '<TD BORDER="0"></TD>';
  const port = cell.port === null ? '' : ` PORT="${cell.port}"`;
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
      return `<TD STYLE="DASHED"${tooltip}>${text}</TD>`;
    case 'value':
    case 'cut':
      return `<TD${tooltip}>${text}</TD>`;
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
