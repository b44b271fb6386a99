/** The window onto the picture: pan by drag or wheel, zoom by pinch, ctrl-wheel or keys, select and walk its boxes. */
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { BoxKey } from '../src/diagram/diagram.ts';
import { MarksContent } from '../src/drawing/marks.tsx';
import { PictureContent } from '../src/drawing/picture.tsx';
import { mostMoving } from '../src/drawing/theme.ts';
import type { Marks } from '../src/history/compare.ts';
import type { CanvasControls } from './canvas-controls.ts';
import { FindBar, FindRings, useFinding } from './find/find-bar.tsx';
import type { Opening } from './heap/opening.ts';
import { lightUp } from './hover.ts';
import type { Picture } from './painter.ts';
import { SelectionMark, SelectionWords, wordsId } from './selection/selection.tsx';
import { type Arrow, nextBox } from './selection/walk.ts';
import { ZOOM_STEP } from './viewport.ts';

/** CSS pixels an arrow key with Shift moves the picture by. */
const KEY_PAN = 60;
/** Wheel pixels that double the size; a mouse's notch is about 100, a trackpad's pinch a few at a time. */
const WHEEL_DOUBLE = 240;
/** Firefox-style line steps do not occur in Chrome, but some mice report them: a line counts as this many pixels. */
const WHEEL_LINE = 16;
/** CSS pixels that a pointer may move between down and up and still be a click. */
const CLICK_SLACK = 4;

const arrows: Readonly<Record<string, Arrow>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
/** Which way the picture goes when the eye goes that way. */
const shifts: Readonly<Record<Arrow, readonly [dx: number, dy: number]>> = {
  left: [KEY_PAN, 0],
  right: [-KEY_PAN, 0],
  up: [0, KEY_PAN],
  down: [0, -KEY_PAN],
};

interface CanvasProps {
  readonly picture: Picture;
  readonly stale: boolean;
  readonly controls: CanvasControls;
  readonly onDrawn: (picture: Picture) => void;
  /** What differs from another picture. */
  readonly marks?: Marks | null;
  /** A click on a box or cell: the key of the box, and the object that the cell leads to. */
  readonly onPick?: (box: string, target: number | null) => void;
  /** A click on a `…` or `✂`; where it is left out they are only looked at. */
  readonly onOpen?: (opening: Opening) => void;
}

