/** `memory-graph record`: runs a script in this process while it is recorded, and writes what it did as a page or an animation. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import process from 'node:process';
import { defaultSettings } from '../../diagram/settings.ts';
import { type Film, filmOf } from '../../film/film.ts';
import { toFilmPage } from '../../film/film-page.ts';
import { toFilmSvg } from '../../film/film-svg.ts';
import { layoutInProcess } from '../../layout/in-process.ts';
import type { ActiveRecording } from '../../recording/active.ts';
import { analyze } from '../../recording/analysis.ts';
import { defaultBudget, recordedView, startRecording } from '../../recording/record.ts';
import type { Recording } from '../../recording/recording.ts';
import { sentence } from '../../transport/failure.ts';
import { connectInspector } from '../../transport/node-inspector.ts';
import type { ProtocolSession } from '../../transport/protocol.ts';
import { offerRequire } from '../script/entry.ts';
import { textMeasure } from '../text-measure.ts';
import type { RecordOptions } from './record-options.ts';

const patience = { deadline: 3_600_000 };

/** @param fail Prints one sentence and sets the exit code of the process. */
export async function recordScript(
  options: RecordOptions,
  fail: (message: string, code: number) => void,
): Promise<void> {
  const file = resolve(options.file);
  let source: string;
  try {
    source = readFileSync(file, 'utf8').replace(/^#!.*/, '');
  } catch {
    return fail(`${options.file} could not be read: name a script that exists.`, 2);
  }
  const range = rangeOf(source, options.function);
  if (typeof range === 'string') return fail(range, 1);
  const session = connectInspector('same');
  // Otherwise Node would end as soon as the script has nothing to do.
  const alive = setInterval(() => {}, 1000);
  const recording = await recorded(session, { file, source, range, options });
  await session.close();
  if (typeof recording === 'string' || recording.stops.length === 0) {
    clearInterval(alive);
    return fail(
      typeof recording === 'string'
        ? recording
        : `${options.function ?? options.file} did not run: there is nothing to draw.`,
      1,
    );
  }
  const film = await filmed(recording, options);
  clearInterval(alive);
  try {
    writeFileSync(
      resolve(options.out),
      options.format === 'html' ? toFilmPage(film) : toFilmSvg(film, options.theme, options.seconds),
    );
  } catch {
    return fail(`${options.out} could not be written: name a file in a folder that exists.`, 1);
  }
  process.stderr.write(`${summary(film, recording, options)}\n`);
}

type Range = { readonly start: number; readonly end: number } | null;

/** Where the function is; or a sentence that says why that is unknown. */
function rangeOf(source: string, name: string | null): Range | string {
  const analysis = analyze(source);
  if (!analysis) return 'The script does not parse, so it cannot be recorded.';
  if (name === null) return null;
  const found =
    analysis.functions.find((one) => one.name === name) ??
    analysis.functions.find((one) => one.name.endsWith(`.${name}`));
  return found ?? `There is no function ${name} in the script; those with a name are ${names(analysis.functions)}.`;
}

const names = (functions: readonly { readonly name: string }[]): string =>
  [...new Set(functions.map(({ name }) => name))].filter((name) => !name.startsWith('(')).join(', ') || 'none';

interface Run {
  readonly file: string;
  readonly source: string;
  readonly range: Range;
  readonly options: RecordOptions;
}

async function recorded(session: ProtocolSession, { file, source, range, options }: Run): Promise<Recording | string> {
  await session.send('Runtime.enable', undefined, patience);
  await session.send('Debugger.enable', {}, patience);
  const compiled = await session.send(
    'Runtime.compileScript',
    { expression: source, sourceURL: file, persistScript: true },
    patience,
  );
  const scriptId = compiled.ok ? compiled.value.scriptId : undefined;
  if (scriptId === undefined) return `${options.file} is no classic script: modules cannot be recorded yet.`;
  const started = await startRecording(session, {
    title: options.function === null ? basename(file) : `${options.function} in ${basename(file)}`,
    targets: [{ scriptId, url: basename(file), startLine: 0, startColumn: 0, sourceMapUrl: null, range }],
    context: null,
    budget: { ...defaultBudget, milliseconds: 60_000 },
    view: recordedView,
  });
  if (!started.ok) return sentence(started.failure);
  process.argv = [process.argv[0] ?? '', file, ...options.scriptArguments];
  offerRequire(file);
  return finished(started.value, session, scriptId);
}

/** Runs the script, and waits until nothing is pending. */
async function finished(active: ActiveRecording, session: ProtocolSession, scriptId: string): Promise<Recording> {
  const ran = await session.send('Runtime.runScript', { scriptId, silent: true }, patience);
  if (ran.ok && ran.value.exceptionDetails)
    process.stderr.write(`The script threw: ${ran.value.exceptionDetails.exception?.description ?? 'a value'}\n`);
  await idle();
  return active.stop();
}

/** Milliseconds for which a script may go on with timers and requests. */
const longest = 10_000;
/** What Node has open for a process that does nothing. */
const ownResources: ReadonlySet<string> = new Set(['TTYWrap', 'PipeWrap', 'MessagePort']);

/** Resolves when nothing is pending but this. */
async function idle(): Promise<void> {
  const began = performance.now();
  let pending = 1;
  while (pending > 0 && performance.now() - began < longest) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    pending = process.getActiveResourcesInfo().filter((one) => !ownResources.has(one)).length - 1;
  }
}

function filmed(recording: Recording, options: RecordOptions): Promise<Film> {
  const settings = { ...defaultSettings, amount: 'all' } as const;
  return filmOf(
    recording,
    {
      settings,
      async lay(diagram, previous) {
        const outcome = await layoutInProcess(diagram, textMeasure, 'full', previous);
        if (!outcome.ok) throw new Error(outcome.message);
        return outcome.placed;
      },
    },
    { pictures: options.steps, values: options.values, changesOnly: options.format === 'svg' },
  );
}

function summary(film: Film, recording: Recording, { out, values }: RecordOptions): string {
  const kept =
    film.left > 0 ? `; ${film.left} of ${recording.stops.length} stops are left out, --steps keeps more` : '';
  const why =
    recording.end === 'stopped' || recording.end === '' ? '' : `, until the budget of ${recording.end} was used up`;
  const shares = values
    ? 'It has the code and the values of its variables in it; --no-values leaves the values out.'
    : 'It has the code in it, without values.';
  return `${out} has ${film.steps.length} steps${why}${kept}. ${shares}`;
}
