/**
 * The agent: runs inside a page, gives each object a number, walks from roots and writes what it finds as a compact
 * text (src/snapshot/format.ts). Must never run the page's code, write to its objects, or fail as a whole because one
 * object does.
 *
 * How: builtins come from builtins.ts alone; page values are only handed to those, tested with `typeof` and `===`, or,
 * where they are strings and numbers, joined and compared. What is kept is kept in local variables, own properties of
 * literals, Maps, and lists without a prototype (lists.ts).
 *
 * Page code cannot tell a proxy from another object without running its traps. Who holds the debugger can: then the
 * walk stops before every object that is not proven to be none, hands out all such objects at once as an answer, and
 * goes on when it is told what they are (exact.ts).
 */
import { type DetailSpec, Proof, type RootSpec } from '../snapshot/exchange.ts';
import type { Reply } from '../snapshot/format.ts';
import type { ObjectId, View } from '../snapshot/snapshot.ts';
import type { Accessor } from './accessed.ts';
import { captureBuiltins } from './builtins.ts';
import { type Calls, createCalls } from './calls.ts';
import { createDeliveries } from './deliveries.ts';
import { codeOf, createExact, createProofs, type Exact, isHarmless, type NativeTypes } from './exact.ts';
import { createHold } from './hold.ts';
import { createIdentities } from './identities.ts';
import type { List } from './lists.ts';
import { type RootInput, readRoots } from './roots.ts';
import type { Ways } from './search.ts';
import { createTools, type Tools } from './tools.ts';
import { createWalk, failedReply, type Walk } from './walk.ts';

export interface CaptureRequest {
  readonly view: View;
  /** The object whose referrers are searched; null or absent to read what the roots reach. */
  readonly sought?: ObjectId | null;
  /** The lowest number that nobody has given in this heap. */
  readonly next: ObjectId;
}

export interface ExactRequest extends CaptureRequest {
  readonly roots: readonly RootSpec[];
  /**
   * Whether a hook for the stacks of errors, which runs when the protocol describes one, is the page's code although it was there
   * before the agent.
   */
  readonly stackHooks: boolean;
}

/**
 * What an exact capture answers: `[0, …objects]` wants to know what they are, if any, `[1, …objects]` what only the debugger
 * sees of them, `[2, …Reply]` is the end; `[3]` wants to be told of all errors that there are.
 */
export type Step = readonly unknown[];

export interface Agent {
  /**
   * Evaluates each of `thunks` (one that throws makes a failed root), walks from what they return, and writes it all
   * down. Never throws. Objects keep their numbers as long as the agent lives.
   */
  capture(request: CaptureRequest, thunks: ArrayLike<() => unknown>): Reply;
  /**
   * What DevTools is answered: the reply, or `[its beginning with one piece, how many pieces wait, the number of the delivery]`.
   */
  send(reply: Reply): readonly unknown[];
  /** `[stream, texts]` of the piece that waits at `index`, from 0, which then waits no more; null where none does. */
  fetch(delivery: number, index: number): readonly unknown[] | null;
  /** Nobody fetches what waits. */
  drop(delivery: number): void;
  /** Keeps what the next capture's roots speak of, from position `at` on: `values` from `from` on. */
  put(at: number, values: ArrayLike<unknown>, from: number): void;
  /** Begins an exact capture, in place of one that was not finished. */
  begin(request: ExactRequest): Step;
  /** Lets go of a capture that nobody finishes. */
  abandon(): void;
  /** Answers `[0, …]` with a character an object, see `Proof`. */
  tellKinds(codes: string, hurry: boolean): Step;
  /** Answers `[1, …]`. */
  tellDetails(specs: readonly DetailSpec[], values: ArrayLike<unknown>, hurry: boolean): Step;
  /** Answers `[0, …]` by a list of objects that are no proxies, whatever was asked for. */
  tellSafe(list: ArrayLike<object>): void;
  /** Answers `[3]`: by all objects that inherit from %Error.prototype%; null for what the latest ones said. */
  tellErrors(errors: ArrayLike<unknown> | null, hurry: boolean): Step;
  /** The debugger can say what inherits from these. */
  readonly objectPrototype: object;
  readonly errorPrototype: object;
  /** The `prototype` of the function in `[0, function]`; undefined where it has none, or one that cannot be told of. */
  prototypeOf(boxed: object): object | undefined;
  /** After a 0, the builtins that judged all others: for who can tell a Proxy from what it stands for. */
  readonly judges: readonly unknown[];
  useNativeTypes(types: NativeTypes): void;
  /** From now on these read the objects that they are for. */
  useAccessors(list: ArrayLike<Accessor>): void;
  /** Hangs the agent on an event of the page, see hold.ts. */
  hold(token: string, lease: number): void;
  renew(): void;
  rest(period: number): void;
  release(): void;
  /** The object with this number; undefined when it is gone. */
  find(id: ObjectId): object | undefined;
  readonly tools: Tools;
  /** What the page's own code gives to be drawn. */
  readonly calls: Calls;
}

