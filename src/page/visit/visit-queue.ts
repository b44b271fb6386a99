/**
 * The objects of one capture in the order of their first mention, which is the order of their records. Knows where the
 * walk is, so that the path to each object is known.
 */
import { retainersShown } from '../../wire/debugger-exchange.ts';
import { Slot, Tag } from '../../wire/format.ts';
import type { Sink } from '../encode/digit-writer.ts';
import type { Identities } from '../encode/identities.ts';
import type { Budget } from '../realm/budget.ts';
import type { List } from '../realm/lists.ts';
import type { Synthetic } from './roots.ts';

/** An object whose record is written after all earlier ones. */
export interface Visit {
  /** In the order of first mention, from 0. */
  readonly index: number;
  readonly target: object;
  readonly synthetic: Synthetic | null;
  readonly id: number;
  readonly depth: number;
}

/** The position at which an object refers to the searched one. */
interface Retainer {
  readonly visit: Visit;
  readonly slot: number;
  readonly position: number;
}

/** What first mentioned an object, and where. */
export interface Origin {
  /** Null for a root. */
  readonly from: Visit | null;
  readonly slot: number;
  readonly position: number;
}

export class VisitQueue {
  /** The visit whose record is being written. */
  current: Visit | null = null;
  /** The position in it of the value that is being written: one of `Slot`, and a number. */
  slot: number = Slot.Other;
  position = 0;
  retainers: List<Retainer> = { __proto__: null };
  retainerCount = 0;
  /** Used only in a search; by index. */
  origins: List<Origin> = { __proto__: null };
  /** Visits by index. Two lists mean less work for the garbage collector than an object for each visit. */
  private targets: List<object> = { __proto__: null };
  private ids: List<number> = { __proto__: null };
  /** The synthetics of visits with negative numbers. */
  private synthetics: List<Synthetic> = { __proto__: null };
  private count = 0;
  /** The depth of the visits before `deeper`. Later ones are one step further. */
  private depth = -1;
  private deeper = 0;
  private previousId = 0;
  private readonly identities: Identities;
  private readonly budget: Budget;
  private readonly absolute: boolean;
  private sought: number | null = null;

  /** @param absolute References name their objects, whatever was mentioned before. */
  constructor(identities: Identities, budget: Budget, absolute: boolean) {
    this.absolute = absolute;
    this.identities = identities;
    this.budget = budget;
  }

  /** @param sought The number of the object whose retainers are collected, or null. */
  begin(sought: number | null): void {
    this.current = null;
    this.retainers = { __proto__: null };
    this.retainerCount = 0;
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

  /** Null when there is none yet. */
  at(index: number): Visit | null {
    const target = index < this.count ? this.targets[index] : undefined;
    if (target === undefined) return null;
    const id = this.ids[index] ?? 0;
    const synthetic = id < 0 ? (this.synthetics[index] ?? null) : null;
    return { index, target, synthetic, id, depth: index < this.deeper ? this.depth : this.depth + 1 };
  }

  /** Like `at`, for the next visit: all earlier ones are written. */
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
    if (id === this.sought && this.current !== null && this.retainerCount < retainersShown) {
      this.retainers[this.retainerCount] = { visit: this.current, slot: this.slot, position: this.position };
      this.retainerCount += 1;
      this.budget.late = this.budget.late || this.retainerCount === retainersShown;
    }
    this.mention(sink, id, target, null);
  }

  /** Writes a reference to something that is not in the heap. */
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
      if (this.absolute) name(sink, id);
      else sink.tagged(Tag.Back, index - position);
      return;
    }
    this.identities.mention(id);
    this.targets[index] = target;
    this.ids[index] = id;
    this.count = index + 1;
    if (synthetic === null) this.identities.remember(id, target);
    else this.synthetics[index] = synthetic;
    if (this.sought !== null) this.origins[index] = { from: this.current, slot: this.slot, position: this.position };
    if (id < 0 || this.absolute) name(sink, id);
    else if (id === this.previousId + 1) sink.digit(Tag.Next);
    else sink.tagged(Tag.New, id);
    this.previousId = id;
  }
}

/** Writes a number that can be read without what was written before. */
function name(sink: Sink, id: number): void {
  if (id < 0) sink.tagged(Tag.Synthetic, -id);
  else sink.tagged(Tag.New, id);
}

/** The index of the list of instances among the numbers that belong to an object. Its scopes have the lower ones. */
export const instancesIndex = 15;

/** The number of something that belongs to the object with the number `id`; see ObjectId. */
export function ownedId(id: number, index: number): number {
  return -131_072 - 16 * id - (index < instancesIndex ? index : instancesIndex);
}
