/**
 * The main thread of `npm run graph`: runs the script, and pauses wherever the observer has to read. The observer draws in a
 * thread of its own, so that drawing does not change the script's state.
 */
import { Console } from 'node:console';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
// The script may replace the global ones.
import process from 'node:process';
import { Script } from 'node:vm';
import { Worker } from 'node:worker_threads';
import type { Settings } from '../../settings/settings.ts';
import { say } from '../../words/say.ts';
import type { GraphOptions } from '../options.ts';
import { describeThrown } from './describe-thrown.ts';
import { type Entry, loadTrouble, offerRequire, readEntry } from './entry.ts';
import { failuresAt, late, type ObserverData, type Stops, stopsScript, stopsUrl } from './observed.ts';

/** @param fail Prints one sentence and sets the exit code of the process. */
export async function runScript(
  options: GraphOptions,
  settings: Settings,
  fail: (message: string, code: number) => void,
): Promise<void> {
  const file = resolve(options.file);
  let source: string;
  try {
    source = readFileSync(file, 'utf8');
  } catch {
    return fail(say('node_noScriptFile', { file: options.file }), 2);
  }
  const entry = readEntry(file, source, options.file);
  if (entry.sort === 'broken') return fail(entry.reason, 1);

  // Standard output belongs to the counts.
  Object.defineProperty(process, 'stdout', { configurable: true, enumerable: true, get: () => process.stderr });
  globalThis.console = new Console(process.stderr, process.stderr);
  process.argv = [process.argv[0] ?? '', file, ...options.scriptArguments];
  if (entry.sort === 'script') offerRequire(file);
  // The script may replace it.
  const { exit } = process;
  const { scriptEnded, leaving }: Stops = new Script(stopsScript, { filename: stopsUrl }).runInThisContext();
  const failures = new Int32Array(new SharedArrayBuffer(4));
  const complain = (message: string): void => {
    Atomics.add(failures, 0, 1);
    process.stderr.write(`${message}\n`);
  };
  const end = entry.sort === 'module' ? entry.end : null;
  await startObserver({ options, settings, ownUrl: import.meta.url, failures, end }, complain, () => exit(1));

  let ended = false;
  const endOnce = (): void => {
    if (ended) return;
    ended = true;
    scriptEnded();
  };
  process.on('exit', (code) => {
    endOnce();
    leaving();
    if (code === 0 && failuresAt(failures) > 0) process.exitCode = 1;
  });
  // A rejection that the script handles itself is not ours to report.
  process.on('unhandledRejection', (reason) => {
    if (process.listenerCount('unhandledRejection') === 1) throw reason;
  });
  process.on('uncaughtException', (error) => {
    if (process.listenerCount('uncaughtException') > 1) return;
    complain(say('node_threw', { ...describeThrown(error, file, options.file) }));
    exit(1);
  });
  const failure = entry.sort === 'module' ? await importModule(entry.end.url) : run(entry.script);
  endOnce();
  // Describing it may run the script's code, so it comes after drawing.
  if (failure) complain(troubleOf(failure.thrown, file, options.file, entry));
  // With stops requested, a script may go on with timers and stop in them.
  if (!options.stack && options.at.length === 0) exit();
}

/** Resolves when the observer is ready for the script. */
async function startObserver(data: ObserverData, complain: (message: string) => void, end: () => void): Promise<void> {
  const observer = new Worker(new URL('./observer.js', import.meta.url), { workerData: data });
  await new Promise((ready, broken) => observer.once('message', ready).once('error', broken));
  observer.on('error', (error) => complain(say('node_observerBroke', { message: error.message })));
  observer.on('message', (message) => {
    if (message === late) end();
  });
  observer.unref();
}

type Thrown = { readonly thrown: unknown };

function run(script: Script): Thrown | null {
  try {
    script.runInThisContext({ displayErrors: false });
    return null;
  } catch (thrown) {
    return { thrown };
  }
}

const importModule = (url: string): Promise<Thrown | null> =>
  import(/* @vite-ignore */ url).then(
    () => null,
    (thrown: unknown) => ({ thrown }),
  );

function troubleOf(thrown: unknown, file: string, shown: string, { sort }: Entry): string {
  const trouble = loadTrouble(thrown, shown);
  if (trouble !== null) return trouble;
  return say(sort === 'module' ? 'node_threwGone' : 'node_threwDrawn', { ...describeThrown(thrown, file, shown) });
}
