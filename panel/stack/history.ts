/** A bounded sequence, oldest first, one entry of which is shown. Pure: every change returns a new history. */

export interface History<Entry> {
  readonly entries: readonly Entry[];
  /** The number of oldest entries that were dropped to keep the bound. */
  readonly dropped: number;
  readonly bound: number;
  /** Index of the entry that is shown; -1 when there is none. */
  readonly index: number;
}

/** @param bound The greatest number of entries that are kept; at least 1. */
export function emptyHistory<Entry>(bound: number): History<Entry> {
  return { entries: [], dropped: 0, bound, index: -1 };
}

/** Adds the newest entry and shows it. */
export function added<Entry>(history: History<Entry>, entry: Entry): History<Entry> {
  const entries = [...history.entries, entry];
  const excess = Math.max(0, entries.length - history.bound);
  const kept = entries.slice(excess);
  return { ...history, entries: kept, dropped: history.dropped + excess, index: kept.length - 1 };
}

/** Replaces an entry by `next`, when more becomes known about it. */
export function replaced<Entry>(
  history: History<Entry>,
  isMeant: (entry: Entry) => boolean,
  next: Entry,
): History<Entry> {
  return { ...history, entries: history.entries.map((entry) => (isMeant(entry) ? next : entry)) };
}

/** Shows the entry at `index`, or the first or last one when `index` is out of range. */
export function moved<Entry>(history: History<Entry>, index: number): History<Entry> {
  const last = history.entries.length - 1;
  return { ...history, index: Math.max(Math.min(0, last), Math.min(last, index)) };
}

export function current<Entry>(history: History<Entry>): Entry | null {
  return history.entries[history.index] ?? null;
}
