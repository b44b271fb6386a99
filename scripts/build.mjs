// @ts-check
/** `npm run build`: builds the extension in dist/, ready to load. */
import { ensurePackages } from './lib/packages.mjs';
import { buildExtension, runMain } from './lib/run.mjs';

await runMain(async () => {
  await ensurePackages();
  console.log(`The extension is in ${await buildExtension()}; load that folder at chrome://extensions.`);
  return 0;
});
