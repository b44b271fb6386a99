/** Finds the private names in the text of a class. Only parses: nothing of the page runs. */
import { type AnyNode, type ClassBody, parse } from 'acorn';
import type { DeclaredNames } from '../../../wire/debugger-exchange.ts';

/** Null for a text that does not parse. */
export function declaredNamesIn(text: string): DeclaredNames | null {
  const body = classBodyOf(text);
  if (body === null) return null;
  const own = newNames();
  const statics = newNames();
  for (const member of body.body) {
    if (member.type === 'StaticBlock' || member.key.type !== 'PrivateIdentifier') continue;
    const { name } = member.key;
    const names = member.static ? statics : own;
    if (member.type === 'PropertyDefinition') names.fields.push(name);
    else if (member.kind === 'method') names.methods.push(name);
    else names.accessors.set(name, (names.accessors.get(name) ?? 0) + (member.kind === 'get' ? 1 : 2));
  }
  return {
    fields: own.fields,
    methods: own.methods,
    accessors: accessorsOf(own),
    staticFields: statics.fields,
    staticAccessors: accessorsOf(statics),
  };
}

interface Names {
  readonly fields: string[];
  readonly methods: string[];
  readonly accessors: Map<string, number>;
}

const newNames = (): Names => ({ fields: [], methods: [], accessors: new Map() });

function accessorsOf({ accessors }: Names): DeclaredNames['accessors'] {
  return [...accessors].map(([name, which]) => [name, which === 1 ? 1 : which === 2 ? 2 : 3]);
}

function classBodyOf(text: string): ClassBody | null {
  try {
    // A class inside of another one uses names that this text does not declare.
    const options = { ecmaVersion: 'latest', checkPrivateFields: false, allowSuperOutsideMethod: true } as const;
    const [statement]: readonly AnyNode[] = parse(`(${text}\n)`, options).body;
    const value = statement?.type === 'ExpressionStatement' ? statement.expression : null;
    return value?.type === 'ClassExpression' ? value.body : null;
  } catch {
    return null;
  }
}
