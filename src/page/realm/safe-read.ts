/** Reads own properties, and calls builtins on objects. Must never run an accessor, and never throws. */
import type { Builtins } from './builtins.ts';
import type { Method } from './judge.ts';

/** The number of prototypes that are followed. Longer chains are made only on purpose, and a proxy can make one without an end. */
export const longestChain = 100;

/** The answer of `SafeReader.at` for a property that cannot be read. */
export const failed = { __proto__: null, enumerable: true };

export class SafeReader {
  /** What was thrown when `at` failed last. */
  thrown: unknown = undefined;
  private readonly builtins: Builtins;
  private readonly descriptorOf: Builtins['descriptorOf'];
  private readonly mayTouch: (target: object) => boolean;
  private inheritsValue = true;

  /** @param mayTouch False for an object that is a proxy, or may be one while the debugger can find out. */
  constructor(builtins: Builtins, mayTouch: (target: object) => boolean) {
    this.builtins = builtins;
    this.mayTouch = mayTouch;
    this.descriptorOf = builtins.descriptorOf;
  }

  /** Must be called whenever code of the page or of the user may have run. */
  refresh(): void {
    const { has, objectPrototype } = this.builtins;
    this.inheritsValue = has(objectPrototype, 'value');
  }

  /** The descriptor of an own property; undefined when there is none. */
  at(target: object, key: PropertyKey): PropertyDescriptor | undefined {
    try {
      return this.descriptorOf(target, key);
    } catch (error) {
      this.thrown = error;
      return failed;
    }
  }

  /**
   * Whether `at` found a value. A descriptor inherits from the page's Object.prototype, so only its own fields count. This check
   * takes as long as getting the descriptor.
   */
  isData(found: PropertyDescriptor): boolean {
    return (!this.inheritsValue && found.value !== undefined) || this.builtins.has(found, 'value');
  }

  /** The value of an own data property; undefined for anything else. */
  data(target: object, key: PropertyKey): unknown {
    const found = this.at(target, key);
    return found !== undefined && this.isData(found) ? found.value : undefined;
  }

  /** The length of an array that does not belong to the page. */
  lengthOf(list: object): number {
    const length = this.data(list, 'length');
    return typeof length === 'number' ? length : 0;
  }

  /** The answer of a builtin about an object; undefined when it throws or does not know. */
  ask(builtin: Method, target: object): unknown {
    try {
      return this.builtins.apply(builtin, target, []);
    } catch {
      return undefined;
    }
  }

  /** Describes what was thrown, from own data properties. */
  describe(error: unknown): string {
    if (typeof error === 'string') return error;
    if (typeof error === 'number' || typeof error === 'boolean') return `${error}`;
    if ((typeof error !== 'object' && typeof error !== 'function') || error === null) {
      return error === null ? 'null' : typeof error;
    }
    if (!this.mayTouch(error)) return unnamed;
    const message = this.data(error, 'message');
    let name: unknown;
    try {
      let hop: object | null = error;
      for (let hops = 0; hop !== null && hops < longestChain && typeof name !== 'string'; hops += 1) {
        if (!this.mayTouch(hop)) break;
        name = this.data(hop, 'name');
        hop = this.builtins.getPrototypeOf(hop);
      }
    } catch {
      // It is a proxy, and stays without a name.
    }
    const known = typeof name === 'string' && name !== '' ? name : unnamed;
    return typeof message === 'string' && message !== '' ? `${known}: ${message}` : known;
  }
}

/** An object without a name that could be read, as V8 writes it. */
const unnamed = '#<Object>';

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
