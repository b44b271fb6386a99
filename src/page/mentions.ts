/**
 * The objects of one capture in the order of their first mention, which is the order of their records. Knows where the
 * walk stands, so that the way to each object is known.
 */
import { Tag } from '../snapshot/format.ts';
import type { Budget } from './budget.ts';
import type { Identities } from './identities.ts';
import type { List } from './lists.ts';
import { Slot } from './ranges.ts';
import type { Synthetic } from './roots.ts';
import { type Referrer, referrersShown } from './search.ts';
import type { Sink } from './sink.ts';

/** An object whose record is written when all before it have theirs. */
export interface Visit {
  readonly target: object;
  readonly synthetic: Synthetic | null;
  readonly id: number;
  readonly depth: number;
  /** What first mentioned it, and where; null for a root. */
  readonly from: Visit | null;
  readonly slot: number;
  readonly position: number;
  next: Visit | null;
}

export class Mentions {
  /** The visit whose record is being written. */
  current: Visit | null = null;
  /** Where in it the value stands that is being written: one of `Slot`, and a position of that sort. */
  slot: number = Slot.Other;
  position = 0;
  first: Visit | null = null;
  readonly referrers: List<Referrer> = { __proto__: null };
  referrerCount = 0;
  private last: Visit | null = null;
  private previousId = 0;
  private readonly identities: Identities;
  private readonly budget: Budget;
  private readonly sought: number | null;

  /** @param sought Number of the object whose referrers are collected, or null. */
  constructor(identities: Identities, budget: Budget, sought: number | null) {
    this.identities = identities;
    this.budget = budget;
    this.sought = sought;
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
    if (position > 0) {
      sink.digit(Tag.Back);
      sink.number(this.identities.mentioned() - position);
      return;
    }
    this.identities.mention(id);
    if (synthetic === null) this.identities.remember(id, target);
    const from = this.current;
    const visit: Visit = {
      target,
      synthetic,
      id,
      depth: from === null ? 0 : from.depth + 1,
      from,
      slot: this.slot,
      position: this.position,
      next: null,
    };
    if (this.last === null) this.first = visit;
    else this.last.next = visit;
    this.last = visit;
    if (id < 0) {
      sink.digit(Tag.Synthetic);
      sink.number(-id);
    } else if (id === this.previousId + 1) {
      sink.digit(Tag.Next);
    } else {
      sink.digit(Tag.New);
      sink.number(id);
    }
    this.previousId = id;
  }
}

/** Which of the numbers of an object its instances have; its scopes have those before. */
const instancesIndex = 15;

/** Number of what belongs to the object with the number `id`; see ObjectId. */
export function ownedId(id: number, index: number): number {
  return -131_072 - 16 * id - (index < instancesIndex ? index : instancesIndex);
}
