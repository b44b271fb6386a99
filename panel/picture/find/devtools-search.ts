/** Connects DevTools' own search bar, which opens when Ctrl+F is pressed outside of the panel, to the search in the picture. */

import type { PictureControls } from '../picture-controls.ts';
import { search } from './find-bar.tsx';
import { type SearchDetail, searchEvent } from './search-event.ts';

/** Connects it until the returned function is called. `controls` returns those of the visible picture, null when there is none. */
export function followDevToolsSearch(controls: () => PictureControls | null): () => void {
  const onSearch = (event: Event): void => {
    const shown = controls();
    if (!shown || !hasDetail(event)) return;
    const { action, query } = event.detail;
    if (action === 'performSearch') search(shown, query);
    else if (action === 'nextSearchResult') shown.match.value += 1;
    else if (action === 'previousSearchResult') shown.match.value -= 1;
    else if (action === 'cancelSearch') shown.query.value = null;
  };
  addEventListener(searchEvent, onSearch);
  return () => removeEventListener(searchEvent, onSearch);
}

/** The event comes from another page, so it is an instance of that page's class. */
function hasDetail(event: Event): event is CustomEvent<SearchDetail> {
  return 'detail' in event;
}
