/** `sharing`: finds the objects that two values of this process have in common, and the paths that lead to them. */
import { writeFile } from 'node:fs/promises';
import { titleOf } from '../diagram/titles.ts';
import { defaultSettings } from '../settings/settings.ts';
import { commonObjects } from '../snapshot/common-objects.ts';
import { partOf } from '../snapshot/part-of.ts';
import { pathText, type Step, shortestPaths } from '../snapshot/paths.ts';
import type { HeapObject, ObjectId, Root, Snapshot } from '../snapshot/snapshot.ts';
import { say } from '../words/say.ts';
import type { Sharing, SharingOptions } from './memory-graph.d.ts';
import { pictureText } from './picture.ts';
import { readValues } from './read-values.ts';
import { diagramSettingsOf, viewOf } from './views.ts';

/** The length of a type's name, in characters. */
const longestType = 60;

export const sharing: typeof import('./memory-graph.d.ts').sharing = async (a, b, options = {}) => {
  const { sharing: found, draw } = await findSharing(a, b, options);
  if (options.file !== undefined) await draw(options.file);
  return found;
};

/** What was found, and what draws it: the values are read once. */
export interface FoundSharing {
  readonly sharing: Sharing;
  /** Writes the paths as SVG; nothing where nothing is shared. Rejects with one sentence. */
  draw(file: string): Promise<void>;
}

export async function findSharing(a: unknown, b: unknown, options: SharingOptions): Promise<FoundSharing> {
  const { names: [one, other] = ['a', 'b'], except = [], functions = false } = options;
  const snapshot = await readValues(
    [
      { label: one, value: a },
      { label: other, value: b },
      ...except.map((value, index) => ({ label: `except ${index}`, value })),
    ],
    viewOf(defaultSettings, true),
  );
  const [left, right, ...allowed] = snapshot.roots.map(idOf);
  if (left === undefined || right === undefined || left === null || right === null)
    return { sharing: { count: 0, objects: [] }, draw: async () => {} };
  const allowedIds = new Set<ObjectId>();
  for (const id of allowed)
    if (id !== null && id !== undefined)
      for (const reached of shortestPaths(snapshot, id).keys()) allowedIds.add(reached);
  const isIgnored = ({ id, kind }: HeapObject): boolean =>
    allowedIds.has(id) || (!functions && (kind === 'function' || kind === 'class'));
  const { all, first } = commonObjects(snapshot, left, right, isIgnored);
  const sharing: Sharing = {
    count: all.size,
    objects: first.map(({ object, paths: [toOne, toOther] }) => ({
      type: titleOf(object, longestType),
      paths: [pathText(one, toOne), pathText(other, toOther)],
    })),
  };
  return {
    sharing,
    draw(file) {
      const onPaths = first.flatMap(({ object, paths }) => [object.id, ...paths.flat().map(({ from }: Step) => from)]);
      const drawn = partOf({ ...snapshot, roots: snapshot.roots.slice(0, 2) }, new Set(onPaths));
      return draw(drawn, `${one}, ${other}`, file);
    },
  };
}

const idOf = ({ result }: Root): ObjectId | null =>
  result.ok && result.value.type === 'reference' ? result.value.id : null;

async function draw(snapshot: Snapshot, subject: string, file: string): Promise<void> {
  const picture = await pictureText(snapshot, subject, 'svg', 'light', diagramSettingsOf(defaultSettings));
  if (!picture.ok) throw new Error(picture.reason);
  await writeFile(file, picture.text).catch(() => {
    throw new Error(say('node_unwritable', { file }));
  });
}