const replacedReason = 'The page replaced the functions that read objects.';
const errorsReason =
  'The page replaced Error.isError, without which the debugger would run code of the page for its errors: draw without it.';
const walkingReason = 'The objects could not be read: they are being read already.';

/**
 * @param scope The global object, whatever the page calls by that name.
 * @param firstId The number of the first object, 1 unless an earlier agent gave numbers in the same heap: then one that
 * it has not used.
 * @param inNode See `captureBuiltins`.
 */
export function createAgent(scope: typeof globalThis, firstId = 1, inNode = false): Agent {
  const builtins = captureBuiltins(scope, inNode);
  const identities = createIdentities(builtins, firstId);
  const proofs = createProofs(builtins);
  const calls = createCalls(builtins, capture);
  const holder = createHold(builtins, calls.end);
  const { send, fetch, drop } = createDeliveries(builtins);
  let walker: Walk | null = null;
  /** What runs in a walk, such as a person's accessor, may ask for another. */
  let walking = false;
  let harmlessLately = false;
  /** A capture in one go came between two steps: what is mentioned counts for one capture at a time. */
  let interrupted = false;
  let errors: ArrayLike<unknown> | null = null;
  let given: List<unknown> = { __proto__: null };
  let accessors: ArrayLike<Accessor> = [];
  let session: {
    readonly request: ExactRequest;
    readonly exact: Exact;
    readonly roots: List<RootInput>;
    readonly rootCount: number;
    readonly walk: Walk;
    readonly searching: boolean;
  } | null = null;

  function ended(reply: Reply): Step {
    return builtins.listed(2, reply, reply.length);
  }

  function start(
    request: CaptureRequest,
    exact: Exact | null,
    roots: List<RootInput>,
    rootCount: number,
    ways: Ways | null,
  ): Walk {
    identities.begin(request.next);
    const sought = ways === null ? (request.sought ?? null) : null;
    const options = { view: request.view, exact, sought, ways, accessors };
    walker ??= createWalk(builtins, identities, options);
    walker.begin(roots, rootCount, options);
    return walker;
  }

  function run(walk: Walk): boolean {
    walking = true;
    try {
      return walk.run();
    } finally {
      walking = false;
    }
  }

  function forget(): void {
    try {
      walker?.forget();
    } catch {
      // No room in the stack. The next capture begins anew whatever is left of this one.
    }
  }

  /** Whether all errors can be described; null while objects have to be asked for to know. */
  function judge(exact: Exact, list: ArrayLike<unknown>): boolean | null {
    let pending = false;
    for (let index = 0; index < list.length; index += 1) {
      const error = list[index];
      if (!isObject(error) || proofs.of(error) !== codeOf('error')) continue;
      const harmless = isHarmless(builtins, exact, error);
      if (harmless === false) return false;
      if (harmless === null) pending = true;
    }
    return pending ? null : true;
  }

  function go(hurry: boolean): Step {
    if (session === null) return [2];
    if (interrupted) {
      interrupted = false;
      const { request, exact, roots, rootCount } = session;
      const walk = start(request, exact, roots, rootCount, null);
      session = { request, exact, roots, rootCount, walk, searching: typeof request.sought === 'number' };
    }
    const { request, exact, roots, rootCount, walk, searching } = session;
    if (hurry) walk.hurry();
    if (errors !== null) {
      exact.clear();
      const harmless = hurry ? false : judge(exact, errors);
      if (harmless === null) return builtins.listed(0, exact.unknown, exact.unknownCount());
      errors = null;
      harmlessLately = harmless;
      exact.setMayDescribe(harmless);
    }
    if (!run(walk)) {
      if (walk.needsErrors()) return [3];
      const details = exact.unknownCount() === 0 && exact.wantedCount() > 0;
      return details
        ? builtins.listed(1, exact.wanted, exact.wantedCount())
        : builtins.listed(0, exact.unknown, exact.unknownCount());
    }
    if (searching) {
      const shown = start(request, exact, roots, rootCount, walk.ways());
      session = { request, exact, roots, rootCount, walk: shown, searching: false };
      return go(false);
    }
    session = null;
    const reply = walk.reply();
    forget();
    return ended(reply);
  }

  function capture(request: CaptureRequest, thunks: ArrayLike<() => unknown>): Reply {
    if (!builtins.usable) return failedReply(builtins, thunks.length, replacedReason);
    if (walking) return failedReply(builtins, thunks.length, walkingReason);
    try {
      const roots: List<RootInput> = { __proto__: null };
      for (let index = 0; index < thunks.length; index += 1) {
        try {
          const thunk = thunks[index];
          roots[index] = { type: 'value', value: thunk?.() };
        } catch (error) {
          roots[index] = { type: 'thrown', error };
        }
      }
      interrupted = session !== null;
      let walk = start(request, null, roots, thunks.length, null);
      run(walk);
      if (typeof request.sought === 'number') {
        walk = start(request, null, roots, thunks.length, walk.ways());
        run(walk);
      }
      return walk.reply();
    } catch {
      // The page calls from so deep in the stack that there is no room left.
      return failedReply(builtins, thunks.length, 'The objects could not be read: the page has used up its stack.');
    } finally {
      forget();
    }
  }

  function functionIn(boxed: object): object | undefined {
    const maker = builtins.data(boxed, 1);
    return typeof maker === 'function' ? maker : undefined;
  }

  /** Not an error, or one like those that constructors of old inherited from, whose description runs no code. */
  function isPlain(prototype: object): boolean {
    if (proofs.of(prototype) !== codeOf('error')) return true;
    if (builtins.hasStackHook() || builtins.getPrototypeOf(prototype) !== builtins.errorPrototype) return false;
    const holders: readonly object[] = [prototype, builtins.errorPrototype, builtins.objectPrototype];
    for (let index = 0; index < 3; index += 1) {
      const holder = holders[index];
      if (holder === undefined) return false;
      if (builtins.dataOrNative(holder, 'name') === false || builtins.dataOrNative(holder, 'message') === false)
        return false;
    }
    return true;
  }

  const agent: Agent & { handleEvent(event: object): void; __proto__: null } = {
    __proto__: null,
    handleEvent: holder.answer,
    capture,
    send,
    fetch,
    drop,
    put(at, values, from) {
      for (let index = from; index < values.length; index += 1) given[at + index - from] = values[index];
    },
    begin(request) {
      const rootCount = request.roots.length;
      const reason = builtins.usable ? (builtins.lacksIsError ? errorsReason : null) : replacedReason;
      if (reason !== null || walking) {
        session = null;
        return ended(failedReply(builtins, rootCount, reason ?? walkingReason));
      }
      errors = null;
      interrupted = false;
      const exact = createExact(builtins, proofs, request.stackHooks);
      const roots = readRoots(builtins, request.roots, given);
      given = { __proto__: null };
      const walk = start(request, exact, roots, rootCount, null);
      session = { request, exact, roots, rootCount, walk, searching: typeof request.sought === 'number' };
      return go(false);
    },
    abandon() {
      session = null;
      if (!walking) forget();
      errors = null;
      given = { __proto__: null };
    },
    tellKinds(codes, hurry) {
      session?.exact.tellKinds(codes);
      return go(hurry);
    },
    tellDetails(specs, values, hurry) {
      session?.exact.tellDetails(specs, values);
      return go(hurry);
    },
    tellSafe(list) {
      for (let index = 0; index < list.length; index += 1) {
        const target = list[index];
        if (target !== undefined && proofs.of(target) === Proof.Unknown) proofs.set(target, Proof.NoProxy);
      }
    },
    tellErrors(list, hurry) {
      if (list === null) session?.exact.setMayDescribe(harmlessLately);
      errors = list;
      return go(hurry);
    },
    objectPrototype: builtins.objectPrototype,
    errorPrototype: builtins.errorPrototype,
    prototypeOf(boxed) {
      const prototype = builtins.data(functionIn(boxed), 'prototype');
      return isObject(prototype) && isPlain(prototype) ? prototype : undefined;
    },
    judges: builtins.judges,
    useNativeTypes: proofs.useNative,
    useAccessors(list) {
      accessors = list;
    },
    hold(token, lease) {
      holder.hold(agent, token, lease);
    },
    renew: holder.renew,
    rest: holder.rest,
    release: holder.release,
    find: identities.find,
    tools: createTools(builtins),
    calls,
  };
  return agent;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
