/**
 * The extension's service worker. Its one task: when a DevTools window closes, for whatever reason, it detaches the debugger that
 * the window attached, so that a paused page goes on. An attachment belongs to the extension and outlives its pages.
 */

/** The name of the port that a DevTools page keeps open while the debugger is attached: this and the tab's id. */
const PREFIX = 'attached ';

chrome.runtime.onConnect.addListener((port) => {
  if (!port.name.startsWith(PREFIX)) return;
  const tabId = Number(port.name.slice(PREFIX.length));
  let released = false;
  // Other messages only keep this worker alive, because Chrome ends an idle one after 30 seconds.
  port.onMessage.addListener((message) => {
    if (message === 'released') released = true;
  });
  port.onDisconnect.addListener(() => {
    if (released) return;
    chrome.debugger.detach({ tabId }).catch(() => {
      // It was detached already, or the tab is gone.
    });
  });
});
