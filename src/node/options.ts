/** Reads and checks the command line of `npm run graph`. Touches no file and prints nothing. */
import type { Theme } from '../drawing/palettes.ts';

export type FileFormat = 'svg' | 'dot' | 'json';

/** What is drawn and where it is written, for any source. */
export interface OutputOptions {
  /** `named`: the user named the file. Otherwise it has the script's name, and the command must say so. */
  readonly out: { readonly path: string; readonly format: FileFormat; readonly named: boolean } | null;
  readonly stats: boolean;
  /** No slicing, no limits. */
  readonly full: boolean;
  readonly theme: Theme;
  /** A settings file, as the panel exports it. */
  readonly settingsFile: string | null;
  /** Single settings that override it: the path, and the value as JSON. */
  readonly changes: readonly { readonly path: string; readonly value: unknown }[];
}

/** A line of a file, counted from 1. */
export interface LineOfFile {
  readonly file: string;
  readonly line: number;
}

export interface GraphOptions extends OutputOptions {
  /** The script, as the user wrote it. */
  readonly file: string;
  /** The arguments after the script's own name in its `process.argv`. */
  readonly scriptArguments: readonly string[];
  /** Expressions, evaluated at the end of the script and drawn as one graph. */
  readonly roots: readonly string[];
  /** Draw the script's own top-level variables. */
  readonly scope: boolean;
  /** Draw the call stack at each `debugger` statement. */
  readonly stack: boolean;
  /** Draw the call stack whenever one of these lines is reached. */
  readonly at: readonly LineOfFile[];
  /** Milliseconds that the script may run. */
  readonly timeout: number;
}

export interface InspectOptions extends OutputOptions {
  readonly host: string;
  readonly port: number;
  /** Expressions, evaluated in the process's global scope and drawn as one graph. */
  readonly roots: readonly string[];
}

export type ReadOptions =
  | { readonly kind: 'run'; readonly options: GraphOptions }
  | { readonly kind: 'inspect'; readonly options: InspectOptions }
  | { readonly kind: 'help' }
  /** `message` is one sentence for the user. */
  | { readonly kind: 'wrong'; readonly message: string };

export const help = `Runs a script or module, or attaches to a running process, and draws its objects as boxes and arrows.

  npm run graph -- FILE [options] [-- arguments of the script]       in the project
  memory-graph FILE [options] [-- arguments of the script]           where the package is installed
  memory-graph --inspect HOST:PORT EXPRESSION [options]              a process that was started with --inspect

  --root EXPRESSION  draw what the expression gives where the script ended; its top-level let, const
                     and class are in reach. Give it several times for several names in one graph
  --scope            draw the script's own top-level variables as one box (the default)
  --stack            draw the whole call stack at each debugger statement, a picture a stop
  --at FILE:LINE     draw the whole call stack whenever this line is reached; as often as wanted
  --inspect PORT     attach to a Node process on this machine (or HOST:PORT) and draw what the expressions give there;
                     it stands still while it is read, for at most the time limit of the settings
  --out FILE         where to: FILE.svg, FILE.dot or FILE.json; several pictures become FILE-1.svg, FILE-2.svg, …
                     (default, unless --stats is given: the script's name with .svg, in the current folder)
  --stats            print one line of JSON a picture: {"nodes":5,"edges":4,"shared":0}
  --full             everything: no slicing of long lists, no limit of depth, objects, calls or time
  --settings FILE    settings as the panel exports them
  --set PATH=VALUE   one setting, such as --set drawing.primitives.asBoxes=true; as often as wanted
  --theme THEME      light (the default) or dark
  --timeout SECONDS  how long the script may run, 10 unless given; then what stands is drawn
  --help             this

FILE is an ES module (by its name, its package or its text) or else a classic script, which finds require. TypeScript
needs Node 22.18 or newer. What the script prints goes to standard error; npm's own lines go away with npm run --silent
graph. The exit code is 0 when all that was asked for is drawn, 1 when the script or a root failed, 2 when the command
could not be understood.
`;

const defaultTimeout = 10_000;
const optionNames: ReadonlySet<string> = new Set(help.match(/--[a-z]+(?= )/g));

/** Options without a value: `--full=false` must not switch it on. */
const withoutValue: ReadonlySet<string> = new Set(['--help', '-h', '--scope', '--stack', '--stats', '--full']);

/** The options so far. */
interface Draft {
  readonly roots: string[];
  readonly files: string[];
  readonly at: LineOfFile[];
  readonly changes: { readonly path: string; readonly value: unknown }[];
  scope: boolean;
  stack: boolean;
  stats: boolean;
  full: boolean;
  out: OutputOptions['out'];
  theme: Theme;
  settingsFile: string | null;
  timeout: number;
  inspected: { readonly host: string; readonly port: number } | null;
}

/** Adds an option to the draft. Answers a sentence that says what is wrong with it, or null. */
type Option = (draft: Draft, value: () => string | null) => string | null;

