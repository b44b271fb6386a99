// @ts-nocheck Values that no type describes are the point.
/** By name: how often code of the page ran. Null until the page is armed. */
var wires = null;

/** A function that counts its calls. Whatever replaces `Map` or `Object` later must not reach it. */
var wire = (() => {
  const { apply } = Reflect;
  return (name, result) =>
    function () {
      if (wires !== null) wires[name] = (wires[name] ?? 0) + 1;
      return typeof result === 'function' ? apply(result, this, arguments) : result;
    };
})();

/** A handler whose every trap counts, then does `then` (throws by default). */
var traps = (
  name,
  then = () => {
    throw new Error(name);
  },
) => {
  const handler = {};
  for (const trap of Object.getOwnPropertyNames(Reflect)) handler[trap] = wire(`trap ${name} ${trap}`, then);
  return handler;
};

var wired = (name, target = {}) => new Proxy(target, traps(name));
var arm = () => {
  wires = { __proto__: null };
};
var touched = () => ({ ...wires });
/** What DevTools' command line has and a page may have, too. */
var commandLine = [
  'getEventListeners',
  'inspect',
  'dir',
  'dirxml',
  'copy',
  'keys',
  'values',
  'monitorEvents',
  'queryObjects',
  '$',
  '$$',
  '$x',
  '$_',
];