export function Canvas({ picture, stale, controls, onDrawn, marks = null, onPick, onOpen }: CanvasProps) {
  const frame = useRef<HTMLDivElement>(null);
  const drag = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const pressed = useRef<{ readonly x: number; readonly y: number; readonly element: Element | null } | null>(null);
  const { subject, placed } = picture;
  const selected = placed.boxes.find(({ box }) => box.key === controls.selected.value) ?? null;
  const selectedKey = selected?.box.key ?? null;

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      controls.setWindow({ width: element.clientWidth, height: element.clientHeight }),
    );
    controls.setWindow({ width: element.clientWidth, height: element.clientHeight });
    observer.observe(element);
    return () => observer.disconnect();
  }, [controls]);
  // Another subject is shown from its root; the same one read again stays where the eye is.
  useLayoutEffect(() => {
    controls.setPicture(picture.placed);
    controls.fit();
  }, [controls, subject]);
  useLayoutEffect(() => {
    controls.setPicture(picture.placed);
    onDrawn(picture);
  }, [controls, picture, onDrawn]);

  // Registered by hand, because a wheel listener must not be passive to keep the page from zooming.
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? WHEEL_LINE : 1;
      if (event.ctrlKey || event.metaKey) {
        const box = element.getBoundingClientRect();
        const anchor = { x: event.clientX - box.left, y: event.clientY - box.top };
        controls.zoom(2 ** ((-event.deltaY * unit) / WHEEL_DOUBLE), anchor);
      } else if (event.shiftKey && event.deltaX === 0) controls.pan(-event.deltaY * unit, 0);
      else controls.pan(-event.deltaX * unit, -event.deltaY * unit);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [controls]);

  const select = (box: BoxKey | null): void => {
    controls.select(box);
    const found = placed.boxes.find((each) => each.box.key === box);
    if (!found) return;
    const { frame, title } = found;
    controls.uncover({ origin: title, width: frame.width, height: frame.y + frame.height - title.y });
  };
  const elementOf = (box: BoxKey): Element | null =>
    frame.current?.querySelector(`[data-box="${CSS.escape(box)}"]`) ?? null;
  const onArrow = (arrow: Arrow, shift: boolean): void => {
    if (shift) controls.pan(...shifts[arrow]);
    else select(nextBox(placed, selectedKey, arrow) ?? selectedKey);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const arrow = arrows[event.key];
    switch (event.key) {
      case '+':
      case '=':
        controls.zoom(ZOOM_STEP);
        break;
      case '-':
        controls.zoom(1 / ZOOM_STEP);
        break;
      case '0':
      case 'f':
        controls.fit();
        break;
      case '1':
        controls.actualSize();
        break;
      case 'Home':
        select(placed.boxes[0]?.box.key ?? null);
        break;
      case 'Enter':
        if (selectedKey === null) return;
        // As the menu key does.
        elementOf(selectedKey)?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
        break;
      case 'Escape':
        if (selectedKey === null) return;
        controls.select(null);
        break;
      default:
        if (!arrow) return;
        onArrow(arrow, event.shiftKey);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const light = (under: EventTarget | null): void => {
    const content = frame.current?.querySelector('.mg-picture');
    if (content) lightUp(content, under instanceof Element ? under : null, selectedKey);
  };
  useLayoutEffect(() => light(null), [picture, selectedKey]);
  // Moving the window onto it is no reason to look at every box again.
  const moving = placed.boxes.length <= mostMoving;
  const content = useMemo(() => <PictureContent placed={placed} moving={moving} />, [placed]);

  const finding = useFinding(placed, controls);
  const { x, y, scale } = controls.viewport.value;
  return (
    <>
      <div
        ref={frame}
        class={stale ? 'canvas stale' : 'canvas'}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture is moved and zoomed with keys.
        tabIndex={0}
        role="application"
        data-selected={selectedKey ?? undefined}
        aria-activedescendant={selectedKey === null ? undefined : wordsId(selectedKey)}
        aria-label={`Graph of ${subject}: ${picture.stats.nodes} objects, ${picture.stats.edges} references. Arrow keys go from box to box, Enter opens the menu of a box, plus and minus zoom, F fits the picture.`}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button > 1) return;
          drag.current = { x: event.clientX, y: event.clientY };
          // Once the pointer is captured, events no longer say what is under it.
          pressed.current = { ...drag.current, element: event.target instanceof Element ? event.target : null };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerOver={(event) => {
          if (!drag.current) light(event.target);
        }}
        onPointerLeave={() => light(null)}
        onPointerMove={(event) => {
          if (!drag.current) return;
          controls.pan(event.clientX - drag.current.x, event.clientY - drag.current.y);
          drag.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerUp={(event) => {
          const start = pressed.current;
          drag.current = null;
          pressed.current = null;
          if (!start || Math.hypot(event.clientX - start.x, event.clientY - start.y) > CLICK_SLACK) return;
          const opening = openingAt(start.element);
          if (opening && onOpen) return onOpen(opening);
          const box = keyAt(start.element);
          controls.select(box);
          const target = start.element?.closest('[data-target]')?.getAttribute('data-target');
          if (box && onPick) onPick(box, target ? Number(target) : null);
        }}
        onContextMenu={({ target }) => {
          const box = target instanceof Element ? keyAt(target) : null;
          if (box !== null) controls.select(box);
        }}
        onPointerCancel={() => {
          drag.current = null;
        }}
      >
        <svg class="picture" width="100%" height="100%" aria-hidden="true">
          <g class={moving ? 'mg-moving' : undefined} transform={`translate(${x} ${y}) scale(${scale})`}>
            {content}
            {marks && <MarksContent placed={placed} marks={marks} moving={moving} />}
            {selected && <SelectionMark key={selectedKey} placed={selected} />}
            {finding.places.length > 0 && <FindRings finding={finding} />}
          </g>
        </svg>
        {selectedKey !== null && <SelectionWords diagram={picture.diagram} boxKey={selectedKey} />}
      </div>
      <FindBar finding={finding} controls={controls} />
    </>
  );
}

const keyAt = (element: Element | null): BoxKey | null =>
  element?.closest('[data-box]')?.getAttribute('data-box') ?? null;

/** What a click on this element of the picture asks to see; null when it is no `…` or `✂`. */
function openingAt(element: Element | null): Opening | null {
  const cut = element?.closest('.mg-cut')?.getAttribute('data-target');
  if (cut) return { type: 'cut', object: Number(cut) };
  const hidden = element?.closest('.mg-hidden');
  const box = hidden?.closest('[data-object]');
  if (!hidden || !box) return null;
  if (box.classList.contains('mg-collapsed'))
    return { type: 'collapsed', object: Number(box.getAttribute('data-object')) };
  const ordinal = [...box.querySelectorAll('.mg-hidden')].indexOf(hidden);
  return { type: 'hidden', object: Number(box.getAttribute('data-object')), ordinal };
}
