/** Runs once for each DevTools window: creates the tab and the panes, and handles our links in the Console. */

import { tellSearch } from '../../panel/picture/find/search-event.ts';
import { expressionsOfLink } from '../console/console-scripts.ts';
import { say } from '../words/say.ts';

/** chrome-types omits the scheme, which restricts the handler to our links. */
interface Panels {
  setOpenResourceHandler(callback: (resource: { readonly url: string }) => void, scheme: string): void;
}

chrome.devtools.panels.create(say('extensionName'), 'icons/32.png', 'panel/panel.html', (panel) => {
  // Users open the tab to type an expression, and DevTools' frames refuse `autofocus`.
  let window: Window | null = null;
  panel.onShown.addListener((shown) => {
    window = shown;
    shown.document.querySelector('input')?.focus();
  });
  panel.onSearch.addListener((action, query = '') => {
    if (window) tellSearch(window, { action, query });
  });
  const panels: Panels = chrome.devtools.panels;
  panels.setOpenResourceHandler(({ url }) => {
    const expressions = expressionsOfLink(url);
    if (expressions === null) return;
    if (globalThis.memoryGraphHost?.want(expressions, true) !== 'window') panel.show();
  }, 'memory-graph:');
});

/** A CSS length, relative to the window of DevTools. */
const STACK_PANE_HEIGHT = '60vh';

chrome.devtools.panels.elements.createSidebarPane(say('extensionName'), (pane) => {
  pane.setPage('panel/element-pane.html');
  pane.onShown.addListener(() => globalThis.memoryGraphHost?.showElement(true));
  pane.onHidden.addListener(() => globalThis.memoryGraphHost?.showElement(false));
});

chrome.devtools.panels.sources.createSidebarPane(say('extensionName'), (pane) => {
  // Below other panes DevTools would give it 150 px, which the buttons alone fill.
  pane.setHeight(STACK_PANE_HEIGHT);
  pane.setPage('panel/stack-pane.html');
});
