/** What is to be recorded, how much at most, and what happens meanwhile. Starts it. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { sentence } from '../../src/transport/failure.ts';
import type { RecorderBudget } from '../../src/wire/recorder-exchange.ts';
import { say, sayParts } from '../../src/words/say.ts';
import { createAction } from '../actions/action.ts';
import type { DebuggerOwner } from '../reading/debugger-owner.ts';
import { TextActionButton } from '../widgets/action-button.tsx';
import { type Sort, sorts } from './choice.ts';
import type { RecordSession } from './record-session.ts';

interface RecordFormProps {
  readonly session: RecordSession;
  readonly owner: DebuggerOwner;
  /** The function in which the page is paused, or whose name is selected in Sources. */
  readonly offered: readonly string[];
  readonly onOpen: () => void;
}

export function RecordForm({ session, owner, offered, onOpen }: RecordFormProps) {
  const state = session.state.value;
  const attached = owner.attached.value !== null;
  const possible = sortsIn(session, attached);
  const { sort: wanted } = session.choice.value;
  const sort = possible.includes(wanted) ? wanted : 'graph';
  const start = (): void => {
    session.choose({ sort });
    void session.start();
  };
  return (
    <form
      class="welcome record-form"
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <h1>{say('record_heading')}</h1>
      <p>{say('record_intro')}</p>
      {attached ? <HeapChoice session={session} /> : <Attach owner={owner} />}
      <fieldset>
        <legend>{say('record_what')}</legend>
        {possible.map((one) => (
          <SortRow key={one} sort={one} session={session} offered={offered} checked={sort === one} />
        ))}
      </fieldset>
      <Budget session={session} />
      {state.type === 'asking' ? (
        <div class="record-ask" role="alert">
          <p>{say('record_deactivated')}</p>
          <TextActionButton action={createAction('recordAnyway', () => session.answer(true))} />
          <TextActionButton action={createAction('recordNot', () => session.answer(false))} />
        </div>
      ) : (
        <p>
          <TextActionButton
            class="record-start"
            submits
            action={createAction('startRecording', start, state.type === 'idle')}
          />
          {state.type === 'starting' && <span role="status"> {say('record_starting')}</span>}
        </p>
      )}
      {sort !== 'graph' && <p class="quiet">{say('record_meanwhile')}</p>}
      <p class="quiet">
        {sayParts('record_openOne', {
          open: <TextActionButton action={createAction('openRecording', onOpen)} />,
        })}
      </p>
    </form>
  );
}

/** A worker has no input, and is not loaded again by itself. Without the debugger only `graph(…)` tells what happens. */
function sortsIn({ heap }: RecordSession, attached: boolean): readonly Sort[] {
  if (!attached) return ['graph'];
  return heap.value === '' ? sorts : sorts.filter((sort) => sort !== 'input' && sort !== 'load' && sort !== 'graph');
}

function SortRow({
  sort,
  session,
  offered,
  checked,
}: Pick<RecordFormProps, 'session' | 'offered'> & { readonly sort: Sort; readonly checked: boolean }) {
  return (
    <label class="record-sort">
      <input type="radio" name="sort" checked={checked} onChange={() => session.choose({ sort })} />
      <span>
        {say(`record_sort_${sort}`)}
        <small>{say(`record_hint_${sort}`)}</small>
        {sort === 'function' && <FunctionField session={session} offered={offered} />}
        {sort === 'file' && <FileField session={session} />}
        {sort === 'graph' && <GraphCallsSoFar session={session} />}
      </span>
    </label>
  );
}

