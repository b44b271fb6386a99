/** What the stack view makes of pauses, answers and what a person does; with sessions and captures that do what the tests say. */
import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import type { Capture } from '../../src/capture/capture.ts';
import { defaultSettings, type Settings } from '../../src/settings/settings.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import type { MapDecoder } from '../../src/source-maps/decoder.ts';
import type { Outcome } from '../../src/transport/outcome.ts';
import { createStubSession, type StubSession } from '../../src/transport/stub-session.test-helper.ts';
import type { Attachment, DebuggerOwner } from '../reading/debugger-owner.ts';
import type { Painter } from '../reading/picture.ts';
import { array, createStubCapture, painterInProcess, settled } from '../reading/stub-capture.test-helper.ts';
import { createStackSession } from './stack-session.ts';

const decoder: MapDecoder = {
  add: async () => null,
  look: async () => [],
  sources: async () => new Map(),
  usedNames: async () => [],
  declaredAround: async () => [],
  forget() {},
  close() {},
};
const red = { light: '#ff0000', dark: '#aa0000' };

function open({ painter = painterInProcess(), decoding = decoder } = {}) {
  const attached = signal<Attachment | null>(null);
  const users = new Set<string>();
  const owner = {
    attached,
    want: async (user: string) => void users.add(user),
    release: (user: string) => void users.delete(user),
  } as unknown as DebuggerOwner;
  const [page, worker, evaluated] = [createStubCapture('debugger'), createStubCapture('debugger'), createStubCapture()];
  const sessions = { page: createStubSession(), worker: createStubSession() };
  const settings = signal<Settings>(defaultSettings);
  const list: { id: string }[] = [{ id: 'w' }];
  const heaps = {
    list,
    onHeap(listener: (heap: object) => void) {
      listener({ id: '', kind: 'page', name: '', session: sessions.page.session });
      listener({ id: 'w', kind: 'worker', name: 'worker.js', session: sessions.worker.session });
      return () => {};
    },
    capture: (): Capture => worker.capture,
  };
  const session = createStackSession(owner, painter, settings, {
    decoder: decoding,
    evalCapture: evaluated.capture,
    openSource: async ({ url }) => (url === '' ? 'There is no such file.' : null),
  });
  const attach = async () => {
    attached.value = { capture: page.capture, heaps } as unknown as Attachment;
    await settled();
  };
  const state = () => session.state.value;
  return {
    ...{ session, settings, page, worker, evaluated, sessions, attach, users, list, state },
    detach: () => {
      attached.value = null;
    },
    entries: () => state().history.entries.map(({ number, heap }) => `${number}${heap.name}`),
    shown: () => state().history.entries[state().history.index],
    colors: () => {
      const { history } = session.state.value;
      return history.entries[history.index]?.reading.picture.diagram.boxes.map(({ color }) => color ?? null);
    },
  };
}

async function pause({ emit }: StubSession, reason: 'other' | 'debugCommand' | 'OOM' = 'other'): Promise<void> {
  emit('Debugger.paused', {
    reason,
    callFrames: ['inner', 'outer'].map((name) => ({
      callFrameId: name,
      functionName: name,
      location: { scriptId: '1', lineNumber: 1, columnNumber: 0 },
      functionLocation: { scriptId: '1', lineNumber: 0, columnNumber: 0 },
      scopeChain: [],
      this: { type: 'object', className: 'Window', objectId: 'window' },
    })),
  });
  await settled();
}

async function resume({ emit }: StubSession): Promise<void> {
  emit('Debugger.resumed', undefined);
  await settled();
}

/** Attached, wanted, and paused once. */
async function openPaused() {
  const opened = open();
  opened.session.want('tab');
  await opened.attach();
  await pause(opened.sessions.page, 'debugCommand');
  return opened;
}

const answerLater = ({ answer }: ReturnType<typeof createStubCapture>) => {
  const pending: ((outcome: Outcome<Snapshot>) => void)[] = [];
  const signals: (AbortSignal | undefined)[] = [];
  answer((_, aborted) => {
    signals.push(aborted);
    return new Promise((resolve) => pending.push(resolve));
  });
  return { pending, signals };
};

