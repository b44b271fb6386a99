/**
 * All settings as one plain value, and as the text of a file. Reads any file: a setting that is unknown or broken is named, and
 * the rest applies. Must never return a value that the types do not allow.
 */

import * as v from 'valibot';
import type { Category } from '../diagram/diagram.ts';
import { type DiagramSettings, defaultSettings as defaultDrawing } from '../diagram/settings.ts';
import { defaultReadOptions, type ReadOptions } from '../snapshot/read-options.ts';
import { say } from '../words/say.ts';

/** The version of the file format. A file with a higher version is from a newer release, and is read as far as possible. */
const fileVersion = 1;

/** Categories by the order in which they are listed. */
export const categories = [
  'array',
  'frozenArray',
  'set',
  'map',
  'object',
  'scope',
  'instance',
  'class',
  'function',
  'stack',
  'error',
  'buffer',
  'date',
  'regexp',
  'promise',
  'proxy',
  'weak',
  'generator',
  'node',
  'string',
  'number',
  'bigint',
  'boolean',
  'nothing',
  'symbol',
  'collapsed',
  'other',
] as const satisfies readonly Category[];

const whole = (minimum: number, maximum: number) =>
  v.pipe(
    v.number(say('must_whole', { minimum, maximum })),
    v.integer(say('must_whole', { minimum, maximum })),
    v.minValue(minimum, say('must_whole', { minimum, maximum })),
    v.maxValue(maximum, say('must_whole', { minimum, maximum })),
  );
const measure = (minimum: number, maximum: number) =>
  v.pipe(
    v.number(say('must_number', { minimum, maximum })),
    v.minValue(minimum, say('must_number', { minimum, maximum })),
    v.maxValue(maximum, say('must_number', { minimum, maximum })),
  );
const flag = v.boolean(say('must_flag'));
const choice = <const T extends readonly string[]>(options: T) =>
  v.picklist(options, say('must_choice', { options: options.map((option) => `"${option}"`).join(', ') }));
const text = (maximum: number) =>
  v.pipe(v.string(say('must_text')), v.maxLength(maximum, say('must_short', { maximum })));
