/** What must be known about an object before its record is written: its kind, its class, whether a limit cuts it. */
import type { CutReason } from '../../snapshot/snapshot.ts';
import { Proof } from '../../wire/debugger-exchange.ts';
import type { Kind } from '../../wire/format.ts';
import type { Shape } from '../encode/record-writer.ts';
import type { Family } from '../realm/families.ts';
import { failed } from '../realm/safe-read.ts';
import { kindOfCode } from '../visit/debugger-facts.ts';
import type { Visit } from '../visit/visit-queue.ts';
import type { WalkContext } from '../visit/walk-context.ts';

const documentNode = 9;

export interface ObjectFacts {
  /** The number of objects whose content was read, or will be. */
  contents: number;
  familyOf(target: object): Family<Shape>;
  /** Whether it is the namespace of a deferred import, which evaluates the module as soon as a name of it is looked for. */
  isDeferred(target: object, family?: Family<Shape>): boolean;
  /** Whether it is a window of another origin, or its location. */
  isForeign(target: object, family?: Family<Shape>): boolean;
  kindOf(target: object, family: Family<Shape>, foreign: boolean): Kind;
  classNameOf(target: object, family: Family<Shape>, kind: Kind, foreign: boolean): string | null;
  /** The limit that keeps the content of an object of this kind from being read. */
  cutOf(visit: Visit, kind: Kind, asked: boolean, foreign: boolean): CutReason | null;
  /** The same for an object of any kind. */
  limitOf(visit: Visit): CutReason | null;
}

export function createObjectFacts(context: WalkContext): ObjectFacts {
  const { builtins, budget, safe, families } = context;
  const { getPrototypeOf } = builtins;

  function isCrossOrigin(target: object): boolean {
    return builtins.browser.hasWindows && safe.at(target, 'constructor') === failed;
  }

  function familyOf(target: object): Family<Shape> {
    try {
      return families.of(getPrototypeOf(target));
    } catch {
      // It is a proxy that throws, or a revoked one.
      return families.unreadable;
    }
  }

  function isDeferred(target: object, family = familyOf(target)): boolean {
    if (family !== families.orphans) return false;
    try {
      // Neither a symbol nor this question evaluates it.
      return builtins.tagOf(target) === 'Deferred Module' && !builtins.properties.isExtensible(target);
    } catch {
      return false;
    }
  }

  function isForeign(target: object, family = familyOf(target)): boolean {
    return family === families.orphans && isCrossOrigin(target);
  }

  function kindOf(target: object, family: Family<Shape>, foreign: boolean): Kind {
    const { exact } = context;
    const code = exact === null ? Proof.Unknown : exact.proofs.of(target);
    const proven = code >= Proof.FirstKind ? kindOfCode(code) : null;
    if (proven !== null) return proven;
    const kind = context.kinds.kindOf(target, family);
    if (foreign && kind !== 'proxy')
      return safe.ask(builtins.browser.windowGetter, target) === undefined ? 'object' : 'window';
    // These are guesses by the prototype chain. The debugger's answer about the object counts more.
    const guessed = kind === 'promise' || kind === 'generator';
    const refuted = code === Proof.Plain || (code === Proof.NoProxy && exact?.detailsOf(target) === null);
    return guessed && refuted ? (family.plain ? 'object' : 'instance') : kind;
  }

  function classNameOf(target: object, family: Family<Shape>, kind: Kind, foreign: boolean): string | null {
    if (kind === 'proxy') return 'Proxy (revoked)';
    if (kind === 'arguments') return 'Arguments';
    if (kind === 'module') return 'Module';
    if (kind === 'window' && foreign) return 'Window (cross-origin)';
    if (foreign) return safe.at(target, 'href') === undefined ? null : 'Location (cross-origin)';
    return family.className;
  }

  function cutOf(visit: Visit, kind: Kind, asked: boolean, foreign: boolean): CutReason | null {
    if (foreign) return 'leaf';
    const { target } = visit;
    if (!asked) {
      if (kind === 'window' || isGlobalObject(context, target)) return 'leaf';
      if (kind === 'node' && safe.ask(builtins.browser.nodeType, target) === documentNode) return 'leaf';
      if (context.view.prototypes && isBuiltinPrototype(target)) return 'leaf';
    }
    if (!hasContent(kind, asked || context.readsFunctions())) return null;
    return limitOf(visit);
  }

  function limitOf(visit: Visit): CutReason | null {
    if (budget.isOver()) return 'time';
    if (context.isExpanded(visit.id) || context.isOpened(visit.id) || context.sought !== null || context.paths !== null)
      return null;
    if (visit.depth > context.view.depth) return 'depth';
    return facts.contents >= context.view.objects ? 'objects' : null;
  }

  function isBuiltinPrototype(target: object): boolean {
    const { prototypes } = builtins;
    if (target === prototypes.object || target === builtins.arrayPrototype || target === builtins.functionPrototype)
      return true;
    return families.isPrototype(target);
  }

  const facts: ObjectFacts = { contents: 0, familyOf, isDeferred, isForeign, kindOf, classNameOf, cutOf, limitOf };
  return facts;
}

/** Whether it is the global object of a realm, such as that of a context of Node's `vm`. */
export function isGlobalObject({ builtins, safe }: WalkContext, target: object): boolean {
  if (target === builtins.globalObject) return true;
  return safe.data(target, 'globalThis') === target && typeof safe.data(target, 'eval') === 'function';
}

/** The content of functions is read only on request. A revoked proxy has none. */
export function hasContent(kind: Kind, reads: boolean): boolean {
  return kind === 'function' ? reads : kind !== 'proxy';
}
