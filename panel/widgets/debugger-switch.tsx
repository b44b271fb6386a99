/** The switch that allows the panel to attach the debugger, with its explanation of Chrome's bar. */

import { sentence } from '../../src/transport/failure.ts';
import { say } from '../../src/words/say.ts';
import type { DebuggerOwner } from '../reading/debugger-owner.ts';

export function DebuggerSwitch({ owner }: { readonly owner: DebuggerOwner }) {
  const state = owner.state.value;
  const on = owner.allowed.value && state.type !== 'cancelled';
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      class="tool switch"
      title={explain()}
      onClick={() => owner.setAllowed(!on)}
    >
      <span class="lamp" aria-hidden="true" />
      {state.type === 'cancelled' ? say('debugger_canceled') : say('debugger')}
    </button>
  );

  function explain(): string {
    switch (state.type) {
      case 'attached':
        return say('debugger_attached');
      case 'attaching':
        return say('debugger_attaching');
      case 'cancelled':
        return say('debugger_canceledHint');
      case 'lost':
        return sentence(state.failure);
      case 'detached':
        return on ? say('debugger_waits') : say('debugger_detached');
    }
  }
}
