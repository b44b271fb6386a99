/** The window onto a picture: draws the picture, its marks and matches, and handles the pointer and the keys. */

import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Marks } from '../../src/diagram/compare.ts';
import type { BoxKey } from '../../src/diagram/diagram.ts';
import { isGroupKey } from '../../src/diagram/keys.ts';
import { MarksContent } from '../../src/drawing/marks.tsx';
import { PictureContent } from '../../src/drawing/picture.tsx';
import { mostMoving } from '../../src/drawing/theme.ts';
import type { Placed, Point } from '../../src/layout/placed.ts';
import type { ObjectId } from '../../src/snapshot/snapshot.ts';
import { say } from '../../src/words/say.ts';
import { runKey } from '../actions/action.ts';
import { useOffered } from '../actions/offered.ts';
import type { Picture } from '../reading/picture.ts';
import type { Opening } from '../reading/read-more.ts';
import type { ViewActions } from '../reading/view/view-actions.ts';
import { FindBar, type Finding, FindRings, useFinding } from './find/find-bar.tsx';
import { lightUp } from './hover.ts';
import { linkAt, openLink } from './links.ts';
import { keyActions, outlineOf } from './picture-actions.ts';
import type { PictureControls } from './picture-controls.ts';
import { type Drag, usePointer, useWheel, useWindowSize } from './picture-input.ts';
import { GraphList } from './selection/graph-list.tsx';
import { SelectionMark, SelectionWords, wordsId } from './selection/selection.tsx';
import { SharedList } from './shared/shared-list.tsx';
import { ViewBar } from './shared/view-bar.tsx';
import { PictureMap } from './surface/map.tsx';
import { Surface, type SurfaceHandle } from './surface/surface.tsx';

interface PictureViewProps {
  readonly picture: Picture;
  readonly stale: boolean;
  readonly controls: PictureControls;
  readonly onDrawn: (picture: Picture) => void;
  /** The differences from another picture. */
  readonly marks?: Marks | null;
  /** A click on a box or cell, with the key of the box and the object that the cell refers to. */
  readonly onPick?: (box: string, target: number | null) => void;
  /** A click on a `…` or `✂`. When missing, they cannot be clicked. */
  readonly onOpen?: (opening: Opening, levels: number) => void;
  /** A click on the `…` of a group of objects. */
  readonly onOpenGroup?: (box: BoxKey) => void;
  /** An object in a group, found by a search, is to stand beside it. */
  readonly onTakeOut?: (object: ObjectId) => void;
  /** Puts the box of an object at a place of the picture, in points. When missing, boxes stay where they are. */
  readonly onMoveBox?: ((object: ObjectId, place: Point) => void) | undefined;
  /** The pointer is over the box, or a cell, of this object; null when it is over none. */
  readonly onPointObject?: ((object: ObjectId | null) => void) | undefined;
  /** What of the picture is drawn; null where that cannot be chosen. */
  readonly view?: ViewActions | null;
  /** The box that has to be in sight where the picture is larger than its window. */
  readonly needed?: BoxKey | null;
  /** Drawn over the boxes, in their coordinates. */
  readonly over?: ComponentChildren;
}

/** Levels that a click on a `✂` with Ctrl opens. */
const FAR = 3;

