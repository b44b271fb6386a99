/** The tab's entry: connects the panel to the host in the DevTools page. */

import { computed } from '@preact/signals';
import { followPageCalls } from '../../panel/expression/page-calls.ts';
import { mountPanel } from '../../panel/mount.tsx';
import type { ViewName } from '../../panel/widgets/view-switch.tsx';
import { say } from '../words/say.ts';
import { findHost } from './find-host.ts';
import { createPrint } from './print-service.ts';

const host = findHost();
if (!host) throw new Error(say('devToolsGone'));
const dark = matchMedia('(prefers-color-scheme: dark)');
const tellTheme = (): void => host.setTheme(dark.matches ? 'dark' : 'light');
const openWindow = (view: ViewName): void => {
  // A page that is not rendered gets no change event.
  tellTheme();
  host.openWindow(view);
};
// A click in this page draws in this page.
const want = (expressions: readonly string[], clicked: boolean) => {
  drawWanted({ expressions, clicked });
  return 'tab' as const;
};
const tab = { ...host, openWindow, want };
const { tabId } = chrome.devtools.inspectedWindow;
const { session, drawWanted, unmount } = mountPanel(document.body, host.evalCapture, tab, createPrint(), null, tabId);
host.offerGraph();
// From the Console: an object that was stored, given to `graph`, or linked to.
host.wanted.subscribe((wanted) => {
  if (wanted?.by === 'tab') drawWanted(wanted);
});
const forget = host.evalCapture.onNavigated(session.pageNavigated);
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
