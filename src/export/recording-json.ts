/**
 * Writes a recording to the text of a file and reads it back, so that it can be shown without its page. A file is not trusted: if it
 * is not a recording, it is refused as a whole, with the path of the first mistake. Calls are not in it: they follow from the stops.
 */
import * as v from 'valibot';
import { createCallFinder } from '../recording/calls.ts';
import { type Recording, recordingEnds } from '../recording/recording.ts';
import type { HeapObject } from '../snapshot/snapshot.ts';
import { say } from '../words/say.ts';
import { objectSchema, sayable } from './json.ts';

const format = 'memory-graph recording';
const version = 1;

export function recordingToJson({ stops, calls: _, ...rest }: Recording): string {
  const numbers = new Map<HeapObject, number>();
  const frames: HeapObject[] = [];
  const numberOf = (frame: HeapObject): number => {
    const known = numbers.get(frame);
    if (known !== undefined) return known;
    numbers.set(frame, frames.length);
    frames.push(frame);
    return frames.length - 1;
  };
  const written = stops.map(({ place, at, changed, frame }) => ({ place, at, changed, frame: numberOf(frame) }));
  return `${JSON.stringify({ format, version, ...rest, frames, stops: written }, sayable)}\n`;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const texts = v.array(v.string());
const file = v.object({
  format: v.literal(format),
  version: v.literal(version),
  title: v.string(),
  end: v.picklist(recordingEnds),
  exact: v.boolean(),
  scripts: v.array(v.object({ url: v.string(), source: v.string(), startLine: count })),
  functions: v.array(
    v.object({
      name: v.string(),
      shown: v.string(),
      kind: v.picklist(['script', 'plain', 'async', 'generator', 'async generator', 'graph']),
      parameters: texts,
      variables: v.array(v.object({ name: v.string(), shown: v.string(), outer: v.boolean() })),
      pairs: v.array(v.object({ array: v.string(), index: v.string() })),
    }),
  ),
  places: v.array(
    v.object({
      function: count,
      script: count,
      line: count,
      column: count,
      kind: v.picklist([0, 1, 2]),
      calls: texts,
      throws: v.boolean(),
      suspends: v.boolean(),
      inTry: v.boolean(),
      repeats: v.boolean(),
      once: v.boolean(),
      returns: v.nullable(v.string()),
      unready: texts,
    }),
  ),
  frames: v.array(objectSchema),
  stops: v.array(v.object({ place: count, at: v.number(), changed: v.array(objectSchema), frame: count })),
});

export type OpenedRecording =
  | { readonly ok: true; readonly recording: Recording }
  /** `reason` is one sentence for the user. */
  | { readonly ok: false; readonly reason: string };

/** The recording in the text of a file; null when the file claims to be something else. Never throws. */
export function recordingFromJson(text: string): OpenedRecording | null {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof content !== 'object' || content === null || !('format' in content) || content.format !== format)
    return null;
  const result = v.safeParse(file, content);
  if (!result.success) {
    const [issue] = result.issues;
    const place = (issue.path ?? []).map((item) => String(item.key)).join('.');
    return { ok: false, reason: say('json_unknown', { place }) };
  }
  const { stops: written, frames, format: _, version: __, ...rest } = result.output;
  const { functions, places, scripts } = rest;
  const lost = places.findIndex((place) => !functions[place.function] || !scripts[place.script]);
  if (lost >= 0) return { ok: false, reason: say('json_unknown', { place: `places.${lost}` }) };
  const finder = createCallFinder({ functions, places });
  const stops: Recording['stops'][number][] = [];
  for (const [index, { place, at, changed, frame: number }] of written.entries()) {
    const frame = frames[number];
    if (!frame || !places[place]) return { ok: false, reason: say('json_unknown', { place: `stops.${index}` }) };
    stops.push({ place, at, changed, frame, call: finder.add({ place, frame }) });
  }
  return { ok: true, recording: { ...rest, stops, calls: finder.calls() } };
}
