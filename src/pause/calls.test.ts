/** Which calls of two pauses are the same, by what is known of them. */
import { expect, test } from 'vitest';
import { compareCalls, createCalls } from './calls.ts';
import type { Pause, PausedFrame } from './pause.ts';
import { stackGroups } from './stack-frames.ts';

/**
 * Frames as `name:line`, outermost first; `top` is outside of functions, `!` after the innermost says that it returns.
 * @param awaits Functions that wait for the outermost one.
 */
function pauseOf(reason: string, text: string, awaits: readonly string[] = []): Pause {
  const words = text.replace('!', '').split(' ');
  const frames = words.map((word, index): PausedFrame => {
    const [name = '', line = '0'] = word.split(':');
    const location = { scriptId: '1', url: 'a.js', line: Number(line), column: 0 };
    return {
      callFrameId: String(index),
      name,
      location,
      functionLocation: name === 'top' ? null : { ...location, line: name.charCodeAt(0) * 1000 },
      isolated: false,
      original: null,
      scopes: [],
      receiver: { form: 'notYet' },
      returnValue: text.endsWith('!') && index === words.length - 1 ? { type: 'undefined' } : null,
    };
  });
  const asyncFrames = awaits.map((name) => ({
    name,
    location: { scriptId: '1', url: '', line: 0, column: 0 },
    cause: null,
  }));
  return { reason, exception: null, frames, calls: [], asyncFrames };
}

/** Of the last pause's frames: `same`, `new`, or `?`. Functions begin at their first line, 0, and wait at their fourth. */
async function compared(...pauses: readonly Pause[]): Promise<string> {
  const calls = createCalls(
    async ({ location }) => location.line === 0,
    async ({ location }) => location.line === 4,
  );
  const read = [];
  for (const pause of pauses) {
    const numbered = await calls.numbered(pause);
    read.push({
      pause: numbered,
      groups: stackGroups(numbered, { libraries: true, asynchronous: false, unfolded: true }),
    });
  }
  const [one, other] = read.slice(-2);
  if (!one || !other) throw new Error('Both are read.');
  const { same, unknown } = compareCalls(one, other);
  return other.groups
    .flatMap(({ type }, line) => (type === 'frame' ? [-2 - line] : []))
    .map((id) => ([...same.values()].includes(id) ? 'same' : unknown.shown.has(id) ? '?' : 'new'))
    .join(' ');
}

test.each<[string, string, string, string]>([
  ['a step within a call', 'top:9 f:1', 'top:9 f:2', 'same same'],
  ['a step into a call', 'top:9 f:1', 'top:9 f:1 g:0', 'same same new'],
  ['a step into a call of itself', 'f:1 f:1', 'f:1 f:1 f:0', 'same same new'],
  ['a step into a callback of a library', 'f:1', 'f:1 l:5 g:0', 'same new new'],
  ['a return', 'f:1 g:3!', 'f:1', 'same'],
  ['a return of a function that calls itself', 'f:1 f:1 f:3!', 'f:1 f:1', 'same same'],
  ['a step out of several', 'f:1 g:2 h:3', 'f:2', 'same'],
  ['the next callback', 'f:1 g:3!', 'f:1 g:0', '? ?'],
  ['the next event', 'f:3!', 'f:0', '?'],
  ['the next event, after an exception', 'f:3', 'f:0', '?'],
  ['the next event, of another function', 'f:3!', 'g:0', 'new'],
  ['an event of a deeper stack', 'f:3!', 'f:1 g:0', '? new'],
  ['an await', 'main:3 f:4', 'f:5', 'same'],
  ['an await of a function that calls itself', 'f:2 f:2 f:4', 'f:5', '?'],
  ['a step out of a call to its own function', 'f:2 f:4', 'f:5', '?'],
  ['an await, in a function that another call is on', 'top:8 f:4', 'f:5', 'same'],
  ['a caller that stands elsewhere', 'f:1 g:3', 'f:2 g:4', '? ?'],
])('%s', async (_name, before, later, expected) => {
  expect(await compared(pauseOf('other', before), pauseOf('step', later))).toBe(expected);
});

test('a function that itself waits for may be either', async () => {
  expect(await compared(pauseOf('other', 'f:4', ['f']), pauseOf('step', 'f:5'))).toBe('?');
  expect(await compared(pauseOf('other', 'f:4', ['main']), pauseOf('step', 'f:5'))).toBe('same');
});

test('without a step only the script outside of functions is known', async () => {
  expect(await compared(pauseOf('step', 'top:1 f:1'), pauseOf('other', 'top:2 f:2'))).toBe('same ?');
  expect(await compared(pauseOf('step', 'f:1'), pauseOf('other', 'g:2'))).toBe('new');
});

test('calls in the middle of a recursion are not gone', async () => {
  const calls = createCalls(
    async () => false,
    async () => false,
  );
  const stack = async (reason: string, count: number) => {
    const pause = await calls.numbered(pauseOf(reason, Array.from({ length: count }, () => 'f:1').join(' ')));
    return { pause, groups: stackGroups(pause, { libraries: true, asynchronous: false }) };
  };
  const before = await stack('other', 50);
  const later = await stack('step', 51);
  const { same, unknown, doubtful } = compareCalls(before, later);
  // The first two and four of the last five, and what the scripts declared.
  expect(same.size).toBe(7);
  expect(unknown.other.size).toBe(2);
  expect(doubtful).toBe(0);
});

test.each<[string, string, string]>([
  ['over an await, which ends in the other call', 'f:4', '?'],
  ['within a call, which cannot wait', 'f:3', 'same'],
  ['in another function', 'g:4', 'same'],
])('a step after a pause that may have interrupted one %s', async (_name, interrupted, outcome) => {
  expect(await compared(pauseOf('step', interrupted), pauseOf('other', 'f:2'), pauseOf('step', 'f:5'))).toBe(outcome);
});
