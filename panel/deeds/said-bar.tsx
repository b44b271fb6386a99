/** How it went when an object was handed to DevTools' own tools: one sentence, until it is dismissed. */
import type { Said } from './deeds.ts';

export function SaidBar({ said, onDismiss }: { readonly said: Said | null; readonly onDismiss: () => void }) {
  if (!said) return null;
  return (
    <div class={`notice ${said.kind}`} role={said.kind === 'error' ? 'alert' : 'status'}>
      <span class="mark" aria-hidden="true">
        {said.kind === 'error' ? '!' : 'i'}
      </span>
      <span class="text">{said.text}</span>
      <button type="button" class="tool close" title="Dismiss" aria-label="Dismiss" onClick={onDismiss}>
        ×
      </button>
    </div>
  );
}
