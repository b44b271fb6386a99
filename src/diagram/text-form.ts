/**
 * A diagram as text that a reviewer reads at a glance, for golden tests: a line with key, title, category and
 * orientation for each box, then its rows. `*` marks a root, `(name)` a key, `3:` an index, `→ o2` a reference, `[…]`
 * what a mark's hint says. Nothing that ships may use it.
 */
import type { Box, Cell, Diagram } from './diagram.ts';

export function textForm(diagram: Diagram): readonly string[] {
  return diagram.boxes.flatMap((box) => [head(box), ...box.rows.map((row) => `  ${row.map(cellText).join(' | ')}`)]);
}

function head({ key, title, category, orientation, root, rows }: Box): string {
  const stands = rows.length === 0 ? 'empty' : orientation;
  return `${root ? '*' : ''}${key} ${title} (${category}, ${stands})`;
}

function cellText(cell: Cell | null): string {
  if (cell === null) return '-';
  const hint = cell.hint === null ? '' : ` [${cell.hint}]`;
  switch (cell.kind) {
    case 'index':
      return `${cell.text}:`;
    case 'key':
      return `(${cell.text})${hint}`;
    case 'reference':
      return `→ o${cell.target}`;
    case 'value':
    case 'hidden':
    case 'cut':
    case 'holes':
      return `${cell.text}${hint}`;
  }
}
