/** Keeps the watchdog watching while the debugger is attached. */

/** Milliseconds. An idle service worker is ended after 30 seconds. */
const BEAT = 20_000;

/** The part of `chrome.runtime.Port` that this needs. */
export interface Port {
  postMessage(message: unknown): void;
  disconnect(): void;
  readonly onDisconnect: { addListener(listener: () => void): void };
}

/** Returns what lets go. Must be called before the debugger attaches: the watchdog detaches when this page goes. */
export function holdOn(connectTo: (name: string) => Port, tabId: number): () => void {
  let released = false;
  let port = connect();
  const beat = setInterval(() => port.postMessage('beat'), BEAT);

  function connect(): Port {
    const connected = connectTo(`attached ${tabId}`);
    // The worker was ended: it starts again with a new connection.
    connected.onDisconnect.addListener(() => {
      if (!released) port = connect();
    });
    return connected;
  }

  return () => {
    released = true;
    clearInterval(beat);
    // In good order: the watchdog must not detach what may be attached anew by then.
    port.postMessage('released');
    port.disconnect();
  };
}
