/**
 * Keeps what roots lead to, moment by moment: what differs from the moment before, as digits and numbers, until a budget is used up.
 * It keeps no value of the page, and runs none of its code.
 */
import type { ReadOptions } from '../../snapshot/read-options.ts';
import { type Handout, type RecorderBudget, type RecorderEnd, recorderEnds } from '../../wire/recorder-exchange.ts';
import { noObject } from '../../wire/requests.ts';
import { createIdentities, type Identities } from '../encode/identities.ts';
import type { Builtins } from '../realm/builtins.ts';
import type { List } from '../realm/lists.ts';
import type { NativeTypes } from '../visit/debugger-facts.ts';
import type { RootInput } from '../visit/roots.ts';
import { createWalk, type Walk } from '../walk.ts';
import { createKeptRecords } from './kept-records.ts';
import { createOwnProofs } from './own-proofs.ts';

export interface Moments {
  readonly identities: Identities;
  /** Whether proxies are told apart, so that none of their traps runs. */
  readonly exact: boolean;
  /** What of the budget is used up; '' while nothing is. */
  over(): RecorderEnd;
  /**
   * Keeps a moment, where the stack has room for it. Its roots are put into the list, and their number is returned, within the time of
   * the budget.
   */
  keep(place: number, putRoots: (roots: List<RootInput>) => number): void;
  /** From now on it is noted when the record of this object differs; 0 ends that. */
  watch(id: number): void;
  /** Whether it did. Then it is watched no longer. */
  hasWatchedChanged(): boolean;
  /** Takes out what was kept since the last call. */
  take(end: RecorderEnd): Handout;
}

/** Turns of a walk that take a quarter of a second each. */
const mostTurns = 20;

/** @param types Node's own tests of types, where they exist. */
export function createMoments(
  builtins: Builtins,
  options: RecorderBudget & { readonly view: ReadOptions },
  types: NativeTypes | null,
): Moments {
  const { clock } = builtins;
  const identities = createIdentities(builtins, 1);
  const exact = createOwnProofs(builtins, types);
  let walk: Walk | null = null;
  const records = createKeptRecords(builtins, options.view.text, () => walk?.currentId() ?? 0);
  let stops = 0;
  let spent = 0;
  let turn = 0;
  const began = now();

  function now(): number {
    const time = clock();
    return typeof time === 'number' ? time : 0;
  }

  function read(putRoots: (roots: List<RootInput>) => number): void {
    identities.begin(noObject);
    const roots: List<RootInput> = { __proto__: null };
    const count = putRoots(roots);
    exact?.clear();
    const walkOptions = { view: options.view, exact, sought: null, paths: null, accessors: [] };
    walk ??= createWalk(builtins, identities, walkOptions, records);
    walk.begin(roots, count, walkOptions);
    for (let turns = 0; !walk.run(); turns += 1) if (turns === mostTurns) walk.hurry();
  }

  return {
    identities,
    exact: exact !== null,
    over() {
      if (stops >= options.stops) return 'stops';
      if (spent >= options.milliseconds) return 'time';
      return records.size() >= options.characters ? 'size' : '';
    },
    keep(place, putRoots) {
      const started = now();
      records.stream.number(place + 1);
      records.stream.number(wholeNumber((started - began) * 1000));
      stops += 1;
      try {
        read(putRoots);
      } catch {
        // What was read of this moment stays.
      }
      walk?.forget();
      records.stream.number(0);
      spent += now() - started;
    },
    watch: records.watch,
    hasWatchedChanged: records.hasWatchedChanged,
    take(end) {
      turn += 1;
      const texts = records.take();
      let code = 0;
      while (recorderEnds[code] !== end) code += 1;
      return [code, stops, spent, turn, texts];
    },
  };
}

/** Calls of ours that may stand on each other. */
const deepest = 1000;

/** Whether a moment can be kept: a program in a deep recursion may have used up the stack, and half a moment could not be read. */
export function hasRoom(): boolean {
  try {
    return fits(deepest);
  } catch {
    return false;
  }
}

const fits = (calls: number): boolean => calls === 0 || fits(calls - 1);

const wholeNumber = (value: number): number => (value > 0 ? value - (value % 1) : 0);
