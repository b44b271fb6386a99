/** What a reader makes of answers that come, fail, come late or of another heap; with a capture that answers what the tests say. */
import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import { defaultSettings, type Settings } from '../../src/settings/settings.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import type { Outcome } from '../../src/transport/outcome.ts';
import { createOverrides } from './overrides.ts';
import { createReader } from './reader.ts';
import type { Opened, Question } from './reading.ts';
import { array, createStubCapture, painterInProcess, settled } from './stub-capture.test-helper.ts';

const question: Question = { subject: 'a', roots: [{ type: 'expression', expression: 'a' }] };
const red = { light: '#ff0000', dark: '#aa0000' };

function open(failing: Error | string | null = null) {
  const stub = createStubCapture();
  const settings = signal<Settings>(defaultSettings);
  const overrides = createOverrides();
  let heap = 'page 1';
  const sought: (number | null)[] = [];
  const from = async (): Promise<Opened> => ({ capture: stub.capture, heap: () => heap, instead: null });
  const reader = createReader({
    painter: painterInProcess(failing),
    settings,
    overrides,
    openSource: async () => null,
    readAgain(object) {
      sought.push(object);
      return reader.read(question, from);
    },
  });
  /** Answers from now on when the returned functions are called, in the order of the questions. */
  const answerLater = () => {
    const pending: ((outcome: Outcome<Snapshot>) => void)[] = [];
    stub.answer(() => new Promise((resolve) => pending.push(resolve)));
    return pending;
  };
  const goTo = (next: string): void => {
    heap = next;
  };
  return { ...stub, reader, settings, overrides, from, sought, answerLater, goTo };
}

const colorOf = (reader: ReturnType<typeof open>['reader']) =>
  reader.state.value.reading?.picture.diagram.boxes.map(({ color }) => color ?? null);

describe('reading', () => {
  test('gives the picture, its heap, and what was read', async () => {
    const { reader, from } = open();
    const reading = await reader.read(question, from);
    expect(reading).toMatchObject({ heap: 'page 1', transport: 'eval', frozen: null, picture: { subject: 'a' } });
    expect(reader.state.value).toEqual({ reading, running: null, message: null, outcome: null, recognized: null });
  });

  test.each([
    [new Error('Out of memory'), "Couldn't draw the graph: Out of memory"],
    ['Another graph was drawn at the same time.', 'Another graph was drawn at the same time.'],
  ])('says why a layout failed, and not that it was canceled', async (failing, text) => {
    const { reader, from } = open(failing);
    expect(await reader.read(question, from)).toBeNull();
    expect(reader.state.value.message).toEqual({ kind: 'error', text });
    expect(reader.state.value.running).toBeNull();
  });

  test('tells how many objects were found, as long as it is under way', async () => {
    const { reader, from, capture, answerLater } = open();
    const pending = answerLater();
    const { capture: ask } = capture;
    const counting: typeof capture = {
      ...capture,
      capture(roots, options, request) {
        request.onProgress?.(500);
        return ask(roots, options, request);
      },
    };
    const reading = reader.read(question, async () => ({ ...(await from()), capture: counting }));
    await settled();
    expect(reader.state.value.running).toEqual({ found: 500, waits: false });
    pending[0]?.({ ok: true, value: array(1) });
    await reading;
    expect(reader.state.value.running).toBeNull();
  });

  test('a failure tells why, and the last picture stays', async () => {
    const { reader, from, answer } = open();
    const reading = await reader.read(question, from);
    answer(async () => ({ ok: false, failure: { kind: 'crashed' } }));
    expect(await reader.read(question, from)).toBeNull();
    expect(reader.state.value).toMatchObject({ running: null, message: { kind: 'error' } });
    expect(reader.state.value.reading).toBe(reading);
  });

  test.each([true, false])('where there is nothing to draw the last picture stays: %s', async (keeps) => {
    const { reader, from } = open();
    const reading = await reader.read(question, from);
    const message = { kind: 'error', text: 'Nothing.' } as const;
    await reader.read({ ...question, finish: () => ({ snapshot: null, message, keeps }) }, from);
    expect(reader.state.value).toMatchObject({
      reading: keeps ? reading : null,
      running: null,
      message,
      outcome: null,
    });
  });

  test('why another one answers is told with the picture', async () => {
    const { reader, from } = open();
    await reader.read(question, async () => ({ ...(await from()), instead: { kind: 'occupied', message: 'other' } }));
    expect(reader.state.value.reading).not.toBeNull();
    expect(reader.state.value.message?.text).toContain('Another debugger is attached (other)');
  });
});

