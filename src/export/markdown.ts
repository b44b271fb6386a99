/** The graph as text, for an issue or a document: Markdown lists every box with its fields, Mermaid draws boxes and arrows. */
import type { Box, Cell, Diagram } from '../diagram/diagram.ts';
import { linesOf } from '../diagram/lines.ts';
import { boxName } from '../diagram/titles.ts';

/** One item for each box, with a line for each field. A reference is a link to its box. */
export function toMarkdown(diagram: Diagram, subject: string): string {
  const targetOf = createTargets(diagram);
  const anchors = new Map(diagram.boxes.map((box, index) => [box.key, `box-${index + 1}`]));
  const lines = [`## ${code(subject)}`, ''];
  for (const box of diagram.boxes) {
    lines.push(`- <a id="${anchors.get(box.key)}"></a>**${escaped(boxName(box))}**`);
    for (const { labels, value } of linesOf(box)) {
      const words = (cell: Cell): string => {
        const target = targetOf(box, cell);
        return target ? `→ [${escaped(boxName(target))}](#${anchors.get(target.key)})` : code(cell.text);
      };
      const label = labels.map(words).join(' ');
      lines.push(`  - ${label === '' ? '' : `${label}: `}${words(value)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** A flowchart: fields that are no references stand in their box, references are arrows with their names. */
export function toMermaid(diagram: Diagram): string {
  const targetOf = createTargets(diagram);
  const ids = new Map(diagram.boxes.map((box, index) => [box.key, `b${index + 1}`]));
  const boxes: string[] = [];
  const arrows: string[] = [];
  for (const box of diagram.boxes) {
    const rows = [`<b>${quoted(boxName(box))}</b>`];
    for (const { labels, value } of linesOf(box)) {
      const label = labels.map(({ text }) => text).join(' ');
      const target = targetOf(box, value);
      if (target)
        arrows.push(`  ${ids.get(box.key)} -->${label === '' ? '' : `|"${quoted(label)}"|`} ${ids.get(target.key)}`);
      else rows.push(quoted(label === '' ? value.text : `${label}: ${value.text}`));
    }
    boxes.push(`  ${ids.get(box.key)}["${rows.join('<br>')}"]`);
  }
  return `flowchart ${diagram.direction === 'down' ? 'TD' : 'LR'}\n${[...boxes, ...arrows].join('\n')}\n`;
}

function createTargets({ boxes, references }: Diagram): (box: Box, cell: Cell) => Box | undefined {
  const byKey = new Map(boxes.map((box) => [box.key, box]));
  const targets = new Map(references.map(({ from, port, to }) => [`${from}:${port}`, to]));
  return ({ key }, { port }) => (port === null ? undefined : byKey.get(targets.get(`${key}:${port}`) ?? ''));
}

/** Signs of Markdown and HTML as themselves. */
const escaped = (text: string): string => text.replace(/[\\`*_{}[\]<>()#+!|~&-]/g, '\\$&');

/** Code, with a fence that is longer than any run of backquotes in it. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return text === '' ? '``' : `${fence}${space}${text.replaceAll('\n', ' ')}${space}${fence}`;
}

/** Mermaid knows entities by number alone. */
const quoted = (text: string): string =>
  text.replace(/[^\w .,:;→✂…'+*=?!/]/gu, (character) => `#${character.codePointAt(0)};`);
