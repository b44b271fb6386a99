/**
 * Finds `this` of frames for which V8 says `undefined` by mistake: in a derived class's constructor whose `this` an arrow
 * function or an `eval` uses as well. Evaluates `this` in the frame, which runs none of the page's code. Before `super()`
 * there is no `this`: that is an answer, too. Also finds a `this` that is a very long text, which must not be sent back to the page.
 */
import type { RequestOptions } from '../transport/outcome.ts';
import type { ProtocolSession } from '../transport/protocol.ts';
import type { Pause, PausedFrame, Receiver } from './pause.ts';

export interface Receivers {
  /** The pause with what `this` really is; at once where nothing has to be asked. */
  complete(pause: Pause): Promise<Pause> | Pause;
  /** The scripts are gone. */
  clear(): void;
}

const options: RequestOptions = { deadline: 1000 };
/** In a list, so that V8 describes neither the object nor the error, which could run code of the page. */
const EXPRESSION = 'try { this === void 0 ? void 0 : [this] } catch { null }';

/** @param onHandle Takes handles that the answers brought, which are good until the page goes on. */
export function createReceivers(session: ProtocolSession, onHandle: (handle: string) => void): Receivers {
  /** Functions whose `this` is `undefined` indeed, by where they begin: no constructor of a derived class is among them. */
  const known = new Set<string>();

  const keyOf = ({ functionLocation: at }: PausedFrame): string | null =>
    at === null ? null : `${at.scriptId}:${at.line}:${at.column}`;

  function isDoubtful(frame: PausedFrame): boolean {
    const { receiver } = frame;
    if (receiver.form !== 'value') return false;
    const key = keyOf(frame);
    return (
      receiver.value.longText !== undefined || (receiver.value.type === 'undefined' && key !== null && !known.has(key))
    );
  }

  async function receiverOf(frame: PausedFrame): Promise<Receiver> {
    const { callFrameId, receiver } = frame;
    const parameters = { callFrameId, expression: EXPRESSION, silent: true, throwOnSideEffect: true };
    const answer = await session.send('Debugger.evaluateOnCallFrame', parameters, options);
    if (!answer.ok || answer.value.exceptionDetails) return receiver;
    const { type, objectId } = answer.value.result;
    if (objectId !== undefined) {
      onHandle(objectId);
      return { form: 'boxed', objectId };
    }
    if (type !== 'undefined') return { form: 'notYet' };
    const key = keyOf(frame);
    if (key !== null) known.add(key);
    return receiver;
  }

  return {
    complete(pause) {
      if (!pause.frames.some(isDoubtful)) return pause;
      return Promise.all(
        pause.frames.map(async (frame) =>
          isDoubtful(frame) ? { ...frame, receiver: await receiverOf(frame) } : frame,
        ),
      ).then((frames) => ({ ...pause, frames }));
    },
    clear: () => known.clear(),
  };
}
