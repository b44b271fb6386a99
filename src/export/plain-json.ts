/** The data of any JSON file as a snapshot, so that it is drawn without a page. JSON shares nothing, so the graph is a tree. */
import type { CutReason, Excerpt, HeapObject, ObjectId, Part, Snapshot, Value } from '../snapshot/snapshot.ts';

/** Objects that are read of a file, breadth first. */
const MOST_OBJECTS = 1000;
/** Elements and properties of one object. */
const MOST_PARTS = 100;

const whole = (text: string): Excerpt => ({ head: text, tail: '', length: text.length });

/** Null when the text is no JSON, or has no object. `label` is the name of the root. */
export function snapshotOfJson(text: string, label: string): Snapshot | null {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof content !== 'object' || content === null) return null;
  const objects = new Map<ObjectId, HeapObject>();
  const queue: object[] = [];
  const asValue = (value: unknown): Value => {
    switch (typeof value) {
      case 'string':
        return { type: 'string', text: whole(value) };
      case 'number':
        return { type: 'number', value };
      case 'boolean':
        return { type: 'boolean', value };
      default:
        if (typeof value !== 'object' || value === null) return { type: 'null' };
        return { type: 'reference', id: queue.push(value) };
    }
  };
  const root = asValue(content);
  let cut = 0;
  // The loop also visits what is added to the queue meanwhile.
  for (const [index, value] of queue.entries()) {
    const id = index + 1;
    const isCut = index >= MOST_OBJECTS;
    if (isCut) cut += 1;
    objects.set(id, {
      id,
      kind: Array.isArray(value) ? 'array' : 'object',
      className: whole(Array.isArray(value) ? 'Array' : 'Object'),
      size: Array.isArray(value) ? value.length : null,
      primitive: null,
      frozen: false,
      cut: isCut ? 'objects' : null,
      parts: isCut ? [] : partsOf(value, asValue),
    });
  }
  const cuts = new Map<CutReason, number>(cut > 0 ? [['objects', cut]] : []);
  return { roots: [{ label, result: { ok: true, value: root } }], objects, cuts, pageTime: 0, replacedBuiltins: [] };
}

function partsOf(data: object, asValue: (value: unknown) => Value): readonly Part[] {
  const entries = Object.entries(data);
  const isList = Array.isArray(data);
  const parts = entries
    .slice(0, MOST_PARTS)
    .map(
      ([name, value], index): Part =>
        isList
          ? { type: 'element', index, value: asValue(value) }
          : { type: 'property', key: { type: 'name', name: whole(name) }, enumerable: true, value: asValue(value) },
    );
  const count = entries.length - parts.length;
  if (count > 0) parts.push({ type: 'hidden', of: isList ? 'element' : 'property', index: MOST_PARTS, count });
  return parts;
}
