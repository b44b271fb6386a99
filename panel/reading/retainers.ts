/** Describes the result of a search for retainers in words. */

import type { Capture } from '../../src/capture/capture.ts';
import { valuesIn } from '../../src/diagram/choices.ts';
import type { ReadOptions } from '../../src/snapshot/read-options.ts';
import type { ObjectId, Snapshot } from '../../src/snapshot/snapshot.ts';
import { retainersShown } from '../../src/wire/debugger-exchange.ts';
import { say } from '../../src/words/say.ts';

export interface RetainersFound {
  readonly found: boolean;
  /** One sentence, and another one for what was not searched. */
  readonly text: string;
}

/** How it was searched. */
export interface Search {
  /** Where the search started. */
  readonly origin: 'drawn' | 'globals' | 'stack' | 'stackAndGlobals';
  readonly transport: Capture['transport'];
  readonly scopes: ReadOptions['scopes'];
}

export function describeRetainers(target: ObjectId, snapshot: Snapshot, search: Search): RetainersFound {
  const { objects, cuts } = snapshot;
  const found = objects.has(target);
  const object = `#${target}`;
  const origin = say(`origin_${search.origin}`);
  const late = cuts.has('time');
  if (!found) {
    const sentences = [say('retainers_none', { origin, object })];
    if (late) sentences.push(say('retainers_late'));
    // What was not searched may still refer to the object.
    if (search.transport === 'eval') sentences.push(say('retainers_unseen'));
    else if (!search.scopes) sentences.push(say('retainers_noClosures'));
    return { found, text: sentences.join(' ') };
  }
  const enough = countReferences(target, snapshot) >= retainersShown;
  const sentences = [
    enough
      ? say('retainers_first', { origin, object, count: retainersShown })
      : say('retainers_all', { origin, object }),
  ];
  if (late && !enough) sentences.push(say('retainers_late'));
  return { found, text: sentences.join(' ') };
}

function countReferences(target: ObjectId, { objects }: Snapshot): number {
  let count = 0;
  for (const { parts } of objects.values()) {
    for (const part of parts)
      for (const value of valuesIn(part)) if (value.type === 'reference' && value.id === target) count += 1;
  }
  return count;
}