const options: Readonly<Record<string, Option>> = {
  '--scope': (draft) => {
    draft.scope = true;
    return null;
  },
  '--stack': (draft) => {
    draft.stack = true;
    return null;
  },
  '--stats': (draft) => {
    draft.stats = true;
    return null;
  },
  '--full': (draft) => {
    draft.full = true;
    return null;
  },
  '--root': (draft, value) => {
    const expression = value();
    if (!expression?.trim()) return '--root needs an expression, such as --root "data.items".';
    draft.roots.push(expression.trim());
    return null;
  },
  '--at': (draft, value) => {
    const [, file, line] = /^(.+):(\d+)$/.exec(value() ?? '') ?? [];
    if (file === undefined || Number(line) < 1) return '--at needs a file and a line, such as --at src/app.js:41.';
    draft.at.push({ file, line: Number(line) });
    return null;
  },
  '--inspect': (draft, value) => {
    const [, host, port] = /^(?:(?:ws|http):\/\/)?(?:(.+):)?(\d+)(?:\/.*)?$/.exec(value() ?? '') ?? [];
    if (port === undefined || Number(port) > 65_535)
      return '--inspect needs the port that the process names when it starts, such as --inspect 9229.';
    draft.inspected = { host: host ?? '127.0.0.1', port: Number(port) };
    return null;
  },
  '--out': (draft, value) => {
    const path = value() ?? '';
    const format = formatOf(path);
    if (!format) return '--out needs a file whose name ends in .svg, .dot or .json.';
    draft.out = { path, format, named: true };
    return null;
  },
  '--theme': (draft, value) => {
    const given = value();
    if (given !== 'light' && given !== 'dark') return '--theme is light or dark.';
    draft.theme = given;
    return null;
  },
  '--settings': (draft, value) => {
    draft.settingsFile = value();
    return draft.settingsFile === null ? '--settings needs a file, such as one that the panel exports.' : null;
  },
  '--set': (draft, value) => {
    const [, path, json] = /^([^=]+)=(.*)$/s.exec(value() ?? '') ?? [];
    if (path === undefined || json === undefined)
      return '--set needs a path and a value, such as --set drawing.primitives.asBoxes=true.';
    draft.changes.push({ path, value: parsed(json) });
    return null;
  },
  '--timeout': (draft, value) => {
    const seconds = Number(value() ?? Number.NaN);
    if (!(seconds > 0 && seconds <= 86_400)) return '--timeout is a number of seconds, above 0 and up to 86400.';
    draft.timeout = seconds * 1000;
    return null;
  },
};

/** @param parameters Those of the process, without Node and the script that was started. */
export function readOptions(parameters: readonly string[]): ReadOptions {
  const draft: Draft = {
    roots: [],
    files: [],
    at: [],
    changes: [],
    scope: false,
    stack: false,
    stats: false,
    full: false,
    out: null,
    theme: 'light',
    settingsFile: null,
    timeout: defaultTimeout,
    inspected: null,
  };
  let rest: readonly string[] = [];
  for (let index = 0; index < parameters.length; index += 1) {
    const parameter = parameters[index] ?? '';
    if (parameter === '--') {
      rest = parameters.slice(index + 1);
      break;
    }
    if (!parameter.startsWith('-')) {
      draft.files.push(parameter);
      continue;
    }
    const equals = parameter.indexOf('=');
    const name = equals < 0 ? parameter : parameter.slice(0, equals);
    if (equals >= 0 && withoutValue.has(name)) return wrong(`${name} takes no value: give it or leave it out.`);
    if (name === '--help' || name === '-h') return { kind: 'help' };
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!option) return wrong(`There is no option ${name}; --help lists those that there are.`);
    const trouble = option(draft, () => {
      if (equals >= 0) return parameter.slice(equals + 1);
      const next = parameters[index + 1];
      // The next option follows, so the value is missing.
      if (next === undefined || optionNames.has(next)) return null;
      index += 1;
      return next;
    });
    if (trouble !== null) return wrong(trouble);
  }
  return draft.inspected ? inspectOptions(draft, draft.inspected, rest) : runOptions(draft, rest);
}

const wrong = (message: string): ReadOptions => ({ kind: 'wrong', message });

const outputOf = ({ out, stats, full, theme, settingsFile, changes }: Draft, name: string): OutputOptions => ({
  out: out ?? (stats ? null : { path: `${name}.svg`, format: 'svg', named: false }),
  stats,
  full,
  theme,
  settingsFile,
  changes,
});

function runOptions(draft: Draft, rest: readonly string[]): ReadOptions {
  const { roots, scope, stack, at, timeout } = draft;
  // After `--` comes the script, if it was not named before.
  const files = draft.files.length > 0 ? draft.files : rest.slice(0, 1);
  const scriptArguments = draft.files.length > 0 ? rest : rest.slice(1);
  const [file] = files;
  if (file === undefined) return wrong('Name the script to run: npm run graph -- FILE.js; --help says more.');
  if (files.length > 1)
    return wrong(`One script at a time: ${files.join(', ')} were given. What is for the script stands behind --.`);
  return {
    kind: 'run',
    options: {
      ...outputOf(draft, stem(file)),
      file,
      scriptArguments,
      roots,
      scope: scope || (!stack && at.length === 0 && roots.length === 0),
      stack,
      at,
      timeout,
    },
  };
}

function inspectOptions(
  draft: Draft,
  { host, port }: { readonly host: string; readonly port: number },
  rest: readonly string[],
): ReadOptions {
  const roots = [...draft.files, ...draft.roots, ...rest];
  if (roots.length === 0)
    return wrong('Name what to draw: memory-graph --inspect 9229 EXPRESSION; its global scope is in reach.');
  if (draft.stack || draft.scope || draft.at.length > 0)
    return wrong('--inspect draws what expressions give: it cannot be combined with --stack, --scope or --at.');
  return { kind: 'inspect', options: { ...outputOf(draft, 'inspected'), host, port, roots } };
}

/** Parses a value as JSON. A word that is not JSON is a string, so that a shell needs no quotes in quotes. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

/** The format of a file by the ending of its name, or null. */
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
  return name.replace(/\.[cm]?[jt]s$/i, '') || name;
}
