/**
 * Reads what a recorder hands out (src/wire/recorder-exchange.ts). A page may be hostile, so for any text the result is a value: what
 * cannot be read ends the recording there.
 */
import type { Excerpt, HeapObject, SymbolIdentity, Value } from '../snapshot/snapshot.ts';
import { Corrupt, corrupt, Digits } from '../wire/digit-reader.ts';
import { Tag } from '../wire/format.ts';
import { RecordReader } from '../wire/record-reader.ts';
import { type ExcerptReader, readShapesWith, readSymbol, type Shape } from '../wire/shape-reader.ts';
import { Pool } from '../wire/text-pool-reader.ts';

/** A stop as it was handed out: frames have the numbers of their functions. */
export interface RawStop {
  readonly place: number;
  readonly at: number;
  readonly changed: readonly HeapObject[];
}

export interface HandoutReader {
  /** The stops of one handout. Null: it cannot be read, and nothing after it. */
  read(texts: readonly unknown[]): readonly RawStop[] | null;
}

export function createHandoutReader(): HandoutReader {
  const excerpts: Excerpt[] = [];
  const shapes: Shape[] = [];
  const texts: ExcerptReader = {
    excerpt: (cursor) => excerpts[cursor.number() - 1] ?? corrupt('A text is not defined.'),
  };
  return {
    read(fields) {
      const [newShapes = '', stream = '', definitions = '', characters = ''] = fields.map((field) =>
        typeof field === 'string' ? field : '',
      );
      try {
        const cursor = new Digits(definitions, 'definitions');
        const pool = new Pool(characters, 'texts');
        while (!cursor.done) excerpts.push(pool.excerpt(cursor));
        shapes.push(...readShapesWith(newShapes, texts));
        return new StopReader(stream, shapes, texts).stops();
      } catch (error) {
        if (error instanceof Corrupt) return null;
        throw error;
      }
    },
  };
}

class StopReader extends RecordReader {
  private readonly texts: ExcerptReader;

  constructor(stream: string, shapes: readonly Shape[], texts: ExcerptReader) {
    super(new Digits(stream, 'stops'), shapes);
    this.texts = texts;
  }

  stops(): readonly RawStop[] {
    const { cursor } = this;
    const stops: RawStop[] = [];
    while (!cursor.done) {
      const place = cursor.number() - 1;
      const at = cursor.number();
      const changed: HeapObject[] = [];
      for (let number = cursor.number(); number !== 0; number = cursor.number())
        changed.push(this.record(number % 2 === 0 ? number / 2 : -(number - 1) / 2));
      stops.push({ place, at, changed });
    }
    return stops;
  }

  protected excerpt(): Excerpt {
    return this.texts.excerpt(this.cursor);
  }

  protected text(): Value {
    return { type: 'string', text: this.excerpt() };
  }

  protected decimal(): string {
    const { head, tail } = this.excerpt();
    return head + tail;
  }

  protected symbol(): SymbolIdentity {
    return readSymbol(this.cursor, this.texts);
  }

  protected reference(tag: number): Value {
    const number = this.cursor.number();
    if (tag === Tag.New) return { type: 'reference', id: number };
    return tag === Tag.Synthetic ? { type: 'reference', id: -number } : corrupt('A reference has no number.');
  }
}
