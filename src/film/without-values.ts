/** The same objects and names, without what texts and numbers are: for what others may not see. Pure, but for a layout that it is given. */
import { buildDiagram } from '../diagram/build.ts';
import type { Diagram } from '../diagram/diagram.ts';
import type { DiagramSettings } from '../diagram/settings.ts';
import type { Placed } from '../layout/placed.ts';
import type { Recording } from '../recording/recording.ts';
import type { HeapObject, Snapshot, Value } from '../snapshot/snapshot.ts';
import { say } from '../words/say.ts';

function hidden(value: Value): Value {
  switch (value.type) {
    case 'string':
      return { type: 'string', text: { head: '…', tail: '', length: 1 } };
    case 'number':
    case 'bigint':
      return { type: 'unreadable', reason: say('film_notShared') };
    default:
      return value;
  }
}

function objectWithout({ series: _, bytes: __, image: ___, ...object }: HeapObject): HeapObject {
  return {
    ...object,
    primitive: object.primitive && hidden(object.primitive),
    parts: object.parts.map((part) => {
      if (part.type === 'entry') return { ...part, key: hidden(part.key), value: hidden(part.value) };
      return part.type === 'element' || part.type === 'property' ? { ...part, value: hidden(part.value) } : part;
    }),
  };
}

export const withoutValues = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  roots: snapshot.roots.map((root) =>
    root.result.ok ? { ...root, result: { ok: true, value: hidden(root.result.value) } } : root,
  ),
  objects: new Map([...snapshot.objects].map(([id, object]) => [id, objectWithout(object)])),
});

interface Shown {
  readonly snapshot: Snapshot;
  readonly diagram: Diagram;
  readonly placed: Placed;
}

/** A picture with the same boxes at their places, as far as they are smaller now. */
export async function pictureWithoutValues(
  { snapshot, placed, settings }: Shown & { readonly settings: DiagramSettings },
  lay: (diagram: Diagram, previous: Placed | null, still: boolean) => Promise<Placed>,
): Promise<Shown> {
  const hiding = withoutValues(snapshot);
  const diagram = buildDiagram(hiding, settings);
  return { snapshot: hiding, diagram, placed: await lay(diagram, placed, true) };
}

/** The code stays. */
export function recordingWithoutValues(recording: Recording): Recording {
  const frames = new Map<HeapObject, HeapObject>();
  const frameOf = (frame: HeapObject): HeapObject => {
    const made = frames.get(frame) ?? objectWithout(frame);
    frames.set(frame, made);
    return made;
  };
  return {
    ...recording,
    stops: recording.stops.map((stop) => ({
      ...stop,
      changed: stop.changed.map(objectWithout),
      frame: frameOf(stop.frame),
    })),
  };
}
