// @ts-check
/**
 * `npm run package`: builds, and zips dist/ for the Chrome Web Store. The same sources give the same bytes: entries
 * are sorted and have one fixed time.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { ensurePackages } from './lib/packages.mjs';
import { buildExtension, projectRoot, runMain } from './lib/run.mjs';

await runMain(async () => {
  await ensurePackages();
  const folder = await buildExtension();
  const { zipSync } = await import('fflate');
  /** @type {{version: string}} */
  const { version } = JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8'));

  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}${sep}${entry.name}`)
    .map((path) => ({ path, name: relative(folder, path).split(sep).join('/') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  // A zip stores local time without a zone, so the date is given by its local parts. 1980 is the first year that it can store.
  const zip = zipSync(Object.fromEntries(files.map(({ path, name }) => [name, readFileSync(path)])), {
    level: 9,
    mtime: new Date(1980, 0, 1),
  });

  mkdirSync(`${projectRoot}/out`, { recursive: true });
  const target = `${projectRoot}/out/memory-graph-${version}.zip`;
  writeFileSync(target, zip);
  console.log(`${target}: ${files.length} files, ${Math.ceil(zip.length / 1024)} KiB`);
  console.log(`SHA-256 ${createHash('sha256').update(zip).digest('hex')}`);
  return 0;
});
