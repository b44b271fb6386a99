/** The button that opens the tab's content in a separate window. */
import { createAction } from '../actions/action.ts';
import { ActionButton } from './action-button.tsx';

export function WindowButton({ onClick }: { readonly onClick: () => void }) {
  return <ActionButton action={createAction('ownWindow', onClick)} class="own-window" />;
}