function FunctionField({ session, offered }: Pick<RecordFormProps, 'session' | 'offered'>) {
  const list = useId();
  const functions = session.functions.value;
  return (
    <span class="record-field">
      <input
        type="text"
        list={list}
        placeholder={say('record_functionName')}
        aria-label={say('record_functionName')}
        value={session.choice.value.function}
        onFocus={() => session.choose({ sort: 'function' })}
        onInput={(event) => session.choose({ sort: 'function', function: event.currentTarget.value })}
      />
      <datalist id={list}>
        {(functions ?? []).slice(0, 1000).map(({ label }) => (
          <option key={label} value={label} />
        ))}
      </datalist>
      {offered.map((name) => (
        <button
          key={name}
          type="button"
          class="offer"
          onClick={() => session.choose({ sort: 'function', function: name })}
        >
          {name}
        </button>
      ))}
    </span>
  );
}

/** What was kept of `graph(…)` without being asked. */
function GraphCallsSoFar({ session }: Pick<RecordFormProps, 'session'>) {
  const { all } = session.graphCalls.value;
  if (all === 0) return null;
  return (
    <span class="record-field">
      {say('record_graphCalls', { count: all })}{' '}
      <TextActionButton action={createAction('showFilm', () => void session.showGraphCalls())} />
    </span>
  );
}

function FileField({ session }: Pick<RecordFormProps, 'session'>) {
  const scripts = session.scripts.value ?? [];
  const labels = [...new Set(scripts.map(({ label }) => label))];
  if (labels.length === 0) return <small>{say('record_noScripts')}</small>;
  return (
    <span class="record-field">
      <select
        aria-label={say('record_sort_file')}
        value={session.choice.value.file || labels[0]}
        onChange={(event) => session.choose({ sort: 'file', file: event.currentTarget.value })}
      >
        {labels.map((label) => (
          <option key={label} value={label}>
            {label}
          </option>
        ))}
      </select>
    </span>
  );
}

function HeapChoice({ session }: Pick<RecordFormProps, 'session'>) {
  const heaps = session.heaps.value;
  if (heaps.length < 2) return null;
  return (
    <p>
      <label class="choice">
        {say('record_where')}
        <select
          value={session.heap.value}
          onChange={(event) => {
            session.heap.value = event.currentTarget.value;
            session.choose({ sort: 'function' });
            void session.list();
          }}
        >
          {heaps.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </p>
  );
}

const limits: readonly {
  readonly name: keyof RecorderBudget;
  readonly words: 'record_budget_stops' | 'record_budget_time' | 'record_budget_size';
  readonly label: string;
  /** How many of the budget's are one here. */
  readonly unit: number;
  readonly most: number;
}[] = [
  { name: 'stops', words: 'record_budget_stops', label: say('record_budget_stopsLabel'), unit: 1, most: 100_000 },
  { name: 'milliseconds', words: 'record_budget_time', label: say('record_budget_timeLabel'), unit: 1000, most: 600 },
  {
    name: 'characters',
    words: 'record_budget_size',
    label: say('record_budget_sizeLabel'),
    unit: 1_000_000,
    most: 200,
  },
];

function Budget({ session }: Pick<RecordFormProps, 'session'>) {
  const { budget } = session.choice.value;
  const field = ({ name, unit, most, label }: (typeof limits)[number]): ComponentChildren => (
    <input
      type="number"
      min={1}
      max={most}
      aria-label={label}
      value={budget[name] / unit}
      onChange={(event) => {
        const value = Math.max(1, Math.min(most, Math.round(Number(event.currentTarget.value)) || 1));
        // Several fields may change before this is drawn again.
        session.choose({ budget: { ...session.choice.peek().budget, [name]: value * unit } });
      }}
    />
  );
  return (
    <p class="record-budget">
      {say('record_budget')}{' '}
      {limits.map((limit) => (
        <span key={limit.name}>{sayParts(limit.words, { field: field(limit) })}</span>
      ))}
    </p>
  );
}

function Attach({ owner }: { readonly owner: DebuggerOwner }) {
  const state = owner.state.value;
  const attach = (
    <TextActionButton class="text-button attach" action={createAction('attach', () => owner.setAllowed(true))} />
  );
  return (
    <p>
      {sayParts('record_attach', { attach })}
      {state.type === 'lost' && ` ${sentence(state.failure)}`}
    </p>
  );
}
