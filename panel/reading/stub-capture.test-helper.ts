/** A capture whose answers and their times a test decides, and a real painter in this process. */
import type { Capture, RootRequest } from '../../src/capture/capture.ts';
import { layoutInProcess } from '../../src/layout/in-process.ts';
import { tableMeasure } from '../../src/layout/measure.ts';
import type { ReadOptions } from '../../src/snapshot/read-options.ts';
import type { ObjectId, Snapshot } from '../../src/snapshot/snapshot.ts';
import type { Outcome } from '../../src/transport/outcome.ts';
import { createPainter, type Painter } from './picture.ts';

/** A root that is an array of 40 elements, none of which is read. */
export const array = (id: ObjectId): Snapshot => ({
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

/** A snapshot in which object `id` has these objects as its properties. */
export const objectOf = (id: ObjectId, references: Readonly<Record<string, ObjectId>>): Snapshot => ({
  ...array(id),
  objects: new Map([
    [
      id,
      {
        id,
        kind: 'object',
        className: null,
        size: 1,
        primitive: null,
        frozen: false,
        cut: null,
        parts: Object.entries(references).map(([name, target]) => ({
          type: 'property',
          key: { type: 'name', name: { head: name, tail: '', length: name.length } },
          enumerable: true,
          value: { type: 'reference', id: target },
        })),
      },
    ],
  ]),
});

/** @param failing What a layout throws, or says instead of a picture. */
export const painterInProcess = (failing: Error | string | null = null): Painter =>
  createPainter(
    {
      async layout(diagram, measure, options) {
        if (failing instanceof Error) throw failing;
        if (failing !== null) return { ok: false, reason: 'aborted', message: failing };
        if (options?.signal?.aborted) return { ok: false, reason: 'aborted', message: '' };
        return layoutInProcess(diagram, measure, 'simple');
      },
      close() {},
    },
    tableMeasure,
  );

const asText = (root: RootRequest): string =>
  root.type === 'expression' ? root.expression + (root.again === undefined ? '' : ` = #${root.again}`) : root.type;

export interface StubCapture {
  readonly capture: Capture;
  /** What was asked, in order. */
  readonly asked: string[];
  /** The options of each reading. */
  readonly options: ReadOptions[];
  /** Answers the readings from now on; by default with array #1. */
  answer(next: (roots: readonly RootRequest[], signal: AbortSignal | undefined) => Promise<Outcome<Snapshot>>): void;
}

export function createStubCapture(transport: Capture['transport'] = 'eval'): StubCapture {
  const asked: string[] = [];
  const options: ReadOptions[] = [];
  let answer: Parameters<StubCapture['answer']>[0] = async () => ({ ok: true, value: array(1) });
  return {
    asked,
    options,
    answer(next) {
      answer = next;
    },
    capture: {
      transport,
      async capture(roots, read, { signal }) {
        asked.push(...roots.map(asText));
        options.push(read);
        return answer(roots, signal);
      },
      names: async () => ({ ok: true, value: [] }),
      components: async () => ({ ok: true, value: [] }),
      async retainers(target) {
        asked.push(`retainers of ${target}`);
        return { ok: true, value: array(target) };
      },
      async act(target, action) {
        asked.push(`${action} ${target}`);
        return { ok: true, value: { type: 'done' } };
      },
      async lightUp(target) {
        asked.push(`light ${target}`);
        return { ok: true, value: true };
      },
      async assign(place, expression) {
        asked.push(`${place.type} = ${expression}`);
        return { ok: true, value: { type: 'assigned', change: asked.length } };
      },
      async reassign(change) {
        asked.push(`again ${change}`);
        return { ok: true, value: { type: 'assigned', change } };
      },
      textOf: async () => ({ ok: true, value: null }),
      async close() {},
    },
  };
}

/** Resolves when all pending work has ended: neither the answers here nor a simple layout use a timer. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
