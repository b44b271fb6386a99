/** Moves the picture by wheel and pointer, and distinguishes a click from a drag. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { PictureControls } from './picture-controls.ts';

/** Wheel pixels that double the size. One notch of a mouse is about 100; a trackpad's pinch sends a few at a time. */
const WHEEL_DOUBLE = 240;
/** Pixels for one line. Chrome itself sends no line steps, but some mice report them. */
const WHEEL_LINE = 16;
/** CSS pixels that a pointer may move between down and up in a click. */
const CLICK_SLACK = 4;

/** The element that frames the picture. */
interface Frame {
  readonly current: HTMLElement | null;
}

/** Reports the size of the window onto the picture while it is mounted. */
export function useWindowSize(frame: Frame, controls: PictureControls): void {
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const report = (): void => controls.setWindow({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(report);
    report();
    observer.observe(element);
    return () => observer.disconnect();
  }, [controls]);
}

/** The wheel moves the picture. With Ctrl it zooms; a trackpad reports a pinch as Ctrl and wheel. */
export function useWheel(frame: Frame, controls: PictureControls): void {
  // Registered by hand, because the listener must not be passive, so that it can prevent the page from zooming.
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
}

interface PointerUse {
  /** The pointer is over this element of the picture; null when it left. Not called during a drag. */
  readonly onPoint: (element: Element | null) => void;
  /** `far`: with Ctrl, or the Command key of a Mac. */
  readonly onClick: (element: Element | null, far: boolean) => void;
  readonly onDoubleClick: (element: Element | null) => void;
  /** Begins to drag what is under the pointer; null for the picture itself. */
  readonly onDrag?: (element: Element | null) => Drag | null;
  /** The pointer is at this place of the window, before anything else is called; null when it left. */
  readonly onPlace?: (place: Press | null) => void;
}

/** A drag of something in the picture, by CSS pixels from where it began. */
export interface Drag {
  move(x: number, y: number): void;
  end(x: number, y: number): void;
  cancel(): void;
}

interface Press {
  readonly x: number;
  readonly y: number;
}

/** Handlers for the frame of the picture. */
export function usePointer(controls: PictureControls, use: PointerUse) {
  const { onPoint, onClick, onDoubleClick, onPlace, onDrag } = use;
  const held = useRef<Drag | null>(null);
  /** As long as Space is held, the picture is moved, whatever is under the pointer. */
  const space = useRef(false);
  const drag = useRef<Press | null>(null);
  const pressed = useRef<(Press & { readonly element: Element | null }) | null>(null);
  const clicked = useRef<Element | null>(null);
  const elementOf = ({ target }: Event): Element | null => (target instanceof Element ? target : null);
  const place = (event: PointerEvent): void => {
    if (!onPlace || !(event.currentTarget instanceof Element)) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    onPlace({ x: event.clientX - left, y: event.clientY - top });
  };
  return {
    onKeyDown(event: KeyboardEvent): boolean {
      if (event.key !== ' ') return false;
      event.preventDefault();
      space.current = true;
      return true;
    },
    onKeyUp(event: KeyboardEvent) {
      if (event.key === ' ') space.current = false;
    },
    onBlur() {
      space.current = false;
    },
    onPointerDown(event: PointerEvent) {
      place(event);
      if (event.button > 1) return;
      drag.current = { x: event.clientX, y: event.clientY };
      // Once the pointer is captured, events no longer say what is under it.
      pressed.current = { ...drag.current, element: elementOf(event) };
      held.current = event.button === 0 && !space.current ? (onDrag?.(elementOf(event)) ?? null) : null;
      if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerOver(event: PointerEvent) {
      if (!drag.current) onPoint(elementOf(event));
    },
    onPointerLeave() {
      onPoint(null);
      onPlace?.(null);
    },
    onPointerMove(event: PointerEvent) {
      if (!drag.current) return place(event);
      const { current: start } = pressed;
      if (held.current && start) {
        const [x, y] = [event.clientX - start.x, event.clientY - start.y];
        if (Math.hypot(x, y) > CLICK_SLACK) held.current.move(x, y);
        return;
      }
      controls.pan(event.clientX - drag.current.x, event.clientY - drag.current.y);
      drag.current = { x: event.clientX, y: event.clientY };
    },
    onPointerUp(event: PointerEvent) {
      const start = pressed.current;
      const dragged = held.current;
      drag.current = null;
      pressed.current = null;
      held.current = null;
      if (start && dragged) {
        const [x, y] = [event.clientX - start.x, event.clientY - start.y];
        if (Math.hypot(x, y) > CLICK_SLACK) return dragged.end(x, y);
        dragged.cancel();
      }
      if (!start || event.button !== 0 || Math.hypot(event.clientX - start.x, event.clientY - start.y) > CLICK_SLACK)
        return;
      // What was pointed at may have got its element only after the press.
      clicked.current = onPlace ? document.elementFromPoint(start.x, start.y) : start.element;
      onClick(clicked.current, event.ctrlKey || event.metaKey);
    },
    onDblClick() {
      onDoubleClick(clicked.current);
    },
    onPointerCancel() {
      held.current?.cancel();
      held.current = null;
      drag.current = null;
    },
  };
}
