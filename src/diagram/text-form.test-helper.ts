/**
 * A diagram as text that a reviewer reads at a glance, for golden tests: a line with key, title, category and
 * orientation for each box, then its rows. `*` marks a root, `(name)` a key, `3:` an index, `→ o2` a reference, `⇢ 1` so many dashed ones, `[…]`
 * what a mark's hint says. Nothing that ships may use it.
 */
import type { Box, BoxKey, Cell, Diagram } from './diagram.ts';

export function textForm(diagram: Diagram): readonly string[] {
  const targets = new Map(diagram.references.map(({ from, port, to }) => [`${from}:${port}`, to]));
  return diagram.boxes.flatMap((box) => [
    head(box),
    ...box.rows.map(
      (row) => `  ${row.map((cell) => cellText(cell, targets.get(`${box.key}:${cell?.port}`))).join(' | ')}`,
    ),
  ]);
}

function head({ key, title, category, orientation, root, rows }: Box): string {
  const stands = rows.length === 0 ? 'empty' : orientation;
  return `${root ? '*' : ''}${key} ${title} (${category}, ${stands})`;
}

function cellText(cell: Cell | null, to: BoxKey | undefined): string {
  if (cell === null) return '-';
  const dashed = cell.hiddenPorts ? ` ⇢ ${cell.hiddenPorts.length}` : '';
  const hint = `${cell.hint === null ? '' : ` [${cell.hint}]`}${dashed}`;
  switch (cell.kind) {
    case 'index':
      return `${cell.text}:`;
    case 'key':
      return `(${cell.text})${hint}`;
    case 'reference':
      return `→ ${to}`;
    case 'value':
    case 'hidden':
    case 'cut':
    case 'holes':
      return `${cell.text}${hint}`;
  }
}
