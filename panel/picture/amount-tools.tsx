/** How much of what was read is in the picture, and what draws more or less of it. */

import type { Amount } from '../../src/diagram/settings.ts';
import { say } from '../../src/words/say.ts';
import { manyObjects } from '../reading/overview.ts';
import type { Picture } from '../reading/picture.ts';

interface AmountToolsProps {
  readonly picture: Picture;
  readonly amount: Amount;
  readonly isOverviewOffered?: boolean;
  /** Null: as the settings say. */
  readonly onChoose: (amount: Amount | null) => void;
}

export function AmountTools({ picture, amount, isOverviewOffered = false, onChoose }: AmountToolsProps) {
  if (picture.overview) return <OverviewTools picture={picture} onChoose={onChoose} />;
  const shown = shownObjects(picture);
  const many = isOverviewOffered && (picture.objects > manyObjects || picture.objects + unread(picture) > manyObjects);
  const overview = many && (
    <Choice label={say('amount_overview')} hint={say('amount_overviewHint')} onClick={() => onChoose('overview')} />
  );
  const left = picture.drawn !== null && shown < picture.objects;
  if (!left && !overview && amount === 'readable')
    return <span title={say('amount_shown')}>{say('objects', { count: picture.stats.nodes })}</span>;
  return (
    <span class="amount">
      <span title={say('amount_hint')}>
        {left
          ? say(isWhole(picture) ? 'amount_part' : 'amount_atLeast', { shown, count: picture.objects })
          : say('objects', { count: picture.stats.nodes })}
      </span>
      {left && (
        <>
          <Choice
            label={say('amount_more')}
            hint={say('amount_moreHint')}
            onClick={() => onChoose(2 * picture.stats.nodes)}
          />
          {overview}
          <Choice label={say('amount_all')} hint={say('amount_allHint')} onClick={() => onChoose('all')} />
        </>
      )}
      {!left && overview}
      {amount !== 'readable' && (
        <Choice label={say('amount_readable')} hint={say('amount_readableHint')} onClick={() => onChoose('readable')} />
      )}
    </span>
  );
}

function OverviewTools({ picture, onChoose }: Pick<AmountToolsProps, 'picture' | 'onChoose'>) {
  const { diagram, overview } = picture;
  return (
    <span class="amount">
      <span title={say('amount_groupsHint')}>
        {say('amount_groups', { groups: diagram.boxes.length, count: overview?.grouping.count ?? 0 })}
      </span>
      <Choice label={say('amount_each')} hint={say('amount_allHint')} onClick={() => onChoose('all')} />
      <Choice label={say('amount_readable')} hint={say('amount_readableHint')} onClick={() => onChoose('readable')} />
    </span>
  );
}

function Choice({
  label,
  hint,
  onClick,
}: {
  readonly label: string;
  readonly hint: string;
  readonly onClick: () => void;
}) {
  return (
    <button type="button" class="text-button" title={hint} onClick={onClick}>
      {label}
    </button>
  );
}

/** Whether no limit cut the capture. */
const isWhole = ({ snapshot: { cuts } }: Picture): boolean =>
  !cuts.has('time') && !cuts.has('objects') && !cuts.has('depth');

/** About how many objects are among the elements and entries that slices left out. */
function unread({ snapshot }: Picture): number {
  let count = 0;
  for (const { parts } of snapshot.objects.values()) {
    const holdsObjects = parts.some((part) => 'value' in part && part.value.type === 'reference');
    if (!holdsObjects) continue;
    for (const part of parts) if (part.type === 'hidden' && part.of !== 'property') count += part.count;
  }
  return count;
}

/** Boxes, and objects that are text in their cells. */
function shownObjects({ diagram }: Picture): number {
  let shown = 0;
  for (const { object, rows } of diagram.boxes) {
    if (object !== null) shown += 1;
    for (const row of rows) for (const cell of row) if (cell?.written) shown += 1;
  }
  return shown;
}
