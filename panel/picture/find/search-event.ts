/** The event with which the DevTools page forwards DevTools' search bar to the panel's window; only that page receives it. */

/** The `type` of the event. */
export const searchEvent = 'devtools-search';

export interface SearchDetail {
  /** The action of chrome.devtools.panels.ExtensionPanel.onSearch: performSearch, nextSearchResult, previousSearchResult, cancelSearch. */
  readonly action: string;
  readonly query: string;
}

export function tellSearch(window: Window, detail: SearchDetail): void {
  window.dispatchEvent(new CustomEvent<SearchDetail>(searchEvent, { detail }));
}
