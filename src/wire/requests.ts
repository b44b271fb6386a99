/**
 * Every question to the agent and its answer, as types that both ends import: src/page/agent.ts answers them, and
 * src/capture/scripts/agent-call.ts asks. Constants and types only, because it becomes part of a script that runs in
 * foreign pages.
 */
import type { ReadOptions } from '../snapshot/read-options.ts';
import type { ObjectId } from '../snapshot/snapshot.ts';
import type { DeclaredNames, DetailSpec, RootSpec } from './debugger-exchange.ts';
import type { Reply } from './format.ts';

/** A number that no object has. It replaces null, which `chrome.debugger` drops. */
export const noObject = 0;

export interface CaptureRequest {
  readonly view: ReadOptions;
  /** The object whose retainers are searched; `noObject` to read what the roots reach. */
  readonly sought: ObjectId;
  /** The lowest number that nobody has given in this heap. */
  readonly next: ObjectId;
}

export interface ExactRequest extends CaptureRequest {
  readonly roots: readonly RootSpec[];
  /**
   * Whether a hook for the stacks of errors, which runs when the protocol describes one, is the page's code although it
   * was there before the agent.
   */
  readonly stackHooks: boolean;
  /** Whether the debugger looks at all errors without being asked to, and private fields are among an object's details. */
  readonly inNode: boolean;
}

/** What a step of an exact capture asks for, by name. Only the digit crosses. */
export const stepDigits = { kinds: 0, details: 1, reply: 2, errors: 3, classes: 4, fields: 5 } as const;

/** A step of an exact capture: a list that begins with its digit. */
export type Step<V> =
  /** Asks what these objects are. */
  | readonly [digit: typeof stepDigits.kinds, ...objects: readonly V[]]
  /** Asks what only the debugger sees of these objects. */
  | readonly [digit: typeof stepDigits.details, ...objects: readonly V[]]
  /** Asks for all errors that there are. */
  | readonly [digit: typeof stepDigits.errors]
  /** Asks for the private names in the texts of classes. */
  | readonly [digit: typeof stepDigits.classes, ...texts: readonly string[]]
  /** Asks for the private fields of the objects in `fieldBoxes`: for each box, their names with a comma before each. */
  | readonly [digit: typeof stepDigits.fields, ...names: readonly string[]]
  /** The end. */
  | readonly [digit: typeof stepDigits.reply, ...reply: Reply];

/** The answer to DevTools: a reply, or its beginning with one piece, the number of waiting pieces, and the number of the delivery. */
export type SentReply = Reply | readonly [beginning: Reply, waiting: number, delivery: number];

/** A piece of a reply: a stream, and its texts. */
export type ReplyPiece = readonly [stream: Reply[number], texts: Reply[number]];

/** One call of the page's own code: its names, and the reply for their values. */
export interface PageCall<R = SentReply> {
  readonly names: readonly string[];
  readonly reply: R;
}

/**
 * What a user does with an object.
 * - `log`: log it to the Console.
 * - `store`: store it as a global variable, `temp1`, `temp2`, …
 * - `element`: select a DOM node in Elements.
 * - `definition`: show the source of a function or class.
 */
export type ObjectAction = 'log' | 'store' | 'element' | 'definition';

/** How an action ended. */
export type ActionAnswer =
  | readonly ['done']
  /** The name under which it is stored; null when the page allows no new globals. */
  | readonly ['stored', name: string | null]
  /** The object no longer exists. */
  | readonly ['gone']
  /** The page replaced the function of this name, which the action needs. */
  | readonly ['replaced', name: string]
  /** The node is not in the document. */
  | readonly ['detached']
  /** Only DevTools' own session can do it. */
  | readonly ['elsewhere']
  /** The function has no source. */
  | readonly ['sourceless'];

/**
 * Why a value was not given: the object or the value is gone, there is no such property, it has an accessor, it cannot be written, a
 * proxy's trap or the browser's own code would run, or the value does not fit.
 */
export type Refusal = 'gone' | 'missing' | 'accessor' | 'readonly' | 'proxy' | 'browser' | 'value';

/** How giving a value ended. */
export type AssignAnswer =
  /** The number of the change, by which it can be taken back. */
  | readonly ['assigned', change: number]
  | readonly ['refused', why: Refusal]
  /** The expression of the value threw. */
  | readonly ['thrown', text: string];

