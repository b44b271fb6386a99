/** Who may attach the debugger, who keeps it, and how it ends; with an attachment that does what the tests say. */
import { describe, expect, test } from 'vitest';
import type { AttachedDebugger } from '../../src/transport/chrome-debugger.ts';
import type { Failure, Outcome } from '../../src/transport/outcome.ts';
import { createDebuggerOwner } from './debugger-owner.ts';

function open(remembered: string | null = 'yes') {
  const stored = new Map(remembered === null ? [] : [['debugger-allowed', remembered]]);
  /** What was done, in order. */
  const done: string[] = [];
  const detaching: ((failure: Failure) => void)[] = [];
  const attached = {
    async detach() {
      done.push('detach');
    },
    onDetached(listener: (failure: Failure) => void) {
      detaching.push(listener);
    },
  } as Partial<AttachedDebugger> as AttachedDebugger;
  let answer = async (): Promise<Outcome<AttachedDebugger>> => ({ ok: true, value: attached });
  const note = (name: string) => async () => {
    done.push(name);
  };
  const owner = createDebuggerOwner(
    () => {
      done.push('attach');
      return answer();
    },
    () =>
      ({
        capture: { close: note('close capture'), release: note('release capture') },
        heaps: { close: note('close heaps'), release: note('release heaps') },
      }) as Partial<ReturnType<Parameters<typeof createDebuggerOwner>[1]>> as ReturnType<
        Parameters<typeof createDebuggerOwner>[1]
      >,
    { getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => void stored.set(key, value) },
  );
  return {
    owner,
    done,
    stored,
    answer(next: typeof answer) {
      answer = next;
    },
    detached(failure: Failure) {
      for (const listener of detaching) listener(failure);
    },
  };
}

const kindOf = <T>(outcome: Outcome<T>) => (outcome.ok ? 'ok' : outcome.failure.kind);

describe('attaching', () => {
  test('happens once for all who want it, and ends with the last of them', async () => {
    const { owner, done } = open();
    const outcomes = await Promise.all([owner.want('a'), owner.want('b')]);
    expect(outcomes.map(kindOf)).toEqual(['ok', 'ok']);
    expect(kindOf(await owner.want('c'))).toBe('ok');
    expect(done).toEqual(['attach']);
    expect(owner.state.value.type).toBe('attached');
    owner.release('a');
    owner.release('b');
    expect(owner.attached.value).not.toBeNull();
    owner.release('c');
    expect(owner.attached.value).toBeNull();
    expect(owner.state.value.type).toBe('detached');
    expect(done).toEqual(['attach', 'close capture', 'close heaps', 'detach']);
  });

  test('needs a person’s word, which is remembered', async () => {
    const { owner, done, stored } = open(null);
    expect(kindOf(await owner.want('a'))).toBe('disconnected');
    expect(done).toEqual([]);
    owner.setAllowed(true);
    expect(kindOf(await owner.want('a'))).toBe('ok');
    expect(stored.get('debugger-allowed')).toBe('yes');
    owner.setAllowed(false);
    expect(owner.attached.value).toBeNull();
    expect(stored.get('debugger-allowed')).toBe('no');
    expect(done).toEqual(['attach', 'close capture', 'close heaps', 'detach']);
  });

  test('that is allowed while somebody waits attaches by itself', async () => {
    const { owner } = open(null);
    await owner.want('a');
    owner.setAllowed(true);
    expect(owner.state.value.type).toBe('attaching');
    await owner.want('a');
    expect(owner.state.value.type).toBe('attached');
  });

  test('that fails is told, and tried again by whoever wants it next', async () => {
    const { owner, answer, done } = open();
    answer(async () => ({ ok: false, failure: { kind: 'occupied', message: 'other' } }));
    expect(kindOf(await owner.want('a'))).toBe('occupied');
    expect(owner.state.value).toEqual({ type: 'lost', failure: { kind: 'occupied', message: 'other' } });
    answer(async () => {
      throw new Error('Extension context invalidated.');
    });
    expect(kindOf(await owner.want('a'))).toBe('disconnected');
    expect(done).toEqual(['attach', 'attach']);
  });

  test.each([
    ['everybody left', ({ owner }: ReturnType<typeof open>) => owner.release('a')],
    ['it was forbidden', ({ owner }: ReturnType<typeof open>) => owner.setAllowed(false)],
  ])('that comes after %s goes at once', async (_, leave) => {
    const opened = open();
    const wanted = opened.owner.want('a');
    leave(opened);
    expect(kindOf(await wanted)).toBe('aborted');
    expect(opened.done).toEqual(['attach', 'detach']);
    expect(opened.owner.attached.value).toBeNull();
  });
});

describe('the end', () => {
  test('by a person’s cancel holds until they ask again, in later windows, too', async () => {
    const { owner, detached, stored, done } = open();
    await owner.want('a');
    detached({ kind: 'cancelled' });
    expect(owner.state.value.type).toBe('cancelled');
    expect(owner.attached.value).toBeNull();
    expect(stored.get('debugger-allowed')).toBe('no');
    expect(kindOf(await owner.want('b'))).toBe('cancelled');
    expect(done).toEqual(['attach']);
    owner.setAllowed(true);
    expect(kindOf(await owner.want('b'))).toBe('ok');
  });

  test('by itself is told, and the next who wants it attaches anew', async () => {
    const { owner, detached } = open();
    await owner.want('a');
    detached({ kind: 'crashed' });
    expect(owner.state.value).toEqual({ type: 'lost', failure: { kind: 'crashed' } });
    expect(kindOf(await owner.want('a'))).toBe('ok');
  });

  test('of an attachment that was replaced changes nothing', async () => {
    const { owner, detached } = open();
    await owner.want('a');
    owner.release('a');
    await owner.want('a');
    owner.release('a');
    detached({ kind: 'cancelled' });
    expect(owner.state.value.type).toBe('detached');
  });

  test('of the panel leaves nothing in the page', async () => {
    const { owner, done } = open();
    await owner.want('a');
    owner.close();
    expect(owner.attached.value).toBeNull();
    expect(done.slice(1)).toEqual(['release capture', 'release heaps', 'close capture', 'close heaps', 'detach']);
  });
});
