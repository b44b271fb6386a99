/** What the parts of a walk share. */
import { Proof } from '../snapshot/exchange.ts';
import type { View } from '../snapshot/snapshot.ts';
import type { Accessor } from './accessed.ts';
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
  /** The page's code that a person has asked for: it runs for the objects that it is for, and no other. */
  readonly accessors: ArrayLike<Accessor>;
}

/**
 * Made once an agent, for one capture after another: V8 compiles functions of which there is only one as if what they refer
 * to were constants. That takes a fifth of the time off a walk, and half off an agent's second one.
 */
export interface Work {
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
  // Of the capture at hand: `WalkOptions`.
  view: View;
  exact: Exact | null;
  sought: number | null;
  ways: Ways | null;
  accessors: ArrayLike<Accessor>;
  begin(options: WalkOptions): void;
  /** Lets go of all that the capture knew of the page. */
  forget(): void;
  isExpanded(id: number): boolean;
  isOpened(id: number): boolean;
  /** Whether functions are read that nobody asked for. */
  readsFunctions(): boolean;
  /** Whether an object is known to be a proxy, which then is not touched. */
  isProxy(target: object): boolean;
}

export function createWork(
  builtins: Builtins,
  identities: Identities,
  { view, exact, sought, ways, accessors }: WalkOptions,
): Work {
  const budget = new Budget(builtins);
  const proxy = codeOf('proxy');
  const mayTouch = (target: object): boolean => {
    const proof = work.exact === null ? Proof.NoProxy : work.exact.proofs.of(target);
    return proof !== Proof.Unknown && proof !== proxy;
  };
  const look = new Look(builtins, mayTouch);
  const mentions = new Mentions(identities, budget);
  const texts = createPool(builtins);
  const writeSymbol = createSymbolWriter(builtins, identities);
  const record = new RecordWriter(builtins, writeSymbol);
  const hidden = new Hidden(identities);
  const ranges = createRanges(builtins);
  const isProxy = (target: object): boolean => work.exact !== null && work.exact.proofs.of(target) === proxy;
  const brands = createBrands<Shape>(builtins, isProxy);
  let isExpanded = membership([]);
  let isOpened = isExpanded;

  function empty(): void {
    look.thrown = undefined;
    brands.begin();
    mentions.begin(work.sought);
    texts.begin(work.view.text);
    record.begin(work.view.text);
    hidden.begin(work.sought === null && work.ways === null);
  }

  const work: Work = {
    view,
    exact,
    sought,
    ways,
    accessors,
    builtins,
    identities,
    budget,
    look,
    brands,
    texts,
    record,
    mentions,
    values: createValues(builtins, look, mentions, texts, writeSymbol),
    hidden,
    ranges,
    begin(options) {
      work.view = options.view;
      work.exact = options.exact;
      work.sought = options.sought;
      work.ways = options.ways;
      work.accessors = options.accessors;
      isExpanded = membership(work.view.expanded);
      isOpened = membership(work.view.opened);
      budget.begin(work.view.time);
      ranges.begin(work.view, work.ways, work.sought !== null);
      empty();
    },
    forget() {
      work.exact = null;
      work.sought = null;
      work.ways = null;
      work.accessors = [];
      empty();
    },
    isExpanded: (id) => isExpanded(id),
    isOpened: (id) => isOpened(id),
    // The only way to an object may lead through one.
    readsFunctions: () => work.view.functions || work.sought !== null || work.ways !== null,
    isProxy,
  };
  return work;
}

/** Whether a number is one of `numbers`. */
function membership(numbers: ArrayLike<number>): (id: number) => boolean {
  const set: List<boolean> = { __proto__: null };
  for (let index = 0; index < numbers.length; index += 1) set[numbers[index] ?? 0] = true;
  // Most often there are none, and to find nothing at an index takes a tenth of what reading an object does.
  const any = numbers.length > 0;
  return (id) => any && set[id] === true;
}
