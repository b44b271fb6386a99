/**
 * What is recorded of a script: the places at which a program stops, the variables of each, and the conditions that hand them to the
 * recorder. Pure.
 */
import { PlaceKind } from '../wire/recorder-exchange.ts';
import {
  type Analysis,
  type AnalyzedFunction,
  functionAt,
  type Scope,
  type Statement,
  scopesAround,
} from './analysis.ts';
import { offsetsOf } from './locations.ts';

/** Where a breakpoint can be set, as the protocol says. Both count from 0, in the file that the script is in. */
export interface BreakLocation {
  readonly lineNumber: number;
  readonly columnNumber: number;
  readonly type: 'debuggerStatement' | 'call' | 'return' | null;
}

/** Part of a recording, as the file has it. */
export interface RecordedFunction {
  /** As its script calls it. */
  readonly name: string;
  /** As the original source calls it. */
  readonly shown: string;
  /** `graph`: no function of the program, but a place at which it calls `graph(…)`; its variables are the values. */
  readonly kind: AnalyzedFunction['kind'] | 'graph';
  readonly parameters: readonly string[];
  /** In the order in which they are declared: its own first, then those of outer functions. */
  readonly variables: readonly RecordedVariable[];
  readonly pairs: AnalyzedFunction['pairs'];
}

export interface RecordedVariable {
  readonly name: string;
  /** Its name in the original source. */
  readonly shown: string;
  /** It belongs to an outer function or the script. */
  readonly outer: boolean;
}

export interface RecordedPlace {
  readonly function: number;
  /** Index of the script, or of the original source. */
  readonly script: number;
  /** Both count from 0, in the script's text. */
  readonly line: number;
  readonly column: number;
  /** One of `PlaceKind`. */
  readonly kind: number;
  readonly calls: readonly string[];
  readonly throws: boolean;
  readonly suspends: boolean;
  readonly inTry: boolean;
  /** An entry that is repeated: whether a stop there is a new call has to be found out. */
  readonly repeats: boolean;
  /** A call comes here once. */
  readonly once: boolean;
  readonly returns: string | null;
  /** Variables of its function that are not initialized yet. */
  readonly unready: readonly string[];
}

export interface PlannedPlace {
  readonly place: RecordedPlace;
  readonly location: BreakLocation;
  /** The variables, as text of an object literal, and of functions that give the others. */
  readonly locals: string;
  readonly all: string | null;
  readonly each: string | null;
}

export interface Plan {
  readonly functions: readonly RecordedFunction[];
  readonly places: readonly PlannedPlace[];
  /** Locations at which nothing is recorded: `debugger` statements, default values of parameters, fields and static blocks. */
  readonly left: number;
}

/** More variables of a frame are not recorded. */
const mostVariables = 60;

interface PlanRequest {
  readonly source: string;
  readonly analysis: Analysis;
  readonly locations: readonly BreakLocation[];
  /** Offsets of the part that is recorded; null for all of it. */
  readonly range: { readonly start: number; readonly end: number } | null;
  /** Where the script begins in its file. */
  readonly startLine: number;
  readonly startColumn: number;
  readonly script: number;
  /** The number of functions of earlier scripts. */
  readonly firstFunction: number;
}

export function planOf(request: PlanRequest): Plan {
  const { analysis, locations, range, firstFunction, script } = request;
  const offsets = offsetsOf(request);
  const functions: RecordedFunction[] = [];
  const indexOf = new Map<AnalyzedFunction, number>();
  const entries = new Map<AnalyzedFunction, number>();
  let left = 0;
  const kept: { readonly location: BreakLocation; readonly offset: number; readonly owner: AnalyzedFunction }[] = [];
  for (const location of locations) {
    const offset = offsets(location);
    if (range && (offset < range.start || offset >= range.end)) continue;
    const owner = functionAt(analysis, offset, location.type === 'return');
    if (!owner || location.type === 'debuggerStatement' || offset < owner.body) {
      left += 1;
      continue;
    }
    kept.push({ location, offset, owner });
    if (location.type !== 'return') entries.set(owner, Math.min(offset, entries.get(owner) ?? offset));
  }
  const places = kept.map(({ location, offset, owner }): PlannedPlace => {
    let index = indexOf.get(owner);
    if (index === undefined) {
      index = firstFunction + functions.length;
      indexOf.set(owner, index);
      functions.push(recordedFunction(owner));
    }
    const statement = statementAt(owner, offset);
    const first = entries.get(owner);
    const isEntry = owner.expression || offset === first || (first === undefined && location.type === 'return');
    const kind = location.type === 'return' ? PlaceKind.Return : isEntry ? PlaceKind.Entry : PlaceKind.Inside;
    const { unready, ...read } = variablesAt(owner, offset, location.type === 'return');
    const place = {
      function: index,
      script,
      line: location.lineNumber - request.startLine,
      column: location.columnNumber - (location.lineNumber === request.startLine ? request.startColumn : 0),
      kind,
      calls: statement?.calls ?? [],
      throws: statement?.throws ?? false,
      suspends: statement?.suspends ?? false,
      inTry: statement?.inTry ?? false,
      repeats: isEntry && (statement?.inLoop ?? false),
      once: owner.expression,
      returns: location.type === 'return' ? (statement?.returns ?? 'undefined') : null,
    };
    return { place: { ...place, unready }, location, ...read };
  });
  return { functions, places, left };
}

