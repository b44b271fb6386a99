/** What the agent is given of the frames of a stack: positions of their scopes and values among those that are handed in. */
import { Extra, type FrameSpec, type ScopeSpec } from '../../wire/debugger-exchange.ts';
import { scopeKinds } from '../../wire/format.ts';
import type { ClosureScope, FrameExtra, FrameRequest, ScopeRequest } from '../capture.ts';
import { agentCall, Handed } from '../scripts/agent-call.ts';
import { type Agents, handleFrom } from './agent-handles.ts';
import { argumentOf, type CallArgument, contextOf } from './remote-objects.ts';
import { Failed, type TimedSession } from './timed-session.ts';

type ReadScope = ScopeRequest & { readonly objectId: string };

/** A frame whose scopes have all been read. */
export type ReadFrame = FrameRequest & { readonly scopes: readonly ReadScope[] };

/** @param add Takes a value that is handed in; answers its position. */
export function createFrameSpecs(add: (value: CallArgument) => number): (frame: ReadFrame) => FrameSpec {
  /** Numbers for pieces of source. */
  const sources = new Map<string, number>();

  function numberOf(source: string): number {
    const number = sources.get(source) ?? sources.size;
    sources.set(source, number);
    return number;
  }

  function scopeSpec({ kind, objectId, limit, wrapped, declared }: ReadScope): ScopeSpec {
    const spec = {
      kind: scopeKinds.indexOf(kind),
      at: add({ objectId }),
      wrapped: wrapped === true,
      declared: declared === true,
    };
    if (!limit) return { ...spec, sources: [], own: true, whole: 0, used: [] };
    const { own, whole, used } = limit;
    return { ...spec, sources: limit.sources.map(numberOf), own, whole, used };
  }

  function extraSpec(extra: FrameExtra): FrameSpec['extras'][number] {
    const { name } = extra;
    switch (extra.form) {
      case 'value':
        return { name, form: Extra.Value, at: add(argumentOf(extra.value)) };
      case 'boxed':
        return { name, form: Extra.Boxed, at: add({ objectId: extra.objectId }) };
      case 'notYet':
        return { name, form: Extra.NotYet, at: 0 };
      case 'unread':
        return { name, form: Extra.Unread, at: add({ value: extra.reason }) };
    }
  }

  return ({ label, scopes, extras }) => ({ label, scopes: scopes.map(scopeSpec), extras: extras.map(extraSpec) });
}

/** What functions close over, as it is now: V8's objects with variables are copies. All throw Failed. */
export interface Closures {
  /** The frame with handles of the variables that functions close over; without scopes that are gone. */
  read(timed: TimedSession, frame: FrameRequest): Promise<ReadFrame>;
  /** The handle of `[0, the value of a variable]`; undefined where it has none. */
  variable(timed: TimedSession, scope: ClosureScope, name: string): Promise<string | undefined>;
}

/** @param context The home execution context; null is the session's default. */
export function createClosures(agents: Agents, context: number | null): Closures {
  async function listOf(timed: TimedSession, functionId: string): Promise<string> {
    const { internalProperties } = await timed.send('Runtime.getProperties', {
      objectId: functionId,
      ownProperties: true,
    });
    const scopes = internalProperties?.find(({ name }) => name === '[[Scopes]]')?.value?.objectId;
    if (scopes === undefined) throw new Failed({ kind: 'corrupt', message: 'V8 gave no scopes' });
    return scopes;
  }

  const agentOf = (timed: TimedSession, list: string): Promise<string> =>
    agents.in(timed, contextOf({ objectId: list }) ?? context);

  return {
    async read(timed, frame) {
      const scopes = await Promise.all(
        frame.scopes.map(async (scope) => {
          const { objectId } = scope;
          if (typeof objectId === 'string') return { ...scope, objectId };
          const list = await listOf(timed, objectId.function);
          const call = agentCall('variablesAt', new Handed({ objectId: list }), objectId.level);
          return { ...scope, objectId: (await handleFrom(timed, await agentOf(timed, list), call)) ?? '' };
        }),
      );
      return { ...frame, scopes: scopes.filter(({ objectId }) => objectId !== '') };
    },
    async variable(timed, scope, name) {
      const list = await listOf(timed, scope.function);
      const call = agentCall('variableAt', new Handed({ objectId: list }), scope.level, name);
      return handleFrom(timed, await agentOf(timed, list), call);
    },
  };
}
