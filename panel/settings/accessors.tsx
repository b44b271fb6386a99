/** Functions that say how objects of a class are read: ready-made ones to switch on, and a person's own. */
import { useId } from 'preact/hooks';
import { readyAccessors } from '../../src/settings/ready-accessors.ts';
import type { Accessor } from '../../src/settings/settings.ts';
import type { SettingsStore } from './settings-store.ts';

const empty: Accessor = {
  name: '',
  enabled: true,
  match: { by: 'class', className: '' },
  source: '(object) => Object.entries(object)',
};

export function Accessors({ store }: { readonly store: SettingsStore }) {
  const { accessors } = store.settings.value;
  const set = (next: readonly Accessor[]): void => {
    store.change('accessors', next);
  };
  const offered = readyAccessors.filter(({ name }) => !accessors.some((accessor) => accessor.name === name));
  return (
    <div class="cards">
      {accessors.map((accessor, index) => (
        <AccessorCard
          key={index}
          accessor={accessor}
          change={(next) => set(accessors.map((other, place) => (place === index ? next : other)))}
          remove={() => set(accessors.filter((_, place) => place !== index))}
        />
      ))}
      <div class="presets">
        <button type="button" class="chip" onClick={() => set([...accessors, empty])}>
          + Accessor
        </button>
        {offered.map((ready) => (
          <button
            key={ready.name}
            type="button"
            class="chip"
            title={ready.source}
            onClick={() => set([...accessors, { ...ready, enabled: true }])}
          >
            + {ready.name}
          </button>
        ))}
      </div>
    </div>
  );
}

interface AccessorCardProps {
  readonly accessor: Accessor;
  readonly change: (accessor: Accessor) => void;
  readonly remove: () => void;
}

function AccessorCard({ accessor, change, remove }: AccessorCardProps) {
  const id = useId();
  const { name, enabled, match, source } = accessor;
  return (
    <fieldset class="card">
      <legend>
        <label class="inline">
          <input
            type="checkbox"
            checked={enabled}
            onChange={(event) => change({ ...accessor, enabled: event.currentTarget.checked })}
          />
          {name || 'Accessor'}
        </label>
        <button
          type="button"
          class="tool reset"
          title="Remove"
          aria-label={`Remove ${name || 'the accessor'}`}
          onClick={remove}
        >
          ×
        </button>
      </legend>
      <label>
        <span class="quiet">Name</span>
        <input
          type="text"
          value={name}
          onChange={(event) => change({ ...accessor, name: event.currentTarget.value })}
        />
      </label>
      <label>
        <span class="quiet">For objects</span>
        <select
          value={match.by}
          onChange={(event) =>
            change({
              ...accessor,
              match:
                event.currentTarget.value === 'class'
                  ? { by: 'class', className: '' }
                  : { by: 'predicate', source: '(object) => false' },
            })
          }
        >
          <option value="class">of a class</option>
          <option value="predicate">that a function accepts</option>
        </select>
      </label>
      {match.by === 'class' ? (
        <label>
          <span class="quiet">Class name</span>
          <input
            type="text"
            class="code-field"
            spellcheck={false}
            value={match.className}
            onChange={(event) => change({ ...accessor, match: { by: 'class', className: event.currentTarget.value } })}
          />
        </label>
      ) : (
        <CodeField
          id={`${id}-predicate`}
          label="Accepts (object → truth)"
          value={match.source}
          change={(text) => change({ ...accessor, match: { by: 'predicate', source: text } })}
        />
      )}
      <CodeField
        id={`${id}-source`}
        label="Reads (object → [key, value] pairs)"
        value={source}
        change={(text) => change({ ...accessor, source: text })}
      />
    </fieldset>
  );
}

interface CodeFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly change: (text: string) => void;
}

function CodeField({ id, label, value, change }: CodeFieldProps) {
  return (
    <div class="code-block">
      <label class="quiet" for={id}>
        {label}
      </label>
      <textarea
        id={id}
        class="code-field"
        spellcheck={false}
        rows={Math.min(16, Math.max(2, value.split('\n').length))}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
      />
    </div>
  );
}
