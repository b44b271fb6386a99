/**
 * Gives own data properties and global variables other values at a user's word, and takes that back. Must run none of the page's
 * code, neither a setter nor a trap, and keep no object alive: a value that was replaced and is gone cannot be brought back.
 */
import type { ObjectId } from '../../../snapshot/snapshot.ts';
import type { AssignAnswer, Boxed, Refusal } from '../../../wire/requests.ts';
import type { Identities } from '../../encode/identities.ts';
import type { Builtins } from '../../realm/builtins.ts';
import type { List } from '../../realm/lists.ts';
import { isObject, SafeReader } from '../../realm/safe-read.ts';
import { createPlaces, type Place, type VariableAccess } from './places.ts';

export interface Assignments {
  /** @param key The name of a property, or the number of a symbol. */
  assign(id: ObjectId, key: string | number, boxed: object): AssignAnswer;
  assignVariable(name: string, boxed: object, access: VariableAccess): AssignAnswer;
  /** Gives back the value that was there before the change with this number; called again, the later one. */
  reassign(change: number): AssignAnswer;
  /** Remembers the value in the box under a new number, for a variable that only the debugger can write. */
  noteValue(boxed: object): number;
  /** What is remembered under the number, in a box, while the value in `boxed` takes its place; undefined when it is gone. */
  exchange(change: number, boxed: object): object | undefined;
  /** Whether V8 would run the page's code to describe the value in the box. */
  isErrorIn(boxed: object): boolean;
  /** The text of a property that is a string; undefined when it is none. */
  textAt(id: ObjectId, key: string | number): string | undefined;
  /** The text of a global variable, in the same way. */
  textOfVariable(name: string, access: VariableAccess): string | undefined;
}

/** A value that can be brought back. An object is only referred to weakly. */
type Kept = { readonly __proto__: null; readonly value: unknown } | { readonly __proto__: null; readonly weak: object };

interface Change {
  readonly __proto__: null;
  /** Null for a variable that only the debugger can write. */
  readonly place: Place | null;
  other: Kept;
}

export function createAssignments(
  builtins: Builtins,
  { find, idOfSymbol }: Pick<Identities, 'find' | 'idOfSymbol'>,
  /** Whether it is proven. */
  isNoProxy: (target: object) => boolean,
): Assignments {
  const { apply, data } = builtins;
  const places = createPlaces(builtins, find, isNoProxy, idOfSymbol);
  const { weakRef, deref } = builtins.collections;
  const safe = new SafeReader(builtins, isNoProxy);
  const changes: List<Change> = { __proto__: null };
  let count = 0;

  function keptOf(value: unknown): Kept {
    if (!isObject(value)) return { __proto__: null, value };
    const weak = weakRef(value);
    return weak === undefined ? { __proto__: null, value: undefined } : { __proto__: null, weak };
  }

  function broughtBack(kept: Kept): Boxed<unknown> | undefined {
    if (!('weak' in kept)) return [0, kept.value];
    const found = apply(deref, kept.weak, []);
    return isObject(found) ? [0, found] : undefined;
  }

  function change(place: Place, value: unknown): AssignAnswer {
    const refusal = place.refusal();
    if (refusal !== null) return ['refused', refusal];
    const other = keptOf(place.get());
    if (!place.set(value)) return ['refused', 'value'];
    changes[count] = { __proto__: null, place, other };
    count += 1;
    return ['assigned', count - 1];
  }

  /** Whatever throws: a constant, a variable without a value, or a value that does not fit. */
  function attempt(work: () => AssignAnswer): AssignAnswer {
    try {
      safe.refresh();
      return work();
    } catch {
      return ['refused', 'value'];
    }
  }

  function valueIn(boxed: object): unknown {
    return data(boxed, 1);
  }

  function assignTo(boxed: object, placeOf: () => Place | Refusal): AssignAnswer {
    return attempt(() => {
      if (data(boxed, 0) === 1) return ['thrown', safe.describe(valueIn(boxed))];
      const place = placeOf();
      return typeof place === 'string' ? ['refused', place] : change(place, valueIn(boxed));
    });
  }

  function textIn(place: Place): string | undefined {
    try {
      const refusal = place.refusal();
      if (refusal !== null && refusal !== 'readonly' && refusal !== 'browser') return undefined;
      const value = place.get();
      return typeof value === 'string' ? value : undefined;
    } catch {
      return undefined;
    }
  }

  return {
    assign: (id, key, boxed) => assignTo(boxed, () => places.property(id, key)),
    assignVariable: (name, boxed, access) => assignTo(boxed, () => places.variable(name, access)),
    reassign: (number) =>
      attempt(() => {
        const change = changes[number];
        if (!change?.place) return ['refused', 'gone'];
        const back = broughtBack(change.other);
        if (back === undefined) return ['refused', 'gone'];
        const refusal = change.place.refusal();
        if (refusal !== null) return ['refused', refusal];
        const other = keptOf(change.place.get());
        if (!change.place.set(back[1])) return ['refused', 'value'];
        change.other = other;
        return ['assigned', number];
      }),
    noteValue(boxed) {
      changes[count] = { __proto__: null, place: null, other: keptOf(valueIn(boxed)) };
      count += 1;
      return count - 1;
    },
    exchange(number, boxed) {
      const change = changes[number];
      const back = change && broughtBack(change.other);
      if (change && back) change.other = keptOf(valueIn(boxed));
      return back;
    },
    isErrorIn: (boxed) => {
      const value = valueIn(boxed);
      return isObject(value) && builtins.isError(value) === true;
    },
    textAt(id, key) {
      const found = places.property(id, key);
      return typeof found === 'string' ? undefined : textIn(found);
    },
    textOfVariable: (name, access) => textIn(places.variable(name, access)),
  };
}
