/**
 * Whether a module of WebAssembly can make objects of its own heap: structs, arrays, and what stands for nothing in a table of
 * functions. Goes by its bytes.
 */

const TYPE_SECTION = 1;
const IMPORT_SECTION = 2;
const TABLE_SECTION = 4;
/** Magic number and version. */
const HEADER = 8;
/** What a struct and an array type begin with. */
const ARRAY = 0x5e;
const STRUCT = 0x5f;
/** The kinds of imports. A table is 1. */
const FUNCTION = 0;
const MEMORY = 2;
const GLOBAL = 3;
/** What the type of a reference begins with, when its heap type follows. */
const REFERENCE = new Set([0x63, 0x64]);

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
    if (section === IMPORT_SECTION && importsTable(content)) return true;
    at = next + length;
  }
  return false;
}

/** Also true for what it does not understand. */
function importsTable(content: Uint8Array): boolean {
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
        at += REFERENCE.has(content[at + 1] ?? 0) ? readNumber(content, at + 2).next - at + 1 : 3;
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
