/** Two pictures side by side that move and zoom together. */
import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { say } from '../../src/words/say.ts';
import type { PictureControls } from '../picture/picture-controls.ts';
import { PictureView } from '../picture/picture-view.tsx';
import type { Reading } from '../reading/reading.ts';
import type { Comparison } from './comparison.ts';

interface PairViewProps {
  readonly kept: Reading;
  readonly comparison: Comparison;
  /** Those of the current picture, which the kept one follows. */
  readonly controls: PictureControls;
  /** The current picture. */
  readonly children: ComponentChildren;
}

export function PairView({ kept, comparison, controls, children }: PairViewProps) {
  const following = useMemo(() => followerOf(controls), [controls]);
  return (
    <div class="pair">
      <section aria-label={say('compare_keptLabel')}>
        <p class="pair-title">{say('compare_keptTitle', { subject: kept.picture.subject })}</p>
        <PictureView
          picture={kept.picture}
          stale={false}
          controls={following}
          marks={comparison.otherMarks}
          onDrawn={() => {}}
        />
      </section>
      <section aria-label={say('compare_currentLabel')}>
        <p class="pair-title">{say('compare_current')}</p>
        {children}
      </section>
    </div>
  );
}

/** Moves the current picture and shows where it is, but does not tell it of another picture. */
function followerOf(controls: PictureControls): PictureControls {
  return {
    ...controls,
    query: signal<string | null>(null),
    match: signal(0),
    setPicture: () => {},
    setWindow: () => {},
    start: () => {},
    uncover: () => {},
  };
}
