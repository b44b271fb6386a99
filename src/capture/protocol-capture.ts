/**
 * Captures through the debugger's protocol: all that V8 knows of an object. The same agent as in eval-capture.ts walks,
 * but before it touches an object that may be a proxy it hands it out, and this asks the protocol what it is. Must never
 * make the page's code run but for a person's own expressions.
 *
 * What the protocol itself runs of the page: to describe an error, V8 calls getters on its prototypes and
 * `Error.prepareStackTrace`. So errors are never asked for, expressions are parsed in a world of our own first, and answers
 * come in arrays.
 */
import type { Protocol } from 'devtools-protocol';
import { Detail, type DetailSpec, type FrameSpec, Proof, type RootSpec } from '../snapshot/exchange.ts';
import { type Kind, kinds, scopeKinds } from '../snapshot/format.ts';
import { readReply } from '../snapshot/reader.ts';
import type { ObjectId, ScopeKind, Snapshot, View } from '../snapshot/snapshot.ts';
import { createAccessorCompiler } from './accessors.ts';
import { type Capture, type FrameRequest, HAS_SIDE_EFFECTS, labelOf, type RootRequest } from './capture.ts';
import type { Connection, Failure, Outcome, RequestOptions } from './connection.ts';
import { type Deed, type Done, doThroughDevTools, readDone } from './deed.ts';
import type { NumberSource } from './eval-capture.ts';
import { sentence } from './failure.ts';
import { type Heartbeat, LEASE } from './heartbeat.ts';
import { heldAgent } from './held-agent.ts';
import { boxedScript, newAgentScript, parseScript, putScript } from './page-script.ts';
import type { Method, Parameters, ProtocolSession, Result } from './protocol.ts';

type RemoteObject = Protocol.Runtime.RemoteObject;

export interface ProtocolCaptureOptions {
  /** Where expressions are evaluated: the execution context of a frame. Without it, the session's default. */
  readonly executionContextId?: number;
  /** Milliseconds that an expression in a paused frame may run; without it, FRAME_TIME. */
  readonly expressionTime?: number;
  /** The frame of that context; without it, the session's topmost one. */
  readonly frameId?: string;
  /**
   * Others that read the same heap, such as an eval capture: the page goes on holding one agent for all of them under
   * `token`, so that numbers agree, and they see to it that it lets go in the end. With their `connection` DevTools' own
   * session answers for `$0` and `$_`.
   */
  readonly beside?: { readonly token: string; readonly connection?: Connection };
  /** Where the heap's numbers go on. Without it they begin at 1, and again after each navigation. */
  readonly numbers?: NumberSource;
  /** Keeps what is held under `beside.token` held as long as this lives. */
  readonly heartbeat?: Heartbeat;
}

export interface ProtocolCapture extends Capture {
  /** Lets the page forget what it holds under `beside.token`, whoever reads it. What is asked after that begins anew. */
  release(): Promise<void>;
}

/** The world in which expressions are parsed. */
const WORLD = 'Memory Graph';
/** Part of a deadline after which nothing more is asked and what is there is taken. */
const HURRY_AFTER = 0.7;
/** Milliseconds. Classes of errors with getters come with a page's scripts, not between two steps. */
const ERRORS_STAY = 2000;
/** After so many rounds of questions in one capture (more in a large heap), or for so many objects at once, V8 is asked for all objects instead. */
const MOST_ROUNDS = 24;
/** To ask V8 for all objects takes as long as a round for each so many bytes of the heap: 5 s for a million objects. */
const BYTES_PER_ROUND = 20_000;
const MANY_OBJECTS = 20_000;
/** Milliseconds for an expression in a paused frame, after which V8 ends it: the page must not hang by it. */
const FRAME_TIME = 500;
/** What only DevTools' own session knows: the selected elements, the last result, and what `graph(…)` was given. */
const CONSOLE_NAMES = /(?<![\w$.])(?:\$[0-4_](?![\w$])|graph\[\d+\])/;

/** Thrown and caught in this module only. */
class Failed extends Error {
  constructor(readonly failure: Failure) {
    super(failure.kind);
  }
}

/** Asks, within what is left of a request's deadline. Throws Failed. */
interface Asker {
  send<M extends Method>(method: M, parameters: Parameters<M>): Promise<Result<M>>;
  /** The value of a request that is made of several. */
  of<T>(request: (options: RequestOptions) => Promise<Outcome<T>>): Promise<T>;
  /** True when it is time to come to an end. */
  late(): boolean;
  readonly options: RequestOptions;
}

/** When the last request ends that reads by an agent; all who share its numbers share it. */
const turns = new WeakMap<NumberSource, Promise<void>>();

