/**
 * Runs getters of the page that the user asked for, each once for each time it was asked for: a graph is read again for many reasons
 * (more of it, *Undo*, every second), and none of them asks for code of the page. Keeps nothing alive that a getter made.
 */
import type { GetterRun, ReadOptions } from '../../snapshot/read-options.ts';
import type { Builtins } from '../realm/builtins.ts';
import { isObject } from '../realm/safe-read.ts';
import { createWeakTable } from '../realm/tables.ts';

export interface GetterRuns {
  /** What the user asked last about a getter of an object; undefined when nothing. */
  asked(view: ReadOptions, id: number, name: string): GetterRun | undefined;
  /** What an earlier reading got by this run; undefined when there was none, null when that is gone. */
  before(target: object, name: string, run: GetterRun): Ran | null | undefined;
  /** Runs it. The code of the page may do anything. */
  run(target: object, name: string, run: GetterRun, get: (this: unknown, ...values: never[]) => unknown): Ran;
}

export type Ran = { readonly threw: true } | { readonly threw: false; readonly value: unknown };

/** By run and name. */
interface Runs {
  __proto__: null;
  [key: `${string} ${string}`]: Remembered;
}

interface Remembered {
  readonly round: number;
  readonly threw: boolean;
  /** A weak reference to an object. */
  readonly reference: object | undefined;
  readonly value: unknown;
  readonly gone: boolean;
}

/** Characters. A longer text is not kept, because nobody else may need it. */
const LONGEST_TEXT = 10_000;

export function createGetterRuns(builtins: Builtins): GetterRuns {
  const { apply } = builtins;
  const { weakRef, deref } = builtins.collections;
  const remembered = createWeakTable<Runs>(builtins);

  function asRemembered(ran: Ran, round: number): Remembered {
    const value = ran.threw ? undefined : ran.value;
    const reference = isObject(value) ? weakRef(value) : undefined;
    const gone = isObject(value) ? reference === undefined : typeof value === 'string' && value.length > LONGEST_TEXT;
    return { round, threw: ran.threw, reference, value: gone || isObject(value) ? undefined : value, gone };
  }

  return {
    asked({ getters }, id, name) {
      for (let index = getters.length - 1; index >= 0; index -= 1) {
        const run = getters[index];
        if (run !== undefined && run.id === id && (run.all || run.name === name)) return run;
      }
      return undefined;
    },
    before(target, name, { run, round }) {
      const known = remembered.get(target)?.[`${run} ${name}`];
      if (known === undefined || known.round !== round) return undefined;
      if (known.threw) return { threw: true };
      if (known.gone) return null;
      if (known.reference === undefined) return { threw: false, value: known.value };
      const value = apply(deref, known.reference, []);
      return isObject(value) ? { threw: false, value } : null;
    },
    run(target, name, { run, round }, get) {
      let ran: Ran;
      try {
        ran = { threw: false, value: apply(get, target, []) };
      } catch {
        ran = { threw: true };
      }
      const runs: Runs = remembered.get(target) ?? { __proto__: null };
      runs[`${run} ${name}`] = asRemembered(ran, round);
      remembered.set(target, runs);
      return ran;
    },
  };
}
