/** Lists all objects of a heap. Collects garbage and stops the page for a moment, so it is done on request only. */
import type { HeapAccess } from '../capture/debugger/protocol-capture.ts';
import { inContext } from '../capture/debugger/remote-objects.ts';
import { Failed } from '../capture/debugger/timed-session.ts';

/** All that inherits from what a function, or a plain object, inherits from. A handle of a list. Throws Failed. */
export async function queryHeap({ timed, context }: HeapAccess, sample: '(function(){})' | '({})'): Promise<string> {
  const { result } = await timed.send('Runtime.evaluate', {
    expression: sample,
    objectGroup: timed.group,
    ...inContext(context),
  });
  const { internalProperties } = await timed.send('Runtime.getProperties', {
    objectId: result.objectId ?? '',
    ownProperties: true,
  });
  const prototype = internalProperties?.find(({ name }) => name === '[[Prototype]]')?.value;
  const { objects } = await timed.send('Runtime.queryObjects', {
    prototypeObjectId: prototype?.objectId ?? '',
    objectGroup: timed.group,
  });
  if (objects.objectId === undefined) throw new Failed({ kind: 'corrupt', message: 'V8 gave no list' });
  return objects.objectId;
}
