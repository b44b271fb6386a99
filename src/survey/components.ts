/** The expressions that lead to trees of frameworks in the document. */
import type { ComponentPlace } from '../wire/requests.ts';

export interface FoundComponent {
  readonly framework: string;
  readonly name: string;
  readonly expression: string;
}

export function componentsAt(places: readonly ComponentPlace[]): readonly FoundComponent[] {
  return places.map(([framework, tag, id, position, key]) => {
    const element =
      id === '' ? `document.getElementsByTagName('*')[${position}]` : `document.getElementById(${JSON.stringify(id)})`;
    const member = /^[\w$]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    return {
      framework,
      name: id === '' ? `<${tag}>` : `<${tag} id="${id}">`,
      expression: key === '' ? element : element + member,
    };
  });
}
