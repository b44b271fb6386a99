/**
 * Titles from far away, where those in the picture are too small to be read: as many as have room beside each other, the most
 * important boxes first. Pure but for the widths of texts.
 */
import type { Box } from '../../../src/diagram/diagram.ts';
import { linesOf } from '../../../src/diagram/lines.ts';
import type { Placed, PlacedBox } from '../../../src/layout/placed.ts';
import type { Size, Viewport } from '../viewport.ts';

/** A text in the window; x and y are its left end and baseline. */
export interface Label {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** Window pixels. */
export const LABEL_SIZE = 10;
const LINE = 14;
const BETWEEN = 10;
/** So many labels can be read at once. */
const MOST = 160;
const LONGEST = 28;

/** The boxes of a picture, the most important first: roots, then those with the most references. */
export function byImportance({ boxes, references }: Placed): readonly PlacedBox[] {
  const degrees = new Map<string, number>();
  const count = (key: string): void => {
    degrees.set(key, (degrees.get(key) ?? 0) + 1);
  };
  for (const { reference } of references) {
    count(reference.from);
    count(reference.to);
  }
  const worth = ({ box }: PlacedBox): number => (box.root ? Number.POSITIVE_INFINITY : (degrees.get(box.key) ?? 0));
  return boxes.toSorted((a, b) => worth(b) - worth(a) || 0);
}

/** @param boxes In the order of their importance. @param width The width of a text in window pixels. */
export function labelsFor(
  boxes: readonly PlacedBox[],
  { x, y, scale }: Viewport,
  window: Size,
  width: (text: string) => number,
): readonly Label[] {
  const labels: Label[] = [];
  /** Taken stretches by line. */
  const lines = new Map<number, [number, number][]>();
  const taken = (line: number, start: number, end: number): boolean =>
    (lines.get(line) ?? []).some(([from, to]) => start < to && end > from);
  for (const { box, frame } of boxes) {
    if (labels.length >= MOST) break;
    const left = x + frame.x * scale;
    const bottom = y + frame.y * scale - 2;
    if (left >= window.width || bottom <= 0 || bottom - LINE >= window.height) continue;
    if (left + Math.max(4, frame.width * scale) <= 0) continue;
    const text = labelOf(box);
    if (text === '') continue;
    // The title of a box that begins outside of the window is at the window's edge.
    const start = Math.max(2, left);
    const baseline = Math.max(LABEL_SIZE, bottom);
    const line = Math.floor(baseline / LINE);
    const around = [line - 1, line, line + 1];
    // Before its text is measured, a place that has no room for any text is refused.
    if (around.some((each) => taken(each, start - BETWEEN, start + 2 * LABEL_SIZE))) continue;
    const end = start + width(text);
    if (around.some((each) => taken(each, start - BETWEEN, end + BETWEEN))) continue;
    labels.push({ text, x: start, y: baseline });
    const known = lines.get(line);
    if (known) known.push([start, end]);
    else lines.set(line, [[start, end]]);
  }
  return labels;
}

/** Names of fields that tell objects of one class apart. */
const TELLS_APART = /^(?:id|key|name|label|title|type)$/i;

/** The title of a box, and the value that tells it apart from others of its class. */
export function labelOf(box: Box): string {
  const line = linesOf(box).find(
    ({ labels, value }) => value.kind === 'value' && value.text !== '' && TELLS_APART.test(labels[0]?.text ?? ''),
  );
  const text = line ? `${box.title} ${line.value.text}`.trim() : box.title;
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** The number of values in a glance. */
const GLANCE = 5;

/** What a box holds, in one line. */
export function glanceAt(box: Box): string {
  const lines = linesOf(box);
  const texts = lines.slice(0, GLANCE).map(({ labels, value }) => {
    const label = labels.map(({ text }) => text).join(' ');
    const text = value.kind === 'reference' ? '→' : value.text;
    return label === '' ? text : `${label}: ${text}`;
  });
  return [...texts, ...(lines.length > GLANCE ? ['…'] : [])].join(', ');
}
