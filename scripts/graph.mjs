// @ts-check
/**
 * `npm run graph`: runs a script and draws its objects; `npm run graph -- --help` says how. Must print nothing of its own
 * to standard output, which belongs to the counts.
 */
import { pathToFileURL } from 'node:url';
import { ensurePackages } from './lib/packages.mjs';
import { buildNode, explain } from './lib/run.mjs';

const { log } = console;
console.log = console.error;
try {
  await ensurePackages();
  const folder = await buildNode();
  console.log = log;
  // npm starts scripts in the project's folder. Paths are relative to the user's folder.
  if (process.env.npm_lifecycle_event === 'graph' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
  // In this process, so that whoever ends it ends the script too.
  await import(pathToFileURL(`${folder}/graph.js`).href);
} catch (error) {
  explain(error);
}
