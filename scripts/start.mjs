// @ts-check
/**
 * `npm start`: from a fresh clone to a browser that shows the gallery, with DevTools open on the Memory Graph tab and a
 * graph drawn. Without a display, or with `--headless`, it leaves pictures of that in out/ and ends. Imports nothing
 * installed before it has installed it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { ensureBrowser } from './lib/find-browser.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { buildExtension, projectRoot, runMain } from './lib/run.mjs';
import { serve } from './lib/serve.mjs';

/** What the gallery's first page holds. */
const expression = 'data';
/** CSS pixels. */
const window = { width: 1500, height: 950 };
const picture = { width: 1280, height: 800 };

function isHeadless() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.argv.includes('--headless') || (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY);
}

/**
 * Resolves when the person wants to stop: 0 when they closed the browser, else the exit code of the signal.
 * @param {import('puppeteer-core').Browser} browser
 * @returns {Promise<number>}
 */
function untilTheEnd(browser) {
  return new Promise((resolve) => {
    browser.once('disconnected', () => resolve(0));
    process.once('SIGINT', () => resolve(130));
    process.once('SIGTERM', () => resolve(143));
    process.once('SIGHUP', () => resolve(129));
  });
}

await runMain(async () => {
  await ensurePackages();
  const executablePath = await ensureBrowser();
  console.log('Building the extension …');
  const extension = await buildExtension();
  const { launchBrowser, openMemoryGraph, undock } = await import('./lib/launch.mjs');

  const headless = isHeadless();
  const gallery = await serve(`${projectRoot}/demo`);
  try {
    console.log('Opening the browser …');
    const browser = await launchBrowser({ executablePath, extension, headless, ...window });
    const end = untilTheEnd(browser);
    try {
      const [page = await browser.newPage()] = await browser.pages();
      await page.goto(gallery.url);
      const { devtools, panel } = await openMemoryGraph(page);
      if (headless) await undock(devtools, picture);
      await panel.evaluate(`memoryGraph.draw(${JSON.stringify(expression)})`);
      if (!headless) {
        console.log(`The gallery is at ${gallery.url}, the Memory Graph tab is open in DevTools beside it.`);
        console.log('Close the browser or press Ctrl-C to end.');
        return await end;
      }
      const folder = `${projectRoot}/out`;
      mkdirSync(folder, { recursive: true });
      await devtools.screenshot({ path: `${folder}/panel.png` });
      writeFileSync(`${folder}/graph.svg`, String(await panel.evaluate('memoryGraph.svg()')));
      console.log('There is no display, so the browser ran without a window. Drawn:');
      console.log(`  ${folder}/panel.png  the Memory Graph tab`);
      console.log(`  ${folder}/graph.svg  the graph of "${expression}"`);
      return 0;
    } finally {
      await browser.close();
    }
  } finally {
    await gallery.close();
  }
});
