/** DevTools' own search bar, which opens when Ctrl+F is pressed outside of the panel: it searches the picture, too. */
import { type SearchDetail, searchEvent } from '../../src/devtools/search-event.ts';
import type { CanvasControls } from '../canvas-controls.ts';
import { search } from './find-bar.tsx';

/** From now on, until the returned function is called; `controls` are those of the picture in sight, null without one. */
export function followDevToolsSearch(controls: () => CanvasControls | null): () => void {
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

/** The event is made in another page, so it is an instance of that page's class. */
function hasDetail(event: Event): event is CustomEvent<SearchDetail> {
  return 'detail' in event;
}
