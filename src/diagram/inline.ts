/** Writes an object as the text of one cell. */

import type { HeapObject, Part, PropertyKey, SymbolIdentity, Value } from '../snapshot/snapshot.ts';
import { say } from '../words/say.ts';
import type { Choices } from './choices.ts';
import { type ShownText, showName, showString, showSymbol, wholeText } from './text.ts';
import { titleOf } from './titles.ts';
import { dateInWords, isoText } from './values/dates.ts';

/** The number of parts of an object that are written. More would be cut off anyway. */
const mostParts = 100;

/** `ƒ name()`, `Point {x: 1, y: 2}`, `[1, 2]`; at most as long as a string may be. Of the objects to which it refers, only the names are written. */
export function inlineText(object: HeapObject, choices: Choices): ShownText {
  const { snapshot, settings, isKeyShown } = choices;
  const maximum = settings.text.maximumLength;
  if (object.kind === 'function') return functionName(object, maximum);
  const nameOf = (value: Value): string => {
    switch (value.type) {
      case 'undefined':
      case 'null':
        return value.type;
      case 'boolean':
        return String(value.value);
      case 'number':
        return Object.is(value.value, -0) ? '-0' : String(value.value);
      case 'bigint':
        return `${showName(value.digits, maximum).text}n`;
      case 'string':
        return showString(value.text, maximum).text;
      case 'symbol':
        return symbolText(value.symbol, maximum);
      case 'reference': {
        const target = snapshot.objects.get(value.id);
        return target ? titleOf(target, maximum) : '✂';
      }
      case 'accessor':
        return '(…)';
      case 'uninitialised':
        return say('cell_uninitialized');
      case 'unreadable':
        return say('cell_unreadable');
    }
  };
  const symbolText = (symbol: SymbolIdentity, longest: number): string =>
    showSymbol(symbol, longest, choices.isNumbered(symbol)).text;
  if (object.kind === 'node') return nodeText(object, maximum);
  // A call without variables, or a line for several calls, of which none is read.
  if (object.kind === 'scope' && object.parts.length === 0) return { text: say('cell_nothingDrawn'), hint: null };
  const title = titleOf(object, maximum);
  const { primitive } = object;
  if (primitive?.type === 'number' && object.kind === 'date' && settings.values.dates)
    return { text: `${title} ${dateInWords(primitive.value)}`, hint: isoText(primitive.value) };
  if (primitive) return cutTo(`${title} ${nameOf(primitive)}`, maximum);
  const linear = object.parts.some(({ type }) => type === 'element') || object.kind === 'array';
  const parts = object.parts
    .slice(0, mostParts)
    .flatMap((part) => (part.type === 'property' && !isKeyShown(part.key) ? [] : [partText(part, nameOf, symbolText)]));
  const name = title === 'Object' || title === 'Array' ? '' : `${title} `;
  return cutTo(`${name}${linear ? '[' : '{'}${parts.join(', ')}${linear ? ']' : '}'}`, maximum);
}

type SymbolText = (symbol: SymbolIdentity, maximum: number) => string;

function partText(part: Part, nameOf: (value: Value) => string, symbolText: SymbolText): string {
  switch (part.type) {
    case 'element':
      return nameOf(part.value);
    case 'entry':
      return `${nameOf(part.key)} → ${nameOf(part.value)}`;
    case 'property':
      return `${keyText(part.key, symbolText)}: ${nameOf(part.value)}`;
    case 'holes':
      return say('cell_empty', { count: part.count });
    case 'hidden':
      return '…';
  }
}

function keyText(key: PropertyKey, symbolText: SymbolText): string {
  switch (key.type) {
    case 'name':
      return showName(key.name, 40).text;
    case 'symbol':
      return `[${symbolText(key.symbol, 40)}]`;
    case 'private':
      return `#${showName(key.name, 40).text}`;
    case 'internal':
    case 'getter':
      return showName(wholeText(key.name), 40).text;
  }
}

/** `<li.done>`, `#text "milk"`, as far as the content is known. */
function nodeText(object: HeapObject, maximum: number): ShownText {
  const name = object.primitive?.type === 'string' ? showName(object.primitive.text, maximum).text : null;
  if (name === null) return { text: titleOf(object, maximum), hint: null };
  const data = object.parts.find(
    (part) => part.type === 'property' && part.key.type === 'internal' && part.key.name === '[[Data]]',
  );
  const text =
    data?.type === 'property' && data.value.type === 'string' ? ` ${showString(data.value.text, maximum).text}` : '';
  return cutTo(name.startsWith('#') ? `${name}${text}` : `<${name}>`, maximum);
}

/** Cuts a text that is readable already. */
function cutTo(text: string, maximum: number): ShownText {
  const characters = [...text];
  if (characters.length <= maximum) return { text, hint: null };
  return { text: `${characters.slice(0, maximum).join('')}…`, hint: text };
}

function functionName(object: HeapObject, maximum: number): ShownText {
  const name = object.className ? showName(object.className, maximum) : { text: '', hint: null };
  return { text: `ƒ ${name.text}()`, hint: name.hint };
}