/** The condition of a place. It never throws, also when the recorder is gone. */
export const conditionOf = (name: string, index: number, { locals, all, each }: PlannedPlace): string =>
  `typeof ${name}=="function"&&${name}(${[index, locals, ...(all === null ? [] : [all, each])].join(',')})`;

function recordedFunction(owner: AnalyzedFunction): RecordedFunction {
  const { name, kind, parameters, pairs } = owner;
  const own = allVariables(owner.scope);
  return {
    name,
    shown: name,
    kind,
    parameters,
    pairs,
    variables: [
      ...own.map((name) => ({ name, shown: name, outer: false })),
      ...outerVariables(owner)
        .filter((name) => !own.includes(name))
        .map((name) => ({ name, shown: name, outer: true })),
    ],
  };
}

/** Names of a function's own variables, also those of its blocks. */
function allVariables(scope: Scope): readonly string[] {
  const inner = scope.inner.filter(({ isFunction }) => !isFunction);
  return [...new Set([...scope.variables.filter(isShown).map(({ name }) => name), ...inner.flatMap(allVariables)])];
}

const isShown = ({ kind }: Scope['variables'][number]): boolean => kind !== 'function' && kind !== 'import';

/** Names of variables that a function uses and others declare. */
function outerVariables({ scope, used, kind }: AnalyzedFunction): readonly string[] {
  if (kind === 'script') return [];
  const names = new Set<string>();
  const seen = new Set<string>();
  for (let outer = scope.outer; outer; outer = outer.outer) {
    for (const variable of outer.variables) {
      if (seen.has(variable.name)) continue;
      seen.add(variable.name);
      if (used.has(variable.name) && isShown(variable)) names.add(variable.name);
    }
  }
  return [...names];
}

function variablesAt(
  owner: AnalyzedFunction,
  offset: number,
  isReturn: boolean,
): Pick<PlannedPlace, 'locals' | 'all' | 'each'> & { readonly unready: readonly string[] } {
  const ready: string[] = [];
  const unready: string[] = [];
  const maybe: string[] = [];
  const seen = new Set<string>();
  for (const scope of scopesAround(owner.scope, offset)) {
    for (const variable of scope.variables) {
      if (seen.has(variable.name)) continue;
      seen.add(variable.name);
      if (!isShown(variable)) continue;
      // Within its function a variable cannot be read before the end of its declaration.
      if (variable.from > offset) unready.push(variable.name);
      else (isReturn && hasLeft(owner, scope, variable) ? maybe : ready).push(variable.name);
    }
    if (scope === owner.scope) break;
  }
  for (const name of outerVariables(owner)) if (!seen.has(name)) maybe.push(name);
  const some = maybe.slice(0, mostVariables);
  const all = ready.slice(0, mostVariables);
  if (owner.usesThis && owner.kind !== 'script') (owner.lateThis ? some : all).unshift('this');
  const listed = (names: readonly string[], value: (name: string) => string): string =>
    `{${['__proto__:null', ...names.map((name) => `${name}:${value(name)}`)].join(',')}}`;
  const itself = (name: string): string => name;
  return {
    unready,
    locals: listed(all, itself),
    all: some.length === 0 ? null : `()=>(${listed(some, itself)})`,
    each: some.length === 0 ? null : `()=>(${listed(some, (name) => `()=>${name}`)})`,
  };
}

/** Whether V8 has let go of a variable where its function returns: it has left all blocks by then, and a body of its own, too. */
const hasLeft = (owner: AnalyzedFunction, scope: Scope, { kind }: Scope['variables'][number]): boolean =>
  scope !== owner.scope || (owner.ownBody && kind !== 'parameter');

/** The innermost statement around an offset, or the one that ends there. */
function statementAt({ statements }: AnalyzedFunction, offset: number): Statement | null {
  let found: Statement | null = null;
  for (const one of statements)
    if (one.start <= offset && offset <= one.end && (!found || one.end - one.start <= found.end - found.start))
      found = one;
  return found;
}
