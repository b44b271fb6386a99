// @ts-check
/**
 * The programs of test/apps, built from real libraries: what the benchmark and the tests of readable pictures open. Their
 * packages are in a lock file of their own and are installed only when somebody asks for the programs.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { Explained, projectRoot, run } from './run.mjs';

const folder = `${projectRoot}/test/apps`;
const patience = 20_000;

/** Whether the packages of the lock file were installed, as npm's own record says. */
function installed() {
  const record = `${folder}/node_modules/.package-lock.json`;
  if (!existsSync(record)) return false;
  /** @param {string} path @returns {Record<string, {version?: string, optional?: boolean}>} */
  const packages = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;
  const present = packages(record);
  return Object.entries(packages(`${folder}/package-lock.json`)).every(
    ([path, { version, optional }]) =>
      path === '' || (present[path] ? present[path].version === version : optional === true),
  );
}

/** @param {string} path @returns {number} milliseconds since 1970, 0 where there is nothing */
const changed = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/**
 * Installs the packages of the programs, unless that is done.
 * @throws {Explained} when npm fails
 */
export async function installPackages() {
  if (installed()) return;
  const npm = process.env.npm_execpath;
  const parameters = ['ci', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error'];
  console.log('Installing the packages of test/apps …');
  const code =
    npm && /\.[cm]?js$/.test(npm)
      ? await run(process.execPath, [npm, ...parameters], { quiet: true })
      : await run('npm', parameters, { quiet: true });
  if (code !== 0) throw new Explained('The packages of test/apps could not be installed; npm says why above.');
}

/**
 * Installs the packages and bundles the programs, unless that is done.
 * @returns {Promise<{folder: string, names: readonly string[]}>} the folder of pages, and the programs' names: each has
 *   `name.html` and, minified, `name.min.html` with a source map and `name.bare.html` without
 * @throws {Explained} when npm or the build fails
 */
export async function buildApps() {
  await installPackages();
  const sources = readdirSync(`${folder}/programs`);
  const newest = Math.max(
    ...[
      `${folder}/build.mjs`,
      `${folder}/package-lock.json`,
      ...sources.map((name) => `${folder}/programs/${name}`),
    ].map(changed),
  );
  const names = sources.filter((file) => /\.jsx?$/.test(file)).map((file) => file.replace(/\..*$/, ''));
  const oldest = Math.min(
    ...names
      .flatMap((name) => [`${name}.html`, `${name}.min.html`, `${name}.bare.html`, `${name}.dev.html`])
      .map((file) => changed(`${folder}/www/${file}`)),
  );
  if (oldest < newest) {
    const code = await run(process.execPath, [`${folder}/build.mjs`], { quiet: true });
    if (code !== 0) throw new Explained('The programs of test/apps did not build; the messages above say why.');
  }
  return { folder: `${folder}/www`, names };
}

/**
 * Opens a program and waits until it has done what it does at its start.
 * @param {import('puppeteer-core').Page} page
 * @param {string} url
 */
export async function openApp(page, url) {
  await page.goto(url);
  await page.waitForFunction('globalThis.ready === true', { polling: 50, timeout: patience });
}

/**
 * What a program put on `window`: names of its objects, and of the functions that run into a `debugger` statement.
 * @param {import('puppeteer-core').Page} page
 * @returns {Promise<{roots: readonly string[], pauses: readonly string[]}>}
 */
export function subjectsOf(page) {
  return page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const known = new Set([...Object.getOwnPropertyNames(frame.contentWindow ?? {}), 'ready', 'pauses']);
    frame.remove();
    /** @type {Record<string, unknown>} */
    const all = { ...globalThis };
    const roots = Object.keys(all).filter((name) => {
      const value = all[name];
      return !known.has(name) && !/^\d+$/.test(name) && typeof value === 'object' && value !== null;
    });
    const { pauses } = all;
    return { roots, pauses: typeof pauses === 'object' && pauses !== null ? Object.keys(pauses) : [] };
  });
}

