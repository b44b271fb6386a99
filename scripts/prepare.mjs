// @ts-check
/**
 * What npm runs after `npm ci` and before it packs: builds what runs in Node, so that the package can be imported and
 * started. Does nothing where only the packages for use are installed, and never makes an installation fail: who builds
 * next is told why that fails.
 */
import { existsSync } from 'node:fs';
import { buildNode, projectRoot, runMain } from './lib/run.mjs';

await runMain(async () => {
  if (existsSync(`${projectRoot}/node_modules/vite`)) await buildNode().catch(() => undefined);
  return 0;
});
