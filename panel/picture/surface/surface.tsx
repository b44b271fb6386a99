/**
 * A picture of more boxes than elements can follow: canvases, and elements of only what a user can read or points at. Near, when the
 * hand rests, the elements of what is in sight take the place of the canvases.
 */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Marks } from '../../../src/diagram/compare.ts';
import type { BoxKey } from '../../../src/diagram/diagram.ts';
import { MarksContent } from '../../../src/drawing/marks.tsx';
import { PictureContent } from '../../../src/drawing/picture.tsx';
import type { Placed, PlacedBox, Point, Rectangle } from '../../../src/layout/placed.ts';
import { lightUp } from '../hover.ts';
import type { PictureControls } from '../picture-controls.ts';
import { isAnimated, onThemeChange, screenTheme } from '../screen-theme.ts';
import type { Viewport } from '../viewport.ts';
import { glanceAt } from './labels.ts';
import { litBy, type Pointed } from './lit.ts';
import { createSurfacePainter, type SurfacePainter } from './painter.ts';
import type { Part } from './sight.ts';

interface SurfaceProps {
  readonly placed: Placed;
  readonly controls: PictureControls;
  readonly marks: Marks | null;
  readonly selected: BoxKey | null;
  /** What a search found. */
  readonly rings: readonly Rectangle[];
  readonly handle: { current: SurfaceHandle | null };
}

export interface SurfaceHandle {
  /** The pointer is at this place of the window. */
  point(place: Point | null): void;
  /** The pointer is over this element. */
  light(element: Element | null): void;
}

/** Near: so many boxes and lines have elements, at a scale at which their text can be read. */
const MOST_BOXES = 90;
const MOST_LINES = 300;
const NEAR = 0.4;
/** Window pixels around a box or line that count as it. */
const SLACK = 5;

interface Near {
  readonly part: Part;
  readonly viewport: Viewport;
}

const isNear = ({ boxes, references }: Part, { scale }: Viewport): boolean =>
  scale >= NEAR && boxes.length <= MOST_BOXES && references.length <= MOST_LINES;

export function Surface({ placed, controls, marks, selected, rings, handle }: SurfaceProps) {
  const frame = useRef<HTMLDivElement>(null);
  const painter = useRef<SurfacePainter | null>(null);
  const [near, setNear] = useState<Near | null>(null);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const viewport = controls.viewport.value;

  useLayoutEffect(() => {
    const element = frame.current;
    const [boxes, lines, signs, labels] = element?.querySelectorAll('canvas') ?? [];
    if (!element || !boxes || !lines || !signs || !labels) return;
    const made = createSurfacePainter({ boxes, lines, signs, labels }, placed, {
      theme: screenTheme,
      moves: isAnimated,
      onRest(part, viewport) {
        const next = part && isNear(part, viewport) ? { part, viewport } : null;
        // At once, and not with the next rendering: the canvases have to be there in the frame in which the picture moves.
        element.dataset.distance = part === null ? 'moving' : next ? 'near' : 'far';
        if (part !== null) setNear(next);
      },
    });
    painter.current = made;
    const stops = [
      onThemeChange(made.repaint),
      controls.size.subscribe(made.resize),
      controls.viewport.subscribe(made.move),
    ];
    return () => {
      for (const stop of stops) stop();
      made.close();
    };
  }, [controls]);

  useLayoutEffect(() => {
    // What was under the pointer is elsewhere now.
    setPointed(null);
    setNear(null);
  }, [placed]);
  useLayoutEffect(() => {
    const { current } = painter;
    if (!current) return;
    current.show({ placed, marks, rings, lit: null });
    const lit = litBy(current.sight, pointed, selected);
    if (frame.current) {
      if (lit) frame.current.dataset.lighting = lit.by;
      else delete frame.current.dataset.lighting;
    }
    current.show({ placed, marks, rings, lit });
  }, [placed, marks, rings, pointed, selected]);
  const light = (under: Element | null): void => {
    const content = frame.current?.querySelector('.surface-near .mg-picture');
    if (content) lightUp(content, under, selected);
  };
  useLayoutEffect(() => light(null), [near, selected]);

  handle.current = {
    light,
    point(place) {
      const { current } = painter;
      if (!current || frame.current?.dataset.distance === 'near') return setPointed(null);
      if (place === null) return setPointed(null);
      const { x, y, scale } = controls.viewport.peek();
      const point = { x: (place.x - x) / scale, y: (place.y - y) / scale };
      const slack = SLACK / scale;
      setPointed(
        current.sight.boxAt(point, 0) ?? current.sight.lineAt(point, slack) ?? current.sight.boxAt(point, slack),
      );
    },
  };

  const box = pointed && 'box' in pointed ? pointed : null;
  const shown = near ? null : [...new Set([box, selected === null ? null : boxOf(placed, selected)])];
  return (
    <div ref={frame} class="surface" data-distance="far" aria-hidden="true">
      <canvas class="surface-boxes" />
      <canvas class="surface-lines" />
      <canvas class="surface-signs" />
      <canvas class="surface-labels" />
      {near && (
        <svg class="picture surface-near" width="100%" height="100%" aria-hidden="true">
          <g transform={transformOf(near.viewport)}>
            <PictureContent placed={{ ...placed, ...near.part }} />
            {marks && <MarksContent placed={{ ...placed, ...near.part }} marks={marks} moving={false} />}
          </g>
        </svg>
      )}
      {shown && (
        <svg class="picture surface-far" width="100%" height="100%" aria-hidden="true">
          <g transform={transformOf(viewport)}>
            <PictureContent
              placed={{ ...placed, boxes: shown.flatMap((each) => each ?? []), references: [], joins: [] }}
            />
          </g>
        </svg>
      )}
      {box && viewport.scale < NEAR && <Glance placed={box} viewport={viewport} />}
    </div>
  );
}

const transformOf = ({ x, y, scale }: Viewport): string => `translate(${x} ${y}) scale(${scale})`;

const boxOf = ({ boxes }: Placed, key: BoxKey): PlacedBox | null => boxes.find(({ box }) => box.key === key) ?? null;

/** What the box under the pointer is, where its text is too small. */
function Glance({ placed: { box, frame }, viewport }: { readonly placed: PlacedBox; readonly viewport: Viewport }) {
  const { x, y, scale } = viewport;
  const number = box.object === null || box.object < 0 ? '' : ` #${box.object}`;
  return (
    <div
      class="surface-glance"
      style={{ left: `${x + frame.x * scale}px`, top: `${y + (frame.y + frame.height) * scale + 6}px` }}
    >
      <b>{box.title.endsWith(number) ? box.title : `${box.title}${number}`}</b> {glanceAt(box)}
    </div>
  );
}
