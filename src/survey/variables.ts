/** Lists the variables of modules and bundles that nothing exports, with the names of their sources. */
import type { Capture, ClosureScope, RootRequest } from '../capture/capture.ts';
import { defaultReadOptions, type ReadOptions } from '../snapshot/read-options.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { MapDecoder } from '../source-maps/decoder.ts';
import { loadMap } from '../source-maps/load-map.ts';
import type { DeclaredVariable } from '../source-maps/originals.ts';
import type { DebuggerDomain, ScriptFacts } from '../transport/debugger-domain.ts';
import type { Outcome, RequestOptions } from '../transport/outcome.ts';
import type { ProtocolSession } from '../transport/protocol.ts';
import { kindOf, lensOf } from './globals.ts';
import type { FoundScope } from './scopes.ts';

export interface FoundVariable {
  /** As it is written in its source. */
  readonly name: string;
  /** As the page calls it. */
  readonly ownName: string;
  readonly kind: string;
  /** The library that it is of, as far as a lens knows; null for none. */
  readonly lens: string | null;
  /** Its source, with its line where that is known. */
  readonly place: string;
  /** The source is third-party code. */
  readonly ofLibrary: boolean;
  readonly scope: ClosureScope;
}

/** Scopes that are read. */
const MOST_SCOPES = 300;
/** Scopes that are drawn alone are numbered from here down; see `ObjectId`. */
const LAST_FRAME = 130_000;

const listing: ReadOptions = {
  ...defaultReadOptions,
  depth: 1,
  objects: 10_000,
  time: 3000,
  text: 40,
  slices: { begin: 30, middle: 0, end: 0 },
  series: false,
  images: false,
  nonEnumerable: true,
};

/** A variable before its source map is asked. */
interface Held extends Omit<FoundVariable, 'name' | 'place' | 'ofLibrary'> {
  readonly of: FoundScope;
}

/** The variables that hold objects other than functions: those of the user's own sources first, and of these those that a lens knows. */
export async function readVariables(
  capture: Capture,
  found: readonly FoundScope[],
  naming: Naming,
  options: RequestOptions,
): Promise<Outcome<readonly FoundVariable[]>> {
  const scopes = found.slice(0, MOST_SCOPES);
  const roots = scopes.map(
    ({ kind, closure }, index): RootRequest => ({
      type: 'scope',
      depth: LAST_FRAME - index,
      frame: { label: String(index), scopes: [{ kind, objectId: closure }], extras: [] },
    }),
  );
  const expanded = scopes.map((_, index) => -2 - LAST_FRAME + index);
  const read = await capture.capture(roots, { ...listing, expanded }, options);
  if (!read.ok) return read;
  const named = await Promise.all(
    scopes.map((scope, index) => withSourceNames(heldIn(read.value, index, scope), scope, naming)),
  );
  return { ok: true, value: named.flat().sort((a, b) => rankOf(b) - rankOf(a)) };
}

const rankOf = ({ lens, ofLibrary, kind }: FoundVariable): number =>
  (ofLibrary ? 0 : 8) + (lens === null ? 0 : 4) + (kind === 'Object' ? 0 : 1);

function heldIn({ roots, objects }: Snapshot, index: number, scope: FoundScope): readonly Held[] {
  const result = roots[index]?.result;
  const read = result?.ok && result.value.type === 'reference' ? objects.get(result.value.id) : undefined;
  return (read?.parts ?? []).flatMap((part): readonly Held[] => {
    if (part.type !== 'property' || part.key.type !== 'name' || part.value.type !== 'reference') return [];
    const object = objects.get(part.value.id);
    if (!object || object.kind === 'function' || object.kind === 'class') return [];
    // A list or table without content is nothing to draw.
    if (object.size === 0 || (object.cut === null && object.kind === 'object' && object.parts.length === 0)) return [];
    const ownName = part.key.name.head + part.key.name.tail;
    const kind = kindOf(part.value, object);
    return [{ ownName, kind, lens: lensOf(object, objects), scope: scope.closure, of: scope }];
  });
}

/** What tells the names in the sources of a heap's scripts. */
export interface Naming {
  readonly names: DeclaredNames;
  readonly session: ProtocolSession;
  readonly domain: DebuggerDomain;
}

async function withSourceNames(
  held: readonly Held[],
  scope: FoundScope,
  { names, session, domain }: Naming,
): Promise<readonly FoundVariable[]> {
  const facts = domain.scripts.get(scope.scriptId);
  const wanted = held.map(({ ownName }) => ownName);
  const declared = facts && wanted.length > 0 ? await names.around({ session, domain }, facts, scope, wanted) : [];
  const told = new Map(declared.map((one) => [one.name, one]));
  return held.map(({ of: _, ...variable }) => {
    const source = told.get(variable.ownName);
    const place = source ? `${source.url}:${source.line + 1}` : (facts?.url ?? '');
    const ofLibrary = source?.ignored === true || place.includes('/node_modules/');
    return { ...variable, name: source?.original ?? variable.ownName, place, ofLibrary };
  });
}

/** What the source maps of scripts say about the variables around functions. Each map is loaded once. */
export interface DeclaredNames {
  /** Nothing where there is no map, or it does not come in time. */
  around(
    heap: Pick<Naming, 'session' | 'domain'>,
    facts: ScriptFacts,
    scope: FoundScope,
    wanted: readonly string[],
  ): Promise<readonly DeclaredVariable[]>;
  forget(): void;
}

const MAPS: RequestOptions = { deadline: 5000 };

export function createDeclaredNames(decoder: MapDecoder): DeclaredNames {
  const maps = new Map<string, Promise<number | null>>();

  async function load(
    { session, domain }: Pick<Naming, 'session' | 'domain'>,
    scriptId: string,
    facts: ScriptFacts,
  ): Promise<number | null> {
    if (facts.sourceMapUrl === null || !URL.canParse(facts.sourceMapUrl, facts.url)) return null;
    const url = new URL(facts.sourceMapUrl, facts.url).href;
    const [map, source] = await Promise.all([loadMap(session, url), domain.sourceOf(scriptId, MAPS)]);
    if (map === null || !source.ok) return null;
    return decoder.add(source.value, map, url.startsWith('data:') ? facts.url : url);
  }

  return {
    async around(heap, facts, { scriptId, line, column }, wanted) {
      const loading = maps.get(scriptId) ?? load(heap, scriptId, facts);
      maps.set(scriptId, loading);
      const script = await loading;
      if (script === null) return [];
      const first = line === facts.startLine;
      const place = { line: line - facts.startLine, column: column - (first ? facts.startColumn : 0) };
      return decoder.declaredAround({ script, place }, wanted);
    },
    forget() {
      for (const loading of maps.values())
        void loading.then((script) => {
          if (script !== null) decoder.forget(script);
        });
      maps.clear();
    },
  };
}
