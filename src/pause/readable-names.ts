/** Makes readable names of functions, from V8's names and from the text around a function. Pure. */
import { say } from '../words/say.ts';

const inferred =
  /^(?:[\p{ID_Start}$_][\p{ID_Continue}$]*|<computed>)(?:\.(?:[\p{ID_Start}$_][\p{ID_Continue}$]*|<computed>))+$/u;

/**
 * Makes V8's name of a function readable. For a function without a name V8 says what it was assigned to, from the outermost object
 * on. Of a long path the last property is the name, or, when that is computed, the property that has it. Empty when nothing is left.
 */
export function readableName(name: string): string {
  if (name === '<static_initializer>') return STATIC_BLOCK;
  if (name === '<instance_members_initializer>') return FIELDS;
  if (!inferred.test(name)) return name;
  const parts = name.split('.');
  if (parts.length === 2 && !parts.includes('<computed>')) return name;
  while (parts.at(-1) === '<computed>') parts.splice(-2);
  return parts.at(-1) ?? '';
}

const STATIC_BLOCK = say('frame_staticBlock');

const FIELDS = say('frame_fields');

/** Whether it is the name of code that makes a class or an instance of it. @param className Also the constructor that is not written. */
export const isInitializer = (name: string, className: string | null): boolean =>
  name.startsWith(STATIC_BLOCK) || name.startsWith(FIELDS) || name === className;

/** The same name with the class. */
export function initializerOf(name: string, className: string): string {
  if (name.startsWith(STATIC_BLOCK)) return say('frame_staticBlockOf', { name: className });
  return name.startsWith(FIELDS) ? say('frame_fieldsOf', { name: className }) : className;
}

/** A function that is an argument of a call of `name`. */
export const callbackOf = (name: string): string => say('frame_callback', { name });

/** A function without a name. @param line Counts from 0. */
export const anonymousAt = (line: number): string => say('frame_anonymousAt', { line: String(line + 1) });

/** What precedes the parameters of a function expression. */
const functionWords = /(?:\basync\s*)?(?:\bfunction\s*\*?\s*)?$/;
const callee = /(?:[\p{ID_Start}$_][\p{ID_Continue}$]*\s*\.\s*)?[\p{ID_Start}$_][\p{ID_Continue}$]*\s*$/u;
const notCalled: ReadonlySet<string> = new Set(['if', 'for', 'while', 'switch', 'return', 'catch', 'function', 'with']);

/**
 * `callback of items.map`, when the function is an argument of a call. Null otherwise.
 * @param before The text before the function's parameters.
 */
export function callbackName(before: string): string | null {
  const text = before.replace(functionWords, '');
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    const character = text[at] ?? '';
    if (')]}'.includes(character)) depth += 1;
    else if (character === ';' && depth === 0) return null;
    else if ('([{'.includes(character)) {
      if (depth > 0) depth -= 1;
      else if (character !== '(') return null;
      else {
        const name = callee.exec(text.slice(0, at))?.[0].replace(/\s/g, '') ?? '';
        return name === '' || notCalled.has(name) ? null : callbackOf(name);
      }
    }
  }
  return null;
}
