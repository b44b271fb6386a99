/**
 * Marks over a picture: what is new, changed or gone against another one, by badges, heavier lines and dashes, so that
 * no colour needs to be told apart. Draws over the picture and never changes it.
 */
import type { BoxMarks, Change, Marks } from '../history/compare.ts';
import type { Placed, PlacedBox, PlacedReference } from '../layout/placed.ts';
import { MovingLine } from './moving-line.tsx';
import type { Theme } from './theme.ts';

const badges: Readonly<Record<Change, string>> = { new: '+', changed: '~', gone: '−' };
/** Radius of a badge, points. */
const badgeRadius = 6;
/** Side of the triangle in the corner of a cell that changed, points. */
const corner = 6;

interface MarksContentProps {
  readonly placed: Placed;
  readonly marks: Marks;
  /** From one picture to the next what is in both moves. */
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

/** By `box:port`: a reference is marked as the cell that it comes from. */
function changedPorts(placed: Placed, marks: Marks): ReadonlyMap<string, Change> {
  const ports = new Map<string, Change>();
  for (const { box } of placed.boxes) {
    const marked = marks.boxes.get(box.key);
    if (!marked) continue;
    for (const [r, row] of box.rows.entries()) {
      for (const [column, cell] of row.entries()) {
        if (cell?.port === null || cell?.port === undefined) continue;
        const change = marked.change === 'changed' ? marked.cells.get(`${r}:${column}`) : marked.change;
        if (change) ports.set(`${box.key}:${cell.port}`, change);
      }
    }
  }
  return ports;
}

function BoxMark({ placed: { box, frame, cells }, marks }: { readonly placed: PlacedBox; readonly marks: BoxMarks }) {
  const { change } = marks;
  return (
    <g
      class={`mg-mark mg-mark-${change}`}
      data-mark={change}
      data-marked-box={box.key}
      transform={`translate(${frame.x} ${frame.y})`}
    >
      {change !== 'changed' && <rect class="mg-mark-frame" width={frame.width} height={frame.height} />}
      {[...marks.cells].map(([at, cellChange]) => {
        const [row = 0, column = 0] = at.split(':').map(Number);
        const place = cells[row]?.[column];
        if (!place) return null;
        const { x, y, width, height } = place;
        return (
          <g key={at} class={`mg-mark-cell mg-mark-${cellChange}`} data-marked-cell={at} data-cell-mark={cellChange}>
            <rect x={x} y={y} width={width} height={height} />
            {cellChange !== 'gone' && (
              <path d={`M${x + width - corner} ${y}h${corner}v${corner}z`} class="mg-mark-corner" />
            )}
          </g>
        );
      })}
      <circle class="mg-badge" cx={frame.width} cy={0} r={badgeRadius} />
      <text class="mg-badge-text" x={frame.width} y={3.5} text-anchor="middle">
        {badges[change]}
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

/** Contrast with the picture's background, and with every fill, is above 3 : 1. */
const markColours: Readonly<Record<Theme, { readonly mark: string; readonly on: string }>> = {
  light: { mark: '#8a1c00', on: '#ffffff' },
  dark: { mark: '#ffd08a', on: '#1d1d1d' },
};

/** Styles of everything inside an element of class `mg-marks`. */
export function marksStyles(theme: Theme): string {
  const { mark, on } = markColours[theme];
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
