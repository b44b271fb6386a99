/**
 * The main thread of `npm run graph`: runs the script, and stands still wherever the observer has to look. All that is
 * drawn is drawn by the observer, in a thread of its own, so that the script is found as it is.
 */
import { Console } from 'node:console';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { constants, Script } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { defaultSettings, parseSettings, type Settings, withSetting } from '../settings/settings.ts';
import { failuresAt, late, type ObserverData } from './observed.ts';
import { type GraphOptions, help, readOptions } from './options.ts';

// The observer knows these two by their names: a `debugger` statement in them is no stop of the script's.

/** The script's last statement has run. */
function scriptEnded(): void {
  // biome-ignore lint/suspicious/noDebugger: the observer reads the script's variables while this stands still
  debugger;
}

/** The process ends: the observer disconnects, or Node would wait for it. */
function leaving(): void {
  // biome-ignore lint/suspicious/noDebugger: see scriptEnded
  debugger;
}

function fail(message: string, code: number): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = code;
}

/** What was thrown and where, in one sentence. */
function describe(error: unknown, file: string, shown: string): string {
  const { name, message, stack } = error instanceof Error ? error : { name: '', message: String(error), stack: '' };
  const text = [name, message].filter(Boolean).join(': ');
  const at = stack?.split(file, 2)[1]?.match(/^:(\d+)/)?.[1];
  return `${shown}${at ? `:${at}` : ''} threw ${text.split('\n', 1).join('')}`;
}

/** The settings that were asked for, or the sentence that says what is wrong with them. */
function settingsOf({ settingsFile, changes }: GraphOptions): Settings | string {
  let settings = defaultSettings;
  if (settingsFile !== null) {
    let text: string;
    try {
      text = readFileSync(settingsFile, 'utf8');
    } catch {
      return `${settingsFile} could not be read: name a file of settings that exists.`;
    }
    const read = parseSettings(text);
    const [problem] = read.problems;
    if (problem) return `${[settingsFile, problem.path].filter(Boolean).join(': ')} ${problem.message}.`;
    settings = read.settings;
  }
  for (const { path, value } of changes) {
    const changed = withSetting(settings, path, value);
    if (!changed.ok) return `The setting ${path} ${changed.message}.`;
    settings = changed.settings;
  }
  return settings;
}

async function runScript(options: GraphOptions): Promise<void> {
  const settings = settingsOf(options);
  if (typeof settings === 'string') return fail(settings, 2);
  const file = resolve(options.file);
  let source: string;
  try {
    source = readFileSync(file, 'utf8')
      .replace(/^\ufeff/, '')
      .replace(/^#!.*/, '');
  } catch {
    return fail(`${options.file} could not be read: name a script that exists.`, 2);
  }
  let script: Script;
  try {
    const importModuleDynamically = constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER;
    script = new Script(source, { filename: file, ...(importModuleDynamically ? { importModuleDynamically } : {}) });
  } catch (error) {
    const line = error instanceof Error ? error.stack?.match(/:(\d+)\n/)?.[1] : undefined;
    const reason = error instanceof Error ? error.message : String(error);
    return fail(`${options.file}${line ? `:${line}` : ''} does not parse as a classic script: ${reason}.`, 1);
  }

  const failures = new Int32Array(new SharedArrayBuffer(4));
  const data: ObserverData = { options, settings, ownUrl: import.meta.url, failures };
  const observer = new Worker(new URL('./observer.js', import.meta.url), { workerData: data });
  await new Promise((ready, broken) => observer.once('message', ready).once('error', broken));
  observer.on('error', (error) => fail(`The observer broke: ${error.message}.`, 1));
  observer.on('message', (message) => {
    if (message !== late) return;
    fail(`${options.file} ran for more than ${options.timeout / 1000} s; what stands then is drawn.`, 1);
    process.exit();
  });
  observer.unref();

  let looked = false;
  const look = (): void => {
    if (looked) return;
    looked = true;
    scriptEnded();
  };
  process.on('exit', (code) => {
    look();
    leaving();
    if (code === 0 && failuresAt(failures) > 0) process.exitCode = 1;
  });
  process.on('uncaughtException', (error) => {
    fail(`${describe(error, file, options.file)}.`, 1);
    process.exit();
  });
  // Standard output is for the counts.
  globalThis.console = new Console(process.stderr, process.stderr);
  try {
    script.runInThisContext({ displayErrors: false });
  } catch (error) {
    fail(`${describe(error, file, options.file)}; what stands then is drawn.`, 1);
  }
  look();
  // A script may go on with timers, and stop in them.
  if (!options.stack) process.exit();
}

const read = readOptions(process.argv.slice(2));
switch (read.kind) {
  case 'help':
    process.stdout.write(help);
    break;
  case 'wrong':
    fail(read.message, 2);
    break;
  case 'run':
    await runScript(read.options);
    break;
}
