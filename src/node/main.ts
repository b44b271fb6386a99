/**
 * The main thread of `npm run graph`: runs the script, and stands still wherever the observer has to look. All that is
 * drawn is drawn by the observer, in a thread of its own, so that the script is found as it is.
 */
import { Console } from 'node:console';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
// The script may replace the global ones.
import process from 'node:process';
import { types } from 'node:util';
import { constants, Script } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { defaultSettings, parseSettings, type Settings, withSetting } from '../settings/settings.ts';
import { failuresAt, late, type ObserverData, type Stops, stopsScript, stopsUrl } from './observed.ts';
import { type GraphOptions, help, readOptions } from './options.ts';

function fail(message: string, code: number): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = code;
}

/** What the script threw and where, in a clause. Even what describes it may throw. */
function describe(thrown: unknown, file: string, shown: string): string {
  const text = (read: () => unknown): string => {
    try {
      const found = read();
      return typeof found === 'string' ? found : '';
    } catch {
      return '';
    }
  };
  if (!isError(thrown)) {
    const what = typeof thrown === 'object' && thrown !== null ? 'an object' : firstLine(String(thrown));
    return `${shown} threw ${typeof thrown === 'function' ? 'a function' : what}`;
  }
  const at = text(() => thrown.stack)
    .split(file, 2)[1]
    ?.match(/^:(\d+)/)?.[1];
  const what = [text(() => thrown.name), text(() => thrown.message)].filter(Boolean).join(': ') || 'an error';
  return `${shown}${at ? `:${at}` : ''} threw ${firstLine(what)}`;
}

/** `structuredClone` and others throw these. */
const { DOMException: OwnDOMException } = globalThis;

function isError(thrown: unknown): thrown is Error {
  return types.isNativeError(thrown) || (!types.isProxy(thrown) && thrown instanceof OwnDOMException);
}

function firstLine(text: string): string {
  return text.split('\n', 1).join('');
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

  // Standard output is for the counts.
  Object.defineProperty(process, 'stdout', { configurable: true, enumerable: true, get: () => process.stderr });
  globalThis.console = new Console(process.stderr, process.stderr);
  // The script may replace it.
  const { exit } = process;
  const { scriptEnded, leaving }: Stops = new Script(stopsScript, { filename: stopsUrl }).runInThisContext();
  const failures = new Int32Array(new SharedArrayBuffer(4));
  const data: ObserverData = { options, settings, ownUrl: import.meta.url, failures };
  const observer = new Worker(new URL('./observer.js', import.meta.url), { workerData: data });
  await new Promise((ready, broken) => observer.once('message', ready).once('error', broken));
  const complain = (message: string): void => {
    Atomics.add(failures, 0, 1);
    process.stderr.write(`${message}\n`);
  };
  observer.on('error', (error) => complain(`The observer broke: ${error.message}.`));
  observer.on('message', (message) => {
    if (message === late) exit(1);
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
  // Where the script has handlers of its own, these are none of ours.
  process.on('unhandledRejection', (reason) => {
    if (process.listenerCount('unhandledRejection') === 1) throw reason;
  });
  process.on('uncaughtException', (error) => {
    if (process.listenerCount('uncaughtException') > 1) return;
    complain(`${describe(error, file, options.file)}.`);
    exit(1);
  });
  let failure: { readonly thrown: unknown } | null = null;
  try {
    script.runInThisContext({ displayErrors: false });
  } catch (error) {
    failure = { thrown: error };
  }
  look();
  // To describe it may run the script's code, which must change nothing of what is drawn.
  if (failure) complain(`${describe(failure.thrown, file, options.file)}; what stands then is drawn.`);
  // A script may go on with timers, and stop in them.
  if (!options.stack) exit();
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
