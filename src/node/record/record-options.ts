/** Reads and checks the command line of `memory-graph record`. Touches no file and prints nothing. */
import type { Theme } from '../../drawing/palettes.ts';
import { say } from '../../words/say.ts';

export interface RecordOptions {
  readonly file: string;
  readonly scriptArguments: readonly string[];
  /** The function that is recorded; null for the whole script. */
  readonly function: string | null;
  readonly out: string;
  readonly format: 'html' | 'svg';
  /** The number of different pictures that are kept. */
  readonly steps: number;
  readonly values: boolean;
  /** Null: that of the reader. */
  readonly theme: Theme | null;
  /** Seconds for which a step of an animated SVG is shown. */
  readonly seconds: number;
}

export type ReadRecordOptions =
  | { readonly kind: 'record'; readonly options: RecordOptions }
  | { readonly kind: 'help' }
  /** One sentence for the user. */
  | { readonly kind: 'wrong'; readonly message: string };

const wrong = (message: string): ReadRecordOptions => ({ kind: 'wrong', message });
const withValue: ReadonlySet<string> = new Set(['--function', '--out', '--steps', '--theme', '--seconds']);

/** @param parameters Those behind `record`. */
export function readRecordOptions(parameters: readonly string[]): ReadRecordOptions {
  const given = new Map<string, string>();
  const files: string[] = [];
  let rest: readonly string[] = [];
  for (let index = 0; index < parameters.length; index += 1) {
    const parameter = parameters[index] ?? '';
    if (parameter === '--') {
      rest = parameters.slice(index + 1);
      break;
    }
    if (parameter === '--help' || parameter === '-h') return { kind: 'help' };
    const [name = '', ...behind] = parameter.split('=');
    if (!parameter.startsWith('-')) files.push(parameter);
    else if (parameter === '--no-values') given.set(parameter, '');
    else if (!withValue.has(name)) return wrong(say('node_recordNoOption', { option: name }));
    else {
      if (behind.length === 0) index += 1;
      const value = behind.length > 0 ? behind.join('=') : parameters[index];
      if (value === undefined || value === '') return wrong(say('node_recordNeedsValue', { option: name }));
      given.set(name, value);
    }
  }
  const [file] = files;
  if (file === undefined || files.length > 1) return wrong(say('node_recordOneScript'));
  const out = given.get('--out') ?? `${file.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '')}.html`;
  const [, format] = /\.(html|svg)$/.exec(out) ?? [];
  if (format !== 'html' && format !== 'svg') return wrong(say('node_recordNeedsOut'));
  const theme = given.get('--theme') ?? null;
  if (theme !== null && theme !== 'light' && theme !== 'dark') return wrong(say('node_needsTheme'));
  const steps = Number(given.get('--steps') ?? (format === 'svg' ? 20 : 300));
  if (!Number.isInteger(steps) || steps < 1 || steps > 10_000) return wrong(say('node_recordNeedsSteps'));
  const seconds = Number(given.get('--seconds') ?? 1);
  if (!(seconds > 0 && seconds <= 60)) return wrong(say('node_recordNeedsSeconds'));
  const values = !given.has('--no-values');
  const name = given.get('--function') ?? null;
  const options = { file, scriptArguments: rest, function: name, out, format, steps, values, theme, seconds } as const;
  return { kind: 'record', options };
}
