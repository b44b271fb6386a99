/** The expressions that were drawn before, newest last, kept in the extension's own storage. */

/** DevTools' Console keeps more, but nobody scrolls through more than this. */
const LIMIT = 100;
const KEY = 'expression-history';

export interface ExpressionHistory {
  add(expression: string): void;
  /** The entry `back` steps from the newest (1 is the newest), or null beyond the oldest. */
  at(back: number): string | null;
  /** The entries that begin with a text and go on, the newest first. */
  startingWith(text: string): readonly string[];
}

export function createExpressionHistory(storage: Pick<Storage, 'getItem' | 'setItem'>): ExpressionHistory {
  let entries = read(storage.getItem(KEY));
  return {
    add(expression) {
      entries = [...entries.filter((entry) => entry !== expression), expression].slice(-LIMIT);
      storage.setItem(KEY, JSON.stringify(entries));
    },
    at: (back) => entries[entries.length - back] ?? null,
    startingWith: (text) => entries.filter((entry) => entry !== text && entry.startsWith(text)).reverse(),
  };
}

/** The storage may contain anything, also an older format. Anything other than a list of strings counts as empty. */
function read(text: string | null): readonly string[] {
  try {
    const entries: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(entries) ? entries.filter((entry) => typeof entry === 'string') : [];
  } catch {
    return [];
  }
}
