/** The rows of a box's menu that set how this one object is drawn. They override the settings. */

import type { BoxOverride } from '../../../src/diagram/settings.ts';
import type { HeapObject } from '../../../src/snapshot/snapshot.ts';
import { say } from '../../../src/words/say.ts';
import { createAction } from '../../actions/action.ts';
import type { ActionId } from '../../actions/table.ts';
import { ActionItem, ColorItem } from '../../widgets/menu.tsx';
import type { Ask } from './stage.tsx';

interface AppearanceRowsProps {
  /** What is set for this object now. */
  readonly override: BoxOverride;
  /** Null removes the override. */
  readonly onOverride: (override: BoxOverride | null) => void;
  /** All properties are shown, regardless of the limits. */
  readonly expanded: boolean;
  readonly onExpand: (expand: boolean) => void;
  /** Only its name was read, and more can be read. */
  readonly unread: boolean;
  readonly ask: Ask;
}

/** Colors that differ clearly in both themes, also for people who see fewer colors. */
const colors = [
  { name: say('color_yellow'), light: '#ffd92f', dark: '#6b5a12' },
  { name: say('color_orange'), light: '#fdae61', dark: '#8a4b0f' },
  { name: say('color_blue'), light: '#80b1d3', dark: '#23567c' },
  { name: say('color_green'), light: '#a6d854', dark: '#44641a' },
  { name: say('color_pink'), light: '#e78ac3', dark: '#7d2f61' },
  { name: say('color_gray'), light: '#d9d9d9', dark: '#565656' },
] as const;

export function AppearanceRows({ override, onOverride, expanded, onExpand, unread, ask }: AppearanceRowsProps) {
  const { display, orientation, color } = override;
  const set = (change: BoxOverride): void => onOverride({ ...override, ...change });
  const displayRow = (name: ActionId, choice: NonNullable<BoxOverride['display']>) => (
    <ActionItem action={createAction(name, () => set({ display: choice }))} checked={display === choice} />
  );
  const orientationRow = (choice: NonNullable<BoxOverride['orientation']>) => (
    <ActionItem action={createAction(choice, () => set({ orientation: choice }))} checked={orientation === choice} />
  );
  const drawAsBox = createAction('box', () => {
    set({ display: 'box' });
    // Its content was not read yet.
    if (unread) onExpand(true);
  });
  const label = (): void =>
    ask({
      label: say('label_field'),
      hint: say('label_hint'),
      text: override.label ?? '',
      onEnter(text) {
        const { label: _, ...others } = override;
        onOverride(text === '' ? others : { ...others, label: text });
      },
    });
  const reset = createAction('resetBox', () => {
    onOverride(null);
    onExpand(false);
  });
  return (
    <>
      <ActionItem action={createAction('labelBox', label)} checked={override.label !== undefined} />
      <ActionItem action={createAction('expand', () => onExpand(!expanded))} checked={expanded} />
      <hr />
      <ActionItem action={drawAsBox} checked={display === 'box'} />
      {displayRow('collapse', 'collapsed')}
      {displayRow('inline', 'inline')}
      {displayRow('hide', 'hidden')}
      <hr />
      {orientationRow('vertical')}
      {orientationRow('horizontal')}
      <hr />
      <div class="swatches">
        {colors.map(({ name, light, dark }) => (
          <ColorItem
            key={name}
            name={name}
            color={`light-dark(${light}, ${dark})`}
            checked={color?.light === light}
            onChoose={() => set({ color: { light, dark } })}
          />
        ))}
      </div>
      <hr />
      <ActionItem action={reset} />
    </>
  );
}

/** Whether it is a function of which only the name was read. The rest is read when a user asks for it. */
export const isUnread = ({ kind, cut, parts }: HeapObject): boolean =>
  kind === 'function' && cut === null && parts.length === 0;
