/**
 * The picture as SVG: the same drawing for the screen and for every export. Its only state is how finely moving lines are cut,
 * so that between two pictures only the elements that differ change.
 */

import { Component } from 'preact';
import { type Cell, type PaletteName, type Swatch, undrawnText } from '../diagram/diagram.ts';
import { defaultSettings } from '../diagram/settings.ts';
import { geometry } from '../layout/measure.ts';
import type { Placed, PlacedBox, PlacedCell, PlacedJoin, PlacedReference, Point } from '../layout/placed.ts';
import { say } from '../words/say.ts';
import { FigureView } from './figures.tsx';
import { MovingLine } from './moving-line.tsx';
import { paletteOf, type Theme } from './palettes.ts';
import { pair, splinePath } from './spline.ts';
import { pictureStyles } from './theme.ts';

export interface PictureProps {
  readonly placed: Placed;
  readonly theme: Theme;
  readonly background: 'theme' | 'none';
  readonly about?: About | undefined;
}

/** What a file says about itself. */
export interface About {
  /** What a viewer shows as its title. */
  readonly title: string;
  readonly description: string;
  /** One line below the picture when it is a part; null when it is whole. */
  readonly note: string | null;
}

/** Points: the height of the line below a picture that is a part, and from its bottom to its text. */
const noteHeight = 22;
const noteDistance = 7;

/** A complete picture: it includes its styles, and no text is wider than it was measured, whatever the font. */
export function Picture({ placed, theme, background, about }: PictureProps) {
  const { origin, width } = placed;
  const height = heightOf(placed, about);
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={height}
      viewBox={`${origin.x} ${origin.y} ${width} ${height}`}
      role="img"
      aria-label={say('graph_name', { objects: placed.boxes.length, references: placed.references.length })}
    >
      {about && <title>{about.title}</title>}
      {about && <desc>{about.description}</desc>}
      <style>{pictureStyles(theme, [paletteNameOf(placed)])}</style>
      {background === 'theme' && (
        <rect x={origin.x} y={origin.y} width={width} height={height} fill={paletteOf(theme).background} />
      )}
      <PictureContent placed={placed} theme={theme} inFile />
      {about?.note && (
        <g class="mg-picture">
          <text class="mg-title" x={origin.x + noteDistance} y={origin.y + height - noteDistance}>
            {about.note}
          </text>
        </g>
      )}
    </svg>
  );
}

/** Points. */
export const heightOf = ({ height }: Placed, about: About | undefined): number =>
  about?.note ? height + noteHeight : height;

const paletteNameOf = ({ diagram }: Placed): PaletteName => (diagram.style ?? defaultSettings).palette;

export interface PictureContentProps {
  readonly placed: Placed;
  /** When missing, a box's own colors follow the theme of the style sheet through custom properties, which not every SVG viewer supports. */
  readonly theme?: Theme;
  /** Squeezes each text into its measured width, because the font may be another one, and makes links of addresses. */
  readonly inFile?: boolean;
  /** Whether what is in two pictures moves from one to the next. */
  readonly moving?: boolean;
}

/**
 * The content of an `<svg>`. Boxes have `data-box` (their key) and `data-object`, reference cells `data-port` and
 * `data-target`, links `data-link`, references `data-reference` (`box:port`), `data-from` and `data-to`, circles
 * `data-join`.
 */
export function PictureContent({ placed, theme, inFile = false, moving = false }: PictureContentProps) {
  const { boxes, references, joins } = placed;
  return (
    <g class={`mg-picture mg-${paletteNameOf(placed)}`} xml:space="preserve">
      <g class="mg-boxes">
        {boxes.map((placed) => (
          <BoxView key={placed.box.key} placed={placed} theme={theme} inFile={inFile} />
        ))}
      </g>
      <g class="mg-references">
        {references.map((placed) => (
          <ReferenceView
            key={`${placed.reference.from}:${placed.reference.port}`}
            placed={placed}
            moving={moving}
            pointed={!inFile}
          />
        ))}
        {joins.map((join) => (
          <JoinView key={`join:${join.to}`} join={join} moving={moving} pointed={!inFile} />
        ))}
      </g>
    </g>
  );
}

