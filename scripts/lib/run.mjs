// @ts-check
/**
 * Runs other programs for the scripts, and says in one sentence what went wrong. Must not need any installed package, because
 * it runs before there are any.
 */
import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The project's folder, without a trailing separator. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** A failure whose message is a sentence for the user; no stack is printed for it. */
export class Explained extends Error {}

/**
 * Runs a program in the project's folder to its end. With `quiet`, its output is held back and shown only when it
 * fails; with `input: 'none'` it cannot wait for a keyboard.
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{quiet?: boolean, environment?: Readonly<Record<string, string>>}} [options]
 * @returns {Promise<number>} the exit code; a signal counts as 1
 */
export function run(command, parameters, { quiet = false, environment = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      cwd: projectRoot,
      env: { ...process.env, ...environment },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    /** @type {Buffer[]} */
    const output = [];
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) process.stderr.write(Buffer.concat(output));
      resolve(code ?? 1);
    });
  });
}

/**
 * Runs a command-line tool of an installed package with this same Node.
 * @param {string} script path below node_modules
 * @param {readonly string[]} parameters
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runTool(script, parameters, options) {
  return run(process.execPath, [`${projectRoot}/node_modules/${script}`, ...parameters], options);
}

/**
 * Builds the extension into dist/.
 * @returns {Promise<string>} the folder
 */
export async function buildExtension() {
  const code = await runTool('vite/bin/vite.js', ['build', '--logLevel', 'warn'], { quiet: true });
  if (code !== 0) throw new Explained('The extension did not build; the messages above say why.');
  return `${projectRoot}/dist`;
}

/** When the sources of the command for Node last changed, in milliseconds since 1970. @returns {number} */
function newestSource() {
  const roots = ['src', 'package-lock.json', 'vite.config.ts', 'vite.node.config.ts'].map(
    (path) => `${projectRoot}/${path}`,
  );
  return roots
    .flatMap((path) => [
      path,
      ...(statSync(path).isDirectory() ? readdirSync(path, { recursive: true }) : []).map((name) => `${path}/${name}`),
    ])
    .reduce((newest, path) => Math.max(newest, statSync(path).mtimeMs), 0);
}

/**
 * Builds what runs in Node into dist-node/, unless it exists and is newer than its sources.
 * @returns {Promise<string>} the folder
 */
export async function buildNode() {
  const folder = `${projectRoot}/dist-node`;
  const built = statSync(`${folder}/graph.js`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built > newestSource()) return folder;
  const code = await runTool('vite/bin/vite.js', ['build', '--config', 'vite.node.config.ts', '--logLevel', 'warn'], {
    quiet: true,
  });
  if (code !== 0) throw new Explained('The command did not build; the messages above say why.');
  return folder;
}

/**
 * Runs a script's main function; an `Explained` failure is printed as its sentence alone.
 * @param {() => Promise<number>} main resolves to the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    explain(error);
  }
}

/**
 * Says why a script failed, and makes it end with 1.
 * @param {unknown} error
 */
export function explain(error) {
  console.error(error instanceof Explained ? error.message : error);
  process.exitCode = 1;
}
