/**
 * The handles of a pause, which keep the objects of that moment alive. V8 releases them only for the client that resumes the page.
 * So this releases them when another client resumed it. It does so one by one, because the page may be paused again by then, and
 * the handles of the next pause have the same group.
 */
import type { EventParameters, ProtocolSession } from '../transport/protocol.ts';

export interface PauseHandles {
  /** Adds the handles in the event. */
  take(pause: EventParameters<'Debugger.paused'>): void;
  /** Adds a handle that was requested through these, so that it has their group. */
  add(handle: string | undefined): void;
  release(): void;
}

const options = { deadline: 10_000 };
/** Of an endless recursion there are tens of thousands, and the next pause must not wait for them. */
const AT_ONCE = 200;

export function createPauseHandles(session: ProtocolSession): PauseHandles {
  const handles = new Set<string>();

  function add(handle: string | undefined): void {
    if (handle !== undefined) handles.add(handle);
  }

  async function releaseAll(released: readonly string[]): Promise<void> {
    for (let from = 0; from < released.length; from += AT_ONCE) {
      const some = released.slice(from, from + AT_ONCE);
      await Promise.all(some.map((objectId) => session.send('Runtime.releaseObject', { objectId }, options)));
    }
  }

  return {
    add,
    take({ callFrames, data }) {
      for (const { this: receiver, returnValue, scopeChain } of callFrames) {
        add(receiver.objectId);
        add(returnValue?.objectId);
        for (const { object } of scopeChain) add(object.objectId);
      }
      const exception: unknown = data === undefined ? undefined : Reflect.get(data, 'objectId');
      if (typeof exception === 'string') add(exception);
    },
    release() {
      const released = [...handles];
      handles.clear();
      void releaseAll(released);
    },
  };
}
