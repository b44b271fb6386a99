/**
 * Writes symbols (`symbol` of src/snapshot/format.ts): which one it is, and what it is called. Must never let two that differ
 * look the same.
 */
import { SymbolSort } from '../snapshot/format.ts';
import type { Builtins } from './builtins.ts';
import type { Identities } from './identities.ts';
import type { Sink } from './sink.ts';
import type { Pool } from './texts.ts';

export type SymbolWriter = (sink: Sink, texts: Pool, symbol: symbol) => void;

export function createSymbolWriter(builtins: Builtins, identities: Identities): SymbolWriter {
  const { apply, keyFor, wellKnownSymbols, wellKnownCount } = builtins;

  return (sink, texts, symbol) => {
    for (let code = 0; code < wellKnownCount; code += 1) {
      if (wellKnownSymbols[code] !== symbol) continue;
      sink.digit(SymbolSort.WellKnown);
      sink.digit(code);
      return;
    }
    const description = builtins.descriptionOf(symbol);
    const key = keyFor === undefined ? undefined : apply(keyFor, undefined, [symbol]);
    // Without Symbol.keyFor, which the page may have replaced, the registered ones are those that can have no number.
    const id = key === undefined ? identities.idOfSymbol(symbol) : 0;
    if (id === 0) {
      sink.digit(SymbolSort.Registered);
      texts.excerpt(sink, key ?? description ?? '');
      return;
    }
    sink.digit(description === undefined ? SymbolSort.Anonymous : SymbolSort.Described);
    sink.number(id);
    if (description !== undefined) texts.excerpt(sink, description);
  };
}
