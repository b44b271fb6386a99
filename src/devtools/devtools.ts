/** Runs once for each DevTools window: makes the tab and the panes, and takes the links that stand in the console. */
import { expressionsOfLink } from './console-scripts.ts';
import { tellSearch } from './search-event.ts';

/** chrome-types does not know the scheme, which keeps all other links out of here. */
interface Panels {
  setOpenResourceHandler(callback: (resource: { readonly url: string }) => void, scheme: string): void;
}

chrome.devtools.panels.create('Memory Graph', 'icons/32.png', 'panel/panel.html', (panel) => {
  // The tab is opened to type an expression; `autofocus` is refused in DevTools' frames.
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

/** CSS: of the window of DevTools. */
const STACK_PANE_HEIGHT = '60vh';

chrome.devtools.panels.elements.createSidebarPane('Memory Graph', (pane) => {
  pane.setPage('panel/element-pane.html');
  pane.onShown.addListener(() => globalThis.memoryGraphHost?.showElement(true));
  pane.onHidden.addListener(() => globalThis.memoryGraphHost?.showElement(false));
});

chrome.devtools.panels.sources.createSidebarPane('Memory Graph', (pane) => {
  // Under the others, DevTools would give it 150 px, which the buttons fill alone.
  pane.setHeight(STACK_PANE_HEIGHT);
  pane.setPage('panel/stack-pane.html');
});
