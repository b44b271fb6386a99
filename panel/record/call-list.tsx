/** The calls of a recording as a tree, with arguments and results. A click goes to where a call began. */
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { argumentsOf, type CallRow, callRows, resultOf } from '../../src/recording/call-tree.ts';
import type { Shown } from '../../src/recording/moment.ts';
import { standing } from '../../src/recording/recording.ts';
import { say, sayNumber } from '../../src/words/say.ts';
import type { Player } from './player.ts';

interface CallListProps {
  readonly player: Player;
  readonly shown: Shown;
}

/** Rows that are in the document at most. */
const MOST_ROWS = 500;

interface FlatRow {
  readonly row: CallRow;
  readonly call: number;
  readonly level: number;
  /** How many calls it stands for. */
  readonly count: number;
}

export function CallList({ player, shown }: CallListProps) {
  const { recording } = shown;
  const rows = useMemo(() => callRows(recording), [recording]);
  const open = useSignal<ReadonlySet<CallRow>>(new Set());
  const flat = useMemo(() => flattened(rows, open.value), [rows, open.value]);
  const now = new Set(standing(recording, player.step.value));
  const toggle = (row: CallRow): void => {
    const next = new Set(open.peek());
    if (!next.delete(row)) next.add(row);
    open.value = next;
  };
  return (
    <section class="record-calls" aria-label={say('record_calls')}>
      <h2>{say('record_callsTitle', { count: sayNumber(recording.calls.length) })}</h2>
      <ul>
        {flat.slice(0, MOST_ROWS).map(({ row, call, level, count }) => {
          const isHere = count === 1 ? now.has(call) : row.calls.some((one) => now.has(one));
          return (
            <li
              key={`${call} ${count}`}
              class={isHere ? 'here' : undefined}
              style={{ paddingLeft: `${6 + Math.min(level, 12) * 12}px` }}
            >
              <button
                type="button"
                class="record-call"
                aria-current={isHere ? 'step' : undefined}
                onClick={() => player.goTo(recording.calls[call]?.stops[0] ?? 0)}
              >
                <CallText shown={shown} call={call} />
              </button>
              {row.calls.length > 1 && (count > 1 || call === row.calls[0]) && (
                <button type="button" class="record-times" aria-expanded={count === 1} onClick={() => toggle(row)}>
                  {say('record_times', { count: row.calls.length })}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {flat.length > MOST_ROWS && <p class="quiet">{say('record_moreCalls', { count: flat.length - MOST_ROWS })}</p>}
    </section>
  );
}

function flattened(rows: readonly CallRow[], open: ReadonlySet<CallRow>): readonly FlatRow[] {
  const flat: FlatRow[] = [];
  const waiting = rows.map((row) => ({ row, level: 0 })).toReversed();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { row, level } = next;
    if (row.calls.length === 1 || open.has(row))
      for (const call of row.calls) flat.push({ row, call, level, count: 1 });
    else flat.push({ row, call: row.calls[0] ?? 0, level, count: row.calls.length });
    for (const inner of row.inner.toReversed()) waiting.push({ row: inner, level: level + 1 });
  }
  return flat;
}

function CallText({ shown: { recording, moments }, call }: { readonly shown: Shown; readonly call: number }) {
  const own = recording.calls[call];
  const owner = recording.functions[own?.function ?? 0];
  const { values, result } = useMemo(
    () => ({ values: argumentsOf(recording, call, moments.at), result: resultOf(recording, call, moments.at) }),
    [recording, moments, call],
  );
  return (
    <code>
      {owner?.shown}
      {owner?.kind !== 'script' && `(${values.join(', ')})`}
      {result.type === 'value' && result.text !== 'undefined' && <b> → {result.text}</b>}
      {result.type === 'expression' && <i> → {result.text}</i>}
      {result.type === 'threw' && <b class="threw"> {say('record_threw')}</b>}
      {own?.partial && <i> {say('record_partial')}</i>}
    </code>
  );
}
