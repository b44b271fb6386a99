/**
 * What the recorder knows about objects while nobody can be asked: an object that cannot be proven to be none is treated as a proxy,
 * and is not touched.
 */
import { Proof } from '../../wire/debugger-exchange.ts';
import type { Builtins } from '../realm/builtins.ts';
import type { List } from '../realm/lists.ts';
import { createProxyTest } from '../realm/proxy-test.ts';
import { codeOf, createExact, createProofs, type Exact, type NativeTypes } from '../visit/debugger-facts.ts';
import { createDeclarations } from '../visit/field-questions.ts';

/**
 * Null when proxies cannot be told apart here. Then an object that does not look like a proxy is treated as none.
 * @param types Node's own tests of types, where they exist.
 */
export function createOwnProofs(builtins: Builtins, types: NativeTypes | null): Exact | null {
  const test = types === null ? createProxyTest(builtins) : null;
  const proofs = createProofs(builtins, test);
  if (types !== null) proofs.useNative(types);
  if (types === null && test === null) return null;
  const asking = createExact(builtins, proofs, test, { stackHooks: true, inNode: true }, createDeclarations(builtins));
  let unknown: List<object> = { __proto__: null };
  let count = 0;
  return {
    proofs,
    fields: asking.fields,
    inNode: true,
    // Nothing is described, so it does not matter.
    knowsHarmful: () => true,
    becameHarmful: () => false,
    isUnasked: () => false,
    settle: () => {},
    // What only the debugger sees is never asked for.
    hasDetails: () => true,
    detailsOf: () => null,
    mayDescribe: () => false,
    setMayDescribe: () => {},
    refuseErrors: () => {},
    noteHarmful: () => {},
    noteTable: () => {},
    hasStackHook: asking.hasStackHook,
    refuse: () => {},
    refusalOf: () => undefined,
    errorRefusal: () => '',
    clear() {
      unknown = { __proto__: null };
      count = 0;
      asking.clear();
    },
    askKind(target) {
      asking.askKind(target);
      if (proofs.of(target) !== Proof.Unknown) return;
      unknown[count] = target;
      count += 1;
    },
    askDetails: () => {},
    unknown,
    unknownCount: () => count,
    wanted: { __proto__: null },
    wantedCount: () => 0,
    isFull: () => false,
    answerKinds: () => {},
    proveHere() {
      asking.beAlone();
      asking.proveHere();
      for (let index = 0; index < count; index += 1) {
        const target = unknown[index];
        if (target !== undefined && proofs.of(target) === Proof.Unknown) proofs.set(target, codeOf('proxy'));
      }
      return true;
    },
    beAlone: () => {},
    answerDetails: () => {},
  };
}
