/**
 * All settings as one plain value, and as the text of a file. Reads whatever a file holds: a setting that is unknown or
 * broken is named, and the rest applies. Must never let a value through that the types do not promise.
 */
import * as v from 'valibot';
import type { Category } from '../diagram/diagram.ts';
import { type DiagramSettings, defaultSettings as defaultDrawing } from '../diagram/settings.ts';
import { defaultView, type View } from '../snapshot/snapshot.ts';

/** The version of the file's form; one that is higher was written by a newer release and is read as far as it goes. */
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
    v.number(`must be a whole number from ${minimum} to ${maximum}`),
    v.integer(`must be a whole number from ${minimum} to ${maximum}`),
    v.minValue(minimum, `must be a whole number from ${minimum} to ${maximum}`),
    v.maxValue(maximum, `must be a whole number from ${minimum} to ${maximum}`),
  );
const measure = (minimum: number, maximum: number) =>
  v.pipe(
    v.number(`must be a number from ${minimum} to ${maximum}`),
    v.minValue(minimum, `must be a number from ${minimum} to ${maximum}`),
    v.maxValue(maximum, `must be a number from ${minimum} to ${maximum}`),
  );
const flag = v.boolean('must be true or false');
const choice = <const T extends readonly string[]>(options: T) =>
  v.picklist(options, `must be one of ${options.map((option) => `"${option}"`).join(', ')}`);
const text = (maximum: number) =>
  v.pipe(v.string('must be a text'), v.maxLength(maximum, `must be at most ${maximum} characters long`));
const pattern = v.pipe(text(1000), v.check(isPattern, 'must be a regular expression'));
const hex = v.pipe(
  v.string('must be a colour such as "#60a5ff"'),
  v.regex(/^#[\da-f]{6}$/i, 'must be a colour such as "#60a5ff"'),
);

const group = <const T extends v.ObjectEntries>(entries: T) => v.strictObject(entries, 'must be an object');

const orientation = choice(['vertical', 'horizontal']);
const colour = group({ light: hex, dark: hex });
const slices = group({ begin: whole(0, 1e6), middle: whole(0, 1e6), end: whole(0, 1e6) });
const attributes = v.record(
  v.pipe(v.string(), v.regex(/^[a-z_]+$/i, 'must be the name of a Graphviz attribute')),
  text(1000),
  'must be an object of texts by attribute name',
);

const typeOverride = group({
  colour: v.exactOptional(colour),
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
  /** Which objects it reads: those of a class, or those for which a function from object to truth says so. */
  match: v.variant(
    'by',
    [
      group({ by: v.literal('class'), className: text(200) }),
      group({ by: v.literal('predicate'), source: text(20_000) }),
    ],
    'must say "by": "class" or "by": "predicate"',
  ),
  /** A JavaScript function from the object to an array of `[key, value]`. */
  source: text(20_000),
});

const rules = group({ general: orientation, anyReference: orientation, allReferences: orientation });

/** Exported for the published JSON schema, which is made of it. */
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
    direction: choice(['down', 'right']),
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
    colours: v.record(choice(categories), colour, 'must be an object of colours by category'),
    graphviz: group({ graph: attributes, node: attributes, edge: attributes }),
    types: v.record(text(200), typeOverride, 'must be an object of settings by type'),
  }),
  stack: group({
    /** Of the addresses of scripts whose frames are folded. */
    ignored: v.pipe(v.array(pattern, 'must be a list of regular expressions'), v.maxLength(100, 'must be at most 100')),
  }),
  appearance: group({ theme: choice(['auto', 'light', 'dark']), animation: flag }),
  export: group({
    theme: choice(['screen', 'light', 'dark']),
    background: choice(['theme', 'none']),
    /** Pixels a point, in a PNG. */
    scale: measure(0.25, 16),
  }),
  accessors: v.pipe(v.array(accessor, 'must be a list'), v.maxLength(200, 'must be at most 200 accessors')),
});

export type Settings = v.InferOutput<typeof settingsSchema>;
export type Accessor = Settings['accessors'][number];

const { objects: _ofOneHeap, ...drawing } = defaultDrawing;

