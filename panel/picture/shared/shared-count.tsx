/** How many objects are shared, and what two pinned expressions share. A click opens the list. */
import { useEffect, useState } from 'preact/hooks';
import { commonObjects } from '../../../src/snapshot/common-objects.ts';
import { waysIn } from '../../../src/snapshot/shared-objects.ts';
import type { ObjectId, Snapshot } from '../../../src/snapshot/snapshot.ts';
import { say } from '../../../src/words/say.ts';
import { createAction } from '../../actions/action.ts';
import type { Picture } from '../../reading/picture.ts';
import type { PictureControls } from '../picture-controls.ts';

interface SharedCountProps {
  readonly picture: Picture;
  readonly controls: PictureControls;
}

interface Counted {
  readonly snapshot: Snapshot;
  readonly shared: number;
  /** What the two roots share; null when there are not two. */
  readonly sentence: string | null;
}

export function SharedCount({ picture: { snapshot }, controls }: SharedCountProps) {
  const [counted, setCounted] = useState<Counted | null>(null);
  // Counted after the picture was painted.
  useEffect(() => {
    const timer = setTimeout(() =>
      setCounted({ snapshot, shared: waysIn(snapshot).count(), sentence: sentenceOf(snapshot) }),
    );
    return () => clearTimeout(timer);
  }, [snapshot]);
  if (counted?.snapshot !== snapshot) return null;
  const { shared, sentence } = counted;
  const { explanation, run } = createAction('shared', () => {
    controls.listed.value = !controls.listed.value;
  });
  return (
    <>
      {sentence !== null && <span class="in-common">{sentence}</span>}
      {shared > 0 && (
        <span class="amount">
          <button
            type="button"
            class="text-button"
            title={explanation}
            aria-pressed={controls.listed.value}
            onClick={run}
          >
            {say('shared_count', { count: shared })}
          </button>
        </span>
      )}
    </>
  );
}

/** `a and b share 3 objects and 1 function`. */
function sentenceOf(snapshot: Snapshot): string | null {
  const [first, second, ...more] = snapshot.roots;
  if (!first || !second || more.length > 0) return null;
  const [one, other] = [shortened(first.label), shortened(second.label)];
  const [left, right] = [idOf(first), idOf(second)];
  if (left === null || right === null) return null;
  if (left === right) return say('shared_same', { one, other });
  let objects = 0;
  let functions = 0;
  for (const id of commonObjects(snapshot, left, right).all) {
    const kind = snapshot.objects.get(id)?.kind;
    if (kind === 'function' || kind === 'class') functions += 1;
    else objects += 1;
  }
  if (objects + functions === 0)
    return say('shared_nothing', { one, other, cut: snapshot.cuts.size > 0 ? 'yes' : 'no' });
  return say('shared_common', { one, other, objects, functions, both: objects * functions > 0 ? 'yes' : 'no' });
}

/** Characters of an expression in the sentence. */
const LONGEST = 30;

const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

const idOf = ({ result }: Snapshot['roots'][number]): ObjectId | null =>
  result.ok && result.value.type === 'reference' ? result.value.id : null;
