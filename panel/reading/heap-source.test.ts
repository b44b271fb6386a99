import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import type { Capture } from '../../src/capture/capture.ts';
import type { HeapTarget } from '../../src/capture/debugger/target-sessions.ts';
import type { Failure } from '../../src/transport/outcome.ts';
import type { Attachment, DebuggerOwner } from './debugger-owner.ts';
import { createHeapSource } from './heap-source.ts';

/** The failure that is shown when the debugger does not attach. */
async function failureOf(failure: Failure): Promise<Failure | null> {
  const owner = {
    allowed: signal(true),
    attached: signal(null),
    want: async () => ({ ok: false, failure }),
    release() {},
  } as unknown as DebuggerOwner;
  const source = createHeapSource({ transport: 'eval' } as Capture, owner);
  const { instead } = await source.open();
  source.close();
  return instead;
}

test.each<Failure>([{ kind: 'cancelled' }, { kind: 'aborted' }])(
  'nothing where a person wanted it so: $kind',
  async (failure) => {
    expect(await failureOf(failure)).toBeNull();
  },
);

test('that another program has it', async () => {
  const failure: Failure = { kind: 'occupied', message: 'attached' };
  expect(await failureOf(failure)).toBe(failure);
});

describe('the heap', () => {
  const page = { id: 'p', kind: 'page', name: '', url: '', document: '1' } as const;
  const worker = { id: 'w', kind: 'worker', name: 'counting', url: 'w.js', document: '2' } as const;

  function open() {
    const attached = signal<Attachment | null>(null);
    let changed = (): void => {};
    const heaps = {
      list: [page, worker] as readonly HeapTarget[],
      onChanged(listener: () => void) {
        changed = listener;
        return () => {};
      },
    };
    const owner = { allowed: signal(true), attached, release() {} } as unknown as DebuggerOwner;
    const source = createHeapSource({ transport: 'eval' } as Capture, owner);
    const attach = (): void => {
      attached.value = { heaps } as unknown as Attachment;
    };
    const list = (...targets: readonly HeapTarget[]): void => {
      heaps.list = targets;
      changed();
    };
    return { source, attach, list, detach: () => (attached.value = null) };
  }

  test('of the page is the same with the debugger and without it, and another one after a navigation', () => {
    const { source, attach, detach } = open();
    const before = source.heap.value;
    attach();
    expect(source.heap.value).toBe(before);
    source.pick(page);
    expect(source.heap.value).toBe(before);
    detach();
    expect(source.heap.value).toBe(before);
    source.pageNavigated();
    expect(source.heap.value).not.toBe(before);
    expect(source.pageHeap.value).toBe(source.heap.value);
  });

  test('of a worker or frame is another one in each of its documents', () => {
    const { source, attach, list } = open();
    attach();
    const left: string[] = [];
    source.onLeft(({ id, document }) => left.push(`${id} ${document}`));
    source.pick(worker);
    const first = source.heap.value;
    expect(first).not.toBe(source.pageHeap.value);
    list(page, { ...worker, document: '3' });
    const second = source.heap.value;
    list(page);
    // What is gone stays picked, so that no other heap is read unasked.
    expect(source.heap.value).not.toBe(source.pageHeap.value);
    expect(left).toEqual(['w 2', 'w 3']);
    list(page, { ...worker, id: 'w2', document: '4' });
    expect(new Set([first, second, source.heap.value]).size).toBe(3);
  });

  test('is the page’s again when the debugger goes, and that is told', () => {
    const { source, attach, detach } = open();
    attach();
    source.pick(worker);
    let fallen = 0;
    source.onFallenBack(() => {
      fallen += 1;
    });
    detach();
    expect(source.heap.value).toBe(source.pageHeap.value);
    expect(fallen).toBe(1);
  });

  test('is nobody’s concern once the view is closed', () => {
    const { source, attach } = open();
    source.close();
    attach();
    expect(source.targets.value).toEqual([]);
  });
});
