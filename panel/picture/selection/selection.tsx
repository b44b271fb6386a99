/** The selected box of a picture: the mark around it, and its words for a screen reader. */
import type { Diagram } from '../../../src/diagram/diagram.ts';
import type { PlacedBox } from '../../../src/layout/placed.ts';
import { say } from '../../../src/words/say.ts';
import { boxWords } from './words.ts';

/** Points between a box with its title and the mark; also the side of the squares in the mark's corners. */
const DISTANCE = 4;
const HANDLE = 5;

/** The mark, drawn over the picture in its points. */
export function SelectionMark({ placed: { frame, title, box } }: { readonly placed: PlacedBox }) {
  // Relative to the frame's corner, so that the mark moves with the box.
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
      {box.object !== null && box.object > 0 && !box.title.endsWith(`#${box.object}`) && (
        // As it is spoken, so that all who look at it can talk about the same box.
        <text class="selection-number" x={right} y={top - DISTANCE}>
          #{box.object}
        </text>
      )}
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

/** The id of the element that represents a box, for `aria-activedescendant`. */
export const wordsId = (key: string): string => `box-${key}`;

/** What a screen reader reads while the canvas has the focus. Each box has a new element, so that each is read out. */
export function SelectionWords({ diagram, boxKey }: { readonly diagram: Diagram; readonly boxKey: string }) {
  const words = boxWords(diagram, boxKey);
  if (!words) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: it represents a part of the picture and has no content.
    <div
      key={boxKey}
      id={wordsId(boxKey)}
      class="for-screen-readers"
      role="group"
      aria-roledescription={say('words_role')}
      aria-label={words.label}
      aria-description={words.content}
    />
  );
}
