/** Functions that say how objects of a class are read: ready-made ones to switch on, and the user's own. */

import { useId } from 'preact/hooks';
import { readyAccessors } from '../../src/settings/ready-accessors.ts';
import type { Accessor } from '../../src/settings/settings.ts';
import { say } from '../../src/words/say.ts';
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
          change={(next) => set(accessors.map((other, at) => (at === index ? next : other)))}
          remove={() => set(accessors.filter((_, at) => at !== index))}
        />
      ))}
      <div class="presets">
        <button type="button" class="chip" onClick={() => set([...accessors, empty])}>
          {say('accessor_add')}
        </button>
        {offered.map((ready) => (
          <button
            key={ready.name}
            type="button"
            class="chip"
            title={ready.source}
            onClick={() => set([...accessors, { ...ready, enabled: true }])}
          >
            {say('accessor_addNamed', { name: ready.name })}
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
          {name || say('accessor')}
        </label>
        <button
          type="button"
          class="tool reset"
          title={say('remove')}
          aria-label={say('accessor_remove', { name: name || say('accessor') })}
          onClick={remove}
        >
          ×
        </button>
      </legend>
      <label>
        <span class="quiet">{say('accessor_name')}</span>
        <input
          type="text"
          value={name}
          onChange={(event) => change({ ...accessor, name: event.currentTarget.value })}
        />
      </label>
      <label>
        <span class="quiet">{say('accessor_for')}</span>
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
          <option value="class">{say('accessor_ofClass')}</option>
          <option value="predicate">{say('accessor_byFunction')}</option>
        </select>
      </label>
      {match.by === 'class' ? (
        <label>
          <span class="quiet">{say('accessor_class')}</span>
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
          label={say('accessor_matches')}
          value={match.source}
          change={(text) => change({ ...accessor, match: { by: 'predicate', source: text } })}
        />
      )}
      <CodeField
        id={`${id}-source`}
        label={say('accessor_reads')}
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
