/** How the DevTools page tells the panel's window of DevTools' own search bar, which it alone hears. */

/** The `type` of the event. */
export const searchEvent = 'devtools-search';

export interface SearchDetail {
  /** What chrome.devtools.panels.ExtensionPanel.onSearch says: performSearch, nextSearchResult, previousSearchResult, cancelSearch. */
  readonly action: string;
  readonly query: string;
}

export function tellSearch(window: Window, detail: SearchDetail): void {
  window.dispatchEvent(new CustomEvent<SearchDetail>(searchEvent, { detail }));
}