interface BoxViewProps {
  readonly placed: PlacedBox;
  readonly theme: Theme | undefined;
  readonly inFile: boolean;
}

function BoxView({ placed, theme, inFile }: BoxViewProps) {
  const { box, frame } = placed;
  const classes = ['mg-box', `mg-${box.category}`];
  if (box.root) classes.push('mg-root');
  if (box.color && !theme) classes.push('mg-own');
  return (
    <g
      class={classes.join(' ')}
      style={box.color && !theme ? `--mg-light:${box.color.light};--mg-dark:${box.color.dark}` : undefined}
      data-box={box.key}
      data-object={box.object ?? undefined}
      transform={`translate(${frame.x} ${frame.y})`}
    >
      <rect
        class="mg-frame"
        width={frame.width}
        height={frame.height}
        style={box.color && theme ? `fill:${box.color[theme]}` : undefined}
      />
      {box.group && (
        <rect
          class="mg-share"
          x={2}
          y={1}
          width={Math.max(1, (frame.width - 4) * box.group.share)}
          height={shareHeight}
        />
      )}
      <BoxContent placed={placed} inFile={inFile} />
    </g>
  );
}

/** The cells of a box. Most boxes of the next picture have only moved, and then their cells are not rendered again. */
class BoxContent extends Component<{ readonly placed: PlacedBox; readonly inFile: boolean }> {
  override shouldComponentUpdate({ placed, inFile }: BoxContent['props']): boolean {
    const shown = this.props.placed;
    return (
      inFile !== this.props.inFile ||
      placed.title.width !== shown.title.width ||
      !same(placed.box, shown.box) ||
      !same(placed.figure, shown.figure) ||
      !same(placed.cells, shown.cells)
    );
  }

