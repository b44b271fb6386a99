/** The tab's entry: joins the panel to what the DevTools page holds. */
import { computed } from '@preact/signals';
import { createPrint } from './export/print-service.ts';
import { findHost } from './host.ts';
import { mountPanel } from './mount.tsx';
import { followPageCalls } from './page-calls.ts';
import type { ViewName } from './view-switch.tsx';

const host = findHost();
if (!host) throw new Error('The DevTools page is gone: close DevTools and open it again.');
const dark = matchMedia('(prefers-color-scheme: dark)');
const tellTheme = (): void => host.setTheme(dark.matches ? 'dark' : 'light');
const openWindow = (view: ViewName): void => {
  // A page that is not rendered is told of no change.
  tellTheme();
  host.openWindow(view);
};
// What is clicked here is drawn here.
const want = (expressions: readonly string[], clicked: boolean) => {
  drawWanted({ expressions, clicked });
  return 'tab' as const;
};
const tab = { ...host, openWindow, want };
const { session, settings, drawWanted, unmount } = mountPanel(document.body, host.evalCapture, tab, createPrint());
host.offerGraph();
// From the console: stored there, given to `graph`, or a link that was clicked.
host.wanted.subscribe((wanted) => {
  if (wanted?.by === 'tab') drawWanted(wanted);
});
const forget = host.connection.onNavigated(() => {
  settings.forgetObjects();
  session.pageNavigated();
});
dark.addEventListener('change', tellTheme);
const unfollow = followPageCalls(
  host.evalCapture,
  session,
  computed(() => host.calling.value && host.pageCalls.value),
);
addEventListener('pagehide', () => {
  unfollow();
  forget();
  unmount();
});
