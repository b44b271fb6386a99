/** A menu that stands at a point of the window until something is chosen or it is left. Knows nothing of what is chosen. */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** CSS pixels of the window. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
  /** Where its right side is to be when there is no room at the right of `x`. */
  readonly mirrored?: number;
}

interface MenuProps {
  readonly place: MenuPlace;
  /** What the menu is of; stands over its rows, where there is one. */
  readonly title: string;
  readonly onClose: () => void;
  /** `MenuItem`s, with `<hr />` between groups. */
  readonly children: ComponentChildren;
}

/** CSS pixels between a menu and the edges of the window. */
const MARGIN = 4;

/** Has the focus while it is open, and gives it back. */
export function Menu({ place: { x, y, mirrored }, title, onClose, children }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    const { width, height } = element.getBoundingClientRect();
    const furthest = innerWidth - width - MARGIN;
    const left = mirrored !== undefined && x > furthest && mirrored - width >= MARGIN ? mirrored - width : x;
    element.style.left = `${Math.max(MARGIN, Math.min(left, furthest))}px`;
    element.style.top = `${Math.max(MARGIN, Math.min(y, innerHeight - height - MARGIN))}px`;
    const before = document.activeElement;
    itemsOf(element)[0]?.focus();
    return () => {
      if (before instanceof HTMLElement || before instanceof SVGElement) before.focus();
    };
  }, [x, y, mirrored]);
  useEffect(() => {
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', onPress, { capture: true });
    addEventListener('blur', onClose);
    return () => {
      document.removeEventListener('pointerdown', onPress, { capture: true });
      removeEventListener('blur', onClose);
    };
  }, [onClose]);
  return (
    <div
      ref={menu}
      class="menu"
      role="menu"
      aria-label={title === '' ? 'Actions' : title}
      tabIndex={-1}
      onContextMenu={(event) => event.preventDefault()}
      onClick={(event) => {
        // After the item's own doing.
        if (event.target instanceof Element && event.target.closest(ITEM)) onClose();
      }}
      onKeyDown={(event) => {
        const all = itemsOf(event.currentTarget);
        const focused = all.findIndex((element) => element.matches(':focus'));
        const go = (index: number) => all[(index + all.length) % all.length]?.focus();
        switch (event.key) {
          case 'ArrowDown':
          case 'ArrowRight':
            go(focused + 1);
            break;
          case 'ArrowUp':
          case 'ArrowLeft':
            go(focused - 1);
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
      {title !== '' && <p class="menu-title">{title}</p>}
      {children}
    </div>
  );
}

interface MenuItemProps {
  readonly label: string;
  /** Whether what it says holds now; missing for what is no choice but an action. */
  readonly checked?: boolean;
  /** A colour to show in place of the label. */
  readonly swatch?: string;
  /** Why it cannot be chosen, one sentence; null where it can. */
  readonly refusal?: string | null;
  readonly onChoose: () => void;
}

export function MenuItem({ label, checked, swatch, refusal = null, onChoose }: MenuItemProps) {
  return (
    <button
      type="button"
      {...(checked === undefined ? { role: 'menuitem' } : { role: 'menuitemcheckbox', 'aria-checked': checked })}
      aria-label={swatch === undefined ? undefined : `Colour ${label}`}
      title={refusal ?? (swatch === undefined ? undefined : label)}
      aria-disabled={refusal === null ? undefined : true}
      tabIndex={-1}
      style={swatch === undefined ? undefined : { background: swatch }}
      onClick={(event) => {
        if (refusal === null) onChoose();
        else event.stopPropagation();
      }}
    >
      {swatch === undefined && label}
    </button>
  );
}

const ITEM = '[role="menuitem"], [role="menuitemcheckbox"]';

const itemsOf = (menu: Element): readonly HTMLElement[] =>
  [...menu.querySelectorAll(ITEM)].filter((item) => item instanceof HTMLElement);
