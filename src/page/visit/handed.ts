/** Values that the debugger passes to a call of the agent: its arguments from one position on. */
export interface Handed {
  readonly list: ArrayLike<unknown>;
  readonly from: number;
}

export function handedCount({ list, from }: Handed): number {
  return list.length - from;
}

/** The value at this position among those values. */
export function handedAt({ list, from }: Handed, position: number): unknown {
  // Reading beyond the end of a list would read its prototypes, which the page may have changed.
  return from + position < list.length ? list[from + position] : undefined;
}

/** One thing that only the debugger sees of an object. They are chained in their order. */
export interface DetailItem {
  /** One of `Detail` (src/wire/debugger-exchange.ts). */
  readonly what: number;
  readonly name: string;
  readonly value: unknown;
  next: DetailItem | null;
}
