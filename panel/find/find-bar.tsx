/** The search in a picture: a field over the canvas that goes from match to match, and rings around what it found. */
import { batch } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Placed, Rectangle } from '../../src/layout/placed.ts';
import type { CanvasControls } from '../canvas-controls.ts';
import { findMatches, type Match } from './matches.ts';

/** What was found, as rectangles of the picture in points, and which of it is looked at. */
export interface Finding {
  readonly query: string | null;
  readonly places: readonly Rectangle[];
  readonly current: number;
  /** Looks at the match that many further on; after the last comes the first. */
  go(steps: number): void;
}

/** Looks for another text, from its first match on. */
export function search(controls: CanvasControls, query: string): void {
  batch(() => {
    controls.match.value = 0;
    controls.query.value = query;
  });
}

/** Follows the query of `controls` through the pictures that come, and brings the match looked at into sight. */
export function useFinding(placed: Placed, controls: CanvasControls): Finding {
  const query = controls.query.value;
  const places = useMemo(() => {
    if (query === null) return [];
    const boxes = new Map(placed.boxes.map((box) => [box.box.key, box]));
    return findMatches(placed.diagram, query).flatMap((match) => rectangleOf(match, boxes) ?? []);
  }, [placed, query]);
  const count = places.length;
  const current = count === 0 ? 0 : ((controls.match.value % count) + count) % count;
  const looked = places[current];
  const { x, y, width, height } = looked ?? { x: 0, y: 0, width: 0, height: 0 };
  useLayoutEffect(() => {
    if (looked) controls.reveal({ origin: { x, y }, width, height });
    // Once for each place: who then moves the picture is not pulled back by its next redraw.
  }, [controls, query, current, x, y]);
  return {
    query,
    places,
    current,
    go: (steps) => {
      controls.match.value = current + steps;
    },
  };
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
  const place = cells[cell.row]?.[cell.column];
  return place ? { x: frame.x + place.x, y: frame.y + place.y, width: place.width, height: place.height } : null;
}

/** Points between a match and its ring. */
const ringDistance = 3;

export function FindRings({ finding: { places, current } }: { readonly finding: Finding }) {
  return (
    <g class="find-rings">
      {places.map(({ x, y, width, height }, index) => (
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

export function FindBar({ finding, controls }: { readonly finding: Finding; readonly controls: CanvasControls }) {
  const field = useRef<HTMLInputElement>(null);
  const { query, places, current, go } = finding;
  const open = query !== null;
  const close = () => {
    controls.query.value = null;
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'f') return;
      // DevTools would open a search of its own, which cannot look into the panel.
      event.preventDefault();
      event.stopPropagation();
      controls.query.value ??= '';
      field.current?.focus();
      field.current?.select();
    };
    document.addEventListener('keydown', onKey, { capture: true });
    return () => document.removeEventListener('keydown', onKey, { capture: true });
  }, [controls]);
  useLayoutEffect(() => {
    if (!open) return;
    // DevTools' own search bar has the focus when the search comes from there.
    if (!document.hasFocus()) return;
    const before = document.activeElement;
    field.current?.focus();
    field.current?.select();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [open]);
  if (!open) return null;
  const none = query.trim() !== '' && places.length === 0;
  return (
    <search class="find-bar" aria-label="Find in the picture">
      <input
        ref={field}
        type="text"
        value={query}
        placeholder="Name, value, type or #number"
        aria-label="Find in the picture"
        aria-invalid={none}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => {
          search(controls, event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape') close();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <output class="find-count">{countText(query, places.length, current)}</output>
      <FindButton label="Previous match (Shift+Enter)" disabled={places.length === 0} onClick={() => go(-1)}>
        ↑
      </FindButton>
      <FindButton label="Next match (Enter)" disabled={places.length === 0} onClick={() => go(1)}>
        ↓
      </FindButton>
      <FindButton label="Close (Esc)" onClick={close}>
        ×
      </FindButton>
    </search>
  );
}

function countText(query: string, count: number, current: number): string {
  if (query.trim() === '') return '';
  return count === 0 ? 'not in the picture' : `${current + 1} of ${count}`;
}

interface FindButtonProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: string;
}

function FindButton({ label, disabled = false, onClick, children }: FindButtonProps) {
  return (
    <button type="button" class="tool" title={label} aria-label={label} disabled={disabled} onClick={onClick}>
      {children}
    </button>
  );
}
