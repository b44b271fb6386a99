/**
 * What the scripts for DevTools' own session begin with: its command line's functions, which it puts into the global scope
 * unless the page has something of that name. Must call no function of the page's and read no accessor of it.
 */

/**
 * Lines for the start of an arrow function at the top of a script, where `this` is the global object. They bind
 * - `scope`: the global object, whatever the page calls by that name;
 * - `valueOf(holder, key)`: what `holder` has or inherits, undefined where that is an accessor;
 * - `isBuiltin(value, name)`: whether it is a function of that name which no script made;
 * - `tool(name)`: such a function of the global scope, or null;
 * - `answerOf(target, token)`: what the window `target` holds under `token` for us (src/page/hold.ts), null for nothing,
 *   undefined where the page has its own events;
 * - `hears()`: whether events are heard. Nobody hears one while the page stands still;
 * - `held(token)`: what the global object holds for us, also while the page stands still; null for nothing, undefined where the
 *   page has put its own in the place of all that would tell;
 * - `callsPanel(type)`: whether the page has what calls the panel by events of this type (demo/memory-graph.js).
 */
export const TOOL_LINES = `const scope = this;
  const complaint = (key) => { try { return key in 1; } catch (error) { return error.message; } };
  const nativeText = (name) => 'function ' + name + '() { [native code] }';
  // V8 quotes a function's text, for a Proxy that of its target.
  const isQuoted = (value, name) => typeof value === 'function' && complaint(value) === complaint(nativeText(name));
  const lookup = {}.__lookupGetter__;
  const lookupIsQuoted = isQuoted(lookup, '__lookupGetter__');
  const valueOf = (holder, key) => {
    const heir = { __proto__: holder, lookup };
    if (lookupIsQuoted) return heir.lookup(key) === undefined ? holder[key] : undefined;
    const { getOwnPropertyDescriptor } = Reflect;
    if (!isQuoted(getOwnPropertyDescriptor, 'getOwnPropertyDescriptor')) return undefined;
    // A copy of own properties alone: what a descriptor lacks, Object.prototype may answer for.
    return { __proto__: null, ...getOwnPropertyDescriptor(holder, key) }.value;
  };
  const toText = valueOf(() => {}, 'toString');
  const textOf = (value) => {
    let text;
    class Base { constructor() { return value; } text() {} }
    Base.prototype.text = toText;
    new (class extends Base { constructor() { super(); text = super.text(); } })();
    return text;
  };
  // Another builtin of its name may be in its place, and call the page's code: it alone takes functions and nothing else.
  const takes = (value) => { try { textOf(value); return true; } catch { return false; } };
  const tellsTexts = isQuoted(toText, 'toString') && !takes({ __proto__: null }) && takes(() => {});
  const isBuiltin = (value, name) =>
    isQuoted(value, name) && (!tellsTexts || textOf(value) === nativeText(name));
  const tool = (name) => {
    const value = valueOf(scope, name);
    return isBuiltin(value, name) ? value : null;
  };
  const answerOf = (target, token) => {
    const Made = tool('Event');
    if (!Made || !isBuiltin(valueOf(target, 'dispatchEvent'), 'dispatchEvent')) return undefined;
    const event = new Made(token);
    target.dispatchEvent(event);
    return event[token] ?? null;
  };
  const hears = () => {
    const Made = tool('Event');
    const Target = tool('EventTarget');
    if (!Made || !Target) return false;
    const target = new Target();
    const hasBuiltin = (name) => isBuiltin(valueOf(target, name), name);
    if (!hasBuiltin('addEventListener') || !hasBuiltin('dispatchEvent')) return false;
    let heard = false;
    target.addEventListener('heard', () => { heard = true; });
    target.dispatchEvent(new Made('heard'));
    return heard;
  };
  const held = (token) => {
    // What is held answers an event of its name (src/page/hold.ts), which nobody else hears.
    const answered = answerOf(scope, token);
    if (answered || (answered === null && hears())) return answered;
    // To list listeners reads \`handleEvent\` of all of them, which may be an accessor of the page's.
    const listeners = tool('getEventListeners');
    if (!listeners) return undefined;
    const found = listeners(scope)[token];
    return found ? found[0].listener : null;
  };
  const callsPanel = (type) => {
    // Listeners are listed, which reads \`handleEvent\` of each, only where demo/memory-graph.js may be.
    const caller = valueOf(scope, 'memoryGraph');
    const listeners = typeof caller === 'object' && caller !== null ? tool('getEventListeners') : null;
    // A copy of own properties alone: the page knows this name, and may have put it on Object.prototype.
    return listeners !== null && type in { __proto__: null, ...listeners(scope) };
  };`;

/** What a script answers when `held` cannot tell. */
export const UNREACHABLE = 'unreachable';
