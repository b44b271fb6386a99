/** The selected box of a picture: the mark around it, and its words for a screen reader. */
import type { Diagram } from '../../src/diagram/diagram.ts';
import type { PlacedBox } from '../../src/layout/placed.ts';
import { boxWords } from './words.ts';

/** Points between a box with its title and the mark, and the side of the squares in the mark's corners. */
const DISTANCE = 4;
const HANDLE = 5;

/** Drawn over the picture, in its points. */
export function SelectionMark({ placed: { frame, title } }: { readonly placed: PlacedBox }) {
  // From the frame's corner, so that the mark moves as the box does.
  const left = Math.min(0, title.x - frame.x) - DISTANCE;
  const top = Math.min(0, title.y - frame.y) - DISTANCE;
  const right = Math.max(frame.width, title.x - frame.x + title.width) + DISTANCE;
  const bottom = frame.height + DISTANCE;
  const corners = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ] as const;
  return (
    <g class="selection" transform={`translate(${frame.x} ${frame.y})`}>
      <rect class="selection-frame" x={left} y={top} width={right - left} height={bottom - top} />
      {corners.map(([cx, cy]) => (
        <rect
          key={`${cx}:${cy}`}
          class="selection-corner"
          x={cx - HANDLE / 2}
          y={cy - HANDLE / 2}
          width={HANDLE}
          height={HANDLE}
        />
      ))}
    </g>
  );
}

/** The id of the element that stands for a box, for `aria-activedescendant`. */
export const wordsId = (key: string): string => `box-${key}`;

/** What the focus is on while the canvas has it. A new element for each box, so that each is read out. */
export function SelectionWords({ diagram, boxKey }: { readonly diagram: Diagram; readonly boxKey: string }) {
  const words = boxWords(diagram, boxKey);
  if (!words) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: it stands for a part of the picture, and holds nothing itself.
    <div
      key={boxKey}
      id={wordsId(boxKey)}
      class="for-screen-readers"
      role="group"
      aria-roledescription="box"
      aria-label={words.label}
      aria-description={words.content}
    />
  );
}
