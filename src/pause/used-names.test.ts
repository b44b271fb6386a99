import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MapDecoder } from '../source-maps/decoder.ts';
import type { Pause, PausedFrame, ProtocolScope } from './pause.ts';
import { createUsedNames } from './used-names.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const object = { type: 'object' } as const;
const place = (lineNumber: number) => ({ scriptId: '7', lineNumber, columnNumber: 0 });

/** A frame of a function that takes three lines. */
function frameAt(line: number): PausedFrame {
  const location = { scriptId: '7', url: '', line: line + 1, column: 2 };
  const scopes: readonly ProtocolScope[] = [
    { type: 'local', object, startLocation: place(line), endLocation: place(line + 3) },
    { type: 'closure', object },
  ];
  return {
    callFrameId: String(line),
    name: 'f',
    location,
    functionLocation: { ...location, line, column: 0 },
    isolated: false,
    original: null,
    scopes,
    receiver: { form: 'notYet' },
    returnValue: null,
  };
}

const pauseOf = (...lines: readonly number[]): Pause => ({
  reason: 'other',
  exception: null,
  frames: lines.map(frameAt),
  calls: [],
  asyncFrames: [],
});

/** A worker that parses, or never answers. */
function decoderThat(usedNames: MapDecoder['usedNames']): MapDecoder {
  const nothing = {
    add: async () => null,
    look: async () => [],
    declaredAround: async () => [],
    sources: async () => new Map<string, string>(),
  };
  return { ...nothing, usedNames, forget: () => {}, close: () => {} };
}

const all = () => true;

test('each function is parsed once, whatever the pause', async () => {
  const asked: string[] = [];
  const used = createUsedNames(
    decoderThat(async (text) => {
      asked.push(text);
      return [`of ${text}`];
    }),
    async ({ line }) => `text ${line}`,
  );
  expect(await used.of(pauseOf(10, 20), all)).toEqual([['of text 10'], ['of text 20']]);
  expect(await used.of(pauseOf(20, 10, 20), all)).toEqual([['of text 20'], ['of text 10'], ['of text 20']]);
  expect(asked).toEqual(['text 10', 'text 20']);
  used.clear();
  await used.of(pauseOf(10), all);
  expect(asked).toEqual(['text 10', 'text 20', 'text 10']);
});

test('what is not parsed in time counts by the words of its text', async () => {
  const used = createUsedNames(
    decoderThat(() => new Promise(() => {})),
    async () => '(a) { return a + total; }',
  );
  const answer = used.of(pauseOf(10), all);
  await vi.advanceTimersByTimeAsync(5000);
  expect(await answer).toEqual([['a', 'return', 'total']]);
});

test('a function without a text uses nothing, and neither does one that is not shown', async () => {
  const used = createUsedNames(
    decoderThat(async () => ['seen']),
    async ({ line }) => (line === 10 ? null : '() {}'),
  );
  expect(await used.of(pauseOf(10, 20, 30), (index) => index < 2)).toEqual([[], ['seen'], []]);
});
