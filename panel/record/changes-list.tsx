/** When the selected object, or one part of it, changed: each with its line, and the values before and after. */
import { useSignal } from '@preact/signals';
import { say, sayParts } from '../../src/words/say.ts';
import { createAction } from '../actions/action.ts';
import { TextActionButton } from '../widgets/action-button.tsx';
import type { BoxHistory, ChangeRow } from './history-of.ts';
import type { Player } from './player.ts';
import type { RecordSession } from './record-session.ts';

interface ChangesListProps {
  readonly player: Player;
  readonly session: RecordSession;
  /** Null when nothing is selected. */
  readonly history: BoxHistory | null;
  readonly part: string;
  readonly onPart: (part: string) => void;
}

/** Rows that are in the document at first. */
const MOST_ROWS = 300;

export function ChangesList({ player, session, history, part, onPart }: ChangesListProps) {
  const all = useSignal(false);
  if (!history) {
    return (
      <section class="record-changes" aria-label={say('record_changes')}>
        <h2>{say('record_changes')}</h2>
        <p class="quiet">{say('record_selectOne')}</p>
      </section>
    );
  }
  const { title, origin, rows, object } = history;
  const names = [...new Set(rows.map(({ name }) => name))];
  const chosen = names.includes(part) ? part : '';
  const kept = rows.filter(({ name }) => chosen === '' || name === chosen);
  const state = session.state.value;
  const step = player.step.value;
  const link = (to: number, words: string) => (
    <button type="button" class="record-step" onClick={() => player.goTo(to)}>
      {words}
    </button>
  );
  return (
    <section class="record-changes" aria-label={say('record_changes')}>
      <h2>{say('record_changesOf', { name: title })}</h2>
      {names.length > 1 && (
        <select aria-label={say('record_part')} value={chosen} onChange={(event) => onPart(event.currentTarget.value)}>
          <option value="">{say('record_allParts')}</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
      {state.type === 'recording' && (
        <TextActionButton
          action={
            state.watched === object
              ? createAction('stopWatching', () => session.watch(null))
              : createAction('pauseOnChange', () => session.watch(object))
          }
        />
      )}
      {origin && (
        <p>
          {sayParts('record_origin', {
            step: link(origin.step, say('record_stepLink', { step: origin.step + 1 })),
            name: <code>{origin.name}</code>,
            line: origin.line ?? 0,
          })}
        </p>
      )}
      {kept.length === 0 && <p class="quiet">{say('record_noChanges')}</p>}
      <ol>
        {(all.value ? kept : kept.slice(0, MOST_ROWS)).map((row, index) => (
          <li key={`${row.step} ${row.name} ${index}`} class={row.step === step ? 'here' : undefined}>
            {link(row.step, say('record_stepLink', { step: row.step + 1 }))}
            <ChangeText row={row} />
            {row.line !== null && <span class="quiet">{say('record_line', { line: row.line })}</span>}
          </li>
        ))}
      </ol>
      {!all.value && kept.length > MOST_ROWS && (
        <button
          type="button"
          class="text-button"
          onClick={() => {
            all.value = true;
          }}
        >
          {say('record_allRows', { count: kept.length })}
        </button>
      )}
    </section>
  );
}

function ChangeText({ row: { name, before, after } }: { readonly row: ChangeRow }) {
  return (
    <code>
      {name} {before !== null && <s>{before}</s>}
      {before !== null && ' → '}
      {after === null ? <i>{say('record_removed')}</i> : <b>{before === null ? `= ${after}` : after}</b>}
    </code>
  );
}
