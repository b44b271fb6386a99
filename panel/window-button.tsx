/** Opens what the tab shows in a window of its own. */
import { ToolButton } from './tool-button.tsx';

export function WindowButton({ onClick }: { readonly onClick: () => void }) {
  return (
    <ToolButton label="Open in a window of its own" class="own-window" onClick={onClick}>
      <path d="M8.5 4.5h-4v11h11v-4M11.5 4.5h4v4M15.5 4.5 9.5 10.5" />
    </ToolButton>
  );
}
