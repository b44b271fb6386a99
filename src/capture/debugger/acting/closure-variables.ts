/**
 * Finds the paused frame that has a variable which a function closes over: V8 changes variables of frames alone, and gives scopes no
 * identity. Whether two scopes are the same is proven by a change, which is taken back where they are not. As the page stands still
 * meanwhile, no code of it can see that.
 */

import type { ClosureVariable, FrameVariable } from '../../assignable.ts';
import { agentCall } from '../../scripts/agent-call.ts';
import { type Agents, handleFrom } from '../agent-handles.ts';
import { createClosures } from '../frame-specs.ts';
import { type CallArgument, callOn } from '../remote-objects.ts';
import type { TimedSession } from '../timed-session.ts';
import { Failed } from '../timed-session.ts';

/** All throw Failed. */
export interface ClosureVariables {
  /** The handle of `[0, the value]`, as it is now; null when the function or its variable is gone. */
  read(timed: TimedSession, place: ClosureVariable): Promise<string | null>;
  /** Whether two boxes have the same value. */
  areSame(timed: TimedSession, one: string, other: string): Promise<boolean>;
  /**
   * Gives the variable a value through the frame that has it; null when no frame does.
   * @param boxed The handle of `[0, the new value]`, which is another than that of `before`.
   */
  assign(
    timed: TimedSession,
    place: ClosureVariable,
    values: { readonly before: CallArgument; readonly after: CallArgument; readonly boxed: string },
  ): Promise<FrameVariable | null>;
}

/** Called on boxes and on V8's scopes, whose properties are plain ones. A NaN is the only value that differs from itself. */
const SAME = 'function(box) { const a = this[1], b = box[1]; return a === b || (a !== a && b !== b); }';
const CANDIDATES = `function(name, ...scopes) {
  let found = '';
  for (let i = 0; i < scopes.length; i += 1) {
    const a = this[1];
    const b = name in scopes[i] ? scopes[i][name] : {};
    if (a === b || (a !== a && b !== b)) found += i + ' ';
  }
  return found;
}`;

export async function setInFrame(timed: TimedSession, place: FrameVariable, value: CallArgument): Promise<boolean> {
  try {
    await timed.send('Debugger.setVariableValue', {
      scopeNumber: place.scope,
      variableName: place.name,
      newValue: value,
      callFrameId: place.frame,
    });
    return true;
  } catch (error) {
    if (!(error instanceof Failed) || error.failure.kind !== 'refused') throw error;
    return false;
  }
}

/** @param context The home execution context; null is the session's default. */
export function createClosureVariables(agents: Agents, context: number | null): ClosureVariables {
  const closures = createClosures(agents, context);

  async function read(timed: TimedSession, place: ClosureVariable): Promise<string | null> {
    const agent = await agents.in(timed, context);
    const handle = await handleFrom(timed, agent, agentCall('findFunction', place.function));
    if (handle === undefined) return null;
    return (await closures.variable(timed, { function: handle, level: place.level }, place.name)) ?? null;
  }

  async function areSame(timed: TimedSession, one: string, other: string): Promise<boolean> {
    const call = { functionDeclaration: SAME, arguments: [{ objectId: other }] };
    return (await callOn(timed, one, call, false)).value === true;
  }

  /** The frames whose variable has this value. */
  async function candidates(timed: TimedSession, { name, frames }: ClosureVariable, box: string) {
    const scopes = frames.map(({ copies: [own] }) => ({ objectId: own }));
    const call = { functionDeclaration: CANDIDATES, arguments: [{ value: name }, ...scopes] };
    const { value } = await callOn(timed, box, call, false);
    return String(value)
      .split(' ')
      .flatMap((index) => (index === '' ? [] : (frames[Number(index)] ?? [])));
  }

  return {
    read,
    areSame,
    async assign(timed, place, { before, after, boxed }) {
      const box = await read(timed, place);
      if (box === null) return null;
      for (const frame of await candidates(timed, place, box)) {
        if (!(await setInFrame(timed, frame, after))) continue;
        const now = await read(timed, place);
        if (now !== null && (await areSame(timed, now, boxed))) return frame;
        await setInFrame(timed, frame, before);
      }
      return null;
    },
  };
}
