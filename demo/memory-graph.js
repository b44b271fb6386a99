/**
 * Memory graphs from a page's own code. Include it as a classic script, or import it for its effect as a module. Both
 * make one global, `memoryGraph`. It draws in the Memory Graph tab of DevTools while that is open. Otherwise every call does
 * nothing, and the first one says so.
 *
 *     memoryGraph.show(list);                     // draws `list` as it is now
 *     memoryGraph.show(list, { block: true });    // draws it, then waits in the debugger until Resume
 *     memoryGraph.d({ list, copy });              // logs each name = value, draws them, waits
 */
(() => {
  const type = 'memory-graph-call';
  let warned = false;

  // Tells the panel that this page may call it. The panel looks for this listener, and adds one of its own.
  addEventListener(type, () => {});

  /** Answers whether a panel took the call. The panel reads the values before this returns. */
  function draw(names, values) {
    const detail = { names, values, taken: false };
    dispatchEvent(new CustomEvent(type, { detail }));
    if (!detail.taken && !warned) {
      warned = true;
      console.info(
        'memoryGraph: nothing is drawn, because the Memory Graph tab of DevTools is not open, or does not draw this.',
      );
    }
    return detail.taken;
  }

  globalThis.memoryGraph = {
    /** Draws any value. `label` names a value that is not an object. Returns whether it is drawn. */
    show(value, { label = 'show', block = false } = {}) {
      const taken = draw([label], [value]);
      // biome-ignore lint/suspicious/noDebugger: the caller asked to wait.
      if (taken && block) debugger;
      return taken;
    },

    /** Logs each name = value, draws them as one graph, and waits. `log` takes one line; null logs nothing. */
    d(values, { block = true, log = (name, value) => console.log(`${name} =`, value) } = {}) {
      const names = Object.keys(values);
      if (log) for (const name of names) log(name, values[name]);
      const taken = draw(
        names,
        names.map((name) => values[name]),
      );
      // biome-ignore lint/suspicious/noDebugger: the caller asked to wait.
      if (taken && block) debugger;
      return taken;
    },
  };
})();
