/** The field in a toolbar that filters the list below it. */
import { say } from '../../src/words/say.ts';

interface FilterFieldProps {
  readonly value: string;
  readonly onFilter: (value: string) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}

export const FilterField = ({ value, onFilter, onKeyDown }: FilterFieldProps) => (
  <input
    class="filter"
    type="search"
    placeholder={say('console_filter')}
    aria-label={say('console_filter')}
    value={value}
    onInput={(event) => onFilter(event.currentTarget.value)}
    onKeyDown={onKeyDown}
  />
);
