/**
 * A snapshot as text that a reviewer reads at a glance, for golden tests: one line an object, in the order of reading,
 * such as `#1 Array(3) [1, hole, #2]` or `#2 Object {a: 'x', get b}`. Nothing that ships may use it.
 */
import type { Excerpt, HeapObject, ObjectId, Part, PropertyKey, Snapshot, SymbolIdentity, Value } from './snapshot.ts';

export function textForm(snapshot: Snapshot): string {
  const lines = snapshot.roots.map(({ label, result }) =>
    result.ok ? `${label} = ${value(result.value)}` : `${label} failed: ${result.reason}`,
  );
  for (const object of snapshot.objects.values()) lines.push(line(object));
  if (snapshot.unsearched !== undefined) lines.push(`not looked at: ${snapshot.unsearched}`);
  for (const [reason, count] of snapshot.cuts) lines.push(`cut by ${reason}: ${count}`);
  return lines.join('\n');
}

function line(object: HeapObject): string {
  const { kind, className } = object;
  const { ordinal = 1, place = '' } = object.namesake ?? {};
  const which = object.namesake ? `~${ordinal}${place === '' ? '' : `@${place}`}` : '';
  const name = className === null ? 'null' : `${excerpt(className)}${which}`;
  const words = [`#${object.id}`];
  const obvious = ['object', 'instance', 'array', 'map', 'set', 'date', 'regexp', 'error', 'typedarray'];
  if (object.frozen) words.push('frozen');
  if (!obvious.includes(kind)) words.push(kind);
  words.push(object.size === null ? name : `${name}(${object.size})`);
  if (object.primitive !== null) words.push(value(object.primitive));
  if (object.cut !== null) return [...words, `✂ ${object.cut}${leading(object.behind)}`].join(' ');
  const parts = object.parts.map(part).join(', ');
  if (kind === 'array') words.push(`[${parts}]`);
  else if (parts !== '' || object.primitive === null) words.push(`{${parts}}`);
  if (object.unlisted) words.push('names not listed');
  return words.join(' ');
}

function part(part: Part): string {
  switch (part.type) {
    case 'element':
      return value(part.value);
    case 'entry':
      return `${value(part.key)} => ${value(part.value)}`;
    case 'property':
      return `${part.scope === undefined ? '' : `${part.scope} `}${property(part.key, part.enumerable, part.value)}`;
    case 'holes':
      return part.count === 1 ? 'hole' : `${part.count} holes`;
    case 'hidden':
      return `…${part.count} ${part.of} from ${part.index}${leading(part.references)}`;
  }
}

function leading(references: readonly ObjectId[] = []): string {
  return references.length === 0 ? '' : ` to ${references.map((id) => `#${id}`).join(' ')}`;
}

function property(propertyKey: PropertyKey, enumerable: boolean, held: Value): string {
  const name = `${enumerable || propertyKey.type === 'internal' || propertyKey.type === 'getter' ? '' : '~'}${key(propertyKey)}`;
  if (held.type !== 'accessor') return `${name}: ${value(held)}`;
  return `${held.get ? 'get ' : ''}${held.set ? 'set ' : ''}${name}`;
}

function key(propertyKey: PropertyKey): string {
  switch (propertyKey.type) {
    case 'name':
      return /^[\w$]+$/.test(propertyKey.name.head) ? excerpt(propertyKey.name) : quoted(propertyKey.name);
    case 'symbol':
      return `[${symbol(propertyKey.symbol)}]`;
    case 'private':
      return `#${excerpt(propertyKey.name)}`;
    case 'internal':
      return propertyKey.name;
    case 'getter':
      return `get:${propertyKey.name}`;
  }
}

function value(value: Value): string {
  switch (value.type) {
    case 'undefined':
    case 'null':
    case 'uninitialised':
      return value.type;
    case 'boolean':
      return String(value.value);
    case 'number':
      return Object.is(value.value, -0) ? '-0' : String(value.value);
    case 'bigint':
      return `${excerpt(value.digits)}n`;
    case 'string':
      return quoted(value.text);
    case 'symbol':
      return symbol(value.symbol);
    case 'reference':
      return `#${value.id}`;
    case 'accessor':
      return `(${value.get ? 'get' : ''}${value.set ? 'set' : ''})`;
    case 'unreadable':
      return `unreadable: ${value.reason}`;
  }
}

function symbol(identity: SymbolIdentity): string {
  switch (identity.sort) {
    case 'own':
      return `Symbol(${identity.description === null ? '' : excerpt(identity.description)})#${identity.id}`;
    case 'registered':
      return `Symbol.for(${quoted(identity.key)})`;
    case 'wellKnown':
      return `Symbol.${identity.name}`;
  }
}

function excerpt({ head, tail, length }: Excerpt): string {
  const hidden = length - head.length - tail.length;
  return hidden === 0 ? head + tail : `${head}…${hidden}…${tail}`;
}

/** In single quotes, other than printable ASCII as \uXXXX. */
function quoted(text: Excerpt): string {
  const visible = excerpt(text).replace(/[^ -~…]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `'${visible}'`;
}
