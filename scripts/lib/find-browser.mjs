// @ts-check
/**
 * Finds a browser that can load the extension, or installs one where that needs no permission. Must not start it.
 */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Explained, run } from './run.mjs';

const cache = process.env.PUPPETEER_CACHE_DIR ?? join(homedir(), '.cache', 'puppeteer');
const getOne = `Get one with: npx @puppeteer/browsers install chrome@stable --path "${cache}" – or name one in CHROME_PATH.`;

/** The newest first: the numbers in a folder's name decide. @param {string} folder */
function versionsIn(folder) {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return names.map((name) => join(folder, name));
}

/** Where programs cache files. */
function systemCache() {
  switch (process.platform) {
    case 'win32':
      return process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
    case 'darwin':
      return join(homedir(), 'Library', 'Caches');
    default:
      return join(homedir(), '.cache');
  }
}

/** Where Puppeteer and Playwright keep the browsers that they download. */
function downloaded() {
  const playwright = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(systemCache(), 'ms-playwright');
  const inside = [
    'chrome-linux64/chrome',
    'chrome-linux/chrome',
    'chrome-win64/chrome.exe',
    'chrome-win/chrome.exe',
    'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  ];
  const folders = [
    ...versionsIn(join(cache, 'chrome')),
    ...versionsIn(playwright).filter((folder) => /[\\/]chromium-\d+$/.test(folder)),
  ];
  return folders.flatMap((folder) => inside.map((file) => join(folder, file)));
}

/** Whether the file only starts a snap, which hides most folders from the browser. @param {string} file */
function isSnap(file) {
  if (realpathSync(file) === '/usr/bin/snap') return true;
  const start = readFileSync(file, 'latin1').slice(0, 4096);
  return start.startsWith('#!') && start.includes('/snap/');
}

/** @param {readonly string[]} names */
function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * The usual paths, those most likely to load the extension first: Chromium and Chrome for Testing, then Edge, then Chrome.
 */
function places() {
  const home = homedir();
  switch (process.platform) {
    case 'win32': {
      const roots = ['LOCALAPPDATA', 'PROGRAMFILES', 'PROGRAMFILES(X86)'].flatMap((name) => process.env[name] ?? []);
      const files = [
        'Chromium/Application/chrome.exe',
        'Microsoft/Edge/Application/msedge.exe',
        'Google/Chrome/Application/chrome.exe',
      ];
      return [...downloaded(), ...files.flatMap((file) => roots.map((root) => join(root, file)))];
    }
    case 'darwin': {
      const names = ['Chromium', 'Google Chrome for Testing', 'Microsoft Edge', 'Google Chrome'];
      const inApplications = names.flatMap((name) =>
        ['/Applications', join(home, 'Applications')].map((root) => `${root}/${name}.app/Contents/MacOS/${name}`),
      );
      return [...downloaded(), ...inApplications, ...onPath(['chromium'])];
    }
    default: {
      const chromium = [
        ...onPath(['chromium', 'chromium-browser']),
        '/usr/bin/chromium',
        '/usr/lib/chromium/chromium',
        '/snap/bin/chromium',
      ];
      const branded = onPath(['microsoft-edge', 'microsoft-edge-stable', 'google-chrome', 'google-chrome-stable']);
      return [...chromium, ...downloaded(), ...branded, '/opt/google/chrome/chrome'];
    }
  }
}

/**
 * @returns {string | null} the path of an executable
 * @throws {Explained} when CHROME_PATH names a file that is not there
 */
export function findBrowser() {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (!existsSync(named)) throw new Explained(`CHROME_PATH names ${named}, but there is no such file.`);
    return named;
  }
  const present = places().filter((file) => existsSync(file));
  // A snap cannot read hidden folders or the system's /tmp, so it is the last choice.
  return present.find((file) => process.platform !== 'linux' || !isSnap(file)) ?? present[0] ?? null;
}

/** `ID` and `ID_LIKE` of Linux: `debian`, `ubuntu`, … */
export function distribution() {
  if (!existsSync('/etc/os-release')) return '';
  return /^ID="?([\w-]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? '';
}

/**
 * Installs packages of Debian or Ubuntu. Needs root.
 * @param {readonly string[]} names
 * @param {string} [advice] what else can be done when it fails
 */
export async function installPackages(names, advice = '') {
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  for (const parameters of [['update'], ['install', '-y', ...names]]) {
    const code = await run('apt-get', parameters, { quiet: true, environment });
    if (code !== 0) throw new Explained(`"apt-get ${parameters.join(' ')}" failed; its messages are above. ${advice}`);
  }
}

/**
 * Finds a browser; on Debian and Ubuntu, as root, installs Chromium when there is none.
 * @returns {Promise<string>} the path of an executable
 * @throws {Explained} when there is none; the message says how to get one
 */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found) return found;
  const system = distribution();
  if (system === 'debian' || system === 'ubuntu') {
    // Ubuntu's package of this name installs the snap.
    const name = system === 'ubuntu' ? 'chromium-browser' : 'chromium';
    if (process.getuid?.() !== 0) {
      throw new Explained(`There is no Chromium here. Get it with "sudo apt-get install ${name}". Or: ${getOne}`);
    }
    console.log('Installing Chromium …');
    await installPackages([name], getOne);
    const installed = findBrowser();
    if (installed) return installed;
  }
  throw new Explained(`There is no Chromium, Chrome for Testing, Edge or Chrome here. ${getOne}`);
}
