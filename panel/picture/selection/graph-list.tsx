/**
 * The graph as a list of its boxes with their fields, for screen readers: a reference is a link to the item of its box. It is in the
 * accessibility tree alone. It is rendered when the picture is on screen, because nothing of it can be seen. Must never say something
 * else than the picture beside it.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Box, BoxKey, Cell, Diagram } from '../../../src/diagram/diagram.ts';
import { linesOf } from '../../../src/diagram/lines.ts';
import { boxName } from '../../../src/diagram/titles.ts';
import { say } from '../../../src/words/say.ts';
import { spoken } from './words.ts';

/** Milliseconds after which the list is rendered though the panel still has other work. */
const PATIENCE = 1000;
/** Boxes in the list. Nobody listens to more, and each is a dozen elements. */
const MOST_BOXES = 500;

interface GraphListProps {
  readonly diagram: Diagram;
  /** A link was followed to this box. */
  readonly onFollow: (box: BoxKey) => void;
}

export function GraphList({ diagram, onFollow }: GraphListProps) {
  const [shown, setShown] = useState<Diagram | null>(null);
  const section = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const waiting = requestIdleCallback(() => setShown(diagram), { timeout: PATIENCE });
    return () => cancelIdleCallback(waiting);
  }, [diagram]);
  const isOld = shown !== diagram;
  // Who is reading the list keeps the place in it; assistive technology waits while it is busy.
  if (shown === null || (isOld && !section.current?.contains(document.activeElement))) return null;
  const boxes = new Map(shown.boxes.map((box) => [box.key, box]));
  const targets = new Map(shown.references.map(({ from, port, to }) => [`${from}:${port}`, boxes.get(to)]));
  const targetOf = (box: Box, cell: Cell): Box | undefined =>
    cell.port === null ? undefined : targets.get(`${box.key}:${cell.port}`);
  const left = shown.boxes.length - MOST_BOXES;
  return (
    // Two graphs side by side have a list each, so that it is no landmark.
    // biome-ignore lint/a11y/useSemanticElements: a list of boxes is no group of fields.
    <div ref={section} class="for-screen-readers" role="group" aria-label={say('list_label')} aria-busy={isOld}>
      <ul>
        {shown.boxes.slice(0, MOST_BOXES).map((box) => (
          <li key={box.key} data-item={box.key} tabIndex={-1}>
            {boxName(box)}
            <ul>
              {linesOf(box).map(({ labels, value }, index) => {
                const name = labels.map((label) => wordsOf(label, targetOf(box, label))).join(' ');
                const target = targetOf(box, value);
                const words = wordsOf(value, target);
                const text = name === '' ? words : say('list_field', { name, value: words });
                return <li key={index}>{target ? <Link box={target.key} text={text} onFollow={onFollow} /> : text}</li>;
              })}
            </ul>
          </li>
        ))}
      </ul>
      {left > 0 && <p>{say('list_more', { count: left })}</p>}
    </div>
  );
}

function Link({
  box,
  text,
  onFollow,
}: {
  readonly box: BoxKey;
  readonly text: string;
  readonly onFollow: (box: BoxKey) => void;
}) {
  return (
    <a
      href={`#${box}`}
      // Who sees the picture goes from box to box in it; Tab need not stop at each reference.
      tabIndex={-1}
      onClick={(event) => {
        event.preventDefault();
        onFollow(box);
        const item = event.currentTarget.closest('[role=group]')?.querySelector(`[data-item="${CSS.escape(box)}"]`);
        if (item instanceof HTMLElement) item.focus({ preventScroll: true });
      }}
    >
      {text}
    </a>
  );
}

const wordsOf = (cell: Cell, target: Box | undefined): string => (target ? boxName(target) : spoken(cell));
