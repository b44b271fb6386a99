/** What the parts of a walk have in common. */

import { defaultReadOptions, type ReadOptions } from '../../snapshot/read-options.ts';
import { Proof } from '../../wire/debugger-exchange.ts';
import type { Identities } from '../encode/identities.ts';
import { type RecordKeeper, RecordWriter, type Shape } from '../encode/record-writer.ts';
import { createSymbolWriter } from '../encode/symbols.ts';
import { createPool, type Pool } from '../encode/text-pool-writer.ts';
import { Budget } from '../realm/budget.ts';
import type { Builtins } from '../realm/builtins.ts';
import { createFamilies, type Families } from '../realm/families.ts';
import { createKinds, type Kinds } from '../realm/kinds.ts';
import type { List } from '../realm/lists.ts';
import type { ProxyTest } from '../realm/proxy-test.ts';
import { SafeReader } from '../realm/safe-read.ts';
import { codeOf, type Exact } from './debugger-facts.ts';
import { createGetterRuns, type GetterRuns } from './getter-runs.ts';
import { Hidden } from './hidden-references.ts';
import { createNamesakes, type Namesakes } from './namesakes.ts';
import { createRanges, type Ranges, type RetainerPaths } from './ranges.ts';
import type { Accessor } from './roots.ts';
import { createValues, type Values } from './values.ts';
import { VisitQueue } from './visit-queue.ts';

export interface WalkOptions {
  readonly view: ReadOptions;
  /** Null without the debugger. Then an object that does not look like a proxy is treated as none. */
  readonly exact: Exact | null;
  /** The number of the object whose retainers are searched; null when what is found is written. */
  readonly sought: number | null;
  /** Show the paths that a search found, and nothing else. */
  readonly paths: RetainerPaths | null;
  /** Code that the user wrote. Each runs only for the objects that it is for. */
  readonly accessors: ArrayLike<Accessor>;
}

/**
 * Made once for each agent and used for all its captures. When only one instance of a function exists, V8 compiles it as if what it
 * refers to were constant. That saves a fifth of a walk's time, and half of an agent's second walk.
 */
export interface WalkContext {
  readonly builtins: Builtins;
  readonly identities: Identities;
  readonly budget: Budget;
  readonly safe: SafeReader;
  readonly families: Families<Shape>;
  readonly kinds: Kinds<Shape>;
  readonly namesakes: Namesakes;
  readonly texts: Pool;
  readonly record: RecordWriter;
  readonly queue: VisitQueue;
  readonly values: Values;
  readonly ranges: Ranges;
  readonly hidden: Hidden;
  readonly getterRuns: GetterRuns;
  // The `WalkOptions` of the current capture.
  view: ReadOptions;
  exact: Exact | null;
  sought: number | null;
  paths: RetainerPaths | null;
  accessors: ArrayLike<Accessor>;
  begin(options: WalkOptions): void;
  /** Forgets everything that the capture knew about the page. */
  forget(): void;
  isExpanded(id: number): boolean;
  isOpened(id: number): boolean;
  /** Whether all functions are read, not only requested ones. */
  readsFunctions(): boolean;
  /** Whether an object is known to be a proxy, which then is not touched. */
  isProxy(target: object): boolean;
}

/** What an agent shares among its captures. */
export interface WalkTools {
  /** Null where V8's stacks cannot be read. */
  readonly proxyTest: ProxyTest | null;
}

export const noTools: WalkTools = { proxyTest: null };

/** Compares the records of several captures, and writes only what changed (recorder/). */
export interface Recording {
  readonly keeper: RecordKeeper;
  /** Texts keep their numbers from capture to capture. */
  readonly texts: Pool;
  readonly names: Pool;
}

export function createWalkContext(
  builtins: Builtins,
  identities: Identities,
  { view, exact, sought, paths, accessors }: WalkOptions,
  recording: Recording | null,
  tools: WalkTools,
): WalkContext {
  const budget = new Budget(builtins);
  const proxy = codeOf('proxy');
  const mayTouch = (target: object): boolean => {
    const proof = context.exact === null ? Proof.NoProxy : context.exact.proofs.of(target);
    return proof !== Proof.Unknown && proof !== proxy;
  };
  const safe = new SafeReader(builtins, mayTouch);
  const queue = new VisitQueue(identities, budget, recording !== null);
  const texts = recording?.texts ?? createPool(builtins);
  const writeSymbol = createSymbolWriter(builtins, identities);
  const record = new RecordWriter(
    builtins,
    writeSymbol,
    recording?.keeper ?? null,
    recording?.names ?? createPool(builtins),
  );
  const hidden = new Hidden(identities);
  const ranges = createRanges(builtins);
  const isProxy = (target: object): boolean => context.exact !== null && context.exact.proofs.of(target) === proxy;
  const families = createFamilies<Shape>(builtins, isProxy);
  const kinds = createKinds<Shape>(builtins, families, tools.proxyTest);
  const namesakes = createNamesakes(builtins, safe);
  let isExpanded = membership([]);
  let isOpened = isExpanded;

  function empty(): void {
    safe.thrown = undefined;
    families.begin();
    kinds.begin();
    namesakes.begin();
    queue.begin(context.sought);
    texts.begin(context.view.text);
    record.begin(context.view.text);
    hidden.begin(recording === null && context.sought === null && context.paths === null);
  }

  const context: WalkContext = {
    view,
    exact,
    sought,
    paths,
    accessors,
    builtins,
    identities,
    budget,
    safe,
    families,
    kinds,
    namesakes,
    texts,
    record,
    queue,
    values: createValues(builtins, safe, queue, texts, writeSymbol),
    hidden,
    getterRuns: createGetterRuns(builtins),
    ranges,
    begin(options) {
      context.view = options.view;
      context.exact = options.exact;
      context.sought = options.sought;
      context.paths = options.paths;
      context.accessors = options.accessors;
      isExpanded = membership(context.view.expanded);
      isOpened = membership(context.view.opened);
      budget.begin(context.view.time);
      ranges.begin(context.view, context.paths, context.sought !== null);
      empty();
    },
    forget() {
      // V8 made what the debugger asked for as it makes the page's own objects, and a view may be large.
      context.view = defaultReadOptions;
      ranges.begin(context.view, null, false);
      context.exact = null;
      context.sought = null;
      context.paths = null;
      context.accessors = [];
      empty();
    },
    isExpanded: (id) => isExpanded(id),
    isOpened: (id) => isOpened(id),
    // The only path to an object may lead through a function.
    readsFunctions: () => context.view.functions || context.sought !== null || context.paths !== null,
    isProxy,
  };
  return context;
}

/** Whether a number is one of `numbers`. */
function membership(numbers: ArrayLike<number>): (id: number) => boolean {
  const set: List<boolean> = { __proto__: null };
  for (let index = 0; index < numbers.length; index += 1) set[numbers[index] ?? 0] = true;
  // Mostly there are none. Finding nothing at an index takes a tenth of the time of reading an object.
  const any = numbers.length > 0;
  return (id) => any && set[id] === true;
}
