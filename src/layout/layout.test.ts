import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker as ThreadWorker } from 'node:worker_threads';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Diagram, DiagramStyle, Reference } from '../diagram/diagram.ts';
import { defaultSettings } from '../diagram/settings.ts';
import { arrayBox } from './diagrams.test-helper.ts';
import { createLayout, type Layout, type LayoutWorker } from './layout.ts';
import { tableMeasure } from './measure.ts';
import type { Placed } from './placed.ts';

/** The real worker, bundled as for the panel, in a thread that looks like a browser's worker from both sides. */
let script = '';
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'graphviz-worker-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      target: 'node20',
      lib: { entry: join(import.meta.dirname, 'graphviz-worker.ts'), formats: ['es'], fileName: 'worker' },
      rolldownOptions: {
        output: {
          entryFileNames: 'worker.mjs',
          banner: `import { parentPort } from 'node:worker_threads';
globalThis.self = globalThis;
globalThis.postMessage = (message) => parentPort.postMessage(message);
parentPort.on('message', (data) => globalThis.onmessage({ data }));`,
        },
      },
    },
  });
  script = join(folder, 'worker.mjs');
});
afterAll(() => rm(folder, { recursive: true }));

let started = 0;
let ended = 0;
/** Questions to any worker. */
let posted = 0;
let layout: Layout | null = null;

afterEach(() => {
  layout?.close();
  layout = null;
  started = 0;
  ended = 0;
});

function startWorker(): LayoutWorker {
  const thread = new ThreadWorker(script);
  started += 1;
  const worker: LayoutWorker = {
    onmessage: null,
    onerror: null,
    postMessage: (message: unknown) => {
      posted += 1;
      thread.postMessage(message);
    },
    terminate: () => {
      ended += 1;
      thread.terminate();
    },
  };
  thread.on('message', (data) => worker.onmessage?.(new MessageEvent('message', { data })));
  return worker;
}

/** Two boxes that refer to each other: what is asked of Graphviz and quick. */
const pair: Diagram = {
  boxes: [arrayBox(0, 1), arrayBox(1, 1)],
  references: [
    { from: 'o0', port: 0, to: 'o1' },
    { from: 'o1', port: 0, to: 'o0' },
  ],
  direction: 'down',
};

/** For tests of what is asked: on a busy machine even a pair takes longer than a user would wait, and is asked again. */
const patient = { deadline: 30_000 };

function chain(length: number): Diagram {
  const references: Reference[] = [];
  for (let i = 0; i + 1 < length; i++) references.push({ from: `o${i}`, port: 0, to: `o${i + 1}` });
  return { boxes: Array.from({ length }, (_, i) => arrayBox(i, 1)), references, direction: 'down' };
}

/** The usual style, in objects of its own: to the layout, another one. */
const defaultStyle = (): DiagramStyle => {
  const { palette, spacing, joins, graphviz } = structuredClone(defaultSettings);
  return { palette, spacing, joins, graphviz };
};

/** Each box refers to `degree` others that are all over the place: what Graphviz needs minutes for. */
function dense(count: number, degree: number): Diagram {
  const references: Reference[] = [];
  for (let i = 0; i < count; i++) {
    for (let port = 0; port < degree; port++) {
      references.push({ from: `o${i}`, port, to: `o${(i * 7 + port * 31 + 11) % count}` });
    }
  }
  return { boxes: Array.from({ length: count }, (_, i) => arrayBox(i, degree)), references, direction: 'down' };
}

test('a picture comes back whole, from one worker', async () => {
  layout = createLayout(startWorker);
  const outcome = await layout.layout(pair, tableMeasure, patient);
  expect(outcome).toMatchObject({ ok: true, placed: { tier: 'full' } });
  posted = 0;
  // The same picture would be remembered.
  await layout.layout({ ...pair, direction: 'right' }, tableMeasure, patient);
  expect(posted).toBe(1);
  expect(started).toBe(1);
});

test('where only texts change, everything stays, and no worker is asked', async () => {
  layout = createLayout(startWorker);
  const saying = (text: string, references = pair.references): Diagram => ({
    ...pair,
    references,
    boxes: pair.boxes.map((box) => ({
      ...box,
      rows: box.rows.map((row) => row.map((cell) => (cell?.kind === 'index' ? { ...cell, text } : cell))),
    })),
  });
  const lay = async (diagram: Diagram, previous: Placed | null = null): Promise<Placed> => {
    if (!layout) throw new Error('There is no layout.');
    const outcome = await layout.layout(diagram, tableMeasure, { ...patient, previous });
    if (!outcome.ok) throw new Error(outcome.message);
    return outcome.placed;
  };
  const before = await lay(saying('1'));
  posted = 0;
  const after = await lay(saying('2'), before);
  expect(posted).toBe(0);
  expect(after.diagram.boxes[0]?.rows[0]?.[0]?.text).toBe('2');
  expect(after).toEqual({ ...(await lay({ ...saying('2'), style: defaultStyle() })), diagram: after.diagram });
  posted = 0;
  await lay(saying('2, which is longer'));
  await lay(saying('2', pair.references.toReversed()));
  expect(posted).toBe(2);
  const elsewhere = {
    ...before,
    boxes: before.boxes.map((placed) => ({ ...placed, frame: { ...placed.frame, x: placed.frame.x + 300 } })),
  };
  expect((await lay(saying('3'), elsewhere)).boxes.map(({ frame }) => frame)).toEqual(
    elsewhere.boxes.map(({ frame }) => frame),
  );
});

