/**
 * A line that can move into any other line. The browser moves a path only into one with as many curves, and after a layout a
 * spline may have another number of curves.
 */
import { Component, createRef } from 'preact';
import type { Point } from '../layout/placed.ts';
import { cutInto, piecesOf, splinePath } from './spline.ts';

/** The number of curves in a moving line: more than most splines have, so that nearly all can move without a change. */
const usualPieces = 8;

interface MovingLineProps {
  /** The class of the path. */
  readonly name: string;
  readonly points: readonly Point[];
  /** When off, the path is as short as possible, for files. */
  readonly moving: boolean;
}

export class MovingLine extends Component<MovingLineProps> {
  private readonly path = createRef<SVGPathElement>();
  private pieces = usualPieces;

  override componentWillUpdate({ points, moving }: MovingLineProps): void {
    const pieces = piecesOf(points);
    const element = this.path.current;
    if (!moving || pieces <= this.pieces) return;
    this.pieces = pieces;
    if (!element) return;
    // The current line, cut as finely as the next. The browser must have rendered it before it gets the next line.
    element.setAttribute('d', splinePath(cutInto(pieces, this.props.points)));
    element.getBoundingClientRect();
  }

  render({ name, points, moving }: MovingLineProps) {
    this.pieces = Math.max(this.pieces, piecesOf(points));
    return <path ref={this.path} class={name} d={splinePath(moving ? cutInto(this.pieces, points) : points)} />;
  }
}
