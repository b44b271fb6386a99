/** The command line of `npm run graph`, read and checked. Touches no file and prints nothing. */
import type { Theme } from '../drawing/theme.ts';

export type FileFormat = 'svg' | 'dot' | 'json';

export interface GraphOptions {
  /** The script, as given. */
  readonly file: string;
  /** Expressions, evaluated where the script ended; drawn as one graph. */
  readonly roots: readonly string[];
  /** Draw the script's own top-level variables. */
  readonly scope: boolean;
  /** Draw the call stack at each `debugger` statement. */
  readonly stack: boolean;
  /** `named`: by the person; else by the script's name, and the person has to be told. */
  readonly out: { readonly path: string; readonly format: FileFormat; readonly named: boolean } | null;
  readonly stats: boolean;
  /** No slicing, no limits. */
  readonly full: boolean;
  readonly theme: Theme;
  /** A file of settings, as the panel exports them. */
  readonly settingsFile: string | null;
  /** Single settings on top of it: the path, and the value as JSON. */
  readonly changes: readonly { readonly path: string; readonly value: unknown }[];
  /** Milliseconds that the script may run. */
  readonly timeout: number;
}

export type ReadOptions =
  | { readonly kind: 'run'; readonly options: GraphOptions }
  | { readonly kind: 'help' }
  /** `message` is one sentence for the person. */
  | { readonly kind: 'wrong'; readonly message: string };

export const help = `Runs a classic script, as a page would, and draws its objects as boxes and arrows.

  npm run graph -- FILE.js [options]     in the project
  memory-graph FILE.js [options]         where the package is installed

  --root EXPRESSION  draw what the expression gives where the script ended; its top-level let, const
                     and class are in reach. Give it several times for several names in one graph
  --scope            draw the script's own top-level variables as one box (the default)
  --stack            draw the whole call stack at each debugger statement, a picture a stop
  --out FILE         where to: FILE.svg, FILE.dot or FILE.json; several pictures become FILE-1.svg, FILE-2.svg, …
                     (default, unless --stats is given: the script's name with .svg, in the current folder)
  --stats            print one line of JSON a picture: {"nodes":5,"edges":4,"shared":0}
  --full             everything: no slicing of long lists, no limit of depth, objects, calls or time
  --settings FILE    settings as the panel exports them
  --set PATH=VALUE   one setting, such as --set drawing.primitives.asBoxes=true; as often as wanted
  --theme THEME      light (the default) or dark
  --timeout SECONDS  how long the script may run, 10 unless given; then what stands is drawn
  --help             this

What the script prints goes to standard error; npm's own lines go away with npm run --silent graph. The exit code is 0
when all that was asked for is drawn, 1 when the script or a root failed, 2 when the command could not be understood.
`;

const defaultTimeout = 10_000;
const optionNames: ReadonlySet<string> = new Set(help.match(/--[a-z]+(?= )/g));

/** `--full=false` must not turn it on. */
const withoutValue: ReadonlySet<string> = new Set(['--help', '-h', '--scope', '--stack', '--stats', '--full']);

/** `parameters` are those of the process, without Node and the script that was started. */
export function readOptions(parameters: readonly string[]): ReadOptions {
  const roots: string[] = [];
  const files: string[] = [];
  const flags = { scope: false, stack: false, stats: false, full: false };
  let out: GraphOptions['out'] = null;
  let theme: Theme = 'light';
  let settingsFile: string | null = null;
  const changes: { path: string; value: unknown }[] = [];
  let timeout = defaultTimeout;
  const wrong = (message: string): ReadOptions => ({ kind: 'wrong', message });

  for (let index = 0; index < parameters.length; index += 1) {
    const parameter = parameters[index] ?? '';
    if (parameter === '--') {
      files.push(...parameters.slice(index + 1));
      break;
    }
    if (!parameter.startsWith('-')) {
      files.push(parameter);
      continue;
    }
    const equals = parameter.indexOf('=');
    const name = equals < 0 ? parameter : parameter.slice(0, equals);
    const value = (): string | null => {
      if (equals >= 0) return parameter.slice(equals + 1);
      const next = parameters[index + 1];
      // What follows an option without its value is the next option.
      if (next === undefined || optionNames.has(next)) return null;
      index += 1;
      return next;
    };
    if (equals >= 0 && withoutValue.has(name)) return wrong(`${name} takes no value: give it or leave it out.`);
    switch (name) {
      case '--help':
      case '-h':
        return { kind: 'help' };
      case '--scope':
        flags.scope = true;
        break;
      case '--stack':
        flags.stack = true;
        break;
      case '--stats':
        flags.stats = true;
        break;
      case '--full':
        flags.full = true;
        break;
      case '--root': {
        const expression = value();
        if (!expression?.trim()) return wrong('--root needs an expression, such as --root "data.items".');
        roots.push(expression.trim());
        break;
      }
      case '--out': {
        const path = value() ?? '';
        const format = formatOf(path);
        if (!format) return wrong('--out needs a file whose name ends in .svg, .dot or .json.');
        out = { path, format, named: true };
        break;
      }
      case '--theme': {
        const given = value();
        if (given !== 'light' && given !== 'dark') return wrong('--theme is light or dark.');
        theme = given;
        break;
      }
      case '--settings':
        settingsFile = value();
        if (settingsFile === null) return wrong('--settings needs a file, such as one that the panel exports.');
        break;
      case '--set': {
        const [, path, json] = /^([^=]+)=(.*)$/s.exec(value() ?? '') ?? [];
        if (path === undefined || json === undefined) {
          return wrong('--set needs a path and a value, such as --set drawing.primitives.asBoxes=true.');
        }
        changes.push({ path, value: parsed(json) });
        break;
      }
      case '--timeout': {
        const seconds = Number(value() ?? Number.NaN);
        if (!(seconds > 0 && seconds <= 86_400))
          return wrong('--timeout is a number of seconds, above 0 and up to 86400.');
        timeout = seconds * 1000;
        break;
      }
      default:
        return wrong(`There is no option ${name}; --help lists those that there are.`);
    }
  }
  const [file] = files;
  if (file === undefined) return wrong('Name the script to run: npm run graph -- FILE.js; --help says more.');
  if (files.length > 1) return wrong(`One script at a time: ${files.join(', ')} were given.`);
  const { scope, stack, stats, full } = flags;
  return {
    kind: 'run',
    options: {
      file,
      roots,
      scope: scope || (!stack && roots.length === 0),
      stack,
      out: out ?? (stats ? null : { path: `${stem(file)}.svg`, format: 'svg', named: false }),
      stats,
      full,
      theme,
      settingsFile,
      changes,
      timeout,
    },
  };
}

/** A value as JSON; a word that is none stands for itself, so that a shell needs no quotes in quotes. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

/** The format that a file name's ending stands for, or null. */
export function formatOf(path: string): FileFormat | null {
  const ending = /[^/\\]\.(svg|dot|gv|json)$/i.exec(path)?.[1]?.toLowerCase();
  switch (ending) {
    case 'svg':
    case 'json':
    case 'dot':
      return ending;
    case 'gv':
      return 'dot';
    default:
      return null;
  }
}

/** The file's name without folders and ending. */
function stem(file: string): string {
  const name = file.replace(/^.*[/\\]/, '');
  return name.replace(/\.[cm]?js$/i, '') || name;
}
