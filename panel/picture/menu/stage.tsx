/** The area around a picture, with the menu of its boxes. A right click, the menu key or Enter opens the menu. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useCallback, useLayoutEffect, useRef } from 'preact/hooks';
import type { ViewSize } from '../../../src/diagram/settings.ts';
import { createAction } from '../../actions/action.ts';
import { ActionItem, Menu, type MenuPosition } from '../../widgets/menu.tsx';
import { openLink } from '../links.ts';
import { type CellPart, isReplaceable } from './cell-parts.ts';
import type { MenuBox, MenuReference } from './menu-box.ts';
import { type EditorPlace, type Question, TextPrompt, ValueEditor, WholeText } from './value-editor.tsx';

/** What a user does with values of the page. */
export interface ValueActions {
  /** The values in the cell under the pointer, or in the box. */
  valuesOf(box: MenuBox): readonly CellPart[];
  assign(field: CellPart, expression: string): void;
  /** The whole text; null when it is gone, which a message says. */
  textOf(field: CellPart): Promise<string | null>;
}

/** Asks for a text where the menu was. */
export type Ask = (question: Question) => void;

interface StageProps {
  readonly label: string;
  /** The menu of a box: `ActionItem`s, with `<hr />` between groups; null when it is empty. */
  readonly rows: (box: MenuBox, ask: Ask) => ComponentChildren;
  /** The menu of a reference, or of the place between boxes (null). */
  readonly aroundRows?: (reference: MenuReference | null) => ComponentChildren;
  /** What can be done with values; missing where the page cannot be asked. */
  readonly values?: ValueActions | undefined;
  /** How much room a picture has, at first and whenever that changes. */
  readonly onSize?: (size: ViewSize) => void;
  readonly onDragOver?: (event: DragEvent) => void;
  readonly onDrop?: (event: DragEvent) => void;
  readonly children: ComponentChildren;
}

/** When there is a picture, `children` has a `PictureView`. */
export function Stage({ label, rows, aroundRows, values, onSize, children, ...drop }: StageProps) {
  const area = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = area.current;
    if (!element || !onSize) return;
    const tell = (): void => onSize({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(tell);
    tell();
    observer.observe(element);
    return () => observer.disconnect();
  }, [onSize]);
  const open = useSignal<OpenMenu | null>(null);
  const close = useCallback(() => {
    open.value = null;
  }, [open]);
  const editing = useSignal<Editing | null>(null);
  const reading = useSignal<{ readonly name: string; readonly text: string } | null>(null);
  const asking = useSignal<{ readonly question: Question; readonly place: EditorPlace } | null>(null);
  const endEditing = useCallback(() => {
    editing.value = null;
    asking.value = null;
    area.current?.querySelector<HTMLElement>('.canvas')?.focus();
  }, [editing]);
  const edit = (fields: readonly CellPart[], place: EditorPlace): void => {
    const [lost] = fields.every(isLost) ? fields : [];
    // There is nothing to type: it says why.
    if (lost) values?.assign(lost, '');
    else editing.value = { fields: fields.filter((field) => !isLost(field)), place };
  };
  const shown = open.value;
  const ask =
    (place: EditorPlace): Ask =>
    (question) => {
      asking.value = { question, place };
    };
  const fields = shown?.box && values ? values.valuesOf(shown.box) : [];
  const changeable = fields.filter(isChangeable);
  const cut = shown?.box?.cell === null ? undefined : fields.find(isCutText);
  const links = shown?.box?.links ?? [];
  const hasRows = links.length > 0 || changeable.length > 0;
  const offered = shown && (shown.box ? rows(shown.box, ask(shown.place)) : aroundRows?.(shown.reference));
  return (
    <main
      ref={area}
      class="stage"
      aria-label={label}
      onContextMenu={(event) => {
        const element = boxAt(event);
        if (!element) {
          if (!(event.target instanceof Element) || event.target.closest('.canvas') === null || !aroundRows) return;
          event.preventDefault();
          open.value = { box: null, reference: referenceAt(event.target), position: positionAt(event) };
          return;
        }
        event.preventDefault();
        const box = boxOf(element, event.target);
        open.value = { box, position: positionOf(element, event), place: placeOf(element, event.target) };
      }}
      onDblClickCapture={(event) => {
        // The picture has captured the pointer, so that the event does not say what is under it.
        const under = document.elementFromPoint(event.clientX, event.clientY);
        const element = under?.closest('[data-box]');
        if (!values || !element || !under?.closest('.mg-cell:is(.mg-value, .mg-reference)')) return;
        const [field] = values.valuesOf(boxOf(element, under)).filter(isChangeable);
        if (!field) return;
        event.stopPropagation();
        edit([field], placeOf(element, under));
      }}
      {...drop}
    >
      {children}
      {shown && (offered || hasRows) && (
        <Menu position={shown.position} title={shown.box?.title ?? ''} onClose={close}>
          {links.map((link) => (
            <ActionItem key={link} action={createAction('openLink', () => openLink(link))} detail={link} />
          ))}
          {changeable.length > 0 && shown.box && (
            <ActionItem action={createAction('editValue', () => edit(changeable, shown.place))} />
          )}
          {cut && values && (
            <ActionItem
              action={createAction('showText', () => {
                void values.textOf(cut).then((text) => {
                  if (text !== null) reading.value = { name: cut.name, text };
                });
              })}
            />
          )}
          {hasRows && <hr />}
          {offered}
        </Menu>
      )}
      {editing.value && values && <ValueEditor {...editing.value} onAssign={values.assign} onClose={endEditing} />}
      {asking.value && <TextPrompt {...asking.value} onClose={endEditing} />}
      {reading.value && (
        <WholeText
          {...reading.value}
          onClose={() => {
            reading.value = null;
          }}
        />
      )}
    </main>
  );
}

