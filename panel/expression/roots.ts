/** Turns the expressions of a user into roots. Pure. */
import type { RootRequest } from '../../src/capture/capture.ts';
import { readProgram } from '../../src/expression/program.ts';
import type { Excerpt, Snapshot, Value } from '../../src/snapshot/snapshot.ts';

/** The root of a name that only the panel knows; `gone` when its object is gone, null for all other texts. */
export type NamedRoots = (text: string) => RootRequest | 'gone' | null;

export type Roots =
  | { readonly ok: true; readonly roots: readonly RootRequest[] }
  /** The expression whose object is gone. */
  | { readonly ok: false; readonly gone: string };

export interface DrawnBefore {
  /** The snapshot to continue: its objects are read again, whatever the expressions would return now. */
  readonly drawn: Snapshot | null;
  /** A snapshot with values of statements that have run: they do not run again. */
  readonly ran: Snapshot | null;
  /** The expression that was entered just now: it runs. */
  readonly fresh: string | null;
  /** Nobody asked for it just now: nothing with side effects is evaluated. */
  readonly pure?: boolean;
}

export function rootsOf(expressions: readonly string[], before: DrawnBefore, named: NamedRoots): Roots {
  const { drawn, ran, fresh, pure = false } = before;
  const roots: RootRequest[] = [];
  for (const expression of expressions) {
    const value = resultIn(drawn, expression) ?? (expression === fresh ? null : ranBefore(ran, expression));
    const root = named(expression) ?? toRoot(expression, value, expression === fresh, pure);
    if (root === 'gone') return { ok: false, gone: expression };
    roots.push(root);
  }
  return { ok: true, roots };
}

function resultIn(snapshot: Snapshot | null, expression: string): Value | null {
  const result = snapshot?.roots.find(({ label }) => label === expression)?.result;
  return result?.ok ? result.value : null;
}

const ranBefore = (ran: Snapshot | null, expression: string): Value | null =>
  readProgram(expression).kind === 'statements' ? resultIn(ran, expression) : null;

/**
 * `queryObjects(Class)`, as in DevTools' console, asks for all instances of a class; anything else is evaluated as the
 * Console does it. Statements run once: where their value was drawn, it is read again.
 */
function toRoot(expression: string, before: Value | null, fresh: boolean, pure: boolean): RootRequest {
  const again = before?.type === 'reference' ? { again: before.id } : {};
  const program = readProgram(expression);
  switch (program.kind) {
    case 'broken':
      // V8 says what is wrong with it.
      return { type: 'expression', expression };
    case 'statements': {
      const { text, waits } = program;
      const value = before && expressionOf(before);
      return value === null
        ? { type: 'program', text, waits, label: expression }
        : { type: 'expression', expression: value, label: expression, ...again };
    }
    case 'expression': {
      const [, inside] = /^queryObjects\(([\s\S]+)\)$/.exec(program.text) ?? [];
      return !pure && inside !== undefined && readProgram(inside).kind === 'expression'
        ? { type: 'instances', expression: inside, ...(fresh && { fresh }) }
        : {
            type: 'expression',
            expression: program.text,
            ...labelled(program.text, expression),
            ...again,
            ...(pure && { pure }),
          };
    }
  }
}

const labelled = (text: string, label: string) => (text === label ? {} : { label });

/** An expression for a value that was read before; null where none can give it again. */
function expressionOf(value: Value): string | null {
  switch (value.type) {
    case 'undefined':
    case 'null':
    // The object itself is found by its number; where it is gone, there is nothing.
    case 'reference':
      return value.type === 'null' ? 'null' : 'undefined';
    case 'boolean':
      return String(value.value);
    case 'number':
      return Object.is(value.value, -0) ? '-0' : String(value.value);
    case 'bigint':
      return isWhole(value.digits) ? `${value.digits.head}${value.digits.tail}n` : null;
    case 'string':
      return isWhole(value.text) ? JSON.stringify(value.text.head + value.text.tail) : null;
    default:
      return null;
  }
}

const isWhole = ({ head, tail, length }: Excerpt): boolean => head.length + tail.length === length;