export function PictureView(props: PictureViewProps) {
  const {
    picture,
    stale,
    controls,
    onDrawn,
    marks = null,
    onPick,
    onOpen,
    onOpenGroup,
    onTakeOut,
    onMoveBox,
    onPointObject,
    view = null,
    needed = null,
    over = null,
  } = props;
  const frame = useRef<HTMLDivElement>(null);
  const sought = useRef<number | null>(null);
  const { subject, placed } = picture;
  const selected = placed.boxes.find(({ box }) => box.key === controls.selected.value) ?? null;
  const selectedKey = selected?.box.key ?? null;
  useWindowSize(frame, controls);
  // A new subject is shown from its root. The same subject, read again, stays where it is.
  const show = (): void => {
    const box = placed.boxes.find(({ box }) => box.key === needed);
    controls.setPicture(placed, picture.drawn !== null, box ? { key: box.box.key, ...outlineOf(box) } : null);
  };
  useLayoutEffect(() => {
    show();
    controls.start();
  }, [controls, subject, picture.drawn === null]);
  useLayoutEffect(() => {
    show();
    // What a user opened is brought into sight.
    const opened = placed.boxes.find(({ box }) => box.object !== null && box.object === sought.current);
    sought.current = null;
    if (opened) controls.uncover(outlineOf(opened));
    onDrawn(picture);
  }, [controls, picture, onDrawn]);
  useWheel(frame, controls);

  const openMenu = (box: BoxKey): void => {
    const element = frame.current?.querySelector(`[data-box="${CSS.escape(box)}"]`);
    // As the menu key does.
    element?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
  };
  const keys = keyActions(placed, controls, selectedKey, openMenu, view, onMoveBox ?? null);
  useOffered(keys);
  const surface = useRef<SurfaceHandle | null>(null);
  const isLarge = placed.boxes.length > mostMoving;
  const light = (under: Element | null): void => {
    const content = frame.current?.querySelector('.mg-picture');
    if (isLarge) surface.current?.light(under);
    else if (content) lightUp(content, under, selectedKey);
  };
  useLayoutEffect(() => light(null), [picture, selectedKey]);
  const pointer = usePointer(controls, {
    onPoint(under) {
      light(under);
      onPointObject?.(objectAt(under));
    },
    ...(onMoveBox && !isLarge && { onDrag: (element) => dragOf(element, placed, controls, onMoveBox) }),
    ...(isLarge && { onPlace: (place) => surface.current?.point(place) }),
    onClick(element, far) {
      const opening = openingAt(element);
      if (opening && onOpen) {
        sought.current = opening.object;
        return onOpen(opening, far ? FAR : 1);
      }
      const box = keyAt(element);
      if (box !== null && onOpenGroup && isGroupKey(box) && element?.closest('.mg-hidden')) return onOpenGroup(box);
      controls.select(box);
      const link = linkAt(element);
      if (link !== null) return openLink(link);
      const target = element?.closest('[data-target]')?.getAttribute('data-target');
      // A value that leads nowhere is only selected: a second click edits it.
      const isPlain = !target && element?.closest('.mg-value') != null;
      if (box && onPick && !isPlain) onPick(box, target ? Number(target) : null);
    },
    onDoubleClick(element) {
      if (openingAt(element)) return;
      const found = placed.boxes.find(({ box }) => box.key === keyAt(element));
      if (found) controls.zoomTo(outlineOf(found));
      else controls.fit();
    },
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (pointer.onKeyDown(event) || runKey(keys, event)) event.stopPropagation();
  };
  // What was dragged is where it belongs now.
  useLayoutEffect(() => {
    for (const element of frame.current?.querySelectorAll<SVGElement>('[data-dragged]') ?? []) release(element);
  }, [picture]);
  // Memoized, so that moving the window does not compare every box again.
  const content = useMemo(() => !isLarge && <PictureContent placed={placed} moving />, [placed]);
  const list = useMemo(() => {
    const follow = (key: BoxKey): void => {
      const found = placed.boxes.find(({ box }) => box.key === key);
      controls.select(key);
      if (found) controls.uncover(outlineOf(found));
    };
    return <GraphList diagram={picture.diagram} onFollow={follow} />;
  }, [picture, controls]);
  const finding = useFinding(picture, controls);
  // On a surface the other matches have no elements.
  const ringed = isLarge ? onlyCurrent(finding) : finding;
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
        aria-label={say('graph_label', { subject, objects: picture.stats.nodes, references: picture.stats.edges })}
        {...pointer}
        onKeyDown={onKeyDown}
        onContextMenu={({ target }) => {
          const box = target instanceof Element ? keyAt(target) : null;
          if (box !== null) controls.select(box);
        }}
      >
        {isLarge && (
          <Surface
            placed={placed}
            controls={controls}
            marks={marks}
            selected={selectedKey}
            rings={finding.rectangles}
            handle={surface}
          />
        )}
        <svg class={isLarge ? 'picture over' : 'picture'} width="100%" height="100%" aria-hidden="true">
          <g class={isLarge ? undefined : 'mg-moving'} transform={`translate(${x} ${y}) scale(${scale})`}>
            {content}
            {marks && !isLarge && <MarksContent placed={placed} marks={marks} moving />}
            {over}
            {selected && <SelectionMark key={selectedKey} placed={selected} />}
            {ringed.rectangles.length > 0 && <FindRings finding={ringed} />}
          </g>
        </svg>
        <PictureMap placed={placed} controls={controls} />
        {selectedKey !== null && <SelectionWords diagram={picture.diagram} boxKey={selectedKey} />}
      </div>
      {list}
      <FindBar finding={finding} controls={controls} onTakeOut={onTakeOut} />
      {view && <ViewBar picture={picture} view={view} />}
      {view && controls.listed.value && <SharedList picture={picture} controls={controls} view={view} />}
    </>
  );
}

