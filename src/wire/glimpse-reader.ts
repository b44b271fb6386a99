/** Reads what can be seen of an object at a glance (format.ts). Throws `Corrupt`. */
import type { ByteRange, HeapObject, NumberSeries, PixelImage, Value } from '../snapshot/snapshot.ts';
import { corrupt, type Digits } from './digit-reader.ts';
import { digits, Glimpse, ImageState, longestSide, mostStretches } from './format.ts';

type Glimpses = Pick<HeapObject, 'series' | 'bytes' | 'image'>;

/** @param valueFrom Reads the value that begins with a digit. @param size The number of elements. */
export function readGlimpses(cursor: Digits, valueFrom: (tag: number) => Value, size: number): Glimpses {
  let glimpses: Glimpses = {};
  for (;;) {
    switch (cursor.digit()) {
      case Glimpse.End:
        return glimpses;
      case Glimpse.Series:
        glimpses = { ...glimpses, series: readSeries(cursor, valueFrom, size) };
        break;
      case Glimpse.Bytes:
        glimpses = { ...glimpses, bytes: readBytes(cursor) };
        break;
      case Glimpse.Image:
        glimpses = { ...glimpses, image: readImage(cursor) };
        break;
      default:
        corrupt('A glimpse is of an unknown sort.');
    }
  }
}

function readSeries(cursor: Digits, valueFrom: (tag: number) => Value, size: number): NumberSeries {
  const numberOf = (value: Value): number =>
    value.type === 'number' ? value.value : corrupt('The end of a range is no number.');
  const read = cursor.number();
  const least = numberOf(valueFrom(cursor.digit()));
  const greatest = numberOf(valueFrom(cursor.digit()));
  const first = cursor.number();
  const count = cursor.number();
  if (read > size || first > size || count > mostStretches) corrupt('A series is longer than its list.');
  const stretches: (readonly [number, number] | null)[] = [];
  for (let index = 0; index < count; index += 1) {
    const low = cursor.digit();
    const high = cursor.digit();
    stretches.push(low > high ? null : [low, high]);
  }
  return { read, least, greatest, firstNaN: first === 0 ? null : first - 1, stretches };
}

function readBytes(cursor: Digits): ByteRange {
  return { offset: cursor.number(), length: cursor.number() };
}

const missing = {
  [ImageState.Unread]: 'unread',
  [ImageState.Protected]: 'protected',
  [ImageState.Empty]: 'empty',
} as const;

function readImage(cursor: Digits): PixelImage {
  const width = cursor.number();
  const height = cursor.number();
  const state = cursor.digit();
  if (state !== ImageState.Read) {
    const why =
      state === ImageState.Unread || state === ImageState.Protected || state === ImageState.Empty
        ? missing[state]
        : corrupt('An image is in an unknown state.');
    return { width, height, missing: why, columns: 0, rows: 0, pixels: '' };
  }
  const columns = cursor.number();
  const rows = cursor.number();
  if (columns > longestSide || rows > longestSide) corrupt('An image is larger than what is read of one.');
  let pixels = '';
  for (let left = 5 * columns * rows; left > 0; left -= 1) pixels += digits[cursor.digit()] ?? '';
  return { width, height, missing: null, columns, rows, pixels };
}
