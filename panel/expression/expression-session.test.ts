/** What the expression view makes of answers, navigations and files; with captures that answer what the tests say. */
import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import type { HeapTarget } from '../../src/capture/debugger/target-sessions.ts';
import { defaultSettings, type Settings } from '../../src/settings/settings.ts';
import type { HeapSource } from '../reading/heap-source.ts';
import { array, createStubCapture, painterInProcess, settled } from '../reading/stub-capture.test-helper.ts';
import { createSession } from './expression-session.ts';

function open() {
  const { capture, asked, options, answer } = createStubCapture();
  const settings = signal<Settings>(defaultSettings);
  let fallBack = (): void => {};
  let left: (target: HeapTarget) => void = () => {};
  const target = signal<HeapTarget | null>(null);
  const heap = signal('page 1');
  const source: HeapSource = {
    namesAlong: async () => [],
    asking: signal(false),
    answer() {},
    target,
    targets: signal([]),
    heap,
    pageHeap: heap,
    open: async () => ({ capture, heap: () => heap.peek(), instead: null }),
    onFallenBack: (listener) => {
      fallBack = listener;
      return () => {};
    },
    onLeft: (listener) => {
      left = listener;
      return () => {};
    },
    pick(next) {
      target.value = next;
      heap.value = next.id;
    },
    pageNavigated() {
      heap.value = 'page 2';
    },
    close() {},
  };
  const session = createSession({
    source,
    painter: painterInProcess(),
    settings,
    openSource: async () => null,
    named: (text) => (text === '$logged[1]' ? 'gone' : null),
  });
  const colors = () => session.picture.value?.diagram.boxes.map(({ color }) => color ?? null);
  const leave = (gone: HeapTarget): void => left(gone);
  return { session, asked, options, answer, settings, colors, settle: settled, leave, fallBack: () => fallBack() };
}

test('a drawing whose place another takes says so', async () => {
  const { session } = open();
  const first = session.drawExactly(['a']);
  const second = session.drawExactly(['b']);
  await expect(first).rejects.toThrow('Another graph was requested before this one was ready.');
  await expect(second).resolves.toMatchObject({ subject: 'b' });
  await expect(session.drawExactly([])).rejects.toThrow('Pass at least one expression');
});

test('a canceled reading for an overview leaves the amount as it was', async () => {
  const { session, answer, options, settle } = open();
  await session.draw('a');
  answer((_, signal) => {
    return new Promise((resolve) => {
      signal?.addEventListener('abort', () => resolve({ ok: false, failure: { kind: 'aborted' } }));
    });
  });
  session.chooseAmount('overview');
  await settle();
  expect(session.amount.value).toBe('overview');
  expect(options.at(-1)?.objects).toBe(200_000);
  session.cancel();
  await settle();
  expect(session.amount.value).toBe('readable');
  expect(session.message.value?.text).toContain('Canceled');
});

describe('numbers of one heap mean nothing in the next', () => {
  test('a navigation marks the picture and forgets what was opened', async () => {
    const { session } = open();
    await session.draw('a');
    await session.readMore({ type: 'hidden', object: 1, ordinal: 0 });
    expect(session.options.value.ranges).toHaveLength(1);
    session.pageNavigated();
    expect(session.options.value).toMatchObject({ opened: [], ranges: [], expanded: [] });
    expect(session.stale.value).toBe(true);
  });

  test('the mark outlives the next error, and ends with the next picture', async () => {
    const { session } = open();
    await session.draw('a');
    session.pageNavigated();
    session.report('Something else went wrong.');
    expect(session.stale.value).toBe(true);
    await session.redraw();
    expect(session.stale.value).toBe(false);
  });

  test('from the moment that another frame or worker is picked', async () => {
    const { session, asked } = open();
    await session.draw('a');
    const picking = session.pick({ id: 'worker', kind: 'worker', name: '', url: '', document: '' });
    expect(session.stale.value).toBe(true);
    expect(session.refusal.value).not.toBeNull();
    await picking;
    expect(asked).toEqual(['a', 'a']);
    expect(session.stale.value).toBe(false);
  });

  test('when the frame or worker that is read goes', async () => {
    const { session, leave } = open();
    const target = { id: 'worker', kind: 'worker', name: '', url: '', document: '1' } as const;
    await session.pick(target);
    await session.draw('a');
    leave(target);
    expect(session.stale.value).toBe(true);
    const text = 'Worker terminated. This graph shows its last state.';
    expect(session.message.value).toEqual({ kind: 'stale', text });
  });

  test.each(['stale', 'kept'] as const)('nothing more is read for a picture that is %s', async (which) => {
    const { session, asked } = open();
    await session.draw('a');
    if (which === 'stale') session.pageNavigated();
    else await session.showFile(array(7), 'a file', null);
    const before = session.reading.value;
    await session.drawRetainers(1, 'drawn');
    await session.readMore({ type: 'cut', object: 1 });
    await session.expand(1, true);
    expect(asked).toEqual(['a']);
    expect(session.reading.value).toBe(before);
    expect(session.message.value?.text).toContain("isn't of the page as it is now");
  });

  test('a click goes on in the object that is drawn, whatever its expression would give now; a new drawing asks it', async () => {
    const { session, asked } = open();
    await session.draw('a');
    await session.readMore({ type: 'hidden', object: 1, ordinal: 0 });
    await session.expand(1, true);
    expect(session.message.value).toBeNull();
    await session.expand(9, true);
    expect(session.message.value?.text).toContain('no longer exists');
    await session.redraw();
    expect(asked).toEqual(['a', 'a = #1', 'a = #1', 'a = #1', 'a']);
    expect(session.message.value).toBeNull();
  });

  test('a file’s picture is not marked by a navigation', async () => {
    const { session } = open();
    await session.showFile(array(7), 'a file', null);
    session.pageNavigated();
    expect(session.stale.value).toBe(false);
    expect(session.message.value).toBeNull();
  });
});

