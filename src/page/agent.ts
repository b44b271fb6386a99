/**
 * The agent: runs inside a page, gives each object a number, walks from roots and writes what it finds as a compact
 * text (src/wire/format.ts). Must never run the page's code, write to its objects, or fail as a whole because one
 * object does.
 *
 * How: builtins come from realm/ alone; page values are only handed to those, tested with `typeof` and `===`, or,
 * where they are strings and numbers, joined and compared. What is kept is kept in local variables, own properties of
 * literals, Maps, and lists without a prototype (realm/lists.ts).
 *
 * Page code cannot distinguish a proxy from another object without running its traps. The debugger can: see
 * exact-capture.ts.
 */

import type { ObjectId } from '../snapshot/snapshot.ts';
import type { Reply } from '../wire/format.ts';
import type { AgentCalls, CaptureRequest, SentReply } from '../wire/requests.ts';
import { createCalls } from './calls.ts';
import { createClosures } from './closures.ts';
import { createComponents } from './components.ts';
import { createDeliveries } from './deliveries.ts';
import { createIdentities } from './encode/identities.ts';
import { createExactCapture, type PageEnd, replacedReason, walkingReason } from './exact-capture.ts';
import { createHeapLists } from './heap-lists.ts';
import { createKept } from './kept-values.ts';
import { createLease, mark } from './lease.ts';
import { createObjectActions, type ObjectActions } from './object-actions.ts';
import { createObjectNames } from './object-names.ts';
import { createAssignments } from './objects/assigning/assignments.ts';
import { type Builtins, captureBuiltins } from './realm/builtins.ts';
import type { Checked } from './realm/judge.ts';
import type { List } from './realm/lists.ts';
import { createProxyTest } from './realm/proxy-test.ts';
import { isObject } from './realm/safe-read.ts';
import { codeOf, createProofs, isNativeTypes, isProvenNoProxy, type Proofs } from './visit/debugger-facts.ts';
import type { Accessor, RootInput } from './visit/roots.ts';
import { failedReply } from './walk.ts';
import { createWalker, isSearch } from './walker.ts';

export interface Agent extends AgentCalls<PageEnd> {
  /**
   * Evaluates each of `roots` (one that throws becomes a failed root), walks from what they return, and writes what it finds. Never
   * throws. Objects keep their numbers while the agent lives.
   */
  capture(request: CaptureRequest, roots: ArrayLike<() => unknown>): Reply;
  /** From now on these accessors read the objects that they are for. */
  useAccessors(list: ArrayLike<Accessor>): void;
  /** The object with this number; undefined when it is gone. */
  find(id: ObjectId): object | undefined;
  /** The answer to DevTools: the reply, or its beginning. */
  send(reply: Reply): SentReply;
  readonly tools: ObjectActions;
}

/**
 * @param scope The global object, whatever the page calls by that name.
 * @param firstId The number of the first object: 1, or a number that no earlier agent of the same heap has given.
 * @param inNode See `captureBuiltins`, also for `checked`.
 */
export function createAgent(scope: typeof globalThis, firstId = 1, inNode = false, checked?: Checked): Agent {
  const builtins = captureBuiltins(scope, inNode, checked);
  const identities = createIdentities(builtins, firstId);
  const proxyTest = createProxyTest(builtins);
  const proofs = createProofs(builtins, proxyTest);
  const calls = createCalls(builtins, capture);
  const leased = createLease(builtins, calls.end);
  const { send, fetch, drop } = createDeliveries(builtins);
  const walker = createWalker(builtins, identities, { proxyTest });
  const exactCapture = createExactCapture(builtins, proofs, proxyTest, walker);
  const tools = createObjectActions(builtins);
  const keptValues = createKept();
  const objectNames = createObjectNames(builtins);

  function capture(request: CaptureRequest, thunks: ArrayLike<() => unknown>): Reply {
    if (!builtins.usable) return failedReply(builtins, thunks.length, replacedReason);
    if (walker.isWalking()) return failedReply(builtins, thunks.length, walkingReason);
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
      exactCapture.interrupt();
      let walk = walker.begin(request, null, roots, thunks.length, null);
      walker.run(walk);
      if (isSearch(request)) {
        walk = walker.begin(request, null, roots, thunks.length, walk.paths());
        walker.run(walk);
      }
      return walk.reply();
    } catch {
      // The page calls from so deep in the stack that it is used up.
      return failedReply(builtins, thunks.length, 'stackUsedUp');
    } finally {
      walker.forget();
    }
  }

  function functionIn(boxed: object): object | undefined {
    const maker = builtins.data(boxed, 1);
    return typeof maker === 'function' ? maker : undefined;
  }

  const agent: Agent & { handleEvent(event: object): void; __proto__: null } = {
    __proto__: null,
    ...exactCapture,
    ...createHeapLists(builtins),
    ...createClosures(builtins),
    ...createAssignments(builtins, identities, (target) => isProvenNoProxy(target, proofs, proxyTest)),
    handleEvent: leased.answer,
    capture,
    begin(request, accessors, positions, values) {
      leased.renew();
      return exactCapture.begin(request, accessors, positions, values);
    },
    keeper: keptValues.keeper,
    expectKept: keptValues.expect,
    isKept: keptValues.has,
    dropKept: keptValues.drop,
    namesAlong: objectNames.along,
    namesOf: objectNames.of,
    components: createComponents(builtins),
    read(request, roots, again, kept, accessors) {
      walker.useAccessors(accessors);
      const thunks: List<() => unknown> & { length: number } = { __proto__: null, length: roots.length };
      for (let index = 0; index < roots.length; index += 1) thunks[index] = roots[index] ?? (() => undefined);
      for (let index = 0; index < again.length; index += 1) {
        const drawn = again[index];
        const object = drawn === undefined ? undefined : identities.find(drawn[1]);
        if (drawn !== undefined && object !== undefined) thunks[drawn[0]] = () => object;
      }
      for (let index = 0; index < kept.length; index += 1) {
        const pair = kept[index];
        if (pair !== undefined) thunks[pair[0]] = keptValues.take(pair[1]);
      }
      return send(capture(request, thunks));
    },
    send,
    fetch,
    drop,
    takePageCall(event, request) {
      const call = calls.fetch(event, request);
      return call && { names: call.names, reply: send(call.reply) };
    },
    endPageCalls: calls.end,
    getErrorPrototype: () => builtins.errorPrototype,
    prototypeOf(boxed) {
      const prototype = builtins.data(functionIn(boxed), 'prototype');
      return isObject(prototype) && isPlain(builtins, proofs, prototype) ? prototype : undefined;
    },
    getJudges: () => builtins.judges,
    useNativeTypes(types) {
      if (isNativeTypes(types)) proofs.useNative(types);
    },
    useAccessors: walker.useAccessors,
    attach(token, lease) {
      leased.attach(agent, token, lease);
      leased.renew();
    },
    renew: leased.renew,
    rest: leased.rest,
    release: leased.release,
    attachTo: (node) => mark(node, 'agent', agent),
    find: identities.find,
    findBoxed(id) {
      const object = identities.find(id);
      return object === undefined ? undefined : [0, object];
    },
    findFunction(id) {
      const found = identities.find(id);
      return typeof found === 'function' ? found : undefined;
    },
    act(id, action, inDevTools) {
      const target = identities.find(id);
      return target === undefined ? ['gone'] : tools.act(target, `#${id}`, action, inDevTools);
    },
    tools,
  };
  return agent;
}

/** Whether it is not an error, or one like the prototypes of old-style error constructors, whose description runs no code. */
function isPlain(builtins: Builtins, proofs: Proofs, prototype: object): boolean {
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