interface Editing {
  readonly fields: readonly CellPart[];
  readonly place: EditorPlace;
}

const isChangeable = ({ place, value }: CellPart): boolean => place !== null && isReplaceable(value);

/** A closure's variable that nothing can change now. */
const isLost = ({ place }: CellPart): boolean => place?.type === 'closure' && place.frames.length === 0;

const isCutText = ({ place, value }: CellPart): boolean =>
  place !== null && value.type === 'string' && value.text.head.length + value.text.tail.length < value.text.length;

/** Where the value under the pointer is edited: over its cell, or over the box. */
function placeOf(element: Element, under: EventTarget | null): EditorPlace {
  const cell = under instanceof Element ? under.closest('.mg-cell') : null;
  const frame = cell?.querySelector('rect') ?? cell ?? element.querySelector('.mg-frame') ?? element;
  const { left, top, width } = frame.getBoundingClientRect();
  return { x: left, y: top, width };
}

type OpenMenu =
  | { readonly box: MenuBox; readonly position: MenuPosition; readonly place: EditorPlace }
  | { readonly box: null; readonly reference: MenuReference | null; readonly position: MenuPosition };

function referenceAt(element: Element): MenuReference | null {
  const reference = element.closest('[data-reference]');
  const from = reference?.getAttribute('data-from');
  const to = reference?.getAttribute('data-to');
  return from && to ? { from, to } : null;
}

const positionAt = ({ clientX, clientY }: Pick<MouseEvent, 'clientX' | 'clientY'>): MenuPosition => ({
  x: clientX,
  y: clientY,
});

/** The box under the pointer, or the selected one when a key opens the menu. */
function boxAt({ target }: MouseEvent): Element | null {
  if (!(target instanceof Element)) return null;
  const under = target.closest('[data-box]');
  if (under) return under;
  const key = target.closest('.canvas')?.getAttribute('data-selected');
  return key ? target.querySelector(`[data-box="${CSS.escape(key)}"]`) : null;
}

function boxOf(element: Element, under: EventTarget | null): MenuBox {
  const pointed = under instanceof Element ? under.closest('.mg-cell') : null;
  const inline = pointed?.matches('.mg-value[data-target]') ? pointed : null;
  const object = inline?.getAttribute('data-target') ?? element.getAttribute('data-object');
  const id = object === null ? null : Number(object);
  const title = (inline ?? element).querySelector(inline ? 'text' : '.mg-title')?.textContent ?? '';
  // Scopes, frames and primitives have no identity number.
  const number = id === null || id < 0 || title.endsWith(`#${id}`) ? '' : `#${id}`;
  const ordinal = pointed === null ? -1 : [...element.querySelectorAll('.mg-cell')].indexOf(pointed);
  return {
    key: element.getAttribute('data-box') ?? '',
    object: id,
    title: `${title} ${number}`.trim(),
    cell: ordinal < 0 ? null : ordinal,
    links: linksIn(element, under),
  };
}

/** A menu has room for so many. */
const mostLinks = 8;

function linksIn(element: Element, under: EventTarget | null): readonly string[] {
  const pointed = under instanceof Element ? under.closest('[data-link]') : null;
  const cells = pointed ? [pointed] : [...element.querySelectorAll('[data-link]')];
  return [...new Set(cells.flatMap((cell) => cell.getAttribute('data-link') ?? []))].slice(0, mostLinks);
}

/** CSS pixels between a box and its menu. */
const DISTANCE = 8;

/** The position of the menu: at the pointer, or next to the box when a key opens it. */
function positionOf(element: Element, { button, clientX, clientY }: MouseEvent): MenuPosition {
  if (button === 2) return positionAt({ clientX, clientY });
  const { left, right, top } = (element.querySelector('.mg-frame') ?? element).getBoundingClientRect();
  return { x: right + DISTANCE, y: top, mirrored: left - DISTANCE };
}
