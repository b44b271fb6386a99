/** Reads and checks the command line of `npm run graph`. Touches no file and prints nothing. */
import type { Theme } from '../drawing/palettes.ts';
import { say, sayList } from '../words/say.ts';

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

const defaultTimeout = 10_000;

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
    if (!expression?.trim()) return say('node_needsRoot');
    draft.roots.push(expression.trim());
    return null;
  },
  '--at': (draft, value) => {
    const [, file, line] = /^(.+):(\d+)$/.exec(value() ?? '') ?? [];
    if (file === undefined || Number(line) < 1) return say('node_needsAt');
    draft.at.push({ file, line: Number(line) });
    return null;
  },
  '--inspect': (draft, value) => {
    const [, host, port] = /^(?:(?:ws|http):\/\/)?(?:(.+):)?(\d+)(?:\/.*)?$/.exec(value() ?? '') ?? [];
    if (port === undefined || Number(port) > 65_535) return say('node_needsInspect');
    draft.inspected = { host: host ?? '127.0.0.1', port: Number(port) };
    return null;
  },
  '--out': (draft, value) => {
    const path = value() ?? '';
    const format = formatOf(path);
    if (!format) return say('node_needsOut');
    draft.out = { path, format, named: true };
    return null;
  },
  '--theme': (draft, value) => {
    const given = value();
    if (given !== 'light' && given !== 'dark') return say('node_needsTheme');
    draft.theme = given;
    return null;
  },
  '--settings': (draft, value) => {
    draft.settingsFile = value();
    return draft.settingsFile === null ? say('node_needsSettings') : null;
  },
  '--set': (draft, value) => {
    const [, path, json] = /^([^=]+)=(.*)$/s.exec(value() ?? '') ?? [];
    if (path === undefined || json === undefined) return say('node_needsSet');
    draft.changes.push({ path, value: parsed(json) });
    return null;
  },
  '--timeout': (draft, value) => {
    const seconds = Number(value() ?? Number.NaN);
    if (!(seconds > 0 && seconds <= 86_400)) return say('node_needsTimeout');
    draft.timeout = seconds * 1000;
    return null;
  },
};

const optionNames: ReadonlySet<string> = new Set([...Object.keys(options), '--help']);

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
    if (equals >= 0 && withoutValue.has(name)) return wrong(say('node_takesNoValue', { option: name }));
    if (name === '--help' || name === '-h') return { kind: 'help' };
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!option) return wrong(say('node_noOption', { option: name }));
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
  if (file === undefined) return wrong(say('node_noScript'));
  if (files.length > 1) return wrong(say('node_manyScripts', { files: sayList(files) }));
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
  if (roots.length === 0) return wrong(say('node_nothingToInspect'));
  if (draft.stack || draft.scope || draft.at.length > 0) return wrong(say('node_inspectAlone'));
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
