/** The tab's entry: joins the panel to DevTools. The only file of the panel that names `chrome`. */
import { createCapture } from '../src/capture/capture.ts';
import { type DevToolsApi, devtoolsEval } from '../src/capture/devtools-eval.ts';
import { mountPanel } from './mount.tsx';

// chrome-types declares `eval` with a promise and a callback of another shape than Chrome's.
const connection = devtoolsEval(chrome.devtools as unknown as DevToolsApi);
const capture = createCapture(connection);
const { session, unmount } = mountPanel(document.body, capture);
connection.onNavigated(() => session.pageNavigated());
addEventListener('pagehide', () => {
  capture.close();
  unmount();
});
