import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import type { Capture } from '../../src/capture/capture.ts';
import type { Failure } from '../../src/capture/connection.ts';
import type { DebuggerOwner } from '../debugger.ts';
import { createHeapSource } from './heap-source.ts';

/** What is said of a debugger that did not come. */
async function saidOf(failure: Failure): Promise<Failure | null> {
  const owner = {
    allowed: signal(true),
    attached: signal(null),
    want: async () => ({ ok: false, failure }),
    release() {},
  } as unknown as DebuggerOwner;
  const source = createHeapSource({ way: 'eval' } as Capture, owner);
  const { instead } = await source.open();
  source.close();
  return instead;
}

test.each<Failure>([{ kind: 'cancelled' }, { kind: 'aborted' }])(
  'nothing where a person wanted it so: $kind',
  async (failure) => {
    expect(await saidOf(failure)).toBeNull();
  },
);

test('that another program has it', async () => {
  const failure: Failure = { kind: 'occupied', message: 'attached' };
  expect(await saidOf(failure)).toBe(failure);
});
