/**
 * The frames that wait for calls, as far as stops tell: to read what they refer to, while another function runs. It keeps numbers of
 * objects, and keeps none alive.
 */
import { Extra } from '../../wire/debugger-exchange.ts';
import { PlaceKind, type RecorderOptions } from '../../wire/recorder-exchange.ts';
import type { Identities } from '../encode/identities.ts';
import type { Builtins } from '../realm/builtins.ts';
import type { List } from '../realm/lists.ts';
import { isObject } from '../realm/safe-read.ts';
import type { RootInput, ScopeInput } from '../visit/roots.ts';

/** Variables that may not be initialized yet are read by functions. */
export interface Maybe {
  readonly [name: string]: () => unknown;
}

export interface CallFrames {
  /** The variables of a stop, as the walk reads them: `locals`, and others in one object or, where one of these cannot be read, one by one. */
  input(place: number, locals: object, others: object | null, each: Maybe | null): ScopeInput;
  /** Adds the objects of the frames that wait, and notes those of this stop. Answers how many roots there are then. */
  addWaiting(roots: List<RootInput>, count: number, input: ScopeInput): number;
}

interface Frame {
  readonly function: number;
  ids: List<number>;
  count: number;
  ended: boolean;
}

/** Frames whose objects are read although another function runs. */
const mostCallers = 12;
const deepest = 400;
/** What kind of scope a variable is of is known from the script. */
const anyScope = 0;

export function createCallFrames(builtins: Builtins, identities: Identities, options: RecorderOptions): CallFrames {
  const frames: List<Frame> = { __proto__: null };
  let depth = 0;

  /** The frame of this stop: the one on top, one below it whose calls have ended, or a new one. */
  function frameAt(place: number): Frame {
    const own = options.functions[place] ?? 0;
    const isEntry = options.kinds[place] === PlaceKind.Entry;
    while (depth > 0 && frames[depth - 1]?.ended === true) depth -= 1;
    if (!isEntry) {
      for (let at = depth; at > 0; at -= 1) {
        const frame = frames[at - 1];
        if (frame?.function !== own) continue;
        depth = at;
        return frame;
      }
    }
    if (depth >= deepest) depth = 0;
    const made: Frame = { function: own, ids: { __proto__: null }, count: 0, ended: false };
    frames[depth] = made;
    depth += 1;
    return made;
  }

  const namesOf = (holder: object): readonly (string | symbol)[] => builtins.properties.keyLists?.names(holder) ?? [];

  function note(frame: Frame, holder: object): void {
    const names = namesOf(holder);
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index];
      const value = typeof name === 'string' ? builtins.data(holder, name) : undefined;
      if (!isObject(value)) continue;
      frame.ids[frame.count] = identities.idOf(value);
      frame.count += 1;
    }
  }

  function addEach(extras: ScopeInput['extras'], each: Maybe): number {
    const names = namesOf(each);
    let count = 0;
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index];
      const get = typeof name === 'string' ? builtins.data(each, name) : undefined;
      if (typeof name !== 'string' || typeof get !== 'function') continue;
      try {
        extras[count] = { name, value: get(), form: Extra.Value };
      } catch (error) {
        // V8 throws for what is not initialized yet, and for what the frame has let go.
        const message = isObject(error) ? builtins.data(error, 'message') : '';
        if (typeof message !== 'string' || !endsWith(message, 'initialization')) continue;
        extras[count] = { name, value: undefined, form: Extra.NotYet };
      }
      count += 1;
    }
    return count;
  }

  return {
    input(place, locals, others, each) {
      const extras: ScopeInput['extras'] = { __proto__: null };
      const extraCount = others === null && each !== null ? addEach(extras, each) : 0;
      const scopes: ScopeInput['scopes'] = { __proto__: null };
      const used = { __proto__: null };
      scopes[0] = {
        kind: anyScope,
        variables: locals,
        wrapped: false,
        declared: false,
        sources: [],
        own: true,
        whole: 0,
        used,
      };
      if (others !== null)
        scopes[1] = {
          kind: anyScope,
          variables: others,
          wrapped: false,
          declared: false,
          sources: [],
          own: true,
          whole: 0,
          used,
        };
      const own = options.functions[place] ?? 0;
      const frame = frameAt(place);
      frame.ended = options.kinds[place] === PlaceKind.Return;
      return {
        type: 'scope',
        id: -2 - own,
        label: options.labels[own] ?? '',
        scopes,
        scopeCount: others === null ? 1 : 2,
        extras,
        extraCount,
        frames: { drawn: { __proto__: null }, count: 0, used: { __proto__: null } },
      };
    },
    addWaiting(roots, count, { scopes, scopeCount }) {
      let rootCount = count;
      const lowest = depth > mostCallers ? depth - mostCallers : 0;
      for (let at = depth - 2; at >= lowest; at -= 1) {
        const caller = frames[at];
        for (let index = 0; caller !== undefined && index < caller.count; index += 1) {
          const object = identities.find(caller.ids[index] ?? 0);
          if (object === undefined) continue;
          roots[rootCount] = { type: 'value', value: object };
          rootCount += 1;
        }
      }
      const frame = frames[depth - 1];
      if (frame === undefined) return rootCount;
      frame.ids = { __proto__: null };
      frame.count = 0;
      for (let index = 0; index < scopeCount; index += 1) {
        const scope = scopes[index];
        if (scope !== undefined) note(frame, scope.variables);
      }
      return rootCount;
    },
  };
}

function endsWith(text: string, end: string): boolean {
  for (let index = 1; index <= end.length; index += 1)
    if (text.length < index || text[text.length - index] !== end[end.length - index]) return false;
  return true;
}
