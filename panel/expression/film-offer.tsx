/** Offers to show the calls of `graph(…)` as they were, once there were several. */
import { say } from '../../src/words/say.ts';
import { createAction } from '../actions/action.ts';
import { TextActionButton } from '../widgets/action-button.tsx';
import { MessageBar } from '../widgets/message-bar.tsx';

export interface OfferedFilm {
  /** The number of calls; 0 where there is nothing to offer. */
  readonly calls: number;
  show(): void;
  /** Not offered again before there are more. */
  dismiss(): void;
}

export function FilmOffer({ film }: { readonly film: OfferedFilm }) {
  const { calls: count } = film;
  if (count === 0) return null;
  return (
    <MessageBar message={{ kind: 'done', text: say('record_graphKept', { count }) }} onDismiss={film.dismiss}>
      <TextActionButton action={createAction('showFilm', film.show)} />
    </MessageBar>
  );
}
