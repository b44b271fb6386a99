/** The list of logged objects: what comes, what is named, and what goes; with sessions whose events the tests make up. */
import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Failure } from '../../src/transport/outcome.ts';
import { createStubSession, type StubSession } from '../../src/transport/stub-session.test-helper.ts';
import type { Attachment, DebuggerOwner } from '../reading/debugger-owner.ts';
import { createConsoleSession } from './console-session.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open() {
  const attached = signal<Attachment | null>(null);
  const users: string[] = [];
  const owner = {
    attached,
    want: async (user: string) => void users.push(`want ${user}`),
    release: (user: string) => void users.push(`release ${user}`),
  } as unknown as DebuggerOwner;
  let tell: (heap: object) => void = () => {};
  const heaps = {
    onHeap(listener: (heap: object) => void) {
      tell = listener;
      return () => {
        tell = () => {};
      };
    },
  };
  const attach = (): void => {
    attached.value = { heaps } as unknown as Attachment;
  };
  const enter = (kind: 'page' | 'worker', id: string): StubSession => {
    const stub = createStubSession();
    tell({ session: stub.session, kind, id });
    return stub;
  };
  return { session: createConsoleSession(owner), attach, enter, users, detach: () => (attached.value = null) };
}

/** Entries are gathered for a moment. */
const gathered = () => vi.advanceTimersByTimeAsync(100);

const log = ({ emit }: StubSession, objectId: string, timestamp: number): void =>
  emit('Runtime.consoleAPICalled', {
    type: 'log',
    timestamp,
    args: [{ type: 'object', objectId, description: 'Object' }],
  });

test('what the page and its workers logged is listed by time', async () => {
  const { session, attach, enter } = open();
  attach();
  const page = enter('page', '');
  const worker = enter('worker', 'w');
  log(page, 'first', 1);
  log(page, 'third', 3);
  log(worker, 'second', 2);
  await gathered();
  expect(session.entries.value.map(({ heap, objects }) => [heap, objects[0]?.objectId])).toEqual([
    [null, 'first'],
    ['w', 'second'],
    [null, 'third'],
  ]);
});

test('only the last thousand are kept', async () => {
  const { session, attach, enter } = open();
  attach();
  const [page, worker] = [enter('page', ''), enter('worker', 'w')];
  for (let time = 0; time < 700; time += 1) {
    log(page, `page ${time}`, time);
    log(worker, `worker ${time}`, time);
  }
  await gathered();
  expect(session.entries.value).toHaveLength(1000);
  expect(session.entries.value[0]?.time).toBe(200);
});

test('an object has one name, which is given to no other', async () => {
  const { session, attach, enter } = open();
  attach();
  enter('page', '');
  const here = { heap: null, objectId: '1' };
  expect(session.nameOf(here)).toBe('$logged[1]');
  expect(session.nameOf({ heap: 'w', objectId: '1' })).toBe('$logged[2]');
  expect(session.nameOf({ ...here })).toBe('$logged[1]');
  expect(session.rootOf('$logged[1]')).toEqual({ type: 'object', label: '$logged[1]', objectId: '1' });
  expect(session.rootOf('$logged[9]')).toBe('gone');
  expect(session.rootOf('$logged[1].x')).toBeNull();
});

test.each<[string, (page: StubSession, detach: () => void) => void]>([
  ['the console is cleared', ({ emit }) => emit('Runtime.consoleAPICalled', { type: 'clear', args: [], timestamp: 2 })],
  ['the page goes to another document', ({ emit }) => emit('Runtime.executionContextsCleared', undefined)],
  ['the session ends', ({ end }) => end({ kind: 'closed' } satisfies Failure)],
  ['the debugger is detached', (_, detach) => detach()],
])('when %s its objects are gone, and those of a worker stay named unless all is over', async (what, happen) => {
  const { session, attach, enter, detach } = open();
  attach();
  const page = enter('page', '');
  const worker = enter('worker', 'w');
  log(page, '1', 1);
  log(worker, '2', 1);
  await gathered();
  const name = session.nameOf({ heap: null, objectId: '1' });
  const other = session.nameOf({ heap: 'w', objectId: '2' });
  happen(page, detach);
  await gathered();
  expect(session.rootOf(name)).toBe('gone');
  const all = what === 'the debugger is detached';
  expect(session.entries.value.map(({ heap }) => heap)).toEqual(all ? [] : ['w']);
  if (all) expect(session.rootOf(other)).toBe('gone');
  else expect(session.rootOf(other)).toMatchObject({ objectId: '2' });
});

test('the end of a session that was replaced takes nothing away', async () => {
  const { session, attach, enter } = open();
  attach();
  const before = enter('page', '');
  const after = enter('page', '');
  log(after, '1', 1);
  await gathered();
  before.end({ kind: 'closed' });
  await gathered();
  expect(session.entries.value).toHaveLength(1);
});

test('the debugger is kept, and objects are described, as long as one of several pages shows the list', async () => {
  const { session, attach, enter, users } = open();
  attach();
  const page = enter('page', '');
  log(page, '1', 1);
  expect(page.sent).not.toContain('Runtime.callFunctionOn');
  session.want();
  session.want();
  await gathered();
  expect(page.sent).toContain('Runtime.callFunctionOn');
  session.release();
  expect(users.filter((one) => one.startsWith('release'))).toEqual([]);
  session.release();
  expect(users.filter((one) => one.startsWith('release'))).toEqual(['release console']);
});

test('an object is stored in its own heap; one that is gone is not', async () => {
  const { session, attach, enter } = open();
  attach();
  const page = enter('page', '');
  page.answer('Runtime.callFunctionOn', () => ({ ok: true, value: { result: { type: 'string', value: 'temp3' } } }));
  expect(await session.store({ heap: null, objectId: '1' })).toBe('temp3');
  page.answer('Runtime.callFunctionOn', () => ({ ok: false, failure: { kind: 'closed' } }));
  expect(await session.store({ heap: null, objectId: '1' })).toBeNull();
  expect(await session.store({ heap: 'w', objectId: '1' })).toBeNull();
});
