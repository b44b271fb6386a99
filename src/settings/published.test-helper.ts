/** What is published about the settings, made of the settings themselves: the JSON schema of a file, and the tables. */
import { rowGroups } from './rows.ts';
import { defaultSettings, settingAt, settingsSchema } from './settings.ts';

type Json = Readonly<Record<string, unknown>>;

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One valibot schema as JSON schema. Throws on a kind that it does not know, so that none is published by half. */
function toJsonSchema(schema: unknown): Json {
  if (!isJson(schema)) throw new Error('This is no schema.');
  switch (schema.type) {
    case 'strict_object': {
      const entries = isJson(schema.entries) ? schema.entries : {};
      return {
        type: 'object',
        properties: Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, toJsonSchema(entry)])),
        additionalProperties: false,
      };
    }
    case 'record': {
      const names = toJsonSchema(schema.key);
      return { type: 'object', propertyNames: names, additionalProperties: toJsonSchema(schema.value) };
    }
    case 'exact_optional':
      return toJsonSchema(schema.wrapped);
    case 'boolean':
    case 'null':
      return { type: schema.type };
    case 'literal':
      return { const: schema.literal };
    case 'picklist':
      return { enum: schema.options };
    case 'union':
      return { anyOf: Array.isArray(schema.options) ? schema.options.map(toJsonSchema) : [] };
    case 'variant':
      return { oneOf: Array.isArray(schema.options) ? schema.options.map(toJsonSchema) : [] };
    case 'array':
      return { type: 'array', items: toJsonSchema(schema.item), ...limits(schema) };
    case 'number':
    case 'string':
      return { type: schema.type, ...limits(schema) };
    default:
      throw new Error(`No JSON schema is known for ${String(schema.type)}.`);
  }
}

/** What the pipe of a schema asks for beyond its type. */
function limits({ pipe, type }: Json): Json {
  const found: Record<string, unknown> = {};
  for (const action of Array.isArray(pipe) ? pipe : []) {
    if (!isJson(action) || action.kind !== 'validation') continue;
    switch (action.type) {
      case 'integer':
        found.type = 'integer';
        break;
      case 'min_value':
        found.minimum = action.requirement;
        break;
      case 'max_value':
        found.maximum = action.requirement;
        break;
      case 'max_length':
        found[type === 'array' ? 'maxItems' : 'maxLength'] = action.requirement;
        break;
      case 'regex':
        found.pattern = action.requirement instanceof RegExp ? jsonPattern(action.requirement) : undefined;
        break;
      case 'check':
        found.format = 'regex';
        break;
      default:
        throw new Error(`No JSON schema is known for ${String(action.type)}.`);
    }
  }
  return found;
}

/** JSON schema knows no flags. */
function jsonPattern({ source, ignoreCase }: RegExp): string {
  return ignoreCase ? source.replaceAll('\\da-f', '0-9a-fA-F').replaceAll('a-z_', 'a-zA-Z_') : source;
}

export function settingsJsonSchema(): string {
  const content = toJsonSchema(settingsSchema);
  const properties = isJson(content.properties) ? content.properties : {};
  const published = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Settings of Memory Graph',
    description: 'A file of settings. What is missing has its default.',
    ...content,
    properties: { $schema: { type: 'string' }, version: { const: 1 }, ...properties },
  };
  return `${JSON.stringify(published, null, 2)}\n`;
}

/** A table a group, for docs/configuration.md. */
export function settingsTables(): string {
  return rowGroups
    .map(({ title, rows }) => {
      const lines = rows.map(({ path, name, explanation, original, control }) => {
        const unit = control.type === 'number' && control.unit !== null ? control.unit : '';
        const cells = [
          `**${name}**<br>\`${path}\``,
          explanation,
          typeOf(path, control.type),
          `\`${JSON.stringify(settingAt(defaultSettings, path))}\``,
          unit,
          original === null
            ? '–'
            : original
                .split(/; |, /)
                .map((one) => `\`${one}\``)
                .join(', '),
        ];
        return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
      });
      return [
        `## ${title}`,
        '',
        '| setting | what it does | type | default | unit | memory_graph |',
        '| --- | --- | --- | --- | --- | --- |',
        ...lines,
      ].join('\n');
    })
    .join('\n\n');
}

/** The type of a setting in words, with the limits that the schema gives it. */
function typeOf(path: string, control: string): string {
  let schema: unknown = settingsSchema;
  for (const name of path.split('.')) schema = isJson(schema) && isJson(schema.entries) ? schema.entries[name] : null;
  const { type, minimum, maximum, enum: options } = toJsonSchema(schema);
  if (Array.isArray(options)) return options.map((option) => `\`${JSON.stringify(option)}\``).join(', ');
  if (minimum !== undefined) return `${String(type)}, ${String(minimum)} to ${String(maximum)}`;
  if (control === 'slices') return '`{begin, middle, end}`, counts';
  return String(type);
}
