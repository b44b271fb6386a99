/** What `memory-graph record` makes, in a browser of its own without the extension. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Browser } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/lib/find-browser.mjs';
import { projectRoot } from '../../scripts/lib/run.mjs';
import { violationsIn } from './axe.ts';

const folder = mkdtempSync(join(tmpdir(), 'memory-graph-'));
let browser: Browser;

beforeAll(async () => {
  for (const name of ['film.html', 'film.svg']) {
    const script = join(projectRoot, 'demo/insertion-sort.js');
    const options = ['record', script, '--function', 'insert', '--seconds', '0.5', '--out', join(folder, name)];
    execFileSync(process.execPath, [join(projectRoot, 'scripts/graph.mjs'), ...options], { stdio: 'pipe' });
  }
  const path = findBrowser();
  if (!path) throw new Error('There is no browser.');
  browser = await puppeteer.launch({ executablePath: path, headless: true, args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the page plays from a file, and asks for nothing else', async () => {
  const page = await browser.newPage();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const url = pathToFileURL(join(folder, 'film.html')).href;
  await page.goto(url);
  const seen = () =>
    page.evaluate(() => ({
      step: document.querySelector('#count')?.textContent,
      line: document.querySelector('.here')?.textContent,
      boxes: document.querySelectorAll('#stage [data-box]').length,
    }));
  const first = await seen();
  expect(first).toMatchObject({ step: expect.stringMatching(/^1 \//), line: '  let at = sorted.length;' });
  expect(first.boxes).toBeGreaterThan(3);
  await page.keyboard.press('End');
  const last = await seen();
  expect(last.line).toBe('  return sorted;');
  expect(last.boxes).toBeGreaterThan(first.boxes);
  await page.click('#stage .mg-array .mg-frame', { offset: { x: 2, y: 2 } });
  expect(await page.$eval('#history', ({ textContent }) => textContent)).toMatch(
    /^First seen at step: 1: sorted Changed at step: /,
  );
  await page.keyboard.press('Home');
  expect(await seen()).toEqual(first);
  await page.select('#speed', '120');
  await page.click('#play');
  await page.waitForFunction("!document.querySelector('#count').textContent.startsWith('1 /')");
  expect(requests).toEqual([url]);
  for (const theme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
    expect(await violationsIn(page)).toEqual([]);
  }
});

test('the animation plays inside an image', async () => {
  const page = await browser.newPage();
  const source = readFileSync(join(folder, 'film.svg')).toString('base64');
  await page.setContent(`<img src="data:image/svg+xml;base64,${source}">`);
  expect(await page.evaluate(() => document.querySelector('img')?.naturalWidth)).toBeGreaterThan(100);
  const shot = async () => Buffer.from(await page.screenshot()).toString('base64');
  const first = await shot();
  await expect.poll(shot).not.toBe(first);
});
