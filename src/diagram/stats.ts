/** Counts the boxes and references of a diagram for the status line. */
import type { BoxKey, Diagram, DiagramStats } from './diagram.ts';

export function countDiagram(diagram: Diagram): DiagramStats {
  const incoming = new Map<BoxKey, number>();
  for (const { to } of diagram.references) incoming.set(to, (incoming.get(to) ?? 0) + 1);
  let shared = 0;
  for (const count of incoming.values()) if (count >= 2) shared += 1;
  return { nodes: diagram.boxes.length, edges: diagram.references.length, shared };
}
