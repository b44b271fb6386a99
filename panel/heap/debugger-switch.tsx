/** The switch that lets the panel attach the debugger, and what it says of Chrome's bar. */
import { sentence } from '../../src/capture/failure.ts';
import type { DebuggerOwner } from '../debugger.ts';

export function DebuggerSwitch({ owner }: { readonly owner: DebuggerOwner }) {
  const state = owner.state.value;
  const on = owner.allowed.value && state.type !== 'cancelled';
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      class="tool switch"
      title={`${explain()} While it is attached, Chrome shows a bar above the page.`}
      onClick={() => owner.setAllowed(!on)}
    >
      <span class="lamp" aria-hidden="true" />
      {state.type === 'cancelled' ? 'Debugger (cancelled)' : 'Debugger'}
    </button>
  );

  function explain(): string {
    switch (state.type) {
      case 'attached':
        return 'The debugger is attached: private fields, proxies and what promises hold are seen, and no code of the page runs.';
      case 'attaching':
        return 'The debugger is being attached.';
      case 'cancelled':
        return "You cancelled debugging in Chrome's bar; switch it on again to see all that V8 knows.";
      case 'lost':
        return sentence(state.failure);
      case 'detached':
        return on
          ? 'The debugger is attached as soon as something is drawn.'
          : 'Attach the debugger to see private fields, proxies and what promises hold, without running any code of the page.';
    }
  }
}