describe('following', () => {
  test('begins when it is wanted and the debugger is there, and ends with either', async () => {
    const { session, attach, detach, state, users } = open();
    await attach();
    expect(state().following.type).toBe('off');
    session.want('tab');
    session.want('pane');
    expect(state().following.type).toBe('running');
    session.release('tab');
    expect(state().following.type).toBe('running');
    session.release('pane');
    expect(state().following.type).toBe('off');
    expect(users.size).toBe(0);
    session.want('tab');
    detach();
    expect(state().following.type).toBe('off');
    await attach();
    expect(state().following.type).toBe('running');
  });

  test('a pause is read, kept and shown', async () => {
    const { entries, state, shown } = await openPaused();
    expect(entries()).toEqual(['1']);
    expect(state().following).toMatchObject({ type: 'paused', entry: 1 });
    expect(shown()).toMatchObject({ reason: 'debugger statement', chosen: 2, names: 0 });
    expect(shown()?.lines.map(({ label }) => label)).toEqual(['0: (top level)', '1: outer', '2: inner']);
  });

  test('each pause of a heap is another one, compared with the one before', async () => {
    const { sessions, entries, state } = await openPaused();
    await resume(sessions.page);
    await pause(sessions.page);
    expect(entries()).toEqual(['1', '2']);
    expect(state()).toMatchObject({ comparedWith: null, marks: { counts: { new: 0, gone: 0, changed: 0 } } });
  });

  test('of two that are paused the later one is shown; when it goes on, the other', async () => {
    const { session, sessions, entries, shown, state } = await openPaused();
    await pause(sessions.worker);
    expect(shown()?.heap.name).toBe('worker.js');
    expect(state().marks).toBeNull();
    await resume(sessions.worker);
    expect(shown()?.heap.name).toBe('');
    expect(entries()).toEqual(['1', '2worker.js']);
    await pause(sessions.worker);
    session.chooseHeap('');
    expect(shown()?.number).toBe(1);
  });

  test('a step goes to the heap that is shown', async () => {
    const { session, sessions } = await openPaused();
    await pause(sessions.worker);
    session.step('over');
    expect(sessions.worker.sent).toContain('Debugger.stepOver');
    expect(sessions.page.sent).not.toContain('Debugger.stepOver');
  });

  test('a step that fails is told', async () => {
    const { session, sessions, state } = await openPaused();
    sessions.page.answer('Debugger.stepOver', () => ({ ok: false, failure: { kind: 'detached' } }));
    session.step('over');
    await settled();
    expect(state().message?.kind).toBe('error');
  });

  test('what keeps objects alive is told when a button of the view made the page go on', async () => {
    const { session, sessions, state } = await openPaused();
    session.step('resume');
    await resume(sessions.page);
    expect(state().heldByDevTools).toBe(true);
    await pause(sessions.page);
    await resume(sessions.page);
    expect(state().heldByDevTools).toBe(false);
  });
});

