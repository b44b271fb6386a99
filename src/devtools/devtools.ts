/** Runs once for each DevTools window: makes the tab and the panes. Must not touch the inspected page. */

chrome.devtools.panels.create('Memory Graph', 'icons/32.png', 'panel/panel.html', (panel) => {
  // The tab is opened to type an expression; `autofocus` is refused in DevTools' frames.
  panel.onShown.addListener((shown) => shown.document.querySelector('input')?.focus());
});

chrome.devtools.panels.sources.createSidebarPane('Memory Graph', (pane) => pane.setPage('panel/stack-pane.html'));