/**
 * What a person sees of the picture that stands in a page of the panel.
 * @param {import('puppeteer-core').Frame} panel
 * @returns {Promise<{px: number, boxes: number, inSight: number, lines: number, oneWay: boolean} | null>}
 *   `px`: height of the text; `inSight`: boxes that are wholly in sight; `lines`: objects that are written in a cell in
 *   sight; `oneWay`: all boxes are in sight in one direction at least, so that there is one direction to scroll
 */
export function sightOf(panel) {
  return panel.evaluate(() => {
    const canvas = document.querySelector('.canvas');
    const group = canvas?.querySelector('svg.picture > g');
    const scale = Number(/scale\(([\d.e-]+)/.exec(group?.getAttribute('transform') ?? '')?.[1]);
    if (!canvas || !group || !scale) return null;
    const window = canvas.getBoundingClientRect();
    const inside = (/** @type {DOMRect} */ { left, top, right, bottom }) =>
      left >= window.left - 1 && top >= window.top - 1 && right <= window.right + 1 && bottom <= window.bottom + 1;
    const rectangles = [...group.querySelectorAll('[data-box]')].map((box) => box.getBoundingClientRect());
    const lines = [...group.querySelectorAll('.mg-written')].filter((line) => inside(line.getBoundingClientRect()));
    return {
      px: 12 * scale,
      boxes: rectangles.length,
      inSight: rectangles.filter(inside).length,
      lines: lines.length,
      oneWay:
        rectangles.every(({ left, right }) => left >= window.left - 1 && right <= window.right + 1) ||
        rectangles.every(({ top, bottom }) => top >= window.top - 1 && bottom <= window.bottom + 1),
    };
  });
}

/** Programs whose sources a development server can serve without plugins. */
export const devNames = /** @type {const} */ (['react', 'vue', 'lit', 'xstate', 'state', 'plain']);

/**
 * Serves the programs as Vite does while one develops: module by module, dependencies bundled beforehand.
 * @returns {Promise<{url: string, close: () => Promise<void>}>} `url` + `react.dev.html` is a page
 */
export async function serveDev() {
  const { createServer } = await import('vite');
  const server = await createServer({ configFile: false, root: folder, logLevel: 'error', server: { port: 0 } });
  await server.listen();
  const [url = ''] = server.resolvedUrls?.local ?? [];
  return { url: `${url}www/`, close: () => server.close() };
}

/**
 * How many of the first 40 own variables of the function in which the page stands a person sees.
 * @param {import('puppeteer-core').Frame} panel
 * @returns {Promise<{variables: number, seen: number} | null>} null where nothing is paused
 */
export function variablesOf(panel) {
  return panel.evaluate(() => {
    const { picture } = globalThis.memoryGraph.stack();
    const frames =
      picture?.snapshot.objects.filter(({ id, kind }) => kind === 'scope' && id < -1 && id > -131_072) ?? [];
    const innermost = frames.sort((a, b) => a.id - b.id)[0];
    const window = document.querySelector('.canvas')?.getBoundingClientRect();
    if (!innermost || !window) return null;
    const own = innermost.parts.filter(
      (part) => part.type === 'property' && ['local', 'block', 'catch'].includes(part.scope ?? ''),
    );
    const variables = Math.min(40, own.length);
    const box = picture?.diagram.boxes.find(({ object }) => object === innermost.id);
    const place = document.querySelector(`[data-box="${box?.key}"]`)?.getBoundingClientRect();
    if (!box || !place) return { variables, seen: 0 };
    const shown = box.lines.filter(({ parts }) => ['local', 'block', 'catch'].includes(parts?.scope ?? '')).length;
    const across = Math.max(0, Math.min(place.right, window.right) - Math.max(place.left, window.left)) / place.width;
    const down = Math.max(0, Math.min(place.bottom, window.bottom) - Math.max(place.top, window.top)) / place.height;
    return { variables, seen: Math.floor(shown * Math.min(1, across * down + 1e-3)) };
  });
}
