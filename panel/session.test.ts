/** What the expression view makes of answers, navigations and files; with captures that answer what the tests say. */
import { describe, expect, test } from 'vitest';
import type { Capture } from '../src/capture/capture.ts';
import type { HeapTarget } from '../src/capture/heaps.ts';
import { buildDiagram } from '../src/diagram/build.ts';
import { defaultSettings } from '../src/diagram/settings.ts';
import { countDiagram } from '../src/diagram/stats.ts';
import { layoutInProcess } from '../src/layout/in-process.ts';
import { tableMeasure } from '../src/layout/measure.ts';
import type { Snapshot } from '../src/snapshot/snapshot.ts';
import type { HeapSource } from './heap/heap-source.ts';
import type { Painter } from './painter.ts';
import { createSession } from './session.ts';

const array = (id: number): Snapshot => ({
  roots: [{ label: 'a', result: { ok: true, value: { type: 'reference', id } } }],
  objects: new Map([
    [
      id,
      {
        id,
        kind: 'array',
        className: null,
        size: 40,
        primitive: null,
        frozen: false,
        cut: null,
        parts: [{ type: 'hidden', of: 'element', index: 0, count: 40 }],
      },
    ],
  ]),
  cuts: new Map(),
  pageTime: 1,
  replacedBuiltins: [],
});

/** A painter that lays out for real, without a worker. */
const painter: Painter = {
  settings: { value: defaultSettings } as Painter['settings'],
  setSettings() {},
  partsOf: (object, { objects }) => objects.get(object)?.parts ?? [],
  async paint(snapshot, _view, subject, capture) {
    const diagram = buildDiagram(snapshot, defaultSettings);
    const outcome = await layoutInProcess(diagram, tableMeasure);
    if (!outcome.ok) return outcome;
    const times = { capture, diagram: 0, layout: 0 };
    return {
      ok: true,
      picture: { subject, snapshot, diagram, placed: outcome.placed, stats: countDiagram(diagram), times, readyAt: 0 },
    };
  },
};

function open() {
  const asked: string[] = [];
  const capture: Capture = {
    way: 'eval',
    async capture(roots) {
      asked.push(
        ...roots.map((root) =>
          root.type === 'expression'
            ? root.expression + (root.again === undefined ? '' : ` = #${root.again}`)
            : root.type,
        ),
      );
      return { ok: true, value: array(1) };
    },
    async referrers(target) {
      asked.push(`referrers of ${target}`);
      return { ok: true, value: array(target) };
    },
    async act(target, deed) {
      asked.push(`${deed} ${target}`);
      return { ok: true, value: { type: 'done' } };
    },
    async close() {},
  };
  let left: (target: HeapTarget) => void = () => {};
  const source = {
    open: async () => ({ capture, instead: null }),
    onFallenBack: () => () => {},
    onLeft: (listener: typeof left) => {
      left = listener;
      return () => {};
    },
    pick() {},
    close() {},
  } as unknown as HeapSource;
  const session = createSession(source, painter, async () => null);
  return { session, asked, leave: (target: HeapTarget) => left(target) };
}

test('a drawing whose place another takes says so', async () => {
  const { session } = open();
  const first = session.drawExactly(['a']);
  const second = session.drawExactly(['b']);
  await expect(first).rejects.toThrow('Another drawing took the place of this one.');
  await expect(second).resolves.toMatchObject({ subject: 'b' });
  await expect(session.drawExactly([])).rejects.toThrow('pass at least one expression');
});

describe('numbers of one heap mean nothing in the next', () => {
  test('a navigation marks the picture and forgets what was opened', async () => {
    const { session } = open();
    await session.draw('a');
    await session.open({ type: 'hidden', object: 1, ordinal: 0 });
    expect(session.view.value.ranges).toHaveLength(1);
    session.pageNavigated();
    expect(session.view.value).toMatchObject({ opened: [], ranges: [], expanded: [] });
    expect(session.shown.value?.stale).toBe(true);
  });

  test('the mark outlives the next error, and ends with the next picture', async () => {
    const { session } = open();
    await session.draw('a');
    session.pageNavigated();
    session.complain('Something else went wrong.');
    expect(session.shown.value?.stale).toBe(true);
    await session.redraw();
    expect(session.shown.value?.stale).toBe(false);
  });

  test('from the moment that another frame or worker is picked', async () => {
    const { session, asked } = open();
    await session.draw('a');
    const picking = session.pick({ id: 'worker', kind: 'worker', name: '', url: '', document: '' });
    expect(session.shown.value?.stale).toBe(true);
    expect(session.refusal.value).not.toBeNull();
    await picking;
    expect(asked).toEqual(['a', 'a']);
    expect(session.shown.value?.stale).toBe(false);
  });

  test('when the frame or worker that is read goes', async () => {
    const { session, leave } = open();
    const target = { id: 'worker', kind: 'worker', name: '', url: '', document: '1' } as const;
    await session.pick(target);
    await session.draw('a');
    leave(target);
    expect(session.shown.value?.stale).toBe(true);
    const text = 'The worker has ended: this picture shows what was there before.';
    expect(session.notice.value).toEqual({ kind: 'stale', text });
  });

  test.each(['stale', 'kept'] as const)('nothing more is read for a picture that is %s', async (which) => {
    const { session, asked } = open();
    await session.draw('a');
    if (which === 'stale') session.pageNavigated();
    else await session.showKept(array(7), 'a file', null);
    const before = session.shown.value;
    await session.drawReferrers(1, 'drawn');
    await session.open({ type: 'cut', object: 1 });
    await session.expand(1, true);
    expect(asked).toEqual(['a']);
    expect(session.shown.value).toBe(before);
    expect(session.notice.value?.text).toContain('not of the page as it is now');
  });

  test('a click goes on in the object that is drawn, whatever its expression would give now; a new drawing asks it', async () => {
    const { session, asked } = open();
    await session.draw('a');
    await session.open({ type: 'hidden', object: 1, ordinal: 0 });
    await session.expand(1, true);
    expect(session.notice.value).toBeNull();
    await session.expand(9, true);
    expect(session.notice.value?.text).toContain('no longer there');
    await session.redraw();
    expect(asked).toEqual(['a', 'a = #1', 'a = #1', 'a = #1', 'a']);
    expect(session.notice.value).toBeNull();
  });

  test('a file’s picture is not marked by a navigation', async () => {
    const { session } = open();
    await session.showKept(array(7), 'a file', null);
    session.pageNavigated();
    expect(session.shown.value?.stale).toBe(false);
    expect(session.notice.value).toBeNull();
  });
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
