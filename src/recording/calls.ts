/**
 * Finds the calls of a recording from its stops. A stop says its function and place, but not its frame: a call begins at the entry of
 * its function, and ends at a return, or where an outer function goes on. Pure.
 */
import type { HeapObject, Value } from '../snapshot/snapshot.ts';
import { PlaceKind } from '../wire/recorder-exchange.ts';
import type { RecordedFunction, RecordedPlace } from './plan.ts';
import { variable } from './variables.ts';

export interface Call {
  readonly function: number;
  /** The indices of its own stops. */
  readonly stops: readonly number[];
  /** The call that it began in; null where nobody knows, or the event loop called it. */
  readonly parent: number | null;
  /** The call below it at a stop: that of who resumed it. */
  within(stop: number): number | null;
  readonly end: 'open' | 'returned' | 'threw';
  /** It was running when the recording began. */
  readonly partial: boolean;
}

export interface FramedStop {
  readonly place: number;
  readonly frame: HeapObject;
}

interface Growing {
  readonly index: number;
  readonly function: number;
  readonly stops: number[];
  readonly parent: number | null;
  /** From which stop on it stands on which call. */
  readonly stretches: { readonly from: number; readonly on: number | null }[];
  end: Call['end'];
  readonly partial: boolean;
  last: FramedStop;
  readonly visited: Set<number>;
}

interface Facts {
  readonly functions: readonly RecordedFunction[];
  readonly places: readonly RecordedPlace[];
}

export interface CallFinder {
  /** The index of the call of the next stop. */
  add(stop: FramedStop): number;
  calls(): readonly Call[];
}

export function createCallFinder({ functions, places }: Facts): CallFinder {
  const all: Growing[] = [];
  let stack: Growing[] = [];
  /** Async functions and generators that wait, the longest first. */
  let waiting: Growing[] = [];
  let count = 0;
  let previous: FramedStop | null = null;

  const placeOf = ({ last }: Growing): RecordedPlace | undefined => places[last.place];
  const canWait = (call: Growing): boolean => functions[call.function]?.kind.match(/async|generator/) !== null;

  /** Takes a call off the stack: it waits, or an exception ended it. */
  function leave(call: Growing, end: Call['end'] = 'threw'): void {
    stack = stack.filter((one) => one !== call);
    if (canWait(call)) waiting.push(call);
    else call.end = end;
  }

  function unwind(): void {
    for (let top = stack.at(-1); top && placeOf(top)?.kind === PlaceKind.Return; top = stack.at(-1)) {
      top.end = 'returned';
      stack = stack.slice(0, -1);
    }
  }

  /** After a `throw`, frames without a `try` around their place are gone, unless one of them goes on. */
  function unwindThrow(next: number | null): void {
    const last = stack.at(-1);
    if (!last || !placeOf(last)?.throws) return;
    for (let top = stack.at(-1); top && top.function !== next && !placeOf(top)?.inTry; top = stack.at(-1)) {
      top.end = 'threw';
      stack = stack.slice(0, -1);
    }
  }

  function begin(stop: FramedStop, place: RecordedPlace, partial: boolean): Growing {
    // A function that waits does not call.
    for (let top = stack.at(-1); top && canWait(top); top = stack.at(-1)) {
      const at = placeOf(top);
      if (!at?.suspends || isCalled(place.function, at)) break;
      leave(top);
    }
    const parent = stack.at(-1)?.index ?? null;
    const made: Growing = {
      index: all.length,
      function: place.function,
      stops: [],
      parent,
      stretches: [{ from: count, on: parent }],
      end: 'open',
      partial,
      last: stop,
      visited: new Set(),
    };
    all.push(made);
    stack.push(made);
    return made;
  }

  /** Whether a stop at the entry of a function that is on top of the stack is a turn of a loop there, and not a call of itself. */
  function isTurn(top: Growing | undefined, place: RecordedPlace, stop: FramedStop): boolean {
    if (!top || top.function !== place.function) return false;
    if (place.once) return !top.visited.has(stop.place);
    if (!place.repeats) return false;
    // Had the call at the place before been over, its return would have been the last stop.
    return previous !== top.last || !isCalled(place.function, placeOf(top));
  }

  function isCalled(index: number, at: RecordedPlace | undefined): boolean {
    const name = functions[index]?.name ?? '';
    return (
      at?.calls.some((called) => name === called || name.endsWith(`.${called}`) || name === `new ${called}`) ?? false
    );
  }

  /** A call of `graph(…)` is a moment. Those at one place are one call, which goes on for ever. */
  function graphed(stop: FramedStop, place: RecordedPlace): Growing {
    stack = [];
    const known = all.find((call) => call.function === place.function) ?? begin(stop, place, false);
    known.end = 'returned';
    stack = [];
    return known;
  }

  function callOf(stop: FramedStop, place: RecordedPlace): Growing {
    const index = place.function;
    if (functions[index]?.kind === 'graph') return graphed(stop, place);
    unwind();
    unwindThrow(index);
    const top = stack.at(-1);
    if (place.kind === PlaceKind.Entry && !isTurn(top, place, stop)) return begin(stop, place, false);
    const known = stack.findLast((call) => call.function === index);
    if (known) {
      // Without a `try` around, an exception would have ended this one, too.
      const end = placeOf(known)?.inTry ? 'threw' : 'returned';
      for (const above of stack.slice(stack.indexOf(known) + 1).reverse()) leave(above, end);
      return known;
    }
    const back = resumed(waiting, stop, index);
    if (!back) return begin(stop, place, place.kind !== PlaceKind.Entry && stop.frame.parts.length > 0);
    waiting = waiting.filter((call) => call !== back);
    // An async function is resumed by the event loop, and a generator by who asks it.
    if (functions[index]?.kind !== 'generator') for (const call of [...stack].reverse()) leave(call);
    back.stretches.push({ from: count, on: stack.at(-1)?.index ?? null });
    stack.push(back);
    return back;
  }

  return {
    add(stop) {
      const place = places[stop.place];
      if (!place) return 0;
      const call = callOf(stop, place);
      call.last = stop;
      if (place.once) call.visited.add(stop.place);
      previous = stop;
      call.stops.push(count);
      count += 1;
      return call.index;
    },
    calls() {
      unwind();
      unwindThrow(null);
      return all.map(({ function: own, stops, parent, stretches, end, partial }) => ({
        function: own,
        stops,
        parent,
        end,
        partial,
        within: (stop) => stretches.findLast(({ from }) => from <= stop)?.on ?? parent,
      }));
    },
  };
}

/** The waiting call that goes on at a stop: the one whose variables are most like those there. */
function resumed(waiting: readonly Growing[], stop: FramedStop, index: number): Growing | undefined {
  let best: Growing | undefined;
  let most = -1;
  for (const call of waiting) {
    if (call.function !== index) continue;
    const alike = likeness(call.last.frame, stop.frame);
    if (alike <= most) continue;
    best = call;
    most = alike;
  }
  return best;
}

const textOf = (value: Value | null): string => JSON.stringify(value);

function likeness(one: HeapObject, other: HeapObject): number {
  let alike = 0;
  for (const part of one.parts)
    if (part.type === 'property' && part.key.type === 'name')
      if (textOf(part.value) === textOf(variable(other, part.key.name.head))) alike += 1;
  return alike;
}
