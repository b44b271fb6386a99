/** Lists elements that are in no document but are held by scripts. Stops the page for a moment, so it is done on request only. */
import type { Protocol } from 'devtools-protocol';
import type { HeapAccess } from '../capture/debugger/protocol-capture.ts';

export interface FoundElement {
  readonly name: string;
  /** The elements of its tree that scripts hold. */
  readonly held: number;
  readonly backendNodeId: number;
}

/** Throws Failed, as all that asks about a heap. */
export async function findDetached({ timed }: HeapAccess): Promise<readonly FoundElement[]> {
  await timed.send('DOM.enable', {});
  const { detachedNodes } = await timed.send('DOM.getDetachedDomNodes', undefined);
  await timed.send('DOM.disable', undefined);
  return detachedNodes.map(({ treeNode, retainedNodeIds }) => ({
    name: nameOf(treeNode),
    held: retainedNodeIds.length,
    backendNodeId: treeNode.backendNodeId,
  }));
}

/** A handle of `group`; null when the element is gone. */
export async function openElement(
  { timed }: HeapAccess,
  { backendNodeId }: FoundElement,
  group: string,
): Promise<string | null> {
  const { object } = await timed.send('DOM.resolveNode', { backendNodeId, objectGroup: group });
  return object.objectId ?? null;
}

function nameOf({ nodeName, attributes = [] }: Protocol.DOM.Node): string {
  const pairs = attributes.flatMap((name, index) => (index % 2 === 0 ? [[name, attributes[index + 1] ?? '']] : []));
  const shown = pairs.filter(([name]) => name === 'id' || name === 'class').map(([name, text]) => ` ${name}="${text}"`);
  return nodeName.startsWith('#') ? nodeName : `<${nodeName.toLowerCase()}${shown.join('')}>`;
}
