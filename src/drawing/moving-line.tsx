/**
 * A line that can move into any other one: the browser moves a path only into one of as many pieces, and a spline has
 * another number of them after every layout.
 */
import { Component, createRef } from 'preact';
import type { Point } from '../layout/placed.ts';
import { cutInto, piecesOf, splinePath } from './spline.ts';

/** More than most splines have, so that nearly all of them can move as they are. */
const usualPieces = 8;

interface MovingLineProps {
  /** Its class. */
  readonly name: string;
  readonly points: readonly Point[];
  /** Off, the path is as short as it can be: for files. */
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
    // The line as it stands, cut as finely: what the browser has to have seen before it is given the next one.
    element.setAttribute('d', splinePath(cutInto(pieces, this.props.points)));
    element.getBoundingClientRect();
  }

  render({ name, points, moving }: MovingLineProps) {
    this.pieces = Math.max(this.pieces, piecesOf(points));
    return <path ref={this.path} class={name} d={splinePath(moving ? cutInto(this.pieces, points) : points)} />;
  }
}
