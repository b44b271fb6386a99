/**
 * The picture as SVG: one drawing for the screen and for every export. Draws what it is given where it is given it;
 * holds no state, so that what changes between two pictures is only what differs in them.
 */
import { Component } from 'preact';
import type { Cell } from '../diagram/diagram.ts';
import type { Placed, PlacedBox, PlacedCell, PlacedReference, Point } from '../layout/placed.ts';
import { palettes, pictureStyles, type Theme } from './theme.ts';

export interface PictureProps {
  readonly placed: Placed;
  readonly theme: Theme;
  readonly background: 'theme' | 'none';
}

/** A picture that is complete by itself: styles inside, and no text wider than it was measured, whatever the font. */
export function Picture({ placed, theme, background }: PictureProps) {
  const { width, height } = placed;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Graph of ${placed.boxes.length} objects and ${placed.references.length} references`}
    >
      <style>{pictureStyles(theme)}</style>
      {background === 'theme' && <rect width={width} height={height} fill={palettes[theme].background} />}
      <PictureContent placed={placed} fixedText />
    </svg>
  );
}

export interface PictureContentProps {
  readonly placed: Placed;
  /** Squeezes each text into the width that was measured for it: for places where the font may be another one. */
  readonly fixedText?: boolean;
}

/**
 * What stands inside an `<svg>`. Boxes carry `data-box` (their key) and `data-object`, reference cells `data-port` and
 * `data-target`, references `data-reference` (`box:port`), `data-from` and `data-to`.
 */
export function PictureContent({ placed: { boxes, references }, fixedText = false }: PictureContentProps) {
  return (
    <g class="mg-picture">
      <g class="mg-boxes">
        {boxes.map((placed) => (
          <BoxView key={placed.box.key} placed={placed} fixedText={fixedText} />
        ))}
      </g>
      <g class="mg-references">
        {references.map((placed) => (
          <ReferenceView key={`${placed.reference.from}:${placed.reference.port}`} placed={placed} />
        ))}
      </g>
    </g>
  );
}

function BoxView({ placed, fixedText }: { readonly placed: PlacedBox; readonly fixedText: boolean }) {
  const { box, frame } = placed;
  return (
    <g
      class={box.root ? `mg-box mg-${box.category} mg-root` : `mg-box mg-${box.category}`}
      data-box={box.key}
      data-object={box.object ?? undefined}
      transform={`translate(${frame.x} ${frame.y})`}
    >
      <rect class="mg-frame" width={frame.width} height={frame.height} />
      <BoxContent placed={placed} fixedText={fixedText} />
    </g>
  );
}

/** Most boxes of the next picture are the same ones at another place: their cells are then left alone. */
class BoxContent extends Component<{ readonly placed: PlacedBox; readonly fixedText: boolean }> {
  override shouldComponentUpdate({ placed, fixedText }: BoxContent['props']): boolean {
    const shown = this.props.placed;
    return (
      fixedText !== this.props.fixedText ||
      placed.title.width !== shown.title.width ||
      !same(placed.box, shown.box) ||
      !same(placed.cells, shown.cells)
    );
  }

  render({ placed: { box, frame, title, cells }, fixedText }: BoxContent['props']) {
    return (
      <>
        <text
          class="mg-title"
          x={title.x - frame.x + 1}
          y={title.y - frame.y + title.height - 5}
          textLength={fixedText ? title.textWidth : undefined}
          lengthAdjust={fixedText ? 'spacingAndGlyphs' : undefined}
        >
          {box.title}
        </text>
        {box.rows.map((row, r) =>
          row.map((cell, column) => {
            const place = cells[r]?.[column];
            return cell && place && <CellView key={`${r}:${column}`} {...{ cell, place, box, fixedText }} />;
          }),
        )}
      </>
    );
  }
}

interface CellViewProps {
  readonly cell: Cell;
  readonly place: PlacedCell;
  readonly box: PlacedBox['box'];
  readonly fixedText: boolean;
}

/** Radius of a key cell's corners, points. */
const keyRadius = 5.7;

function CellView({ cell, place: { x, y, width, height, textWidth }, box, fixedText }: CellViewProps) {
  const rightAligned = cell.kind === 'index' && box.orientation === 'vertical';
  return (
    <g class={`mg-cell mg-${cell.kind}`} data-port={cell.port ?? undefined} data-target={cell.target ?? undefined}>
      {cell.hint !== null && <title>{cell.hint}</title>}
      {cell.kind !== 'index' && (
        <rect x={x} y={y} width={width} height={height} rx={cell.kind === 'key' ? keyRadius : undefined} />
      )}
      {cell.text !== '' && (
        <text
          x={rightAligned ? x + width : x + width / 2}
          y={y + height / 2 + 4}
          text-anchor={rightAligned ? 'end' : 'middle'}
          textLength={fixedText ? textWidth : undefined}
          lengthAdjust={fixedText ? 'spacingAndGlyphs' : undefined}
          xml:space="preserve"
        >
          {cell.text}
        </text>
      )}
    </g>
  );
}

class ReferenceView extends Component<{ readonly placed: PlacedReference }> {
  override shouldComponentUpdate({ placed }: ReferenceView['props']): boolean {
    return !same(placed, this.props.placed);
  }

  render({ placed: { reference, points, tip } }: ReferenceView['props']) {
    const { from, port, to } = reference;
    const line = splinePath(points);
    return (
      <g class="mg-reference" data-reference={`${from}:${port}`} data-from={from} data-to={to}>
        <path class="mg-hit" d={line} />
        <path class="mg-line" d={line} />
        <path class="mg-head" d={headPath(points, tip)} />
      </g>
    );
  }
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

const pair = ({ x, y }: Point): string => `${rounded(x)} ${rounded(y)}`;

/** A spline as the `d` of a path. */
export function splinePath([start, ...rest]: readonly Point[]): string {
  return start ? `M${pair(start)}C${rest.map(pair).join(' ')}` : '';
}

/** Half of an arrow head's width at its foot, points. */
const headHalfWidth = 3;

/** A filled triangle from the spline's last point to `tip`. */
function headPath(points: readonly Point[], tip: Point): string {
  const foot = points.at(-1) ?? tip;
  const length = Math.hypot(tip.x - foot.x, tip.y - foot.y) || 1;
  const across = { x: (-(tip.y - foot.y) / length) * headHalfWidth, y: ((tip.x - foot.x) / length) * headHalfWidth };
  const left = { x: foot.x + across.x, y: foot.y + across.y };
  const right = { x: foot.x - across.x, y: foot.y - across.y };
  return `M${pair(left)}L${pair(tip)}L${pair(right)}Z`;
}

/** Equality of plain data. As deep as the data, which is four levels here. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => same(Reflect.get(a, name), Reflect.get(b, name)));
}
