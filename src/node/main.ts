/**
 * The command `memory-graph`: reads the command line and starts what draws. The observer (run-script.ts) draws a script,
 * inspect.ts a running process.
 */

import { readFileSync } from 'node:fs';
import process from 'node:process';
import { defaultSettings, parseSettings, type Settings, withSetting } from '../settings/settings.ts';
import { say } from '../words/say.ts';
import { inspect } from './inspect.ts';
import { type OutputOptions, readOptions } from './options.ts';
import { readRecordOptions } from './record/record-options.ts';
import { recordScript } from './record/record-script.ts';
import { runScript } from './script/run-script.ts';

function fail(message: string, code: number): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = code;
}

/** The requested settings, or a sentence that says what is wrong with them. */
function settingsOf({ settingsFile, changes }: OutputOptions): Settings | string {
  let settings = defaultSettings;
  if (settingsFile !== null) {
    let text: string;
    try {
      text = readFileSync(settingsFile, 'utf8');
    } catch {
      return say('node_noSettingsFile', { file: settingsFile });
    }
    const read = parseSettings(text);
    const [problem] = read.problems;
    if (problem)
      return say('setting_problem', {
        path: [settingsFile, problem.path].filter(Boolean).join(': '),
        message: problem.message,
      });
    settings = read.settings;
  }
  for (const { path, value } of changes) {
    const changed = withSetting(settings, path, value);
    if (!changed.ok) return say('setting_problem', { path, message: changed.message });
    settings = changed.settings;
  }
  return settings;
}

async function record(parameters: readonly string[]): Promise<void> {
  const read = readRecordOptions(parameters);
  if (read.kind === 'help') process.stdout.write(`${say('node_recordHelp')}\n`);
  else if (read.kind === 'wrong') fail(read.message, 2);
  else await recordScript(read.options, fail);
}

const [first, ...others] = process.argv.slice(2);
const read = first === 'record' ? null : readOptions(process.argv.slice(2));
switch (read?.kind) {
  case undefined:
    await record(others);
    break;
  case 'help':
    process.stdout.write(`${say('node_help', { counts: JSON.stringify({ nodes: 5, edges: 4, shared: 0 }) })}\n`);
    break;
  case 'wrong':
    fail(read.message, 2);
    break;
  case 'run': {
    const settings = settingsOf(read.options);
    if (typeof settings === 'string') fail(settings, 2);
    else await runScript(read.options, settings, fail);
    break;
  }
  case 'inspect': {
    const settings = settingsOf(read.options);
    if (typeof settings === 'string') fail(settings, 2);
    else await inspect(read.options, settings, fail);
    break;
  }
}
