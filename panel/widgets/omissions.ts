/** Describes in words what a picture leaves out and why. */

import type { ReadOptions } from '../../src/snapshot/read-options.ts';
import type { CutReason, Snapshot } from '../../src/snapshot/snapshot.ts';
import { say, sayList } from '../../src/words/say.ts';

/** Describes each limit that left something out. */
export function describeOmissions(snapshot: Snapshot, options: ReadOptions): readonly string[] {
  const texts: string[] = [];
  const hidden = { element: 0, entry: 0, property: 0 };
  for (const object of snapshot.objects.values()) {
    for (const part of object.parts) if (part.type === 'hidden') hidden[part.of] += part.count;
  }
  const kinds: string[] = [];
  if (hidden.element > 0) kinds.push(say('elements', { count: hidden.element }));
  if (hidden.entry > 0) kinds.push(say('entries', { count: hidden.entry }));
  if (hidden.property > 0) kinds.push(say('properties', { count: hidden.property }));
  if (kinds.length > 0) texts.push(say('omitted_hidden', { what: sayList(kinds) }));
  for (const [reason, count] of snapshot.cuts) {
    const text = describeCut(reason, count, options);
    if (text !== null) texts.push(text);
  }
  if (snapshot.unsearched !== undefined) texts.push(say('omitted_unsearched'));
  return texts;
}

function describeCut(reason: CutReason, count: number, { depth, objects, time }: ReadOptions): string | null {
  switch (reason) {
    case 'depth':
      return say('omitted_depth', { count, limit: depth });
    case 'objects':
      return say('omitted_objects', { count, limit: objects });
    case 'time':
      return say('omitted_time', { count, limit: time });
    case 'leaf':
      return null;
  }
}

/** Objects that a limit left out, so that the graph is a part. */
export function countUnread({ cuts }: Snapshot): number {
  let count = 0;
  for (const [reason, cut] of cuts) if (reason !== 'leaf') count += cut;
  return count;
}
