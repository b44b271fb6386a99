/**
 * Marks over a picture: what is new, changed or gone compared with another one, by badges, heavier lines and dashes, so that
 * nobody needs to distinguish colors. Draws over the picture and never changes it.
 */
import type { BoxMarks, Change, Marks } from '../diagram/compare.ts';
import { cellsOf } from '../diagram/lines.ts';
import type { Placed, PlacedBox, PlacedReference } from '../layout/placed.ts';
import { MovingLine } from './moving-line.tsx';
import type { Theme } from './palettes.ts';

export const badges: Readonly<Record<Change, string>> = { new: '+', changed: '~', gone: '−' };
/** Radius of a badge, points. */
const badgeRadius = 6;
/** Side of the triangle in the corner of a cell that changed, points. */
const corner = 6;

interface MarksContentProps {
  readonly placed: Placed;
  readonly marks: Marks;
  /** Whether what is in two pictures moves from one to the next. */
  readonly moving: boolean;
}

export function MarksContent({ placed, marks, moving }: MarksContentProps) {
  const ports = changedPorts(placed, marks);
  return (
    <g class="mg-marks">
      {placed.references.map((reference) => {
        const { from, port } = reference.reference;
        const change = ports.get(`${from}:${port}`);
        return change && <ReferenceMark key={`${from}:${port}`} {...{ reference, change, moving }} />;
      })}
      {placed.boxes.map((box) => {
        const marked = marks.boxes.get(box.box.key);
        return marked && <BoxMark key={box.box.key} placed={box} marks={marked} />;
      })}
    </g>
  );
}

/** Changes by `box:port`: a reference is marked like the cell that it comes from. */
export function changedPorts(placed: Placed, marks: Marks): ReadonlyMap<string, Change> {
  const ports = new Map<string, Change>();
  for (const { box } of placed.boxes) {
    const marked = marks.boxes.get(box.key);
    if (!marked) continue;
    for (const { key, cell } of cellsOf(box)) {
      const change = marked.change === 'changed' ? marked.cells.get(key) : marked.change;
      if (change && cell.port !== null) ports.set(`${box.key}:${cell.port}`, change);
    }
  }
  return ports;
}

function BoxMark({ placed: { box, frame, cells }, marks }: { readonly placed: PlacedBox; readonly marks: BoxMarks }) {
  const { change, equal } = marks;
  return (
    <g
      class={`mg-mark mg-mark-${change}`}
      data-mark={change}
      data-equal={equal}
      data-marked-box={box.key}
      transform={`translate(${frame.x} ${frame.y})`}
    >
      {change !== 'changed' && <rect class="mg-mark-frame" width={frame.width} height={frame.height} />}
      {cellsOf(box).map(({ key, at }) => {
        const cellChange = marks.cells.get(key);
        const placed = cells[at.row]?.[at.column];
        if (!cellChange || !placed) return null;
        const { x, y, width, height } = placed;
        return (
          <g key={key} class={`mg-mark-cell mg-mark-${cellChange}`} data-marked-cell={key} data-cell-mark={cellChange}>
            <rect x={x} y={y} width={width} height={height} />
            {cellChange !== 'gone' && (
              <path d={`M${x + width - corner} ${y}h${corner}v${corner}z`} class="mg-mark-corner" />
            )}
          </g>
        );
      })}
      <circle class="mg-badge" cx={frame.width} cy={0} r={badgeRadius} />
      <text class="mg-badge-text" x={frame.width} y={3.5} text-anchor="middle">
        {equal ? '=' : badges[change]}
      </text>
    </g>
  );
}

interface ReferenceMarkProps {
  readonly reference: PlacedReference;
  readonly change: Change;
  readonly moving: boolean;
}

function ReferenceMark({ reference: { reference, points }, change, moving }: ReferenceMarkProps) {
  return (
    <g data-marked-reference={`${reference.from}:${reference.port}`}>
      <MovingLine name={`mg-mark-line mg-mark-${change}`} points={points} moving={moving} />
    </g>
  );
}

/** Their contrast with the picture's background and with every fill is above 3 : 1. */
export const markColors: Readonly<Record<Theme, { readonly mark: string; readonly on: string }>> = {
  light: { mark: '#8a1c00', on: '#ffffff' },
  dark: { mark: '#ffd08a', on: '#1d1d1d' },
};

/** Styles of everything inside an element of class `mg-marks`. */
export function marksStyles(theme: Theme): string {
  const { mark, on } = markColors[theme];
  return [
    '.mg-marks{pointer-events:none}',
    `.mg-marks .mg-mark-frame{fill:none;stroke:${mark};stroke-width:2}`,
    `.mg-marks .mg-mark-cell rect{fill:none;stroke:${mark};stroke-width:2}`,
    '.mg-marks .mg-mark-gone rect{stroke-dasharray:4 3}',
    `.mg-marks .mg-mark-corner{fill:${mark}}`,
    `.mg-marks .mg-mark-line{fill:none;stroke:${mark};stroke-width:2.5}`,
    '.mg-marks .mg-mark-line.mg-mark-gone{stroke-dasharray:5 4}',
    `.mg-marks .mg-badge{fill:${mark}}`,
    `.mg-marks .mg-badge-text{font:bold 11px sans-serif;fill:${on}}`,
  ].join('\n');
}
