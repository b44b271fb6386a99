// @ts-check
/**
 * Installs the packages that package-lock.json names, when they are missing or of another version. Must not need any
 * of them itself, and never changes package-lock.json.
 */
import { existsSync, readFileSync } from 'node:fs';
import { Explained, projectRoot, run } from './run.mjs';

/** First minor version of each major one on which Vite runs; majors above these all do. */
const firstMinor = new Map([
  [20, 19],
  [21, Number.POSITIVE_INFINITY],
  [22, 12],
]);

/**
 * @typedef {{version?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[]}} LockedPackage
 */

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage>}
 */
function lockedPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}

/**
 * Whether node_modules has what package-lock.json lists. npm keeps its own record of what it installed there.
 * @param {string} folder of both
 */
function upToDate(folder) {
  const record = `${folder}/node_modules/.package-lock.json`;
  if (!existsSync(record)) return false;
  const installed = lockedPackages(record);
  return Object.entries(lockedPackages(`${folder}/package-lock.json`)).every(([path, wanted]) => {
    if (path === '') return true;
    const present = installed[path];
    // The lock file also names packages for other systems, which are rightly absent.
    if (!present) return wanted.optional === true && !forThisSystem(wanted);
    return present.version === wanted.version && existsSync(`${folder}/${path}/package.json`);
  });
}

/** @param {LockedPackage} wanted */
function forThisSystem({ os, cpu, libc }) {
  if (!os && !cpu) return false;
  if (os && !os.includes(process.platform)) return false;
  if (cpu && !cpu.includes(process.arch)) return false;
  return !libc || libc.includes(existsSync('/etc/alpine-release') ? 'musl' : 'glibc');
}

/**
 * Installs what is missing, and says so, because it takes a while.
 * @param {string} [folder] of package-lock.json
 * @throws {Explained} when Node is too old or npm fails
 */
export async function ensurePackages(folder = projectRoot) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || minor < (firstMinor.get(major) ?? 0)) {
    throw new Explained(
      `Node ${process.versions.node} cannot run the build tools; install Node 20.19, 22.12 or newer from https://nodejs.org.`,
    );
  }
  if (upToDate(folder)) return;
  console.log('Installing packages …');
  const parameters = ['ci', `--prefix=${folder}`, '--no-audit', '--no-fund', '--loglevel=error'];
  // npm tells its scripts the path of npm. Run that same npm with Node, because npm.cmd needs a shell on Windows.
  const npm = process.env.npm_execpath;
  const code =
    npm && /\.[cm]?js$/.test(npm)
      ? await run(process.execPath, [npm, ...parameters], { quiet: true })
      : await run('npm', parameters, { quiet: true });
  if (code !== 0) throw new Explained('The packages could not be installed; the messages of npm above say why.');
}
