/**
 * What only V8 sees of an object, for the agent: internal slots, private fields, scopes of closures. Must not be asked about an
 * error, because V8 describes errors by the page's code.
 */
import type { Protocol } from 'devtools-protocol';
import type { ReadOptions } from '../../snapshot/read-options.ts';
import type { ScopeKind } from '../../snapshot/snapshot.ts';
import type { DebuggerDomain, ScriptFacts } from '../../transport/debugger-domain.ts';
import type { Result } from '../../transport/protocol.ts';
import { Detail, type DetailSpec } from '../../wire/debugger-exchange.ts';
import { scopeKinds } from '../../wire/format.ts';
import { say } from '../../words/say.ts';
import { argumentOf, type CallArgument, elementsOf, locationOf, type RemoteObject } from './remote-objects.ts';
import { Failed, type TimedSession } from './timed-session.ts';

export interface Details {
  readonly specs: readonly DetailSpec[];
  /** The values to which they refer. */
  readonly values: readonly CallArgument[];
}

interface Item {
  readonly what: number;
  readonly name: string;
  readonly value: CallArgument;
}

/** The number of scopes of a function that have numbers. */
const MOST_SCOPES = 15;

/** Stands for the result of a promise that is a long text. */
const LONG_TEXT = say('unread_longTextAlone');
/** How V8 abbreviates a text in a preview. */
const ABBREVIATED = /^.{49,50}….{49,50}$/s;

const longTextReason = ({ value }: RemoteObject): string => say('unread_longText', { text: String(value) });

type Properties = Result<'Runtime.getProperties'>;
type Scripts = ReadonlyMap<string, ScriptFacts>;

export async function detailsOf(
  timed: TimedSession,
  wanted: readonly RemoteObject[],
  view: ReadOptions,
  domain: DebuggerDomain,
): Promise<Details> {
  const answers = await Promise.all(wanted.map((object) => propertiesOf(timed, object)));
  const scriptIds = answers.flatMap(placesIn).map(({ scriptId }) => scriptId);
  await timed.inTime((left) => domain.lookUp(scriptIds, left));
  const all = await Promise.all(
    answers.map((answer, index) => itemsOf(timed, answer, wanted[index]?.subtype, view, domain.scripts)),
  );
  const specs: DetailSpec[] = [];
  const values: CallArgument[] = [];
  for (const [index, items] of all.entries()) {
    for (const { what, name, value } of items) {
      values.push(value);
      specs.push([index, what, name, values.length - 1]);
    }
  }
  return { specs, values };
}

async function propertiesOf(timed: TimedSession, { objectId, subtype }: RemoteObject): Promise<Properties> {
  if (objectId === undefined) return { result: [] };
  const settled = subtype === 'promise' ? await longTextIn(timed, objectId) : null;
  if (settled !== null) return { result: [], internalProperties: settled };
  try {
    return await timed.send('Runtime.getProperties', { objectId, ownProperties: true, nonIndexedPropertiesOnly: true });
  } catch (error) {
    // V8 answers for some objects of the browser with an internal error. One object must not spoil all.
    if (error instanceof Failed && error.failure.kind === 'thrown') return { result: [] };
    throw error;
  }
}

/** The state and the result of a promise, when that is a text of more than 100 characters: such texts would cross whole. */
async function longTextIn(
  timed: TimedSession,
  objectId: string,
): Promise<Protocol.Runtime.InternalPropertyDescriptor[] | null> {
  const { result } = await timed.send('Runtime.callFunctionOn', {
    objectId,
    functionDeclaration: 'function() { return this; }',
    silent: true,
    generatePreview: true,
    objectGroup: timed.group,
  });
  const previews = new Map(result.preview?.properties.map((property) => [property.name, property]));
  const outcome = previews.get('[[PromiseResult]]');
  if (outcome?.type !== 'string' || outcome.value === undefined || !ABBREVIATED.test(outcome.value)) return null;
  const text = (value: string): RemoteObject => ({ type: 'string', value });
  return [
    { name: '[[PromiseState]]', value: text(previews.get('[[PromiseState]]')?.value ?? '') },
    { name: LONG_TEXT, value: text(outcome.value) },
  ];
}

/** The location of a function's start, or of a generator's current position. */
function placesIn({ internalProperties = [] }: Properties): readonly Protocol.Debugger.Location[] {
  return internalProperties
    .filter(({ name }) => name === '[[FunctionLocation]]' || name === '[[GeneratorLocation]]')
    .flatMap(({ value }) => locationOf(value) ?? []);
}

async function itemsOf(
  timed: TimedSession,
  answer: Properties,
  subtype: RemoteObject['subtype'],
  view: ReadOptions,
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
      case LONG_TEXT:
        items.push({ what: Detail.UnreadInternal, name: '[[PromiseResult]]', value: { value: longTextReason(value) } });
        break;
      case '[[Target]]':
      case '[[Handler]]':
        if (!revoked) items.push({ what: Detail.Internal, name, value: argumentOf(value) });
        break;
      case '[[Module]]':
        items.push({ what: Detail.Internal, name, value: argumentOf(value) });
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
      case '[[FunctionLocation]]':
      case '[[GeneratorLocation]]':
        items.push({ what: Detail.Internal, name, value: { value: placeOf(value, scripts) } });
        break;
      case '[[Scopes]]':
        if (view.scopes || subtype === 'generator') items.push(...(await scopesOf(timed, value, view.scopes)));
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

/** The scopes, innermost first. A generator's own variables, including those of its blocks, are always shown. */
async function scopesOf(timed: TimedSession, list: RemoteObject, all: boolean): Promise<readonly Item[]> {
  const items: Item[] = [];
  const scopes = await elementsOf(timed, list.objectId ?? '');
  const kinds = scopes.map(({ description = '' }) => scopeKindOf(description));
  const own = kinds.indexOf('local');
  const wanted = all ? scopes.length : own + 1;
  for (const [index, scope] of scopes.slice(0, wanted).entries()) {
    const description = scope.description ?? '';
    const kind = kinds[index] ?? 'closure';
    // These contain the whole page.
    if (kind === 'script' || kind === 'global') continue;
    // When there are too many blocks, the outer ones are left out, but never the generator's parameters.
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

/** The kind of a scope from V8's description of it: `Closure (outer)`, `With Block`. */
function scopeKindOf(description: string): ScopeKind {
  const [word = ''] = description.toLowerCase().split(' ');
  return scopeKinds.find((kind) => kind === word) ?? 'closure';
}

/** `app.js:41:3`, counted from 1. */
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
