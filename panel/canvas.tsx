/** The window onto the picture: pan by drag or wheel, zoom by pinch, ctrl-wheel or keys. */
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { MarksContent } from '../src/drawing/marks.tsx';
import { PictureContent } from '../src/drawing/picture.tsx';
import type { Marks } from '../src/history/compare.ts';
import type { CanvasControls } from './canvas-controls.ts';
import { FindBar, FindRings, useFinding } from './find/find-bar.tsx';
import type { Opening } from './heap/opening.ts';
import { lightUp } from './hover.ts';
import type { Picture } from './painter.ts';
import { ZOOM_STEP } from './viewport.ts';

/** CSS pixels an arrow key moves the picture by. */
const KEY_PAN = 60;
/** Wheel pixels that double the size; a mouse's notch is about 100, a trackpad's pinch a few at a time. */
const WHEEL_DOUBLE = 240;
/** Firefox-style line steps do not occur in Chrome, but some mice report them: a line counts as this many pixels. */
const WHEEL_LINE = 16;
/** CSS pixels that a pointer may move between down and up and still be a click. */
const CLICK_SLACK = 4;

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
  const { subject } = picture;

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

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey) return;
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
      case 'ArrowLeft':
        controls.pan(KEY_PAN, 0);
        break;
      case 'ArrowRight':
        controls.pan(-KEY_PAN, 0);
        break;
      case 'ArrowUp':
        controls.pan(0, KEY_PAN);
        break;
      case 'ArrowDown':
        controls.pan(0, -KEY_PAN);
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  const light = (under: EventTarget | null): void => {
    const content = frame.current?.querySelector('.mg-picture');
    if (content) lightUp(content, under instanceof Element ? under : null);
  };

  const finding = useFinding(picture.placed, controls);
  // The same elements for the same picture: whatever else changes, they are not compared again.
  const content = useMemo(() => <PictureContent placed={picture.placed} />, [picture]);
  const { x, y, scale } = controls.viewport.value;
  return (
    <>
      <div
        ref={frame}
        class={stale ? 'canvas stale' : 'canvas'}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture is moved and zoomed with keys.
        tabIndex={0}
        role="application"
        aria-label={`Graph of ${subject}: ${picture.stats.nodes} objects, ${picture.stats.edges} references. Arrow keys move it, plus and minus zoom, F fits it.`}
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
          const box = start.element?.closest('[data-box]')?.getAttribute('data-box');
          const target = start.element?.closest('[data-target]')?.getAttribute('data-target');
          if (box && onPick) onPick(box, target ? Number(target) : null);
        }}
        onPointerCancel={() => {
          drag.current = null;
        }}
      >
        <svg class="picture" width="100%" height="100%" aria-hidden="true">
          <g transform={`translate(${x} ${y}) scale(${scale})`}>
            {content}
            {marks && <MarksContent placed={picture.placed} marks={marks} />}
            {finding.places.length > 0 && <FindRings finding={finding} />}
          </g>
        </svg>
      </div>
      <FindBar finding={finding} controls={controls} />
    </>
  );
}

/** What a click on this element of the picture asks to read; null when it is no `…` or `✂`. */
function openingAt(element: Element | null): Opening | null {
  const cut = element?.closest('.mg-cut')?.getAttribute('data-target');
  if (cut) return { type: 'cut', object: Number(cut) };
  const hidden = element?.closest('.mg-hidden');
  const box = hidden?.closest('[data-object]');
  if (!hidden || !box) return null;
  const ordinal = [...box.querySelectorAll('.mg-hidden')].indexOf(hidden);
  return { type: 'hidden', object: Number(box.getAttribute('data-object')), ordinal };
}