describe('answers that come late, fail or never come', () => {
  test('a pause that is over before its answer is not kept', async () => {
    const { session, attach, page, sessions, entries, state } = open();
    session.want('tab');
    await attach();
    const { pending, signals } = answerLater(page);
    await pause(sessions.page);
    await resume(sessions.page);
    expect(signals[0]?.aborted).toBe(true);
    pending[0]?.({ ok: true, value: array(1) });
    await settled();
    expect(entries()).toEqual([]);
    expect(state().message).toBeNull();
  });

  test('of two pauses only the later one’s answer counts', async () => {
    const { session, attach, page, sessions, entries } = open();
    session.want('tab');
    await attach();
    const { pending } = answerLater(page);
    await pause(sessions.page);
    await resume(sessions.page);
    await pause(sessions.page);
    pending[1]?.({ ok: true, value: array(2) });
    await settled();
    pending[0]?.({ ok: true, value: array(1) });
    await settled();
    expect(entries()).toEqual(['1']);
  });

  test('one that fails is told, with its frames and without their variables', async () => {
    const { page, sessions, entries, state, shown } = await openPaused();
    await resume(sessions.page);
    page.answer(async () => ({ ok: false, failure: { kind: 'timeout', milliseconds: 5000 } }));
    await pause(sessions.page);
    expect(entries()).toEqual(['1', '2']);
    expect(
      shown()
        ?.reading.picture.snapshot.objects.get(-1)
        ?.parts.map((part) => 'value' in part && part.value.type),
    ).toEqual(['unreadable', 'unreadable', 'unreadable']);
    expect(state().message?.text).toContain("didn't respond within 5 s");
  });

  test('one that did not answer in time is read again when the page answers', async () => {
    const { page, sessions, entries, state, shown } = await openPaused();
    await resume(sessions.page);
    let asked = 0;
    page.answer(async () => {
      asked += 1;
      return asked === 1
        ? { ok: false, failure: { kind: 'timeout', milliseconds: 5000 } }
        : { ok: true, value: array(7) };
    });
    await pause(sessions.page);
    await settled();
    expect(entries()).toEqual(['1', '2']);
    expect(asked).toBe(2);
    expect(sessions.page.sent).toContain('Runtime.getHeapUsage');
    expect(shown()?.reading.picture.snapshot.objects.get(7)?.kind).toBe('array');
    expect(state().message).toBeNull();
  });

  test('a page that is about to run out of memory is not asked: its frames are shown, with a sentence', async () => {
    const { page, sessions, entries, state, shown } = await openPaused();
    await resume(sessions.page);
    let asked = 0;
    page.answer(async () => {
      asked += 1;
      return { ok: true, value: array(1) };
    });
    await pause(sessions.page, 'OOM');
    expect(asked).toBe(0);
    expect(entries()).toEqual(['1', '2']);
    expect(shown()?.lines.at(-1)?.label).toBe('2: inner');
    expect(state().message?.text).toBe('The page is about to run out of memory, so only its frames are shown.');
    await resume(sessions.page);
    await pause(sessions.page);
    expect(asked).toBe(1);
    expect(state().message).toBeNull();
  });

  /** A painter that fails so many times. */
  function failingPainter(failures: number) {
    const [working, failing] = [painterInProcess(), painterInProcess(new Error('no room'))];
    const turns = { left: failures, working };
    const painter: Painter = {
      ...working,
      paint(...given) {
        turns.left -= 1;
        return (turns.left < 0 ? working : failing).paint(...given);
      },
    };
    return { painter, turns };
  }

  test('one that cannot be painted is shown by its frames alone', async () => {
    const { turns, painter } = failingPainter(1);
    const { session, attach, sessions, entries, state, shown } = open({ painter });
    session.want('tab');
    await attach();
    await pause(sessions.page);
    expect(turns.left).toBe(-1);
    expect(entries()).toEqual(['1']);
    expect(shown()?.lines.at(-1)?.label).toBe('2: inner');
    expect(state().following).toMatchObject({ type: 'paused', entry: 1 });
    expect(state().message?.text).toContain('no room');
  });

  test('one of which not even the frames can be painted names them, and the next pause is drawn', async () => {
    const { painter } = failingPainter(2);
    const { session, attach, sessions, entries, state } = open({ painter });
    session.want('tab');
    await attach();
    await pause(sessions.page);
    const frames = ['0: (top level)', '1: outer', '2: inner'];
    expect(state().following).toMatchObject({ type: 'paused', entry: null, undrawn: true, frames });
    expect(state().message?.text).toContain('no room');
    await resume(sessions.page);
    await pause(sessions.page);
    expect(entries()).toEqual(['1']);
    expect(state().following).toMatchObject({ entry: 1, undrawn: false });
    expect(state().message).toBeNull();
  });

  test('one that cannot be painted is drawn when other settings make it possible', async () => {
    const { painter } = failingPainter(2);
    const { session, attach, sessions, settings, entries, state } = open({ painter });
    session.want('tab');
    await attach();
    await pause(sessions.page);
    settings.value = { ...defaultSettings, reading: { ...defaultSettings.reading, depth: 3 } };
    await settled();
    expect(entries()).toEqual(['1']);
    expect(state().following).toMatchObject({ entry: 1, undrawn: false });
  });

  test('what fails before the page is asked is told, too', async () => {
    const decoding = { ...decoder, look: () => Promise.reject(new Error('no decoder')) };
    const { session, attach, sessions, state } = open({ decoding });
    session.want('tab');
    await attach();
    await pause(sessions.page);
    expect(state().following).toMatchObject({ entry: null, undrawn: true });
    expect(state().message?.text).toContain('no decoder');
  });

  test('a document that is said to be left although the page is paused: its frames', async () => {
    const { page, sessions, entries, state } = await openPaused();
    await resume(sessions.page);
    page.answer(async () => ({ ok: false, failure: { kind: 'navigated' } }));
    await pause(sessions.page);
    expect(entries()).toEqual(['1', '2']);
    expect(state().following).toMatchObject({ entry: 2 });
    expect(state().message?.text).toContain('Only frames are shown.');
  });

  test('while it is read the debugger goes: nothing is told, and what was drawn stays', async () => {
    const { page, sessions, entries, state, detach } = await openPaused();
    const { pending } = answerLater(page);
    await resume(sessions.page);
    await pause(sessions.page);
    detach();
    pending[0]?.({ ok: false, failure: { kind: 'detached' } });
    await settled();
    expect(entries()).toEqual(['1']);
    expect(state()).toMatchObject({ following: { type: 'off' }, message: null });
  });
});

