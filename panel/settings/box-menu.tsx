/** The menu of one box: what only this object has of its own. Opened by the right button or the menu key. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { BoxOverride } from '../../src/diagram/settings.ts';
import type { ObjectId } from '../../src/snapshot/snapshot.ts';
import type { SettingsStore } from './settings-store.ts';

/** Where a menu was asked for, in CSS pixels of the window, and for which object. */
export interface BoxMenuRequest {
  readonly object: ObjectId;
  readonly title: string;
  readonly x: number;
  readonly y: number;
}

/** What can be done with an object beside how it is drawn. */
export interface BoxAction {
  readonly label: string;
  act(object: ObjectId): void;
}

interface BoxMenuProps {
  readonly request: BoxMenuRequest;
  readonly actions: readonly BoxAction[];
  readonly store: SettingsStore;
  readonly expanded: boolean;
  readonly onExpand: (expand: boolean) => void;
  readonly onClose: () => void;
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

export function BoxMenu({ request, actions, store, expanded, onExpand, onClose }: BoxMenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const { object, title, x, y } = request;
  const override = store.overrides.value.get(object) ?? {};

  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(0, Math.min(x, innerWidth - width - 4))}px`;
    element.style.top = `${Math.max(0, Math.min(y, innerHeight - height - 4))}px`;
    const before = document.activeElement;
    items(element)[0]?.focus();
    return () => {
      if (before instanceof HTMLElement || before instanceof SVGElement) before.focus();
    };
  }, [x, y]);
  useEffect(() => {
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', onPress, { capture: true });
    return () => document.removeEventListener('pointerdown', onPress, { capture: true });
  }, [onClose]);

  const set = (change: BoxOverride): void => {
    store.override(object, { ...override, ...change });
    onClose();
  };
  const item = (label: string, act: () => void, checked = false) => (
    <button
      type="button"
      role="menuitemcheckbox"
      aria-checked={checked}
      tabIndex={-1}
      onClick={() => {
        act();
        onClose();
      }}
    >
      {label}
    </button>
  );
  return (
    <div
      ref={menu}
      class="menu"
      role="menu"
      aria-label={title}
      tabIndex={-1}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        const all = items(event.currentTarget);
        const place = all.findIndex((element) => element.matches(':focus'));
        const go = (index: number) => all[(index + all.length) % all.length]?.focus();
        switch (event.key) {
          case 'ArrowDown':
          case 'ArrowRight':
            go(place + 1);
            break;
          case 'ArrowUp':
          case 'ArrowLeft':
            go(place - 1);
            break;
          case 'Home':
            go(0);
            break;
          case 'End':
            go(all.length - 1);
            break;
          case 'Escape':
          case 'Tab':
            onClose();
            break;
          default:
            return;
        }
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <p class="menu-title">{title}</p>
      {actions.map(({ label, act }) => item(label, () => act(object)))}
      {item('Show everything in it', () => onExpand(!expanded), expanded)}
      <hr />
      {item('Box', () => set({ display: 'box' }), override.display === 'box')}
      {item('Collapse to a small box', () => set({ display: 'collapsed' }), override.display === 'collapsed')}
      {item('Put into its cells', () => set({ display: 'inline' }), override.display === 'inline')}
      {item('Hide', () => set({ display: 'hidden' }), override.display === 'hidden')}
      <hr />
      {item('Vertical', () => set({ orientation: 'vertical' }), override.orientation === 'vertical')}
      {item('Horizontal', () => set({ orientation: 'horizontal' }), override.orientation === 'horizontal')}
      <hr />
      <div class="swatches">
        {swatches.map(({ name, light, dark }) => (
          <button
            key={name}
            type="button"
            role="menuitemcheckbox"
            aria-checked={override.colour?.light === light}
            aria-label={`Colour ${name}`}
            title={name}
            tabIndex={-1}
            style={{ background: `light-dark(${light}, ${dark})` }}
            onClick={() => set({ colour: { light, dark } })}
          />
        ))}
      </div>
      <hr />
      {item('Back to the default', () => {
        store.override(object, null);
        onExpand(false);
      })}
    </div>
  );
}

const items = (menu: Element): readonly HTMLElement[] =>
  [...menu.querySelectorAll('button')].filter((button) => button.getAttribute('role') === 'menuitemcheckbox');
