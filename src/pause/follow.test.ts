/** What is told of pauses, in which order; with a session whose events the tests make up. */
import { expect, test } from 'vitest';
import type { MapDecoder } from '../source-maps/decoder.ts';
import { createStubSession } from '../transport/stub-session.test-helper.ts';
import { followPauses } from './follow.ts';
import type { Pause, RemoteObject } from './pause.ts';

const decoder: MapDecoder = {
  add: async () => null,
  look: async () => [],
  sources: async () => new Map(),
  usedNames: async () => [],
  declaredAround: async () => [],
  forget() {},
  close() {},
};

const someWindow = { type: 'object' as const, className: 'Window', objectId: 'window' };

const frame = (name: string, line: number, receiver: RemoteObject = someWindow) => ({
  callFrameId: `frame ${name}`,
  functionName: name,
  location: { scriptId: '1', lineNumber: line, columnNumber: 0 },
  functionLocation: { scriptId: '1', lineNumber: 0, columnNumber: 0 },
  scopeChain: [{ type: 'local' as const, object: { type: 'object' as const, objectId: `scope of ${name}` } }],
  this: receiver,
});

async function open() {
  const stub = createStubSession();
  const told: string[] = [];
  const pauses: Pause[] = [];
  const followed = await followPauses(stub.session, decoder, {
    paused(pause) {
      pauses.push(pause);
      told.push(`paused: ${pause.frames.map(({ name }) => name).join(' > ')}`);
    },
    resumed: () => void told.push('resumed'),
    left: () => void told.push('left'),
  });
  if (!followed.ok) throw new Error('It is followed.');
  const pause = (...names: readonly string[]) =>
    stub.emit('Debugger.paused', { reason: 'other', callFrames: names.map((name, index) => frame(name, index)) });
  return { ...stub, told, pauses, pause, follower: followed.value };
}

test('a pause is told outermost first, and that it is over', async () => {
  const { told, pause, emit } = await open();
  pause('inner', 'outer');
  emit('Debugger.resumed', undefined);
  expect(told).toEqual(['paused: outer > inner', 'resumed']);
});

test('a pause that is over before all of it is known is not told', async () => {
  const { told, emit } = await open();
  // V8 is asked for a receiver that it does not tell.
  emit('Debugger.paused', { reason: 'other', callFrames: [frame('f', 0, { type: 'undefined' })] });
  emit('Debugger.resumed', undefined);
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(told).toEqual(['resumed']);
});

test('the handles of a pause are let go of when it is over', async () => {
  const { sent, pause, emit } = await open();
  pause('f');
  expect(sent).not.toContain('Runtime.releaseObject');
  emit('Debugger.resumed', undefined);
  expect(sent).toContain('Runtime.releaseObject');
});

test('a document that is left is told of, one of an inner frame is not', async () => {
  const { told, emit } = await open();
  emit('Page.frameNavigated', { frame: { id: 'inner', parentId: 'top' } });
  expect(told).toEqual([]);
  emit('Page.frameNavigated', { frame: { id: 'top' } });
  expect(told).toEqual(['left']);
});

test('a page that crashes goes on no more', async () => {
  const { told, emit } = await open();
  emit('Inspector.targetCrashed', undefined);
  expect(told).toEqual(['resumed']);
});

test('a line is read once, and shown as it is in its file', async () => {
  const { sent, pauses, pause, emit, answer, follower } = await open();
  emit('Debugger.scriptParsed', { scriptId: '1', url: 'page.html', startLine: 10, startColumn: 0, hash: '' });
  answer('Debugger.getScriptSource', () => ({ ok: true, value: { scriptSource: 'first\n   second();  \nthird' } }));
  emit('Debugger.paused', { reason: 'other', callFrames: [frame('f', 11)] });
  pause('g');
  const [first, second] = pauses.map(({ frames }) => frames[0]?.location);
  expect(first && (await follower.sourceLine(first))).toBe('second();');
  // A line that is not of this script.
  expect(second && (await follower.sourceLine(second))).toBeNull();
  expect(sent.filter((method) => method === 'Debugger.getScriptSource')).toHaveLength(1);
});

test.each([
  ['resume', 'Debugger.resume'],
  ['over', 'Debugger.stepOver'],
  ['into', 'Debugger.stepInto'],
  ['out', 'Debugger.stepOut'],
  ['pause', 'Debugger.pause'],
] as const)('%s sends %s', async (step, method) => {
  const { sent, follower } = await open();
  await follower.step(step);
  expect(sent.at(-1)).toBe(method);
});

test('nothing is told after it was closed, and DevTools’ own debugging is left alone', async () => {
  const { told, sent, pause, emit, follower } = await open();
  await follower.close();
  pause('f');
  emit('Debugger.resumed', undefined);
  expect(told).toEqual([]);
  expect(sent).toContain('Debugger.disable');
  expect(sent).not.toContain('Debugger.resume');
});

test('a heap that cannot be followed is no follower, and listens to nothing', async () => {
  const stub = createStubSession();
  stub.answer('Debugger.enable', () => ({ ok: false, failure: { kind: 'closed' } }));
  const told: string[] = [];
  const followed = await followPauses(stub.session, decoder, {
    paused: () => void told.push('paused'),
    resumed: () => void told.push('resumed'),
    left: () => void told.push('left'),
  });
  stub.emit('Debugger.resumed', undefined);
  expect(followed).toEqual({ ok: false, failure: { kind: 'closed' } });
  expect(told).toEqual([]);
});