describe('one heap and the other', () => {
  test('what is opened in the page is not asked of a worker, and is still open in the page', async () => {
    const { session, page, worker, sessions } = await openPaused();
    session.readMore({ type: 'cut', object: 9 });
    await settled();
    expect(page.options.at(-1)?.opened).toEqual([9]);
    await pause(sessions.worker);
    expect(worker.options.at(-1)?.opened).toEqual([]);
    await resume(sessions.worker);
    await resume(sessions.page);
    await pause(sessions.page);
    expect(page.options.at(-1)?.opened).toEqual([9]);
  });

  test('a color of the page’s #1 is not worn by a worker’s, nor by the next document’s', async () => {
    const { session, sessions, colors } = await openPaused();
    session.override(1, { color: red });
    await settled();
    expect(colors()).toEqual([red]);
    await pause(sessions.worker);
    expect(colors()).toEqual([null]);
    await resume(sessions.worker);
    expect(colors()).toEqual([red]);
    sessions.page.emit('Page.frameNavigated', { frame: { id: 'top' } });
    await settled();
    await pause(sessions.page);
    expect(colors()).toEqual([null]);
    session.goTo(0);
    await settled();
    expect(colors()).toEqual([red]);
  });

  test('objects of a document that is gone are not acted on', async () => {
    const { session, sessions, evaluated, state } = await openPaused();
    session.act(1, 'log');
    await settled();
    expect(evaluated.asked).toEqual(['log 1']);
    expect(state().outcome?.kind).toBe('done');
    sessions.page.emit('Page.frameNavigated', { frame: { id: 'top' } });
    session.act(1, 'log');
    await settled();
    expect(evaluated.asked).toEqual(['log 1']);
  });

  test('objects of a worker are acted on through the debugger alone', async () => {
    const { session, sessions, worker, evaluated, list, state, detach } = await openPaused();
    await pause(sessions.worker);
    session.act(1, 'store');
    await settled();
    expect(worker.asked.at(-1)).toBe('store 1');
    list.length = 0;
    detach();
    session.act(1, 'store');
    await settled();
    expect(state().outcome?.text).toContain('Only the debugger can read this worker or frame');
    expect(evaluated.asked).toEqual([]);
  });

  test('a page that goes elsewhere while nobody follows takes its objects along', async () => {
    const { session, state, shown } = await openPaused();
    session.release('tab');
    session.pageNavigated();
    expect(state().bygone).toEqual([shown()?.document]);
  });
});

