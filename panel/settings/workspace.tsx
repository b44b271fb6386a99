/** The picture with the settings beside it, what its boxes' menus offer, and the place where a saved graph is dropped. */
import type { ComponentChildren } from 'preact';
import type { ObjectId } from '../../src/snapshot/snapshot.ts';
import { type MenuBox, Stage } from '../menu/box-menu.tsx';
import { BoxLook } from './box-look.tsx';
import type { SettingsStore } from './settings-store.ts';
import { SettingsView } from './settings-view.tsx';

interface WorkspaceProps {
  readonly store: SettingsStore;
  /** What the menu of an object's box offers beside how it is drawn. */
  readonly rows: (object: ObjectId, box: MenuBox) => ComponentChildren;
  /** Objects that are shown whole. */
  readonly expanded: readonly ObjectId[];
  readonly onExpand: (object: ObjectId, whole: boolean) => void;
  /** Whether no more than an object's name was read, and more can be. */
  readonly isUnread: (object: ObjectId) => boolean;
  /** The text of a file that was dropped, and its name. */
  readonly onOpen: (text: string, name: string) => void;
  readonly children: ComponentChildren;
}

export function Workspace({ store, rows, expanded, onExpand, isUnread, onOpen, children }: WorkspaceProps) {
  return (
    <div class="workspace">
      <Stage
        label="Memory graph"
        rows={(box) => {
          const { object } = box;
          if (object === null) return null;
          const whole = expanded.includes(object);
          return (
            <>
              {rows(object, box)}
              <BoxLook
                override={store.overrides.value.get(object) ?? {}}
                onOverride={(override) => store.override(object, override)}
                expanded={whole}
                unread={isUnread(object)}
                onExpand={(expand) => {
                  if (whole !== expand) onExpand(object, expand);
                }}
              />
            </>
          );
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
      </Stage>
      {store.open.value && <SettingsView store={store} />}
    </div>
  );
}
