/** What the parts of one walk share. */
import type { View } from '../snapshot/snapshot.ts';
import { type Brands, createBrands } from './brands.ts';
import { Budget } from './budget.ts';
import type { Builtins } from './builtins.ts';
import { codeOf, type Exact } from './exact.ts';
import { Hidden } from './hidden.ts';
import type { Identities } from './identities.ts';
import type { List } from './lists.ts';
import { Look } from './look.ts';
import { Mentions } from './mentions.ts';
import { createRanges, type Ranges } from './ranges.ts';
import { RecordWriter, type Shape } from './record.ts';
import type { Ways } from './search.ts';
import { createSymbolWriter } from './symbols.ts';
import { createPool, type Pool } from './texts.ts';
import { createValues, type Values } from './values.ts';

export interface WalkOptions {
  readonly view: View;
  /** Null: nobody to ask, whatever looks like no proxy is taken for none. */
  readonly exact: Exact | null;
  /** Number of the object whose referrers are searched; null writes what is found. */
  readonly sought: number | null;
  /** Show the ways that a search found, and nothing else. */
  readonly ways: Ways | null;
}

export interface Work extends WalkOptions {
  readonly builtins: Builtins;
  readonly identities: Identities;
  readonly budget: Budget;
  readonly look: Look;
  readonly brands: Brands<Shape>;
  readonly texts: Pool;
  readonly record: RecordWriter;
  readonly mentions: Mentions;
  readonly values: Values;
  readonly ranges: Ranges;
  readonly hidden: Hidden;
  isExpanded(id: number): boolean;
  isOpened(id: number): boolean;
  /** Whether an object is known to be a proxy, which then is not touched. */
  isProxy(target: object): boolean;
}

export function createWork(builtins: Builtins, identities: Identities, options: WalkOptions): Work {
  const { view, exact, sought, ways } = options;
  const budget = new Budget(builtins, view.time);
  const look = new Look(builtins);
  const mentions = new Mentions(identities, budget, sought);
  const texts = createPool(builtins);
  const writeSymbol = createSymbolWriter(builtins, identities, view.text);
  const proxy = codeOf('proxy');
  const isProxy = (target: object): boolean => exact !== null && exact.proofs.of(target) === proxy;
  return {
    view,
    exact,
    sought,
    ways,
    builtins,
    identities,
    budget,
    look,
    brands: createBrands<Shape>(builtins, isProxy),
    texts,
    record: new RecordWriter(builtins, writeSymbol, view.text),
    mentions,
    values: createValues(builtins, look, mentions, texts, writeSymbol, view.text),
    hidden: new Hidden(identities, sought === null && ways === null),
    ranges: createRanges(builtins, view, ways, sought !== null),
    isExpanded: membership(view.expanded),
    isOpened: membership(view.opened),
    isProxy,
  };
}

/** Whether a number is one of `numbers`. */
function membership(numbers: ArrayLike<number>): (id: number) => boolean {
  const set: List<boolean> = { __proto__: null };
  for (let index = 0; index < numbers.length; index += 1) set[numbers[index] ?? 0] = true;
  // Most often there are none, and to find nothing at an index takes a tenth of what reading an object does.
  const any = numbers.length > 0;
  return (id) => any && set[id] === true;
}
