/** The edge between two parts of a view, which a user drags or moves with the arrow keys. */
import { say } from '../../src/words/say.ts';

interface SplitterProps {
  /** Pixels of the part to its right. */
  readonly width: number;
  readonly least: number;
  readonly most: number;
  readonly onWidth: (width: number) => void;
}

/** CSS pixels for one press of an arrow key. */
const STEP = 24;

export function Splitter({ width, least, most, onWidth }: SplitterProps) {
  const set = (next: number): void => onWidth(Math.round(Math.max(least, Math.min(most, next))));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no rule between two texts.
    <div
      class="splitter"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={say('splitter')}
      title={say('splitter')}
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId))
          set((event.currentTarget.parentElement?.getBoundingClientRect().right ?? innerWidth) - event.clientX);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
        event.preventDefault();
        event.stopPropagation();
        set(width + (event.key === 'ArrowLeft' ? STEP : -STEP));
      }}
    />
  );
}
