/**
 * Writes the numbers of a long list at a glance: how far they reach, where the first NaN is, and the lowest and highest of each
 * stretch. Reads every element of a list that is not too long, and an even sample of a longer one.
 */
import { highestLevel } from '../../../snapshot/snapshot.ts';
import { Glimpse, type Kind, mostStretches } from '../../../wire/format.ts';
import type { List } from '../../realm/lists.ts';
import type { WalkContext } from '../../visit/walk-context.ts';

/** Of fewer numbers, the numbers themselves say as much. */
const fewest = 20;
/** The number of elements that are read of one list. A descriptor takes 0.1 µs, an element of a typed array 2 ns. */
const mostDescribed = 4096;
const mostTyped = 2 ** 18;
/** Multiples of it, without their whole part, are spread evenly, and meet no period that a list has (RGBA, for example). */
const goldenRatio = 0.618_033_988_749_895;
const infinity = 1 / 0;

/** Answers whether the list has nothing but numbers. */
export function createSeriesWriter(context: WalkContext): (target: object, kind: Kind, size: number) => boolean {
  const { budget, safe, record, values } = context;
  const { body } = record;
  const lows: List<number> = { __proto__: null };
  const highs: List<number> = { __proto__: null };

  /** The number at an index; undefined when it is none. */
  function numberAt(target: object, typed: boolean, index: number): number | undefined {
    const value = typed && isIndexed(target) ? target[index] : safe.data(target, index);
    return typeof value === 'number' ? value : undefined;
  }

  return (target, kind, size) => {
    const typed = kind === 'typedarray';
    if (!context.view.series || size < fewest || numberAt(target, typed, 0) === undefined) return false;
    const most = typed ? mostTyped : mostDescribed;
    const count = size < mostStretches ? size : mostStretches;
    let read = 0;
    let least = infinity;
    let greatest = -infinity;
    let lowest = infinity;
    let topmost = -infinity;
    let firstNaN = -1;
    for (let stretch = 0; stretch < count; stretch += 1) {
      if (budget.isOver()) return false;
      const start = whole((stretch * size) / count);
      const length = whole(((stretch + 1) * size) / count) - start;
      const taken = size <= most ? length : whole(most / count);
      let low = infinity;
      let high = -infinity;
      for (let step = 0; step < taken; step += 1) {
        const spread = (step + 1) * goldenRatio;
        const index = start + (taken === length ? step : whole((spread % 1) * length));
        const value = numberAt(target, typed, index);
        if (value === undefined) return false;
        if (value < low) low = value;
        if (value > high) high = value;
        // NaN alone is neither.
        if (!(value < 0 || value >= 0) && (firstNaN < 0 || index < firstNaN)) firstNaN = index;
        if (value > -infinity && value < infinity) {
          if (value < lowest) lowest = value;
          if (value > topmost) topmost = value;
        }
      }
      read += taken;
      lows[stretch] = low;
      highs[stretch] = high;
      if (low < least) least = low;
      if (high > greatest) greatest = high;
    }
    body.digit(Glimpse.Series);
    body.number(read);
    // NaN when there was none.
    values.write(body, least <= greatest ? least : 0 / 0);
    values.write(body, least <= greatest ? greatest : 0 / 0);
    body.number(firstNaN + 1);
    body.number(count);
    for (let stretch = 0; stretch < count; stretch += 1) {
      const low = lows[stretch] ?? infinity;
      const high = highs[stretch] ?? -infinity;
      body.digit(low > high ? highestLevel : levelOf(low, lowest, topmost));
      body.digit(low > high ? 0 : levelOf(high, lowest, topmost));
    }
    return true;
  };
}

function levelOf(value: number, lowest: number, topmost: number): number {
  if (value <= lowest) return 0;
  if (value >= topmost) return highestLevel;
  // Halves, because the distance may be more than the largest number.
  return whole(((value / 2 - lowest / 2) / (topmost / 2 - lowest / 2)) * highestLevel + 0.5);
}

function whole(value: number): number {
  return value - (value % 1);
}

function isIndexed(target: object): target is { readonly [index: number]: unknown } {
  return typeof target === 'object';
}
