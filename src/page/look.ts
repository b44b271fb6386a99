/** Looks at own properties, and asks builtins of objects. Must never run an accessor, and never throws. */
import type { Builtins, Method } from './builtins.ts';

/** Prototypes that are followed: longer chains exist only where somebody makes them on purpose, and have no end where a proxy does. */
export const longestChain = 100;

/** What `Look.at` answers of a property that cannot be looked at. */
export const failed = { __proto__: null, enumerable: true };

export class Look {
  /** What was thrown when `at` failed last. */
  thrown: unknown = undefined;
  private readonly builtins: Builtins;
  private readonly descriptorOf: Builtins['descriptorOf'];
  private readonly mayTouch: (target: object) => boolean;
  private inheritsValue = true;

  /** @param mayTouch False for what is a proxy, or may be one while somebody can tell. */
  constructor(builtins: Builtins, mayTouch: (target: object) => boolean) {
    this.builtins = builtins;
    this.mayTouch = mayTouch;
    this.descriptorOf = builtins.descriptorOf;
  }

  /** Whenever code of the page or of a person may have run. */
  refresh(): void {
    const { has, objectPrototype } = this.builtins;
    this.inheritsValue = has(objectPrototype, 'value');
  }

  /** Looks at one own property: undefined where there is none. */
  at(target: object, key: PropertyKey): PropertyDescriptor | undefined {
    try {
      return this.descriptorOf(target, key);
    } catch (error) {
      this.thrown = error;
      return failed;
    }
  }

  /**
   * Whether `at` found a value. A descriptor inherits from the page's Object.prototype: only what it has itself counts. Asking
   * takes as long as the descriptor itself.
   */
  isData(found: PropertyDescriptor): boolean {
    return (!this.inheritsValue && found.value !== undefined) || this.builtins.has(found, 'value');
  }

  /** The value of an own data property; undefined for anything else. */
  data(target: object, key: PropertyKey): unknown {
    const found = this.at(target, key);
    return found !== undefined && this.isData(found) ? found.value : undefined;
  }

  /** The length of an array that is none of the page's. */
  lengthOf(list: object): number {
    const length = this.data(list, 'length');
    return typeof length === 'number' ? length : 0;
  }

  /** What a builtin says of an object, undefined where there is no such builtin or it throws. */
  ask(builtin: Method | undefined, target: object): unknown {
    if (builtin === undefined) return undefined;
    try {
      return this.builtins.apply(builtin, target, []);
    } catch {
      return undefined;
    }
  }

  /** What was thrown, in words, from own data properties. */
  describe(error: unknown): string {
    if (typeof error === 'string') return error;
    if (typeof error === 'number' || typeof error === 'boolean') return `${error}`;
    if ((typeof error !== 'object' && typeof error !== 'function') || error === null) {
      return error === null ? 'null' : `a value of type ${typeof error}`;
    }
    if (!this.mayTouch(error)) return 'an object';
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
      // A proxy; it stays nameless.
    }
    const known = typeof name === 'string' && name !== '' ? name : 'an object';
    return typeof message === 'string' && message !== '' ? `${known}: ${message}` : known;
  }
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
