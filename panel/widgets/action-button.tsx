/** The buttons of an action: its icon or its name, with its key in the title. */
import type { ComponentChildren } from 'preact';
import { type Action, withKey } from '../actions/action.ts';
import { useOffered } from '../actions/offered.ts';

interface ActionButtonProps {
  readonly action: Action;
  readonly class?: string;
}

interface ToolProps extends ActionButtonProps {
  /** Whether what it opens is open; missing where it opens nothing. */
  readonly expanded?: boolean;
  /** A text that replaces the icon. */
  readonly children?: ComponentChildren;
}

/** The icon alone. */
export function ActionButton({ action, class: name = '', expanded, children }: ToolProps) {
  useOffered([action]);
  const { explanation } = action;
  const label = withKey(action.name, action);
  return (
    <button
      type="button"
      class={`tool ${name}`}
      title={explanation === undefined ? label : withKey(explanation, action)}
      aria-label={label}
      aria-expanded={expanded}
      disabled={!action.enabled}
      onClick={() => action.run()}
    >
      {children ?? <Icon paths={action.icon} />}
    </button>
  );
}

interface TextButtonProps extends ActionButtonProps {
  /** Whether Enter in a field of its form presses it. Then the form runs the action. */
  readonly submits?: boolean;
}

/** The name alone; the title explains it. */
export function TextActionButton({ action, class: name = 'text-button', submits = false }: TextButtonProps) {
  useOffered([action]);
  return (
    <button
      type={submits ? 'submit' : 'button'}
      class={name}
      title={action.explanation === undefined ? undefined : withKey(action.explanation, action)}
      disabled={!action.enabled}
      onClick={submits ? undefined : () => action.run()}
    >
      {action.name}
    </button>
  );
}

/** For what is shown or not. In a narrow pane only its icon is there. */
export function ToggleActionButton({ action, on }: ActionButtonProps & { readonly on: boolean }) {
  useOffered([action]);
  return (
    <button
      type="button"
      class="tool toggle"
      title={action.explanation === undefined ? undefined : `${action.name}: ${action.explanation}`}
      aria-label={action.name}
      aria-pressed={on}
      disabled={!action.enabled}
      onClick={() => action.run()}
    >
      <Icon paths={action.icon} />
      <span class="name">{action.name}</span>
    </button>
  );
}

export function Icon({ paths = [] }: { readonly paths?: readonly string[] | undefined }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      {paths.map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}
