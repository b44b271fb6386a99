/** What is lit up with the box or line under the pointer, or with the selected box, as panel/picture/hover.ts does with elements. Pure. */
import type { BoxKey } from '../../../src/diagram/diagram.ts';
import type { PlacedBox, PlacedJoin, PlacedReference } from '../../../src/layout/placed.ts';
import type { Part, Sight } from './sight.ts';

/** What is under the pointer. */
export type Pointed = PlacedBox | PlacedReference | PlacedJoin;

export interface Lit extends Part {
  readonly by: 'pointer' | 'selection';
}

export function litBy(sight: Sight, pointed: Pointed | null, selected: BoxKey | null): Lit | null {
  const under = pointed && belonging(sight, pointed);
  if (under) return { ...under, by: 'pointer' };
  const box = selected === null ? null : sight.box(selected);
  const chosen = box && belonging(sight, box);
  return chosen && { ...chosen, by: 'selection' };
}

function belonging(sight: Sight, pointed: Pointed): Part | null {
  const boxes = (keys: readonly BoxKey[]): readonly PlacedBox[] =>
    [...new Set(keys)].flatMap((key) => sight.box(key) ?? []);
  const joins = (references: readonly PlacedReference[]): readonly PlacedJoin[] =>
    [...new Set(references.filter(({ joins }) => joins).map(({ reference }) => reference.to))].flatMap(
      (key) => sight.joinOf(key) ?? [],
    );
  if ('reference' in pointed) {
    const { from, to } = pointed.reference;
    return { boxes: boxes([from, to]), references: [pointed], joins: joins([pointed]) };
  }
  if ('radius' in pointed) {
    const references = sight.referencesOf(pointed.to).filter(({ reference }) => reference.to === pointed.to);
    return { boxes: boxes([pointed.to]), references, joins: [pointed] };
  }
  const references = sight.referencesOf(pointed.box.key);
  // A box without references has nothing to follow.
  return references.length === 0 ? null : { boxes: [pointed], references, joins: joins(references) };
}
