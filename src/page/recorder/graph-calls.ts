/**
 * Keeps what the values of `graph(…)` were at each call, as a film. Later changes of the objects do not change it, and it keeps none of
 * them alive.
 */
import type { ReadOptions } from '../../snapshot/read-options.ts';
import { Extra } from '../../wire/debugger-exchange.ts';
import type { CallsHandout, RecorderBudget, RecorderEnd } from '../../wire/recorder-exchange.ts';
import type { Builtins } from '../realm/builtins.ts';
import type { List } from '../realm/lists.ts';
import { createTable } from '../realm/tables.ts';
import type { ScopeInput } from '../visit/roots.ts';
import { createMoments, hasRoom, type Moments } from './moments.ts';

export interface GraphCalls {
  /** Keeps what the values are now. `place` is where the call stands. */
  keep(values: readonly unknown[], place: string): void;
  /** Begins another film. */
  begin(budget: RecorderBudget): void;
  /** The number of the film, and of its calls, also of those that are not in it. */
  readonly film: number;
  readonly calls: number;
  /** Takes out what is new. */
  take(): CallsHandout;
  /** Nothing is kept from now on. */
  end(): void;
}

/** Values of a call. */
const mostValues = 60;
/** Places that are told apart. */
const mostPlaces = 1000;

export function createGraphCalls(builtins: Builtins, view: ReadOptions, budget: RecorderBudget): GraphCalls {
  let film = 0;
  let calls = 0;
  let moments: Moments | null = null;
  let ended: RecorderEnd = '';
  let busy = false;
  let used = budget;
  let numbers = createTable<string, number>(builtins);
  let placeCount = 0;
  let newPlaces = '';

  function numberOf(place: string): number {
    const text = placeCount < mostPlaces ? place : '';
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, placeCount);
    newPlaces += `${text}\n`;
    placeCount += 1;
    return placeCount - 1;
  }

  function begin(next: RecorderBudget): void {
    film += 1;
    calls = 0;
    moments = null;
    ended = '';
    used = next;
    numbers = createTable<string, number>(builtins);
    placeCount = 0;
    newPlaces = '';
  }
  begin(budget);

  return {
    get film() {
      return film;
    },
    get calls() {
      return calls;
    },
    begin,
    keep(values, place) {
      // What is read calls nothing of the page, except traps of proxies where these cannot be told apart.
      if (busy || ended === 'stopped') return;
      calls += 1;
      if (ended !== '' || !hasRoom()) return;
      busy = true;
      moments ??= createMoments(builtins, { ...used, view }, null);
      ended = moments.over();
      if (ended === '') {
        const number = numberOf(place);
        moments.keep(number, (roots) => {
          roots[0] = inputOf(number, values);
          return 1;
        });
      }
      busy = false;
    },
    take() {
      const places = newPlaces;
      newPlaces = '';
      return [film, calls, moments === null || moments.exact, moments?.take(ended) ?? [0, 0, 0, 0, []], places];
    },
    end() {
      ended = 'stopped';
      moments = null;
    },
  };
}

/** The values as variables with the names `1`, `2`, … of a frame for the place. */
function inputOf(place: number, values: readonly unknown[]): ScopeInput {
  const extras: ScopeInput['extras'] = { __proto__: null };
  const count = values.length < mostValues ? values.length : mostValues;
  for (let index = 0; index < count; index += 1)
    extras[index] = { name: `${index + 1}`, value: values[index], form: Extra.Value };
  const none: List<never> = { __proto__: null };
  return {
    type: 'scope',
    id: -2 - place,
    label: 'graph',
    scopes: none,
    scopeCount: 0,
    extras,
    extraCount: count,
    frames: { drawn: { __proto__: null }, count: 0, used: { __proto__: null } },
  };
}
