/** The calls of a recording as a tree in which repeated calls are one row, with arguments and results in words. Pure. */
import type { HeapObject, Value } from '../snapshot/snapshot.ts';
import type { Call } from './calls.ts';
import { lastStopOf, type Recording, type State } from './recording.ts';
import { variable } from './variables.ts';

/** One call, or several of one function in a row. */
export interface CallRow {
  readonly function: number;
  readonly calls: readonly number[];
  /** Rows of what they called. */
  readonly inner: readonly CallRow[];
}

export function callRows({ calls }: Pick<Recording, 'calls'>): readonly CallRow[] {
  const inner = new Map<number | null, number[]>();
  for (const [index, { parent }] of calls.entries()) inner.set(parent, [...(inner.get(parent) ?? []), index]);
  // Innermost first, because recursion may be deeper than the stack of this code.
  const rows = new Map<number | null, readonly CallRow[]>();
  for (const parent of [...[...inner.keys()].sort((a, b) => (b ?? -1) - (a ?? -1))])
    rows.set(parent, gathered(inner.get(parent) ?? [], calls, rows));
  return rows.get(null) ?? [];
}

/** Calls in a row of one function which called nothing are one row. */
function gathered(
  own: readonly number[],
  calls: readonly Call[],
  rows: ReadonlyMap<number | null, readonly CallRow[]>,
): readonly CallRow[] {
  const made: CallRow[] = [];
  for (const index of own) {
    const inner = rows.get(index) ?? [];
    const last = made.at(-1);
    const name = calls[index]?.function ?? 0;
    if (last?.function === name && last.inner.length === 0 && inner.length === 0)
      made[made.length - 1] = { ...last, calls: [...last.calls, index] };
    else made.push({ function: name, calls: [index], inner });
  }
  return made;
}

/** The values of a call's parameters when it began, in words. `state` has the objects of that moment. */
export function argumentsOf(
  { calls, stops, functions }: Pick<Recording, 'calls' | 'stops' | 'functions'>,
  call: number,
  stateAt: (stop: number) => State,
): readonly string[] {
  const first = calls[call]?.stops[0];
  const frame = first === undefined ? undefined : stops[first]?.frame;
  if (first === undefined || !frame) return [];
  const state = stateAt(first);
  const own = functions[calls[call]?.function ?? 0];
  return (own?.parameters ?? []).map((name) => valueText(variable(frame, name), state));
}

export type CallResult =
  | { readonly type: 'value'; readonly text: string }
  /** Only the text of what is returned is known. */
  | { readonly type: 'expression'; readonly text: string }
  | { readonly type: 'threw' }
  /** It has not ended, as far as was recorded. */
  | { readonly type: 'open' };

const literal = /^(?:-?[\d.]+|true|false|null|undefined|'[^'\\]*'|"[^"\\]*")$/;

/** What a call gave back, as far as a stop at its return tells. */
export function resultOf(
  recording: Pick<Recording, 'calls' | 'stops' | 'places'>,
  call: number,
  stateAt: (stop: number) => State,
): CallResult {
  const own = recording.calls[call];
  const at = own?.stops.at(-1);
  if (!own || at === undefined || own.end === 'open') return { type: 'open' };
  if (own.end === 'threw') return { type: 'threw' };
  const stop = lastStopOf(recording, call, at);
  const returns = (stop && recording.places[stop.place]?.returns) ?? null;
  if (!stop || returns === null) return { type: 'open' };
  if (literal.test(returns)) return { type: 'value', text: returns };
  const value = variable(stop.frame, returns);
  return value && value.type !== 'uninitialised'
    ? { type: 'value', text: valueText(value, stateAt(at)) }
    : { type: 'expression', text: returns.replace(/\s+/g, ' ') };
}

const LONGEST = 24;

/** A value in a few characters: `3`, `"text"`, `Node #4`, `[3] #5`. */
export function valueText(value: Value | null, state: State): string {
  switch (value?.type) {
    case undefined:
      return '?';
    case 'number':
      return Object.is(value.value, -0) ? '-0' : String(value.value);
    case 'string': {
      const { head, tail, length } = value.text;
      const text = head + tail;
      return JSON.stringify(length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
    }
    case 'boolean':
      return String(value.value);
    case 'bigint':
      return `${value.digits.head}n`;
    case 'undefined':
    case 'null':
      return value.type;
    case 'symbol':
      return 'Symbol()';
    case 'reference':
      return objectText(state.get(value.id), value.id);
    case 'accessor':
    case 'unreadable':
      return '(…)';
    case 'uninitialised':
      return '–';
  }
}

function objectText(object: HeapObject | undefined, id: number): string {
  const name = object?.className?.head ?? '';
  if (object?.kind === 'array') return `[${object.size ?? ''}] #${id}`;
  return name === '' || name === 'Object' ? `{} #${id}` : `${name} #${id}`;
}
