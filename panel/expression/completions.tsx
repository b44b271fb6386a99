/**
 * Completion in the expression field, as in the Console: a list of the page's names below the field while the user types. Nothing is
 * inserted without a key or a click.
 */

import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { type Completion, completionPoint, completionsOf } from '../../src/expression/completion.ts';
import type { NamesByDistance } from '../../src/wire/requests.ts';
import { say } from '../../src/words/say.ts';

export interface Completions {
  readonly list: readonly Completion[];
  /** Index of the completion that a key inserts. */
  readonly active: number;
  /** The list's id for `aria-controls`; null while there is no list. */
  readonly listId: string | null;
  readonly activeId: string | undefined;
  /** Called when the text of the field changed, with the caret at its end. */
  typed(text: string): void;
  move(step: 1 | -1): void;
  /** The whole text with the active completion; null when there is none. */
  taken(): string | null;
  /** Hides the list. */
  close(): void;
}

/** The largest number of earlier expressions in the list. */
const EARLIER = 3;

export function useCompletions(
  namesAlong: (path: readonly string[]) => Promise<NamesByDistance>,
  startingWith: (text: string) => readonly string[],
): Completions {
  const [list, setList] = useState<readonly Completion[]>([]);
  const [active, setActive] = useState(0);
  const id = useId();
  /** Counts what was typed: an answer that comes late is for another text. */
  const turn = useRef(0);
  /** The names of the latest object: they serve while its name is being typed. */
  const known = useRef<{ readonly path: string; readonly names: NamesByDistance } | null>(null);
  const close = (): void => {
    turn.current += 1;
    setList([]);
  };
  const offer = (text: string, names: NamesByDistance): void => {
    const point = completionPoint(text);
    const found = point ? completionsOf(point, names, text) : [];
    const earlier = startingWith(text).slice(0, EARLIER);
    const more = earlier.filter((one) => found.every((completion) => completion.text !== one));
    setList([...found, ...more.map((one) => ({ name: one, text: one }))]);
    setActive(0);
  };
  return {
    list,
    active,
    listId: list.length > 0 ? id : null,
    activeId: list.length > 0 ? `${id}-${active}` : undefined,
    typed(text) {
      turn.current += 1;
      const now = turn.current;
      const point = completionPoint(text);
      if (point === null) {
        known.current = null;
        return setList([]);
      }
      const path = JSON.stringify(point.path);
      if (known.current?.path === path && point.prefix.length > 1) return offer(text, known.current.names);
      void namesAlong(point.path).then((names) => {
        known.current = { path, names };
        if (turn.current === now) offer(text, names);
      });
    },
    move(step) {
      setActive((active + step + list.length) % list.length);
    },
    taken: () => list[active]?.text ?? null,
    close,
  };
}

interface CompletionListProps {
  readonly completions: Completions;
  readonly onTake: (text: string) => void;
}

export function CompletionList({ completions: { list, listId, active, activeId }, onTake }: CompletionListProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (activeId !== undefined) element.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active, activeId]);
  if (listId === null) return null;
  return (
    <div ref={element} id={listId} class="completions" role="listbox" aria-label={say('completions')}>
      {list.map((completion, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field's keys take it; the list never has the focus.
        <div
          key={completion.name}
          id={`${listId}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(completion.text)}
        >
          {completion.name}
        </div>
      ))}
    </div>
  );
}
