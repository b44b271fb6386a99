/** Finds the code of the page that V8 runs to describe an error, as the debugger's protocol does. Must run none of it. */
import type { FindBuiltins } from './find-builtins.ts';
import type { Descriptor, Judge } from './judge.ts';
import type { Reflection } from './reflection.ts';

export function createErrorBuiltins(
  scope: typeof globalThis,
  { usable, descriptorOf, hasValue, data }: Judge,
  find: FindBuiltins,
  { intrinsicPrototype, getPrototypeOf, readsPrototypes, functionPrototype, objectPrototype }: Reflection,
) {
  const error = intrinsicError();
  const firstHook = data(error, 'prepareStackTrace');
  const isError = find.untyped(error, 'isError', 'Error');

  /** %Error% itself. When the page wrapped it (zone.js does), the function from which other errors inherit. */
  function intrinsicError(): object | undefined {
    const own = find.constructorOf('Error');
    if (own !== undefined) return own;
    const heir = find.constructorOf('TypeError') ?? find.constructorOf('RangeError');
    return heir === undefined ? undefined : intrinsicPrototype(heir);
  }

  /** The function that V8 calls to write the stack of a described error; null when that is unknown. */
  function stackHook(): Descriptor | null {
    if (error === undefined || !usable) return undefined;
    const own = descriptorOf(error, 'prepareStackTrace');
    if (own !== undefined) return own;
    if (!readsPrototypes || functionPrototype === undefined) return null;
    if (getPrototypeOf(error) !== functionPrototype) return null;
    const inherited = descriptorOf(functionPrototype, 'prepareStackTrace');
    if (inherited !== undefined) return inherited;
    return getPrototypeOf(functionPrototype) === objectPrototype
      ? descriptorOf(objectPrototype, 'prepareStackTrace')
      : null;
  }

  /** Whether describing an error runs the page's code. */
  function hasStackHook(): boolean {
    const hook = stackHook();
    return hook === null || (hook !== undefined && (!hasValue(hook) || typeof hook.value === 'function'));
  }

  return {
    isError: isError ?? ((): boolean => false),
    tellsErrors: isError !== undefined,
    /** Undefined when the page replaced it. */
    errorConstructor: isErrorConstructor(error) ? error : undefined,
    proxyConstructor: find.constructorOf('Proxy'),
    errorPrototype: find.prototypeIn(error) ?? objectPrototype,
    hasStackHook,
    /** The same in Node. A hook that existed before the agent belongs to Node, or to the program that loaded the agent. */
    hasLaterStackHook(): boolean {
      // Node uses the global Error, whatever that is by then.
      if (error !== undefined && data(scope, 'Error') !== error) return true;
      const hook = stackHook();
      return hasStackHook() && !(hook && hasValue(hook) && hook.value === firstHook);
    },
  };
}

function isErrorConstructor(value: unknown): value is new () => { readonly stack?: unknown } {
  return typeof value === 'function';
}
