/**
 * What only V8 sees of an object, for the agent: internal slots, private fields, closures' scopes. Must be asked about no
 * error, which V8 describes by the page's code.
 */
import type { Protocol } from 'devtools-protocol';
import { Detail, type DetailSpec } from '../snapshot/exchange.ts';
import { scopeKinds } from '../snapshot/format.ts';
import type { ScopeKind, View } from '../snapshot/snapshot.ts';
import type { Asker } from './asker.ts';
import type { DebuggerDomain, ScriptFacts } from './debugger-domain.ts';
import type { Result } from './protocol.ts';
import { argumentOf, type CallArgument, elementsOf, locationOf, type RemoteObject } from './remote-objects.ts';

export interface Details {
  readonly specs: readonly DetailSpec[];
  /** The arguments that they speak of, which stand after two others. */
  readonly values: readonly CallArgument[];
}

interface Item {
  readonly what: number;
  readonly name: string;
  readonly value: CallArgument;
}

/** The agent numbers so many scopes of a function. */
const MOST_SCOPES = 15;

type Properties = Result<'Runtime.getProperties'>;
type Scripts = ReadonlyMap<string, ScriptFacts>;

export async function detailsOf(
  ask: Asker,
  wanted: readonly RemoteObject[],
  view: View,
  domain: DebuggerDomain,
): Promise<Details> {
  const answers = await Promise.all(wanted.map((object) => propertiesOf(ask, object)));
  const scriptIds = answers.flatMap(placesIn).map(({ scriptId }) => scriptId);
  await ask.inTime((left) => domain.lookUp(scriptIds, left));
  const all = await Promise.all(
    answers.map((answer, index) => itemsOf(ask, answer, wanted[index]?.subtype, view, domain.scripts)),
  );
  const specs: DetailSpec[] = [];
  const values: CallArgument[] = [];
  for (const [index, items] of all.entries()) {
    for (const { what, name, value } of items) {
      values.push(value);
      // Two arguments stand before the values.
      specs.push([index, what, name, values.length + 1]);
    }
  }
  return { specs, values };
}

async function propertiesOf(ask: Asker, { objectId }: RemoteObject): Promise<Properties> {
  if (objectId === undefined) return { result: [] };
  return ask.send('Runtime.getProperties', { objectId, ownProperties: true, nonIndexedPropertiesOnly: true });
}

/** Where a function begins, or a generator stands. */
function placesIn({ internalProperties = [] }: Properties): readonly Protocol.Debugger.Location[] {
  return internalProperties
    .filter(({ name }) => name === '[[FunctionLocation]]' || name === '[[GeneratorLocation]]')
    .flatMap(({ value }) => locationOf(value) ?? []);
}

async function itemsOf(
  ask: Asker,
  answer: Properties,
  subtype: RemoteObject['subtype'],
  view: View,
  scripts: Scripts,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  const internals = new Map((answer.internalProperties ?? []).map(({ name, value }) => [name, value]));
  const pending = internals.get('[[PromiseState]]')?.value === 'pending';
  const revoked = internals.get('[[IsRevoked]]')?.value === true;
  for (const [name, value] of internals) {
    if (value === undefined) continue;
    switch (name) {
      case '[[PromiseResult]]':
        if (!pending) items.push({ what: Detail.Internal, name, value: argumentOf(value) });
        break;
      case '[[Target]]':
      case '[[Handler]]':
        if (!revoked) items.push({ what: Detail.Internal, name, value: argumentOf(value) });
        break;
      case '[[IsRevoked]]':
        if (revoked) items.push({ what: Detail.Internal, name, value: { value: true } });
        break;
      case '[[PromiseState]]':
      case '[[TargetFunction]]':
      case '[[BoundThis]]':
      case '[[GeneratorState]]':
      case '[[GeneratorFunction]]':
      case '[[GeneratorReceiver]]':
      case '[[IteratorKind]]':
      case '[[IteratorIndex]]':
      case '[[IteratorHasMore]]':
        items.push({ what: Detail.Internal, name, value: argumentOf(value) });
        break;
      case '[[BoundArgs]]':
        items.push({ what: Detail.Elements, name, value: argumentOf(value) });
        break;
      case '[[Entries]]':
        if (subtype !== 'map' && subtype !== 'set')
          items.push({ what: Detail.Entries, name, value: argumentOf(value) });
        break;
      case '[[PrivateMethods]]':
        items.push({ what: Detail.Methods, name, value: argumentOf(value) });
        break;
      case '[[FunctionLocation]]':
      case '[[GeneratorLocation]]':
        items.push({ what: Detail.Internal, name, value: { value: placeOf(value, scripts) } });
        break;
      case '[[Scopes]]':
        if (view.scopes || subtype === 'generator') items.push(...(await scopesOf(ask, value, view.scopes)));
        break;
    }
  }
  for (const { name, value, get, set } of answer.privateProperties ?? []) {
    const bare = name.replace(/^#/, '');
    if (value !== undefined) items.push({ what: Detail.Field, name: bare, value: argumentOf(value) });
    else {
      const which = (isFunction(get) ? 1 : 0) + (isFunction(set) ? 2 : 0);
      items.push({ what: Detail.Accessor, name: bare, value: { value: which } });
    }
  }
  return items;
}

/** From the innermost on. A generator's own variables, those of its blocks too, are always shown. */
async function scopesOf(ask: Asker, list: RemoteObject, all: boolean): Promise<readonly Item[]> {
  const items: Item[] = [];
  const scopes = await elementsOf(ask, list.objectId ?? '');
  const kinds = scopes.map(({ description = '' }) => scopeKindOf(description));
  const own = kinds.indexOf('local');
  const wanted = all ? scopes.length : own + 1;
  for (const [index, scope] of scopes.slice(0, wanted).entries()) {
    const description = scope.description ?? '';
    const kind = kinds[index] ?? 'closure';
    // They hold the whole page.
    if (kind === 'script' || kind === 'global') continue;
    // Of too many blocks the outer ones are left out, and never the generator's parameters.
    if (index < own && items.length === MOST_SCOPES - 1) continue;
    if (items.length === MOST_SCOPES) break;
    items.push({
      what: Detail.Scope,
      name: `${scopeKinds.indexOf(kind)}${description}`,
      value: argumentOf(scope),
    });
  }
  return items;
}

/** From V8's words for the scopes of a function: `Closure (outer)`, `With Block`. */
function scopeKindOf(description: string): ScopeKind {
  const [word = ''] = description.toLowerCase().split(' ');
  return scopeKinds.find((kind) => kind === word) ?? 'closure';
}

/** `app.js:41:3`, counted from 1 as people do. */
function placeOf(value: RemoteObject, scripts: Scripts): string {
  const location = locationOf(value);
  if (location === null) return '';
  const url = scripts.get(location.scriptId)?.url;
  const file = url ? (/[^/]*$/.exec(url.replace(/[?#].*$/, ''))?.[0] ?? '') : '';
  return `${file || 'line '}${file ? ':' : ''}${location.lineNumber + 1}:${(location.columnNumber ?? 0) + 1}`;
}

function isFunction(value: RemoteObject | undefined): boolean {
  return value?.type === 'function';
}
