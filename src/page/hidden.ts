/**
 * References from what a capture leaves out to what it reads, so that a shared object does not look unshared. Only
 * remembers and recognises objects: must never touch one, follow it, or give it a number.
 */
import type { Identities } from './identities.ts';
import type { List } from './lists.ts';
import type { Visit } from './mentions.ts';
import { Slot } from './ranges.ts';
import type { Sink } from './sink.ts';

/**
 * Values looked at in a capture, behind `…` and behind `✂`: 2 ms for the 15,000 that the two gaps of a long array get.
 * A gap gets no more than half of what is left, so that a large one near the root leaves something to all others.
 */
const mostLookedAt = 20_000;

/** What an object hides at one place. */
interface Gap {
  readonly visit: Visit;
  readonly slot: number;
  readonly index: number;
  /** Where its objects begin among `found`; they end where those of the next gap begin. */
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

  /** @param active False: nothing is looked at. */
  begin(active: boolean): void {
    this.active = active;
    this.gaps = { __proto__: null };
    this.gapCount = 0;
    this.found = { __proto__: null };
    this.foundCount = 0;
    this.unsearched = 0;
    this.left[0] = active ? mostLookedAt : 0;
    this.left[1] = this.left[0];
  }

  /** Whether there is anything left for the content of objects that are cut; if not, one more is not looked at. */
  canLookBehind(): boolean {
    if ((this.left[1] ?? 0) > 0) return true;
    if (this.active) this.unsearched += 1;
    return false;
  }

  /**
   * Opens a gap for the values that are handed to `add` next.
   * @param slot One of `Slot`; `Other` for the content of an object that was cut.
   * @param index What the gap's part has for an index.
   * @returns How many of its `count` values may be looked at.
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

  /** After all objects are mentioned: `hidden` of src/snapshot/format.ts. */
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
