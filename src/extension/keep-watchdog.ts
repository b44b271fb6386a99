/** Keeps the watchdog running while the debugger is attached. */

/** Milliseconds. Chrome ends an idle service worker after 30 seconds. */
const BEAT = 20_000;

/** The part of `chrome.runtime.Port` that this needs. */
export interface Port {
  postMessage(message: unknown): void;
  disconnect(): void;
  readonly onDisconnect: { addListener(listener: () => void): void };
}

/** Returns a function that releases it. Must be called before the debugger attaches: the watchdog detaches when this page ends. */
export function holdOn(connectTo: (name: string) => Port, tabId: number): () => void {
  let released = false;
  let port = connect();
  const beat = setInterval(() => port.postMessage('beat'), BEAT);

  function connect(): Port {
    const connected = connectTo(`attached ${tabId}`);
    // The worker was ended. A new connection starts it again.
    connected.onDisconnect.addListener(() => {
      if (!released) port = connect();
    });
    return connected;
  }

  return () => {
    released = true;
    clearInterval(beat);
    // Tell the watchdog not to detach, because the debugger may be attached again by then.
    port.postMessage('released');
    port.disconnect();
  };
}
