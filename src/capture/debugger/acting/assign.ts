/**
 * Gives properties and variables other values through the debugger, which also reaches workers, other frames and paused frames.
 * V8 must not describe a value for it, because a page's code may run when it describes an error.
 */
import type { Outcome, RequestOptions } from '../../../transport/outcome.ts';
import { say } from '../../../words/say.ts';
import {
  type Assignable,
  type Assigned,
  type ClosureVariable,
  type FrameVariable,
  readAssigned,
  refused,
} from '../../assignable.ts';
import type { Capture } from '../../capture.ts';
import { agentCall, Handed, Source } from '../../scripts/agent-call.ts';
import { variableAccess } from '../../scripts/page-script.ts';
import { type Agents, callAgent } from '../agent-handles.ts';
import type { Expressions } from '../expressions.ts';
import { argumentOf, type CallArgument, callOn, contextOf, readList } from '../remote-objects.ts';
import type { TimedSession } from '../timed-session.ts';
import { lightUp } from './agent-action.ts';
import { createClosureVariables, setInFrame } from './closure-variables.ts';

/** Gives values, and takes them back. All throw Failed. */
export interface Assigner {
  /** @param frame The paused frame in which the expression is evaluated. */
  assign(timed: TimedSession, place: Assignable, expression: string, frame: string | undefined): Promise<Assigned>;
  reassign(timed: TimedSession, change: number): Promise<Assigned>;
  /** The whole text; null when it is none. */
  textOf(timed: TimedSession, place: Assignable): Promise<string | null>;
}

/** Called on a scope of V8's, whose properties are plain ones. */
const VARIABLE = 'function(name) { return [0, this[name]]; }';
const UPDATE = 'function(name, value) { if (name in this) this[name] = value; }';
const ELEMENT = 'function() { return this[1]; }';
const TEXT = 'function(name) { return typeof this[name] === "string" ? this[name] : undefined; }';

