/**
 * References from what a capture leaves out to what it reads, so that a shared object does not look unshared. Only
 * remembers and recognizes objects: must never touch one, follow it, or give it a number.
 */

import { Slot } from '../../wire/format.ts';
import type { Sink } from '../encode/digit-writer.ts';
import type { Identities } from '../encode/identities.ts';
import type { List } from '../realm/lists.ts';
import type { Visit } from './visit-queue.ts';

/**
 * The number of values that a capture searches behind `…` and behind `✂`: 2 ms for the 15,000 that the two gaps of a long array get.
 * A gap gets no more than half of what is left, so that a large one near the root leaves something to all others.
 */
const mostSearched = 20_000;

/** A gap of one object. */
interface Gap {
  readonly visit: Visit;
  readonly slot: number;
  readonly index: number;
  /** The start of its objects in `found`. They end where those of the next gap start. */
  readonly start: number;
}

export class Hidden {
  private readonly identities: Identities;
  private active = false;
  private readonly left: List<number> = { __proto__: null };
  private gaps: List<Gap> = { __proto__: null };
  private gapCount = 0;
  private found: List<object> = { __proto__: null };
  private foundCount = 0;
  private unsearched = 0;

  constructor(identities: Identities) {
    this.identities = identities;
  }

  /** @param active False: nothing is searched. */
  begin(active: boolean): void {
    this.active = active;
    this.gaps = { __proto__: null };
    this.gapCount = 0;
    this.found = { __proto__: null };
    this.foundCount = 0;
    this.unsearched = 0;
    this.left[0] = active ? mostSearched : 0;
    this.left[1] = this.left[0];
  }

  /** Whether the content of one more cut object may be searched; if not, it counts as not searched. */
  canSearchBehind(): boolean {
    if ((this.left[1] ?? 0) > 0) return true;
    if (this.active) this.unsearched += 1;
    return false;
  }

  /**
   * Opens a gap for the values that `add` gets next.
   * @param slot One of `Slot`; `Other` for the content of an object that was cut.
   * @param index The index of the gap's part.
   * @returns the number of its `count` values that may be searched.
   */
  open(visit: Visit | null, slot: number, index: number, count: number): number {
    const sort = slot === Slot.Other ? 1 : 0;
    const left = this.left[sort] ?? 0;
    const half = (left + (left & 1)) / 2;
    const granted = visit === null ? 0 : count < half ? count : half;
    this.left[sort] = left - granted;
    if (this.active) this.unsearched += count - granted;
    if (granted === 0 || visit === null) return 0;
    this.gaps[this.gapCount] = { visit, slot, index, start: this.foundCount };
    this.gapCount += 1;
    return granted;
  }

  add(value: unknown): void {
    if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return;
    this.found[this.foundCount] = value;
    this.foundCount += 1;
  }

  /** Writes `hidden` of src/wire/format.ts, after all objects are mentioned. */
  write(sink: Sink): void {
    const { identities } = this;
    sink.number(this.unsearched);
    for (let index = 0; index < this.gapCount; index += 1) {
      const gap = this.gaps[index];
      if (gap === undefined) continue;
      const end = this.gaps[index + 1]?.start ?? this.foundCount;
      const targets: List<number> = { __proto__: null };
      const seen: List<boolean> = { __proto__: null };
      let count = 0;
      for (let at = gap.start; at < end; at += 1) {
        const target = this.found[at];
        const position = target === undefined ? 0 : identities.positionOf(identities.known(target));
        if (position === 0 || seen[position] === true) continue;
        seen[position] = true;
        targets[count] = position;
        count += 1;
      }
      if (count === 0) continue;
      sink.number(count);
      sink.number(identities.positionOf(gap.visit.id) - 1);
      sink.digit(gap.slot);
      sink.number(gap.index);
      for (let at = 0; at < count; at += 1) sink.number((targets[at] ?? 1) - 1);
    }
    sink.number(0);
  }
}
