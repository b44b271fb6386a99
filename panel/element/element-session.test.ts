/** What the pane in Elements makes of selections, settings and answers; with a capture that answers what the tests say. */
import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { defaultSettings, type Settings } from '../../src/settings/settings.ts';
import { array, createStubCapture, objectOf, painterInProcess, settled } from '../reading/stub-capture.test-helper.ts';
import { createElementSession } from './element-session.ts';

const slices = { begin: 1, middle: 0, end: 2 };
const chosen: Settings = { ...defaultSettings, reading: { ...defaultSettings.reading, slices, text: 123 } };

function open(transport: 'eval' | 'debugger' = 'eval', isShown = true) {
  const stub = createStubCapture(transport);
  const shown = signal(isShown);
  const settings = signal(chosen);
  const session = createElementSession(painterInProcess(), {
    shown,
    settings,
    capture: () => stub.capture,
    openSource: async () => null,
  });
  return { ...stub, session, shown, settings };
}

const nothing = { ...array(1), roots: [{ label: '$0', result: { ok: true, value: { type: 'null' } } }] } as const;

test.each([
  ['…', { type: 'hidden', object: 1, ordinal: 0 }, { ranges: [{ id: 1, of: 'element', from: 0, to: 40 }] }],
  ['✂', { type: 'cut', object: 1 }, { opened: [1] }],
] as const)('after a click on %s the settings hold as before', async (_, unread, opened) => {
  const { session, options } = open();
  await settled();
  session.readMore(unread);
  await settled();
  expect(options).toHaveLength(2);
  expect(options[1]).toEqual({ ...options[0], ...opened });
  expect(options[1]).toMatchObject({ slices, text: 123, depth: 3 });
});

test('another selection closes what was opened', async () => {
  const { session, options } = open();
  await settled();
  session.readMore({ type: 'cut', object: 1 });
  await settled();
  session.selectionChanged();
  await settled();
  expect(options.map(({ opened }) => opened)).toEqual([[], [1], []]);
});

test('nothing is asked while the pane is hidden, and it is read when it comes up', async () => {
  const { session, asked, shown, settings } = open('eval', false);
  session.redraw();
  settings.value = defaultSettings;
  await settled();
  expect(asked).toEqual([]);
  shown.value = true;
  await settled();
  expect(asked).toContain('$0');
  expect(session.state.value.reading?.picture.subject).toBe('element #1');
});

test('settings act at once', async () => {
  const { session, options, settings } = open();
  await settled();
  settings.value = defaultSettings;
  await settled();
  expect(options.map((read) => read.slices)).toEqual([slices, defaultSettings.reading.slices]);
  expect(session.state.value.reading?.options.slices).toEqual(defaultSettings.reading.slices);
});

test('a failure tells why and leaves the picture; the next answer takes the message away', async () => {
  const { session, answer } = open();
  await settled();
  const before = session.state.value.reading;
  answer(async () => ({ ok: false, failure: { kind: 'timeout', milliseconds: 5000 } }));
  session.redraw();
  await settled();
  expect(session.state.value.reading).toBe(before);
  expect(session.state.value.message).toMatchObject({ kind: 'error', text: expect.stringContaining('within 5 s') });
  answer(async () => ({ ok: true, value: array(2) }));
  session.redraw();
  await settled();
  expect(session.state.value).toMatchObject({ message: null, reading: { picture: { subject: 'element #2' } } });
});

test('no element: no picture, and a sentence', async () => {
  const { session, answer } = open();
  await settled();
  answer(async () => ({ ok: true, value: nothing }));
  session.selectionChanged();
  await settled();
  expect(session.state.value.reading).toBeNull();
  expect(session.state.value.message?.text).toContain('No element selected');
});

test('the answer for the element before comes too late to be shown', async () => {
  const { session, answer } = open();
  await settled();
  let answerLate = (): void => {};
  answer((_, aborted) => {
    return new Promise((resolve) => {
      answerLate = () => resolve({ ok: true, value: array(8) });
      expect(aborted?.aborted).toBe(false);
    });
  });
  session.redraw();
  await settled();
  answer(async () => ({ ok: true, value: array(9) }));
  session.selectionChanged();
  await settled();
  answerLate();
  await settled();
  expect(session.state.value).toMatchObject({ running: null, reading: { picture: { subject: 'element #9' } } });
});

test.each([
  ['hidden', ({ shown }: ReturnType<typeof open>) => (shown.value = false)],
  ['closed', ({ session }: ReturnType<typeof open>) => session.close()],
])('a pane that is %s ends what is on its way, without a word', async (_, go) => {
  const opened = open();
  await settled();
  const before = opened.session.state.value.reading;
  const signals: AbortSignal[] = [];
  opened.answer((_, aborted) => {
    if (aborted) signals.push(aborted);
    return new Promise(() => {});
  });
  opened.session.redraw();
  await settled();
  go(opened);
  await settled();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  expect(opened.session.state.value).toMatchObject({ reading: before, running: null, message: null });
});

test('how an action went is told until it is dismissed or another element is selected', async () => {
  const { session, asked } = open();
  await settled();
  session.act(1, 'log');
  await settled();
  expect(asked.at(-1)).toBe('log 1');
  expect(session.state.value.outcome).toMatchObject({ kind: 'done', text: expect.stringContaining('Console as #1') });
  session.dismissOutcome();
  expect(session.state.value.outcome).toBeNull();
  session.act(1, 'log');
  await settled();
  session.selectionChanged();
  expect(session.state.value.outcome).toBeNull();
});

test('through the debugger the listening functions are read once more, with what they close over', async () => {
  const { session, options, answer } = open('debugger');
  const [element, listeners] = [array(1), objectOf(2, { click: 7 })];
  const roots = [...element.roots, ...listeners.roots];
  const objects = new Map([...element.objects, ...listeners.objects]);
  answer(async () => ({ ok: true, value: { ...element, roots, objects } }));
  session.redraw();
  await settled();
  expect(options.slice(-2).map(({ opened, scopes }) => ({ opened, scopes }))).toEqual([
    { opened: [], scopes: true },
    { opened: [7], scopes: true },
  ]);
  expect(session.state.value.reading?.transport).toBe('debugger');
});