test('a dense graph gets a rougher picture instead of a long wait, the same whatever the load', async () => {
  layout = createLayout(startWorker);
  const rough: Placed[] = [];
  const outcome = await layout.layout(dense(300, 5), tableMeasure, {
    ...patient,
    onRough: (placed) => rough.push(placed),
  });
  expect(outcome).toMatchObject({ ok: true, placed: { tier: 'ranked' } });
  // It is in the time that a worker had, not in an end of it.
  expect(ended).toBe(0);
  expect(rough.map(({ tier, boxes }) => `${tier} ${boxes.length}`)).toEqual(['simple 300']);
}, 60_000);

test('a rough picture of thousands of boxes comes before they are wrapped', async () => {
  layout = createLayout(startWorker);
  const rough: Placed[] = [];
  const outcome = await layout.layout(dense(2500, 2), tableMeasure, {
    ...patient,
    window: { width: 1700, height: 930, wraps: 'larger' },
    onRough: (placed) => rough.push(placed),
  });
  expect(outcome).toMatchObject({ ok: true, placed: { tier: 'wrapped' } });
  expect(rough.map(({ tier, boxes }) => `${tier} ${boxes.length}`)).toEqual(['simple 2500']);
  expect(started).toBe(0);
}, 60_000);

test('what Graphviz takes too long for gets a rougher picture, and the next one is whole again', async () => {
  layout = createLayout(startWorker);
  const outcome = await layout.layout(dense(300, 5), tableMeasure, { deadline: 20 });
  expect(outcome.ok && outcome.placed.tier).toMatch(/^(rough|simple)$/);
  expect(ended).toBeGreaterThan(0);
  expect(await layout.layout(pair, tableMeasure, patient)).toMatchObject({ ok: true, placed: { tier: 'full' } });
}, 30_000);

test('when Graphviz is not fast enough in any tier, the picture is made without it', async () => {
  layout = createLayout(startWorker);
  const outcome = await layout.layout(dense(300, 5), tableMeasure, { deadline: 1 });
  expect(outcome).toMatchObject({ ok: true, placed: { tier: 'simple' } });
});

test('views that draw at the same time all get their picture', async () => {
  const shared = createLayout(startWorker);
  layout = shared;
  const all = await Promise.all([dense(60, 3), chain(5), pair].map((one) => shared.layout(one, tableMeasure, patient)));
  expect(all).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
});

test('a caller can abort', async () => {
  layout = createLayout(startWorker);
  const controller = new AbortController();
  const outcome = layout.layout(dense(300, 5), tableMeasure, { signal: controller.signal, deadline: 10_000 });
  setTimeout(() => controller.abort(), 20);
  expect(await outcome).toMatchObject({ ok: false, reason: 'aborted' });
  expect(await layout.layout(chain(5), tableMeasure)).toMatchObject({ ok: true });
});

test('closing settles what is under way', async () => {
  layout = createLayout(startWorker);
  const outcome = layout.layout(dense(300, 5), tableMeasure, { deadline: 10_000 });
  const waiting = layout.layout(chain(2), tableMeasure);
  await new Promise((resolve) => setTimeout(resolve, 20));
  layout.close();
  expect(await outcome).toMatchObject({ ok: false, reason: 'aborted' });
  expect(await waiting).toMatchObject({ ok: false, reason: 'aborted' });
});

test('12,000 boxes are drawn without a worker, forest or not', async () => {
  layout = createLayout(startWorker);
  const forest = chain(12_000);
  expect(await layout.layout(forest, tableMeasure)).toMatchObject({ ok: true, placed: { tier: 'full' } });
  const ring = { ...forest, references: [...forest.references, { from: 'o11999', port: 0, to: 'o0' }] };
  expect(await layout.layout(ring, tableMeasure)).toMatchObject({ ok: true, placed: { tier: 'simple' } });
  expect(started).toBe(0);
}, 60_000);

/** What a browser's event says when a content security policy refuses the worker: nothing. */
const refusal = { message: '', filename: '', lineno: 0, colno: 0, error: null };

test('where a worker cannot start, the picture is made without it', async () => {
  layout = createLayout(() => {
    const worker: LayoutWorker = { onmessage: null, onerror: null, postMessage: () => {}, terminate: () => {} };
    setTimeout(() => worker.onerror?.(Object.assign(new Event('error'), refusal)), 1);
    return worker;
  });
  expect(await layout.layout(pair, tableMeasure)).toMatchObject({ ok: true, placed: { tier: 'simple' } });
});