export function createProtocolCapture(session: ProtocolSession, options: ProtocolCaptureOptions = {}): ProtocolCapture {
  const { executionContextId, beside, expressionTime = FRAME_TIME } = options;
  // Groups belong to the session, which others may use too.
  const name = `memory-graph-${crypto.randomUUID()}`;
  /** Remote handles of one request, released when it ends. */
  let group = `${name}-0`;
  let requests = 0;
  /** Remote handles that live as long as this. */
  const agentGroup = `${name}-agent`;
  const token = beside?.token ?? `memory-graph-${crypto.randomUUID()}`;
  /** The agent's remote handles by execution context; null is the session's default. */
  let handles = new Map<number | null, string>();
  const numbers = options.numbers ?? { next: 1 };
  /** Node answers what objects are by itself, and its own hook for stacks is no page's. */
  let nativeTypes = false;
  let world: Promise<number | null> | null = null;
  let errorsSeen = Number.NEGATIVE_INFINITY;
  const parsed = new Set<string>();
  const scriptUrls = new Map<string, string>();
  const forget = session.on('Debugger.scriptParsed', ({ scriptId, url }) => {
    if (url) scriptUrls.set(scriptId, url);
  });
  const stopRenewing = beside && options.heartbeat ? options.heartbeat(() => void tellAgents(RENEW)) : () => {};

  function asker(requestOptions: RequestOptions): Asker {
    const started = performance.now();
    async function of<T>(request: (options: RequestOptions) => Promise<Outcome<T>>): Promise<T> {
      const left = Math.max(1, requestOptions.deadline - (performance.now() - started));
      const outcome = await request({ ...requestOptions, deadline: left });
      if (outcome.ok) return outcome.value;
      const { failure } = outcome;
      throw new Failed(failure.kind === 'timeout' ? { ...failure, milliseconds: requestOptions.deadline } : failure);
    }
    return {
      options: requestOptions,
      late: () => performance.now() - started > requestOptions.deadline * HURRY_AFTER,
      send: (method, parameters) => of((left) => session.send(method, parameters, left)),
      of,
    };
  }

  function inContext(context: number | null): { contextId?: number } {
    return context === null ? {} : { contextId: context };
  }

  // --- the agent

  async function evaluateHandle(ask: Asker, expression: string, context: number | null): Promise<string | null> {
    const { result, exceptionDetails } = await ask.send('Runtime.evaluate', {
      ...inContext(context),
      expression,
      silent: true,
      objectGroup: agentGroup,
    });
    if (exceptionDetails) throw new Failed(thrown(exceptionDetails));
    return result.objectId ?? null;
  }

  /** The agent as seen from an execution context: one agent for all contexts that can reach the topmost one. */
  async function agentIn(ask: Asker, context: number | null): Promise<string> {
    const known = handles.get(context);
    if (known !== undefined) return known;
    const [other] = handles.values();
    // A lease may have ended since.
    if (other !== undefined) await callAgent(ask, other, HOLD, [{ value: token }]);
    // Without need not even that is asked: see CONSOLE_FUNCTIONS.
    const findable = beside !== undefined || other !== undefined;
    let handle = findable ? await ask.of((options) => heldAgent(session, token, context, agentGroup, options)) : null;
    if (other !== undefined && !beside) await callAgent(ask, other, RELEASE, []);
    if (handle === null && handles.size === 0 && context !== null) {
      // Frames of the same origin share the objects, so they share the numbers, which the topmost one keeps.
      keepHandle(null, await newAgent(ask, null));
      return agentIn(ask, context);
    }
    handle ??= await newAgent(ask, context);
    keepHandle(context, handle);
    return handle;
  }

  function keepHandle(context: number | null, handle: string): void {
    handles.set(context, handle);
    // The session's default context has a number too.
    const own = contextOf({ objectId: handle });
    if (own !== null) handles.set(own, handle);
  }

  async function newAgent(ask: Asker, context: number | null): Promise<string> {
    const script = newAgentScript(numbers.next, beside ? token : null, session.inNode === true);
    const handle = await evaluateHandle(ask, script, context);
    if (handle === null) throw new Failed({ kind: 'corrupt', message: 'The page gave no agent.' });
    errorsSeen = Number.NEGATIVE_INFINITY;
    if (!session.inNode) return handle;
    const { result } = await ask.send('Runtime.evaluate', {
      ...inContext(context),
      expression: `process.getBuiltinModule?.('util').types`,
      silent: true,
      objectGroup: group,
    });
    const types = result.objectId === undefined ? null : [{ objectId: result.objectId }];
    nativeTypes = types !== null;
    if (types) await callAgent(ask, handle, 'function(types) { this.useNativeTypes(types); }', types);
    return handle;
  }

  async function callAgent(
    ask: Asker,
    handle: string,
    functionDeclaration: string,
    parameters: Protocol.Runtime.CallArgument[],
  ): Promise<RemoteObject> {
    const { result, exceptionDetails } = await ask.send('Runtime.callFunctionOn', {
      objectId: handle,
      functionDeclaration,
      arguments: parameters,
      silent: true,
      objectGroup: group,
      serializationOptions: { serialization: 'deep', maxDepth: 1 },
    });
    if (exceptionDetails) throw new Failed(thrown(exceptionDetails));
    return result;
  }

  /** The handle of what the agent gives, without a look into it: deep serialisation runs the getters of a prototype. */
  async function handleOf(
    ask: Asker,
    handle: string,
    functionDeclaration: string,
    parameters: Protocol.Runtime.CallArgument[],
  ): Promise<string | undefined> {
    const { result, exceptionDetails } = await ask.send('Runtime.callFunctionOn', {
      objectId: handle,
      functionDeclaration,
      arguments: parameters,
      silent: true,
      objectGroup: group,
    });
    if (exceptionDetails) throw new Failed(thrown(exceptionDetails));
    return result.objectId;
  }

  /** Something that needs no answer. */
  async function tellAgents(functionDeclaration: string): Promise<void> {
    const told = [...new Set(handles.values())].map((objectId) =>
      session.send('Runtime.callFunctionOn', { objectId, functionDeclaration, silent: true }, { deadline: 1000 }),
    );
    await Promise.all(told);
  }

  // --- roots

  /** What the agent is given as roots: specs, and the values that they speak of. */
  interface Given {
    readonly specs: RootSpec[];
    readonly values: Protocol.Runtime.CallArgument[];
    /** Roots that DevTools' own session evaluates, by position among the values. */
    readonly console: { readonly at: number; readonly expression: string; readonly root: number }[];
  }

  function argumentOf(value: RemoteObject): Protocol.Runtime.CallArgument {
    if (value.objectId !== undefined) return { objectId: value.objectId };
    if (value.unserializableValue !== undefined) return { unserializableValue: value.unserializableValue };
    return value.type === 'undefined' ? {} : { value: value.value };
  }

  function add(given: Given, value: Protocol.Runtime.CallArgument): number {
    given.values.push(value);
    return given.values.length - 1;
  }

  function addFrame(given: Given, frame: FrameRequest): FrameSpec {
    return {
      label: frame.label,
      scopes: frame.scopes.map(({ kind, objectId }) => ({
        kind: scopeKinds.indexOf(kind),
        at: add(given, { objectId }),
      })),
      extras: frame.extras.map(({ name, value }) => ({ name, at: add(given, argumentOf(value)) })),
    };
  }

  const compile = createAccessorCompiler();

  /** Null: it parses. A sentence: why it does not. Without running a SyntaxError of the page's realm by its hooks. */
  async function parseFailure(ask: Asker, expression: string): Promise<string | null> {
    if (parsed.has(expression)) return null;
    const world = await parsingWorld(ask);
    if (world === null) return null;
    const { exceptionDetails } = await ask.send('Runtime.evaluate', {
      contextId: world,
      // A function around it is parsed and not called.
      expression: `() => ${parseScript(expression)}`,
      silent: true,
      returnByValue: true,
    });
    if (exceptionDetails) return sentence(thrown(exceptionDetails));
    parsed.add(expression);
    return null;
  }

  /** Null where there is none. */
  function parsingWorld(ask: Asker): Promise<number | null> {
    const making = world ?? makeWorld(ask);
    world = making;
    making.catch(() => {
      if (world === making) world = null;
    });
    return making;
  }

  async function makeWorld(ask: Asker): Promise<number | null> {
    try {
      const frameId = options.frameId ?? (await ask.send('Page.getFrameTree', undefined)).frameTree.frame.id;
      return (await ask.send('Page.createIsolatedWorld', { frameId, worldName: WORLD })).executionContextId;
    } catch (error) {
      // Workers and Node have no pages.
      if (error instanceof Failed && error.failure.kind === 'refused') return null;
      throw error;
    }
  }

  async function evaluateBoxed(
    ask: Asker,
    expression: string,
    frame: string | undefined,
    pure = false,
  ): Promise<{ readonly objectId: string } | { readonly failure: string }> {
    const failure = await parseFailure(ask, expression);
    if (failure !== null) return { failure };
    const script = boxedScript(expression);
    const common = {
      expression: script,
      silent: true,
      includeCommandLineAPI: CONSOLE_FUNCTIONS.test(expression),
      objectGroup: group,
    };
    let answer: Result<'Runtime.evaluate'>;
    const time = frame === undefined ? Math.round(ask.options.deadline * HURRY_AFTER) : expressionTime;
    const started = performance.now();
    try {
      answer =
        frame === undefined
          ? await ask.send('Runtime.evaluate', {
              ...common,
              ...inContext(executionContextId ?? null),
              // One that does not end would hold the page for ever.
              timeout: time,
            })
          : await ask.send('Debugger.evaluateOnCallFrame', {
              ...common,
              callFrameId: frame,
              throwOnSideEffect: pure,
              timeout: time,
            });
    } catch (error) {
      if (!(error instanceof Failed) || error.failure.kind !== 'thrown') throw error;
      if (frame !== undefined) return { failure: `It took longer than ${time} ms: make it simpler.` };
      if (performance.now() - started < time) throw error;
      return { failure: sentence({ kind: 'stopped', milliseconds: time }) };
    }
    const { result, exceptionDetails } = answer;
    if (pure && exceptionDetails?.exception?.description?.startsWith('EvalError: Possible side-effect'))
      return { failure: HAS_SIDE_EFFECTS };
    if (exceptionDetails) return { failure: sentence(thrown(exceptionDetails)) };
    if (result.objectId === undefined) return { failure: 'The page gave no answer for it: draw again.' };
    return { objectId: result.objectId };
  }

  /** @param position Of the root among all. */
  async function addRoot(ask: Asker, given: Given, root: RootRequest, position: number): Promise<RootSpec> {
    switch (root.type) {
      case 'object':
        return { type: 'object', at: add(given, { objectId: root.objectId }) };
      case 'stack':
        return { type: 'stack', frames: root.frames.map((frame) => addFrame(given, frame)) };
      case 'scope':
        return { type: 'scope', frame: addFrame(given, root.frame), depth: root.depth };
      case 'expression': {
        const again = root.again === undefined ? null : await boxedAgain(ask, root.again);
        if (again) return { type: 'boxed', at: add(given, again) };
        if (beside?.connection && root.frame === undefined && CONSOLE_NAMES.test(root.expression)) {
          const at = add(given, {});
          given.console.push({ at, expression: root.expression, root: position });
          return { type: 'boxed', at };
        }
        const answer = await evaluateBoxed(ask, root.expression, root.frame, root.pure);
        if ('failure' in answer) return { type: 'failed', reason: answer.failure };
        return { type: 'boxed', at: add(given, answer) };
      }
      case 'instances':
        return addInstances(ask, given, root.expression);
    }
  }

  async function boxedAgain(ask: Asker, id: ObjectId): Promise<Protocol.Runtime.CallArgument | null> {
    const handle = await agentIn(ask, executionContextId ?? null);
    const { objectId } = await callAgent(ask, handle, FIND_BOXED, [{ value: id }]);
    return objectId === undefined ? null : { objectId };
  }

  async function addInstances(ask: Asker, given: Given, expression: string): Promise<RootSpec> {
    const noClass: RootSpec = {
      type: 'failed',
      reason: `${expression} is no class: give the name of a class or constructor.`,
    };
    const answer = await evaluateBoxed(ask, expression, undefined);
    if ('failure' in answer) return { type: 'failed', reason: answer.failure };
    const [status, maker] = await elementsOf(ask, answer.objectId);
    if (status?.value !== 0 || maker?.type !== 'function' || maker.subtype === 'proxy' || maker.objectId === undefined)
      return noClass;
    const { result } = await ask.send('Runtime.getProperties', { objectId: maker.objectId, ownProperties: true });
    const prototype = result.find(({ name }) => name === 'prototype')?.value?.objectId;
    if (prototype === undefined) return noClass;
    const { objects } = await ask.send('Runtime.queryObjects', { prototypeObjectId: prototype, objectGroup: group });
    return {
      type: 'instances',
      prototype: add(given, { objectId: prototype }),
      list: add(given, argumentOf(objects)),
      name: expression,
    };
  }

  async function elementsOf(ask: Asker, objectId: string): Promise<readonly RemoteObject[]> {
    const { result } = await ask.send('Runtime.getProperties', { objectId, ownProperties: true });
    const elements: RemoteObject[] = [];
    for (const { name, value } of result) if (value && /^\d+$/.test(name)) elements[Number(name)] = value;
    return elements;
  }

  interface Placed {
    readonly at: number;
    readonly value: Protocol.Runtime.CallArgument;
  }

  /**
   * Hands in the values of other execution contexts than the home one, through the agent's handles there, and those that
   * the console evaluates. Returns the others, which go with the request itself: a question less.
   */
  async function giveValues(ask: Asker, given: Given, home: number | null, handle: string): Promise<readonly Placed[]> {
    const groups = new Map<number | null, Placed[]>();
    for (const [at, value] of given.values.entries()) {
      const context = contextOf(value) ?? home;
      const group = groups.get(context) ?? [];
      groups.set(context, group);
      group.push({ at, value });
    }
    const own: Placed[] = [];
    for (const [context, group] of groups) {
      const there = await agentIn(ask, context);
      if (there === handle) own.push(...group);
      else
        await callAgent(ask, there, `function() { ${putArguments(0)} }`, [
          { value: group.map(({ at }) => at) },
          ...group.map(({ value }) => value),
        ]);
    }
    for (const { at, expression, root } of given.console) {
      const put = await beside?.connection?.evaluate(putScript(token, expression, at), ask.options);
      const reason = !put?.ok
        ? sentence(put?.failure ?? { kind: 'disconnected', message: 'no console' })
        : put.value === true
          ? null
          : 'The console’s own names cannot be read while the page replaces its event listeners: store the value as a global variable.';
      if (reason !== null) given.specs[root] = { type: 'failed', reason };
    }
    const console = new Set(given.console.map(({ at }) => at));
    return own.filter(({ at }) => !console.has(at));
  }

  // --- one capture

  async function read(
    roots: readonly RootRequest[],
    view: View,
    sought: ObjectId | null,
    ask: Asker,
  ): Promise<Outcome<Snapshot>> {
    const given: Given = { specs: [], values: [], console: [] };
    const home = executionContextId ?? (handles.size > 0 ? ([...handles.keys()][0] ?? null) : null);
    // An agent is needed whatever the roots are: the page makes it while the expressions are parsed elsewhere.
    const making = agentIn(ask, home);
    const adding = Promise.all(roots.map((root, position) => addRoot(ask, given, root, position)));
    await Promise.allSettled([making, adding]);
    await making;
    given.specs.push(...(await adding));
    const [firstValue] = given.values.map(contextOf).filter((context) => context !== null);
    const agentContext = beside || executionContextId !== undefined ? home : (firstValue ?? home);
    const handle = await agentIn(ask, agentContext);
    const own = await giveValues(ask, given, agentContext, handle);
    const accessors = await compile(view.accessors, (source) => parseFailure(ask, source));
    // chrome.debugger drops what is null, and what an object lacks the page's Object.prototype would answer for.
    const request = { view, sought: sought ?? NOTHING, roots: given.specs, stackHooks: !nativeTypes };
    let step = await callAgent(ask, handle, begin(accessors), [
      { value: request },
      { value: own.map(({ at }) => at) },
      ...own.map(({ value }) => value),
    ]);
    let swept = false;
    let mostRounds = MOST_ROUNDS;
    for (let round = 0; ; round += 1) {
      const { code, types, fields } = await readStep(ask, step);
      if (code === 2) {
        const snapshot = readReply(fields, roots.map(labelOf));
        if (snapshot.ok) numbers.next = Math.max(numbers.next, snapshot.highest + 1);
        return snapshot;
      }
      const hurry = ask.late();
      if (code === 3) {
        step = await tellErrors(ask, handle, hurry);
      } else if (code === 0) {
        if (round === MOST_ROUNDS) {
          const { usedSize } = await ask.send('Runtime.getHeapUsage', undefined);
          mostRounds = Math.max(MOST_ROUNDS, usedSize / BYTES_PER_ROUND);
        }
        if (!swept && !hurry && (round >= mostRounds || types.length > MANY_OBJECTS)) {
          swept = true;
          await proveAll(ask, handle);
          step = await callAgent(ask, handle, `function() { return this.tellKinds('', false); }`, []);
          continue;
        }
        step = await callAgent(ask, handle, 'function(codes, hurry) { return this.tellKinds(codes, hurry); }', [
          { value: types.map(codeOfType).join('') },
          { value: hurry },
        ]);
      } else {
        const details = hurry ? { specs: [], values: [] } : await readDetails(ask, step, view);
        step = await callAgent(
          ask,
          handle,
          'function(specs, hurry) { return this.tellDetails(specs, arguments, hurry); }',
          [{ value: details.specs }, { value: hurry }, ...details.values],
        );
      }
    }
  }

  /** A step's first element, and the types or values of the others. */
  async function readStep(
    ask: Asker,
    step: RemoteObject,
  ): Promise<{ readonly code: unknown; readonly types: readonly string[]; readonly fields: readonly unknown[] }> {
    const deep: unknown = step.deepSerializedValue?.value;
    if (Array.isArray(deep)) {
      const [code, ...rest]: readonly Protocol.Runtime.DeepSerializedValue[] = deep;
      return { code: code?.value, types: rest.map(({ type }) => type), fields: rest.map(({ value }) => value) };
    }
    // Before Chrome 114 and in Node 20 there is no deep serialisation.
    const [code, ...rest] = await elementsOf(ask, step.objectId ?? '');
    return {
      code: code?.value,
      types: rest.map(({ subtype, className }) => (className === 'Arguments' ? 'object' : (subtype ?? 'object'))),
      fields: rest.map(({ value }) => value),
    };
  }

  /** V8 finds all objects that inherit from Object.prototype, and no proxies. Takes 50 to 100 ms for 20,000 objects. */
  async function proveAll(ask: Asker, handle: string): Promise<void> {
    const prototype = await handleOf(ask, handle, 'function() { return this.objectPrototype; }', []);
    if (prototype === undefined) return;
    const { objects } = await ask.send('Runtime.queryObjects', {
      prototypeObjectId: prototype,
      objectGroup: group,
    });
    await callAgent(ask, handle, 'function(list) { this.tellSafe(list); }', [argumentOf(objects)]);
  }

  /** What V8 runs to describe errors is on their prototypes: looked through anew when the last look was some time ago. */
  async function tellErrors(ask: Asker, handle: string, hurry: boolean): Promise<RemoteObject> {
    const now = performance.now();
    if (hurry || now - errorsSeen < ERRORS_STAY)
      return callAgent(ask, handle, 'function(hurry) { return this.tellErrors(null, hurry); }', [{ value: hurry }]);
    const prototype = await handleOf(ask, handle, 'function() { return this.errorPrototype; }', []);
    const { objects } = await ask.send('Runtime.queryObjects', {
      prototypeObjectId: prototype ?? '',
      objectGroup: group,
    });
    const step = await callAgent(ask, handle, 'function(list) { return this.tellErrors(list, false); }', [
      argumentOf(objects),
    ]);
    errorsSeen = now;
    return step;
  }

  async function readDetails(
    ask: Asker,
    step: RemoteObject,
    view: View,
  ): Promise<{ readonly specs: DetailSpec[]; readonly values: Protocol.Runtime.CallArgument[] }> {
    const wanted = (await elementsOf(ask, step.objectId ?? '')).slice(1);
    const answers = await Promise.all(wanted.map((object) => detailsOf(ask, object, view)));
    const specs: DetailSpec[] = [];
    const values: Protocol.Runtime.CallArgument[] = [];
    for (const [index, items] of answers.entries()) {
      for (const { what, name, value } of items) {
        values.push(value);
        // Two arguments stand before the values.
        specs.push([index, what, name, values.length + 1]);
      }
    }
    return { specs, values };
  }

  interface Item {
    readonly what: number;
    readonly name: string;
    readonly value: Protocol.Runtime.CallArgument;
  }

  async function detailsOf(ask: Asker, object: RemoteObject, view: View): Promise<readonly Item[]> {
    const { objectId, subtype } = object;
    if (objectId === undefined) return [];
    const answer = await ask.send('Runtime.getProperties', {
      objectId,
      ownProperties: true,
      nonIndexedPropertiesOnly: true,
    });
    const items: Item[] = [];
    const internals = new Map((answer.internalProperties ?? []).map(({ name, value }) => [name, value]));
    const pending = internals.get('[[PromiseState]]')?.value === 'pending';
    const revoked = internals.get('[[IsRevoked]]')?.value === true;
    for (const [name, value] of internals) {
      if (value === undefined) continue;
      switch (name) {
        case '[[PromiseResult]]':
          if (!pending) items.push({ what: Detail.Internal, name, value: argumentOf(value) });
          break;
        case '[[Target]]':
        case '[[Handler]]':
          if (!revoked) items.push({ what: Detail.Internal, name, value: argumentOf(value) });
          break;
        case '[[IsRevoked]]':
          if (revoked) items.push({ what: Detail.Internal, name, value: { value: true } });
          break;
        case '[[PromiseState]]':
        case '[[TargetFunction]]':
        case '[[BoundThis]]':
        case '[[GeneratorState]]':
        case '[[GeneratorFunction]]':
        case '[[GeneratorReceiver]]':
        case '[[IteratorKind]]':
        case '[[IteratorIndex]]':
        case '[[IteratorHasMore]]':
          items.push({ what: Detail.Internal, name, value: argumentOf(value) });
          break;
        case '[[BoundArgs]]':
          items.push({ what: Detail.Elements, name, value: argumentOf(value) });
          break;
        case '[[Entries]]':
          if (subtype !== 'map' && subtype !== 'set')
            items.push({ what: Detail.Entries, name, value: argumentOf(value) });
          break;
        case '[[PrivateMethods]]':
          items.push({ what: Detail.Methods, name, value: argumentOf(value) });
          break;
        case '[[FunctionLocation]]':
        case '[[GeneratorLocation]]':
          items.push({ what: Detail.Internal, name, value: { value: placeOf(value.value) } });
          break;
        case '[[Scopes]]':
          if (view.scopes || subtype === 'generator') items.push(...(await scopesOf(ask, value, view.scopes)));
          break;
      }
    }
    for (const { name, value, get, set } of answer.privateProperties ?? []) {
      const bare = name.replace(/^#/, '');
      if (value !== undefined) items.push({ what: Detail.Field, name: bare, value: argumentOf(value) });
      else {
        const which = (isFunction(get) ? 1 : 0) + (isFunction(set) ? 2 : 0);
        items.push({ what: Detail.Accessor, name: bare, value: { value: which } });
      }
    }
    return items;
  }

  async function scopesOf(ask: Asker, list: RemoteObject, all: boolean): Promise<readonly Item[]> {
    const items: Item[] = [];
    for (const scope of await elementsOf(ask, list.objectId ?? '')) {
      const description = scope.description ?? '';
      const kind = scopeKindOf(description);
      // The script's and the global scope hold the whole page; a generator's own variables are always shown.
      if (kind === 'script' || kind === 'global' || (!all && kind !== 'local')) continue;
      if (items.length === MOST_SCOPES) break;
      items.push({
        what: Detail.Scope,
        name: `${scopeKinds.indexOf(kind)}${description}`,
        value: argumentOf(scope),
      });
    }
    return items;
  }

  /** `app.js:41:3`, counted from 1 as people do. */
  function placeOf(location: unknown): string {
    if (!isLocation(location)) return '';
    const url = scriptUrls.get(location.scriptId);
    const file = url ? (/[^/]*$/.exec(url.replace(/[?#].*$/, ''))?.[0] ?? '') : '';
    return `${file || 'line '}${file ? ':' : ''}${location.lineNumber + 1}:${(location.columnNumber ?? 0) + 1}`;
  }

  /** Requests wait for each other, for an agent reads one thing at a time. */
  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = turns.get(numbers);
    let done = () => {};
    turns.set(
      numbers,
      new Promise<void>((resolve) => {
        done = resolve;
      }),
    );
    await before;
    // A release that is late must not take what the next request holds.
    requests += 1;
    group = `${name}-${requests}`;
    const own = group;
    try {
      return await work();
    } finally {
      void session.send('Runtime.releaseObjectGroup', { objectGroup: own }, { deadline: 1000 });
      done();
    }
  }

  /** Where DevTools' own session does not reach: workers, and frames of other origins. */
  async function actHere(target: ObjectId, deed: Deed, requestOptions: RequestOptions): Promise<Outcome<Done>> {
    const [handle] = handles.values();
    const ask = asker(requestOptions);
    if (handle === undefined) return { ok: true, value: readDone(['gone']) };
    try {
      if (deed === 'definition') return { ok: true, value: await definitionOf(ask, handle, target) };
      const answer = await callAgent(ask, handle, ACT, [{ value: target }, { value: deed }]);
      const { code, fields } = await readStep(ask, answer);
      return { ok: true, value: readDone([code, ...fields]) };
    } catch (error) {
      if (error instanceof Failed) return { ok: false, failure: error.failure };
      throw error;
    }
  }

  async function definitionOf(ask: Asker, handle: string, target: ObjectId): Promise<Done> {
    // A function, or nothing: of an error the protocol would tell more than is asked for.
    const objectId = await handleOf(ask, handle, FIND_FUNCTION, [{ value: target }]);
    if (objectId === undefined) return readDone(['gone']);
    const { internalProperties = [] } = await ask.send('Runtime.getProperties', { objectId, ownProperties: true });
    const location: unknown = internalProperties.find(({ name }) => name === '[[FunctionLocation]]')?.value?.value;
    if (!isLocation(location)) return readDone(['sourceless']);
    const { scriptId, lineNumber, columnNumber = 0 } = location;
    const place = { scriptId, url: scriptUrls.get(scriptId) ?? '', line: lineNumber, column: columnNumber };
    return { type: 'found', place };
  }

  async function attempt(
    roots: readonly RootRequest[],
    view: View,
    sought: ObjectId | null,
    requestOptions: RequestOptions,
  ): Promise<Outcome<Snapshot>> {
    const known = handles.size > 0 || world !== null;
    try {
      return await read(roots, view, sought, asker(requestOptions));
    } catch (error) {
      // Answers are typed by what the protocol promises: one of another shape shows only when it is read.
      if (!(error instanceof Failed)) return { ok: false, failure: { kind: 'corrupt', message: String(error) } };
      const { failure } = error;
      if (failure.kind !== 'navigated' && failure.kind !== 'crashed') {
        // Half of a capture would keep the objects that it has met.
        void tellAgents(ABANDON);
        return { ok: false, failure };
      }
      const stale = known && failure.kind === 'navigated';
      handles = new Map();
      world = null;
      if (options.numbers === undefined) numbers.next = 1;
      // The handles were of a document that is gone since the capture before this one.
      return stale ? attempt(roots, view, sought, requestOptions) : { ok: false, failure };
    }
  }

  return {
    way: 'debugger',
    capture: (roots, view, requestOptions) => inTurn(() => attempt(roots, view, null, requestOptions)),
    referrers: (target, roots, view, requestOptions) => inTurn(() => attempt(roots, view, target, requestOptions)),
    act(target, deed, requestOptions) {
      // Only DevTools' own session has the functions that this takes, and it reaches all that this agent has numbered.
      if (beside?.connection) return doThroughDevTools(beside.connection, token, target, deed, requestOptions);
      return inTurn(() => actHere(target, deed, requestOptions));
    },
    async release() {
      const told = tellAgents(RELEASE);
      handles = new Map();
      await told;
    },
    async close() {
      forget();
      stopRenewing();
      const deadline = { deadline: 1000 };
      handles = new Map();
      await Promise.all([
        session.send('Runtime.releaseObjectGroup', { objectGroup: group }, deadline),
        session.send('Runtime.releaseObjectGroup', { objectGroup: agentGroup }, deadline),
      ]);
    },
  };
}

/** Puts the arguments after a list of places at those: a statement in a function that is called on the agent. */
const putArguments = (places: number): string =>
  `for (let i = 0; i < arguments[${places}].length; i += 1) this.put(arguments[${places}][i], [arguments[i + ${places + 1}]], 0);`;

/** Called on the agent. */
const HOLD = `function(token) { this.hold(token, ${LEASE}); this.renew(); }`;
const RENEW = 'function() { this.renew(); }';
const RELEASE = 'function() { this.release(); }';
const ABANDON = 'function() { this.abandon(); }';
const ACT = `function(id, deed) {
  const object = this.find(id);
  if (object === undefined) return ['gone'];
  if (deed === 'store') return ['stored', this.tools.store(object)];
  if (deed === 'log') return this.tools.log('#' + id, object) ? ['done'] : ['taken', 'console.log'];
  return ['elsewhere'];
}`;
const FIND_BOXED = `function(id) {
  const object = this.find(id);
  return object === undefined ? undefined : [0, object];
}`;
const FIND_FUNCTION = `function(id) {
  const found = this.find(id);
  return typeof found === 'function' ? found : undefined;
}`;
/** No object's number. */
const NOTHING = 0;
/**
 * Without names of parameters, which a person's accessors would see.
 * @param accessors The text of a list.
 */
const begin = (accessors: string): string =>
  `function() { this.renew(); ${putArguments(1)} this.useAccessors(${accessors}); if (arguments[0].sought === ${NOTHING}) arguments[0].sought = null; return this.begin(arguments[0]); }`;
/**
 * The console's functions. Only for an expression that may name one: to put them in scope, V8 reads descriptors that
 * inherit from the page's Object.prototype.
 */
const CONSOLE_FUNCTIONS = /\$|\b(?:getEventListeners|keys|values)\b/;
/** The agent numbers so many scopes of a function. */
const MOST_SCOPES = 15;

function isFunction(value: RemoteObject | undefined): boolean {
  return value?.type === 'function';
}

function isLocation(value: unknown): value is Protocol.Debugger.Location {
  return typeof value === 'object' && value !== null && 'scriptId' in value && 'lineNumber' in value;
}

/** The execution context that a remote object's handle belongs to: V8 writes isolate, context and number. */
function contextOf({ objectId }: Protocol.Runtime.CallArgument): number | null {
  const match = /^-?\d+\.(\d+)\.\d+$/.exec(objectId ?? '');
  return match ? Number(match[1]) : null;
}

/** From V8's words for the scopes of a function: `Closure (outer)`, `With Block`. */
function scopeKindOf(description: string): ScopeKind {
  const [word = ''] = description.toLowerCase().split(' ');
  return scopeKinds.find((kind) => kind === word) ?? 'closure';
}

/** A character for what the protocol says that an object is: a code of `Proof`, from `0` on. */
function codeOfType(type: string): string {
  const code = PROTOCOL_KINDS.has(type) ? Proof.FirstKind + KIND_NAMES.indexOf(type) : Proof.Plain;
  return String.fromCharCode(48 + code);
}

const KIND_NAMES: readonly string[] = kinds;

/** Those of the protocol's types that say the same as our kinds. */
const PROTOCOL_KINDS: ReadonlySet<string> = new Set<Kind>([
  'array',
  'regexp',
  'date',
  'map',
  'set',
  'weakmap',
  'weakset',
  'error',
  'proxy',
  'promise',
  'typedarray',
  'arraybuffer',
  'generator',
  'node',
  'window',
]);

function thrown({ text, exception }: Protocol.Runtime.ExceptionDetails): Failure {
  const [message = text] = (exception?.description ?? text).split('\n', 1);
  if (message.startsWith('SyntaxError: ')) return { kind: 'syntax', message: message.slice('SyntaxError: '.length) };
  return { kind: 'thrown', message };
}
