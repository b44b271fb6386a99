/** The three ways in, at the left of every view's toolbar. */
import type { Signal } from '@preact/signals';

export type ViewName = 'expression' | 'stack' | 'console';

const names: readonly (readonly [ViewName, string, string])[] = [
  ['expression', 'Expression', 'Graph of an expression of the page'],
  ['stack', 'Stack', 'Graph of all call frames, whenever the page pauses'],
  ['console', 'Console', 'Objects that the page logged'],
];

export function ViewSwitch({ view }: { readonly view: Signal<ViewName> }) {
  return (
    <div class="view-switch" role="tablist" aria-label="View">
      {names.map(([name, label, title]) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={view.value === name}
          title={title}
          onClick={() => {
            view.value = name;
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