/** `[0, the value]` or `[1, what was thrown]`. */
export type Boxed<V> = readonly [thrown: 0 | 1, value: V];

/**
 * What can complete an expression. First the keys of a Map and the indexes of a list: numbers as they are written, texts after a `"`.
 * Then names by how far up the prototype chain they are, the object's own first. No lists where nothing is known.
 */
export type NamesByDistance = readonly (readonly string[])[];

/**
 * A place in the document where a framework holds its tree: the framework's name (`element`: a custom element), the element's
 * tag and id, its position among all elements, and the name of the property; empty for the element itself.
 */
export type ComponentPlace = readonly [framework: string, tag: string, id: string, position: number, key: string];

/** The types of arguments other than plain data, at one end of the wire. */
export interface End {
  /** A value of the page. */
  readonly value: unknown;
  /** `[0, a value]` or `[1, what was thrown]`, an array of ours. */
  readonly boxed: unknown;
  /** Any number of such values, as the last argument of a call. */
  readonly values: unknown;
  /** A function that returns a value. */
  readonly thunk: unknown;
  /** A function that reads or writes a variable: see assignments.ts. */
  readonly variable: unknown;
  /** The functions that return the roots. */
  readonly roots: unknown;
  /** A user's accessors, as functions. */
  readonly accessors: unknown;
}

/** All calls of the agent. A call never throws, whatever the page has done. */
export interface AgentCalls<E extends End> {
  /**
   * Evaluates each of `roots` (one that throws becomes a failed root), walks from what they return, and answers the reply.
   * @param again Roots that are not evaluated while the object that they returned before exists: position and number.
   * @param kept Roots that are not evaluated, because a keeper has kept their values: position and key. The agent then forgets these
   * values.
   */
  read(
    request: CaptureRequest,
    roots: E['roots'],
    again: readonly (readonly [root: number, id: ObjectId])[],
    kept: readonly (readonly [root: number, key: number])[],
    accessors: E['accessors'],
  ): SentReply;
  /** A function that keeps its argument under `key`, as the value of a root or as what it threw. */
  keeper(key: number, thrown: 0 | 1): E['value'];
  /** A program is about to run whose value is kept under this new key. */
  expectKept(key: number): void;
  isKept(key: number): boolean;
  /** Nobody waits for it any more: a value that comes later is not kept. */
  dropKept(key: number): void;
  /**
   * The names of what `path` leads to from the global object on, for completion: by data properties alone.
   * @param lexical Gives the value of the first name where it is no property of the global object.
   */
  namesAlong(path: readonly string[], lexical: E['thunk']): NamesByDistance;
  /** The names of a value. */
  namesOf(value: E['value']): NamesByDistance;
  /** Where frameworks hold their trees in the document. */
  components(): readonly ComponentPlace[];
  /** Functions of scripts in a list of V8's, from a position on; the first element says where to go on, 0 at the end. */
  pickFunctions(list: E['value'], from: number): E['value'];
  /** The classes and shapes in a list of V8's: see heap-lists.ts. */
  countClasses(list: E['value']): E['value'];
  /** Functions of scripts in a list of V8's by their texts, those with most objects first. */
  countFunctions(list: E['value']): E['value'];
  /** The functions of a list with the text of another one. */
  pickFunctionsLike(list: E['value'], sample: E['value'], unmarked: boolean): E['value'];
  /** Marks the objects of a list; answers how many. */
  markAll(list: E['value']): number;
  /** The objects of a list with these keys, or all for an empty text; only unmarked ones if `unmarked`. */
  pickObjects(list: E['value'], keys: string, unmarked: boolean): E['value'];
  /** The different scopes of modules and functions in V8's lists: see closures.ts. */
  differentScopes(lists: E['values']): readonly (number | string)[];
  /** The variables of the scope at a position of such a list, as V8 has just made them. */
  variablesAt(list: E['value'], level: number): E['value'] | undefined;
  /** `[0, the value of one of them]`; undefined where there is none. */
  variableAt(list: E['value'], level: number, name: string): E['value'] | undefined;
  /** Removes the waiting piece at `index`, from 0, and answers it; null when there is none. */
  fetch(delivery: number, index: number): ReplyPiece | null;
  /** Drops the waiting pieces. */
  drop(delivery: number): void;
  /**
   * The latest call of the page's own code since the last question, or null. From now on the agent listens to `event`,
   * and reads as `request` says.
   */
  takePageCall(event: string, request: CaptureRequest): PageCall | null;
  /** Stops listening to calls of the page. */
  endPageCalls(): void;

