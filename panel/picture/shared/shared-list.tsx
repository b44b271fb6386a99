/** The list of all shared objects that were read, drawn or not, with the paths to each. A click draws just these paths. */
import { useMemo, useState } from 'preact/hooks';
import { titleOf } from '../../../src/diagram/titles.ts';
import { mostWays, type SharedObject, waysIn } from '../../../src/snapshot/shared-objects.ts';
import { say } from '../../../src/words/say.ts';
import type { Picture } from '../../reading/picture.ts';
import type { ViewActions } from '../../reading/view/view-actions.ts';
import type { PictureControls } from '../picture-controls.ts';

interface SharedListProps {
  readonly picture: Picture;
  readonly controls: PictureControls;
  readonly view: ViewActions;
}

/** Rows that are listed at first: more are added by a button, because nobody reads them at once. */
const PAGE = 100;
/** Paths of an object that is not chosen. */
const FEW_WAYS = 3;
/** Characters of a type's name. */
const LONGEST = 60;

export function SharedList({ picture: { snapshot }, controls, view }: SharedListProps) {
  const all = useMemo(() => waysIn(snapshot).shared(), [snapshot]);
  const unlisted = waysIn(snapshot).count() - all.length;
  const [filter, setFilter] = useState('');
  const [shown, setShown] = useState(PAGE);
  const wanted = filter.trim().toLowerCase();
  const found = wanted === '' ? all : all.filter((shared) => matches(shared, wanted));
  const chosen = view.state.value.pathsTo ?? [];
  const close = (): void => {
    controls.listed.value = false;
  };
  let heading: string | null = null;
  return (
    <aside
      class="shared"
      aria-label={say('action_shared')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <div class="shared-bar">
        <input
          type="search"
          aria-label={say('shared_filterLabel')}
          placeholder={say('shared_filter')}
          value={filter}
          onInput={({ currentTarget }) => setFilter(currentTarget.value)}
        />
        <button
          type="button"
          class="tool close"
          title={say('shared_close')}
          aria-label={say('shared_close')}
          onClick={close}
        >
          ×
        </button>
      </div>
      <div class="shared-rows">
        {found.length === 0 && <p class="quiet">{say(all.length === 0 ? 'shared_empty' : 'shared_noMatches')}</p>}
        {found.slice(0, shown).map((shared) => {
          const title = say(`shared_${shared.kind}`);
          const starts = title !== heading;
          heading = title;
          return (
            <>
              {starts && <h2 key={title}>{title}</h2>}
              <Row
                key={shared.object.id}
                shared={shared}
                chosen={chosen.includes(shared.object.id)}
                onChoose={(on) => (on ? view.showPaths(shared.object.id, true) : view.back())}
              />
            </>
          );
        })}
        {found.length > shown && (
          <button type="button" class="text-button" onClick={() => setShown(shown + PAGE)}>
            {say('shared_more', { count: found.length - shown })}
          </button>
        )}
        {unlisted > 0 && <p class="quiet">{say('shared_unlisted', { count: unlisted })}</p>}
      </div>
    </aside>
  );
}

interface RowProps {
  readonly shared: SharedObject;
  /** Only its paths are drawn. */
  readonly chosen: boolean;
  readonly onChoose: (on: boolean) => void;
}

function Row({ shared: { object, references, ways }, chosen, onChoose }: RowProps) {
  const listed = ways.slice(0, chosen ? mostWays : FEW_WAYS);
  const more = references - listed.length;
  return (
    <button type="button" class="shared-row" aria-pressed={chosen} onClick={() => onChoose(!chosen)}>
      <span class="shared-title">
        {titleOf(object, LONGEST)}
        <span class="quiet">{` ${say('shared_references', { count: references })}`}</span>
      </span>
      {listed.map(({ text, back }, number) => (
        // Two references can have the same text, such as two parts that were not read.
        <span key={`${number} ${text}`} class={back ? 'way back' : 'way'} title={text}>
          {text}
        </span>
      ))}
      {more > 0 && <span class="quiet">{say('shared_more', { count: more })}</span>}
    </button>
  );
}

const matches = ({ object, ways }: SharedObject, wanted: string): boolean =>
  titleOf(object, LONGEST).toLowerCase().includes(wanted) ||
  ways.some(({ text }) => text.toLowerCase().includes(wanted));
