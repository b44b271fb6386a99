/** Reads from the text of a module what it exports, and what shows that it has run to its end. Runs nothing. */
import { type AnyNode, type ModuleDeclaration, parse, type Statement } from 'acorn';
import { namesIn } from '../expression/pattern-names.ts';

export interface ModuleText {
  /** The names of its exports; null where they cannot be known, because it exports all of another module. */
  readonly exports: readonly string[] | null;
  /** A variable that has a value only when all statements have run; null where no variable shows that. */
  readonly last: string | null;
}

/** Null for what is no module, or newer than the parser. */
export function readModule(text: string): ModuleText | null {
  let body: readonly (Statement | ModuleDeclaration)[];
  try {
    ({ body } = parse(text, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true }));
  } catch {
    return null;
  }
  const star = body.some((node) => node.type === 'ExportAllDeclaration' && node.exported === null);
  return { exports: star ? null : body.flatMap(exportsOf), last: lastOf(body) };
}

function exportsOf(node: AnyNode): readonly string[] {
  switch (node.type) {
    case 'ExportDefaultDeclaration':
      return ['default'];
    case 'ExportAllDeclaration':
      return node.exported ? [nameOf(node.exported)] : [];
    case 'ExportNamedDeclaration':
      return [
        ...node.specifiers.map(({ exported }) => nameOf(exported)),
        ...(node.declaration ? declaredBy(node.declaration) : []),
      ];
    default:
      return [];
  }
}

function declaredBy(node: AnyNode): readonly string[] {
  switch (node.type) {
    case 'VariableDeclaration':
      return node.declarations.flatMap(({ id }) => namesIn(id));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return node.id ? [node.id.name] : [];
    default:
      return [];
  }
}

const nameOf = (node: AnyNode): string =>
  node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : '';

/** The last variable that the last statement initializes. Functions, imports and lists of exports do nothing when they are reached. */
function lastOf(body: readonly (Statement | ModuleDeclaration)[]): string | null {
  for (const node of body.toReversed()) {
    const statement = node.type === 'ExportNamedDeclaration' ? node.declaration : node;
    switch (statement?.type) {
      case undefined:
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
      case 'FunctionDeclaration':
      case 'EmptyStatement':
        continue;
      case 'ExportDefaultDeclaration':
        if (statement.declaration.type === 'FunctionDeclaration') continue;
        return null;
      case 'ClassDeclaration':
        return statement.id?.name ?? null;
      case 'VariableDeclaration':
        return statement.kind === 'var' ? null : (declaredBy(statement).at(-1) ?? null);
      default:
        return null;
    }
  }
  return null;
}
