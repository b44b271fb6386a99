/** The rows of a box's menu that search for retainers of its object, or hand the object to DevTools. */
import type { ObjectAction } from '../../../src/capture/scripts/object-action.ts';
import type { HeapObject } from '../../../src/snapshot/snapshot.ts';
import { createAction } from '../../actions/action.ts';
import type { ActionId } from '../../actions/table.ts';
import { ActionItem } from '../../widgets/menu.tsx';

interface RetainerRowsProps {
  /** Why the page cannot be asked; null when it can. */
  readonly refusal: string | null;
  /** `drawn` searches what the picture shows, `everywhere` searches all that the page's globals reach. */
  readonly onSearch: (from: 'drawn' | 'everywhere') => void;
}

export function RetainerRows({ refusal, onSearch }: RetainerRowsProps) {
  return (
    <>
      <ActionItem action={createAction('retainers', () => onSearch('drawn'))} refusal={refusal} />
      <ActionItem action={createAction('retainersAnywhere', () => onSearch('everywhere'))} refusal={refusal} />
    </>
  );
}

interface ActionRowsProps {
  readonly object: HeapObject;
  /** Why the page cannot be asked for the object; null when it can. */
  readonly refusal: string | null;
  readonly onDo: (action: ObjectAction) => void;
}

export function ActionRows({ object: { id, kind }, refusal, onDo }: ActionRowsProps) {
  // Scopes, stacks and lists of instances are not objects of the page.
  if (id < 0) return null;
  const row = (name: ActionId, action: ObjectAction) => (
    <ActionItem action={createAction(name, () => onDo(action))} refusal={refusal} />
  );
  return (
    <>
      {row('log', 'log')}
      {row('store', 'store')}
      {kind === 'node' && row('element', 'element')}
      {kind === 'function' && row('functionDefinition', 'definition')}
      {kind === 'class' && row('classDefinition', 'definition')}
    </>
  );
}
