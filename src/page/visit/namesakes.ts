/**
 * Tells classes of one name apart: a class that was loaded twice, or whose name a minifier made. Must keep no class alive, and
 * read nothing of a function but its text.
 */
import { Detail } from '../../wire/debugger-exchange.ts';
import type { Builtins } from '../realm/builtins.ts';
import type { Family, Namesake } from '../realm/families.ts';
import { isObject, type SafeReader } from '../realm/safe-read.ts';
import { createTable, createWeakTable, type Table } from '../realm/tables.ts';
import type { Exact } from './debugger-facts.ts';

export interface Namesakes {
  /** Starts a capture. */
  begin(): void;
  /** Which of the classes of its name the family's class is; null when it is the only one so far, or a builtin. */
  of(family: Family<unknown>, exact: Exact | null): Namesake | null;
  /** The classes whose places are to be told: of the family, and the first of that name; null where nothing is missing. */
  toBePlaced(family: Family<unknown>): readonly [object, object] | null;
}

export function createNamesakes(builtins: Builtins, safe: SafeReader): Namesakes {
  /** Valid while the agent lives, so that a class has one number in all pictures. */
  const ordinals = createWeakTable<number>(builtins);
  const counts = createTable<string, number>(builtins);
  /** The first class of a name in this capture. */
  let firsts: Table<string, object> = createTable(builtins);

  function isOfScript(maker: object): boolean {
    const { apply, functionText, tellsTexts } = builtins;
    const { includes } = builtins.values;
    if (!tellsTexts || includes === undefined) return false;
    const text = safe.ask(functionText, maker);
    return typeof text === 'string' && apply(includes, text, ['{ [native code] }']) !== true;
  }

  /** 0 for a builtin. */
  function ordinalOf(maker: object, name: string): number {
    const known = ordinals.get(maker);
    if (known !== undefined) return known;
    const count = isOfScript(maker) ? (counts.get(name) ?? 0) + 1 : 0;
    ordinals.set(maker, count);
    if (count > 0) counts.set(name, count);
    return count;
  }

  function placeOf(maker: object | undefined, exact: Exact | null): string {
    if (maker === undefined || exact === null) return '';
    for (let item = exact.detailsOf(maker); item !== null; item = item.next)
      if (item.what === Detail.Internal && item.name === '[[FunctionLocation]]' && typeof item.value === 'string')
        return item.value;
    return '';
  }

  return {
    begin() {
      firsts = createTable(builtins);
    },
    of(family, exact) {
      const { maker, className } = family;
      if (maker === null || className === null) return null;
      if (family.namesake !== undefined) return family.namesake;
      const ordinal = ordinalOf(maker, className);
      const first = firsts.get(className);
      if (first === undefined && ordinal > 0) firsts.set(className, maker);
      const isAlone = ordinal === 0 || (counts.get(className) ?? 0) < 2;
      const namesake = isAlone ? null : { ordinal, place: placeOf(maker, exact), firstPlace: placeOf(first, exact) };
      family.namesake = namesake;
      return namesake;
    },
    toBePlaced(family) {
      const { maker, className } = family;
      if (maker === null || className === null || family.namesake !== undefined) return null;
      if (ordinalOf(maker, className) === 0 || (counts.get(className) ?? 0) < 2) return null;
      const first = firsts.get(className);
      return [maker, isObject(first) ? first : maker];
    },
  };
}
