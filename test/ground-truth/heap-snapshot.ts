/** V8's own record of the heap, read into nodes and edges. Judges nothing: `visible-references.ts` does. */
import type { ProtocolSession } from '../../src/transport/protocol.ts';

export interface HeapNode {
  /** What V8 files it under: `object`, `closure`, `array` (a backing store), `hidden`, … */
  readonly type: string;
  /** Of an object the name of its constructor. */
  readonly name: string;
  /** V8's number for the object, good for `HeapProfiler.getObjectByHeapObjectId`. */
  readonly id: number;
  /** Where its edges are. */
  readonly position: number;
}

export interface HeapEdge {
  /** `property`, `element`, `internal`, `context`, `shortcut`, `weak` or `hidden`. */
  readonly type: string;
  /** A name, or as text the index of an element or a hidden edge. */
  readonly name: string;
  readonly target: HeapNode;
}

export interface HeapSnapshot {
  node(id: number): HeapNode | undefined;
  edges(from: HeapNode): readonly HeapEdge[];
}

interface Raw {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly [readonly string[], ...unknown[]];
      readonly edge_fields: readonly string[];
      readonly edge_types: readonly [readonly string[], ...unknown[]];
    };
  };
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly strings: readonly string[];
}

/** Collects garbage first, as V8 does before each. A thread of its own takes seconds when it holds much. */
export async function takeHeapSnapshot(session: ProtocolSession): Promise<HeapSnapshot> {
  const chunks: string[] = [];
  const stop = session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  const taken = await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false }, { deadline: 120_000 });
  stop();
  if (!taken.ok) throw new Error(`V8 took no snapshot: ${taken.failure.kind}`);
  const raw: Raw = JSON.parse(chunks.join(''));
  const { meta } = raw.snapshot;
  const width = meta.node_fields.length;
  const edgeWidth = meta.edge_fields.length;
  const field = {
    type: meta.node_fields.indexOf('type'),
    name: meta.node_fields.indexOf('name'),
    id: meta.node_fields.indexOf('id'),
    edges: meta.node_fields.indexOf('edge_count'),
  };
  const edgeField = {
    type: meta.edge_fields.indexOf('type'),
    name: meta.edge_fields.indexOf('name_or_index'),
    target: meta.edge_fields.indexOf('to_node'),
  };
  const [nodeTypes] = meta.node_types;
  const [edgeTypes] = meta.edge_types;
  const at = (list: readonly number[], index: number): number => list[index] ?? 0;

  const firstEdge: number[] = [];
  const positions = new Map<number, number>();
  let edges = 0;
  for (let node = 0; node < raw.nodes.length; node += width) {
    firstEdge.push(edges);
    positions.set(at(raw.nodes, node + field.id), node);
    edges += at(raw.nodes, node + field.edges);
  }
  firstEdge.push(edges);

  const nodeAt = (position: number): HeapNode => ({
    type: nodeTypes[at(raw.nodes, position + field.type)] ?? '',
    name: raw.strings[at(raw.nodes, position + field.name)] ?? '',
    id: at(raw.nodes, position + field.id),
    position,
  });
  return {
    node(id) {
      const position = positions.get(id);
      return position === undefined ? undefined : nodeAt(position);
    },
    edges({ position }) {
      const found: HeapEdge[] = [];
      const ordinal = position / width;
      for (let edge = at(firstEdge, ordinal); edge < at(firstEdge, ordinal + 1); edge += 1) {
        const type = edgeTypes[at(raw.edges, edge * edgeWidth + edgeField.type)] ?? '';
        const name = at(raw.edges, edge * edgeWidth + edgeField.name);
        found.push({
          type,
          name: type === 'element' || type === 'hidden' ? String(name) : (raw.strings[name] ?? ''),
          target: nodeAt(at(raw.edges, edge * edgeWidth + edgeField.target)),
        });
      }
      return found;
    },
  };
}
