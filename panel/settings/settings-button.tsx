/** Opens and closes the settings, at the right end of a toolbar. */
import type { SettingsStore } from './settings-store.ts';

export function SettingsButton({ store }: { readonly store: SettingsStore }) {
  const open = store.open.value;
  return (
    <button
      type="button"
      class="tool"
      title="Settings"
      aria-label="Settings"
      aria-expanded={open}
      onClick={() => store.setOpen(!open)}
    >
      <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="10" cy="10" r="2.4" />
        <path d="M10 3.2v2.2M10 14.6v2.2M3.2 10h2.2M14.6 10h2.2M5.2 5.2l1.5 1.5M13.3 13.3l1.5 1.5M14.8 5.2l-1.5 1.5M6.7 13.3l-1.5 1.5" />
      </svg>
    </button>
  );
}
