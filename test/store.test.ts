/** The texts for the Chrome Web Store say what the package has: each permission, each screenshot. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { projectRoot } from '../scripts/lib/run.mjs';
import { shots } from '../scripts/lib/store-shots.mjs';

const read = (path: string): string => readFileSync(`${projectRoot}/${path}`, 'utf8');
const manifest: Readonly<Record<string, unknown>> = JSON.parse(read('manifest.json'));
const listing = read('docs/store/listing.md');
const part = (title: string): string => listing.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

test('each permission has one sentence that names its feature, and no other has one', () => {
  const asked = [
    'permissions',
    'optional_permissions',
    'host_permissions',
    'optional_host_permissions',
    'content_scripts',
  ].flatMap((key) => manifest[key] ?? []);
  const told = [...part('Permissions').matchAll(/^- `([^`]+)`: the .+/gm)].map(([, name]) => name);
  expect(told).toEqual(asked);
  expect(part('Permissions')).toContain('There is no host permission');
});

test('the policy says why, and what is kept and changed', () => {
  const privacy = read('docs/store/privacy.md');
  for (const permission of [manifest.permissions].flat()) expect(privacy).toContain(`The ${permission} permission`);
  for (const title of ['What it reads', 'What it changes', 'What it keeps', 'What leaves the browser'])
    expect(privacy).toContain(`**${title}.**`);
});

test('the listing names every screenshot', () => {
  const told = [...part('Pictures').matchAll(/`(\w+)`/g)].map(([, name]) => name);
  expect(told).toEqual(shots.map(({ name }) => name));
});

test('the summary is short enough for the store', () => {
  const { extensionDescription } = JSON.parse(read('_locales/en/messages.json'));
  expect(extensionDescription.message.length).toBeLessThanOrEqual(132);
});
