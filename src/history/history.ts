/** A bounded sequence of what was seen, oldest first, with a place in it. Pure: every change gives a new history. */

export interface History<Entry> {
  readonly entries: readonly Entry[];
  /** How many entries were dropped at the old end to keep the bound. */
  readonly dropped: number;
  readonly bound: number;
  /** Index of the entry that is looked at; -1 when there is none. */
  readonly place: number;
}

/** @param bound The greatest number of entries that are kept; at least 1. */
export function emptyHistory<Entry>(bound: number): History<Entry> {
  return { entries: [], dropped: 0, bound, place: -1 };
}

/** Adds what was seen last and looks at it. */
export function added<Entry>(history: History<Entry>, entry: Entry): History<Entry> {
  const entries = [...history.entries, entry];
  const excess = Math.max(0, entries.length - history.bound);
  const kept = entries.slice(excess);
  return { ...history, entries: kept, dropped: history.dropped + excess, place: kept.length - 1 };
}

/** Puts `next` in the place of the entry that is meant, for what becomes known of it later. */
export function replaced<Entry>(
  history: History<Entry>,
  isMeant: (entry: Entry) => boolean,
  next: Entry,
): History<Entry> {
  return { ...history, entries: history.entries.map((entry) => (isMeant(entry) ? next : entry)) };
}

/** Looks at the entry at `place`, or at the nearest end where there is none. */
export function lookedAt<Entry>(history: History<Entry>, place: number): History<Entry> {
  return {
    ...history,
    place: Math.max(Math.min(0, history.entries.length - 1), Math.min(history.entries.length - 1, place)),
  };
}

export function current<Entry>(history: History<Entry>): Entry | null {
  return history.entries[history.place] ?? null;
}
