/** Opens and closes the settings, at the right end of a toolbar. */
import { createAction } from '../actions/action.ts';
import { ActionButton } from '../widgets/action-button.tsx';
import type { SettingsStore } from './settings-store.ts';

export function SettingsButton({ store }: { readonly store: SettingsStore }) {
  const open = store.open.value;
  return <ActionButton action={createAction('settings', () => store.setOpen(!open))} expanded={open} />;
}