describe('requests that overlap', () => {
  test('the answer to the older one changes nothing, whether it comes before or after the newer one', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const { reader, from, answerLater } = open();
      const pending = answerLater();
      const older = reader.read(question, from);
      await settled();
      const newer = reader.read({ ...question, subject: 'b' }, from);
      await settled();
      for (const turn of order) {
        pending[turn]?.({ ok: true, value: array(turn + 1) });
        await settled();
      }
      expect(await older).toBeNull();
      expect((await newer)?.picture.subject).toBe('b');
      expect(reader.state.value).toMatchObject({
        running: null,
        message: null,
        reading: { picture: { subject: 'b' } },
      });
    }
  });

  test('one that a person cancels says so, one that is closed does not', async () => {
    for (const [end, kind] of [
      ['cancel', 'error'],
      ['close', undefined],
    ] as const) {
      const { reader, from, answer } = open();
      await reader.read(question, from);
      answer(
        (_, aborted) =>
          new Promise((resolve) => {
            aborted?.addEventListener('abort', () => resolve({ ok: false, failure: { kind: 'aborted' } }));
          }),
      );
      const reading = reader.read(question, from);
      await settled();
      reader[end]();
      expect(await reading).toBeNull();
      expect(reader.state.value).toMatchObject({ running: null, reading: { picture: { subject: 'a' } } });
      expect(reader.state.value.message?.kind).toBe(kind);
    }
  });

  test('one that is ended while it is prepared asks nothing', async () => {
    const { reader, from, asked } = open();
    const reading = reader.read(
      settled().then(() => question),
      from,
    );
    reader.close();
    expect(await reading).toBeNull();
    expect(asked).toEqual([]);
  });
});

describe('heaps', () => {
  test('what was opened and how objects are drawn holds in one heap, and holds again there', async () => {
    const { reader, from, options, goTo, overrides } = open();
    await reader.read(question, from);
    await reader.readMore({ type: 'hidden', object: 1, ordinal: 0 });
    await reader.readMore({ type: 'cut', object: 5 });
    await reader.expand(6, true);
    reader.override(1, { color: red });
    await reader.repaint();
    const there = { opened: [5], ranges: [{ id: 1, of: 'element', from: 0, to: 40 }], expanded: [6] };
    expect(options.at(-1)).toMatchObject(there);
    expect(colorOf(reader)).toEqual([red]);
    goTo('worker 1');
    await reader.read(question, from);
    expect(options.at(-1)).toMatchObject({ opened: [], ranges: [], expanded: [] });
    expect(colorOf(reader)).toEqual([null]);
    expect(overrides.of('worker 1').overrides.size).toBe(0);
    goTo('page 1');
    await reader.read(question, from);
    expect(options.at(-1)).toMatchObject(there);
    expect(colorOf(reader)).toEqual([red]);
  });

  test('one that is left while its picture is drawn gives a picture of what was there before', async () => {
    const { reader, from, goTo } = open();
    const finish = (snapshot: Snapshot) => {
      goTo('page 2');
      return { snapshot, message: null };
    };
    const reading = await reader.read({ ...question, finish }, from);
    expect(reading).toMatchObject({ heap: 'page 1', frozen: expect.any(String) });
    expect(reader.state.value.message?.kind).toBe('stale');
  });

  test('of a picture that is frozen, or came from a file, nothing is asked', async () => {
    for (const kind of ['frozen', 'file']) {
      const { reader, from, asked } = open();
      if (kind === 'file') await reader.show(array(7), 'a file', { heap: 'file 1', message: null });
      else {
        await reader.read(question, from);
        reader.freeze('It is over.');
      }
      const before = [...asked];
      await reader.readMore({ type: 'cut', object: 1 });
      await reader.expand(1, true);
      await reader.act(1, 'log', from);
      expect(asked).toEqual(before);
      expect(reader.state.value.message).toEqual({ kind: 'error', text: reader.state.value.reading?.frozen });
    }
  });

  test('one that is left between a click and the answer is not acted on', async () => {
    const { reader, from, asked } = open();
    await reader.read(question, from);
    const acting = reader.act(1, 'store', async () => {
      await settled();
      reader.freeze('It is over.');
      return from();
    });
    await acting;
    expect(asked).toEqual(['a']);
    expect(reader.state.value.outcome).toBeNull();
  });

  test('a picture that is drawn again stays frozen', async () => {
    const { reader, from } = open();
    await reader.read(question, from);
    const repainting = reader.repaint();
    reader.freeze('It is over.');
    await repainting;
    expect(reader.state.value.reading?.frozen).toBe('It is over.');
  });
});

test('a click reads once more, and tells which object it was of', async () => {
  const { reader, from, sought } = open();
  await reader.read(question, from);
  await reader.readMore({ type: 'cut', object: 4 });
  await reader.expand(5, true);
  await reader.expand(5, false);
  expect(sought).toEqual([4, 5, 5]);
  expect(reader.state.value.reading?.options.expanded).toEqual([]);
});

test('who refers to an object is drawn with a sentence; where nobody does the picture stays', async () => {
  const { reader, from, capture } = open();
  const before = await reader.read(question, from);
  const search = { roots: question.roots, origin: 'globals' as const };
  expect(await reader.drawRetainers(2, search, from)).toMatchObject({ picture: { subject: 'retainers of #2' } });
  expect(reader.state.value.message).toMatchObject({ kind: 'other', text: expect.stringContaining('object #2') });
  reader.present(before);
  const elsewhere: typeof capture = { ...capture, retainers: async () => ({ ok: true, value: array(1) }) };
  expect(await reader.drawRetainers(2, search, async () => ({ ...(await from()), capture: elsewhere }))).toBeNull();
  expect(reader.state.value.reading).toBe(before);
  expect(reader.state.value.message).toMatchObject({ kind: 'done', text: expect.stringContaining('No path leads') });
});
