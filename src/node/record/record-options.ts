/** Reads and checks the command line of `memory-graph record`. Touches no file and prints nothing. */
import type { Theme } from '../../drawing/palettes.ts';

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

export const recordHelp = `Runs a script, records it without stopping it, and makes a page or an animation of what its objects do.

  memory-graph record FILE [options] [-- arguments of the script]

  --function NAME   record only this function, such as insert or Tree.insert; without it all of the script
  --out FILE        FILE.html is a page with a slider and the code, for anybody, without a network (the default:
                    the script's name with .html); FILE.svg plays by itself, also in the README of a repository
  --steps NUMBER    how many different pictures are kept, 300 for a page and 20 for an animation unless given
  --no-values       names and structure, without what texts and numbers are
  --theme THEME     light or dark; without it the reader's
  --seconds NUMBER  how long an animation shows a step, 1 unless given
  --help            this

FILE is a classic script, which finds require. The file has the script's code in it, and the values of its variables.
`;

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
    else if (!withValue.has(name))
      return wrong(`There is no option ${name}; record --help lists those that there are.`);
    else {
      if (behind.length === 0) index += 1;
      const value = behind.length > 0 ? behind.join('=') : parameters[index];
      if (value === undefined || value === '') return wrong(`${name} needs a value; record --help says which.`);
      given.set(name, value);
    }
  }
  const [file] = files;
  if (file === undefined || files.length > 1) return wrong('Name one script: memory-graph record FILE.js.');
  const out = given.get('--out') ?? `${file.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '')}.html`;
  const [, format] = /\.(html|svg)$/.exec(out) ?? [];
  if (format !== 'html' && format !== 'svg') return wrong('--out needs a file whose name ends in .html or .svg.');
  const theme = given.get('--theme') ?? null;
  if (theme !== null && theme !== 'light' && theme !== 'dark') return wrong('--theme is light or dark.');
  const steps = Number(given.get('--steps') ?? (format === 'svg' ? 20 : 300));
  if (!Number.isInteger(steps) || steps < 1 || steps > 10_000) return wrong('--steps is a number from 1 to 10000.');
  const seconds = Number(given.get('--seconds') ?? 1);
  if (!(seconds > 0 && seconds <= 60)) return wrong('--seconds is a number above 0 and up to 60.');
  const values = !given.has('--no-values');
  const name = given.get('--function') ?? null;
  const options = { file, scriptArguments: rest, function: name, out, format, steps, values, theme, seconds } as const;
  return { kind: 'record', options };
}
