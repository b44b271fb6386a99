// @ts-check
/**
 * `npm start`: from a fresh clone to a browser that shows the gallery, with DevTools open on the Memory Graph tab and a
 * graph drawn. Without a display, or with `--headless`, it saves pictures of that in out/ and ends. Imports no installed
 * package before it has installed them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { ensureBrowser } from './lib/find-browser.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { buildExtension, projectRoot, runMain } from './lib/run.mjs';
import { serve } from './lib/serve.mjs';

/** A variable of the gallery's first page. */
const expression = 'data';
/** CSS pixels. */
const window = { width: 1500, height: 950 };
const picture = { width: 1280, height: 800 };

function isHeadless() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.argv.includes('--headless') || (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY);
}

/** Resolves to the exit code of the first signal that ends this. @returns {Promise<number>} */
function untilSignalled() {
  return new Promise((resolve) => {
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
  console.log('Opening the browser …');
  const signalled = untilSignalled();
  const launching = launchBrowser({ executablePath, extension, headless, ...window });

  async function show() {
    const browser = await launching;
    const [page = await browser.newPage()] = await browser.pages();
    await page.goto(gallery.url);
    const { devtools, panel } = await openMemoryGraph(page);
    if (headless) await undock(devtools, picture);
    await panel.evaluate(`memoryGraph.draw(${JSON.stringify(expression)})`);
    return { devtools, panel };
  }

  /** @returns {Promise<number>} */
  async function showInWindow() {
    const browser = await launching;
    const closed = new Promise((resolve) => browser.once('disconnected', () => resolve(0)));
    // A user who closes the window while it is being set up expects an end, not an error.
    await Promise.race([closed, show()]);
    if (browser.connected) {
      console.log(`The gallery is at ${gallery.url}; DevTools is open on it, with the Memory Graph tab.`);
      console.log('Close the browser or press Ctrl+C to end.');
    }
    return closed;
  }

  /** @returns {Promise<number>} */
  async function leavePictures() {
    const { devtools, panel } = await show();
    const folder = `${projectRoot}/out`;
    mkdirSync(folder, { recursive: true });
    await devtools.screenshot({ path: `${folder}/panel.png` });
    writeFileSync(`${folder}/graph.svg`, String(await panel.evaluate('memoryGraph.svg()')));
    console.log('The browser ran without a window and saved:');
    console.log(`  ${folder}/panel.png  the Memory Graph tab`);
    console.log(`  ${folder}/graph.svg  the graph of "${expression}"`);
    return 0;
  }

  try {
    return await Promise.race([signalled, headless ? leavePictures() : showInWindow()]);
  } finally {
    await launching.then(
      (browser) => browser.close(),
      () => {},
    );
    await gallery.close();
  }
});
