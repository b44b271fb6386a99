/** `render`: draws objects of this process into a file. */

import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readSettings } from '../settings/settings.ts';
import { say } from '../words/say.ts';
import { formatOf } from './options.ts';
import { pictureText } from './picture.ts';
import { readValues } from './read-values.ts';
import { diagramSettingsOf, viewOf } from './views.ts';

/** The name in the picture of a value that is not an object. */
const label = 'data';

export const render: typeof import('./memory-graph.d.ts').render = async (value, place, options) => {
  const { theme = 'light', full = false, settings: given } = options ?? {};
  // Callers may not use TypeScript.
  if (theme !== 'light' && theme !== 'dark') throw new Error(say('node_theme'));
  const { settings, problems } = readSettings(given ?? {});
  const [problem] = problems;
  if (problem) throw new Error(say('setting_problem', { path: problem.path || 'settings', message: problem.message }));
  const file = place instanceof URL ? fileURLToPath(place) : place;
  if (typeof file !== 'string') throw new Error(say('node_noPlace'));
  const format = formatOf(file);
  if (format === null) throw new Error(say('node_noFormat', { file }));
  const snapshot = await readValues([{ label, value }], viewOf(settings, full));
  const picture = await pictureText(snapshot, label, format, theme, diagramSettingsOf(settings));
  if (!picture.ok) throw new Error(picture.reason);
  await writeFile(file, picture.text).catch(() => {
    throw new Error(say('node_unwritable', { file }));
  });
  return picture.stats;
};
