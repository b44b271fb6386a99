// @ts-check
/**
 * A virtual display with a mouse and a keyboard, for what a browser draws outside of its pages, such as DevTools' own context
 * menus. Linux only.
 */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { distribution, installPackages } from './find-browser.mjs';
import { Explained } from './run.mjs';

/**
 * @typedef {object} Display
 * @property {string} name as `DISPLAY` has it
 * @property {(...words: (string | number)[]) => Promise<void>} input runs xdotool, such as `input('key', 'Return')`
 * @property {() => Promise<number>} windows how many windows are shown; a native menu is one
 * @property {() => void} close
 */

const TOOLS = /** @type {const} */ ([
  ['Xvfb', 'xvfb'],
  ['xdotool', 'xdotool'],
]);

/** Packages of the tools that are not installed. */
function missing() {
  return TOOLS.filter(([tool]) => spawnSync(tool, ['-help'], { stdio: 'ignore' }).error).map(([, name]) => name);
}

/**
 * Finds Xvfb and xdotool; on Debian and Ubuntu, as root, installs them.
 * @throws {Explained} when they are missing; the message says how to get them
 */
export async function ensureDisplay() {
  const names = missing();
  if (names.length === 0) return;
  const system = distribution();
  const list = names.join(' and ');
  if (process.platform !== 'linux')
    throw new Explained(`These tests need a virtual display (${list}), which exists on Linux only.`);
  if ((system !== 'debian' && system !== 'ubuntu') || process.getuid?.() !== 0)
    throw new Explained(`These tests need ${list}: on Debian and Ubuntu, "sudo apt-get install ${names.join(' ')}".`);
  console.log(`Installing ${list} …`);
  await installPackages(names);
  if (missing().length > 0) throw new Explained(`${list} is still missing after its packages were installed.`);
}

/**
 * Starts a display of this size in pixels.
 * @param {{width: number, height: number}} size
 * @returns {Promise<Display>}
 */
export async function startDisplay({ width, height }) {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}.`)));
    server.stdio[3]?.once('data', (chunk) => resolve(String(chunk).trim()));
  });
  const name = `:${number}`;
  const environment = { ...process.env, DISPLAY: name };
  /** @param {readonly (string | number)[]} words */
  const xdotool = async (words) => {
    const { stdout } = await promisify(execFile)('xdotool', words.map(String), { env: environment });
    return stdout;
  };
  return {
    name,
    async input(...words) {
      await xdotool(words);
    },
    async windows() {
      const found = await xdotool(['search', '--onlyvisible', '--name', '']);
      return found.split('\n').filter(Boolean).length;
    },
    close: () => void server.kill(),
  };
}
