/**
 * Writes symbols (`symbol` of src/wire/format.ts): their identity and their description. Two different symbols must never look the
 * same.
 */
import { SymbolSort } from '../../wire/format.ts';
import type { Builtins } from '../realm/builtins.ts';
import type { Sink } from './digit-writer.ts';
import type { Identities } from './identities.ts';
import type { Pool } from './text-pool-writer.ts';

export type SymbolWriter = (sink: Sink, texts: Pool, symbol: symbol) => void;

export function createSymbolWriter(builtins: Builtins, identities: Identities): SymbolWriter {
  const { apply, wellKnownSymbols, wellKnownCount } = builtins;
  const { keyFor } = builtins.values;

  return (sink, texts, symbol) => {
    for (let code = 0; code < wellKnownCount; code += 1) {
      if (wellKnownSymbols[code] !== symbol) continue;
      sink.digit(SymbolSort.WellKnown);
      sink.digit(code);
      return;
    }
    const description = builtins.descriptionOf(symbol);
    const key = apply(keyFor, undefined, [symbol]);
    // Without Symbol.keyFor, which the page may have replaced, registered symbols are those that cannot have a number.
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