  render({ placed: { box, frame, title, figure, cells }, inFile }: BoxContent['props']) {
    const left = title.x - frame.x + 1;
    const base = title.y - frame.y + title.height - 5;
    const undrawn = undrawnText(box);
    // A title with a number is not squeezed: its own width is not known.
    const fixed = inFile && undrawn === '';
    return (
      <>
        <text class="mg-title" x={left} y={base} textLength={fixed ? short(title.textWidth) : undefined}>
          {box.hint !== undefined && <title>{box.hint}</title>}
          {box.title}
        </text>
        {undrawn !== '' && (
          <text class="mg-undrawn" x={left + title.textWidth} y={base} text-anchor="end">
            <title>{say('graph_undrawn', { count: box.undrawn ?? 0 })}</title>
            {undrawn}
          </text>
        )}
        {box.figure && figure && <FigureView figure={box.figure} place={figure} inFile={inFile} />}
        {box.rows.map((row, r) =>
          row.map((cell, column) => {
            const place = cells[r]?.[column];
            return cell && place && <CellView key={`${r}:${column}`} {...{ cell, place, box, column, inFile }} />;
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
  readonly inFile: boolean;
}

function classOf({ kind, variable, written, getter, unasked, runs, link }: Cell, inFile: boolean): string {
  const classes = ['mg-cell', `mg-${kind}`];
  if (variable && variable.of !== 'own') classes.push('mg-outer', `mg-of-${variable.of}`);
  if (written) classes.push('mg-written');
  if (getter) classes.push('mg-getter');
  if (unasked || (runs !== undefined && !inFile)) classes.push('mg-unasked');
  if (link !== undefined) classes.push('mg-link');
  return classes.join(' ');
}

/** Height of the bar for a group's share of all objects, in the space above the cells. */
const shareHeight = 3;

/** Radius of a key cell's corners, points. */
const keyRadius = 5.7;

function CellView({ cell, place: { x, y, width, height, textWidth }, box, column, inFile }: CellViewProps) {
  const rightAligned = cell.kind === 'index' && box.orientation === 'vertical' && column === 0;
  const { swatch, link } = cell;
  const beside = swatch ? geometry.swatch + geometry.swatchGap : 0;
  const text = cell.text !== '' && (
    <text
      x={short(rightAligned ? x + width : x + (width + beside) / 2)}
      y={short(y + height / 2 + 4)}
      text-anchor={rightAligned ? 'end' : undefined}
      textLength={inFile ? short(textWidth) : undefined}
    >
      {cell.text}
    </text>
  );
  return (
    <g
      class={classOf(cell, inFile)}
      data-port={cell.port ?? undefined}
      data-target={cell.target ?? undefined}
      data-link={inFile ? undefined : link}
      data-getter={inFile ? undefined : cell.runs}
    >
      {cell.hint !== null && (
        <title>{cell.runs === undefined || inFile ? cell.hint : say('cell_run', { hint: cell.hint })}</title>
      )}
      {cell.kind !== 'index' && (
        <rect
          x={short(x)}
          y={short(y)}
          width={short(width)}
          height={short(height)}
          rx={cell.kind === 'key' ? keyRadius : undefined}
        />
      )}
      {swatch && <SwatchView swatch={swatch} x={x + (width - beside - textWidth) / 2} y={y + height / 2} />}
      {inFile && link !== undefined ? <a href={link}>{text}</a> : text}
    </g>
  );
}

/** A square of a color. What can be seen through it is a black and white pattern. */
function SwatchView({
  swatch: { fill, opacity },
  x,
  y,
}: {
  readonly swatch: Swatch;
  readonly x: number;
  readonly y: number;
}) {
  const side = geometry.swatch;
  const half = side / 2;
  const top = y - half;
  const square = `M${x} ${top}h${side}v${side}h${-side}z`;
  return (
    <g class="mg-swatch">
      {opacity < 1 && <path d={square} fill="#ffffff" />}
      {opacity < 1 && <path d={`M${x} ${top}h${half}v${side}h${half}v${-half}h${-side}z`} fill="#000000" />}
      <path class="mg-color" d={square} fill={fill} fill-opacity={opacity === 1 ? undefined : opacity} />
    </g>
  );
}

interface LineProps {
  readonly moving: boolean;
  /** Whether a pointer can find it. A file has no use for that, and is smaller without. */
  readonly pointed: boolean;
}

class ReferenceView extends Component<{ readonly placed: PlacedReference } & LineProps> {
  override shouldComponentUpdate({ placed, moving }: ReferenceView['props']): boolean {
    return moving !== this.props.moving || !same(placed, this.props.placed);
  }

  render({ placed: { reference, points, tip, joins }, moving, pointed }: ReferenceView['props']) {
    const { from, port, to, hidden } = reference;
    return (
      <g
        class={hidden ? 'mg-reference mg-from-hidden' : 'mg-reference'}
        data-reference={`${from}:${port}`}
        data-from={from}
        data-to={to}
      >
        {pointed && <path class="mg-hit" d={splinePath(points)} />}
        <MovingLine name="mg-line" points={points} moving={moving} />
        {!joins && <path class="mg-head" d={headPath(points, tip)} />}
      </g>
    );
  }
}

/** The circle in which many references to one box meet, and the arrow from it to the box. */
function JoinView({
  join: { to, centre, radius, points, tip },
  moving,
  pointed,
}: { readonly join: PlacedJoin } & LineProps) {
  return (
    <g class="mg-join" data-join={to} data-to={to}>
      {pointed && <path class="mg-hit" d={splinePath(points)} />}
      <MovingLine name="mg-line" points={points} moving={moving} />
      <path class="mg-head" d={headPath(points, tip)} />
      <circle class="mg-circle" cx={centre.x} cy={centre.y} r={radius} />
    </g>
  );
}

/** Hundredths of a point are finer than any screen, and keep files small. */
const short = (points: number): number => Math.round(points * 100) / 100;

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

/** Compares plain data to its full depth, which is five levels here. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => same(Reflect.get(a, name), Reflect.get(b, name)));
}
