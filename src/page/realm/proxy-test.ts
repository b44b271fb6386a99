/**
 * Proves that objects are no proxies without touching any of them. In the stack of an error V8 names the object on which each
 * function was called. For a proxy it writes `Proxy`, whatever its target, and runs no trap. An instance of a class with that name
 * looks the same, so the test can prove only that an object is not a proxy.
 */
import type { Builtins } from './builtins.ts';
import type { Method } from './judge.ts';
import type { List } from './lists.ts';

export interface ProxyTest {
  /** Whether the test works, until code of the page has run. */
  isUsable(): boolean;
  /**
   * Calls `tell` for each of the first `count` objects of `list` that is not a proxy, in order.
   * @param tell `builtin`: it was made by a builtin class, whatever its prototype is now.
   */
  sort(list: List<object>, count: number, tell: (target: object, builtin: boolean) => void): void;
}

/** The number of objects in one stack. V8 writes ten calls, one of which is ours, unless the page set a lower limit. */
const mostAtOnce = 8;
const namePrefix = '$$calledOn';
/** Classes whose instances no builtin can check by throwing for all other objects. */
const builtinNames = [
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'WeakRef',
  'Promise',
  'Generator',
  'AsyncGenerator',
  'ArrayBuffer',
  'SharedArrayBuffer',
  'Symbol',
  'BigInt',
];

/** Null when V8 writes stacks in another form, or the page replaced what this needs. */
export function createProxyTest(builtins: Builtins): ProxyTest | null {
  const { apply, data, dataOrNative, has, errorConstructor, errorPrototype, hasStackHook } = builtins;
  const { includes } = builtins.values;
  // In Node a script may write all stacks, which cannot be detected here.
  if (!builtins.browser.inBrowser) return null;
  if (errorConstructor === undefined || includes === undefined) return null;
  const Stack = errorConstructor;
  const contains = (text: string, part: string): boolean => apply(includes, text, [part]) === true;
  /** Functions by depth. Each is called on an object, and calls the next one on the next object. */
  const steps: List<Method> = { __proto__: null };
  let objects: List<object> = { __proto__: null };
  let first = 0;
  let size = 0;
  let text = '';

  function writeStack(): void {
    const error = new Stack();
    // Reads the error's own stack, so that nothing of the page is read when V8 wrote none.
    const stack = has(error, 'stack') ? error.stack : undefined;
    text = typeof stack === 'string' ? stack : '';
  }

  function addStep(depth: number): void {
    const name = nameOf(depth);
    const holder = {
      __proto__: null,
      [name](): void {
        const next = depth + 1;
        const step = steps[next];
        if (next < size && step !== undefined) apply(step, objects[first + next], []);
        else writeStack();
      },
    };
    const step = data(holder, name);
    if (isMethod(step)) steps[depth] = step;
  }
  for (let depth = 0; depth < mostAtOnce; depth += 1) addStep(depth);

  function atOnce(): number {
    const limit = data(Stack, 'stackTraceLimit');
    if (typeof limit !== 'number' || !(limit >= 2)) return 0;
    return limit - 1 < mostAtOnce ? limit - 1 - (limit % 1) : mostAtOnce;
  }

  const test: ProxyTest = {
    // V8 writes the error's name and message above the calls.
    isUsable: () =>
      atOnce() > 0 &&
      !hasStackHook() &&
      dataOrNative(errorPrototype, 'name') === true &&
      dataOrNative(errorPrototype, 'message') === true,
    sort(list, count, tell) {
      const most = atOnce();
      if (most === 0) return;
      objects = list;
      for (first = 0; first < count; first += most) {
        size = count - first < most ? count - first : most;
        const step = steps[0];
        if (step !== undefined) apply(step, list[first], []);
        let anyBuiltin = false;
        for (let index = 0; index < builtinNames.length && !anyBuiltin; index += 1)
          anyBuiltin = contains(text, ` ${builtinNames[index] ?? ''}.${namePrefix}`);
        for (let index = 0; index < size; index += 1) {
          const target = list[first + index];
          const name = nameOf(index);
          if (target === undefined || !contains(text, `.${name} `) || contains(text, ` Proxy.${name} `)) continue;
          let builtin = false;
          for (let at = 0; anyBuiltin && at < builtinNames.length && !builtin; at += 1)
            builtin = contains(text, ` ${builtinNames[at] ?? ''}.${name} `);
          tell(target, builtin);
        }
        text = '';
      }
      objects = { __proto__: null };
    },
  };
  return test.isUsable() && isRight(builtins, test) ? test : null;
}

/** V8 writes the object only for functions whose name is an identifier that does not start with the object's class. */
function nameOf(depth: number): string {
  return `${namePrefix}${depth}`;
}

/** Whether the test gives the right answers for objects of ours, without running traps of proxies of ours. */
function isRight({ proxyConstructor: Wrapper }: Builtins, test: ProxyTest): boolean {
  if (Wrapper === undefined) return false;
  let traps = 0;
  const count = (): never => {
    traps += 1;
    throw traps;
  };
  const handler = {
    __proto__: null,
    get: count,
    has: count,
    getPrototypeOf: count,
    ownKeys: count,
    getOwnPropertyDescriptor: count,
  };
  class Own {}
  const targets: readonly object[] = [{}, [], new Own(), count, { __proto__: null }];
  const list: List<object> = { __proto__: null };
  for (let index = 0; index < targets.length; index += 1) {
    const target = targets[index] ?? {};
    list[2 * index] = target;
    list[2 * index + 1] = new Wrapper(target, handler);
  }
  let seen = 0;
  let right = true;
  test.sort(list, 2 * targets.length, (target) => {
    right = right && target === targets[seen];
    seen += 1;
  });
  return right && seen === targets.length && traps === 0;
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}
