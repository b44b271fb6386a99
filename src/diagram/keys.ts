/** Keys of boxes, which stay the same from picture to picture. */
import type { Excerpt, ObjectId, SymbolIdentity, Value } from '../snapshot/snapshot.ts';
import type { BoxKey } from './diagram.ts';

/** The key of the box for several roots, for a primitive root and for a failed one. */
export const scopeKey: BoxKey = 'scope';

export const boxKeyOf = (id: ObjectId): BoxKey => `o${id}`;

/** The key of the box for a value that is not an object; null for a value without a box. */
export function primitiveKey(value: Value): BoxKey | null {
  switch (value.type) {
    case 'undefined':
    case 'null':
      return `v:${value.type}`;
    case 'boolean':
      return `v:${value.value}`;
    case 'number':
      return `v:${Object.is(value.value, -0) ? '-0' : value.value}`;
    case 'bigint':
      return `v:${whole(value.digits)}n`;
    case 'string':
      return `v:"${whole(value.text)}`;
    case 'symbol':
      return `v:${symbolKey(value.symbol)}`;
    default:
      return null;
  }
}

/** Two symbols have the same key only if they are the same symbol. */
export function symbolKey(symbol: SymbolIdentity): string {
  switch (symbol.sort) {
    case 'own':
      return `Symbol#${symbol.id}`;
    case 'registered':
      return `Symbol.for("${whole(symbol.key)}")`;
    case 'wellKnown':
      return `Symbol.${symbol.name}`;
  }
}

/** The key of a box that stands for many objects. */
export const groupKey = (name: string): BoxKey => `group ${name}`;

export const isGroupKey = (key: BoxKey): boolean => key.startsWith('group ');

/** Characters. The key of a longer text is its start, length and hash. */
const longestName = 60;

function whole({ head, tail, length }: Excerpt): string {
  const text = head + tail;
  if (length <= longestName) return text;
  // The hash of D. J. Bernstein distinguishes texts with the same start.
  let hash = 5381;
  for (let i = 0; i < text.length; i++) hash = (hash * 33 + text.charCodeAt(i)) % 2 ** 40;
  return `${text.slice(0, longestName)}…${length}:${hash}`;
}
