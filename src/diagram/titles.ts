/** The title and the category of an object, by what it is. Uses no settings except the length of a name. */
import type { HeapObject, ObjectKind, Value } from '../snapshot/snapshot.ts';
import { say } from '../words/say.ts';
import type { Box, Category } from './diagram.ts';
import { showName } from './text.ts';

/** Whether a part of the content is not in the cells. Then the title says how much there is. */
function isPartial({ kind, parts, cut }: HeapObject): boolean {
  if (cut !== null || kind === 'arraybuffer' || kind === 'dataview') return true;
  return parts.some((part) => part.type === 'hidden' && part.of !== 'property');
}

/** The type name, with the length when something is hidden. `partial`: something that was read is hidden. */
export function titleOf(object: HeapObject, maximum: number, partial = false): string {
  const name = object.className && object.className.length > 0 ? showName(object.className, maximum).text : null;
  switch (object.kind) {
    case 'class':
      return `class ${name ?? say('title_anonymous')}`;
    case 'function':
      return `ƒ ${name ?? say('title_anonymous')}`;
    case 'scope':
      return name ?? say('title_scope');
    case 'stack':
      return say('title_callStack');
    case 'proxy':
      return name ?? 'Proxy';
    case 'module':
      return name ?? 'Module';
    default: {
      const type =
        name === null ? say('title_nullPrototype', { type: kindName(object.kind) }) : `${name}${ordinalOf(object)}`;
      return object.size !== null && (partial || isPartial(object)) ? `${type}(${object.size})` : type;
    }
  }
}

/** `²` for the second of several classes of a name. */
function ordinalOf({ namesake }: HeapObject): string {
  if (namesake === undefined || namesake.ordinal < 2) return '';
  return [...String(namesake.ordinal)].map((digit) => raised[Number(digit)] ?? '').join('');
}

const raised = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

function kindName(kind: Exclude<ObjectKind, 'class' | 'function' | 'scope' | 'stack' | 'proxy' | 'module'>): string {
  switch (kind) {
    case 'object':
    case 'instance':
      return 'Object';
    case 'array':
      return 'Array';
    case 'arguments':
      return 'Arguments';
    case 'map':
      return 'Map';
    case 'set':
      return 'Set';
    case 'weakmap':
      return 'WeakMap';
    case 'weakset':
      return 'WeakSet';
    case 'weakref':
      return 'WeakRef';
    case 'date':
      return 'Date';
    case 'regexp':
      return 'RegExp';
    case 'error':
      return 'Error';
    case 'promise':
      return 'Promise';
    case 'boxed':
      return say('title_primitiveObject');
    case 'typedarray':
      return 'TypedArray';
    case 'arraybuffer':
      return 'ArrayBuffer';
    case 'dataview':
      return 'DataView';
    case 'generator':
      return 'Generator';
    case 'iterator':
      return 'Iterator';
    case 'node':
      return 'Node';
    case 'window':
      return 'Window';
  }
}

export function categoryOf({ kind, frozen, primitive }: HeapObject): Category {
  switch (kind) {
    case 'array':
      return frozen ? 'frozenArray' : 'array';
    case 'arguments':
      return 'array';
    case 'typedarray':
    case 'arraybuffer':
    case 'dataview':
      return 'buffer';
    case 'weakmap':
      return 'map';
    case 'weakset':
      return 'set';
    case 'weakref':
      return 'weak';
    case 'iterator':
      return 'generator';
    case 'module':
      return 'scope';
    case 'boxed':
      return boxedCategory(primitive);
    case 'window':
      return 'other';
    default:
      return kind;
  }
}

function boxedCategory(primitive: Value | null): Category {
  switch (primitive?.type) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
    case 'symbol':
      return primitive.type;
    default:
      return 'other';
  }
}

/** The name of a box in words: `Array #3`; without the number where the title includes it or where it is not an object of the page. */
export function boxName({ title, object, category }: Pick<Box, 'title' | 'object' | 'category'>): string {
  const name = title === '' ? category : title;
  return object === null || object < 0 || name.endsWith(`#${object}`) ? name : `${name} #${object}`;
}
