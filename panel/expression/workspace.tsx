/** The picture with the settings next to it and the menus of its boxes. A saved graph can be dropped here. */

import type { ComponentChildren } from 'preact';
import type { BoxOverride, ViewSize } from '../../src/diagram/settings.ts';
import type { ObjectId } from '../../src/snapshot/snapshot.ts';
import { say } from '../../src/words/say.ts';
import { AppearanceRows } from '../picture/menu/appearance-rows.tsx';
import type { MenuBox, MenuReference } from '../picture/menu/menu-box.ts';
import { Stage, type ValueActions } from '../picture/menu/stage.tsx';
import type { SettingsStore } from '../settings/settings-store.ts';
import { SettingsView } from '../settings/settings-view.tsx';

interface WorkspaceProps {
  readonly store: SettingsStore;
  /** The rows of an object's menu, besides those that set how it is drawn. */
  readonly rows: (object: ObjectId | null, box: MenuBox) => ComponentChildren;
  /** What can be done with values; missing where the page cannot be asked. */
  readonly values: ValueActions | undefined;
  /** How single objects are drawn. */
  readonly overrides: ReadonlyMap<ObjectId, BoxOverride>;
  readonly onOverride: (object: ObjectId, override: BoxOverride | null) => void;
  /** Objects that are shown whole. */
  readonly expanded: readonly ObjectId[];
  readonly onExpand: (object: ObjectId, whole: boolean) => void;
  /** Whether only an object's name was read, and more can be read. */
  readonly isUnread: (object: ObjectId) => boolean;
  readonly aroundRows: (reference: MenuReference | null) => ComponentChildren;
  /** How much room a picture has. */
  readonly onSize: (size: ViewSize) => void;
  /** The text of a file that was dropped, and its name. */
  readonly onOpen: (text: string, name: string) => void;
  readonly children: ComponentChildren;
}

export function Workspace({
  store,
  rows,
  values,
  overrides,
  onOverride,
  expanded,
  onExpand,
  isUnread,
  aroundRows,
  onSize,
  onOpen,
  children,
}: WorkspaceProps) {
  return (
    <div class="workspace">
      <Stage
        label={say('stage_label')}
        onSize={onSize}
        aroundRows={aroundRows}
        values={values}
        rows={(box, ask) => {
          const { object } = box;
          if (object === null) return rows(null, box);
          const whole = expanded.includes(object);
          return (
            <>
              {rows(object, box)}
              <AppearanceRows
                override={overrides.get(object) ?? {}}
                onOverride={(override) => onOverride(object, override)}
                expanded={whole}
                ask={ask}
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