const pattern = v.pipe(text(1000), v.check(isPattern, say('must_pattern')));
const hex = v.pipe(
  v.string(say('must_color', { example: '"#60a5ff"' })),
  v.regex(/^#[\da-f]{6}$/i, say('must_color', { example: '"#60a5ff"' })),
);

const group = <const T extends v.ObjectEntries>(entries: T) => v.strictObject(entries, say('must_object'));

const orientation = choice(['vertical', 'horizontal']);
const color = group({ light: hex, dark: hex });
const slices = group({ begin: whole(0, 1e6), middle: whole(0, 1e6), end: whole(0, 1e6) });
const attributes = v.record(
  v.pipe(v.string(), v.regex(/^[a-z_]+$/i, say('must_attribute'))),
  text(1000),
  say('must_attributes'),
);

const typeOverride = group({
  color: v.exactOptional(color),
  orientation: v.exactOptional(orientation),
  display: v.exactOptional(choice(['box', 'collapsed', 'inline', 'hidden'])),
  shape: v.exactOptional(choice(['single', 'linear', 'keyValue', 'table'])),
  title: v.exactOptional(flag),
  slices: v.exactOptional(slices),
  depth: v.exactOptional(whole(0, 1e6)),
  swallowsChild: v.exactOptional(flag),
});

const accessor = group({
  name: text(100),
  enabled: flag,
  /** Which objects it reads: those of a class, or those for which a function returns true. */
  match: v.variant(
    'by',
    [
      group({ by: v.literal('class'), className: text(200) }),
      group({ by: v.literal('predicate'), source: text(20_000) }),
    ],
    say('must_match'),
  ),
  /** A JavaScript function from the object to an array of `[key, value]`. */
  source: text(20_000),
});

const path = text(500);
const paths = v.array(path, say('must_list'));
const ownMatch = {
  has: v.exactOptional(paths),
  hasNot: v.exactOptional(paths),
  className: v.exactOptional(pattern),
  kind: v.exactOptional(text(50)),
  where: v.exactOptional(v.record(path, v.array(v.union([text(500), v.number(), flag, v.null()], say('must_value'))))),
};
const lensMatch = group({ ...ownMatch, at: v.exactOptional(v.record(path, group(ownMatch))) });
const oneRow = group({
  path,
  as: v.exactOptional(text(100)),
  before: v.exactOptional(path),
  onlyRoot: v.exactOptional(flag),
});
const eachRow = group({
  each: path,
  as: v.exactOptional(text(100)),
  before: v.exactOptional(path),
  value: v.exactOptional(path),
  unlessShared: v.exactOptional(text(100)),
  live: v.exactOptional(path),
});
const chainRow = group({
  chain: path,
  next: path,
  value: v.exactOptional(path),
  as: text(100),
  before: v.exactOptional(path),
  cases: v.exactOptional(
    v.pipe(
      v.array(group({ match: lensMatch, as: text(100), rows: v.array(v.union([oneRow, eachRow], say('must_row'))) })),
      v.maxLength(20, say('must_most', { maximum: 20 })),
    ),
  ),
});
const lens = group({
  name: text(50),
  reads: v.exactOptional(
    group({ closures: v.exactOptional(flag), whole: v.exactOptional(flag), nonEnumerable: v.exactOptional(flag) }),
  ),
  rules: v.pipe(
    v.array(
      group({
        match: lensMatch,
        title: v.exactOptional(text(200)),
        rows: v.exactOptional(
          v.pipe(
            v.array(v.union([path, oneRow, eachRow, chainRow], say('must_row'))),
            v.maxLength(200, say('must_most', { maximum: 200 })),
          ),
        ),
        fold: v.exactOptional(paths),
        internal: v.exactOptional(flag),
      }),
      say('must_list'),
    ),
    v.maxLength(100, say('must_most', { maximum: 100 })),
  ),
});

const rules = group({ general: orientation, anyReference: orientation, allReferences: orientation });

/** Exported because the published JSON schema is made from it. */
export const settingsSchema = group({
  reading: group({
    slices,
    depth: whole(0, 1e6),
    objects: whole(1, 1e6),
    /** Milliseconds. */
    time: whole(10, 60_000),
    text: whole(10, 1e6),
    nonEnumerable: flag,
    prototypes: flag,
    children: flag,
    scopes: flag,
  }),
  drawing: group({
    amount: choice(['readable', 'all']),
    direction: choice(['down', 'right']),
    teaching: flag,
    wrap: flag,
    orientation: group({ linear: rules, keyValue: rules }),
    text: group({ maximumLength: whole(1, 10_000) }),
    titles: group({ typeNames: flag, identityNumbers: flag }),
    spacing: group({
      cellPadding: measure(0, 50),
      betweenCells: measure(0, 50),
      betweenBoxes: measure(4, 500),
      betweenRanks: measure(4, 500),
    }),
    primitives: group({ asBoxes: flag }),
    values: group({ sparklines: flag, images: flag, buffers: flag, colors: flag, dates: flag, links: flag }),
    tables: group({ matrices: flag, records: flag, rows: slices, columns: slices }),
    keys: group({
      hideSymbols: flag,
      hideUnderscored: flag,
      hidePrivate: flag,
      hideInternal: flag,
      hidePattern: pattern,
    }),
    joins: group({ fromReferences: whole(0, 1e6), diameter: measure(2, 100), ranks: whole(0, 10) }),
    hiddenReferences: group({ maximum: whole(0, 1000) }),
    palette: choice(['calm', 'original']),
    colors: v.record(choice(categories), color, say('must_colors')),
    graphviz: group({ graph: attributes, node: attributes, edge: attributes }),
    types: v.record(text(200), typeOverride, say('must_types')),
  }),
  stack: group({
    /** Patterns for the addresses of scripts whose frames are folded. */
    ignored: v.pipe(v.array(pattern, say('must_list')), v.maxLength(100, say('must_most', { maximum: 100 }))),
  }),
  appearance: group({ theme: choice(['auto', 'light', 'dark']), animation: flag }),
  export: group({
    theme: choice(['screen', 'light', 'dark']),
    background: choice(['theme', 'none']),
    /** Pixels per point in a PNG. */
    scale: measure(0.25, 16),
  }),
  accessors: v.pipe(v.array(accessor, say('must_list')), v.maxLength(200, say('must_most', { maximum: 200 }))),
  lenses: v.pipe(v.array(lens, say('must_list')), v.maxLength(100, say('must_most', { maximum: 100 }))),
});

export type Settings = v.InferOutput<typeof settingsSchema>;
export type Accessor = Settings['accessors'][number];

const { objects: _ofOneHeap, ...drawing } = defaultDrawing;

export const defaultSettings: Settings = readSchema({
  reading: {
    slices: defaultReadOptions.slices,
    depth: defaultReadOptions.depth,
    objects: defaultReadOptions.objects,
    time: defaultReadOptions.time,
    text: defaultReadOptions.text,
    nonEnumerable: defaultReadOptions.nonEnumerable,
    prototypes: defaultReadOptions.prototypes,
    children: defaultReadOptions.children,
    scopes: defaultReadOptions.scopes,
  },
  drawing,
  // What DevTools ignores by default. Its switch for scripts of extensions is on.
  stack: { ignored: ['/node_modules/|^node:', '^chrome-extension:'] },
  appearance: { theme: 'auto', animation: true },
  export: { theme: 'screen', background: 'theme', scale: 2 },
  accessors: [],
  lenses: [],
});

/** `path` is the setting as a user reads it: `drawing.text.maximumLength`. */
export interface Problem {
  readonly path: string;
  /** A clause: say('must_flag'). */
  readonly message: string;
}

export interface ReadSettings {
  readonly settings: Settings;
  readonly problems: readonly Problem[];
}

/** A file with more problems is not a settings file, and a longer list would not help. */
const mostProblems = 50;
/** Each round removes one value. A removed value can leave its parent incomplete, which needs another round. */
const mostRounds = 4 * mostProblems;

/** Reads the settings that apply from any value. A missing one has its default, and is not a problem. Never throws. */
export function readSettings(input: unknown): ReadSettings {
  if (!isGroup(input)) {
    return { settings: defaultSettings, problems: [{ path: '', message: say('must_settings') }] };
  }
  const problems: Problem[] = [];
  const { $schema: _schema, version, ...content } = input;
  if (version !== undefined && version !== fileVersion) {
    problems.push({
      path: 'version',
      message: say('must_version', { version: String(fileVersion) }),
    });
  }
  let candidate: unknown = complete(settingsSchema, defaultSettings, withNewNames(structuredClone(content)));
  for (let rounds = 0; ; rounds++) {
    const result = v.safeParse(settingsSchema, candidate);
    if (result.success) return { settings: result.output, problems };
    const [issue] = result.issues;
    const path = (issue.path ?? []).map(({ key }) => String(key));
    const name = path.join('.');
    // What a removed value leaves behind (`light` without `dark`) is not a separate problem.
    if (!problems.some((problem) => problem.path.startsWith(name))) {
      problems.push({ path: name, message: messageOf(issue) });
    }
    if (problems.length >= mostProblems || rounds >= mostRounds || path.length === 0)
      return { settings: defaultSettings, problems };
    candidate = withoutValue(candidate, path, defaultSettings);
  }
}

/** Names that settings had in files and in browsers before. */
const formerly = { colors: 'colours', color: 'colour' } as const;

/** The content with the names that settings have now. */
function withNewNames({ ...content }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const renamed = (group: unknown, name: keyof typeof formerly): unknown => {
    if (!isGroup(group) || group[formerly[name]] === undefined) return group;
    const { [formerly[name]]: value, ...others } = group;
    return { [name]: value, ...others };
  };
  const drawing = renamed(content.drawing, 'colors');
  if (!isGroup(drawing)) return content;
  const types = isGroup(drawing.types)
    ? Object.fromEntries(Object.entries(drawing.types).map(([type, own]) => [type, renamed(own, 'color')]))
    : drawing.types;
  return { ...content, drawing: { ...drawing, ...(types === undefined ? {} : { types }) } };
}

function messageOf(issue: {
  readonly type: string;
  readonly expected: string | null;
  readonly message: string;
}): string {
  return issue.type === 'strict_object' && issue.expected === 'never' ? say('must_known') : issue.message;
}

/** The settings in the text of a file. */
export function parseSettings(text: string): ReadSettings {
  try {
    return readSettings(JSON.parse(text));
  } catch (error) {
    return {
      settings: defaultSettings,
      problems: [{ path: '', message: say('must_json', { message: String(error) }) }],
    };
  }
}

/** The text of a file with all settings. */
export function formatSettings(settings: Settings): string {
  return `${JSON.stringify({ version: fileVersion, ...settings }, null, 2)}\n`;
}

/** The read options that the settings give, the same for every heap. */
export function readOptionsOf({
  reading,
  drawing: { types, values },
  accessors,
}: Settings): Omit<ReadOptions, 'expanded' | 'opened' | 'ranges' | 'getters'> {
  // A type with slices of its own needs them in the snapshot. The diagram leaves out the rest.
  const all = [reading.slices, ...Object.values(types).flatMap(({ slices }) => (slices ? [slices] : []))];
  const slices = {
    begin: Math.max(...all.map(({ begin }) => begin)),
    middle: Math.max(...all.map(({ middle }) => middle)),
    end: Math.max(...all.map(({ end }) => end)),
  };
  const enabled = accessors.flatMap(({ enabled, match, source }) => {
    if (!enabled) return [];
    const [className, accepts] = match.by === 'class' ? [match.className, null] : [null, match.source];
    return [{ className, accepts, read: source }];
  });
  // The content of a function does not fit into a cell.
  const functions = reading.scopes || types.function?.display === 'box';
  return { ...reading, functions, slices, series: values.sparklines, images: values.images, accessors: enabled };
}

/** The settings of the diagram, with the overrides of one heap. */
export function drawingOf({ drawing }: Settings, objects: DiagramSettings['objects']): DiagramSettings {
  return { ...drawing, objects };
}

/** The setting at a path such as `drawing.text.maximumLength`; undefined where there is none. */
export function settingAt(settings: Settings, path: string): unknown {
  return valueAt(settings, path.split('.'));
}

/** The settings with another value at a path, or what is wrong with that value. `undefined` means the default. */
export function withSetting(
  settings: Settings,
  path: string,
  value: unknown,
): { readonly ok: true; readonly settings: Settings } | { readonly ok: false; readonly message: string } {
  const next = replace(settings, path.split('.'), value === undefined ? settingAt(defaultSettings, path) : value);
  const result = v.safeParse(settingsSchema, next);
  return result.success ? { ok: true, settings: result.output } : { ok: false, message: messageOf(result.issues[0]) };
}

export const isDefault = (settings: Settings, path: string): boolean =>
  JSON.stringify(settingAt(settings, path)) === JSON.stringify(settingAt(defaultSettings, path));

type Group = Readonly<Record<string, unknown>>;

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (held, name) => (isHolder(held) && Object.hasOwn(held, name) ? Reflect.get(held, name) : undefined),
    value,
  );
}

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}

