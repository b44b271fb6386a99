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

/** The tab to which a key leads, as in DevTools' own tabs; -1 where it leads to none. */
function nextTab(key: string, now: number, count: number): number {
  switch (key) {
    case 'ArrowLeft':
      return (now + count - 1) % count;
    case 'ArrowRight':
      return (now + 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return -1;
  }
}

export function ViewSwitch({ view }: { readonly view: Signal<ViewName> }) {
  return (
    <div
      class="view-switch"
      role="tablist"
      aria-label={say('view_switch')}
      onKeyDown={(event) => {
        const now = names.findIndex(([name]) => name === view.value);
        const [next] = names[nextTab(event.key, now, names.length)] ?? [];
        if (next === undefined) return;
        event.preventDefault();
        view.value = next;
        // Each view has a switch of its own, which is there when that view was rendered.
        setTimeout(() => document.querySelector<HTMLElement>('.view-switch [aria-selected="true"]')?.focus());
      }}
    >
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
