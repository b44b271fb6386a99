/** The settings that a type has of its own, one card a type. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { TypeOverride } from '../../src/diagram/settings.ts';
import type { SettingsStore } from './settings-store.ts';

const displays = [
  ['', 'As others'],
  ['box', 'Box'],
  ['collapsed', 'Collapsed'],
  ['inline', 'In the cell'],
  ['hidden', 'Left out'],
] as const;
const shapes = [
  ['', 'By what it is'],
  ['single', 'One value'],
  ['linear', 'List'],
  ['keyValue', 'Names and values'],
  ['table', 'Table'],
] as const;
const orientations = [
  ['', 'By its cells'],
  ['vertical', 'Vertical'],
  ['horizontal', 'Horizontal'],
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
          placeholder="array, or a class name"
          aria-label="Type to add"
          value={name.value}
          onInput={(event) => {
            name.value = event.currentTarget.value;
          }}
        />
        <button type="submit" class="text-button">
          Add
        </button>
      </form>
      {problem.value !== null && (
        <p class="problem" role="alert">
          It {problem.value}.
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
  /** Sets one of its settings; what is as for other types is not kept. */
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
  const { colour, slices, depth } = override;
  return (
    <fieldset class="card">
      <legend>
        <code>{type}</code>
        <button type="button" class="tool reset" title="Remove" aria-label={`Remove ${type}`} onClick={remove}>
          ×
        </button>
      </legend>
      {select('display', 'Drawn as', displays)}
      {select('shape', 'Shape', shapes)}
      {select('orientation', 'Orientation', orientations)}
      <label>
        <span class="quiet">Depth below</span>
        <input
          type="number"
          min={0}
          placeholder="any"
          value={depth ?? ''}
          onChange={(event) => set('depth', readNumber(event.currentTarget))}
        />
      </label>
      <label>
        <span class="quiet">Elements shown (first, middle, last)</span>
        <input
          type="text"
          placeholder="as others"
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
        Without type name
      </label>
      <label class="inline">
        <input
          type="checkbox"
          checked={override.swallowsChild === true}
          onChange={(event) => set('swallowsChild', event.currentTarget.checked || undefined)}
        />
        Drawn with the cells of its only child
      </label>
      <span class="colour-pair">
        <label class="inline">
          <input
            type="checkbox"
            checked={colour !== undefined}
            onChange={(event) =>
              set('colour', event.currentTarget.checked ? { light: '#ffd700', dark: '#6b5a12' } : undefined)
            }
          />
          Colour of its own
        </label>
        {colour &&
          (['light', 'dark'] as const).map((theme) => (
            <input
              key={theme}
              type="color"
              aria-label={`Colour of ${type}, ${theme} theme`}
              value={colour[theme]}
              onChange={(event) => set('colour', { ...colour, [theme]: event.currentTarget.value })}
            />
          ))}
      </span>
    </fieldset>
  );
}

function readNumber(input: HTMLInputElement): number | undefined {
  return Number.isNaN(input.valueAsNumber) ? undefined : input.valueAsNumber;
}

/** Three counts, however they are set apart; undefined where there are not three. */
function readSlices(text: string): TypeOverride['slices'] {
  const [begin, middle, end] = (text.match(/\d+/g) ?? []).map(Number);
  return begin === undefined || middle === undefined || end === undefined ? undefined : { begin, middle, end };
}
