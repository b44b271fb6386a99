/** All settings, next to the picture that they change: search, change, reset one by one, save to files. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { presets } from '../../src/settings/presets.ts';
import { type Row, rowGroups } from '../../src/settings/rows.ts';
import { isDefault, settingAt } from '../../src/settings/settings.ts';
import { say, sayParts } from '../../src/words/say.ts';
import { createAction, runKey, withKey } from '../actions/action.ts';
import { TextActionButton } from '../widgets/action-button.tsx';
import { saveFile } from '../widgets/save-file.ts';
import { Splitter } from '../widgets/splitter.tsx';
import { Accessors } from './accessors.tsx';
import { Colors } from './colors.tsx';
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
  useEffect(() => {
    const before = document.activeElement;
    field.current?.focus();
    // Closed, they give the focus back to what opened them.
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = rowGroups
    .map(({ title, rows }) => ({ title, rows: rows.filter((row) => matches(row, title, words)) }))
    .filter(({ rows }) => rows.length > 0);
  const problems = store.problems.value;
  const width = store.width.value;
  const close = createAction('closeSettings', () => store.setOpen(false));

  return (
    <aside
      class="settings"
      style={{ '--settings-width': `${width}px` }}
      aria-label={say('action_settings')}
      onKeyDown={(event) => {
        if (!event.defaultPrevented && runKey([close], event)) event.stopPropagation();
      }}
    >
      <Splitter width={width} least={240} most={Math.max(240, innerWidth - 160)} onWidth={store.setWidth} />
      <div class="settings-bar">
        <input
          ref={field}
          type="search"
          placeholder={say('settings_search')}
          aria-label={say('settings_search')}
          value={search.value}
          onInput={(event) => {
            search.value = event.currentTarget.value;
          }}
        />
        <button
          type="button"
          class="tool close"
          title={withKey(close.name, close)}
          aria-label={say('settings_close')}
          onClick={() => close.run()}
        >
          ×
        </button>
      </div>
      <div class="settings-rows">
        {problems.length > 0 && (
          <div class="settings-problems" role="alert">
            <p>{say('settings_problems', { count: problems.length })}</p>
            <ul>
              {problems.map(({ path, message }) => (
                <li key={path}>
                  {sayParts('setting_problem', { path: <code>{path || say('settings_wholeFile')}</code>, message })}
                </li>
              ))}
            </ul>
            <button type="button" class="text-button" onClick={store.dismissProblems}>
              {say('dismiss')}
            </button>
          </div>
        )}
        {words.length === 0 && (
          <section>
            <h2>{say('settings_presets')}</h2>
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
        {groups.length === 0 && <p class="quiet">{say('settings_none')}</p>}
      </div>
      <div class="settings-foot">
        <TextActionButton action={createAction('importSettings', () => file.current?.click())} />
        <input
          ref={file}
          type="file"
          accept=".json,application/json"
          hidden
          aria-label={say('settings_file')}
          onChange={async (event) => {
            const input = event.currentTarget;
            const text = await input.files?.item(0)?.text();
            input.value = '';
            if (text !== undefined) store.importText(text);
          }}
        />
        <TextActionButton
          action={createAction('exportSettings', () =>
            saveFile('memory-graph-settings.json', new Blob([store.exportText()], { type: 'application/json' })),
          )}
        />
        <TextActionButton action={createAction('resetSettings', store.resetAll)} />
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
            title={say('action_resetBox')}
            aria-label={say('settings_resetNamed', { name })}
            onClick={() => change(undefined)}
          >
            ↺
          </button>
        )}
      </div>
      <p id={`${id}-help`} title={original === null ? undefined : say('settings_original', { name: original })}>
        {explanation}
      </p>
      <div class="setting-control">
        <RowControl row={row} id={id} value={settingAt(settings, path)} change={change} store={store} />
      </div>
      {problem.value !== null && (
        <p class="problem" role="alert">
          {problem.value}
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
    case 'colors':
      return <Colors store={store} />;
    case 'types':
      return <Types store={store} />;
    case 'accessors':
      return <Accessors store={store} />;
    case 'lenses':
      return <p class="quiet">{store.settings.value.lenses.map(({ name }) => name).join(', ') || say('lens_none')}</p>;
  }
}
