/** The search in a picture: a field over the canvas that goes from match to match, and rings around what it found. */

import { batch } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { groupKey } from '../../../src/diagram/keys.ts';
import type { Placed, Rectangle } from '../../../src/layout/placed.ts';
import type { ObjectId } from '../../../src/snapshot/snapshot.ts';
import { say } from '../../../src/words/say.ts';
import { createAction, runKey } from '../../actions/action.ts';
import type { Picture } from '../../reading/picture.ts';
import { ActionButton } from '../../widgets/action-button.tsx';
import type { PictureControls } from '../picture-controls.ts';
import { findInGroups, findMatches, type Match } from './matches.ts';

/** The matches, as rectangles of the picture in points, and which one is current. */
export interface Finding {
  readonly query: string | null;
  readonly rectangles: readonly Rectangle[];
  readonly current: number;
  /** The object in a group that the current match is; null when it is in the picture itself. */
  readonly inside: ObjectId | null;
  /** Moves the current match by `steps`. The first one follows the last. */
  go(steps: number): void;
}

/** Searches for another text, starting at its first match. */
export function search(controls: PictureControls, query: string): void {
  batch(() => {
    controls.match.value = 0;
    controls.query.value = query;
  });
}

/** Applies the query of `controls` to each new picture, and brings the current match into sight. */
export function useFinding(picture: Picture, controls: PictureControls): Finding {
  const { placed } = picture;
  const query = controls.query.value;
  const { rectangles, insides } = useMemo(() => {
    const rectangles: Rectangle[] = [];
    const insides: (ObjectId | null)[] = [];
    if (query === null) return { rectangles, insides };
    const boxes = new Map(placed.boxes.map((box) => [box.box.key, box]));
    for (const match of [...findMatches(placed.diagram, query), ...insideMatches(picture, query)]) {
      const rectangle = rectangleOf(match, boxes);
      if (!rectangle) continue;
      rectangles.push(rectangle);
      insides.push(match.inside ?? null);
    }
    return { rectangles, insides };
  }, [placed, query]);
  const count = rectangles.length;
  const current = count === 0 ? 0 : ((controls.match.value % count) + count) % count;
  const shown = rectangles[current];
  const { x, y, width, height } = shown ?? { x: 0, y: 0, width: 0, height: 0 };
  useLayoutEffect(() => {
    if (shown) controls.reveal({ origin: { x, y }, width, height });
    // Once for each position, so that a redraw does not undo the user's own scrolling.
  }, [controls, query, current, x, y]);
  return {
    query,
    rectangles,
    current,
    inside: insides[current] ?? null,
    go: (steps) => {
      controls.match.value = current + steps;
    },
  };
}

function insideMatches({ overview, snapshot }: Picture, query: string): readonly Match[] {
  if (!overview) return [];
  const { grouping, named } = overview;
  const groupNames = grouping.groups.map((group) => (group.count > 1 ? groupKey(group.key) : null));
  const boxes = new Map(named.ids.map((id, number) => [id, groupNames[grouping.groupOf[number] ?? -1] ?? null]));
  return findInGroups(snapshot, query, (id) => boxes.get(id) ?? null);
}

function rectangleOf({ box, cell }: Match, boxes: ReadonlyMap<string, Placed['boxes'][number]>): Rectangle | null {
  const found = boxes.get(box);
  if (!found) return null;
  const { frame, title, cells } = found;
  if (!cell) {
    const top = Math.min(title.y, frame.y);
    const right = Math.max(title.x + title.width, frame.x + frame.width);
    return { x: frame.x, y: top, width: right - frame.x, height: frame.y + frame.height - top };
  }
  const area = cells[cell.row]?.[cell.column];
  return area ? { x: frame.x + area.x, y: frame.y + area.y, width: area.width, height: area.height } : null;
}

/** Points between a match and its ring. */
const ringDistance = 3;

export function FindRings({ finding: { rectangles, current } }: { readonly finding: Finding }) {
  return (
    <g class="find-rings">
      {rectangles.map(({ x, y, width, height }, index) => (
        <rect
          key={`${x}:${y}:${width}`}
          class={index === current ? 'find-ring current' : 'find-ring'}
          x={x - ringDistance}
          y={y - ringDistance}
          width={width + 2 * ringDistance}
          height={height + 2 * ringDistance}
          rx={ringDistance}
        />
      ))}
    </g>
  );
}

interface FindBarProps {
  readonly finding: Finding;
  readonly controls: PictureControls;
  /** Shows an object beside its group. */
  readonly onTakeOut: ((object: ObjectId) => void) | undefined;
}

export function FindBar({ finding, controls, onTakeOut }: FindBarProps) {
  const field = useRef<HTMLInputElement>(null);
  const { query, rectangles, current, inside, go } = finding;
  const open = query !== null;
  useEffect(() => {
    const find = createAction('find', () => {
      controls.query.value ??= '';
      field.current?.focus();
      field.current?.select();
    });
    const onKey = (event: KeyboardEvent) => {
      // Otherwise DevTools would open its own search, which cannot see the panel.
      if (runKey([find], event)) event.stopPropagation();
    };
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  }, [controls]);
  useLayoutEffect(() => {
    if (!open) return;
    // When the search comes from DevTools' own search bar, that has the focus.
    if (!document.hasFocus()) return;
    const before = document.activeElement;
    field.current?.focus();
    field.current?.select();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [open]);
  if (!open) return null;
  const none = query.trim() !== '' && rectangles.length === 0;
  const previous = createAction('previousMatch', () => go(-1), rectangles.length > 0);
  const next = createAction('nextMatch', () => go(1), rectangles.length > 0);
  const close = createAction('closeFind', () => {
    controls.query.value = null;
  });
  return (
    <search class="find-bar" aria-label={say('action_find')}>
      <input
        ref={field}
        type="text"
        value={query}
        placeholder={say('find_placeholder')}
        aria-label={say('action_find')}
        aria-invalid={none}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => {
          search(controls, event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (runKey([previous, next, close], event)) event.stopPropagation();
        }}
      />
      <output class="find-count">{countText(query, rectangles.length, current)}</output>
      {inside !== null && onTakeOut && (
        <button type="button" class="text-button" title={say('find_takeOutHint')} onClick={() => onTakeOut(inside)}>
          {say('find_takeOut')}
        </button>
      )}
      <ActionButton action={previous}>↑</ActionButton>
      <ActionButton action={next}>↓</ActionButton>
      <ActionButton action={close}>×</ActionButton>
    </search>
  );
}

function countText(query: string, count: number, current: number): string {
  if (query.trim() === '') return '';
  return count === 0 ? say('find_none') : say('find_position', { position: current + 1, count });
}
