/**
 * A recording: the stops of a program with what changed at each, as plain data. Any moment can be made of it again. Knows neither the
 * page nor a picture.
 */
import type { HeapObject, ObjectId, Part, Snapshot, Value } from '../snapshot/snapshot.ts';
import { recorderEnds } from '../wire/recorder-exchange.ts';
import type { Call } from './calls.ts';
import type { RecordedFunction, RecordedPlace } from './plan.ts';

/** Why it ended: as the recorder says, or the page went elsewhere, crashed, or was let go by the debugger. */
export const recordingEnds = [...recorderEnds, 'left', 'crashed', 'detached'] as const;
export type RecordingEnd = (typeof recordingEnds)[number];

export interface RecordedScript {
  /** Empty for a script without a name. */
  readonly url: string;
  readonly source: string;
  /** The line of its file, from 0, in which it begins: not 0 for a script inside a page. */
  readonly startLine: number;
}

export interface RecordedStop {
  /** Index of its place. */
  readonly place: number;
  /** Microseconds since the recording began. */
  readonly at: number;
  /** Objects whose content is not what it was when they were last read. */
  readonly changed: readonly HeapObject[];
  /** The variables of its frame. */
  readonly frame: HeapObject;
  /** Index of its call. */
  readonly call: number;
}

export interface Recording {
  readonly title: string;
  readonly scripts: readonly RecordedScript[];
  readonly functions: readonly RecordedFunction[];
  readonly places: readonly RecordedPlace[];
  readonly stops: readonly RecordedStop[];
  /** In the order of their beginnings. */
  readonly calls: readonly Call[];
  /** Why it ended. */
  readonly end: RecordingEnd;
  /** Whether proxies were told apart. If not, some of their traps may have run. */
  readonly exact: boolean;
}

/** The objects of a moment by number. */
export type State = ReadonlyMap<ObjectId, HeapObject>;

/** A whole state is kept for every so many stops. */
const between = 100;

export interface Moments {
  /** What was known of all objects after the stop with this index. */
  at(stop: number): State;
}

export function createMoments({ stops }: Pick<Recording, 'stops'>): Moments {
  const wholes: State[] = [];
  const state = new Map<ObjectId, HeapObject>();
  for (const [index, { changed }] of stops.entries()) {
    if (index % between === 0) wholes.push(new Map(state));
    for (const object of changed) state.set(object.id, object);
  }
  return {
    at(stop) {
      const whole = Math.floor(stop / between);
      const made = new Map(wholes[whole]);
      for (let index = whole * between; index <= stop; index += 1)
        for (const object of stops[index]?.changed ?? []) made.set(object.id, object);
      return made;
    },
  };
}

/** The number of the frame at a depth, as at a pause. */
export const frameId = (depth: number): ObjectId => -2 - depth;

/** The calls that stand at a stop, outermost first. */
export function standing({ calls, stops }: Pick<Recording, 'calls' | 'stops'>, stop: number): readonly number[] {
  const chain: number[] = [];
  for (let call: number | null = stops[stop]?.call ?? null; call !== null; call = calls[call]?.within(stop) ?? null)
    chain.unshift(call);
  return chain;
}

/** What a debugger would show at a stop: the stack with its variables, and all that they lead to. */
export function snapshotAt(recording: Recording, moments: Moments, stop: number): Snapshot {
  const state = moments.at(stop);
  const chain = standing(recording, stop);
  const objects = new Map<ObjectId, HeapObject>();
  const waiting: ObjectId[] = [];
  const reach = (value: Value): void => {
    if (value.type === 'reference' && !objects.has(value.id)) waiting.push(value.id);
  };
  const frames = chain.map((call, depth): HeapObject => {
    const last = lastStopOf(recording, call, stop);
    return { ...(last?.frame ?? emptyFrame), id: frameId(depth) };
  });
  // Values of `graph(…)` stand on no stack.
  const isGraph = recording.functions[recording.calls[chain[0] ?? 0]?.function ?? 0]?.kind === 'graph';
  const stack: HeapObject = {
    ...emptyFrame,
    id: -1,
    kind: 'stack',
    className: excerpt('Call stack'),
    parts: frames.map(({ id, className }, depth) => ({
      type: 'property',
      key: { type: 'name', name: excerpt(`${depth}: ${className?.head ?? ''}`) },
      enumerable: true,
      value: { type: 'reference', id },
    })),
  };
  for (const object of isGraph ? frames : [stack, ...frames]) {
    objects.set(object.id, object);
    for (const part of object.parts) visitValues(part, reach);
  }
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (objects.has(id)) continue;
    const object = state.get(id);
    objects.set(id, object ?? unread(id));
    for (const part of object?.parts ?? []) visitValues(part, reach);
  }
  const id = isGraph ? frameId(0) : stack.id;
  const root = { label: 'Call stack', result: { ok: true, value: { type: 'reference', id } } } as const;
  return { roots: [root], objects, cuts: new Map(), pageTime: 0, replacedBuiltins: [] };
}

export function visitValues(part: Part, visit: (value: Value) => void): void {
  if (part.type === 'entry') visit(part.key);
  if (part.type === 'entry' || part.type === 'element' || part.type === 'property') visit(part.value);
}

/** The latest stop of a call up to a stop. */
export function lastStopOf({ calls, stops }: Pick<Recording, 'calls' | 'stops'>, call: number, stop: number) {
  const own = calls[call]?.stops ?? [];
  let low = 0;
  let high = own.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((own[middle] ?? 0) <= stop) low = middle + 1;
    else high = middle;
  }
  const found = own[low - 1];
  return found === undefined ? null : (stops[found] ?? null);
}

const excerpt = (text: string) => ({ head: text, tail: '', length: text.length });

const emptyFrame: HeapObject = {
  id: 0,
  kind: 'scope',
  className: null,
  size: null,
  primitive: null,
  frozen: false,
  cut: null,
  parts: [],
};

/** The recorder had no time for it. */
const unread = (id: ObjectId): HeapObject => ({ ...emptyFrame, id, kind: 'object', cut: 'time' });
