/** Makes code that is to run in a page tell itself from the page's. */
import { type AnyNode, parse } from 'acorn';
import { OWN_MARK } from '../../src/wire/own-mark.ts';

/** Longer than any name that the minifier gives. */
const RECORDS = '$ownRecords';

/** Declares what the records of marked code inherit from: nothing of the page's. */
export const OWN_RECORDS = `const ${RECORDS}={__proto__:null};`;

/**
 * The same program, whose functions and classes have `OWN_MARK` in their texts, and whose object literals inherit from an object of
 * ours: V8 then does not list them among all that inherits from the page's Object.prototype. A null prototype would do the same, but
 * V8 keeps the properties of such objects in tables, which are slow. Empty literals stay: the agent finds Object.prototype by one.
 */
export function markOwn(code: string): string {
  const added: { readonly at: number; readonly text: string }[] = [];
  const visit = (node: AnyNode): void => {
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ClassDeclaration':
      case 'ClassExpression':
        added.push({ at: node.body.start + 1, text: OWN_MARK });
        break;
      case 'ArrowFunctionExpression':
        added.push({ at: node.body.start + (node.body.type === 'BlockStatement' ? 1 : 0), text: OWN_MARK });
        break;
      // V8 makes a function of the fields of a class.
      case 'PropertyDefinition':
        added.push({ at: node.key.end, text: OWN_MARK });
        break;
      case 'ObjectExpression': {
        const inherits = node.properties.some(
          (property) =>
            property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === '__proto__',
        );
        if (node.properties.length > 0 && !inherits) added.push({ at: node.start + 1, text: `__proto__:${RECORDS},` });
      }
    }
    for (const value of Object.values(node))
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child);
  };
  visit(parse(code, { ecmaVersion: 'latest' }));
  let marked = '';
  let from = 0;
  // An arrow function whose body is a literal has the mark before the literal, as it was added.
  for (const { at, text } of added.toSorted((a, b) => a.at - b.at)) {
    marked += code.slice(from, at) + text;
    from = at;
  }
  return marked + code.slice(from);
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
