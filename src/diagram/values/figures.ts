/** The figures of boxes: values that say more as a drawing than as texts. What they show is also said in words. Pure. */
import {
  type HeapObject,
  highestLevel,
  type NumberSeries,
  type ObjectId,
  type PixelImage,
  type Snapshot,
} from '../../snapshot/snapshot.ts';
import { say, sayNumber } from '../../words/say.ts';
import type { Bar, Figure } from '../diagram.ts';
import type { DiagramSettings } from '../settings.ts';
import { titleOf } from '../titles.ts';
import { pngOf } from './png.ts';

/** More views of one buffer are counted, not drawn. */
const mostBars = 12;
/** Characters of a type name beside a bar. */
const longestName = 24;

export function figureOf(object: HeapObject, snapshot: Snapshot, { values }: DiagramSettings): Figure | null {
  if (object.series && values.sparklines) return sparkline(object.series, object.size ?? 0);
  if (object.image && values.images) return imageFigure(object.image);
  if (object.kind === 'arraybuffer' && values.buffers) return bytesFigure(object, snapshot);
  return null;
}

function sparkline(series: NumberSeries, size: number): Figure {
  const { read, least, greatest, firstNaN, stretches } = series;
  const range = { least: numberText(least), greatest: numberText(greatest) };
  const words: string[] = [];
  if (!Number.isNaN(least)) words.push(say('figure_range', range));
  if (read < size) words.push(say('figure_sample', { read, size }));
  if (firstNaN !== null)
    words.push(read < size ? say('figure_someNaN', { index: firstNaN }) : say('figure_firstNaN', { index: firstNaN }));
  const shares = stretches.map(
    (stretch) => stretch && ([stretch[0] / highestLevel, stretch[1] / highestLevel] as const),
  );
  return { type: 'sparkline', words, stretches: shares };
}

/** As short as it can be read: six digits. */
function numberText(value: number): string {
  if (!Number.isFinite(value) || Number.isSafeInteger(value))
    return Object.is(value, -0) ? '-0' : String(value).replace('-', '−');
  return String(Number(value.toPrecision(6))).replace('-', '−');
}

function imageFigure(image: PixelImage): Figure {
  const { width, height, missing, columns, rows } = image;
  const words = [say('figure_pixels', { width, height })];
  if (missing === 'protected') words.push(say('figure_protected'));
  if (missing !== null) return { type: 'image', words, picture: null, unread: missing === 'unread' };
  const { href, transparent } = pngOf(image);
  if (transparent) words.push(say('figure_transparent'));
  return { type: 'image', words, picture: { columns, rows, href }, unread: false };
}

/** The views of a buffer in the snapshot; null when there is nothing to see: none, or a single one of all its bytes. */
function bytesFigure({ id, size }: HeapObject, snapshot: Snapshot): Figure | null {
  const views = viewsIn(snapshot).get(id) ?? [];
  const total = size ?? 0;
  const [only] = views;
  if (total === 0 || !only || (views.length === 1 && only.from === 0 && only.to === total)) return null;
  const overlaps = overlapsOf(views);
  const words = [say('figure_views', { count: views.length, size: total })];
  const [first] = overlaps;
  if (first) {
    const place = { from: first.from, to: first.to - 1 };
    words.push(
      overlaps.length === 1
        ? say('figure_overlap', place)
        : say('figure_overlaps', { ...place, more: overlaps.length - 1 }),
    );
  }
  return {
    type: 'bytes',
    words,
    total,
    bars: views.slice(0, mostBars),
    more: Math.max(0, views.length - mostBars),
    overlaps,
  };
}

const known = new WeakMap<Snapshot, ReadonlyMap<ObjectId, readonly Bar[]>>();

/** The views of each buffer, from its first byte on. */
function viewsIn(snapshot: Snapshot): ReadonlyMap<ObjectId, readonly Bar[]> {
  const found = known.get(snapshot);
  if (found) return found;
  const views = new Map<ObjectId, Bar[]>();
  for (const object of snapshot.objects.values()) {
    const { bytes } = object;
    const buffer = bytes && bufferOf(object);
    if (!bytes || buffer === null || buffer === undefined) continue;
    const { offset: from, length } = bytes;
    const bar: Bar = { name: titleOf(object, longestName), from, to: from + length };
    views.set(buffer, [...(views.get(buffer) ?? []), bar]);
  }
  for (const bars of views.values()) bars.sort((a, b) => a.from - b.from || b.to - a.to);
  known.set(snapshot, views);
  return views;
}

function bufferOf({ parts }: HeapObject): ObjectId | null {
  for (const part of parts) {
    if (part.type === 'property' && part.key.type === 'internal' && part.key.name === '[[ArrayBuffer]]')
      return part.value.type === 'reference' ? part.value.id : null;
  }
  return null;
}

/** The stretches that two or more views show, in their order. */
function overlapsOf(views: readonly Bar[]): readonly { readonly from: number; readonly to: number }[] {
  const overlaps: { from: number; to: number }[] = [];
  let end = 0;
  for (const { from, to } of views) {
    const until = Math.min(to, end);
    if (from < until) {
      const last = overlaps.at(-1);
      if (last && from <= last.to) last.to = Math.max(last.to, until);
      else overlaps.push({ from, to: until });
    }
    end = Math.max(end, to);
  }
  return overlaps;
}

/** Blocks of eight heights, for files of text. */
const blocks = '▁▂▃▄▅▆▇█';
const blocksInText = 24;

/** The figure as lines of text. */
export function figureText(figure: Figure): readonly string[] {
  switch (figure.type) {
    case 'sparkline': {
      const { stretches } = figure;
      const count = Math.min(blocksInText, stretches.length);
      const drawn = Array.from({ length: count }, (_, block) => {
        const from = Math.floor((block * stretches.length) / count);
        const to = Math.floor(((block + 1) * stretches.length) / count);
        const levels = stretches.slice(from, to).flatMap((stretch) => (stretch ? [(stretch[0] + stretch[1]) / 2] : []));
        if (levels.length === 0) return ' ';
        const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
        return blocks[Math.round(mean * 7)] ?? ' ';
      });
      return [drawn.join(''), ...figure.words];
    }
    case 'image':
      return figure.words;
    case 'bytes':
      return [
        ...figure.words,
        ...figure.bars.map(({ name, from, to }) => say('figure_bar', { name, ...bytesIn(from, to) })),
      ];
  }
}

/** The first and the last byte in words; an empty view has none. */
export const bytesIn = (from: number, to: number): { readonly bytes: string } => ({
  bytes: to > from ? `${sayNumber(from)}–${sayNumber(to - 1)}` : '–',
});