describe('the pause that is shown', () => {
  test('once the page has gone on nothing more is read of it, and that is told', async () => {
    const { session, page, sessions, state } = await openPaused();
    await resume(sessions.page);
    const before = page.asked.length;
    session.readMore({ type: 'cut', object: 1 });
    session.expand(1, true);
    session.drawRetainers(1, 'drawn');
    await settled();
    expect(page.asked).toHaveLength(before);
    expect(state().message?.text).toContain('The page is running again');
  });

  test('a pause of before that is looked at is not the one that is acted on when the other is read again', async () => {
    const { session, sessions, settings, shown, colors } = await openPaused();
    sessions.page.emit('Page.frameNavigated', { frame: { id: 'top' } });
    await pause(sessions.page);
    session.goTo(0);
    settings.value = { ...defaultSettings, reading: { ...defaultSettings.reading, depth: 3 } };
    await settled();
    expect(shown()?.number).toBe(1);
    session.override(1, { color: red });
    await settled();
    expect(colors()).toEqual([red]);
    session.goTo(1);
    await settled();
    expect(colors()).toEqual([null]);
  });

  test('another drawing is made of what was read, in both pictures that are compared', async () => {
    const { settings, page, sessions, state } = await openPaused();
    await resume(sessions.page);
    await pause(sessions.page);
    const asked = page.asked.length;
    settings.value = { ...defaultSettings, drawing: { ...defaultSettings.drawing, direction: 'right' } };
    await settled();
    await settled();
    expect(page.asked).toHaveLength(asked);
    const { entries } = state().history;
    expect(entries.map(({ reading }) => reading.picture.diagram.direction)).toEqual(['right', 'right']);
    expect(state().marks).not.toBeNull();
  });

  test('who refers to an object is shown in its stead, until a person goes back or the page goes on', async () => {
    const { session, sessions, state } = await openPaused();
    session.drawRetainers(1, 'everywhere');
    await settled();
    expect(state().retainers?.message?.text).toContain('Paths from the stack and globalThis to');
    session.back();
    expect(state().retainers).toBeNull();
    session.drawRetainers(1, 'drawn');
    await settled();
    expect(state().retainers).not.toBeNull();
    await resume(sessions.page);
    await pause(sessions.page);
    expect(state().retainers).toBeNull();
  });

  test('a search whose answer comes after another pause is shown changes nothing', async () => {
    const { session, page, state } = await openPaused();
    let answer: (outcome: Outcome<Snapshot>) => void = () => {};
    const { capture } = page;
    Object.assign(capture, { retainers: () => new Promise((resolve) => (answer = resolve)) });
    session.drawRetainers(1, 'drawn');
    await settled();
    session.goTo(0);
    answer({ ok: true, value: array(1) });
    await settled();
    expect(state()).toMatchObject({ retainers: null, message: null, outcome: null });
  });

  test('a watch is evaluated in the frame that is chosen; one with side effects waits until it is run', async () => {
    const { session, page, state } = await openPaused();
    const failed = { ok: false, reason: 'May have side effects. Click to evaluate.' } as const;
    const watched = { ...array(1), roots: [...array(1).roots, { label: 'f()', result: failed }] };
    page.answer(async () => ({ ok: true, value: watched }));
    session.addWatch(' f() ');
    session.addWatch('f()');
    await settled();
    expect(state().watches).toEqual([{ expression: 'f()', waits: true, error: null }]);
    expect(page.asked.at(-1)).toBe('f()');
    page.answer(async () => ({ ok: true, value: array(1) }));
    session.removeWatch('f()');
    await settled();
    expect(state().watches).toEqual([]);
    expect(page.asked.at(-1)).toBe('stack');
  });

  test('a frame that is chosen stays chosen while the pause lasts', async () => {
    const { session, shown, settings } = await openPaused();
    session.chooseFrame(1);
    expect(shown()?.chosen).toBe(1);
    settings.value = { ...defaultSettings, reading: { ...defaultSettings.reading, depth: 3 } };
    await settled();
    expect(shown()?.chosen).toBe(1);
    // A line without variables cannot be chosen.
    session.chooseFrame(0);
    expect(shown()?.chosen).toBe(1);
  });

  test('a place that cannot be shown in Sources is told', async () => {
    const { session, state } = await openPaused();
    session.openSource({ scriptId: '1', url: '', line: 0, column: 0 });
    await settled();
    expect(state().outcome).toEqual({ kind: 'error', text: 'There is no such file.' });
    session.dismissOutcome();
    expect(state().outcome).toBeNull();
  });
});
