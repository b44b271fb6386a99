/**
 * docs/settings.schema.json and the tables of docs/configuration.md are made of the settings:
 * `npx vitest run --project unit src/settings -u` writes them anew.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { settingsJsonSchema, settingsTables } from './published.test-helper.ts';
import { rowGroups } from './rows.ts';
import { defaultSettings, settingAt } from './settings.ts';

test('the published schema is that of the settings', async () => {
  await expect(settingsJsonSchema()).toMatchFileSnapshot(`${projectRoot}/docs/settings.schema.json`);
});

test('the documentation has every setting', async () => {
  const path = `${projectRoot}/docs/configuration.md`;
  const [head = '', , tail = ''] = readFileSync(path, 'utf8').split(/<!-- (?:tables|end of tables) -->\n/);
  await expect(`${head}<!-- tables -->\n${settingsTables()}\n<!-- end of tables -->\n${tail}`).toMatchFileSnapshot(
    path,
  );
});

describe('every setting has a row', () => {
  const paths = rowGroups.flatMap(({ rows }) => rows.map(({ path }) => path));
  const leaves = (value: unknown, path: string): string[] =>
    paths.includes(path) || typeof value !== 'object' || value === null
      ? [path]
      : Object.entries(value).flatMap(([name, held]) => leaves(held, path === '' ? name : `${path}.${name}`));

  test.each(leaves(defaultSettings, ''))('%s', (path) => expect(paths).toContain(path));
  test.each(paths)('%s is a setting', (path) => expect(settingAt(defaultSettings, path)).toBeDefined());
});
