/** A menu at a point of the window, which closes when something is chosen or it loses the focus. Does not know its actions. */

import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { say } from '../../src/words/say.ts';
import type { Action } from '../actions/action.ts';

/** A position in CSS pixels of the window. */
export interface MenuPosition {
  readonly x: number;
  readonly y: number;
  /** The position of its right side, used when there is no space to the right of `x`. */
  readonly mirrored?: number;
}

interface MenuProps {
  readonly position: MenuPosition;
  /** The object of the menu, shown above its rows; may be empty. */
  readonly title: string;
  readonly onClose: () => void;
  /** `ActionItem`s, with `<hr />` between groups. */
  readonly children: ComponentChildren;
}

/** CSS pixels between a menu and the edges of the window. */
const MARGIN = 4;

/** Has the focus while it is open, and then returns it. */
export function Menu({ position: { x, y, mirrored }, title, onClose, children }: MenuProps) {
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
        // Runs after the item's own handler.
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

interface ActionItemProps {
  readonly action: Action;
  /** Whether the choice is selected; missing for an action. */
  readonly checked?: boolean;
  /** A sentence that says why it cannot be chosen; null when it can. */
  readonly refusal?: string | null;
  /** What the action is for, where there may be several, such as the address of a link. */
  readonly detail?: string;
}

export function ActionItem({ action, refusal = null, detail, ...choice }: ActionItemProps) {
  return (
    <button
      type="button"
      {...choiceRole(choice.checked)}
      title={refusal ?? undefined}
      aria-disabled={refusal === null ? undefined : true}
      tabIndex={-1}
      onClick={(event) => {
        if (refusal === null) action.run();
        else event.stopPropagation();
      }}
    >
      {action.name}
      {detail !== undefined && <span class="menu-detail">{detail}</span>}
    </button>
  );
}

interface ColorItemProps {
  readonly name: string;
  /** A CSS color. */
  readonly color: string;
  readonly checked: boolean;
  readonly onChoose: () => void;
}

/** A color, shown instead of its name. */
export function ColorItem({ name, color, checked, onChoose }: ColorItemProps) {
  return (
    <button
      type="button"
      {...choiceRole(checked)}
      aria-label={say('colorNamed', { name })}
      title={name}
      tabIndex={-1}
      style={{ background: color }}
      onClick={() => onChoose()}
    />
  );
}

const choiceRole = (checked: boolean | undefined) =>
  checked === undefined
    ? ({ role: 'menuitem' } as const)
    : ({ role: 'menuitemcheckbox', 'aria-checked': checked } as const);

const ITEM = '[role="menuitem"], [role="menuitemcheckbox"]';

const itemsOf = (menu: Element): readonly HTMLElement[] =>
  [...menu.querySelectorAll(ITEM)].filter((item) => item instanceof HTMLElement);

/** CSS pixels between a menu and the left edge of the window. */
const EDGE = 4;

/** Moves a menu that hangs at the right end of its button, where it would begin left of the window. */
export function keepInSight(menu: HTMLElement): void {
  const { left } = menu.getBoundingClientRect();
  if (left < EDGE) menu.style.right = `${left - EDGE}px`;
}
