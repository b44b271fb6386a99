/** Makes code that is to run in a page tell itself from the page's. */
import { type AnyNode, type ObjectExpression, parse } from 'acorn';
import { OWN_MARK } from '../../src/wire/own-mark.ts';

/** Longer than any name that the minifier gives. */
const RECORDS = '$ownRecords';
const RECORD = '$ownRecord';

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * The same program, whose functions and classes have `OWN_MARK` in their texts, and whose object literals inherit from an object of
 * ours: V8 then does not list them among all that inherits from the page's Object.prototype. A null prototype would do the same, but
 * V8 keeps the properties of such objects in tables, which are slow. So is `__proto__` in a literal that is made often: a literal
 * of names and values becomes a call of a constructor of ours. Empty literals stay: the agent finds Object.prototype by one.
 * @param keepsRecords false for code of which no record stays, and which V8 must be able to evaluate without side effects: to give
 *   an object a prototype is one
 */
export function markOwn(code: string, keepsRecords = true): string {
  const edits: Edit[] = [];
  const constructors = new Map<string, number>();
  const insert = (at: number, text: string): void => void edits.push({ from: at, to: at, text });

  const record = (node: ObjectExpression): void => {
    const names = namesOf(node);
    if (!names) {
      insert(node.start + 1, `__proto__:${RECORDS},`);
      return;
    }
    const shape = names.join();
    const number = constructors.get(shape) ?? constructors.size;
    constructors.set(shape, number);
    // A word can stand directly before a brace.
    edits.push({ from: node.start, to: node.start + 1, text: ` new ${RECORD}${number}(` });
    for (const property of node.properties)
      if (property.type === 'Property' && !property.shorthand)
        edits.push({ from: property.start, to: code.indexOf(':', property.key.end) + 1, text: '' });
    edits.push({ from: node.end - 1, to: node.end, text: ')' });
  };

  const visit = (node: AnyNode): void => {
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ClassDeclaration':
      case 'ClassExpression':
        insert(node.body.start + 1, OWN_MARK);
        break;
      case 'ArrowFunctionExpression':
        insert(node.body.start + (node.body.type === 'BlockStatement' ? 1 : 0), OWN_MARK);
        break;
      // V8 makes a function of the fields of a class.
      case 'PropertyDefinition':
        insert(node.key.end, OWN_MARK);
        break;
      case 'ObjectExpression':
        if (keepsRecords && node.properties.length > 0 && !inherits(node)) record(node);
    }
    for (const value of Object.values(node))
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child);
  };
  visit(parse(code, { ecmaVersion: 'latest' }));
  if (!keepsRecords) return edited(code, edits);
  const declarations = [...constructors].map(([shape, number]) => declared(`${RECORD}${number}`, shape.split(',')));
  return `const ${RECORDS}={__proto__:null};${declarations.join('')}${edited(code, edits)}`;
}

/** The names of a literal that has only names and values; else null. */
function namesOf({ properties }: ObjectExpression): readonly string[] | null {
  const names = properties.map((property) =>
    property.type === 'Property' &&
    property.kind === 'init' &&
    !property.computed &&
    !property.method &&
    property.key.type === 'Identifier'
      ? property.key.name
      : null,
  );
  return names.every((name) => name !== null) && new Set(names).size === names.length ? names : null;
}

const inherits = ({ properties }: ObjectExpression): boolean =>
  properties.some(
    (property) =>
      property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === '__proto__',
  );

function declared(name: string, names: readonly string[]): string {
  const assigned = names.map((property, at) => `this.${property}=a${at}`).join(';');
  return `function ${name}(${names.map((_, at) => `a${at}`).join()}){${OWN_MARK}${assigned}}${name}.prototype=${RECORDS};`;
}

function edited(code: string, edits: readonly Edit[]): string {
  let text = '';
  let done = 0;
  // An arrow function whose body is a literal has the mark before the literal, as it was added.
  for (const edit of edits.toSorted((a, b) => a.from - b.from)) {
    text += code.slice(done, edit.from) + edit.text;
    done = edit.to;
  }
  return text + code.slice(done);
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
