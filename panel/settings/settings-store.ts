/** The settings in force: kept in the browser profile, the same in every view of the panel. */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { Preset } from '../../src/settings/presets.ts';
import {
  defaultSettings,
  formatSettings,
  type Problem,
  parseSettings,
  type Settings,
  withSetting,
} from '../../src/settings/settings.ts';

const KEY = 'memory-graph.settings';
const WIDTH_KEY = 'memory-graph.settings-width';

export interface SettingsStore {
  readonly settings: ReadonlySignal<Settings>;
  /** What the last file that was read had wrong. */
  readonly problems: ReadonlySignal<readonly Problem[]>;
  readonly open: ReadonlySignal<boolean>;
  setOpen(open: boolean): void;
  /** CSS pixels of the view beside the picture; remembered. */
  readonly width: ReadonlySignal<number>;
  setWidth(width: number): void;
  /** Gives one setting a value, `undefined` for the default. Returns what is wrong with the value, or null. */
  change(path: string, value: unknown): string | null;
  apply(preset: Preset): void;
  resetAll(): void;
  /** Takes the settings of a file; what is wrong with it is in `problems`. */
  importText(text: string): void;
  exportText(): string;
  dismissProblems(): void;
  close(): void;
}

export function createSettingsStore(storage: Storage): SettingsStore {
  const read = (text: string | null) =>
    text === null ? { settings: defaultSettings, problems: [] } : parseSettings(text);
  const kept = read(storage.getItem(KEY));
  const settings = signal(kept.settings);
  const problems = signal(kept.problems);
  const open = signal(false);
  const width = signal(Number(storage.getItem(WIDTH_KEY)) || 380);

  const set = (next: Settings): void => {
    settings.value = next;
    try {
      storage.setItem(KEY, formatSettings(next));
    } catch {
      // A full or forbidden storage: the settings hold until the panel closes.
    }
  };
  // Another view of the panel has changed them.
  const onStorage = (event: StorageEvent): void => {
    if (event.key === KEY) settings.value = read(event.newValue).settings;
  };
  addEventListener('storage', onStorage);

  return {
    settings,
    problems,
    open,
    setOpen(next) {
      open.value = next;
    },
    width,
    setWidth(next) {
      width.value = next;
      try {
        storage.setItem(WIDTH_KEY, String(next));
      } catch {
        // A full or forbidden storage: the width holds until the panel closes.
      }
    },
    change(path, value) {
      const changed = withSetting(settings.value, path, value);
      if (!changed.ok) return changed.message;
      set(changed.settings);
      return null;
    },
    apply: (preset) => set(preset.apply(settings.value)),
    resetAll: () => set(defaultSettings),
    importText(text) {
      const file = parseSettings(text);
      batch(() => {
        problems.value = file.problems;
        // A file of which nothing could be read changes nothing.
        if (!file.problems.some(({ path }) => path === '')) set(file.settings);
        else open.value = true;
      });
    },
    exportText: () => formatSettings(settings.value),
    dismissProblems() {
      problems.value = [];
    },
    close: () => removeEventListener('storage', onStorage),
  };
}
