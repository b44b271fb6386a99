// @ts-check
/**
 * `npm run store`: takes the screenshots for the Chrome Web Store from the built extension in real DevTools, at the size that the
 * store asks for, in light and dark. Saves them in out/store/.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { ensureBrowser } from './lib/find-browser.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { buildExtension, projectRoot, runMain } from './lib/run.mjs';
import { serve } from './lib/serve.mjs';
import { shots } from './lib/store-shots.mjs';

/** CSS pixels; the store takes 1280 × 800 or 640 × 400. */
const size = { width: 1280, height: 800 };

await runMain(async () => {
  await ensurePackages();
  const executablePath = await ensureBrowser();
  const extension = await buildExtension();
  const { launchBrowser, openMemoryGraph, setTheme, showMemoryGraph, undock } = await import('./lib/launch.mjs');
  const folder = `${projectRoot}/out/store`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const gallery = await serve(`${projectRoot}/demo`);
  const browser = await launchBrowser({ executablePath, extension, headless: true, width: 1500, height: 950 });
  try {
    const [page = await browser.newPage()] = await browser.pages();
    await page.goto(gallery.url);
    const { devtools, panel } = await openMemoryGraph(page);
    await undock(devtools, size);
    await panel.evaluate('globalThis.usual = { ...memoryGraph.view() }');
    for (const theme of /** @type {const} */ (['light', 'dark'])) {
      await setTheme(devtools, panel, theme);
      for (const { name, page: address, expression, pauses, step, keys, whole } of shots) {
        await page.goto(new URL(address, gallery.url).href);
        for (let done = 1; done < step; done++) {
          await page.evaluate(() => {
            for (const button of document.querySelectorAll('button'))
              if (button.textContent === 'Forward') button.click();
          });
          await page.waitForSelector('.steps button:enabled');
        }
        if (pauses !== undefined) {
          await panel.evaluate("memoryGraph.show('stack')");
          if (await panel.$('.attach')) await panel.click('.attach');
          await panel.waitForFunction("memoryGraph.stack().following.type === 'running'");
          await page.evaluate(`void setTimeout(${JSON.stringify(pauses)})`);
          const isDrawn = "(({ type, entry }) => type === 'paused' && entry !== null)(memoryGraph.stack().following)";
          // At a pause DevTools shows Sources.
          await panel.waitForFunction(isDrawn, { polling: 50 });
          await showMemoryGraph(devtools);
        } else {
          const few = { amount: 'all', slices: { begin: 3, middle: 0, end: 2 } };
          await panel.evaluate(
            `memoryGraph.view(${whole ? JSON.stringify(few) : 'usual'});
            memoryGraph.draw(${JSON.stringify(expression)})`,
          );
        }
        if (keys !== undefined) await panel.evaluate("document.querySelector('.canvas').focus()");
        if (keys !== undefined) await devtools.keyboard.type(keys);
        await panel.evaluate('new Promise((resolve) => setTimeout(resolve, 400))');
        const path = `${folder}/${name}-${theme}.png`;
        await devtools.screenshot({ path: /** @type {`${string}.png`} */ (path) });
        if (keys !== undefined) await devtools.keyboard.press('Escape');
        if (pauses !== undefined) await panel.click('[aria-label^="Resume"]');
        console.log(path);
      }
    }
    return 0;
  } finally {
    await browser.close();
    await gallery.close();
  }
});
