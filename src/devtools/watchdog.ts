/**
 * The extension's service worker. Its one task: when a DevTools window goes, however it goes, detach the debugger that it
 * attached, so that a page which was paused goes on. An attachment belongs to the extension and outlives its pages.
 */

/** Name of the port by which a DevTools page holds on to its attachment: this and the tab's id. */
const PREFIX = 'attached ';

chrome.runtime.onConnect.addListener((port) => {
  if (!port.name.startsWith(PREFIX)) return;
  const tabId = Number(port.name.slice(PREFIX.length));
  let released = false;
  // Other messages only keep this worker alive: an idle one is ended after 30 seconds.
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
