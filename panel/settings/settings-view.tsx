/** All settings beside the picture that they act on: searched, changed, reset one by one, kept in files. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { presets } from '../../src/settings/presets.ts';
import { type Row, rowGroups } from '../../src/settings/rows.ts';
import { isDefault, settingAt } from '../../src/settings/settings.ts';
import { saveFile } from '../export/save-file.ts';
import { Accessors } from './accessors.tsx';
import { Colours } from './colours.tsx';
import {
  AttributesControl,
  ChoiceControl,
  FlagControl,
  NumberControl,
  PatternsControl,
  SlicesControl,
  TextControl,
} from './controls.tsx';
import type { SettingsStore } from './settings-store.ts';
import { Types } from './types.tsx';

export function SettingsView({ store }: { readonly store: SettingsStore }) {
  const search = useSignal('');
  const field = useRef<HTMLInputElement>(null);
  const file = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = rowGroups
    .map(({ title, rows }) => ({ title, rows: rows.filter((row) => matches(row, title, words)) }))
    .filter(({ rows }) => rows.length > 0);
  const problems = store.problems.value;

  return (
    <aside
      class="settings"
      aria-label="Settings"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.stopPropagation();
        store.setOpen(false);
      }}
    >
      <div class="settings-bar">
        <input
          ref={field}
          type="search"
          placeholder="Search settings"
          aria-label="Search settings"
          value={search.value}
          onInput={(event) => {
            search.value = event.currentTarget.value;
          }}
        />
        <button
          type="button"
          class="tool close"
          title="Close (Esc)"
          aria-label="Close the settings"
          onClick={() => store.setOpen(false)}
        >
          ×
        </button>
      </div>
      <div class="settings-rows">
        {problems.length > 0 && (
          <div class="settings-problems" role="alert">
            <p>
              {problems.length === 1 ? 'One setting of the file' : `${problems.length} settings of the file`} did not
              apply:
            </p>
            <ul>
              {problems.map(({ path, message }) => (
                <li key={path}>
                  <code>{path || 'The file'}</code> {message}
                </li>
              ))}
            </ul>
            <button type="button" class="text-button" onClick={store.dismissProblems}>
              Dismiss
            </button>
          </div>
        )}
        {words.length === 0 && (
          <section>
            <h2>Presets</h2>
            <div class="presets">
              {presets.map((preset) => (
                <button
                  key={preset.name}
                  type="button"
                  class="chip"
                  title={preset.explanation}
                  onClick={() => store.apply(preset)}
                >
                  {preset.name}
                </button>
              ))}
            </div>
          </section>
        )}
        {groups.map(({ title, rows }) => (
          <section key={title}>
            <h2>{title}</h2>
            {rows.map((row) => (
              <SettingRow key={row.path} row={row} store={store} />
            ))}
          </section>
        ))}
        {groups.length === 0 && <p class="quiet">No setting has these words.</p>}
      </div>
      <div class="settings-foot">
        <button type="button" class="text-button" onClick={() => file.current?.click()}>
          Import…
        </button>
        <input
          ref={file}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label="Settings file"
          onChange={async (event) => {
            const input = event.currentTarget;
            const text = await input.files?.item(0)?.text();
            input.value = '';
            if (text !== undefined) store.importText(text);
          }}
        />
        <button
          type="button"
          class="text-button"
          onClick={() =>
            saveFile('memory-graph-settings.json', new Blob([store.exportText()], { type: 'application/json' }))
          }
        >
          Export
        </button>
        <button type="button" class="text-button" onClick={store.resetAll}>
          Reset all
        </button>
      </div>
    </aside>
  );
}

function matches({ name, explanation, path, original }: Row, title: string, words: readonly string[]): boolean {
  const text = `${title} ${name} ${explanation} ${path} ${original ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function SettingRow({ row, store }: { readonly row: Row; readonly store: SettingsStore }) {
  const { path, name, explanation, original } = row;
  const problem = useSignal<string | null>(null);
  const settings = store.settings.value;
  const id = `setting-${path.replaceAll('.', '-')}`;
  const change = (value: unknown): void => {
    problem.value = store.change(path, value);
  };
  return (
    <div class={row.control.type === 'flag' ? 'setting flag' : 'setting'} data-setting={path}>
      <div class="setting-name">
        <label for={id} id={`${id}-name`}>
          {name}
        </label>
        {!isDefault(settings, path) && (
          <button
            type="button"
            class="tool reset"
            title="Back to the default"
            aria-label={`${name}: back to the default`}
            onClick={() => change(undefined)}
          >
            ↺
          </button>
        )}
      </div>
      <p id={`${id}-help`} title={original === null ? undefined : `memory_graph: ${original}`}>
        {explanation}
      </p>
      <div class="setting-control">
        <RowControl row={row} id={id} value={settingAt(settings, path)} change={change} store={store} />
      </div>
      {problem.value !== null && (
        <p class="problem" role="alert">
          It {problem.value}.
        </p>
      )}
    </div>
  );
}

interface RowControlProps {
  readonly row: Row;
  readonly id: string;
  readonly value: unknown;
  readonly change: (value: unknown) => void;
  readonly store: SettingsStore;
}

function RowControl({ row, id, value, change, store }: RowControlProps) {
  const { control } = row;
  switch (control.type) {
    case 'flag':
      return <FlagControl id={id} value={value === true} change={change} />;
    case 'number':
      return <NumberControl id={id} value={Number(value)} step={control.step} unit={control.unit} change={change} />;
    case 'choice':
      return <ChoiceControl id={id} value={String(value)} options={control.options} change={change} />;
    case 'text':
      return <TextControl id={id} value={String(value)} placeholder={control.placeholder} change={change} />;
    case 'slices':
      return <SlicesControl id={id} value={value} change={change} />;
    case 'patterns':
      return <PatternsControl id={id} value={value} change={change} />;
    case 'attributes':
      return <AttributesControl id={id} value={value} change={change} />;
    case 'colours':
      return <Colours store={store} />;
    case 'types':
      return <Types store={store} />;
    case 'accessors':
      return <Accessors store={store} />;
  }
}
