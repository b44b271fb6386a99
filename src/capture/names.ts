/** Reads the answers of a page that was asked for names, or for what has names. */
import type { ComponentPlace, NamesByDistance } from '../wire/requests.ts';

/** Returns no names for a malformed answer. */
export function readNames(answer: unknown): NamesByDistance {
  if (!Array.isArray(answer)) return [];
  return answer.map((list: unknown) =>
    Array.isArray(list) ? list.filter((name): name is string => typeof name === 'string') : [],
  );
}

/** Leaves out what is malformed. */
export function readComponents(answer: unknown): readonly ComponentPlace[] {
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((place: unknown): readonly ComponentPlace[] => {
    if (!Array.isArray(place)) return [];
    const [framework, tag, id, position, key]: readonly unknown[] = place;
    if (typeof framework !== 'string' || typeof tag !== 'string' || typeof id !== 'string') return [];
    return typeof position === 'number' && typeof key === 'string' ? [[framework, tag, id, position, key]] : [];
  });
}