export function createAssigner(agents: Agents, expressions: Expressions, context: number | null): Assigner {
  /** Variables of frames by the numbers of their changes: texts alone, so that nothing is kept alive. */
  const places = new Map<number, FrameVariable>();
  const closures = createClosureVariables(agents, context);

  /** `[0, the variable's value]`. */
  async function boxedVariable(timed: TimedSession, { copies: [own], name }: FrameVariable): Promise<CallArgument> {
    const { objectId } = await callOn(
      timed,
      own,
      { functionDeclaration: VARIABLE, arguments: [{ value: name }] },
      false,
    );
    return { objectId: objectId ?? '' };
  }

  async function setVariable(timed: TimedSession, place: FrameVariable, value: CallArgument): Promise<Assigned | null> {
    if (!(await setInFrame(timed, place, value))) return refused(say('assign_frame'));
    await updateCopies(timed, place, value);
    return null;
  }

  /** V8 gave copies of the scopes at the pause, from which the stack is read. */
  async function updateCopies(timed: TimedSession, { copies, name }: FrameVariable, value: CallArgument) {
    const update = { functionDeclaration: UPDATE, arguments: [{ value: name }, value] };
    for (const copy of copies) await callOn(timed, copy, update, false);
  }

  /** What a box has, as an argument; null when it is an error, which V8 would describe. */
  async function unboxed(timed: TimedSession, boxed: CallArgument, handle: string): Promise<CallArgument | null> {
    const isError = await callOn(timed, handle, agentCall('isErrorIn', new Handed(boxed)), false);
    if (isError.value === true) return null;
    const element = { functionDeclaration: ELEMENT, arguments: [] };
    return argumentOf(await callOn(timed, boxed.objectId ?? '', element, false));
  }

  async function assignInFrame(timed: TimedSession, place: FrameVariable, boxed: CallArgument): Promise<Assigned> {
    const handle = await agents.in(timed, contextOf(boxed) ?? context);
    const value = await unboxed(timed, boxed, handle);
    if (value === null) return refused(say('assign_error'));
    const before = await boxedVariable(timed, place);
    const failure = await setVariable(timed, place, value);
    if (failure) return failure;
    return { type: 'assigned', change: await noted(timed, handle, place, before) };
  }

  async function assignInClosure(timed: TimedSession, place: ClosureVariable, boxed: string): Promise<Assigned> {
    const now = await closures.read(timed, place);
    if (now === null) return readAssigned(['refused', 'gone']);
    if (await closures.areSame(timed, now, boxed)) return refused(say('assign_same'));
    const handle = await agents.in(timed, contextOf({ objectId: boxed }) ?? context);
    const after = await unboxed(timed, { objectId: boxed }, handle);
    const before = await unboxed(timed, { objectId: now }, handle);
    if (after === null || before === null) return refused(say('assign_error'));
    const frame = await closures.assign(timed, place, { before, after, boxed });
    if (!frame) return refused(say('assign_closure'));
    await updateCopies(timed, frame, after);
    return { type: 'assigned', change: await noted(timed, handle, frame, { objectId: now }) };
  }

  /** Remembers where a value was, so that it can be given back. */
  async function noted(timed: TimedSession, handle: string, place: FrameVariable, before: CallArgument) {
    const { value } = await callOn(timed, handle, agentCall('noteValue', new Handed(before)), false);
    const change = Number(value);
    places.set(change, place);
    return change;
  }

  async function reassignInFrame(timed: TimedSession, change: number, place: FrameVariable): Promise<Assigned> {
    const now = await boxedVariable(timed, place);
    const handle = await agents.in(timed, contextOf(now) ?? context);
    const { objectId } = await callOn(timed, handle, agentCall('exchange', change, new Handed(now)), false);
    if (objectId === undefined) return readAssigned(['refused', 'gone']);
    const value = await unboxed(timed, { objectId }, handle);
    if (value === null) return refused(say('assign_error'));
    return (await setVariable(timed, place, value)) ?? { type: 'assigned', change };
  }

  return {
    async assign(timed, place, expression, frame) {
      // Without a paused frame nothing can be changed, so nothing is evaluated.
      if (place.type === 'closure' && place.frames.length === 0) return refused(say('assign_closure'));
      const answer = await expressions.evaluate(timed, expression, frame);
      if ('failure' in answer) return refused(answer.failure);
      const boxed = { objectId: answer.objectId };
      if (place.type === 'frame' || place.type === 'closure') {
        const { fields } = await readList(timed, await callAgent(timed, answer.objectId, itself));
        if (fields[0] === 1) return readAssigned(['thrown', say('assign_threw')]);
        return place.type === 'frame'
          ? assignInFrame(timed, place, boxed)
          : assignInClosure(timed, place, answer.objectId);
      }
      const handle = await agents.in(timed, context);
      const call =
        place.type === 'property'
          ? agentCall('assign', place.object, place.key, new Handed(boxed))
          : agentCall('assignVariable', place.name, new Handed(boxed), new Source(variableAccess(place.name)));
      return readAssigned((await readList(timed, await callAgent(timed, handle, call))).fields);
    },
    async reassign(timed, change) {
      const place = places.get(change);
      if (place) return reassignInFrame(timed, change, place);
      const handle = await agents.in(timed, context);
      return readAssigned(
        (await readList(timed, await callAgent(timed, handle, agentCall('reassign', change)))).fields,
      );
    },
    async textOf(timed, place) {
      if (place.type === 'closure') {
        const box = await closures.read(timed, place);
        const text =
          box === null
            ? null
            : await callOn(timed, box, { functionDeclaration: TEXT, arguments: [{ value: 1 }] }, false);
        return typeof text?.value === 'string' ? text.value : null;
      }
      const handle = await agents.in(timed, context);
      const answer =
        place.type === 'frame'
          ? callOn(timed, place.copies[0], { functionDeclaration: TEXT, arguments: [{ value: place.name }] }, false)
          : callOn(
              timed,
              handle,
              place.type === 'property'
                ? agentCall('textAt', place.object, place.key)
                : agentCall('textOfVariable', place.name, new Source(variableAccess(place.name))),
              false,
            );
      const { value }: { readonly value?: unknown } = await answer;
      return typeof value === 'string' ? value : null;
    },
  };
}

const itself = { functionDeclaration: 'function() { return this; }', arguments: [] };

type Asked = <T>(options: RequestOptions, work: (timed: TimedSession) => Promise<T>) => Promise<Outcome<T>>;

/** @param asked Asks in turn with the other requests. */
export const actingThrough = (
  asked: Asked,
  agents: Agents,
  assigner: Assigner,
  context: number | null,
): Pick<Capture, 'assign' | 'reassign' | 'textOf' | 'lightUp'> => ({
  lightUp: (target, options) => asked(options, (timed) => lightUp(timed, agents, context, target)),
  assign: (place, expression, options, frame) =>
    asked(options, (timed) => assigner.assign(timed, place, expression, frame)),
  reassign: (change, options) => asked(options, (timed) => assigner.reassign(timed, change)),
  textOf: (place, options) => asked(options, (timed) => assigner.textOf(timed, place)),
});
