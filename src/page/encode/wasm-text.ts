/**
 * Structs and arrays of WebAssembly as text: V8 makes another object for each at every pause, so that nobody can tell which of them
 * are the same.
 */
import { isObject, type SafeReader } from '../realm/safe-read.ts';

/** Fields or elements that are shown. */
const most = 8;
/** Levels of structs in structs that are shown. */
const deepest = 2;

type NamesOf = (target: object) => readonly (string | symbol)[] | null;

/** The value in V8's wrapper `{type, value}` of a variable; of a struct or an array of WebAssembly its text. */
export function wasmValue(safe: SafeReader, namesOf: NamesOf, wrapper: object): unknown {
  const value = safe.data(wrapper, 'value');
  return isManaged(safe, wrapper, value) ? managedText(safe, namesOf, value, deepest) : value;
}

/** Whether it is a struct or an array. Their types are written `(ref $canon3)`; a function's, too. */
function isManaged(safe: SafeReader, wrapper: object, value: unknown): value is object {
  const type = safe.data(wrapper, 'type');
  if (!isObject(value) || typeof value === 'function' || typeof type !== 'string') return false;
  return type[0] === '(' && type[1] === 'r' && (type[5] === '$' || type[10] === '$');
}

/** `{$field0: 7, $field1: {…}}`, `[1, 2, … 98 more]`. */
function managedText(safe: SafeReader, namesOf: NamesOf, target: object, levels: number): string {
  const length = safe.data(target, 'length');
  const names = namesOf(target);
  const isList = typeof length === 'number';
  const count = isList ? length : (names?.length ?? 0);
  let text = '';
  for (let index = 0; index < count && index < most; index += 1) {
    const name = isList ? `${index}` : (names?.[index] ?? '');
    if (typeof name !== 'string') continue;
    const field = safe.data(target, name);
    if (index > 0) text += ', ';
    if (!isList) text += `${name}: `;
    text += isObject(field) ? fieldText(safe, namesOf, field, levels - 1) : '…';
  }
  if (count > most) text += `, … ${count - most} more`;
  return isList ? `[${text}]` : `{${text}}`;
}

function fieldText(safe: SafeReader, namesOf: NamesOf, wrapper: object, levels: number): string {
  const value = safe.data(wrapper, 'value');
  if (isManaged(safe, wrapper, value)) return levels > 0 ? managedText(safe, namesOf, value, levels) : '…';
  if (value === null || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string')
    return `${value}`;
  return '…';
}
