/** The rows of a box's menu that choose what of the picture is drawn around its object. */
import type { HeapObject } from '../../../src/snapshot/snapshot.ts';
import { createAction } from '../../actions/action.ts';
import type { ViewActions } from '../../reading/view/view-actions.ts';
import { ActionItem } from '../../widgets/menu.tsx';

interface ViewRowsProps {
  readonly view: ViewActions;
  readonly object: HeapObject;
}

export function ViewRows({ view, object: { id } }: ViewRowsProps) {
  const folded = view.state.value.folded.includes(id);
  return (
    <>
      <ActionItem action={createAction('focus', () => view.focusOn(id))} />
      <ActionItem action={createAction('pathFromRoot', () => view.showPaths(id, false))} />
      <ActionItem action={createAction('allPaths', () => view.showPaths(id, true))} />
      <ActionItem action={createAction('fold', () => view.fold(id, !folded))} checked={folded} />
    </>
  );
}
