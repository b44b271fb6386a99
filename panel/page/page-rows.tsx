/** One section of the view Page: its title, what it costs, and rows that are drawn by a click. */
import type { ComponentChildren } from 'preact';
import { say } from '../../src/words/say.ts';

export interface Row {
  readonly name: string;
  /** What it is. A click shows the rows of the same kind. */
  readonly kind: string;
  readonly place?: string;
  readonly strong?: boolean;
  /** Asks for the details. */
  readonly more?: { readonly text: string; readonly ask: () => void };
  /** Lines below it. */
  readonly details?: readonly string[];
  readonly draw: () => void;
}

interface SectionProps {
  readonly title: string;
  readonly note?: string | undefined;
  readonly rows: readonly Row[];
  readonly filter: string;
  readonly onFilter: (text: string) => void;
  readonly tools?: ComponentChildren;
}

/** What begins a filter for one kind alone. */
const KIND = 'kind:';
/** More rows are found by the filter. */
const MOST_ROWS = 200;

export function Section({ title, note, rows, filter, onFilter, tools }: SectionProps) {
  const words = filter.trim().toLowerCase();
  const found = words === '' ? rows : rows.filter((row) => isLike(row, words));
  if (found.length === 0 && (words !== '' || !tools)) return null;
  return (
    <section>
      <header>
        <h2>{title}</h2>
        {tools}
        {note && <p>{note}</p>}
      </header>
      <ul>
        {found.slice(0, MOST_ROWS).map((row, index) => (
          <li key={`${row.name} ${index}`} class={row.strong ? 'page-row strong' : 'page-row'}>
            <button type="button" title={say('page_rowHint')} onClick={row.draw}>
              {row.name}
            </button>
            <button type="button" class="kind" title={say('page_like')} onClick={() => onFilter(KIND + row.kind)}>
              {row.kind}
            </button>
            {row.more && (
              <button type="button" class="more" onClick={row.more.ask}>
                {row.more.text}
              </button>
            )}
            {row.place && (
              <span class="place" title={row.place}>
                {row.place}
              </span>
            )}
            {row.details && row.details.length > 0 && (
              <ul class="details">
                {row.details.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      {found.length > MOST_ROWS && <p class="quiet">{say('page_more', { count: found.length - MOST_ROWS })}</p>}
    </section>
  );
}

function isLike({ name, kind, place = '' }: Row, words: string): boolean {
  if (words.startsWith(KIND)) return kind.toLowerCase() === words.slice(KIND.length).trim();
  return `${name} ${kind} ${place}`.toLowerCase().includes(words);
}
