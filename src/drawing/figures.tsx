/** Draws the figures of boxes: lines of numbers, images, bars on bytes. */
import type { Figure } from '../diagram/diagram.ts';
import { figureText } from '../diagram/values/figures.ts';
import type { PlacedCell } from '../layout/placed.ts';
import { figureGeometry } from '../layout/values/figure-size.ts';

/** Part of a figure: the class that styles it, and its path. */
export interface FigurePath {
  readonly name: 'mg-gap' | 'mg-spark' | 'mg-overlap' | 'mg-bar' | 'mg-checks' | 'mg-placeholder';
  readonly d: string;
}

interface FigureViewProps {
  readonly figure: Figure;
  readonly place: PlacedCell;
  readonly inFile: boolean;
}

export function FigureView({ figure, place, inFile }: FigureViewProps) {
  const { x, y, width, height, textWidth } = place;
  const drawn = height - figureGeometry.words;
  return (
    <g
      class={figure.type === 'image' && figure.unread ? 'mg-figure mg-unread' : 'mg-figure'}
      transform={`translate(${x} ${y})`}
    >
      <title>{figureText(figure).join('\n')}</title>
      <rect class="mg-ground" width={width} height={drawn} />
      {figurePaths(figure, width, drawn).map(({ name, d }) => (
        <path key={name} class={name} d={d} />
      ))}
      {figure.type === 'image' && figure.picture && (
        <image
          href={figure.picture.href}
          width={width}
          height={drawn}
          preserveAspectRatio="none"
          style="image-rendering:pixelated"
        />
      )}
      <text
        class="mg-words"
        y={height - 3}
        textLength={inFile ? textWidth : undefined}
        lengthAdjust={inFile ? 'spacingAndGlyphs' : undefined}
      >
        {figureWords(figure)}
      </text>
    </g>
  );
}

export const figureWords = ({ words }: Figure): string => words.join(' · ');

/** What is drawn of a figure, from the back to the front, without its image. Points. */
export function figurePaths(figure: Figure, width: number, height: number): readonly FigurePath[] {
  switch (figure.type) {
    case 'sparkline':
      return sparkPaths(figure.stretches, width, height);
    case 'image':
      if (figure.picture) return [{ name: 'mg-checks', d: checks(width, height) }];
      return [{ name: 'mg-placeholder', d: placeholder(width / 2 - 9, height / 2 - 7, figure.unread) }];
    case 'bytes':
      return bytesPaths(figure, width, height);
  }
}

/** Space around a line of numbers, points. */
const inset = 3;

type Stretches = Extract<Figure, { type: 'sparkline' }>['stretches'];

function sparkPaths(stretches: Stretches, width: number, height: number): readonly FigurePath[] {
  const step = (width - 2 * inset) / stretches.length;
  const y = (level: number): string => (height - inset - level * (height - 2 * inset)).toFixed(1);
  let line = '';
  let gaps = '';
  let joined = false;
  stretches.forEach((stretch, i) => {
    const start = inset + i * step;
    if (!stretch) {
      gaps += `M${start.toFixed(1)} 1h${step.toFixed(1)}v${height - 2}h${(-step).toFixed(1)}z`;
      joined = false;
      return;
    }
    const [low, high] = stretch;
    const x = (start + step / 2).toFixed(1);
    // A single number between two gaps is a point.
    const reach = low === high ? (joined ? '' : 'h.1') : `V${y(high)}`;
    line += `${joined ? 'L' : 'M'}${x} ${y(low)}${reach}`;
    joined = true;
  });
  const drawn: FigurePath[] = gaps === '' ? [] : [{ name: 'mg-gap', d: gaps }];
  return line === '' ? drawn : [...drawn, { name: 'mg-spark', d: line }];
}

/** A landscape in a frame, crossed out when a click would show nothing. */
const placeholder = (x: number, y: number, unread: boolean): string =>
  `M${x} ${y}h18v14h-18zm2 11l5-6 4 4 2-2 3 4${unread ? '' : `M${x - 3} ${y + 16}l24-18`}`;

/** The side of a square of the pattern behind an image, points. */
const check = 6;

function checks(width: number, height: number): string {
  let path = '';
  for (let row = 0; row * check < height; row++) {
    for (let column = row % 2; column * check < width; column += 2) {
      const [x, y] = [column * check, row * check];
      path += `M${x} ${y}h${Math.min(check, width - x)}v${Math.min(check, height - y)}H${x}z`;
    }
  }
  return path;
}

function bytesPaths(
  { total, bars, overlaps }: Extract<Figure, { type: 'bytes' }>,
  width: number,
  height: number,
): readonly FigurePath[] {
  const { bar, barGap } = figureGeometry;
  const at = (byte: number): number => Math.round((byte / total) * width * 10) / 10;
  const rectangle = (from: number, to: number, y: number, high: number): string => {
    // Even a single byte of a million can be seen.
    const wide = Math.max(1.5, at(to) - at(from));
    return `M${Math.min(at(from), width - 1.5)} ${y}h${wide.toFixed(1)}v${high}h${(-wide).toFixed(1)}z`;
  };
  const shared = overlaps.map(({ from, to }) => rectangle(from, to, 0, height)).join('');
  const views = bars.map(({ from, to }, i) => rectangle(from, to, barGap + i * (bar + barGap), bar)).join('');
  const drawn: FigurePath[] = shared === '' ? [] : [{ name: 'mg-overlap', d: shared }];
  return [...drawn, { name: 'mg-bar', d: views }];
}
