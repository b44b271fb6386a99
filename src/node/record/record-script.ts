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
import { say, sayList } from '../../words/say.ts';
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
    return fail(say('node_noScriptFile', { file: options.file }), 2);
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
      typeof recording === 'string' ? recording : say('node_recordNotRun', { what: options.function ?? options.file }),
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
    return fail(say('node_unwritable', { file: options.out }), 1);
  }
  process.stderr.write(`${summary(film, recording, options)}\n`);
}

type Range = { readonly start: number; readonly end: number } | null;

/** Where the function is; or a sentence that says why that is unknown. */
function rangeOf(source: string, name: string | null): Range | string {
  const analysis = analyze(source);
  if (!analysis) return say('node_recordUnparsed');
  if (name === null) return null;
  const found =
    analysis.functions.find((one) => one.name === name) ??
    analysis.functions.find((one) => one.name.endsWith(`.${name}`));
  if (found) return found;
  const names = new Set(analysis.functions.map((one) => one.name).filter((one) => !one.startsWith('(')));
  return names.size === 0
    ? say('node_recordNoFunctions', { name })
    : say('node_recordNoFunction', { name, names: sayList([...names]) });
}

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
  if (scriptId === undefined) return say('node_recordModule', { file: options.file });
  const started = await startRecording(session, {
    title:
      options.function === null
        ? basename(file)
        : say('node_recordTitle', { name: options.function, file: basename(file) }),
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
  if (ran.ok && ran.value.exceptionDetails) {
    const what = ran.value.exceptionDetails.exception?.description ?? say('node_aValue');
    process.stderr.write(`${say('node_recordThrew', { what })}\n`);
  }
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
  const { end, stops } = recording;
  return [
    say('node_recordSteps', { file: out, count: film.steps.length }),
    ...(end === 'stopped' || end === '' ? [] : [say('node_recordEnded', { end })]),
    ...(film.left > 0 ? [say('node_recordLeft', { left: film.left, all: stops.length })] : []),
    say(values ? 'node_recordHasValues' : 'node_recordNoValues'),
  ].join(' ');
}
