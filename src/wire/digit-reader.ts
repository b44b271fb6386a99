/** Reads a text of digits (format.ts), one number after the other. Throws only `Corrupt`. */
import { digits } from './format.ts';

/** Thrown while a reply is read, and caught in reader.ts. */
export class Corrupt extends Error {}

export function corrupt(message: string): never {
  throw new Corrupt(message);
}

const digitValues: Int8Array = new Int8Array(128).fill(-1);
for (let value = 0; value < digits.length; value += 1) digitValues[digits.charCodeAt(value)] = value;

export class Digits {
  private text: string;
  private readonly name: string;
  private at = 0;

  /** @param name What the text contains, in the plural, for messages. */
  constructor(text: string, name: string) {
    this.text = text;
    this.name = name;
  }

  get done(): boolean {
    return this.at === this.text.length;
  }

  /** Continues with another text. */
  continue(text: string): void {
    if (!this.done) corrupt(`The ${this.name} of a piece go on after its end.`);
    this.text = text;
    this.at = 0;
  }

  digit(): number {
    if (this.at === this.text.length) corrupt(`The ${this.name} end too early.`);
    const value = digitValues[this.text.charCodeAt(this.at)] ?? -1;
    if (value < 0) corrupt(`The ${this.name} hold a character that is no digit.`);
    this.at += 1;
    return value;
  }

  number(): number {
    const first = this.digit();
    if (first < 32) return first;
    const second = this.digit();
    if (second < 32) return first - 32 + second * 32;
    let value = first - 32 + (second - 32) * 32;
    let factor = 1024;
    for (;;) {
      const digit = this.digit();
      value += (digit % 32) * factor;
      if (value > Number.MAX_SAFE_INTEGER) corrupt(`The ${this.name} hold a number beyond 2^53.`);
      if (digit < 32) return value;
      factor *= 32;
      if (factor > Number.MAX_SAFE_INTEGER) corrupt(`The ${this.name} hold a number beyond 2^53.`);
    }
  }
}
