/** Reads the texts of a pool (format.ts), in the order in which digits define them. Throws `Corrupt`. */

import type { Excerpt, Value } from '../snapshot/snapshot.ts';
import { corrupt, type Digits } from './digit-reader.ts';

type StringValue = Extract<Value, { type: 'string' }>;

export class Pool {
  /** Known texts as values. Most texts repeat, and share the value. */
  private readonly known: StringValue[] = [];
  private text: string;
  private readonly name: string;
  private at = 0;

  /** @param name What the pool contains, in the plural, for messages. */
  constructor(text: string, name: string) {
    this.text = text;
    this.name = name;
  }

  get done(): boolean {
    return this.at === this.text.length;
  }

  /** Continues with another text. Known texts stay known. */
  continue(text: string): void {
    if (!this.done) corrupt(`The ${this.name} of a piece are longer than its objects say.`);
    this.text = text;
    this.at = 0;
  }

  /** The text that the digits at `cursor` define or refer to. */
  string(cursor: Digits): string {
    return this.whole(cursor, cursor.number()).text.head;
  }

  excerpt(cursor: Digits): Excerpt {
    const reference = cursor.number();
    return reference === 0 ? this.cut(cursor) : this.whole(cursor, reference - 1).text;
  }

  /** The excerpt as a value. */
  value(cursor: Digits): Value {
    const reference = cursor.number();
    return reference === 0 ? { type: 'string', text: this.cut(cursor) } : this.whole(cursor, reference - 1);
  }

  /** The next characters of the pool. */
  characters(length: number): string {
    const start = this.at;
    if (length > this.text.length - start) corrupt(`The ${this.name} end too early.`);
    this.at = start + length;
    return this.text.slice(start, this.at);
  }

  private whole(cursor: Digits, reference: number): StringValue {
    const { known } = this;
    if (reference > known.length) return corrupt(`The ${this.name} have no entry ${reference}.`);
    const made = reference > 0 ? known[reference - 1] : undefined;
    if (made !== undefined) return made;
    const head = this.defined(cursor);
    const value: StringValue = { type: 'string', text: { head, tail: '', length: head.length } };
    known.push(value);
    return value;
  }

  private defined(cursor: Digits): string {
    const lengthAndPatched = cursor.number();
    const patched = lengthAndPatched % 2 === 1;
    const plain = this.characters((lengthAndPatched - (patched ? 1 : 0)) / 2);
    return patched ? patch(plain, cursor) : plain;
  }

  private cut(cursor: Digits): Excerpt {
    const length = cursor.number();
    const head = this.string(cursor);
    const tail = this.string(cursor);
    if (head.length + tail.length > length) corrupt('A text is longer than it says.');
    return { head, tail, length };
  }
}

/** Puts back lone surrogates, which U+FFFD replaced. */
function patch(plain: string, cursor: Digits): string {
  const count = cursor.number();
  const pieces: string[] = [];
  let end = 0;
  let position = 0;
  for (let index = 0; index < count; index += 1) {
    position += cursor.number();
    const unit = 0xd800 + cursor.number();
    if (position < end || plain[position] !== '\ufffd' || unit > 0xdfff)
      corrupt('A surrogate has no place in its text.');
    pieces.push(plain.slice(end, position), String.fromCharCode(unit));
    end = position + 1;
  }
  pieces.push(plain.slice(end));
  return pieces.join('');
}
