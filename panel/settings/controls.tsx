/** The basic controls of the settings view. Each shows a value and reports a new one; it does not validate. */
import { say } from '../../src/words/say.ts';

interface ControlProps<T> {
  /** The id of the element to which the row's label refers. */
  readonly id: string;
  readonly value: T;
  readonly change: (value: unknown) => void;
}

export function FlagControl({ id, value, change }: ControlProps<boolean>) {
  return (
    <input
      id={id}
      type="checkbox"
      aria-describedby={`${id}-help`}
      checked={value}
      onChange={(event) => change(event.currentTarget.checked)}
    />
  );
}

interface NumberControlProps extends ControlProps<number> {
  readonly step: number;
  readonly unit: string | null;
}

export function NumberControl({ id, value, step, unit, change }: NumberControlProps) {
  return (
    <>
      <NumberField id={id} label={null} value={value} step={step} change={change} />
      {unit !== null && <span class="quiet">{unit}</span>}
    </>
  );
}

interface NumberFieldProps extends ControlProps<number> {
  /** The field's name for a screen reader, where it has no label. */
  readonly label: string | null;
  /** The id of the element that explains it, where it is not the row's first field. */
  readonly help?: string;
  readonly step: number;
}

function NumberField({ id, label, help = `${id}-help`, value, step, change }: NumberFieldProps) {
  return (
    <input
      id={id}
      type="number"
      step={step}
      min={0}
      aria-label={label ?? undefined}
      aria-describedby={help}
      value={value}
      onInput={(event) => {
        // An empty field is a number that is being typed.
        const typed = event.currentTarget.valueAsNumber;
        if (!Number.isNaN(typed)) change(typed);
      }}
      onBlur={(event) => {
        event.currentTarget.value = String(value);
      }}
    />
  );
}

interface ChoiceControlProps extends ControlProps<string> {
  readonly options: readonly (readonly [value: string, label: string])[];
}

export function ChoiceControl({ id, value, options, change }: ChoiceControlProps) {
  return (
    <select
      id={id}
      aria-describedby={`${id}-help`}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    >
      {options.map(([option, label]) => (
        <option key={option} value={option}>
          {label}
        </option>
      ))}
    </select>
  );
}

export function TextControl({
  id,
  value,
  placeholder,
  change,
}: ControlProps<string> & { readonly placeholder: string }) {
  return (
    <input
      id={id}
      type="text"
      class="code-field"
      spellcheck={false}
      placeholder={placeholder}
      aria-describedby={`${id}-help`}
      value={value}
      onInput={(event) => change(event.currentTarget.value)}
    />
  );
}

const sliceNames = [
  ['begin', say('slices_begin')],
  ['middle', say('slices_middle')],
  ['end', say('slices_end')],
] as const;

export function SlicesControl({ id, value, change }: ControlProps<unknown>) {
  const slices = namedNumbers(value);
  return (
    <>
      {sliceNames.map(([name, label], index) => (
        <span key={name} class="slice">
          <span class="quiet">{label}</span>
          <NumberField
            id={index === 0 ? id : `${id}-${name}`}
            label={label}
            help={`${id}-help`}
            value={slices.get(name) ?? 0}
            step={1}
            change={(next) => change({ ...Object.fromEntries(slices), [name]: next })}
          />
        </span>
      ))}
    </>
  );
}

function namedNumbers(value: unknown): ReadonlyMap<string, number> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return new Map(entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
}

export function AttributesControl({ id, value, change }: ControlProps<unknown>) {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return (
    <textarea
      id={id}
      class="code-field"
      rows={Math.max(2, entries.length)}
      spellcheck={false}
      placeholder="ranksep=0.5"
      aria-describedby={`${id}-help`}
      defaultValue={entries.map(([name, text]) => `${name}=${String(text)}`).join('\n')}
      onChange={(event) => change(readAttributes(event.currentTarget.value))}
    />
  );
}

export function PatternsControl({ id, value, change }: ControlProps<unknown>) {
  const lines = Array.isArray(value) ? value.map(String) : [];
  return (
    <textarea
      id={id}
      class="code-field"
      rows={Math.max(2, lines.length)}
      spellcheck={false}
      placeholder="/node_modules/"
      aria-describedby={`${id}-help`}
      defaultValue={lines.join('\n')}
      onChange={(event) =>
        change(
          event.currentTarget.value
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line !== ''),
        )
      }
    />
  );
}

function readAttributes(text: string): Readonly<Record<string, string>> {
  const entries = text.split('\n').flatMap((line) => {
    const [name = '', ...rest] = line.split('=');
    return name.trim() === '' ? [] : [[name.trim(), rest.join('=').trim()] as const];
  });
  return Object.fromEntries(entries);
}
