// @ts-check
/**
 * `npm run graph`: runs a script and draws its objects; `npm run graph -- --help` says how. Must print nothing of its own
 * to standard output, which is for the counts.
 */
import { spawn } from 'node:child_process';
import { ensurePackages } from './lib/packages.mjs';
import { buildNode, runMain } from './lib/run.mjs';

await runMain(async () => {
  console.log = console.error;
  await ensurePackages();
  const folder = await buildNode();
  const child = spawn(process.execPath, [`${folder}/graph.js`, ...process.argv.slice(2)], {
    // npm starts scripts in the project's folder; paths are meant from where the person is.
    cwd: (process.env.npm_lifecycle_event === 'graph' && process.env.INIT_CWD) || process.cwd(),
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
});
