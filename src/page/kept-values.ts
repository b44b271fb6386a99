/**
 * Keeps the values of a user's programs until they are read as roots, because a program runs before the capture and may end later.
 * Keeps them no longer than that, or until the agent is removed.
 */
import type { Boxed } from '../wire/requests.ts';
import type { List } from './realm/lists.ts';

export interface Kept {
  /** From now on something may be kept under this key, which must be a new one. */
  expect(key: number): void;
  /** A function that keeps what it is given, as a value or as what was thrown; nothing where nobody expects it any more. */
  keeper(key: number, thrown: 0 | 1): (value: unknown) => void;
  has(key: number): boolean;
  /** A root that returns, or throws, what is kept, which is then kept no more. */
  take(key: number): () => unknown;
  /** Nobody expects it any more. */
  drop(key: number): void;
}

export function createKept(): Kept {
  /** Null: expected, and not there yet. */
  const kept: List<Boxed<unknown> | null | undefined> = { __proto__: null };
  return {
    expect(key) {
      kept[key] = null;
    },
    keeper: (key, thrown) => (value) => {
      if (kept[key] !== undefined) kept[key] = [thrown, value];
    },
    has: (key) => kept[key] !== undefined && kept[key] !== null,
    take(key) {
      const box = kept[key];
      kept[key] = undefined;
      return () => {
        if (box?.[0] === 1) throw box[1];
        return box?.[1];
      };
    },
    drop(key) {
      kept[key] = undefined;
    },
  };
}
