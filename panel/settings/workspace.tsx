/** The picture with the settings beside it, the menu of its boxes, and the place where a saved graph is dropped. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { ObjectId } from '../../src/snapshot/snapshot.ts';
import { type BoxAction, BoxMenu, type BoxMenuRequest } from './box-menu.tsx';
import type { SettingsStore } from './settings-store.ts';
import { SettingsView } from './settings-view.tsx';

interface WorkspaceProps {
  readonly store: SettingsStore;
  /** What a box's menu offers beside how it is drawn. */
  readonly actions: readonly BoxAction[];
  /** Objects that are shown whole. */
  readonly expanded: readonly ObjectId[];
  readonly onExpand: (object: ObjectId, whole: boolean) => void;
  /** The text of a file that was dropped, and its name. */
  readonly onOpen: (text: string, name: string) => void;
  readonly children: ComponentChildren;
}

export function Workspace({ store, actions, expanded, onExpand, onOpen, children }: WorkspaceProps) {
  const menu = useSignal<BoxMenuRequest | null>(null);
  const request = menu.value;
  return (
    <div class="workspace">
      <main
        class="stage"
        aria-label="Memory graph"
        onContextMenu={(event) => {
          const found = boxOf(event);
          if (!found) return;
          event.preventDefault();
          menu.value = found;
        }}
        onDragOver={(event) => {
          if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
        }}
        onDrop={async (event) => {
          const file = event.dataTransfer?.files.item(0);
          if (!file) return;
          event.preventDefault();
          onOpen(await file.text(), file.name);
        }}
      >
        {children}
      </main>
      {store.open.value && <SettingsView store={store} />}
      {request && (
        <BoxMenu
          request={request}
          actions={actions}
          store={store}
          expanded={expanded.includes(request.object)}
          onExpand={(whole) => {
            if (expanded.includes(request.object) !== whole) onExpand(request.object, whole);
          }}
          onClose={() => {
            menu.value = null;
          }}
        />
      )}
    </div>
  );
}

/** The box under the pointer, or the one that has the focus when the menu key was pressed. */
function boxOf(event: MouseEvent): BoxMenuRequest | null {
  if (!(event.target instanceof Element)) return null;
  const box =
    event.target.closest('[data-box]') ??
    event.target.querySelector('[data-box].mg-selected, [data-box][aria-selected="true"], [data-box]:focus');
  const object = box?.getAttribute('data-object');
  if (!box || !object) return null;
  const title = box.querySelector('.mg-title')?.textContent ?? '';
  // The menu key has no place of its own.
  const { left, top } = box.getBoundingClientRect();
  const keyboard = event.button !== 2;
  return {
    object: Number(object),
    title,
    x: keyboard ? left + 8 : event.clientX,
    y: keyboard ? top + 8 : event.clientY,
  };
}
