/** The builtins with which all others are found and called. Must call nothing of the page. */
import type { FindBuiltins } from './find-builtins.ts';
import { applyBySyntax, bare, createTextJudge, isHolder, type Judge, type TextJudge } from './judge.ts';

export type Reflection = ReturnType<typeof createReflection>;

export function createReflection(textJudge: TextJudge, { reflect, object }: Judge, find: FindBuiltins) {
  const objectConstructor = find.constructorOf('Object');
  const prototypeGetter = find.getter(objectConstructor?.prototype, '__proto__', 'Object.prototype', '__proto__');
  const getPrototypeOf: ((target: object) => object | null) | undefined =
    find.method(reflect, 'getPrototypeOf', 'Reflect') ??
    find.method(object, 'getPrototypeOf', 'Object') ??
    (prototypeGetter === undefined
      ? undefined
      : (target) => {
          const value = applyBySyntax(prototypeGetter, target, []);
          return typeof value === 'object' ? value : null;
        });
  const intrinsicPrototype = (value: object): object | undefined =>
    (getPrototypeOf === undefined ? null : getPrototypeOf(value)) ?? undefined;
  const isPrototype = (value: unknown): value is ObjectConstructor['prototype'] => isHolder(value);
  const plainPrototype = intrinsicPrototype({});
  const objectPrototype: ObjectConstructor['prototype'] = isPrototype(plainPrototype) ? plainPrototype : {};
  const functionPrototype = intrinsicPrototype(createTextJudge);
  textJudge.learnTexts(find.untyped(functionPrototype, 'toString', 'Function.prototype'));
  const ownNames = find.method(object, 'getOwnPropertyNames', 'Object');
  const applies = (value: typeof applyBySyntax): boolean => value(() => bare, undefined, []) === bare;
  const apply: typeof applyBySyntax =
    find.serves(find.method(reflect, 'apply', 'Reflect'), 'Reflect.apply', applies) ??
    find.serves(boundApply(), 'Function.prototype.apply', applies) ??
    applyBySyntax;
  textJudge.useApply(apply);
  const appliesToPrimitives = apply !== applyBySyntax;

  /** `f.apply(self, args)` as a function of `f`, `self` and `args`. It is about a hundred times as fast as by syntax. */
  function boundApply(): typeof applyBySyntax | undefined {
    const bind = find.untyped(functionPrototype, 'bind', 'Function.prototype');
    const call = find.untyped(functionPrototype, 'call', 'Function.prototype');
    const callee = find.untyped(functionPrototype, 'apply', 'Function.prototype');
    if (bind === undefined || call === undefined || callee === undefined) return undefined;
    // `bind.apply(call, [callee])`: by syntax alone there would be a second argument, which `bind` would also bind.
    return applyBySyntax(callee as (this: unknown, self: unknown, args: unknown) => typeof applyBySyntax, bind, [
      call,
      [callee],
    ]);
  }

  return {
    object,
    /** Whether prototypes can be read at all. */
    readsPrototypes: getPrototypeOf !== undefined,
    getPrototypeOf: getPrototypeOf ?? ((): null => null),
    intrinsicPrototype,
    objectPrototype,
    functionPrototype,
    arrayPrototype: intrinsicPrototype([]),
    /** The builtin that returns the texts of functions. */
    functionText: textJudge.functionText(),
    ownNames,
    apply,
    /** Whether `apply` accepts primitives as `self`. Its stand-in does not. */
    appliesToPrimitives,
    /** A primitive as an object. */
    boxed: (value: unknown): unknown => objectConstructor?.(value),
    /** A symbol or BigInt in the form that `apply` accepts as `self`. */
    asSelf: (value: symbol | bigint): unknown => (appliesToPrimitives ? value : objectConstructor?.(value)),
  };
}