export const defaultSettings: Settings = readSchema({
  reading: {
    slices: defaultView.slices,
    depth: defaultView.depth,
    objects: defaultView.objects,
    time: defaultView.time,
    text: defaultView.text,
    nonEnumerable: defaultView.nonEnumerable,
    prototypes: defaultView.prototypes,
    children: defaultView.children,
    scopes: defaultView.scopes,
  },
  drawing,
  // What DevTools ignores unless told otherwise; its switch for scripts of extensions is on.
  stack: { ignored: ['/node_modules/|^node:', '^chrome-extension:'] },
  appearance: { theme: 'auto', animation: true },
  export: { theme: 'screen', background: 'theme', scale: 2 },
  accessors: [],
});

/** Text of `path` as a person reads it: `drawing.text.maximumLength`. */
export interface Problem {
  readonly path: string;
  /** A clause: `must be true or false`. */
  readonly message: string;
}

export interface ReadSettings {
  readonly settings: Settings;
  readonly problems: readonly Problem[];
}

/** A file that has more wrong with it is no settings file; telling all of it would help nobody. */
const mostProblems = 50;
/** One takes out one value; a value that is taken out can leave its holder incomplete, which takes another. */
const mostRounds = 4 * mostProblems;

/** Takes what applies of any value. What is missing has its default, and is no problem. Never throws. */
export function readSettings(input: unknown): ReadSettings {
  if (!isGroup(input)) {
    return { settings: defaultSettings, problems: [{ path: '', message: 'must be an object of settings' }] };
  }
  const problems: Problem[] = [];
  const { $schema: _schema, version, ...content } = input;
  if (version !== undefined && version !== fileVersion) {
    problems.push({
      path: 'version',
      message: `is not ${fileVersion}: another release wrote this; what is known applies`,
    });
  }
  let candidate: unknown = complete(settingsSchema, defaultSettings, structuredClone(content));
  for (let rounds = 0; ; rounds++) {
    const result = v.safeParse(settingsSchema, candidate);
    if (result.success) return { settings: result.output, problems };
    const [issue] = result.issues;
    const path = (issue.path ?? []).map(({ key }) => String(key));
    const name = path.join('.');
    // What a broken value leaves behind when it is taken out (`light` without `dark`) is no problem of its own.
    if (!problems.some((problem) => problem.path.startsWith(name))) {
      problems.push({ path: name, message: messageOf(issue) });
    }
    if (problems.length >= mostProblems || rounds >= mostRounds || path.length === 0)
      return { settings: defaultSettings, problems };
    candidate = withoutValue(candidate, path, defaultSettings);
  }
}

function messageOf(issue: {
  readonly type: string;
  readonly expected: string | null;
  readonly message: string;
}): string {
  return issue.type === 'strict_object' && issue.expected === 'never' ? 'is unknown' : issue.message;
}

/** The settings at the text of a file. */
export function parseSettings(text: string): ReadSettings {
  try {
    return readSettings(JSON.parse(text));
  } catch (error) {
    return { settings: defaultSettings, problems: [{ path: '', message: `is no JSON: ${String(error)}` }] };
  }
}

/** The text of a file, all settings in it. */
export function formatSettings(settings: Settings): string {
  return `${JSON.stringify({ version: fileVersion, ...settings }, null, 2)}\n`;
}

/** What is read from the page, whatever heap is at hand. */
export function readingOf({
  reading,
  drawing: { types },
  accessors,
}: Settings): Omit<View, 'expanded' | 'opened' | 'ranges'> {
  // A type with slices of its own has to find them in what was read; the diagram leaves out the rest.
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
  // A cell has no room for what is in a function.
  const functions = reading.scopes || types.function?.display === 'box';
  return { ...reading, functions, slices, accessors: enabled };
}

/** What is drawn of it, with the overrides of the heap at hand. */
export function drawingOf({ drawing }: Settings, objects: DiagramSettings['objects']): DiagramSettings {
  return { ...drawing, objects };
}

/** The setting at a path such as `drawing.text.maximumLength`; undefined where there is none. */
export function settingAt(settings: Settings, path: string): unknown {
  return valueAt(settings, path.split('.'));
}

/** The settings with another value at a path, or what is wrong with that value. `undefined` stands for the default. */
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

/** `input` with the defaults of what is missing, group by group; what has names of its own is taken as it is. */
function complete(schema: unknown, defaults: unknown, input: unknown): unknown {
  if (!isGroup(schema) || schema.type !== 'strict_object' || !isGroup(schema.entries)) return input;
  // valibot takes a list for an object.
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

/** A copy in which the value at `path` is the default, or gone where there is no default; a missing one takes its holder along. */
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
