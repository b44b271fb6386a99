/** Makes a recording of what is handed out, while it runs. */
import type { Excerpt, HeapObject, Part } from '../snapshot/snapshot.ts';
import { createCallFinder } from './calls.ts';
import { createHandoutReader } from './decode.ts';
import type { RecordedFunction, RecordedPlace } from './plan.ts';
import type { RecordedScript, RecordedStop, Recording, RecordingEnd } from './recording.ts';

export interface RecordingFacts {
  readonly title: string;
  readonly scripts: readonly RecordedScript[];
  readonly functions: readonly RecordedFunction[];
  readonly places: readonly RecordedPlace[];
  readonly exact: boolean;
}

export interface RecordingBuilder {
  /** Adds what was handed out. False: it cannot be read, so the recording ends before it. */
  add(texts: readonly unknown[]): boolean;
  readonly count: number;
  build(end: RecordingEnd): Recording;
}

export function createRecordingBuilder(facts: RecordingFacts): RecordingBuilder {
  const { functions, places } = facts;
  const reader = createHandoutReader();
  const finder = createCallFinder(facts);
  const stops: RecordedStop[] = [];
  const frames = new Map<number, HeapObject>();
  const empty = new Map<number, HeapObject>();
  const emptyOf = (index: number, own: RecordedFunction): HeapObject => {
    const made = empty.get(index) ?? emptyFrame(index, own);
    empty.set(index, made);
    return made;
  };
  let broken = false;
  /** By frame, as it was read, and place, so that equal frames are one. */
  const completed = new Map<HeapObject, Map<number, HeapObject>>();

  /** Adds what is not initialized yet, which V8 would call undefined, and brings all in order. */
  function completeFrame(frame: HeapObject, place: number): HeapObject {
    const unready = places[place]?.unready ?? [];
    const known = completed.get(frame) ?? new Map<number, HeapObject>();
    completed.set(frame, known);
    const key = unready.length === 0 ? -1 : place;
    const before = known.get(key);
    if (before) return before;
    const parts = unready.map(
      (name): Part => ({
        type: 'property',
        key: { type: 'name', name: excerptOf(name) },
        enumerable: true,
        value: { type: 'uninitialised' },
      }),
    );
    const made = inOrder({ ...frame, parts: [...frame.parts, ...parts] }, functions);
    known.set(key, made);
    return made;
  }
  return {
    get count() {
      return stops.length;
    },
    add(texts) {
      const raw = broken ? null : reader.read(texts);
      if (!raw) {
        broken = true;
        return false;
      }
      for (const { place, at, changed } of raw) {
        const owner = places[place]?.function;
        const own = owner === undefined ? undefined : functions[owner];
        if (owner === undefined || !own) continue;
        for (const object of changed) if (object.id < 0) frames.set(-2 - object.id, object);
        const frame = completeFrame(frames.get(owner) ?? emptyOf(owner, own), place);
        const call = finder.add({ place, frame });
        stops.push({ place, at, changed: changed.filter(({ id }) => id > 0), frame, call });
      }
      return true;
    },
    build: (end) => ({ ...facts, stops, calls: finder.calls(), end }),
  };
}

/** The variables in the order of the script: `this`, the function's own, those of outer functions. */
function inOrder(object: HeapObject, functions: readonly RecordedFunction[]): HeapObject {
  const own = functions[-2 - object.id];
  if (!own) return object;
  const parts = new Map<string, Extract<Part, { type: 'property' }>>();
  for (const part of object.parts)
    if (part.type === 'property' && part.key.type === 'name') parts.set(part.key.name.head, part);
  const ordered: Part[] = [];
  for (const { name, shown, outer } of [{ name: 'this', shown: 'this', outer: false }, ...own.variables]) {
    const part = parts.get(name);
    if (!part) continue;
    const key: typeof part.key = shown === name ? part.key : { type: 'name', name: excerptOf(shown) };
    ordered.push({ ...part, key, scope: outer ? 'closure' : 'local', level: outer ? 0 : 1 });
  }
  return { ...object, className: excerptOf(own.shown), parts: ordered };
}

const excerptOf = (text: string): Excerpt => ({ head: text, tail: '', length: text.length });

const emptyFrame = (index: number, { shown }: RecordedFunction): HeapObject => ({
  id: -2 - index,
  kind: 'scope',
  className: excerptOf(shown),
  size: null,
  primitive: null,
  frozen: false,
  cut: null,
  parts: [],
});