function readSchema(value: unknown): Settings {
  return v.parse(settingsSchema, value);
}

/** `input` with defaults for what is missing, group by group. Groups with free names are not changed. */
function complete(schema: unknown, defaults: unknown, input: unknown): unknown {
  if (!isGroup(schema) || schema.type !== 'strict_object' || !isGroup(schema.entries)) return input;
  // valibot accepts a list as an object.
  if (Array.isArray(input)) return null;
  if (!isGroup(input) || !isGroup(defaults)) return input;
  const { entries } = schema;
  const completed: Record<string, unknown> = { ...input };
  for (const name of Object.keys(entries)) {
    completed[name] = Object.hasOwn(input, name)
      ? complete(entries[name], defaults[name], input[name])
      : defaults[name];
  }
  return completed;
}

/** A copy with the default at `path`, or with the value removed where there is no default. A missing value removes its parent. */
function withoutValue(value: unknown, path: readonly string[], defaults: Settings): unknown {
  const own = valueAt(defaults, path);
  if (own !== undefined) return replace(value, path, own);
  const holder = path.slice(0, -1);
  const held = valueAt(value, holder);
  const last = path.at(-1) ?? '';
  if (!isHolder(held) || !Object.hasOwn(held, last)) return withoutValue(value, holder, defaults);
  if (Array.isArray(held))
    return replace(
      value,
      holder,
      held.filter((_, index) => String(index) !== last),
    );
  const { [last]: _removed, ...rest } = Object.fromEntries(Object.entries(held));
  return replace(value, holder, rest);
}

function isHolder(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function replace(value: unknown, path: readonly string[], next: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return next;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === name ? replace(item, rest, next) : item));
  const held = isGroup(value) ? value : {};
  return { ...held, [name]: replace(Object.hasOwn(held, name) ? held[name] : {}, rest, next) };
}