describe('how an object is drawn', () => {
  const red = { light: '#ff0000', dark: '#aa0000' };
  const worker = { id: 'worker', kind: 'worker', name: '', url: '', document: '' } as const;

  test('holds for the object of that number in that heap, in no worker, file or next document', async () => {
    const { session, settle, colors } = open();
    await session.draw('a');
    session.override(1, { color: red });
    await settle();
    expect(colors()).toEqual([red]);
    await session.showFile(array(1), 'a file', null);
    await settle();
    expect(colors()).toEqual([null]);
    await session.pick(worker);
    await settle();
    expect(colors()).toEqual([null]);
    session.pageNavigated();
    await session.draw('b');
    await settle();
    expect(colors()).toEqual([null]);
  });

  test('is drawn at once, without asking the page, and can be taken back', async () => {
    const { session, settle, colors, asked } = open();
    await session.draw('a');
    session.override(1, { color: red });
    await settle();
    session.override(1, null);
    await settle();
    expect(colors()).toEqual([null]);
    expect(asked).toEqual(['a']);
  });

  test('holds for what the page’s own code shows, which are objects of the page', async () => {
    const { session, settle, colors } = open();
    await session.draw('a');
    session.override(1, { color: red });
    await session.showCalled(array(1), 'model');
    await settle();
    expect(colors()).toEqual([red]);
    expect(session.message.value?.kind).toBe('called');
    expect(session.refusal.value).not.toBeNull();
  });
});

describe('settings', () => {
  const reading = { ...defaultSettings.reading, depth: 2 };

  test('what is read is asked for again, in the object that is drawn; what is drawn is not', async () => {
    const { session, settle, asked, settings } = open();
    await session.draw('a');
    settings.value = { ...defaultSettings, drawing: { ...defaultSettings.drawing, direction: 'right' } };
    await settle();
    expect(asked).toEqual(['a']);
    expect(session.picture.value?.diagram.direction).toBe('right');
    settings.value = { ...settings.value, reading };
    await settle();
    expect(asked).toEqual(['a', 'a = #1']);
    expect(session.reading.value?.options.depth).toBe(2);
  });

  test('a picture that is not of the page as it is now is not read again', async () => {
    const { session, settle, asked, settings } = open();
    await session.draw('a');
    session.pageNavigated();
    settings.value = { ...defaultSettings, reading };
    await settle();
    expect(asked).toEqual(['a']);
  });

  test('what a program reads in another form holds until the settings say what is read', async () => {
    const { session, options, settings } = open();
    session.changeOptions({ depth: 7, ranges: [{ id: 1, of: 'element', from: 0, to: 3 }] });
    await session.draw('a');
    expect(options.at(-1)).toMatchObject({ depth: 7, ranges: [{ to: 3 }] });
    settings.value = { ...defaultSettings, reading };
    expect(session.options.value).toMatchObject({ depth: 2, ranges: [{ to: 3 }] });
  });

  test('nothing follows them once the view is closed', async () => {
    const { session, settle, asked, settings } = open();
    await session.draw('a');
    session.close();
    settings.value = { ...defaultSettings, reading };
    await settle();
    expect(asked).toEqual(['a']);
  });
});

test('when the debugger goes, what was read through it stays as what was there before', async () => {
  const { session, fallBack } = open();
  await session.draw('a');
  fallBack();
  expect(session.stale.value).toBe(true);
  expect(session.message.value?.text).toContain("Frames and workers can't be read");
});

test('an expression that is tried and cannot be evaluated changes and tells nothing', async () => {
  const { session, answer } = open();
  await session.draw('a');
  answer(async () => ({
    ok: true,
    value: { ...array(1), roots: [{ label: 'b', result: { ok: false, reason: 'b is not defined' } }] },
  }));
  expect(await session.drawIfThere('b')).toBe(false);
  expect(session.expressions.value).toEqual(['a']);
  expect(session.message.value).toBeNull();
  expect(session.picture.value?.subject).toBe('a');
});

test('the last expression that is unpinned takes the picture away', async () => {
  const { session } = open();
  await session.pin('a');
  await session.unpin('a');
  expect(session.reading.value).toBeNull();
  expect(session.drawable.value).toBe(false);
});

test('what only the panel knows and is gone is told, and the picture stays', async () => {
  const { session, asked } = open();
  await session.draw('a');
  await session.draw('$logged[1]');
  expect(session.message.value?.text).toContain('$logged[1] is gone');
  expect(session.picture.value?.subject).toBe('a');
  expect(asked).toEqual(['a']);
});

test('actions and searches ask who answers by then', async () => {
  const { session, asked } = open();
  await session.draw('a');
  await session.act(1, 'log');
  await session.drawRetainers(1, 'everywhere');
  expect(asked).toEqual(['a', 'log 1', 'retainers of 1']);
  expect(session.outcome.value?.kind).toBe('done');
  expect(session.message.value?.kind).toBe('other');
  session.dismissOutcome();
  session.dismiss();
  expect([session.outcome.value, session.message.value]).toEqual([null, null]);
});

test.each([
  ['queryObjects(Point)', ['instances']],
  ['queryObjects(A).map(f(x))', ['queryObjects(A).map(f(x))']],
  ['a', ['a']],
])('%s asks for %j', async (expression, requests) => {
  const { session, asked } = open();
  await session.draw(expression);
  expect(asked).toEqual(requests);
});
