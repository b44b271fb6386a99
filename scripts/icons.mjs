// @ts-check
/** `npm run icons`: draws panel/icons/icon.svg at each size that the manifest names. */
import { readFileSync } from 'node:fs';
import { ensureBrowser } from './lib/find-browser.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { projectRoot, runMain } from './lib/run.mjs';

const sizes = [16, 32, 48, 128];

await runMain(async () => {
  await ensurePackages();
  const executablePath = await ensureBrowser();
  const { default: puppeteer } = await import('puppeteer-core');
  const browser = await puppeteer.launch({
    executablePath,
    headless: true,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage();
    const svg = readFileSync(`${projectRoot}/panel/icons/icon.svg`, 'utf8');
    for (const size of sizes) {
      await page.setViewport({ width: size, height: size });
      await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
      await page.screenshot({ path: `${projectRoot}/panel/icons/${size}.png`, omitBackground: true });
    }
  } finally {
    await browser.close();
  }
  return 0;
});
