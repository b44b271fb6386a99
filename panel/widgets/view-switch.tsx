/** Switches between the views, at the left of every view's toolbar. */

import type { Signal } from '@preact/signals';
import { say } from '../../src/words/say.ts';

export type ViewName = 'expression' | 'stack' | 'record' | 'console' | 'page';

const names: readonly (readonly [ViewName, string, string])[] = [
  ['expression', say('view_expression'), say('view_expressionHint')],
  ['stack', say('view_stack'), say('view_stackHint')],
  ['record', say('view_record'), say('view_recordHint')],
  ['console', say('view_console'), say('view_consoleHint')],
  ['page', say('view_page'), say('view_pageHint')],
];

export function ViewSwitch({ view }: { readonly view: Signal<ViewName> }) {
  return (
    <div class="view-switch" role="tablist" aria-label={say('view_switch')}>
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
