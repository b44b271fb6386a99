/** The tab's entry: joins the panel to what the DevTools page holds. */
import { findHost } from './host.ts';
import { mountPanel } from './mount.tsx';

const host = findHost();
if (!host) throw new Error('The DevTools page is gone: close DevTools and open it again.');
const { session, unmount } = mountPanel(document.body, host.evalCapture, host);
const forget = host.connection.onNavigated(() => session.pageNavigated());
addEventListener('pagehide', () => {
  forget();
  unmount();
});
