/** A map of the whole picture in a corner, with the part in sight, while not all is in sight. A press on it shows that place. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Placed } from '../../../src/layout/placed.ts';
import { say } from '../../../src/words/say.ts';
import type { PictureControls } from '../picture-controls.ts';
import { onThemeChange, screenTheme } from '../screen-theme.ts';
import { contains, type Size } from '../viewport.ts';
import { paintMap } from './paint.ts';

/** CSS pixels, and the share of the window, that a map takes at most; it is never lower than a strip that can be pressed. */
const MOST: Size = { width: 200, height: 130 };
const SHARE = 0.3;
const LEAST = 20;
/** In a smaller window a map would cover what it is there for. */
const SMALLEST: Size = { width: 200, height: 140 };

interface MapProps {
  readonly placed: Placed;
  readonly controls: PictureControls;
}

export function PictureMap({ placed, controls }: MapProps) {
  const window = controls.size.value;
  const viewport = controls.viewport.value;
  const fits = contains(viewport, placed, { width: window.width + 1, height: window.height + 1 });
  if (fits || window.width < SMALLEST.width || window.height < SMALLEST.height) return null;
  return <Shown placed={placed} controls={controls} size={sizeOf(placed, window)} />;
}

function Shown({ placed, controls, size }: MapProps & { readonly size: Size }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { origin } = placed;
  const across = size.width / placed.width;
  const down = size.height / placed.height;
  useLayoutEffect(() => {
    const paint = (): void => {
      const context = canvas.current?.getContext('2d');
      if (!context) return;
      context.canvas.width = size.width * devicePixelRatio;
      context.canvas.height = size.height * devicePixelRatio;
      paintMap(context, placed, across * devicePixelRatio, down * devicePixelRatio, screenTheme());
    };
    // After the picture itself, for which a user waits.
    const timer = setTimeout(paint);
    const stop = onThemeChange(paint);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [placed, size.width, size.height]);
  const show = (event: PointerEvent): void => {
    event.stopPropagation();
    const { left, top } = canvas.current?.getBoundingClientRect() ?? { left: 0, top: 0 };
    controls.centre({
      x: origin.x + (event.clientX - left) / across,
      y: origin.y + (event.clientY - top) / down,
    });
  };
  const { x, y, scale } = controls.viewport.value;
  const window = controls.size.value;
  const between = (value: number, most: number): number => Math.max(0, Math.min(most, value));
  const left = between((-x / scale - origin.x) * across, size.width - 2);
  const top = between((-y / scale - origin.y) * down, size.height - 2);
  const right = between(((window.width - x) / scale - origin.x) * across, size.width);
  const bottom = between(((window.height - y) / scale - origin.y) * down, size.height);
  return (
    <div
      class="map"
      title={say('mapHint')}
      aria-hidden="true"
      style={{ width: `${size.width}px`, height: `${size.height}px` }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        show(event);
      }}
      onPointerMove={(event) => {
        event.stopPropagation();
        if (event.buttons > 0) show(event);
      }}
      onPointerUp={(event) => event.stopPropagation()}
      onPointerOver={(event) => event.stopPropagation()}
      onDblClick={(event) => event.stopPropagation()}
    >
      <canvas ref={canvas} class="map-canvas" />
      <div
        class="map-sight"
        style={{
          left: `${left}px`,
          top: `${top}px`,
          width: `${Math.max(4, right - left)}px`,
          height: `${Math.max(4, bottom - top)}px`,
        }}
      />
    </div>
  );
}

/** As the picture's proportions are, but for strips, which are as high as can be seen. */
function sizeOf({ width, height }: Size, window: Size): Size {
  const most = {
    width: Math.min(MOST.width, SHARE * window.width),
    height: Math.min(MOST.height, SHARE * window.height),
  };
  const scale = Math.min(most.width / width, most.height / height);
  return { width: Math.round(Math.max(LEAST, width * scale)), height: Math.round(Math.max(LEAST, height * scale)) };
}
