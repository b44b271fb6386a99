/** Saves the picture to a file or the clipboard, and opens a saved graph. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Theme } from '../../src/drawing/palettes.ts';
import type { FilmTools } from '../../src/film/film.ts';
import { say } from '../../src/words/say.ts';
import { createAction } from '../actions/action.ts';
import { useOffered } from '../actions/offered.ts';
import type { Picture } from '../reading/picture.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { Icon, TextActionButton } from '../widgets/action-button.tsx';
import { keepInSight } from '../widgets/menu.tsx';
import { ValuesChoice } from '../widgets/values-choice.tsx';
import type { Print } from './print-request.ts';
import { type Export, exports, savePicture } from './save-picture.ts';

export interface ExportMenuProps {
  readonly picture: Picture | null;
  readonly store: SettingsStore;
  /** The theme on the screen. */
  readonly theme: () => Theme;
  /** Null where the browser's print is not available. */
  readonly print: Print | null;
  /** Arranges pictures; null where they can only be saved as they are. */
  readonly lay: FilmTools['lay'] | null;
  /** The text of a saved graph, and the name of its file. */
  readonly onOpen: (text: string, name: string) => void;
}

export function ExportMenu({ picture, store, theme, print, lay, onOpen }: ExportMenuProps) {
  const open = useSignal(false);
  const values = useSignal(true);
  const progress = useSignal<string | null>(null);
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const file = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!open.value) return;
    if (menu.current) keepInSight(menu.current);
    menu.current?.querySelector<HTMLElement>('button:enabled')?.focus();
    const onPress = (event: PointerEvent) => {
      if (!(event.target instanceof Node)) return;
      if (!menu.current?.contains(event.target) && !button.current?.contains(event.target)) open.value = false;
    };
    document.addEventListener('pointerdown', onPress, { capture: true });
    return () => document.removeEventListener('pointerdown', onPress, { capture: true });
  }, [open.value, open]);

  const toggle = createAction('export', () => {
    open.value = !open.value;
  });
  const options = store.settings.value.export;
  const run = async (action: Export): Promise<void> => {
    if (!picture) return;
    open.value = false;
    button.current?.focus();
    try {
      progress.value = await savePicture(action, picture, {
        options,
        screen: theme(),
        print,
        withoutValues: values.peek() ? null : lay,
        report: (text) => {
          progress.value = text;
        },
      });
    } catch (error) {
      progress.value = error instanceof Error ? error.message : String(error);
    }
  };
  useOffered(
    exports.map((id) => createAction(id, () => void run(id), picture !== null && (id !== 'savePdf' || print !== null))),
  );
  return (
    <div class="export">
      {progress.value !== null && (
        <span class="export-word" role="status">
          {progress.value}
          <button
            type="button"
            class="tool"
            aria-label={say('dismiss')}
            onClick={() => {
              progress.value = null;
            }}
          >
            ×
          </button>
        </span>
      )}
      <button
        ref={button}
        type="button"
        class="tool"
        title={toggle.explanation}
        aria-label={toggle.name}
        aria-haspopup="true"
        aria-expanded={open.value}
        onClick={() => toggle.run()}
      >
        <Icon paths={toggle.icon} />
      </button>
      {open.value && (
        <div
          ref={menu}
          class="menu"
          role="dialog"
          aria-label={say('action_export')}
          onFocusOut={({ relatedTarget, currentTarget }) => {
            // Tab goes on behind the menu, which must not stay over the picture then.
            if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) open.value = false;
          }}
          onKeyDown={(event) => {
            if (event.target instanceof HTMLButtonElement && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
              moveFocus(event.currentTarget, event.key === 'ArrowDown' ? 1 : -1);
              event.preventDefault();
              event.stopPropagation();
            }
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            open.value = false;
            button.current?.focus();
          }}
        >
          {exports.map((id) => {
            const enabled = picture !== null && (id !== 'savePdf' || print !== null);
            return <TextActionButton key={id} class="" action={createAction(id, () => void run(id), enabled)} />;
          })}
          <hr />
          <label>
            {say('export_colors')}
            <select value={options.theme} onChange={(event) => store.change('export.theme', event.currentTarget.value)}>
              <option value="screen">{say('export_asOnScreen')}</option>
              <option value="light">{say('theme_light')}</option>
              <option value="dark">{say('theme_dark')}</option>
            </select>
          </label>
          <label>
            {say('export_transparent')}
            <input
              type="checkbox"
              checked={options.background === 'none'}
              onChange={(event) => store.change('export.background', event.currentTarget.checked ? 'none' : 'theme')}
            />
          </label>
          <label>
            {say('export_scale')}
            <select
              value={String(options.scale)}
              onChange={(event) => store.change('export.scale', Number(event.currentTarget.value))}
            >
              {[...new Set([1, 2, 3, 4, 8, options.scale])]
                .sort((a, b) => a - b)
                .map((scale) => (
                  <option key={scale} value={String(scale)}>
                    {say('export_times', { scale })}
                  </option>
                ))}
            </select>
          </label>
          {lay && <ValuesChoice values={values} meaning={[say('export_hasValues'), say('export_noValues')]} />}
          <hr />
          <TextActionButton class="" action={createAction('openFile', () => file.current?.click())} />
        </div>
      )}
      <input
        ref={file}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={say('export_file')}
        onChange={async (event) => {
          const input = event.currentTarget;
          const chosen = input.files?.item(0);
          open.value = false;
          if (chosen) onOpen(await chosen.text(), chosen.name);
          input.value = '';
        }}
      />
    </div>
  );
}

/** Focuses the next or previous control of a menu; behind the last one comes the first. */
function moveFocus(menu: Element, step: 1 | -1): void {
  const controls: readonly (Element | null)[] = [
    ...menu.querySelectorAll('button:enabled, select:enabled, input:enabled'),
  ];
  const next = controls.at((controls.indexOf(document.activeElement) + step) % controls.length);
  if (next instanceof HTMLElement) next.focus();
}
