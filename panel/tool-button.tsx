/** A button of a toolbar: an icon, and a name that says its key. */
import type { ComponentChildren } from 'preact';

interface ToolButtonProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly class?: string;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}

export function ToolButton({ label, disabled = false, class: name = '', onClick, children }: ToolButtonProps) {
  return (
    <button
      type="button"
      class={`tool ${name}`}
      title={label}
      aria-label={label}
      disabled={disabled}
      onClick={() => onClick()}
    >
      <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
        {children}
      </svg>
    </button>
  );
}