const onlyCurrent = (finding: Finding): Finding => ({
  ...finding,
  rectangles: finding.rectangles.slice(finding.current, finding.current + 1),
  current: 0,
});

/** The object of the cell or box that this element belongs to. */
function objectAt(element: Element | null): ObjectId | null {
  const id =
    element?.closest('[data-target]')?.getAttribute('data-target') ??
    element?.closest('[data-object]')?.getAttribute('data-object');
  return id ? Number(id) : null;
}

function release(element: SVGElement): void {
  delete element.dataset.dragged;
  element.style.translate = '';
}

/** Drags the box to which an element belongs; null for what has no object. */
function dragOf(
  element: Element | null,
  { boxes }: Placed,
  { viewport }: PictureControls,
  onMoveBox: (object: ObjectId, place: Point) => void,
): Drag | null {
  const shown = element?.closest<SVGElement>('[data-box]');
  const found = boxes.find(({ box }) => box.key === shown?.dataset.box);
  const object = found?.box.object ?? null;
  if (!shown || !found || object === null) return null;
  return {
    move(x, y) {
      const { scale } = viewport.peek();
      shown.dataset.dragged = '';
      shown.style.translate = `${x / scale}px ${y / scale}px`;
    },
    end(x, y) {
      const { scale } = viewport.peek();
      onMoveBox(object, { x: Math.round(found.frame.x + x / scale), y: Math.round(found.frame.y + y / scale) });
    },
    cancel: () => release(shown),
  };
}

const keyAt = (element: Element | null): BoxKey | null =>
  element?.closest('[data-box]')?.getAttribute('data-box') ?? null;

/** What a click on this element of the picture opens; null when it is neither `…` nor `✂` nor `(…)`. */
function openingAt(element: Element | null): Opening | null {
  const cut = element?.closest('.mg-cut, .mg-written')?.getAttribute('data-target');
  if (cut) return { type: 'cut', object: Number(cut) };
  const unasked = element?.closest('.mg-unasked');
  const holder = unasked?.closest('[data-object]')?.getAttribute('data-object');
  const getter = unasked?.getAttribute('data-getter') ?? null;
  if (holder && getter !== null) return { type: 'getter', object: Number(holder), name: getter };
  if (holder) return { type: 'unasked', object: Number(holder) };
  const image = element?.closest('.mg-unread')?.closest('[data-object]')?.getAttribute('data-object');
  if (image) return { type: 'image', object: Number(image) };
  const hidden = element?.closest('.mg-hidden');
  const box = hidden?.closest('[data-object]');
  if (!hidden || !box) return null;
  if (box.classList.contains('mg-collapsed'))
    return { type: 'collapsed', object: Number(box.getAttribute('data-object')) };
  const ordinal = [...box.querySelectorAll('.mg-hidden')].indexOf(hidden);
  return { type: 'hidden', object: Number(box.getAttribute('data-object')), ordinal };
}
