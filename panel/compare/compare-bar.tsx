/** What a user sees of a comparison besides the marks: the button that keeps a picture, and the sentence about it. */
import { say } from '../../src/words/say.ts';
import { createAction } from '../actions/action.ts';
import type { Reading } from '../reading/reading.ts';
import { TextActionButton, ToggleActionButton } from '../widgets/action-button.tsx';
import type { Comparison } from './comparison.ts';
import type { Keeping } from './keeping.ts';

interface KeepButtonProps {
  readonly keeping: Keeping;
  /** What is shown; null for nothing. */
  readonly reading: Reading | null;
}

export function KeepButton({ keeping, reading }: KeepButtonProps) {
  const kept = keeping.kept.value;
  const run = (): void => {
    if (kept) keeping.stop();
    else if (reading) keeping.keep(reading);
  };
  return (
    <ToggleActionButton action={createAction('keep', run, kept !== null || reading !== null)} on={kept !== null} />
  );
}

interface CompareBarProps {
  readonly keeping: Keeping;
  readonly reading: Reading | null;
  /** False where there is no room for two pictures. */
  readonly pairs?: boolean;
}

/** Says how the picture differs from the kept one. */
export function CompareBar({ keeping, reading, pairs = true }: CompareBarProps) {
  const kept = keeping.kept.value;
  if (!kept || !reading) return null;
  const comparison = keeping.against(reading);
  return (
    <div class="comparison" role="status">
      <span class="text" title={comparison?.limit ?? undefined}>
        {comparison ? comparison.sentence : say('compare_kept')}
        {comparison?.limit && <span class="limit"> {comparison.limit}</span>}
      </span>
      {comparison && <Legend comparison={comparison} />}
      <TextActionButton action={createAction('keepThis', () => keeping.keep(reading), comparison !== null)} />
      {pairs && (
        <TextActionButton
          action={createAction(
            keeping.beside.value ? 'showAlone' : 'showBeside',
            () => {
              keeping.beside.value = !keeping.beside.value;
            },
            comparison !== null,
          )}
        />
      )}
      <TextActionButton action={createAction('stopComparing', keeping.stop)} />
    </div>
  );
}

/** The signs of the marks that are there. */
function Legend({ comparison: { marks } }: { readonly comparison: Comparison }) {
  const { counts, equal } = marks;
  const signs: readonly (readonly [sign: string, words: string, count: number])[] = [
    ['+', say('compare_legend_new'), counts.new - equal],
    ['=', say('compare_legend_equal'), equal],
    ['~', say('compare_legend_changed'), counts.changed],
    ['−', say('compare_legend_gone'), counts.gone],
  ];
  return (
    <span class="legend">
      {signs
        .filter(([, , count]) => count > 0)
        .map(([sign, words]) => (
          <span key={sign}>
            <b>{sign}</b> {words}
          </span>
        ))}
    </span>
  );
}
