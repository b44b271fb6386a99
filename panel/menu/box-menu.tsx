/** The place of a picture, with the menu of its boxes: opened by the right button, by the menu key or by Enter. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useCallback } from 'preact/hooks';
import type { BoxKey } from '../../src/diagram/diagram.ts';
import type { ObjectId } from '../../src/snapshot/snapshot.ts';
import { Menu, type MenuPlace } from './menu.tsx';

/** The box that a menu is of. */
export interface MenuBox {
  readonly key: BoxKey;
  /** The one that is written in the cell under the pointer, or the box's own. Null for names, values and what else is no object. */
  readonly object: ObjectId | null;
  readonly title: string;
}

interface StageProps {
  readonly label: string;
  /** What a box's menu offers: `MenuItem`s, with `<hr />` between groups; null where there is nothing to offer. */
  readonly rows: (box: MenuBox) => ComponentChildren;
  readonly onDragOver?: (event: DragEvent) => void;
  readonly onDrop?: (event: DragEvent) => void;
  readonly children: ComponentChildren;
}

/** `children` has a `Canvas` where there is a picture. */
export function Stage({ label, rows, children, ...drop }: StageProps) {
  const open = useSignal<{ readonly box: MenuBox; readonly place: MenuPlace } | null>(null);
  const close = useCallback(() => {
    open.value = null;
  }, [open]);
  const shown = open.value;
  const offered = shown && rows(shown.box);
  return (
    <main
      class="stage"
      aria-label={label}
      onContextMenu={(event) => {
        const element = boxAt(event);
        if (!element) return;
        event.preventDefault();
        open.value = { box: boxOf(element, event.target), place: placeOf(element, event) };
      }}
      {...drop}
    >
      {children}
      {shown && offered && (
        <Menu place={shown.place} title={shown.box.title} onClose={close}>
          {offered}
        </Menu>
      )}
    </main>
  );
}

/** The box under the pointer, or the one that is selected when a key asks. */
function boxAt({ target }: MouseEvent): Element | null {
  if (!(target instanceof Element)) return null;
  const under = target.closest('[data-box]');
  if (under) return under;
  const key = target.closest('.canvas')?.getAttribute('data-selected');
  return key ? target.querySelector(`[data-box="${CSS.escape(key)}"]`) : null;
}

function boxOf(element: Element, under: EventTarget | null): MenuBox {
  const inline = under instanceof Element ? under.closest('.mg-value[data-target]') : null;
  const object = inline?.getAttribute('data-target') ?? element.getAttribute('data-object');
  const id = object === null ? null : Number(object);
  const title = (inline ?? element).querySelector(inline ? 'text' : '.mg-title')?.textContent ?? '';
  // Names, frames and the like have no number of the page's own.
  const number = id === null || id < 0 || title.endsWith(`#${id}`) ? '' : `#${id}`;
  return { key: element.getAttribute('data-box') ?? '', object: id, title: `${title} ${number}`.trim() };
}

/** CSS pixels between a box and the menu beside it. */
const DISTANCE = 8;

/** At the pointer; a key has no place of its own, so beside the box. */
function placeOf(element: Element, { button, clientX, clientY }: MouseEvent): MenuPlace {
  if (button === 2) return { x: clientX, y: clientY };
  const { left, right, top } = (element.querySelector('.mg-frame') ?? element).getBoundingClientRect();
  return { x: right + DISTANCE, y: top, mirrored: left - DISTANCE };
}