  /** Keeps values for the roots of the next capture, by their positions. */
  put(positions: readonly number[], values: E['values']): void;
  /** Starts an exact capture, after a `put` of `values`. It replaces one that was not finished. */
  begin(
    request: ExactRequest,
    accessors: E['accessors'],
    positions: readonly number[],
    values: E['values'],
  ): Step<E['value']>;
  /** Abandons the capture. */
  abandon(): void;
  /**
   * Answers `kinds` with one character for each object, see `Proof`.
   * @param alone From now on the agent proves by itself that most objects are no proxies, and asks only about the others.
   */
  answerKinds(codes: string, hurry: boolean, alone: boolean): Step<E['value']>;
  /** Answers `details`. The specs refer to `values` by position. */
  answerDetails(specs: readonly DetailSpec[], hurry: boolean, values: E['values']): Step<E['value']>;
  /** Answers `errors` with all objects that inherit from %Error.prototype%; null means that the latest result is still valid. */
  answerErrors(list: E['value'] | null, hurry: boolean): Step<E['value']>;
  /** Answers `errors` where they cannot be asked for: what may hold one is not read for this reason, a clause. */
  refuseErrors(reason: string): Step<E['value']>;
  /** Answers `classes` in the same order; null for a text that does not parse. */
  answerClasses(list: readonly (DeclaredNames | null)[], hurry: boolean): Step<E['value']>;
  /**
   * What `fields` asks for: a list of objects with the number `n` of objects, the objects `l` and the place `x` for an array of
   * values of each; `i` is the number of those that are done.
   */
  getFieldBoxes(): E['value'];
  /** Makes them a property of the global object that is not enumerable, where no name of the debugger's leads to them. */
  nameFieldBoxes(name: string): boolean;
  unnameFieldBoxes(name: string): void;
  /**
   * Answers `fields`. Where not all are done, reading the next one threw.
   * @param can False: they cannot be read in this way.
   */
  answerFields(can: boolean, hurry: boolean): Step<E['value']>;
  /** The debugger can list the objects that inherit from it. */
  getErrorPrototype(): E['value'];
  /** The `prototype` of the function in `[0, function]`; undefined when it has none, or the protocol must not describe it. */
  prototypeOf(boxed: E['value']): E['value'] | undefined;
  /** A 0, then the builtins that judged all others, so that the debugger can check them for proxies. */
  getJudges(): readonly [0, ...(readonly (E['value'] | undefined)[])];
  /** Node's own tests of types say what objects are. */
  useNativeTypes(types: E['value']): void;

  /** Makes the agent listen to an event of the page for a lease of so many milliseconds, or renews the lease. See lease.ts. */
  attach(token: string, lease: number): void;
  renew(): void;
  rest(period: number): void;
  release(): void;

  /** Gives a DOM node that is in no document the agent as its own property `agent`: it carries it to another frame. */
  attachTo(node: E['value']): void;

  /** `[0, the object with this number]`; undefined when the object is gone. */
  findBoxed(id: ObjectId): Boxed<E['value']> | undefined;
  /** The function with this number. */
  findFunction(id: ObjectId): E['value'] | undefined;
  /** @param inDevTools Whether DevTools' own session asks; only its command line has some of the functions. */
  act(id: ObjectId, action: ObjectAction, inDevTools: boolean): ActionAnswer;

  /**
   * Gives an own data property the value in the box. See assignments.ts for all of these.
   * @param key The name of the property, or the number of a symbol.
   */
  assign(id: ObjectId, key: string | number, boxed: E['boxed']): AssignAnswer;
  assignVariable(name: string, boxed: E['boxed'], access: E['variable']): AssignAnswer;
  reassign(change: number): AssignAnswer;
  noteValue(boxed: E['boxed']): number;
  exchange(change: number, boxed: E['boxed']): E['boxed'] | undefined;
  isErrorIn(boxed: E['boxed']): boolean;
  textAt(id: ObjectId, key: string | number): string | undefined;
  textOfVariable(name: string, access: E['variable']): string | undefined;
}
