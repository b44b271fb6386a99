// @ts-check
/**
 * npm runs this after `npm ci` and before it packs: it builds what runs in Node, so that the package can be imported and
 * started. Does nothing where only production packages are installed, and never makes an installation fail: the next build
 * says why it fails.
 */
import { existsSync } from 'node:fs';
import { buildNode, projectRoot, runMain } from './lib/run.mjs';

await runMain(async () => {
  if (existsSync(`${projectRoot}/node_modules/vite`)) await buildNode().catch(() => undefined);
  return 0;
});
