/**
 * The objects of one capture in the order of their first mention, which is the order of their records. Knows where the
 * walk stands, so that the way to each object is known.
 */
import { referrersShown } from '../snapshot/exchange.ts';
import { Tag } from '../snapshot/format.ts';
import type { Budget } from './budget.ts';
import type { Identities } from './identities.ts';
import type { List } from './lists.ts';
import { Slot } from './ranges.ts';
import type { Synthetic } from './roots.ts';
import type { Referrer } from './search.ts';
import type { Sink } from './sink.ts';

/** An object whose record is written when all before it have theirs. */
export interface Visit {
  /** In the order of first mention, from 0. */
  readonly index: number;
  readonly target: object;
  readonly synthetic: Synthetic | null;
  readonly id: number;
  readonly depth: number;
}

/** What first mentioned an object, and where. */
export interface Origin {
  /** Null for a root. */
  readonly from: Visit | null;
  readonly slot: number;
  readonly position: number;
}

export class Mentions {
  /** The visit whose record is being written. */
  current: Visit | null = null;
  /** Where in it the value stands that is being written: one of `Slot`, and a position of that sort. */
  slot: number = Slot.Other;
  position = 0;
  referrers: List<Referrer> = { __proto__: null };
  referrerCount = 0;
  /** By index, and only in a search. */
  origins: List<Origin> = { __proto__: null };
  /** Visits by index: two lists give the garbage collector less to do than an object for each. */
  private targets: List<object> = { __proto__: null };
  private ids: List<number> = { __proto__: null };
  /** Those of visits with negative numbers. */
  private synthetics: List<Synthetic> = { __proto__: null };
  private count = 0;
  /** Depth of the visits before `deeper`; the others are one step farther. */
  private depth = -1;
  private deeper = 0;
  private previousId = 0;
  private readonly identities: Identities;
  private readonly budget: Budget;
  private sought: number | null = null;

  constructor(identities: Identities, budget: Budget) {
    this.identities = identities;
    this.budget = budget;
  }

  /** @param sought Number of the object whose referrers are collected, or null. */
  begin(sought: number | null): void {
    this.current = null;
    this.referrers = { __proto__: null };
    this.referrerCount = 0;
    this.origins = { __proto__: null };
    this.targets = { __proto__: null };
    this.ids = { __proto__: null };
    this.synthetics = { __proto__: null };
    this.slot = Slot.Other;
    this.position = 0;
    this.count = 0;
    this.depth = -1;
    this.deeper = 0;
    this.previousId = 0;
    this.sought = sought;
  }

  /** Null where there is none yet. */
  at(index: number): Visit | null {
    const target = index < this.count ? this.targets[index] : undefined;
    if (target === undefined) return null;
    const id = this.ids[index] ?? 0;
    const synthetic = id < 0 ? (this.synthetics[index] ?? null) : null;
    return { index, target, synthetic, id, depth: index < this.deeper ? this.depth : this.depth + 1 };
  }

  /** Like `at`, of the visit that comes next: all before it have been written. */
  advance(index: number): Visit | null {
    if (index === this.deeper) {
      this.depth += 1;
      this.deeper = this.count;
    }
    return this.at(index);
  }

  /** Writes a reference. */
  refer(sink: Sink, target: object): void {
    const id = this.identities.idOf(target);
    if (id === this.sought && this.current !== null && this.referrerCount < referrersShown) {
      this.referrers[this.referrerCount] = { visit: this.current, slot: this.slot, position: this.position };
      this.referrerCount += 1;
      this.budget.late = this.budget.late || this.referrerCount === referrersShown;
    }
    this.mention(sink, id, target, null);
  }

  /** Writes a reference to what is none of the heap. */
  referTo(sink: Sink, synthetic: Synthetic): void {
    const id =
      synthetic.type === 'instances'
        ? ownedId(this.identities.idOf(synthetic.prototype), instancesIndex)
        : synthetic.id;
    this.mention(sink, id, synthetic, synthetic);
  }

  private mention(sink: Sink, id: number, target: object, synthetic: Synthetic | null): void {
    const position = this.identities.positionOf(id);
    const index = this.count;
    if (position > 0) {
      sink.tagged(Tag.Back, index - position);
      return;
    }
    this.identities.mention(id);
    this.targets[index] = target;
    this.ids[index] = id;
    this.count = index + 1;
    if (synthetic === null) this.identities.remember(id, target);
    else this.synthetics[index] = synthetic;
    if (this.sought !== null) this.origins[index] = { from: this.current, slot: this.slot, position: this.position };
    if (id < 0) sink.tagged(Tag.Synthetic, -id);
    else if (id === this.previousId + 1) sink.digit(Tag.Next);
    else sink.tagged(Tag.New, id);
    this.previousId = id;
  }
}

/** Which of the numbers of an object its instances have; its scopes have those before. */
export const instancesIndex = 15;

/** Number of what belongs to the object with the number `id`; see ObjectId. */
export function ownedId(id: number, index: number): number {
  return -131_072 - 16 * id - (index < instancesIndex ? index : instancesIndex);
}
