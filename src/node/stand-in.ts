/** Reads what handles lead to, with the plain agent. */
import source from 'virtual:agent';
import type { Outcome, RequestOptions } from '../capture/connection.ts';
import type { ProtocolSession, Result } from '../capture/protocol.ts';
import { readReply } from '../snapshot/reader.ts';
import type { Snapshot, View } from '../snapshot/snapshot.ts';

export type Remote = Result<'Runtime.evaluate'>['result'];

export interface StandIn {
  capture(
    roots: readonly { label: string; value: Remote }[],
    view: View,
    options: RequestOptions,
  ): Promise<Outcome<Snapshot>>;
}

export function argumentOf({ objectId, type, unserializableValue, value }: Remote) {
  if (objectId !== undefined) return { objectId };
  if (unserializableValue !== undefined) return { unserializableValue };
  return type === 'undefined' ? {} : { value };
}

export async function createStandIn(session: ProtocolSession): Promise<StandIn> {
  const made = await session.send('Runtime.evaluate', { expression: `(${source})(1)` }, { deadline: 10_000 });
  if (!made.ok) throw new Error('no agent');
  const objectId = made.value.result.objectId ?? '';
  return {
    async capture(roots, view, options) {
      const asked = await session.send(
        'Runtime.callFunctionOn',
        {
          objectId,
          functionDeclaration: `function (request, ...values) {
            const thunks = { __proto__: null, length: values.length };
            for (let i = 0; i < values.length; i++) thunks[i] = () => values[i];
            return this.capture(request, thunks);
          }`,
          arguments: [{ value: { view } }, ...roots.map(({ value }) => argumentOf(value))],
          returnByValue: true,
        },
        options,
      );
      if (!asked.ok) return asked;
      return readReply(
        asked.value.result.value,
        roots.map(({ label }) => label),
      );
    },
  };
}
