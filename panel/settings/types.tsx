/** The settings of single types, one card for each type. */

import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { TypeOverride } from '../../src/diagram/settings.ts';
import { say } from '../../src/words/say.ts';
import type { SettingsStore } from './settings-store.ts';

const displays = [
  ['', say('type_asOthers')],
  ['box', say('display_box')],
  ['collapsed', say('display_collapsed')],
  ['inline', say('display_inline')],
  ['hidden', say('display_hidden')],
] as const;
const shapes = [
  ['', say('auto')],
  ['single', say('shape_single')],
  ['linear', say('shape_linear')],
  ['keyValue', say('shape_keyValue')],
  ['table', say('shape_table')],
] as const;
const orientations = [
  ['', say('auto')],
  ['vertical', say('vertical')],
  ['horizontal', say('horizontal')],
] as const;

export function Types({ store }: { readonly store: SettingsStore }) {
  const name = useSignal('');
  const field = useRef<HTMLInputElement>(null);
  const problem = useSignal<string | null>(null);
  const { types } = store.settings.value.drawing;
  const set = (next: Readonly<Record<string, unknown>>): void => {
    problem.value = store.change('drawing.types', next);
  };
  const add = (): void => {
    const type = name.value.trim();
    if (type === '' || Object.hasOwn(types, type)) return;
    set({ ...types, [type]: {} });
    name.value = '';
  };
  return (
    <div class="cards">
      {Object.entries(types).map(([type, override]) => (
        <TypeCard
          key={type}
          type={type}
          override={override}
          change={(next) => set({ ...types, [type]: next })}
          remove={() => {
            const { [type]: _removed, ...others } = types;
            set(others);
            field.current?.focus();
          }}
        />
      ))}
      <form
        class="add"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <input
          ref={field}
          type="text"
          class="code-field"
          spellcheck={false}
          placeholder={say('type_placeholder')}
          aria-label={say('type_name')}
          value={name.value}
          onInput={(event) => {
            name.value = event.currentTarget.value;
          }}
        />
        <button type="submit" class="text-button">
          {say('type_add')}
        </button>
      </form>
      {problem.value !== null && (
        <p class="problem" role="alert">
          {problem.value}
        </p>
      )}
    </div>
  );
}

interface TypeCardProps {
  readonly type: string;
  readonly override: TypeOverride;
  readonly change: (override: Readonly<Record<string, unknown>>) => void;
  readonly remove: () => void;
}

function TypeCard({ type, override, change, remove }: TypeCardProps) {
  /** Sets one of the type's settings. A value that equals that of other types is not stored. */
  const set = (name: keyof TypeOverride, value: unknown): void => {
    const { [name]: _before, ...others } = override;
    change(value === undefined ? others : { ...others, [name]: value });
  };
  const select = (
    name: 'display' | 'shape' | 'orientation',
    label: string,
    options: readonly (readonly [string, string])[],
  ) => (
    <label>
      <span class="quiet">{label}</span>
      <select value={override[name] ?? ''} onChange={(event) => set(name, event.currentTarget.value || undefined)}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  const { color, slices, depth } = override;
  return (
    <fieldset class="card">
      <legend>
        <code>{type}</code>
        <button
          type="button"
          class="tool reset"
          title={say('remove')}
          aria-label={say('accessor_remove', { name: type })}
          onClick={remove}
        >
          ×
        </button>
      </legend>
      {select('display', say('type_display'), displays)}
      {select('shape', say('type_shape'), shapes)}
      {select('orientation', say('type_orientation'), orientations)}
      <label>
        <span class="quiet">{say('type_depth')}</span>
        <input
          type="number"
          min={0}
          placeholder={say('type_any')}
          value={depth ?? ''}
          onChange={(event) => set('depth', readNumber(event.currentTarget))}
        />
      </label>
      <label>
        <span class="quiet">{say('type_items')}</span>
        <input
          type="text"
          placeholder={say('type_default')}
          value={slices ? `${slices.begin}, ${slices.middle}, ${slices.end}` : ''}
          onChange={(event) => set('slices', readSlices(event.currentTarget.value))}
        />
      </label>
      <label class="inline">
        <input
          type="checkbox"
          checked={override.title === false}
          onChange={(event) => set('title', event.currentTarget.checked ? false : undefined)}
        />
        {say('type_noTitle')}
      </label>
      <label class="inline">
        <input
          type="checkbox"
          checked={override.swallowsChild === true}
          onChange={(event) => set('swallowsChild', event.currentTarget.checked || undefined)}
        />
        {say('type_swallows')}
      </label>
      <span class="color-pair">
        <label class="inline">
          <input
            type="checkbox"
            checked={color !== undefined}
            onChange={(event) =>
              set('color', event.currentTarget.checked ? { light: '#ffd700', dark: '#6b5a12' } : undefined)
            }
          />
          {say('type_ownColor')}
        </label>
        {color &&
          (['light', 'dark'] as const).map((theme) => (
            <input
              key={theme}
              type="color"
              aria-label={say('color_inTheme', { name: type, theme })}
              value={color[theme]}
              onChange={(event) => set('color', { ...color, [theme]: event.currentTarget.value })}
            />
          ))}
      </span>
    </fieldset>
  );
}

function readNumber(input: HTMLInputElement): number | undefined {
  return Number.isNaN(input.valueAsNumber) ? undefined : input.valueAsNumber;
}

/** Reads three counts with any separators; undefined when there are not three. */
function readSlices(text: string): TypeOverride['slices'] {
  const [begin, middle, end] = (text.match(/\d+/g) ?? []).map(Number);
  return begin === undefined || middle === undefined || end === undefined ? undefined : { begin, middle, end };
}
