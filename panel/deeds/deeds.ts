/** Has DevTools do something with an object of a picture, and says how it went. Knows no extension API and no DOM. */
import type { Capture } from '../../src/capture/capture.ts';
import type { Deed } from '../../src/capture/deed.ts';
import { sentence } from '../../src/capture/failure.ts';
import type { OpenSource } from '../../src/devtools/open-source.ts';
import type { ObjectId } from '../../src/snapshot/snapshot.ts';

/** One sentence for the person. */
export interface Said {
  readonly kind: 'error' | 'done';
  readonly text: string;
}

/** Milliseconds that a page has to find one object. */
const DEADLINE = 5000;

/** Null where what was done is there to be seen. `openSource` shows a place in Sources. */
export async function doDeed(
  capture: Capture,
  object: ObjectId,
  deed: Deed,
  openSource: OpenSource,
): Promise<Said | null> {
  const outcome = await capture.act(object, deed, { deadline: DEADLINE });
  if (!outcome.ok) return { kind: 'error', text: sentence(outcome.failure) };
  const done = outcome.value;
  switch (done.type) {
    case 'done':
      return deed === 'log'
        ? { kind: 'done', text: `It stands in the Console as #${object}: press Esc to see it.` }
        : null;
    case 'stored':
      return { kind: 'done', text: `It is stored as ${done.name}: use that name in the Console.` };
    case 'found': {
      const text = await openSource(done.place);
      return text === null ? null : { kind: 'error', text };
    }
    case 'refused':
      return { kind: 'error', text: done.reason };
  }
}
