/**
 * The picture as SVG: one drawing for the screen and for every export. Draws what it is given where it is given it;
 * holds no state but how finely moving lines are cut, so that what changes between two pictures is only what differs in
 * them.
 */
import { Component } from 'preact';
import type { Cell } from '../diagram/diagram.ts';
import type { Placed, PlacedBox, PlacedCell, PlacedJoin, PlacedReference, Point } from '../layout/placed.ts';
import { MovingLine } from './moving-line.tsx';
import { pair, splinePath } from './spline.ts';
import { palettes, pictureStyles, type Theme } from './theme.ts';

export interface PictureProps {
  readonly placed: Placed;
  readonly theme: Theme;
  readonly background: 'theme' | 'none';
}

/** A picture that is complete by itself: styles inside, and no text wider than it was measured, whatever the font. */
export function Picture({ placed, theme, background }: PictureProps) {
  const { origin, width, height } = placed;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={height}
      viewBox={`${origin.x} ${origin.y} ${width} ${height}`}
      role="img"
      aria-label={`Graph of ${placed.boxes.length} objects and ${placed.references.length} references`}
    >
      <style>{pictureStyles(theme)}</style>
      {background === 'theme' && (
        <rect x={origin.x} y={origin.y} width={width} height={height} fill={palettes[theme].background} />
      )}
      <PictureContent placed={placed} theme={theme} fixedText />
    </svg>
  );
}

export interface PictureContentProps {
  readonly placed: Placed;
  /** Missing: colours of a box's own follow the style sheet's theme, by custom properties, which not every reader of SVG knows. */
  readonly theme?: Theme;
  /** Squeezes each text into the width that was measured for it: for places where the font may be another one. */
  readonly fixedText?: boolean;
  /** From one picture to the next what is in both moves, unless there is too much of it. */
  readonly moving?: boolean;
}

/**
 * What stands inside an `<svg>`. Boxes carry `data-box` (their key) and `data-object`, reference cells `data-port` and
 * `data-target`, references `data-reference` (`box:port`), `data-from` and `data-to`, circles
 * `data-join`.
 */
export function PictureContent({ placed, theme, fixedText = false, moving = false }: PictureContentProps) {
  const { boxes, references, joins } = placed;
  return (
    <g class="mg-picture">
      <g class="mg-boxes">
        {boxes.map((placed) => (
          <BoxView key={placed.box.key} placed={placed} theme={theme} fixedText={fixedText} />
        ))}
      </g>
      <g class="mg-references">
        {references.map((placed) => (
          <ReferenceView key={`${placed.reference.from}:${placed.reference.port}`} placed={placed} moving={moving} />
        ))}
        {joins.map((join) => (
          <JoinView key={`join:${join.to}`} join={join} moving={moving} />
        ))}
      </g>
    </g>
  );
}

interface BoxViewProps {
  readonly placed: PlacedBox;
  readonly theme: Theme | undefined;
  readonly fixedText: boolean;
}

function BoxView({ placed, theme, fixedText }: BoxViewProps) {
  const { box, frame } = placed;
  const classes = ['mg-box', `mg-${box.category}`];
  if (box.root) classes.push('mg-root');
  if (box.colour && !theme) classes.push('mg-own');
  return (
    <g
      class={classes.join(' ')}
      style={box.colour && !theme ? `--mg-light:${box.colour.light};--mg-dark:${box.colour.dark}` : undefined}
      data-box={box.key}
      data-object={box.object ?? undefined}
      transform={`translate(${frame.x} ${frame.y})`}
    >
      <rect
        class="mg-frame"
        width={frame.width}
        height={frame.height}
        style={box.colour && theme ? `fill:${box.colour[theme]}` : undefined}
      />
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
            return cell && place && <CellView key={`${r}:${column}`} {...{ cell, place, box, column, fixedText }} />;
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
  readonly column: number;
  readonly fixedText: boolean;
}

/** Radius of a key cell's corners, points. */
const keyRadius = 5.7;

function CellView({ cell, place: { x, y, width, height, textWidth }, box, column, fixedText }: CellViewProps) {
  const rightAligned = cell.kind === 'index' && box.orientation === 'vertical' && column === 0;
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

class ReferenceView extends Component<{ readonly placed: PlacedReference; readonly moving: boolean }> {
  override shouldComponentUpdate({ placed, moving }: ReferenceView['props']): boolean {
    return moving !== this.props.moving || !same(placed, this.props.placed);
  }

  render({ placed: { reference, points, tip, joins }, moving }: ReferenceView['props']) {
    const { from, port, to, hidden } = reference;
    return (
      <g
        class={hidden ? 'mg-reference mg-from-hidden' : 'mg-reference'}
        data-reference={`${from}:${port}`}
        data-from={from}
        data-to={to}
      >
        <path class="mg-hit" d={splinePath(points)} />
        <MovingLine name="mg-line" points={points} moving={moving} />
        {!joins && <path class="mg-head" d={headPath(points, tip)} />}
      </g>
    );
  }
}

/** Where many references to one box meet, and the arrow that goes on to it. */
function JoinView({
  join: { to, centre, radius, points, tip },
  moving,
}: {
  readonly join: PlacedJoin;
  readonly moving: boolean;
}) {
  return (
    <g class="mg-join" data-join={to} data-to={to}>
      <path class="mg-hit" d={splinePath(points)} />
      <MovingLine name="mg-line" points={points} moving={moving} />
      <path class="mg-head" d={headPath(points, tip)} />
      <circle class="mg-circle" cx={centre.x} cy={centre.y} r={radius} />
    </g>
  );
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
