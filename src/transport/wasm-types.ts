/**
 * Whether a module of WebAssembly can make objects of its own heap: structs, arrays, and what stands for nothing in a table or a
 * global of functions. Goes by its bytes.
 */

const TYPE_SECTION = 1;
const IMPORT_SECTION = 2;
const TABLE_SECTION = 4;
const GLOBAL_SECTION = 6;
/** Magic number and version. */
const HEADER = 8;
/** What a struct and an array type begin with. */
const ARRAY = 0x5e;
const STRUCT = 0x5f;
/** The kinds of imports. A table is 1. */
const FUNCTION = 0;
const MEMORY = 2;
const GLOBAL = 3;
/** The types of which nothing is no object: i32, i64, f32, f64, v128, and values of JavaScript. */
const HARMLESS = new Set([0x7f, 0x7e, 0x7d, 0x7c, 0x7b, 0x6f]);
/** Instructions of a constant expression, by how many numbers follow; of `f32.const`, `f64.const` and `v128.const` bytes follow. */
const NUMBERS_AFTER: Readonly<Record<number, number>> = {
  65: 1,
  66: 1,
  35: 1,
  208: 1,
  210: 1,
  106: 0,
  107: 0,
  108: 0,
  124: 0,
  125: 0,
  126: 0,
};
const BYTES_AFTER: Readonly<Record<number, number>> = { 67: 4, 68: 8, 253: 17 };
const END = 0x0b;

/**
 * True where it may: another number of a type can look like a struct or an array.
 * @param bytecode In base64.
 */
export function mayMakeObjects(bytecode: string): boolean {
  const bytes = Uint8Array.from(atob(bytecode), (character) => character.charCodeAt(0));
  for (let at = HEADER; at < bytes.length; ) {
    const section = bytes[at];
    const { value: length, next } = readNumber(bytes, at + 1);
    const content = bytes.subarray(next, next + length);
    if (section === TYPE_SECTION && (content.includes(STRUCT) || content.includes(ARRAY))) return true;
    if (section === TABLE_SECTION) return true;
    if (section === IMPORT_SECTION && importsPlaces(content)) return true;
    if (section === GLOBAL_SECTION && hasPlaces(content)) return true;
    at = next + length;
  }
  return false;
}

/** Whether one of the globals may hold a function, or nothing. Also true for what it does not understand. */
function hasPlaces(content: Uint8Array): boolean {
  let { value: left, next: at } = readNumber(content, 0);
  for (; left > 0; left -= 1) {
    if (!HARMLESS.has(content[at] ?? 0)) return true;
    // Its type and whether it can change.
    at += 2;
    while (content[at] !== END) {
      const instruction = content[at] ?? 0;
      const numbers = NUMBERS_AFTER[instruction];
      const bytes = BYTES_AFTER[instruction];
      if (numbers === undefined && bytes === undefined) return true;
      at += 1 + (bytes ?? 0);
      for (let count = 0; count < (numbers ?? 0); count += 1) at = readNumber(content, at).next;
    }
    at += 1;
  }
  return false;
}

/** The same for imports, of tables, too. */
function importsPlaces(content: Uint8Array): boolean {
  let { value: left, next: at } = readNumber(content, 0);
  for (; left > 0; left -= 1) {
    for (let name = 0; name < 2; name += 1) {
      const { value: length, next } = readNumber(content, at);
      at = next + length;
    }
    switch (content[at]) {
      case FUNCTION:
        at = readNumber(content, at + 1).next;
        break;
      case MEMORY: {
        const flags = readNumber(content, at + 1);
        at = readNumber(content, flags.next).next;
        if (flags.value % 2 === 1) at = readNumber(content, at).next;
        break;
      }
      case GLOBAL:
        if (!HARMLESS.has(content[at + 1] ?? 0)) return true;
        at += 3;
        break;
      default:
        return true;
    }
  }
  return false;
}

/** Seven bits to a byte, the lowest first. */
function readNumber(bytes: Uint8Array, start: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let at = start, factor = 1; at < bytes.length; at += 1, factor *= 128) {
    const byte = bytes[at] ?? 0;
    value += (byte % 128) * factor;
    if (byte < 128) return { value, next: at + 1 };
  }
  return { value, next: bytes.length };
}
