/** Names of boxes that stay the same from picture to picture. */
import type { Excerpt, ObjectId, SymbolIdentity, Value } from '../snapshot/snapshot.ts';
import type { BoxKey } from './diagram.ts';

/** The box of several roots, of a primitive root and of a failed one. */
export const scopeKey: BoxKey = 'scope';

export const boxKeyOf = (id: ObjectId): BoxKey => `o${id}`;

/** The box of a value that is no object; null for what needs none. */
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

/** The same for two symbols only if they are one. */
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

/** Longer texts are named by their beginning, length and hash. */
const longestName = 60;

function whole({ head, tail, length }: Excerpt): string {
  const text = head + tail;
  if (length <= longestName) return text;
  // The hash of D. J. Bernstein, to tell texts apart that begin alike.
  let hash = 5381;
  for (let i = 0; i < text.length; i++) hash = (hash * 33 + text.charCodeAt(i)) % 2 ** 40;
  return `${text.slice(0, longestName)}…${length}:${hash}`;
}
