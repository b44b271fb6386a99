/** The rows of a box's menu that say how this one object is drawn, whatever the settings say of all. */
import type { BoxOverride } from '../../src/diagram/settings.ts';
import type { HeapObject } from '../../src/snapshot/snapshot.ts';
import { MenuItem } from '../menu/menu.tsx';

interface BoxLookProps {
  /** What the object has of its own now. */
  readonly override: BoxOverride;
  /** Null takes all of it back. */
  readonly onOverride: (override: BoxOverride | null) => void;
  /** All of it is shown, whatever the limits. */
  readonly expanded: boolean;
  readonly onExpand: (expand: boolean) => void;
  /** No more than its name was read, and more can be. */
  readonly unread: boolean;
}

/** Colours that are told apart in both themes, also by who sees fewer colours. */
const swatches = [
  { name: 'Yellow', light: '#ffd92f', dark: '#6b5a12' },
  { name: 'Orange', light: '#fdae61', dark: '#8a4b0f' },
  { name: 'Blue', light: '#80b1d3', dark: '#23567c' },
  { name: 'Green', light: '#a6d854', dark: '#44641a' },
  { name: 'Pink', light: '#e78ac3', dark: '#7d2f61' },
  { name: 'Grey', light: '#d9d9d9', dark: '#565656' },
] as const;

export function BoxLook({ override, onOverride, expanded, onExpand, unread }: BoxLookProps) {
  const { display, orientation, colour } = override;
  const set = (change: BoxOverride): void => onOverride({ ...override, ...change });
  return (
    <>
      <MenuItem label="Show everything in it" checked={expanded} onChoose={() => onExpand(!expanded)} />
      <hr />
      <MenuItem
        label="Draw as a box"
        checked={display === 'box'}
        onChoose={() => {
          set({ display: 'box' });
          // There is nothing to draw in it yet.
          if (unread) onExpand(true);
        }}
      />
      <MenuItem
        label="Collapse to a small box"
        checked={display === 'collapsed'}
        onChoose={() => set({ display: 'collapsed' })}
      />
      <MenuItem
        label="Write into what refers to it"
        checked={display === 'inline'}
        onChoose={() => set({ display: 'inline' })}
      />
      <MenuItem label="Hide" checked={display === 'hidden'} onChoose={() => set({ display: 'hidden' })} />
      <hr />
      <MenuItem
        label="Vertical"
        checked={orientation === 'vertical'}
        onChoose={() => set({ orientation: 'vertical' })}
      />
      <MenuItem
        label="Horizontal"
        checked={orientation === 'horizontal'}
        onChoose={() => set({ orientation: 'horizontal' })}
      />
      <hr />
      <div class="swatches">
        {swatches.map(({ name, light, dark }) => (
          <MenuItem
            key={name}
            label={name}
            swatch={`light-dark(${light}, ${dark})`}
            checked={colour?.light === light}
            onChoose={() => set({ colour: { light, dark } })}
          />
        ))}
      </div>
      <hr />
      <MenuItem
        label="Back to the default"
        onChoose={() => {
          onOverride(null);
          onExpand(false);
        }}
      />
    </>
  );
}

/** Functions are read where a person wants to look into them. */
export const isUnread = ({ kind, cut, parts }: HeapObject): boolean =>
  kind === 'function' && cut === null && parts.length === 0;
